#include "element_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bylaw::runner {
namespace {

constexpr std::size_t kLongestElement = 80;

}  // namespace

std::string shortened(std::string text, std::size_t longest) {
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "..";
}

std::string element_text(const FoundElement& element) {
  if (element.fields.empty()) return element.value.text;
  std::vector<std::string> fields;
  for (const auto& [name, value] : element.fields) fields.push_back(fmt::format("{}: {}", name, value.text));
  return fmt::format("{{{}}}", fmt::join(fields, ", "));
}

std::string bound_text(const Program& program, RuleId rule, const std::vector<FoundElement>& elements) {
  const std::vector<compiler::Binder>& binders = program.rules[rule].binders;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < elements.size() && i < binders.size(); ++i) {
    const std::string& name = program.locals[binders[i].local].name;
    const std::optional<std::string>& path = elements[i].path;
    const bool numbered = path && path->back() == ']';
    const std::string place = path ? (numbered ? " = " : " in ") + *path : "";
    texts.push_back(fmt::format("{}{}: {}", name, place, shortened(element_text(elements[i]), kLongestElement)));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace bylaw::runner
