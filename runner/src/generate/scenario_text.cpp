#include "generate/scenario_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "answer.h"
#include "json_text.h"

namespace bylaw::runner {

std::vector<std::string> expectation_lines(const Program& program, const Report& report, bool obligations) {
  std::vector<std::string> lines;
  for (const char* key : {"expect", "by", "findings", "exempt", "obliges", "audit"}) {
    const std::string text = answer_for(program, report, key);
    const bool none = text.empty() || text == "{}" || text == "[]";
    if (!none || (obligations && text == "{}" && key == std::string_view("obliges")))
      lines.push_back(fmt::format("{}: {}", key, text));
  }
  return lines;
}

std::string title_text(const std::string& title) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '_' ||
           c == '.' || c == ',';
  };
  const bool simple = !title.empty() && std::all_of(title.begin(), title.end(), plain) && title.front() >= 'A';
  if (simple) return title;
  std::string doubled;  // `$` begins a variable
  for (const char c : title) doubled += c == '$' ? "$$" : std::string(1, c);
  return json_quote(doubled);
}

}  // namespace bylaw::runner
