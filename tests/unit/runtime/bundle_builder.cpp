#include "bundle_builder.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace bylaw::test {

using namespace format;

namespace {

constexpr std::int64_t kDay = 86400000000;
constexpr std::int64_t k2020 = 1577836800000000, k2030 = 1893456000000000;

void add_texts(BundleTables& t) {
  std::vector<std::string> texts = {"",
                                    "Action",
                                    "Group",
                                    "Org",
                                    "Scope",
                                    "User",
                                    "a life of ",
                                    "action",
                                    "ana",
                                    "ask",
                                    "bo",
                                    "bylaw",
                                    "cap",
                                    "code",
                                    "code_write",
                                    "create",
                                    "is not a scope",
                                    " is not a scope",
                                    "life",
                                    "life > 365d",
                                    "limit",
                                    "listed",
                                    "m",
                                    "m.Action",
                                    "m.Group",
                                    "m.Org",
                                    "m.Scope",
                                    "m.User",
                                    "m.ask",
                                    "m.life",
                                    "m.life.cap",
                                    "m.life.too_long",
                                    "m.listed",
                                    "m.restrict",
                                    "m.restrict.listed",
                                    "m.restrict.otherwise",
                                    "m.restrict.packaging",
                                    "m.texts",
                                    "m.texts.unknown",
                                    "m.bylaw",
                                    "now",
                                    "org",
                                    "otherwise",
                                    "packaging",
                                    "renew",
                                    "restrict",
                                    "restricted",
                                    "scopes",
                                    "texts",
                                    "too_long",
                                    "unknown",
                                    "user",
                                    "0",
                                    "0.0",
                                    "0.1",
                                    "project"};
  std::sort(texts.begin(), texts.end());
  for (const std::string& text : texts) {
    t.strings.push_back({static_cast<std::uint32_t>(t.text.size()), static_cast<std::uint32_t>(text.size())});
    t.text.insert(t.text.end(), text.begin(), text.end());
  }
}

class Sample {
 public:
  BundleTables make() {
    add_texts(t);
    types();
    entities();
    shapes();
    lay_out_or_stop(t);
    lists();
    policies();
    blocks();
    debug();
    information();
    return t;
  }

 private:
  Symbol s(std::string_view text) const { return symbol(t, text); }

  void types() {
    t.types = {{Kind::Bool, kNone, 0, 0},     {Kind::Int, kNone, 0, 0},    {Kind::Time, kNone, 0, 0},
               {Kind::Duration, kNone, 0, 0}, {Kind::String, kNone, 0, 0}, {Kind::Enum, 0, 0, 0},
               {Kind::Enum, 1, 0, 0},         {Kind::Set, kScope, 100, 0}, {Kind::Entity, 0, 0, 0},
               {Kind::Entity, 1, 0, 0},       {Kind::Set, kUser, 100, 0}};
    t.enums = {{s("m.Action"), s("Action"), 0, 2, 0, kNone},
               {s("m.Scope"), s("Scope"), 2, 3, kEnumOpen | kEnumScope, 0}};
    for (const char* member : {"create", "renew", "code", "code_write", "packaging"})
      t.members.push_back({s(member), s(member)});
    // The order of inclusion: each includes itself, code_write also code.
    for (const Word row : {Word{0b001}, Word{0b011}, Word{0b100}}) add_constant(t, kNone, {row});
  }

  void entities() {
    t.pool = {kUserType, kOrgType, kGroupType, kOtherwiseRule};
    t.entity_sets = {{0, 1}, {1, 1}};
    t.entity_types = {{s("m.Group"), s("Group"), kGroupShape, 2, 1, 0},
                      {s("m.Org"), s("Org"), kOrgShape, 0, 0, 0},
                      {s("m.User"), s("User"), kUserShape, 2, 1, 0}};
  }

  void field(std::string_view name, std::uint32_t type, std::uint32_t flags = 0) {
    FieldRecord record{};
    record.name = record.wire = s(name);
    record.type = type;
    record.flags = flags;
    record.default_constant = kNone;
    t.fields.push_back(record);
  }

  void shapes() {
    field("limit", kDuration, kFieldOptional);
    field("restricted", kBool);
    field("action", kAction);
    field("life", kDuration);
    field("now", kTime);
    field("org", kOrg);
    field("scopes", kScopes);
    field("user", kUser);
    t.shapes = {{s("m.Group"), 0, 0, 0, 0, 0},
                {s("m.Org"), 0, 2, 0, 0, 0},
                {s("m.User"), 2, 0, 0, 0, 0},
                {s("m.ask"), 2, 6, 0, 0, 0}};
  }

  Word user(std::string_view id) const { return Word{kUserType} << 32 | s(id); }

  void lists() {
    const std::uint32_t ana = add_constant(t, kUser, {user("ana")}), bo = add_constant(t, kUser, {user("bo")});
    t.lists = {{s("m.listed"), s("listed"), kUser, 0, 2, kListDated}};
    t.rows = {{k2020, k2030, ana, s("project"), s("project"), 0, 0, 0}, {kNoStart, kNoEnd, bo, kNone, kNone, 0, 0, 0}};
    t.spans = {{s("m.bylaw"), 1, 1, 1, 9, s("life > 365d")}};
  }

  void policies() {
    t.decisions = {
        {s("m.ask"), s("ask"), kAskShape, EffectCode::Allow, kNone, 0, 3, 0, 6, 0, 1, slot_of(request(t, kNowField))}};
    t.obligations = {{s("cap"), kDuration, MergeStrategy::Min}};
    const std::uint32_t life = add_constant(t, kDuration, {static_cast<Word>(365 * kDay)});
    const std::uint32_t create = static_cast<std::uint32_t>(t.constants.size());
    // The mask {create} is of a type that no field has.
    t.types.push_back({Kind::Set, kAction, 2, 1});
    add_constant(t, static_cast<std::uint32_t>(t.types.size() - 1), {Word{0b01}});
    add_constant(t, kScopes, {Word{0b100}, 0});
    t.policies = {policy("life", life, 1, 0, 2), policy("restrict", create, 3, 2, 3), policy("texts", 0, 0, 5, 1)};
    t.policies[kRestrict].guard = kRestrictGuard;
    t.policies[kRestrict].otherwise = EffectCode::Deny;
    t.policies[kRestrict].otherwise_rule = kOtherwiseRule;
    t.rules = {rule("life", "cap", kLife, RuleKindCode::Oblige, kNone),
               rule("life", "too_long", kLife, RuleKindCode::Deny, kTooLong),
               rule("restrict", "listed", kRestrict, RuleKindCode::Exempt, kListed),
               rule("restrict", "otherwise", kRestrict, RuleKindCode::Deny, kNone),
               rule("restrict", "packaging", kRestrict, RuleKindCode::Allow, kPackaging),
               rule("texts", "unknown", kTexts, RuleKindCode::Deny, kUnknown)};
    t.rules[kCapRule].obligation = 0;
    t.rules[kCapRule].value = kCap;
    t.rules[kTooLongRule].message = 0;
    t.rules[kTooLongRule].skeleton = 0;
    t.rules[kListedRule].first_lift = 3;
    t.rules[kListedRule].lift_count = 1;
    t.rules[kOtherwiseRule].flags = kRuleOtherwise;
    t.rules[kUnknownRule].flags = kRuleForEach;
    t.rules[kUnknownRule].binder_count = 1;
    t.binders.push_back({kScopes, kNone, static_cast<std::uint32_t>(t.pool.size()), 1});
    t.pool.push_back(s("scopes"));
    t.rules[kUnknownRule].message = 1;
    t.messages = {{0, 1}, {1, 2}};
    t.message_parts = {{s("a life of "), kTooLongLife, 0}, {s(""), kUnknownText, 0}, {s(" is not a scope"), kNone, 0}};
  }

  PolicyRecord policy(std::string_view name, std::uint32_t constants, std::uint32_t constant_count,
                      std::uint32_t first_rule, std::uint32_t rules) const {
    PolicyRecord p{};
    p.from = kNoStart;
    p.until = kNoEnd;
    p.audit_until = kNoStart;
    p.name = s("m." + std::string(name));
    p.short_name = s(name);
    p.module = s("m");
    p.guard = p.otherwise_rule = p.skeleton = kNone;
    p.constants = constants;
    p.constant_count = constant_count;
    p.first_rule = first_rule;
    p.rule_count = rules;
    return p;
  }

  RuleRecord rule(const std::string& policy_name, const std::string& name, std::uint32_t policy, RuleKindCode kind,
                  std::uint32_t condition) const {
    RuleRecord r{};
    r.name = s("m." + policy_name + "." + name);
    r.short_name = s(name);
    r.policy = policy;
    r.kind = kind;
    r.condition = condition;
    r.obligation = r.value = r.message = r.skeleton = kNone;
    return r;
  }

  void block(BlockKind kind, std::uint32_t policy, std::uint32_t type, std::uint32_t binders,
             const std::vector<Instruction>& code) {
    t.blocks.push_back({static_cast<std::uint32_t>(t.code.size()), static_cast<std::uint32_t>(code.size()), kind,
                        policy, 0, type, 0, binders});
    t.code.insert(t.code.end(), code.begin(), code.end());
  }

  void blocks() {
    const std::uint16_t org = request(t, kOrgField), life = request(t, kLifeField), scopes = request(t, kScopesField);
    const std::uint32_t limit = presence_words(t.shapes[kOrgShape]) + t.fields[0].slot;
    const std::uint32_t restricted = presence_words(t.shapes[kOrgShape]) + t.fields[1].slot;
    const auto condition = [&](std::uint32_t policy, const std::vector<Instruction>& code) {
      block(BlockKind::Condition, policy, kNone, 0, code);
    };
    condition(kLife, {instruction(Op::Row, {.dst = bound(1), .a = org, .imm = kOrgType, .t = 1}),
                      instruction(Op::Present, {.a = bound(1, 0), .t = 1, .f = 2}),
                      instruction(Op::Move, {.dst = reg(0), .a = bound(1, limit), .imm = 1, .t = 2}),
                      instruction(Op::Move, {.dst = reg(0), .a = constant(0), .imm = 1, .t = 1}),
                      instruction(Op::Lt, {.a = reg(0), .b = life, .t = 1, .f = 2}), instruction(Op::Hold),
                      instruction(Op::End)});
    block(BlockKind::Value, kLife, kDuration, 0, {instruction(Op::Give, {.a = life})});
    block(BlockKind::Value, kLife, kDuration, 0, {instruction(Op::Give, {.a = constant(0)})});
    condition(kRestrict,
              {instruction(Op::Row, {.dst = bound(1), .a = org, .imm = kOrgType, .t = 1}),
               instruction(Op::True, {.a = bound(1, restricted), .t = 1, .f = 3}),
               instruction(Op::InMask, {.a = request(t, kActionField), .b = constant(0), .imm = 0, .t = 1, .f = 2}),
               instruction(Op::Hold), instruction(Op::End)});
    condition(kRestrict,
              {instruction(Op::Listed, {.a = request(t, kUserField), .b = request(t, kNowField), .t = 1, .f = 2}),
               instruction(Op::Hold), instruction(Op::End)});
    condition(kRestrict, {instruction(Op::SubsetMask, {.a = scopes, .b = constant(1), .imm = 1, .t = 1, .f = 2}),
                          instruction(Op::Hold), instruction(Op::End)});
    condition(kTexts, {instruction(Op::EachMember, {.dst = bound(1), .a = scopes, .b = 1, .imm = 3, .t = 4, .f = 4}),
                       instruction(Op::Unknown, {.a = bound(1), .imm = 3, .t = 1, .f = 2}), instruction(Op::Find),
                       instruction(Op::Next), instruction(Op::End)});
    block(BlockKind::Value, kTexts, kScope, 1, {instruction(Op::Give, {.a = bound(1)})});
  }

  void debug() {
    t.skeletons = {{SkeletonKind::Leaf, 1, 0}};
    t.occurrences = {{kTooLongRule, kLife, s("0"), 0, 0, kTooLong}};
    t.test_map.assign(t.code.size(), kNone);
    t.test_map[4] = 0;
  }

  void information() {
    t.source_files = {{s("m.bylaw"), {}}};
    t.information = {{s("project"), s("bylaw"), 1, 3, 6, 1}};
    t.params = {{s("m.Action"), s("create")}, {s("m.Scope"), s("code")}};
  }

  BundleTables t;
};

}  // namespace

std::uint16_t request(const BundleTables& t, std::uint32_t field) {
  const ShapeRecord& shape = t.shapes[kAskShape];
  return operand(kRequestBase, presence_words(shape) + t.fields[shape.first_field + field].slot);
}

BundleTables sample() {
  return Sample().make();
}

Symbol symbol(const BundleTables& t, std::string_view text) {
  for (Symbol i = 0; i < t.strings.size(); ++i)
    if (std::string_view(t.text.data() + t.strings[i].offset, t.strings[i].length) == text) return i;
  std::abort();
}

void replace(BundleTables& t, std::uint32_t block, const std::vector<Instruction>& code) {
  BlockRecord& record = t.blocks[block];
  const auto begin = t.code.begin() + record.first;
  t.code.erase(begin, begin + record.count);
  t.code.insert(t.code.begin() + record.first, code.begin(), code.end());
  record.count = static_cast<std::uint32_t>(code.size());
  for (std::size_t i = block + 1; i < t.blocks.size(); ++i)
    t.blocks[i].first = t.blocks[i - 1].first + t.blocks[i - 1].count;
  t.test_map.assign(t.code.size(), kNone);
}

std::uint32_t add_constant(BundleTables& t, std::uint32_t type, const std::vector<Word>& words) {
  const auto offset = static_cast<std::uint32_t>(t.constants.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    t.constants.push_back(words[i]);
    t.constant_types.push_back(i == 0 ? type : kNone);
  }
  return offset;
}

}  // namespace bylaw::test
