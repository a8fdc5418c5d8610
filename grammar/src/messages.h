#pragma once
// What may be missing, as an author would call it: one row a thing, so that each place of the grammar speaks the same
// way.

#include <cstdint>
#include <string_view>

namespace bylaw::grammar {

// BYLAW_MISSING(Name, "what is needed", "how it is written; may be empty")
#define BYLAW_MISSING_TABLE                                                                                          \
  BYLAW_MISSING(ModuleName, "the module's name", "`module central.deploy`")                                          \
  BYLAW_MISSING(ImportPath, "the name of a module", "`import std.identity.{User, Group}`")                           \
  BYLAW_MISSING(ImportedName, "an imported name", "`import std.identity.{User, Group}`")                             \
  BYLAW_MISSING(PathName, "a name after the `.`", "")                                                                \
  BYLAW_MISSING(AnnotationName, "the annotation's name", "`@code(\"..\")`")                                          \
  BYLAW_MISSING(ScopeName, "the scope's name", "`scope TokenScope { .. }`")                                          \
  BYLAW_MISSING(EnumName, "the enum's name", "`enum Severity { low  high }`")                                        \
  BYLAW_MISSING(RecordName, "the record's name", "`record Token { .. }`")                                            \
  BYLAW_MISSING(EntityName, "the entity's name", "`entity Team in Organization { .. }`")                             \
  BYLAW_MISSING(ConstName, "the constant's name", "`const limit: Duration = 30d`")                                   \
  BYLAW_MISSING(ParamName, "the parameter's name", "`param days: Int = 90 in 1..365`")                               \
  BYLAW_MISSING(DefName, "the function's name", "`def is_long(d: Duration): Bool = d > 30d`")                        \
  BYLAW_MISSING(ListName, "the list's name", "`allowlist admins: User { .. }`")                                      \
  BYLAW_MISSING(DecisionName, "the decision's name", "`decision deploy { .. }`")                                     \
  BYLAW_MISSING(PolicyName, "the policy's name", "`policy release for deploy { .. }`")                               \
  BYLAW_MISSING(TemplateName, "the template's name", "`template labels(..) for admission { .. }`")                   \
  BYLAW_MISSING(ClaimName, "the claim's name", "`claim nobody_renews: never allow renew`")                           \
  BYLAW_MISSING(RuleName, "the rule's name", "each rule has one: `deny too_long when ..`")                           \
  BYLAW_MISSING(RuleNameOrOtherwise, "the rule's name or `otherwise`", "each rule has one: `deny too_long when ..`") \
  BYLAW_MISSING(LetName, "a name for the value", "`let limit = 30d`")                                                \
  BYLAW_MISSING(Body, "`{`", "")                                                                                     \
  BYLAW_MISSING(Parameters, "`(` with the parameters", "`def is_long(d: Duration): Bool = ..`")                      \
  BYLAW_MISSING(Arguments, "`(` with the arguments", "`policy x is a_template(limit: 30d)`")                         \
  BYLAW_MISSING(Argument, "an argument", "`name: value`")                                                            \
  BYLAW_MISSING(Colon, "`:`", "")                                                                                    \
  BYLAW_MISSING(FieldColon, "`:` with the field's type", "a field is written `name: Type`")                          \
  BYLAW_MISSING(TypeColon, "`:` with a type", "")                                                                    \
  BYLAW_MISSING(Type, "a type", "")                                                                                  \
  BYLAW_MISSING(ElementType, "`<` with the type of the elements", "`Set<User>`, `List<String>`, `Map<String, Int>`") \
  BYLAW_MISSING(MapTypes, "`,` with the type of the values", "`Map<String, Int>`")                                   \
  BYLAW_MISSING(CloseAngle, "`>`", "")                                                                               \
  BYLAW_MISSING(Limit, "a number", "`List<String> max 64`")                                                          \
  BYLAW_MISSING(WireText, "the spelling in requests", "`code_write as \"vso.code_write\"`")                          \
  BYLAW_MISSING(Member, "a member", "")                                                                              \
  BYLAW_MISSING(IncludedMember, "the member that is included", "`code_write includes code`")                         \
  BYLAW_MISSING(ParentType, "an entity type", "`entity Team in Organization`")                                       \
  BYLAW_MISSING(Strategy, "a merge strategy", "`min max any all union intersect nearest farthest collect`")          \
  BYLAW_MISSING(StrategyBy, "`by` with a merge strategy", "`obliges max_lifespan: Duration by min`")                 \
  BYLAW_MISSING(ObligedField, "the name of an obligation of the decision", "`oblige cap max_lifespan = 30d`")        \
  BYLAW_MISSING(Assign, "`=`", "")                                                                                   \
  BYLAW_MISSING(Value, "a value", "")                                                                                \
  BYLAW_MISSING(Expression, "an expression", "")                                                                     \
  BYLAW_MISSING(Operand, "an operand", "")                                                                           \
  BYLAW_MISSING(Condition, "a condition", "")                                                                        \
  BYLAW_MISSING(Need, "what each entry must have", "`requires owner, because, until <= since + 180d`")               \
  BYLAW_MISSING(ListContent, "`{` with the entries or `from` with a file", "`from \"/lists/admins.csv\"`")           \
  BYLAW_MISSING(FileName, "the name of a file in quotes", "`from \"/lists/admins.csv\"`")                            \
  BYLAW_MISSING(Because, "a text in quotes", "`because \"why\"`")                                                    \
  BYLAW_MISSING(Time, "a date, an instant or a constant", "`2026-01-31` or `2026-01-31T09:00:00Z`")                  \
  BYLAW_MISSING(Effect, "`allow` or `deny`", "")                                                                     \
  BYLAW_MISSING(OnlyFrom, "`only from`", "`grants only from central.*`")                                             \
  BYLAW_MISSING(GrantedModule, "the name of a module", "`grants only from central.*`")                               \
  BYLAW_MISSING(Force, "`force`", "`in force from 2026-01-01 until 2027-01-01T00:00:00Z`")                           \
  BYLAW_MISSING(ModeName, "`enforce`, `audit`, `off` or a parameter", "")                                            \
  BYLAW_MISSING(ForDecision, "`for` with the policy's decisions", "`policy release for deploy { .. }`")              \
  BYLAW_MISSING(DecisionPath, "the name of a decision", "")                                                          \
  BYLAW_MISSING(TemplatePath, "the name of a template", "")                                                          \
  BYLAW_MISSING(Target, "the name of a deny rule or `otherwise`", "`exempt listed from too_long when ..`")           \
  BYLAW_MISSING(Each, "`each`", "`for each c in containers`")                                                        \
  BYLAW_MISSING(Binder, "a name with `in`", "`any t in token.scopes: t == code`")                                    \
  BYLAW_MISSING(BinderIn, "`in` with a collection", "`any t in token.scopes: t == code`")                            \
  BYLAW_MISSING(QuantifierBody, "`:` with a condition", "`any t in token.scopes: t == code`")                        \
  BYLAW_MISSING(Then, "`then`", "`if a then b else c`")                                                              \
  BYLAW_MISSING(Else, "`else`", "every `if` has both: `if a then b else c`")                                         \
  BYLAW_MISSING(IsWhat, "a type, `set`, `unset`, `empty` or `unknown`", "")                                          \
  BYLAW_MISSING(EntityId, "the entity's id in quotes", "`User::\"ana\"`")                                            \
  BYLAW_MISSING(Never, "`never`", "`claim nobody_renews: never allow renew`")                                        \
  BYLAW_MISSING(Interpolated, "an expression", "`{org}` puts a value into the text, `\\{` writes a brace")

enum class Missing : std::uint8_t {
#define BYLAW_MISSING(name, what, example) name,
  BYLAW_MISSING_TABLE
#undef BYLAW_MISSING
};

struct MissingInfo {
  std::string_view what;
  std::string_view example;
};
const MissingInfo& info(Missing missing);

/// What lists of things hold, each item beginning in its own way.
enum class Items : std::uint8_t { Declarations, Fields, DecisionFields, Members, Rows, Rules };

struct ItemsInfo {
  std::string_view item;  // "a rule"
  std::string_view help;  // how items begin
};
const ItemsInfo& info(Items items);

/// What is written here for a word of another language that stands where a rule should go on; empty for other words.
std::string_view foreign_rule_word(std::string_view word);

}  // namespace bylaw::grammar
