#include "messages.h"

#include <cstddef>

namespace bylaw::grammar {
namespace {

constexpr MissingInfo kMissing[] = {
#define BYLAW_MISSING(name, what, example) {what, example},
    BYLAW_MISSING_TABLE
#undef BYLAW_MISSING
};

}  // namespace

const MissingInfo& info(Missing missing) {
  return kMissing[static_cast<std::size_t>(missing)];
}

const ItemsInfo& info(Items items) {
  static constexpr ItemsInfo kDeclarations{
      "a declaration",
      "declarations begin with `scope enum record entity const param def annotation allowlist denylist "
      "list decision policy template claim`"};
  static constexpr ItemsInfo kFields{"a field", "a field is written `name: Type`"};
  static constexpr ItemsInfo kDecisionFields{
      "a field", "a field is written `name: Type`; `obliges`, `grants` and `default` may follow"};
  static constexpr ItemsInfo kMembers{"a member", "members are words, each with its text: `code as \"vso.code\"`"};
  static constexpr ItemsInfo kRows{
      "an entry",
      "an entry is a value, then `since`, `until`, `through`, `owner`, `because`: `User::\"ana\" until 2026-01-31`"};
  static constexpr ItemsInfo kRules{"a rule",
                                    "rules begin with `exempt`, `allow`, `deny` or `oblige`; `let` names a value"};
  switch (items) {
    case Items::Declarations: return kDeclarations;
    case Items::Fields: return kFields;
    case Items::DecisionFields: return kDecisionFields;
    case Items::Members: return kMembers;
    case Items::Rows: return kRows;
    case Items::Rules: return kRules;
  }
  return kDeclarations;
}

std::string_view foreign_rule_word(std::string_view word) {
  struct Row {
    std::string_view word, help;
  };
  static constexpr std::string_view kAny = "`any x in xs: C` asks the elements of a collection";
  static constexpr std::string_view kPart =
      "`x in xs` asks for an element; `contains(text, \"part\")`, `starts_with`, "
      "`ends_with` for a part of a text";
  static constexpr std::string_view kUnit = "a duration is one word: `30d`, `12h`, `1d12h`";
  static constexpr Row kRows[] = {
      {"if", "a condition begins with `when`: `deny late when ..`"},
      {"permit", "a rule that grants is an `allow`"},
      {"grant", "a rule that grants is an `allow`"},
      {"forbid", "a rule that refuses is a `deny`"},
      {"block", "a rule that refuses is a `deny`"},
      {"message", "what the caller reads stands after `because`"},
      {"msg", "what the caller reads stands after `because`"},
      {"reason", "what the caller reads stands after `because`"},
      {"like", "a pattern is asked with `matches`: `text matches glob\"a*\"`"},
      {"contains", kPart},
      {"has", kPart},
      {"startsWith", kPart},
      {"endsWith", kPart},
      {"starts_with", kPart},
      {"ends_with", kPart},
      {"between", "a range is asked with `in`: `x in 1..5`"},
      {"exists", kAny},
      {"some", kAny},
      {"where", kAny},
      {"days", kUnit},
      {"day", kUnit},
      {"hours", kUnit},
      {"minutes", kUnit},
      {"seconds", kUnit},
      {"weeks", kUnit},
  };
  for (const Row& row : kRows)
    if (row.word == word) return row.help;
  return {};
}

}  // namespace bylaw::grammar
