#include "plan.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <algorithm>
#include <set>

namespace bylaw::runner {
namespace {

/// "; did you mean `token.expires`?": by the whole path, or by its last step.
std::string column_suggestion(const Program& program, DecisionId decision, const std::string& column) {
  std::vector<std::string> paths = request_paths(program, decision);
  std::vector<std::string> names = paths;
  names.insert(names.end(), expectation_keys().begin(), expectation_keys().end());
  names.insert(names.end(), {"decision", "tags"});
  if (const std::string whole = suggestion(column, names); !whole.empty()) return whole;
  std::vector<std::string> last;
  for (const std::string& path : paths) last.push_back(path.substr(path.rfind('.') + 1));
  const std::string step = column.substr(column.rfind('.') + 1);
  const auto same = std::find(last.begin(), last.end(), step);
  const std::string near = same != last.end() ? step : grammar::nearest(step, last);
  const auto found = std::find(last.begin(), last.end(), near);
  if (near.empty() || found == last.end()) return "";
  return "; did you mean `" + paths[static_cast<std::size_t>(found - last.begin())] + "`?";
}

bool path_exists(const Program& program, DecisionId decision, const std::string& column) {
  Place place = request_place(program, decision);
  const std::vector<std::string> steps = split_path(column);
  for (const std::string& step : steps) {
    const bool identity = step == "id" || step == "type" || step == "in";
    if (map_kind(program, place) == MapKind::Entity && identity && &step == &steps.back()) return true;
    if (!field_at(program, place, step) && is_open(program, place)) return true;
    place = below(program, place, step);
    if (!place.type) return false;
  }
  return true;
}

class Planner {
 public:
  Planner(Context& context, const Suite& suite, const EntityData& entities)
      : context_(context), suite_(suite), entities_(entities) {}

  std::vector<PlannedCase> run() {
    std::vector<Case> cases = expand(context_, suite_);
    for (const Case& c : cases) asked_.insert(c.decision);
    std::vector<PlannedCase> planned;
    for (Case& c : cases) planned.push_back(plan_case(std::move(c)));
    return planned;
  }

 private:
  PlannedCase plan_case(Case source) {
    PlannedCase planned;
    check_layers(source);
    for (const Cell& cell : source.cells) check_column(source, cell);
    YamlNode merged = merge_request(source);
    Values values(context_, {source.decision, &merged});
    planned.request_json = values.request(merged).value_or("");
    planned.entities_json = entities_json(context_.program, values, merge_entities(source)).value_or("");
    planned.expectations =
        read_expectations(context_, source.decision, expectation_nodes(source), values, source.scenario->span);
    planned.source = std::move(source);
    return planned;
  }

  // --- requests ---

  static std::vector<const YamlEntry*> given_of(const Case& source) {
    std::vector<const YamlEntry*> given = {source.suite->layer.request};
    if (source.group) given.push_back(source.group->layer.request);
    given.erase(std::remove(given.begin(), given.end(), nullptr), given.end());
    return given;
  }

  /// `given` may speak of fields that only other decisions of the file have.
  YamlNode for_decision(const YamlNode& given, DecisionId decision) const {
    const Program& program = context_.program;
    const auto only_others = [&](const YamlEntry& entry) {
      if (field_at(program, request_place(program, decision), entry.key)) return false;
      return std::any_of(asked_.begin(), asked_.end(), [&](DecisionId other) {
        return field_at(program, request_place(program, other), entry.key) != nullptr;
      });
    };
    YamlNode result = given;
    auto& entries = result.entries;
    entries.erase(std::remove_if(entries.begin(), entries.end(), only_others), entries.end());
    return result;
  }

  YamlNode merge_request(const Case& source) {
    const Program& program = context_.program;
    const Place place = request_place(program, source.decision);
    YamlNode merged = empty_map(source.scenario->span);
    for (const YamlEntry* given : given_of(source))
      lay_over(program, place, merged, for_decision(given->value, source.decision));
    if (const YamlEntry* when = source.scenario->layer.request) lay_over(program, place, merged, when->value);
    for (const Cell& cell : source.cells) {
      if (!is_request_column(cell.column) || !path_exists(program, source.decision, cell.column)) continue;
      if (!lay_at(program, place, merged, split_path(cell.column), *cell.value))
        context_.report(codes::NoSuchElement, cell.column_span, {{"path", cell.column}});
    }
    take_away(merged);
    return merged;
  }

  /// Each layer by itself, so that a mistake is told even where a stronger layer replaces it.
  void check_layers(const Case& source) {
    Values values(context_, {source.decision, nullptr});
    const Place place = request_place(context_.program, source.decision);
    for (const YamlEntry* given : given_of(source))
      if (checked_.insert({given, source.decision}).second)
        values.fields(place, for_decision(given->value, source.decision), "");
    const YamlEntry* when = source.scenario->layer.request;
    if (when && checked_.insert({when, source.decision}).second) values.fields(place, when->value, "");
  }

  void check_column(const Case& source, const Cell& cell) {
    const std::string& column = cell.column;
    if (!is_request_column(column) || path_exists(context_.program, source.decision, column)) return;
    if (column == "like" || column.rfind("params.", 0) == 0) {
      context_.report(codes::KeyNotYet, cell.column_span, {{"key", column}});
      return;
    }
    context_.report(codes::NoSuchColumn, cell.column_span,
                    {{"column", column}, {"suggestion", column_suggestion(context_.program, source.decision, column)}});
  }

  // --- entities, expectations ---

  EntityData merge_entities(const Case& source) {
    EntityData data = entities_;
    const Layer* layers[] = {&source.suite->layer, source.group ? &source.group->layer : nullptr,
                             &source.scenario->layer};
    for (const Layer* layer : layers)
      if (layer && layer->entities) lay_entities(context_, data, layer->entities->value);
    return data;
  }

  static ExpectationNodes expectation_nodes(const Case& source) {
    ExpectationNodes nodes;
    for (const auto& [key, entry] : source.scenario->expectations) nodes[key] = &entry->value;
    for (const Cell& cell : source.cells)
      if (is_expectation(cell.column)) nodes[cell.column] = cell.value;
    for (auto it = nodes.begin(); it != nodes.end();) it = it->second->is_tilde() ? nodes.erase(it) : std::next(it);
    return nodes;
  }

  Context& context_;
  const Suite& suite_;
  const EntityData& entities_;
  std::set<DecisionId> asked_;
  std::set<std::pair<const YamlEntry*, DecisionId>> checked_;
};

}  // namespace

std::vector<PlannedCase> plan(Context& context, const Suite& suite, const EntityData& entities) {
  return Planner(context, suite, entities).run();
}

}  // namespace bylaw::runner
