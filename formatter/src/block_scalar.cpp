#include "block_scalar.h"

#include <algorithm>

namespace bylaw::formatter {
namespace {

std::size_t line_end(std::string_view bytes, std::size_t at) {
  return std::min(bytes.find('\n', at), bytes.size());
}

std::size_t blanks(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

/// The column of the key, or of the dash, to which the value at `at` belongs.
std::size_t parent_column(std::string_view bytes, std::size_t at) {
  const std::size_t line = at == 0 ? 0 : bytes.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  std::size_t here = line, dash = line;
  while (true) {
    here = std::min(bytes.find_first_not_of(' ', here), at);
    const bool is_dash = here + 1 < at && bytes[here] == '-' && bytes[here + 1] == ' ';
    if (!is_dash) break;
    dash = here++;
  }
  const bool own_key = here < at && bytes[here] != '&';
  return (own_key ? here : dash) - line;
}

/// The column of the first line that says something.
std::size_t first_column(std::string_view bytes, std::size_t at) {
  for (; at < bytes.size(); at = line_end(bytes, at) + 1) {
    const std::string_view line = bytes.substr(at, line_end(bytes, at) - at);
    if (blanks(line) < line.size()) return blanks(line);
  }
  return 0;
}

}  // namespace

BlockHeader block_header(std::string_view line) {
  line = line.substr(0, line.find(' '));
  BlockHeader header;
  header.keeps = line.find('+') != std::string_view::npos;
  const std::size_t digit = line.find_first_of("123456789");
  if (digit != std::string_view::npos) header.deeper = static_cast<std::size_t>(line[digit] - '0');
  return header;
}

std::size_t block_end(std::string_view bytes, std::size_t begin, std::string_view value) {
  std::size_t end = line_end(bytes, begin);
  const BlockHeader header = block_header(bytes.substr(begin, end - begin));
  const bool empty = value.find_first_not_of('\n') == std::string_view::npos;
  const std::size_t column = header.deeper != 0 ? parent_column(bytes, begin) + header.deeper
                             : empty            ? std::string_view::npos
                                                : first_column(bytes, end + 1);
  std::size_t blank_end = end;
  for (std::size_t at = end + 1; at < bytes.size();) {
    const std::size_t stop = line_end(bytes, at);
    const std::string_view line = bytes.substr(at, stop - at);
    const bool blank = blanks(line) == line.size();
    if (!blank && blanks(line) < column) break;
    blank_end = stop;
    if (!blank || line.size() > column) end = stop;
    at = stop + 1;
  }
  return header.keeps ? blank_end : end;
}

}  // namespace bylaw::formatter
