#include "sarif_rules.h"

#include <fmt/format.h>

#include "prose.h"

namespace bylaw::runner {
namespace {

struct Family {
  std::string_view begin, subject, page;
};

constexpr Family kFamilies[] = {
#define BYLAW_FAMILY(begin, subject, page) {begin, subject, page},
#include <bylaw/grammar/diagnostics/families.def>
#undef BYLAW_FAMILY
};

Family family_of(std::string_view id) {
  for (const Family& family : kFamilies)
    if (id.starts_with(family.begin)) return family;
  for (const Family& family : kFamilies)
    if (id.substr(1).starts_with(family.begin)) return family;
  return {"", "", ""};
}

/// "expected …, got …"
std::string without_arguments(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.front() == '{' ? text.find('}') : std::string_view::npos;
    const bool argument =
        end != std::string_view::npos && end > 1 &&
        text.substr(1, end - 1).find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
    out += argument ? std::string_view("…") : text.substr(0, 1);
    text.remove_prefix(argument ? end + 1 : 1);
  }
  return out;
}

/// "WrongVerdict" as "wrong verdict".
std::string words_of(std::string_view name) {
  std::string words;
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !words.empty()) words += ' ';
    words += capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

std::string_view consequence(const grammar::CodeInfo& row) {
  if (row.id.starts_with("T01"))
    return "Either the policies decide otherwise than they should, or the scenario expects what nobody wants: `bylaw "
           "test "
           "FILE:LINE` plays it alone, and `bylaw eval --explain` tells each rule's part.";
  if (row.id.starts_with("T02"))
    return "Nothing is wrong with a decision, but the project keeps itself to more than that.";
  if (row.severity == grammar::Severity::Warning)
    return "A warning: the project still compiles, and decides as it is written, which may not be what was meant.";
  return "An error: nothing is tested, built or decided before it is mended.";
}

}  // namespace

RuleTexts rule_texts(const grammar::CodeInfo& row) {
  const Family family = family_of(row.id);
  const bool constant = row.text.find('{') == std::string_view::npos;
  RuleTexts texts;
  texts.summary = constant ? std::string(row.text) : words_of(row.name);
  texts.full =
      fmt::format("{} It is about {}.",
                  sentence(fmt::format("{}: {}", words_of(row.name), without_arguments(row.text))), family.subject);
  texts.help = fmt::format("{} {} Read on in {} of Bylaw's documentation.", sentence(without_arguments(row.text)),
                           consequence(row), family.page);
  return texts;
}

}  // namespace bylaw::runner
