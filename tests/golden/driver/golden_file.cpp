#include "golden_file.h"

#include <fstream>
#include <iterator>

namespace golden {
namespace {

constexpr std::string_view kSeparator = "// ==== ";
constexpr std::string_view kPrint = "// print: ";

std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
  rest.remove_prefix(line.size());
  return line;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

GoldenFile read_golden_file(const std::filesystem::path& path) {
  GoldenFile file{path, {}, {}};
  const std::string bytes = read_bytes(path);
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line.starts_with(kPrint)) file.print = trimmed(line.substr(kPrint.size()));
    if (line.starts_with(kSeparator)) {
      file.parts.push_back({std::string(trimmed(line.substr(kSeparator.size()))), {}});
    } else {
      if (file.parts.empty()) file.parts.push_back({path.filename().string(), {}});
      file.parts.back().bytes += line;
    }
  }
  // What stands before the first separator are comments about the whole.
  const bool has_separators = file.parts.size() > 1;
  if (has_separators && file.parts.front().path == path.filename().string()) file.parts.erase(file.parts.begin());
  if (file.parts.empty()) file.parts.push_back({path.filename().string(), {}});
  return file;
}

}  // namespace golden
