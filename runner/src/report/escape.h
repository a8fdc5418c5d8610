#pragma once
// Text of sources and scenarios on its way into other formats. Whatever stands in a name, a report stays one.

#include <string>
#include <string_view>

namespace bylaw::runner {

/// Valid UTF-8 without control characters but tab and line end, and none that turns the direction of reading: what is
/// not becomes `\u{1}` or U+FFFD.
std::string printable(std::string_view text);
/// The same on one line.
std::string on_one_line(std::string_view text);
/// For HTML, and for Markdown that shows it as it is: signs of markup become references.
std::string html(std::string_view text);
std::string markdown(std::string_view text);
/// A path as a URI reference: what is no letter, digit or `-._~/` becomes `%XX`.
std::string uri(std::string_view path);

}  // namespace bylaw::runner
