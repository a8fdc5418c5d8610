// The skeleton of a scenario file: which keys stand where. Strict, because a misspelt key would be an untested policy.

#include <fmt/format.h>

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "read_layer.h"
#include "suite.h"

namespace bylaw::runner {
namespace {

/// Fields of the request are a common thing to find one level too high.
std::string decision_with_field(const Program& program, const std::string& key) {
  for (const compiler::Decision& decision : program.decisions)
    if (program.find_field(decision.fields, key)) return decision.name;
  return {};
}

/// What is meant by a key of another level, or of another test runner.
std::string meant_by(const std::string& key, const std::string& holder) {
  static const std::set<std::string> kRequest = {"given", "when", "request", "input", "requests"};
  static const std::set<std::string> kList = {"tests", "cases", "test", "scenario"};
  static const std::map<std::string, std::string> kOthers = {
      {"expected", "expect"},   {"description", "about"},        {"title", "name"},     {"allow", "expect: allow"},
      {"deny", "expect: deny"}, {"expected_decision", "expect"}, {"outcome", "expect"}, {"result", "expect"}};
  if (kRequest.contains(key)) return "; write `" + holder + "` here";
  const bool in_scenario = holder == "when";
  if (!in_scenario && kList.contains(key)) return "; write `scenarios`";
  if (!in_scenario && (is_expectation(key) || key == "name")) return "; it stands in a scenario, below `scenarios`";
  const auto other = kOthers.find(key);
  return other == kOthers.end() || !in_scenario ? "" : "; write `" + other->second + "`";
}

/// False if a key stands there that means nothing.
bool check_level_keys(Context& context, const YamlNode& map, std::vector<std::string> known,
                      const std::string& holder) {
  const std::size_t errors = context.diagnostics.errors();
  for (const YamlEntry& entry : map.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    if (const std::string meant = meant_by(entry.key, holder); !meant.empty()) {
      context.report(codes::UnknownKey, entry.key_span, {{"key", entry.key}, {"suggestion", meant}});
      known.push_back(entry.key);
      continue;
    }
    const std::string decision = decision_with_field(context.program, entry.key);
    if (decision.empty()) continue;
    context.report(codes::FieldOutsideGiven, entry.key_span,
                   {{"decision", decision}, {"field", entry.key}, {"holder", holder}});
    known.push_back(entry.key);
  }
  context.check_keys(map, known, {});
  return context.diagnostics.errors() == errors;
}

class SuiteReader {
 public:
  SuiteReader(Context& context, Suite& suite) : context_(context), suite_(suite) {}

  void read_file() {
    const YamlNode& file = suite_.document;
    check_level_keys(context_, file,
                     {"decision", "entities", "use", "requests", "given", "params", "only", "scenarios", "properties",
                      "about", "tags"},
                     "given");
    suite_.layer = read_layer(context_, file, "given");
    if (const YamlEntry* use = file.find_entry("use"))
      suite_.uses = read_texts(context_, *use, "the path of a file of fixtures, or a list of these");
    if (const YamlEntry* scenarios = file.find_entry("scenarios")) read_scenarios(*scenarios, std::nullopt);
    if (const YamlEntry* properties = file.find_entry("properties")) read_properties(*properties, std::nullopt);
  }

 private:
  void read_scenarios(const YamlEntry& entry, std::optional<std::size_t> group) {
    if (!entry.value.is_sequence()) {
      context_.report(codes::WrongShape, entry.value.place(),
                      {{"key", entry.key}, {"seen", describe(entry.value)}, {"wanted", "a list"}});
      return;
    }
    for (const YamlNode& item : entry.value.items) read_item(item, group);
  }

  void read_properties(const YamlEntry& entry, std::optional<std::size_t> group) {
    if (!entry.value.is_sequence())
      context_.report(codes::WrongShape, entry.value.place(),
                      {{"key", entry.key}, {"seen", describe(entry.value)}, {"wanted", "a list"}});
    for (const YamlNode& item : entry.value.items) {
      if (item.is_map())
        read_property(item, group);
      else
        context_.report(codes::WrongShape, item.place(),
                        {{"key", entry.key}, {"seen", describe(item)}, {"wanted", "a property, which is a map"}});
    }
  }

  void read_item(const YamlNode& item, std::optional<std::size_t> group) {
    if (!item.is_map()) {
      context_.report(codes::WrongShape, item.place(),
                      {{"key", "scenarios"}, {"seen", describe(item)}, {"wanted", "a scenario, which is a map"}});
    } else if (!item.find("group")) {
      read_scenario(item, group);
    } else if (group) {
      context_.report(codes::NestedGroup, item.find_entry("group")->key_span).help("put its scenarios one level up");
    } else {
      read_group(item);
    }
  }

  void read_group(const YamlNode& map) {
    check_level_keys(context_, map,
                     {"group", "decision", "about", "given", "entities", "params", "requests", "only", "skip", "tags",
                      "scenarios", "properties"},
                     "given");
    Group group;
    group.title = read_text(context_, *map.find_entry("group"));
    group.span = map.span;
    group.layer = read_layer(context_, map, "given");
    suite_.groups.push_back(std::move(group));
    const YamlEntry* properties = map.find_entry("properties");
    const YamlEntry* scenarios =
        properties ? map.find_entry("scenarios") : required(context_, map, "scenarios", "group");
    const std::size_t number = suite_.groups.size() - 1;
    if (scenarios) read_scenarios(*scenarios, number);
    if (properties) read_properties(*properties, number);
  }

  void read_scenario(const YamlNode& map, std::optional<std::size_t> group) {
    std::vector<std::string> known = common_keys();
    known.insert(known.end(), {"each", "table", "grid"});
    const bool keys_known = check_level_keys(context_, map, known, "when");
    Scenario scenario = read_common(map, group, "scenario");
    scenario.keys_known = keys_known;
    scenario.each = map.find_entry("each");
    scenario.table = map.find_entry("table");
    scenario.grid = map.find_entry("grid");
    suite_.scenarios.push_back(std::move(scenario));
  }

  void read_property(const YamlNode& map, std::optional<std::size_t> group) {
    std::vector<std::string> known = common_keys();
    known.insert(known.end(), {"forall", "assume", "runs", "same_as", "never_more_than"});
    const bool keys_known = check_level_keys(context_, map, known, "when");
    Scenario scenario = read_common(map, group, "property");
    scenario.keys_known = keys_known;
    PropertyKeys keys;
    keys.forall = required(context_, map, "forall", "property");
    keys.assume = map.find_entry("assume");
    keys.runs = map.find_entry("runs");
    keys.relation = map.find_entry("same_as");
    if (const YamlEntry* other = map.find_entry("never_more_than")) {
      if (keys.relation)
        context_.report(codes::RelationAlone, other->key_span, {{"key", other->key}, {"relation", keys.relation->key}});
      keys.relation = other;
    }
    if (keys.relation)
      for (const auto& [key, entry] : scenario.expectations)
        context_.report(codes::RelationAlone, entry->key_span, {{"key", key}, {"relation", keys.relation->key}});
    if (keys.forall) scenario.property = keys;
    suite_.scenarios.push_back(std::move(scenario));
  }

  static std::vector<std::string> common_keys() {
    std::vector<std::string> keys = {"name", "decision", "about", "entities", "params", "like",
                                     "when", "only",     "skip",  "failing",  "tags"};
    keys.insert(keys.end(), expectation_keys().begin(), expectation_keys().end());
    return keys;
  }

  /// What scenarios and properties have in common.
  Scenario read_common(const YamlNode& map, std::optional<std::size_t> group, const char* holder) {
    Scenario scenario;
    scenario.span = map.span;
    scenario.group = group;
    scenario.layer = read_layer(context_, map, "when");
    scenario.like = map.find_entry("like");
    scenario.failing = read_failing(context_, map);
    for (const std::string& key : expectation_keys())
      if (const YamlEntry* entry = map.find_entry(key)) scenario.expectations[key] = entry;
    if (const YamlEntry* name = required(context_, map, "name", holder)) read_name(scenario, *name);
    return scenario;
  }

  void read_name(Scenario& scenario, const YamlEntry& entry) {
    scenario.name = read_text(context_, entry);
    scenario.name_span = entry.value.place();
    if (scenario.name.empty()) return;
    const auto [first, added] = names_.emplace(std::pair(scenario.group, scenario.name), scenario.name_span);
    if (!added) {
      context_.report(codes::ScenarioTwice, scenario.name_span,
                      {{"name", scenario.name}, {"line", std::to_string(context_.line(first->second))}});
    }
  }

  Context& context_;
  Suite& suite_;
  std::map<std::pair<std::optional<std::size_t>, std::string>, Span> names_;  // unique in a group
};

}  // namespace

namespace {

void add_repeated(const YamlNode& node, std::set<Span>& repeated) {
  if (node.alias_span.known()) repeated.insert(node.span);
  for (const YamlNode& item : node.items) add_repeated(item, repeated);
  for (const YamlEntry& entry : node.entries) add_repeated(entry.value, repeated);
}

}  // namespace

const std::vector<std::string>& expectation_keys() {
  static const std::vector<std::string> keys = {"expect",      "by",      "invalid", "findings", "message", "entries",
                                                "annotations", "obliges", "exempt",  "audit",    "would_be"};
  return keys;
}

bool is_expectation(std::string_view key) {
  return std::find(expectation_keys().begin(), expectation_keys().end(), key) != expectation_keys().end();
}

std::string suggestion(std::string_view name, const std::vector<std::string>& candidates) {
  constexpr std::size_t kFew = 8;
  const std::string near = grammar::nearest(name, candidates);
  if (!near.empty()) return fmt::format("; did you mean `{}`?", near);
  if (candidates.empty() || candidates.size() > kFew) return "";
  return fmt::format("; there {} `{}`", candidates.size() == 1 ? "is" : "are", fmt::join(candidates, "`, `"));
}

Suite read_suite(Context& context, grammar::SourceId source) {
  Suite suite;
  suite.source = source;
  std::optional<YamlNode> document = compiler::read_yaml(context.sources, source, context.diagnostics);
  if (!document) return suite;
  suite.document = std::move(*document);
  add_repeated(suite.document, suite.repeated);
  const YamlNode& root = suite.document;
  if (root.is_map()) {
    SuiteReader(context, suite).read_file();
  } else if (root.is_sequence() || root.has_text()) {
    context.report(codes::WrongShape, root.place(),
                   {{"key", "the file"}, {"seen", describe(root)}, {"wanted", "a map with `scenarios`"}});
  }
  return suite;
}

}  // namespace bylaw::runner
