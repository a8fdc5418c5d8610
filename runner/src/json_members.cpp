#include "json_members.h"

#include <nlohmann/json.hpp>

namespace bylaw::runner {
namespace {

/// Behind the string that begins at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

/// Behind the value that begins at `at`.
std::size_t skip_value(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  do {
    const char c = text[at];
    if (c == '"') {
      at = skip_string(text, at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++at;
    const bool scalar = depth == 0 && c != '}' && c != ']';
    if (scalar) at = std::min(text.find_first_of(" \t\r\n,]}", at), text.size());
  } while (depth != 0);
  return at;
}

}  // namespace

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

std::string json_unquote(std::string_view quoted) {
  if (quoted.find('\\') == std::string_view::npos) return std::string(quoted.substr(1, quoted.size() - 2));
  return nlohmann::json::parse(quoted).get<std::string>();
}

std::vector<JsonMember> json_members(std::string_view text, std::size_t begin) {
  std::vector<JsonMember> members;
  for (std::size_t at = skip_blanks(text, begin + 1); text[at] != '}';) {
    JsonMember member;
    member.key_begin = at;
    member.key_end = skip_string(text, at);
    member.key = json_unquote(text.substr(at, member.key_end - at));
    member.value_begin = skip_blanks(text, skip_blanks(text, member.key_end) + 1);
    member.value_end = skip_value(text, member.value_begin);
    members.push_back(std::move(member));
    at = skip_blanks(text, members.back().value_end);
    if (text[at] == ',') at = skip_blanks(text, at + 1);
  }
  return members;
}

}  // namespace bylaw::runner
