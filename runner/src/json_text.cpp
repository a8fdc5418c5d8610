#include "json_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bylaw::runner {

std::string json_quote(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string json_array(const std::vector<std::string>& items) {
  return fmt::format("[{}]", fmt::join(items, ", "));
}

void JsonObject::add(std::string_view key, std::string_view json) {
  if (text_.size() > 1) text_ += ", ";
  text_ += fmt::format("{}: {}", json_quote(key), json);
}

}  // namespace bylaw::runner
