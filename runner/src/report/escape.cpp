#include "escape.h"

#include <bylaw/grammar/visible_text.h>
#include <fmt/format.h>

#include <cctype>

namespace bylaw::runner {
namespace {

std::string with_references(std::string_view text, std::string_view signs) {
  std::string out;
  for (const char c : printable(text))
    out += signs.find(c) == std::string_view::npos ? std::string(1, c) : fmt::format("&#{};", static_cast<int>(c));
  return out;
}

}  // namespace

std::string printable(std::string_view text) {
  return grammar::visible_lines(text);
}

std::string on_one_line(std::string_view text) {
  std::string out = printable(text);
  for (char& c : out)
    if (c == '\n' || c == '\t') c = ' ';
  return out;
}

std::string html(std::string_view text) {
  return with_references(text, "&<>\"'");
}

std::string markdown(std::string_view text) {
  return with_references(on_one_line(text), "&<>\"'|`*_[]()@#~\\!:");
}

std::string uri(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace bylaw::runner
