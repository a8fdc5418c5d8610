#include <bylaw/grammar/source_file.h>

#include <algorithm>
#include <utility>

namespace bylaw::grammar {
namespace {

/// The first line begins behind a byte order mark, which editors neither show nor count.
std::vector<std::uint32_t> find_line_starts(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::vector<std::uint32_t> starts{bytes.starts_with(kByteOrderMark) ? 3U : 0U};
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return starts;
}

bool begins_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

}  // namespace

SourceFile::SourceFile(std::string path, std::string bytes)
    : path_(std::move(path)), bytes_(std::move(bytes)), line_starts_(find_line_starts(bytes_)) {}

LineColumn SourceFile::place(std::uint32_t offset) const {
  offset = std::clamp(offset, line_starts_.front(), static_cast<std::uint32_t>(bytes_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::string_view before = bytes().substr(*(after - 1), offset - *(after - 1));
  const auto code_points = std::count_if(before.begin(), before.end(), begins_code_point);
  return {static_cast<std::uint32_t>(after - line_starts_.begin()), static_cast<std::uint32_t>(code_points + 1)};
}

std::string_view SourceFile::line(std::uint32_t number) const {
  if (number == 0 || number > line_count()) return {};
  const std::uint32_t begin = line_starts_[number - 1];
  std::string_view text = bytes().substr(begin);
  if (number < line_count()) text = text.substr(0, line_starts_[number] - begin - 1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

SourceId Sources::add(std::string path, std::string bytes) {
  files_.emplace_back(std::move(path), std::move(bytes));
  return SourceId{size() - 1};
}

std::string_view Sources::text(Span span) const {
  if (!span.known()) return {};
  const std::string_view bytes = (*this)[span.source].bytes();
  if (span.begin >= bytes.size() || span.end <= span.begin) return {};
  return bytes.substr(span.begin, span.end - span.begin);
}

}  // namespace bylaw::grammar
