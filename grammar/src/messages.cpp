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

}  // namespace bylaw::grammar
