#pragma once
// The bytes of one source file and places in it. A place is a byte range; lines and columns are worked out for people.

#include <compare>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::grammar {

/// Index of a file in `Sources`.
enum class SourceId : std::uint32_t {};

/// A half-open byte range of one file. Default: nowhere (for what no file says).
struct Span {
  SourceId source{0xffffffff};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool known() const { return source != SourceId{0xffffffff}; }
  friend auto operator<=>(const Span&, const Span&) = default;
};

/// 1-based; `column` counts code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class SourceFile {
 public:
  /// `path` is how the file is named to people: relative to the project, with `/`.
  SourceFile(std::string path, std::string bytes);

  const std::string& path() const { return path_; }
  std::string_view bytes() const { return bytes_; }
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }
  /// The place of a byte offset: O(log lines + length of the line).
  LineColumn place(std::uint32_t offset) const;
  /// The text of a 1-based line, without its end (`\n` or `\r\n`).
  std::string_view line(std::uint32_t number) const;

 private:
  std::string path_;
  std::string bytes_;
  std::vector<std::uint32_t> line_starts_;
};

/// All files of one compilation: modules, list files, data files, scenario files. Files keep their address (their bytes
/// are viewed by trees) while files are added.
class Sources {
 public:
  SourceId add(std::string path, std::string bytes);
  const SourceFile& operator[](SourceId id) const { return files_[static_cast<std::uint32_t>(id)]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(files_.size()); }
  /// The bytes that a span covers; empty if it is nowhere.
  std::string_view text(Span span) const;

 private:
  std::deque<SourceFile> files_;
};

}  // namespace bylaw::grammar
