#include "property/run_property.h"

#include <format/text_forms.h>

#include <algorithm>

#include "compare.h"
#include "property/counterexample.h"
#include "property/drawer.h"
#include "property/simplify.h"

namespace bylaw::runner {
namespace {

constexpr std::size_t kEnumerated = 1000;  // so many combinations are gone through, and as many as there are runs
constexpr std::size_t kTriesEach = 20;     // draws for each run, before `assume` asks too much

std::uint64_t seed_of(const std::string& text) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

const OrderedJson* at_path(const Program& program, DecisionId decision, const OrderedJson& request,
                           const std::vector<std::string>& steps) {
  Place place = request_place(program, decision);
  const OrderedJson* json = &request;
  for (const std::string& step : steps) {
    const Field* field = field_at(program, place, step);
    const auto index = index_step(step);
    const std::string& key = field ? field->wire : step;
    if (json->is_object() && json->contains(key))
      json = &json->at(key);
    else if (json->is_array() && index && *index < json->size())
      json = &(*json)[*index];
    else
      return nullptr;
    place = below(program, place, step);
  }
  return json;
}

std::int64_t now_of(const OrderedJson& request) {
  constexpr std::int64_t kSomeDay = 1'767'225'600'000'000;  // 2026-01-01
  const auto now = request.find("now");
  if (now == request.end() || !now->is_string()) return kSomeDay;
  return format::read_instant(now->get<std::string>()).value_or(kSomeDay);
}

/// What is absent is left out: `null` is an absent value in few places.
OrderedJson without_nulls(const OrderedJson& json) {
  if (!json.is_structured()) return json;
  OrderedJson result = json.is_array() ? OrderedJson::array() : OrderedJson::object();
  for (const auto& [key, value] : json.items()) {
    if (value.is_null()) continue;
    if (json.is_array())
      result.push_back(without_nulls(value));
    else
      result[key] = without_nulls(value);
  }
  return result;
}

/// A drawn value as a scenario would have it, so that other times can be counted from its own.
YamlNode node_of(const Program& program, const OrderedJson& json, Place place) {
  YamlNode node;
  const Type* const type = type_at(program, place);
  if (json.is_null()) {
    node.style = compiler::YamlStyle::Tilde;
  } else if (type && type->kind == TypeKind::Time && json.is_string()) {
    node.style = compiler::YamlStyle::Plain;
    node.text = json.get<std::string>();
  } else {
    node.kind = compiler::YamlKind::Map;
    if (type && type->kind == TypeKind::Record && json.is_object()) {
      for (const auto& [key, value] : json.items()) {
        YamlEntry entry;
        entry.key = key;
        entry.value = node_of(program, value, below(program, place, key));
        node.entries.push_back(std::move(entry));
      }
      return node;
    }
    YamlEntry raw;
    raw.key = "$json";
    raw.value.style = compiler::YamlStyle::Quoted;
    raw.value.text = without_nulls(json).dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
    node.entries.push_back(std::move(raw));
  }
  return node;
}

/// Makes requests out of choices: a row of them for each path.
class Requests {
 public:
  Requests(const Context& context, const PlannedCase& planned)
      : program_(context.program),
        plan_(*planned.property),
        decision_(planned.decision),
        aside_(context.program, context.sources, told_),
        base_(OrderedJson::parse(planned.result.request_json, nullptr, false)),
        drawer_(program_, *plan_.constants, known_entities(program_, *planned.result.entities_json), now_of(base_)) {
    for (const Quantified& quantified : plan_.forall) {
      at_.push_back(at_path(program_, decision_, base_, quantified.steps));
      fields_.push_back(field_of(quantified));
      values_.push_back(quantified.domain.values);
      put_first(quantified, values_.back(), at_.back());
    }
  }

  /// `over` is laid upon what is drawn, if there is such.
  std::string make(std::vector<Choices>& rows, const YamlNode* over = nullptr) {
    YamlNode merged = plan_.base;
    drawer_.begin();
    for (Choices& row : rows) row.again();
    for (std::size_t i = 0; i < plan_.forall.size(); ++i)
      lay_at(program_, request_place(program_, decision_), merged, plan_.forall[i].steps, drawn(i, rows[i]));
    if (over) lay_over(program_, request_place(program_, decision_), merged, *over);
    take_away(merged);
    return Values(aside_, {decision_, &merged}).request(merged).value_or("");
  }

 private:
  YamlNode drawn(std::size_t i, Choices& choices) {
    const Quantified& quantified = plan_.forall[i];
    const Domain& domain = quantified.domain;
    const std::string field = fields_[i] ? fields_[i]->wire : "";
    switch (domain.kind) {
      case Domain::Kind::Values: return values_[i][choices.choose(values_[i].size())];
      case Domain::Kind::Range:
        return node_of(program_, drawer_.within(domain.type, domain.low, domain.high, at_[i], field, choices),
                       {domain.type});
      case Domain::Kind::Any: break;
    }
    const bool whole = fields_[i] && fields_[i]->type == domain.type;
    return node_of(program_,
                   domain.entity ? drawer_.entity(domain.entity, at_[i], field, choices)
                   : whole       ? drawer_.of_field(*fields_[i], at_[i], choices)
                                 : drawer_.any(domain.type, at_[i], field, choices),
                   {domain.type});
  }

  /// The value that the base has comes first.
  void put_first(const Quantified& quantified, std::vector<YamlNode>& values, const OrderedJson* base) {
    const auto is_base = [&](const YamlNode& value) {
      const auto json = Values(aside_, {decision_, &plan_.base}).value(quantified.domain.type, value, quantified.path);
      return json && OrderedJson::parse(*json, nullptr, false) == *base;
    };
    if (base == nullptr) return;
    const auto stands = std::find_if(values.begin(), values.end(), is_base);
    if (stands != values.end()) std::rotate(values.begin(), stands, stands + 1);
  }

  /// The field that the path ends in, or whose elements it leads to.
  const Field* field_of(const Quantified& quantified) const {
    Place place = request_place(program_, decision_);
    const Field* field = nullptr;
    for (const std::string& step : quantified.steps) {
      if (const Field* found = field_at(program_, place, step)) field = found;
      place = below(program_, place, step);
    }
    return field;
  }

  const Program& program_;
  const PropertyPlan& plan_;
  DecisionId decision_;
  grammar::Diagnostics told_;  // what is drawn fits its type: nothing is told
  Context aside_;
  OrderedJson base_;
  Drawer drawer_;
  std::vector<const OrderedJson*> at_;  // by path: what the base has there
  std::vector<const Field*> fields_;
  std::vector<std::vector<YamlNode>> values_;  // of lists, that of the base first
};

class Runner {
 public:
  explicit Runner(const PropertyRun& run)
      : run_(run),
        planned_(run.planned),
        plan_(*run.planned.property),
        requests_(run.context, run.planned),
        rows_(plan_.forall.size()) {
    outcome_.told.seed = run.seed.value_or(seed_of(identity(planned_.result)));
    outcome_.request_json = planned_.result.request_json;
  }

  PropertyOutcome play() {
    PropertyResult& told = outcome_.told;
    told.all = can_enumerate();
    told.all ? enumerate() : draw();
    if (found_) return simplest();
    outcome_.too_few = told.all ? told.runs == 0 : told.runs < plan_.runs;
    return std::move(outcome_);
  }

 private:
  void begin() {
    for (Choices& row : rows_) row.follow({});
  }

  /// The next combination, the last path fastest.
  bool advance() {
    for (auto row = rows_.rbegin(); row != rows_.rend(); ++row)
      if (row->advance()) return true;
    return false;
  }

  bool can_enumerate() {
    const std::size_t most = std::max(kEnumerated, plan_.runs);
    std::size_t count = 0;
    begin();
    do {
      (void)requests_.make(rows_);
      if (std::any_of(rows_.begin(), rows_.end(), [](const Choices& row) { return row.is_endless(); })) return false;
      if (++count > most) return false;
    } while (advance());
    return true;
  }

  void enumerate() {
    begin();
    do {
      attempt();
    } while (!found_ && advance());
  }

  /// The simplest first: what the base says.
  void draw() {
    std::mt19937_64 random(outcome_.told.seed);
    begin();
    attempt();
    for (std::size_t tries = 1; !found_ && outcome_.told.runs < plan_.runs && tries < plan_.runs * kTriesEach;
         ++tries) {
      for (Choices& row : rows_) row.draw(random);
      attempt();
    }
  }

  void attempt() {
    std::string request = requests_.make(rows_);
    for (Choices& row : rows_) row.settle();  // a relation makes it once more
    if (!holds_assumption(request)) {
      ++outcome_.told.discarded;
      return;
    }
    const Report report = decide(request);
    run_.played(request, report);
    if (++outcome_.told.runs == 1) outcome_.request_json = request;
    const std::string key = failing(report, rows_);
    if (key.empty()) return;
    found_ = true;
    key_ = key;
    verdict_ = report.verdict;
    outcome_.request_json = std::move(request);
  }

  /// What does not come true: the key of the expectation or of the relation, empty if all does.
  std::string failing(const Report& report, std::vector<Choices>& rows) {
    if (!plan_.relation) {
      const std::vector<CaseFailure> failures = compare(run_.context, planned_.expectations, report);
      return failures.empty() ? "" : failures.front().key;
    }
    const YamlNode* const over = plan_.relation->when ? &*plan_.relation->when : nullptr;
    const std::string request = requests_.make(rows, over);
    Report other = run_.related->play(planned_.result.decision, request, *planned_.result.entities_json, false).report;
    if (holds(plan_.relation->kind, report.verdict, other.verdict)) return "";
    outcome_.other = std::move(other);
    return plan_.relation->key;
  }

  /// An invalid request has no answer that could be related.
  static bool holds(Relation::Kind kind, Outcome one, Outcome other) {
    if (one == Outcome::Invalid || other == Outcome::Invalid) return false;
    return one == other || (kind == Relation::Kind::NeverMoreThan && one == Outcome::Deny);
  }

  Report decide(const std::string& request) {
    return run_.engine.play(planned_.result.decision, request, *planned_.result.entities_json, false).report;
  }

  /// An invalid request is not left out: it fails what is expected.
  bool holds_assumption(const std::string& request) {
    if (!run_.assuming) return true;
    const Report report =
        run_.assuming->play(planned_.result.decision, request, *planned_.result.entities_json, false).report;
    return report.verdict == Outcome::Invalid || !report.by.empty();
  }

  /// Fails in the same way.
  bool fails(const std::string& request, std::vector<Choices>& rows) {
    if (!holds_assumption(request)) return false;
    const Report report = decide(request);
    if (report.verdict != verdict_) return false;
    return failing(report, rows) == key_;
  }

  PropertyOutcome simplest() {
    outcome_.told.found = outcome_.told.runs;
    outcome_.told.simpler = simplify(rows_, [&](std::vector<Choices>& rows) {
      std::string request = requests_.make(rows);
      if (!fails(request, rows)) return false;
      outcome_.request_json = std::move(request);
      return true;
    });
    outcome_.told.scenario = scenario_of(run_.context.program, plan_, planned_.decision, outcome_.request_json);
    if (outcome_.other && outcome_.other->verdict != Outcome::Invalid)
      outcome_.told.scenario += outcome_.other->verdict == Outcome::Allow ? "\n  expect: allow" : "\n  expect: deny";
    return std::move(outcome_);
  }

  const PropertyRun& run_;
  const PlannedCase& planned_;
  const PropertyPlan& plan_;
  Requests requests_;
  std::vector<Choices> rows_;
  PropertyOutcome outcome_;
  bool found_ = false;
  std::string key_;
  Outcome verdict_ = Outcome::Invalid;
};

}  // namespace

PropertyOutcome run_property(const PropertyRun& run) {
  return Runner(run).play();
}

}  // namespace bylaw::runner
