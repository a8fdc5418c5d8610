#pragma once
// Lines of sources with what is underlined in them: `^^^` was wrong or false, `---` was true.

#include <bylaw/runner/render.h>

#include <string>
#include <string_view>
#include <vector>

namespace bylaw::runner {

inline constexpr std::string_view kBold = "\x1b[1m";
inline constexpr std::string_view kRed = "\x1b[1;31m";
inline constexpr std::string_view kGreen = "\x1b[1;32m";
inline constexpr std::string_view kDim = "\x1b[2m";
inline constexpr std::string_view kCyan = "\x1b[36m";

std::string paint(const TextOptions& options, std::string_view colour, std::string_view text);

class Excerpts {
 public:
  Excerpts(const grammar::Sources& sources, const TextOptions& options) : sources_(sources), options_(options) {}

  /// The line of an expectation with a caret under it.
  std::string expectation(grammar::Span span, const std::string& text) const;
  /// The lines of a rule's conditions; marks of one line stand together.
  std::string conditions(const std::vector<ConditionMark>& marks) const;

 private:
  struct Underline {
    std::uint32_t column, end;  // 1-based code points, end exclusive
    bool held;
    std::string text;
  };
  std::string source_line(const grammar::SourceFile& file, std::uint32_t number,
                          const std::vector<Underline>& underlines) const;
  const grammar::SourceFile* find(const std::string& path) const;

  const grammar::Sources& sources_;
  const TextOptions& options_;
};

}  // namespace bylaw::runner
