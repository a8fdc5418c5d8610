#include "generate/generate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "coverage/points.h"
#include "generate/base_request.h"
#include "generate/scenario_text.h"
#include "generate/scenario_yaml.h"
#include "model/terms.h"
#include "names.h"

namespace bylaw::runner {
namespace {

using compiler::Mode;
using compiler::RuleId;
using compiler::RuleKind;
using compiler::Value;

constexpr std::string_view kHead =
    "# Made by `bylaw test --generate {}` out of what the policies say now. Each expectation is what the engine "
    "answers,\n"
    "# not what anybody asked for: review each, correct the policy or the scenario, and take its tag `review` away.\n";

/// The scenarios of one decision: a group of the file.
class DecisionGroup {
 public:
  DecisionGroup(const GenerateInput& input, ir::DecisionIr& decision, RuleId only)
      : input_(input),
        program_(input.player.program()),
        decision_(decision),
        only_(only),
        shop_(input.player, input.engine, decision, starts_of(input, decision)) {}

  std::string run() {
    if (shop_.starts().empty()) return "";
    for (std::size_t p = 0; p < decision_.policies.size(); ++p) {
      const ir::PolicyIr& policy = decision_.policies[p];
      if (program_.policies[policy.policy].mode == Mode::Off) continue;
      bool guarded = false;
      for (std::size_t r = 0; r < policy.rules.size(); ++r) {
        if (only_ && policy.rules[r].rule != only_) continue;
        rule(p, r);
        if (!std::exchange(guarded, true)) guard(p);
      }
    }
    return scenarios_.empty() ? "" : head() + scenarios_;
  }

 private:
  std::string name(std::size_t policy, std::size_t rule) const {
    return short_name(program_, decision_.policies[policy].rules[rule].rule);
  }

  std::string condition_text(ir::OccurrenceId leaf) const {
    return one_line(input_.sources, decision_.occurrences[leaf].definition);
  }

  void rule(std::size_t p, std::size_t r) {
    const ir::RuleIr& rule = decision_.policies[p].rules[r];
    const Goal goal = shop_.fires(p, r);
    const auto found = shop_.find(goal);
    const auto fired = found ? shop_.make(*found, goal) : std::nullopt;
    if (!fired) {
      missing(name(p, r), "nothing was found that makes it hold");
      return;
    }
    static constexpr const char* kVerbs[] = {"lifts", "allows", "denies", "obliges"};
    const auto kind = static_cast<std::size_t>(program_.rules[rule.rule].kind);
    add(found->score == 0 ? fmt::format("{} {}", name(p, r), kVerbs[kind]) : name(p, r) + " holds", *fired);
    const std::vector<ir::OccurrenceId> conditions = leaves(rule.condition);
    for (std::size_t leaf = 0; leaf < conditions.size(); ++leaf) {
      if (decision_.terms.known(decision_.occurrences[conditions[leaf]].term)) continue;
      near_miss(p, r, leaf, *found);
      edges(p, r, conditions[leaf], *found);
      entry_ends(p, r, conditions[leaf], *found);
    }
  }

  void near_miss(std::size_t p, std::size_t r, std::size_t leaf, const Found& fired) {
    const ir::OccurrenceId condition = leaves(decision_.policies[p].rules[r].condition)[leaf];
    const Goal goal = shop_.misses(p, r, leaf);
    auto found = shop_.find({fired}, goal);
    if (!found) found = shop_.find(goal);
    const std::string title = fmt::format("{} just misses, by {}", name(p, r), condition_text(condition));
    const auto made = found ? shop_.make(*found, goal) : std::nullopt;
    if (made)
      add(title, *made);
    else
      missing(title, "nothing was found that turns this condition alone");
  }

  void guard(std::size_t p) {
    const ir::PolicyIr& policy = decision_.policies[p];
    const std::vector<ir::OccurrenceId> conditions = leaves(policy.guard);
    for (std::size_t leaf = 0; leaf < conditions.size(); ++leaf) {
      const Goal goal = shop_.passes(p, leaf);
      const auto found = shop_.find(goal);
      const auto made = found ? shop_.make(*found, goal) : std::nullopt;
      const std::string title = fmt::format("{} does not apply, by {}", program_.policies[policy.policy].name,
                                            condition_text(conditions[leaf]));
      if (made) add(title, *made);
    }
  }

  // --- both sides of a number ---

  struct Edge {
    PlaceTerm place;
    Value below, above;
    std::int64_t gap() const {
      return compiler::saturated::subtract(compiler::ValueKind::Int, above.integer, below.integer);
    }
  };

  bool answer(const CaseModel& model, ir::TermId term) const {
    ir::Evaluation evaluation = model.evaluation(program_, input_.player.ir().lists);
    return ir::evaluate(evaluation, term).is_true();
  }

  /// Where the condition turns over, with the least step.
  std::optional<Edge> edge(const Found& fired, ir::TermId term) const {
    std::map<PlaceTerm, std::map<std::int64_t, std::pair<Value, bool>>> seen;
    for (const RequestStep& step : shop_.candidates().edges(fired.model, term)) {
      // What it holds with is itself a side: nothing may lie between the two that are printed.
      const Value now = value_at(program_, input_.player.ir().lists, fired.model, step.place);
      seen[step.place].try_emplace(now.integer, now, answer(fired.model, term));
      auto model = with_value(program_, input_.player.ir().lists, fired.model, step.place, step.value);
      if (model) seen[step.place][step.value.integer] = {step.value, answer(*model, term)};
    }
    std::optional<Edge> best;
    for (const auto& [place, values] : seen) {
      for (auto low = values.begin(), high = std::next(low); high != values.end(); low = high++) {
        if (low->second.second == high->second.second) continue;
        const Edge edge{place, low->second.first, high->second.first};
        if (!best || edge.gap() < best->gap() || (edge.gap() == best->gap() && is_now(best->place))) best = edge;
      }
    }
    return best;
  }

  bool is_now(PlaceTerm place) const {
    return decision_.terms[place].op == ir::Op::Request && decision_.now == decision_.terms[place].a;
  }

  void edges(std::size_t p, std::size_t r, ir::OccurrenceId condition, const Found& fired) {
    const ir::TermId term = decision_.occurrences[condition].term;
    for (std::uint32_t level = 0; level < 31; ++level)
      if (decision_.terms.reads_element(term, level)) return;
    const auto turn = edge(fired, term);
    if (!turn) return;
    const std::string title = fmt::format("{} at the edge of {}", name(p, r), condition_text(condition));
    for (const Value& value : {turn->below, turn->above}) {
      auto model = with_value(program_, input_.player.ir().lists, fired.model, turn->place, value);
      if (!model) return;
      Found side{fired.start, std::move(*model), fired.steps, 0};
      side.steps.push_back({turn->place, value});
      Goal any;
      any.score = [](const CaseModel&) -> std::uint32_t { return 0; };
      if (const auto made = shop_.make(side, any)) add(title + (value == turn->below ? ", below" : ", above"), *made);
    }
  }

  // --- both sides of the dates of a list's entries ---

  void entry_ends(std::size_t p, std::size_t r, ir::OccurrenceId condition, const Found& fired) {
    if (!decision_.now) return;
    std::vector<ir::TermId> asked;
    const ir::TermId root = decision_.occurrences[condition].term;
    for_each_term(decision_.terms, root, [&](ir::TermId id) {
      const ir::Term& term = decision_.terms[id];
      if (term.op == ir::Op::Listed || term.op == ir::Op::ListedDirectly) asked.push_back(id);
    });
    for (const ir::TermId id : asked) listed(p, r, id, fired);
  }

  /// The listed one itself asks, where the question is about a place of the request.
  void listed(std::size_t p, std::size_t r, ir::TermId id, const Found& fired) {
    constexpr std::size_t kMostEntries = 8;
    const ir::TermId who = decision_.terms.operand(id, 0);
    if (!is_place(decision_.terms, who)) return;
    const compiler::ListId list{decision_.terms[id].b};
    const auto& rows = program_.lists[list].rows;
    std::size_t told = 0;
    for (std::size_t i = 0; i < rows.size() && told < kMostEntries; ++i) {
      const Value& entry = input_.player.ir().lists[list.index].values[i];
      if ((!rows[i].since && !rows[i].until) || !may_stand(who, entry)) continue;
      ++told;
      const std::string title =
          fmt::format("{} with the entry {} of {}", name(p, r), entry_text(rows[i]), program_.lists[list].name);
      if (rows[i].since)
        entry_end(fired, {who, entry}, *rows[i].since, title + ", before it begins", title + ", once it begins");
      if (rows[i].until)
        entry_end(fired, {who, entry}, *rows[i].until, title + ", before it ends", title + ", once it has ended");
    }
  }

  bool may_stand(PlaceTerm place, const Value& entry) const {
    const compiler::Type& type = program_.types[program_.without_optional(declared_type(program_, decision_, place))];
    if (entry.kind != compiler::ValueKind::Entity) return entry.kind != compiler::ValueKind::Form;
    return std::find(type.entities.begin(), type.entities.end(), entry.entity_type) != type.entities.end();
  }

  std::string entry_text(const compiler::Row& row) const {
    return one_line(input_.sources, row.value_span.known() ? row.value_span : row.span);
  }

  void entry_end(const Found& fired, const RequestStep& entry, std::int64_t end, const std::string& before,
                 const std::string& after) {
    const compiler::TypeId type = program_.decisions[decision_.decision].fields[*decision_.now].type;
    const PlaceTerm now = decision_.terms.request(*decision_.now, type);
    const std::int64_t step = step_of(compiler::ValueKind::Time);
    Goal any;
    any.score = [](const CaseModel&) -> std::uint32_t { return 0; };
    for (const bool ended : {false, true}) {
      Found side{fired.start, fired.model, fired.steps, 0};
      side.steps.push_back(entry);
      side.steps.push_back({now, Value::number(compiler::ValueKind::Time, ended ? end : end - step)});
      if (const auto made = shop_.make(side, any)) add(ended ? after : before, *made);
    }
  }

  // --- text ---

  const Start& base() const { return shop_.starts().front(); }

  OrderedJson own_entities() const {
    return runner::difference(OrderedJson::parse(input_.project_entities, nullptr, false), base().entities);
  }

  std::string head() const {
    std::string text = fmt::format("  - group: {}\n    decision: {}\n", decision_name(), decision_name());
    text +=
        fmt::format("    given: {}\n", yaml_map(program_, base().request, request_place(program_, decision_.decision)));
    const OrderedJson entities = own_entities();
    if (!entities.empty()) text += fmt::format("    entities: {}\n", yaml_entities(program_, entities));
    return text + "    scenarios:\n";
  }

  std::string decision_name() const {
    const std::string full = full_name(program_, decision_.decision);
    const std::string& last = program_.decisions[decision_.decision].name;
    const auto same = std::count_if(program_.decisions.begin(), program_.decisions.end(),
                                    [&](const compiler::Decision& other) { return other.name == last; });
    return same == 1 ? last : full;
  }

  void missing(const std::string& title, const std::string& why) {
    scenarios_ += fmt::format("      # {}: {}\n", title, why);
  }

  void add(const std::string& title, const Made& made) {
    if (!known_.insert(made.written.request.dump() + made.written.entities.dump()).second) return;
    std::string unique = title;
    for (int i = 2; !titles_.insert(unique).second; ++i) unique = fmt::format("{} ({})", title, i);
    scenarios_ += fmt::format("      - name: {}\n        tags: [review]\n", title_text(unique));
    const OrderedJson when = runner::difference(base().request, made.written.request);
    if (!when.empty())
      scenarios_ +=
          fmt::format("        when: {}\n", yaml_map(program_, when, request_place(program_, decision_.decision)));
    const OrderedJson entities = runner::difference(base().entities, made.written.entities);
    if (!entities.empty()) scenarios_ += fmt::format("        entities: {}\n", yaml_entities(program_, entities));
    for (const std::string& line : expectation_lines(program_, made.report, false))
      scenarios_ += fmt::format("        {}\n", line);
  }

  const GenerateInput& input_;
  const Program& program_;
  ir::DecisionIr& decision_;
  RuleId only_;
  Workshop shop_;
  std::string scenarios_;
  std::set<std::string> known_, titles_;
};

}  // namespace

std::vector<Start> starts_of(const GenerateInput& input, const ir::DecisionIr& decision) {
  constexpr std::size_t kMostStarts = 40;
  std::vector<Start> starts;
  for (const Evidence& evidence : input.cases) {
    const bool fits =
        evidence.record.model.decision == &decision && !evidence.planned->policies && !evidence.planned->property;
    if (!fits || starts.size() >= kMostStarts) continue;
    Start start{OrderedJson::parse(evidence.request_json, nullptr, false),
                OrderedJson::parse(evidence.entities_json, nullptr, false), evidence.record.model};
    if (!start.request.is_discarded() && !start.entities.is_discarded()) starts.push_back(std::move(start));
  }
  if (!starts.empty()) return starts;
  Start start{base_request(input.player.program(), decision.decision),
              OrderedJson::parse(input.project_entities, nullptr, false),
              {}};
  auto record = input.player.record(input.engine, decision.decision, start.request.dump(), input.project_entities);
  if (!record) return starts;
  start.model = std::move(record->model);
  starts.push_back(std::move(start));
  return starts;
}

std::string generate(const GenerateInput& input, RuleId only) {
  const Program& program = input.player.program();
  std::string groups;
  for (ir::DecisionIr& decision : input.player.ir().decisions) {
    const bool asked =
        !only || std::any_of(decision.policies.begin(), decision.policies.end(),
                             [&](const ir::PolicyIr& policy) { return policy.policy == program.rules[only].policy; });
    if (asked) groups += DecisionGroup(input, decision, only).run();
  }
  return fmt::format(fmt::runtime(kHead), only ? short_name(program, only) : "all") + "scenarios:\n" + groups;
}

}  // namespace bylaw::runner
