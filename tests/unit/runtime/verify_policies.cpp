// Lists, decisions, policies, rules, messages and debug tables; see verify_cases.h.
#include <doctest/doctest.h>

#include "verify_cases.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

TEST_CASE("lists") {
  check_all({
      {"type", "B0008: Lists 0: its entries cannot be in a list", [](auto& t) { t.lists[0].type = kScopes; }},
      {"rows", "B0008: Lists 0: its rows: not where the last ended", [](auto& t) { t.lists[0].first_row = 1; }},
      {"flags", "B0008: Lists 0: its flags are not known", [](auto& t) { t.lists[0].flags = 8; }},
      {"row of no list", "B0008: Rows 1: it belongs to no list", [](auto& t) { t.lists[0].row_count = 1; }},
      {"value", "B0008: Rows 0: its value: beyond the table", [](auto& t) { t.rows[0].value = 99; }},
      {"value's type", "B0008: Rows 0: its value is of another type", [](auto& t) { t.rows[0].value = 5; }},
      {"owner", "B0008: Rows 0: its owner: beyond the table", [](auto& t) { t.rows[0].owner = 999; }},
      {"dates", "B0008: Rows 0: it has dates, its list has none", [](auto& t) { t.lists[0].flags = 0; }},
      {"row flags", "B0008: Rows 0: its flags are not known", [](auto& t) { t.rows[0].flags = 2; }},
      {"reserved", "B0008: Rows 0: reserved words are not zero", [](auto& t) { t.rows[0].reserved = 2; }},
  });
}

TEST_CASE("decisions and policies") {
  check_all({
      {"shape", "B0008: Decisions 0: its shape: beyond the table", [](auto& t) { t.decisions[0].shape = 9; }},
      {"default", "B0008: Decisions 0: its default is not known",
       [](auto& t) { t.decisions[0].default_effect = EffectCode::None; }},
      {"now", "B0008: Decisions 0: its `now` is no field of type Time", [](auto& t) { ++t.decisions[0].now_slot; }},
      {"policies", "B0008: Decisions 0: its policies: not where the last ended",
       [](auto& t) { t.decisions[0].first_policy = 1; }},
      {"rules", "B0008: Decisions 0: its rules: beyond the table", [](auto& t) { t.decisions[0].rule_count = 7; }},
      {"rest", "B0008: Decisions 0: there are policies, rules or obligations of no decision",
       [](auto& t) { t.obligations.push_back(t.obligations[0]); }},
      {"strategy", "B0008: Obligations 0: its strategy does not fit its type",
       [](auto& t) { t.obligations[0].strategy = MergeStrategy::Any; }},
      {"default's message", "B0008: Decisions 0: its value is not a block for it",
       [](auto& t) { t.decisions[0].default_message = 0; }},
      {"order", "B0008: Policies 1: policies do not ascend",
       [](auto& t) { t.policies[1].short_name = t.policies[0].short_name; }},
      {"decision", "B0008: Blocks 0: its policy is of another decision", [](auto& t) { t.policies[0].decision = 1; }},
      {"mode", "B0008: Policies 0: its mode is not known",
       [](auto& t) { t.policies[0].mode = static_cast<ModeCode>(3); }},
      {"audited until", "B0008: Policies 0: it says how long it is audited, and is not",
       [](auto& t) { t.policies[0].audit_until = 5; }},
      {"dates without now", "B0008: Policies 0: it has dates, its decision has no `now`",
       [](auto& t) {
         t.decisions[0].now_slot = kNone;
         t.policies[0].from = 5;
       }},
      {"rules of a policy", "B0008: Policies 1: its rules: not where the last ended",
       [](auto& t) { t.policies[1].first_rule = 3; }},
      {"rules of none", "B0008: Decisions 0: it has rules of no policy", [](auto& t) { t.policies[2].rule_count = 0; }},
      {"guard", "B0008: Policies 1: its condition is not a block for it",
       [](auto& t) { t.policies[1].guard = kTooLong; }},
      {"otherwise without rule", "B0008: Policies 1: its otherwise is none of its rules",
       [](auto& t) { t.policies[1].otherwise_rule = kCapRule; }},
      {"otherwise of another kind", "B0008: Policies 1: its otherwise is of another kind",
       [](auto& t) { t.policies[1].otherwise = EffectCode::Allow; }},
      {"otherwise without flag", "B0008: Policies 1: its otherwise is a rule like others",
       [](auto& t) { t.rules[kOtherwiseRule].flags = 0; }},
      {"rule for none", "B0008: Policies 0: it has a rule for an otherwise that it has not",
       [](auto& t) { t.policies[0].otherwise_rule = kCapRule; }},
      {"constants", "B0008: Policies 0: its constants: beyond the table",
       [](auto& t) { t.policies[0].constants = 99; }},
      {"too many constants", "B0008: Policies 0: it has too many constants",
       [](auto& t) {
         for (int i = 0; i < 5000; ++i) add_constant(t, kInt, {0});
         t.policies[0].constant_count = 5000;
       }},
  });
}

TEST_CASE("rules") {
  check_all({
      {"policy", "B0008: Rules 0: it is of another policy", [](auto& t) { t.rules[0].policy = 1; }},
      {"kind", "B0008: Rules 0: its kind is not known",
       [](auto& t) { t.rules[0].kind = static_cast<RuleKindCode>(4); }},
      {"flags", "B0008: Rules 0: its flags do not fit its kind", [](auto& t) { t.rules[0].flags = kRuleForEach; }},
      {"order", "B0008: Rules 1: rules do not ascend", [](auto& t) { t.rules[1].short_name = t.rules[0].short_name; }},
      {"an otherwise of none", "B0008: Rules 1: it is an otherwise that its policy does not name",
       [](auto& t) { t.rules[kTooLongRule].flags = kRuleOtherwise; }},
      {"elements without loop", "B0008: Rules 1: it has elements and no loop, or the other way round",
       [](auto& t) { t.rules[kTooLongRule].binder_count = 1; }},
      {"binders", "B0008: Rules 5: its binders: beyond the table",
       [](auto& t) { t.rules[kUnknownRule].binder_count = 2; }},
      {"binder inside itself", "B0008: Rules 5: a binder stands in no binder before it",
       [](auto& t) { t.binders[0].parent = 0; }},
      {"too many binders", "B0008: Rules 5: it has too many binders",
       [](auto& t) {
         t.binders.resize(5, t.binders[0]);
         t.rules[kUnknownRule].binder_count = 5;
       }},
      {"loop without code", "B0008: Rules 5: it has no condition",
       [](auto& t) { t.rules[kUnknownRule].condition = kNone; }},
      {"otherwise with condition", "B0008: Rules 3: it is an otherwise and has a condition",
       [](auto& t) { t.rules[kOtherwiseRule].condition = kPackaging; }},
      {"condition", "B0008: Rules 1: its condition is not a block for it",
       [](auto& t) { t.rules[kTooLongRule].condition = kCap; }},
      {"lifts and is no exempt", "B0008: Rules 1: it lifts and is no exempt",
       [](auto& t) { t.rules[kTooLongRule].lift_count = 1; }},
      {"lifts an allow", "B0008: Rules 2: it lifts what is no deny of its policy",
       [](auto& t) { t.pool[3] = kPackagingRule; }},
      {"lifts another's", "B0008: Rules 2: it lifts what is no deny of its policy",
       [](auto& t) { t.pool[3] = kTooLongRule; }},
      {"lifts twice", "B0008: Rules 2: what it lifts does not ascend",
       [](auto& t) {
         t.pool.insert(t.pool.begin() + 4, kOtherwiseRule);
         ++t.binders[0].first_path;
         t.rules[kListedRule].lift_count = 2;
       }},
      {"obligation", "B0008: Rules 0: its obligation is none of its decision",
       [](auto& t) { t.rules[kCapRule].obligation = 1; }},
      {"obliges and is no oblige", "B0008: Rules 1: it obliges and is no oblige",
       [](auto& t) { t.rules[kTooLongRule].value = kCap; }},
      {"value's block", "B0008: Rules 0: its value is not a block for it",
       [](auto& t) { t.rules[kCapRule].value = kTooLong; }},
      {"value's type", "B0008: Rules 0: its value is of another type than its obligation",
       [](auto& t) { t.obligations[0].type = kInt; }},
      {"message", "B0008: Rules 1: its message: beyond the table", [](auto& t) { t.rules[kTooLongRule].message = 9; }},
      {"message of another", "B0008: Rules 5: its message belongs to another",
       [](auto& t) { t.rules[kUnknownRule].message = 0; }},
      {"message's value", "B0008: Rules 1: its value is not a block for it",
       [](auto& t) { t.message_parts[0].value = kUnknownText; }},
      {"element in a message without", "B0008: Rules 1: its value is not a block for it",
       [](auto& t) { t.blocks[kTooLongLife].binder_count = 1; }},
      {"notes", "B0008: Rules 1: its notes: beyond the table", [](auto& t) { t.rules[1].note_count = 1; }},
      {"place", "B0008: Rules 1: its place: beyond the table", [](auto& t) { t.rules[1].span = 1; }},
  });
}

TEST_CASE("blocks, messages, notes and places") {
  check_all({
      {"kind", "B0008: Blocks 0: its kind is not known", [](auto& t) { t.blocks[0].kind = static_cast<BlockKind>(3); }},
      {"code", "B0008: Blocks 1: its instructions: not where the last ended", [](auto& t) { ++t.blocks[1].first; }},
      {"no code", "B0008: Blocks 0: it has none or too many instructions", [](auto& t) { replace(t, 0, {}); }},
      {"code of none", "B0008: Code 26: it belongs to no block",
       [](auto& t) {
         t.code.push_back(t.code.back());
         t.test_map.push_back(kNone);
       }},
      {"decision", "B0008: Blocks 0: its decision: beyond the table", [](auto& t) { t.blocks[0].decision = 1; }},
      {"policy", "B0008: Blocks 0: its policy: beyond the table", [](auto& t) { t.blocks[0].policy = 3; }},
      {"type", "B0008: Blocks 1: its type: beyond the table", [](auto& t) { t.blocks[1].type = kNone; }},
      {"no type", "B0008: Blocks 0: it has a type", [](auto& t) { t.blocks[0].type = kInt; }},
      {"binders of a block", "B0008: Blocks 7: its binders: beyond the table",
       [](auto& t) { t.blocks[7].first_binder = 1; }},
      {"elements of what", "B0008: Binders 0: it loops over no collection", [](auto& t) { t.binders[0].type = kInt; }},
      {"elements of no type", "B0008: Binders 0: the type of its elements: beyond the table",
       [](auto& t) { t.binders[0].type = 99; }},
      {"paths", "B0008: Binders 0: its paths: beyond the table", [](auto& t) { t.binders[0].path_count = 99; }},
      {"path", "B0008: Binders 0: its path: beyond the table", [](auto& t) { t.pool[t.binders[0].first_path] = 999; }},
      {"parts", "B0008: Messages 1: its parts: not where the last ended",
       [](auto& t) { t.messages[1].first_part = 0; }},
      {"part's text", "B0008: MessageParts 0: its text: beyond the table",
       [](auto& t) { t.message_parts[0].text = 999; }},
      {"part's value", "B0008: MessageParts 0: its value: beyond the table",
       [](auto& t) { t.message_parts[0].value = 99; }},
      {"part's flags", "B0008: MessageParts 0: its flags are not known", [](auto& t) { t.message_parts[0].flags = 1; }},
      {"part of none", "B0008: MessageParts 2: it belongs to no message",
       [](auto& t) { t.messages[1].part_count = 1; }},
      {"note's type", "B0008: Notes 0: its value is of another type",
       [](auto& t) {
         t.notes.push_back({symbol(t, "m"), kText, 3});
       }},
      {"note's value", "B0008: Notes 0: its value: beyond the table",
       [](auto& t) {
         t.notes.push_back({symbol(t, "m"), kText, kNone});
       }},
      {"place", "B0008: Spans 0: its file: beyond the table", [](auto& t) { t.spans[0].file = 999; }},
  });
}

TEST_CASE("what explain reads") {
  const auto leaf = SkeletonRecord{SkeletonKind::Leaf, 1, 0};
  check_all({
      {"kind", "B0008: Skeletons 0: its kind is not known",
       [](auto& t) { t.skeletons[0].kind = static_cast<SkeletonKind>(6); }},
      {"leaf with children", "B0008: Skeletons 1: the node before it has not the children of its kind",
       [=](auto& t) {
         t.skeletons = {{SkeletonKind::Leaf, 2, 0}, leaf};
       }},
      {"not of two", "B0008: Skeletons 2: the node before it has not the children of its kind",
       [=](auto& t) {
         t.skeletons = {{SkeletonKind::Not, 3, 0}, leaf, leaf};
       }},
      {"and of none", "B0008: Skeletons 0: the node before it has not the children of its kind",
       [](auto& t) {
         t.skeletons = {{SkeletonKind::And, 1, 0}};
       }},
      {"beyond", "B0008: Skeletons 1: it goes beyond the node that it is part of",
       [=](auto& t) {
         t.skeletons = {{SkeletonKind::Not, 2, 0}, {SkeletonKind::Leaf, 2, 0}, leaf};
       }},
      {"occurrence", "B0008: Skeletons 0: its occurrence: beyond the table",
       [](auto& t) { t.skeletons[0].occurrence = 1; }},
      {"part of another", "B0008: Rules 1: its skeleton is a part of another",
       [=](auto& t) {
         t.skeletons = {{SkeletonKind::Not, 2, 0}, leaf};
         t.rules[1].skeleton = 1;
       }},
      {"of two rules", "B0008: Rules 1: its skeleton is a part of another",
       [](auto& t) {
         t.skeletons = {{SkeletonKind::True, 1, kNone}};
         t.rules[0].skeleton = 0;
       }},
      {"conditions of another", "B0008: Rules 1: its skeleton has conditions of another",
       [](auto& t) { t.occurrences[0].rule = kCapRule; }},
      {"occurrence's rule", "B0008: Occurrences 0: its rule is of another policy",
       [](auto& t) {
         t.occurrences[0].rule = kListedRule;
         t.rules[1].skeleton = kNone;
       }},
      {"occurrence's block", "B0008: Occurrences 0: its block is not for it",
       [](auto& t) { t.occurrences[0].explain = kListed; }},
      {"occurrence's place", "B0008: Occurrences 0: its place: beyond the table",
       [](auto& t) { t.occurrences[0].use = 5; }},
      {"test map's length", "B0008: TestMap 25: there is not one an instruction",
       [](auto& t) { t.test_map.pop_back(); }},
      {"test map", "B0008: TestMap 0: its occurrence: beyond the table", [](auto& t) { t.test_map[0] = 1; }},
      {"test map of another", "B0008: TestMap 10: its occurrence is of another policy",
       [](auto& t) { t.test_map[10] = 0; }},
      {"sources", "B0008: SourceFiles 1: sources do not ascend",
       [](auto& t) { t.source_files.push_back(t.source_files[0]); }},
      {"params", "B0008: Params 1: params do not ascend", [](auto& t) { std::swap(t.params[0], t.params[1]); }},
      {"a param's name", "B0008: Params 0: its name: beyond the table", [](auto& t) { t.params[0].name = 9999; }},
      {"a param's value", "B0008: Params 1: its value: beyond the table", [](auto& t) { t.params[1].value = 9999; }},
      {"information", "B0008: Information 0: there is not exactly one", [](auto& t) { t.information.clear(); }},
  });
}

TEST_CASE("skeletons nested without end") {
  BundleTables tables = sample();
  tables.skeletons.clear();
  for (std::uint32_t i = 0; i < 2000; ++i) tables.skeletons.push_back({SkeletonKind::Not, 2001 - i, 0});
  tables.skeletons.push_back({SkeletonKind::Leaf, 1, 0});
  CHECK(verdict_on(tables) == "B0008: Skeletons 1000: it is nested too deeply");
}
