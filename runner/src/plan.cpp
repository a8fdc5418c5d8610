#include "plan.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "describe.h"
#include "layers.h"
#include "property/constants.h"
#include "property/property.h"
#include "variables.h"

namespace bylaw::runner {
namespace {

/// "; did you mean `token.expires`?": by the whole path, or by its last step.
std::string column_suggestion(const Program& program, DecisionId decision, const std::string& column) {
  std::vector<std::string> paths = request_paths(program, decision);
  std::vector<std::string> names = paths;
  names.insert(names.end(), expectation_keys().begin(), expectation_keys().end());
  names.insert(names.end(), {"decision", "like", "tags"});
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
  const std::vector<std::string> steps = request_steps(program, decision, column);
  for (const std::string& step : steps) {
    const bool identity = step == "id" || step == "type" || step == "in";
    if (map_kind(program, place) == MapKind::Entity && identity && &step == &steps.back()) return true;
    if (!field_at(program, place, step) && is_open(program, place)) return true;
    place = below(program, place, step);
    if (!place.type) return false;
  }
  return true;
}

/// The entities of a case, as the engine reads them and as they can be looked up.
struct CaseEntities {
  std::shared_ptr<const std::string> json;
  std::shared_ptr<const EntityTable> table;  // null if a value could not be read
};

class Planner {
 public:
  Planner(Context& context, const Suite& suite, const EntityData& entities, Variants& variants)
      : context_(context), suite_(suite), entities_(entities), variants_(variants) {}

  std::vector<PlannedCase> run() {
    std::vector<Case> cases = expand(context_, suite_);
    for (const Case& c : cases) asked_.insert(c.decision);
    std::vector<PlannedCase> planned;
    for (const Case& c : cases) planned.push_back(plan_case(c));
    return planned;
  }

 private:
  PlannedCase plan_case(const Case& source) {
    PlannedCase planned;
    const Variables variables(context_, source.cells);
    const std::vector<PartialRequest> layers = partial_requests(context_, source);
    check_layers(source, layers);
    for (const Cell& cell : source.cells) check_column(source, layers, cell);
    YamlNode merged = merge_request(source, layers);
    variables.fill(merged);
    take_away(merged);
    Values values(context_, {source.decision, &merged});
    std::string request = values.request(merged).value_or("");
    planned.policies = policies_of(context_, source);
    planned.variant = variants_.of(context_, source, variables);
    Context of_variant(planned.variant ? planned.variant->program : context_.program, context_);
    FilledNodes filled;
    if (source.scenario->property && source.scenario->property->relation)
      planned.expectations.any = true;
    else
      planned.expectations =
          read_expectations(of_variant, source.decision, expectation_nodes(source, variables, filled), values,
                            {source.row.known() ? source.row : source.scenario->span, source.row.known(),
                             source.scenario->keys_known, planned.policies});
    planned.result = describe_case(of_variant, source, variables, planned.expectations);
    planned.result.request_json = std::move(request);
    CaseEntities entities = entities_of(source, merged, variables);
    planned.result.entities_json = std::move(entities.json);
    planned.entities = std::move(entities.table);
    planned.decision = source.decision;
    planned.scenario = static_cast<std::size_t>(source.scenario - suite_.scenarios.data());
    planned.scenario_line = source.scenario_line;
    if (const Skip* skip = skip_of(source)) planned.skip = *skip;
    planned.failing = source.scenario->failing;
    if (source.scenario->property) plan_property(of_variant, source, {variables, layers, merged}, planned);
    return planned;
  }

  // --- properties ---

  struct Merged {
    const Variables& variables;
    const std::vector<PartialRequest>& layers;
    const YamlNode& request;
  };

  void plan_property(Context& context, const Case& source, const Merged& merged, PlannedCase& planned) {
    planned.result.property.emplace();
    if (planned.expectations.show)
      context.report(codes::WrongShape, planned.expectations.expect_span,
                     {{"key", "expect"}, {"seen", "`show`"}, {"wanted", "allow, deny or invalid in a property"}});
    FilledNodes filled;
    const ExpectationNodes expectations = expectation_nodes(source, merged.variables, filled);
    YamlNode given = empty_map(source.scenario->span);
    for (const PartialRequest& layer : merged.layers)
      if (is_given(source, *layer.node))
        lay_over(context.program, request_place(context.program, source.decision), given,
                 for_decision(layer, source.decision));
    take_away(given);
    const PropertySource property{source,           merged.variables,
                                  merged.request,   given,
                                  expectations,     *planned.result.entities_json,
                                  planned.policies, constants(context.program, source.decision)};
    planned.property = runner::plan_property(context, property, variants_);
  }

  /// What is laid under every scenario of the file or group.
  static bool is_given(const Case& source, const YamlNode& node) {
    const auto gives = [&](const Layer& layer) { return layer.request && &layer.request->value == &node; };
    return gives(source.suite->layer) || (source.group && gives(source.group->layer));
  }

  std::shared_ptr<const DecisionConstants> constants(const Program& program, DecisionId decision) {
    std::shared_ptr<const DecisionConstants>& known = constants_[{&program, decision}];
    if (!known) known = decision_constants(program, decision);
    return known;
  }

  // --- requests ---

  /// `given` and `like` may speak of fields that only other decisions have: those of the file, of fixtures any.
  YamlNode for_decision(const PartialRequest& layer, DecisionId decision) const {
    const Program& program = context_.program;
    const auto has = [&](DecisionId other, const YamlEntry& entry) {
      return field_at(program, request_place(program, other), entry.key) != nullptr;
    };
    const auto others_have = [&](const YamlEntry& entry) {
      for (std::uint32_t i = 0; i < program.decisions.size(); ++i)
        if ((layer.others == PartialRequest::Others::Any || asked_.count(DecisionId{i}) != 0) &&
            has(DecisionId{i}, entry))
          return true;
      return false;
    };
    YamlNode result = *layer.node;
    if (layer.others == PartialRequest::Others::None) return result;
    std::erase_if(result.entries, [&](const YamlEntry& entry) { return !has(decision, entry) && others_have(entry); });
    return result;
  }

  YamlNode merge_request(const Case& source, const std::vector<PartialRequest>& layers) {
    const Program& program = context_.program;
    const Place place = request_place(program, source.decision);
    YamlNode merged = empty_map(source.scenario->span);
    for (const PartialRequest& layer : layers) lay_over(program, place, merged, for_decision(layer, source.decision));
    for (const Cell& cell : source.cells) {
      if (!is_request_column(cell.column) || !path_exists(program, source.decision, cell.column)) continue;
      if (!lay_at(program, place, merged, request_steps(program, source.decision, cell.column), *cell.value))
        context_.report(codes::NoSuchElement, cell.column_span, {{"path", cell.column}});
    }
    return merged;
  }

  /// Each layer by itself, so that a mistake is told even where a stronger layer replaces it. What `$name` stands for
  /// is known only in the case.
  void check_layers(const Case& source, const std::vector<PartialRequest>& layers) {
    Values values(context_, {source.decision, nullptr});
    const Place place = request_place(context_.program, source.decision);
    for (const PartialRequest& layer : layers)
      if (checked_.insert({layer.node, source.decision}).second && !mentions_variables(*layer.node))
        values.fields(place, for_decision(layer, source.decision), "");
  }

  void check_column(const Case& source, const std::vector<PartialRequest>& layers, const Cell& cell) {
    const std::string& column = cell.column;
    const bool field = field_at(context_.program, request_place(context_.program, source.decision), column) != nullptr;
    if (!is_request_column(column) && field && !cell.sure) {
      context_.report(codes::AmbiguousColumn, cell.column_span, {{"column", column}})
          .help("write `request." + column + "` for the field, `scenario." + column + "` for the key of a scenario");
      return;
    }
    if (!is_request_column(column) || path_exists(context_.program, source.decision, column)) return;
    if (is_variable_name(column) && is_used(source, layers, column)) return;
    context_.report(codes::NoSuchColumn, cell.column_span,
                    {{"column", column}, {"suggestion", column_suggestion(context_.program, source.decision, column)}});
  }

  /// `$column` stands somewhere in the case: the column may have a name of its own.
  static bool is_used(const Case& source, const std::vector<PartialRequest>& layers, const std::string& column) {
    std::set<std::string> names = variables_in(source.scenario->name);
    names.merge(variables_in(about_of(source)));
    for (const PartialRequest& layer : layers) add_variables(*layer.node, false, names);
    for (const YamlNode* map : entity_maps(source)) add_variables(*map, false, names);
    for (const auto& [key, entry] : source.scenario->expectations) add_variables(entry->value, key == "message", names);
    for (const Layer* layer : source.layers())
      for (const YamlEntry* entry : {layer->decision, layer->params})
        if (entry) add_variables(entry->value, false, names);
    if (source.scenario->like) add_variables(source.scenario->like->value, false, names);
    for (const Cell& cell : source.cells) add_variables(*cell.value, cell.column == "message", names);
    return names.count(column) != 0;
  }

  // --- entities, expectations ---

  /// Cases whose scenarios say nothing of entities share those of their group, unless times of the request or cells of
  /// the row are in them.
  CaseEntities entities_of(const Case& source, const YamlNode& request, const Variables& variables) {
    const bool own = !source.scenario->layer.entities.empty();
    const auto known = own ? shared_.end() : shared_.find(source.group);
    if (known != shared_.end() && known->second.json) return known->second;
    const std::vector<const YamlNode*> maps = entity_maps(source);
    Values values(context_, {source.decision, &request});
    CaseEntities entities;
    if (auto table = lay_together(maps, values, variables)) {
      entities.json = std::make_shared<const std::string>(table->json());
      entities.table = std::make_shared<const EntityTable>(*std::move(table));
    } else {
      entities.json = std::make_shared<const std::string>();
    }
    const bool varies = values.counted() || std::any_of(maps.begin(), maps.end(),
                                                        [](const YamlNode* map) { return mentions_variables(*map); });
    if (!own) shared_[source.group] = varies ? CaseEntities() : entities;
    return entities;
  }

  std::optional<EntityTable> lay_together(const std::vector<const YamlNode*>& maps, Values& values,
                                          const Variables& variables) {
    EntityData data = entities_;
    for (const YamlNode* map : maps) lay_entities(context_, data, *map);
    for (auto& [key, entry] : data) variables.fill(entry.attributes);
    return entity_table(values, context_.program, data);
  }

  using FilledNodes = std::deque<YamlNode>;  // expectations of one case in which `$name` is filled

  static ExpectationNodes expectation_nodes(const Case& source, const Variables& variables, FilledNodes& filled) {
    ExpectationNodes nodes;
    for (const auto& [key, entry] : source.scenario->expectations) nodes[key] = &entry->value;
    for (const Cell& cell : source.cells)
      if (is_expectation(cell.column)) nodes[cell.column] = cell.value;
    for (auto& [key, node] : nodes) {
      const bool texts = key == "message";
      if (!texts && !mentions_variables(*node)) continue;
      filled.push_back(*node);
      texts ? variables.fill_texts(filled.back()) : variables.fill(filled.back());
      node = &filled.back();
    }
    std::erase_if(nodes, [](const auto& entry) { return entry.second->is_tilde(); });
    return nodes;
  }

  Context& context_;
  const Suite& suite_;
  const EntityData& entities_;
  Variants& variants_;
  std::set<DecisionId> asked_;
  std::set<std::pair<const YamlNode*, DecisionId>> checked_;
  std::map<std::pair<const Program*, DecisionId>, std::shared_ptr<const DecisionConstants>> constants_;
  std::map<const Group*, CaseEntities> shared_;  // nothing: each case has its own
};

}  // namespace

std::vector<PlannedCase> plan(Context& context, const Suite& suite, const EntityData& entities, Variants& variants) {
  return Planner(context, suite, entities, variants).run();
}

}  // namespace bylaw::runner
