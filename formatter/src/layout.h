#pragma once
// Text that knows where it may be broken, after Wadler's "A prettier printer" and its descendants: a group stands on
// one line if it fits, else all of its own lines break.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::formatter {

inline constexpr std::uint32_t kWidth = 120;

struct Doc {
  enum class Kind : std::uint8_t {
    Text,
    Line,      // a blank, or a line's end if its group is broken
    SoftLine,  // nothing, or a line's end
    Concat,
    Group,
    Align,     // what is inside begins its lines in the column where it begins itself
    Nest,      // lines inside are indented by one step more
    Fill,      // as many children a line as fit
    IfBroken,  // text that stands only if its group is broken
  };
  Kind kind = Kind::Concat;
  std::string text;
  std::vector<Doc> children;
  bool forced = false;  // holds a group that is broken whether it fits or not
};

Doc text_doc(std::string_view text);
Doc line();
Doc soft_line();
Doc if_broken(std::string_view text);
Doc concat(std::vector<Doc> children);
Doc group(std::vector<Doc> children, bool forced = false);
Doc align(Doc child);
Doc nest(std::vector<Doc> children);
Doc fill(std::vector<Doc> children);

/// How a doc stands whose first line begins in `column` of a line that is indented by `indent`. The first of the lines
/// is without what stands before it, the others have their indentation.
std::vector<std::string> print(const Doc& doc, std::uint32_t column, std::uint32_t indent);

/// The doc on one line, however long it gets.
std::string on_one_line(const Doc& doc);

}  // namespace bylaw::formatter
