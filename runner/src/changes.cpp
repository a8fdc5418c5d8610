#include "changes.h"

#include <fmt/format.h>
#include <format/text_forms.h>

#include <algorithm>

#include "compare.h"
#include "element_text.h"
#include "generate/mend.h"
#include "json_text.h"

namespace bylaw::runner {
namespace {

using compiler::TypeId;
using compiler::Value;
using compiler::ValueKind;

constexpr std::size_t kMostTold = 3, kMostTried = 12, kLongestText = 100, kLongestNow = 60;
constexpr std::size_t kRulesACase = 20000, kRulesInAll = 600000, kLeastModels = 200;

bool is_asked(const std::string& key) {
  return key == "expect" || key == "by" || key == "exempt";
}

bool about_deciding(const std::vector<CaseFailure>& failures) {
  return std::any_of(failures.begin(), failures.end(), [](const CaseFailure& one) { return is_asked(one.key); });
}

/// Values as policies write them; undeclared members as their text.
class ValueText {
 public:
  explicit ValueText(const Program& program) : program_(program) {}

  std::string text(const Value& value, TypeId type_id) const {
    const Type& type = program_.types[program_.without_optional(type_id)];
    switch (value.kind) {
      case ValueKind::Absent: return "unset";
      case ValueKind::Member: return value.integer == compiler::kUnknownMember ? value.text : printed(value, type_id);
      case ValueKind::String: return json_quote(value.text);
      case ValueKind::Set: return items(value, type.element, '{', '}');
      case ValueKind::List: return items(value, type.element, '[', ']');
      case ValueKind::Record: return record(value, type);
      case ValueKind::Entity: return format::print_entity(program_.entities[value.entity_type].name, value.text);
      default: return printed(value, type_id);
    }
  }

 private:
  std::string printed(const Value& value, TypeId type) const { return ir::print_value(program_, value, type); }

  std::string items(const Value& value, TypeId element, char open, char close) const {
    std::string result;
    for (const Value& item : value.items) result += (result.empty() ? "" : ", ") + text(item, element);
    return open + result + close;
  }

  std::string record(const Value& value, const Type& type) const {
    const auto& fields = program_.records[type.record].fields;
    if (program_.records[type.record].either) {
      const auto set = std::find_if(value.items.begin(), value.items.end(),
                                    [](const Value& item) { return item.kind != ValueKind::Absent; });
      return set == value.items.end() ? "unset"
                                      : text(*set, fields[static_cast<std::size_t>(set - value.items.begin())].type);
    }
    std::string result;
    for (std::size_t i = 0; i < value.items.size() && i < fields.size(); ++i)
      if (value.items[i].kind != ValueKind::Absent)
        result +=
            fmt::format("{}{}: {}", result.empty() ? "" : ", ", fields[i].name, text(value.items[i], fields[i].type));
    return "{" + result + "}";
  }

  const Program& program_;
};

/// A step as it is told.
class StepText {
 public:
  StepText(const Program& program, const ir::DecisionIr& decision) : program_(program), decision_(decision) {}

  RequestChange of(const RequestStep& step, const Value& now) const {
    const ValueText values(program_);
    const TypeId type = declared_type(program_, decision_, step.place);
    if (auto inside = inside_list(step, now, type)) return *std::move(inside);
    RequestChange change;
    change.text = fmt::format("{} = {}", path(step.place), values.text(step.value, type));
    if (step.value.kind == ValueKind::Absent) change.text = path(step.place) + " unset";
    change.now = values.text(now, type);
    return change;
  }

 private:
  std::string path(PlaceTerm place) const {
    const ir::Term& term = decision_.terms[place];
    if (term.op == ir::Op::Get) return path(decision_.terms.operand(place, 0));
    if (term.op == ir::Op::Request) return program_.decisions[decision_.decision].fields[term.a].name;
    if (is_union_part(program_, decision_.terms, place)) return path(decision_.terms.operand(place, 0));
    return path(decision_.terms.operand(place, 0)) + "." + decision_.terms.field(place).name;
  }

  /// One field of one element of a list of records: `pod.containers.0.privileged = false`.
  std::optional<RequestChange> inside_list(const RequestStep& step, const Value& now, TypeId type_id) const {
    const Type& type = program_.types[program_.without_optional(type_id)];
    if (type.kind != TypeKind::List || now.items.size() != step.value.items.size()) return std::nullopt;
    const Type& element = program_.types[program_.without_optional(type.element)];
    if (element.kind != TypeKind::Record || program_.records[element.record].either) return std::nullopt;
    const auto& fields = program_.records[element.record].fields;
    std::optional<RequestChange> found;
    for (std::size_t i = 0; i < now.items.size(); ++i) {
      for (std::size_t f = 0; f < fields.size(); ++f) {
        const Value &before = now.items[i].items[f], &after = step.value.items[i].items[f];
        if (before == after) continue;
        if (found) return std::nullopt;
        const ValueText values(program_);
        const std::string place = fmt::format("{}.{}.{}", path(step.place), i, fields[f].name);
        found.emplace();
        found->text = after.kind == ValueKind::Absent
                          ? place + " unset"
                          : fmt::format("{} = {}", place, values.text(after, fields[f].type));
        found->now = values.text(before, fields[f].type);
      }
    }
    return found;
  }

  const Program& program_;
  const ir::DecisionIr& decision_;
};

RequestChange told(const Workshop& shop, const Found& found) {
  const Program& program = shop.player().program();
  const StepText text(program, shop.decision());
  RequestChange all;
  for (const RequestStep& step : found.steps) {
    const RequestChange one =
        text.of(step, value_at(program, shop.player().ir().lists, shop.starts().front().model, step.place));
    all.text += (all.text.empty() ? "" : " and ") + one.text;
    all.now += (all.now.empty() ? "" : ", ") + shortened(one.now, kLongestNow);
  }
  return all;
}

}  // namespace

Player& ChangeFinder::player(const Variant* variant) {
  std::unique_ptr<Player>& player = players_[variant];
  if (!player) player = std::make_unique<Player>(variant ? variant->program : context_.program);
  return *player;
}

/// How many requests may be decided for a case of that decision.
std::size_t ChangeFinder::budget(const ir::DecisionIr& decision) const {
  if (spent_ >= kRulesInAll) return 0;
  std::size_t rules = 1;
  for (const ir::PolicyIr& policy : decision.policies) rules += policy.rules.size();
  return std::max(kLeastModels, kRulesACase / rules);
}

void ChangeFinder::find(const PlannedCase& planned, CaseResult& result) {
  const Expectations& expected = planned.expectations;
  if (result.report.verdict == Outcome::Invalid || expected.expect == Verdict::Invalid || expected.show) return;
  if (!about_deciding(result.failures)) return;
  Player& player = this->player(planned.variant);
  for (ir::DecisionIr& decision : player.ir().decisions) {
    if (decision.decision != planned.decision) continue;
    const std::size_t most = budget(decision);
    if (most == 0) return;
    Engine& engine = engines_.of(planned.variant, planned.policies);
    Start start;
    start.request = OrderedJson::parse(result.request_json, nullptr, false);
    start.entities = OrderedJson::parse(*result.entities_json, nullptr, false);
    auto record = player.record(engine, planned.decision, result.request_json, *result.entities_json, planned.policies);
    if (!record || start.request.is_discarded() || start.entities.is_discarded()) return;
    start.model = std::move(record->model);
    std::vector<Start> starts;
    starts.push_back(std::move(start));
    const Workshop shop(player, engine, decision, std::move(starts));
    const RuleId nearest = result.near_miss ? find_full(player.program(), result.near_miss->rule) : RuleId();
    Mending mending(shop, expected, nearest);
    const std::vector<Found> all = mending.find(most);
    spent_ += mending.decided() * (kRulesACase / most);

    const Context context(player.program(), context_);
    Goal any;
    any.score = [](const CaseModel&) -> std::uint32_t { return 0; };
    for (std::size_t i = 0; i < all.size() && i < kMostTried && result.changes.size() < kMostTold; ++i) {
      RequestChange change = told(shop, all[i]);
      if (change.text.size() > kLongestText) continue;
      const auto made = shop.make(all[i], any);
      if (made && !about_deciding(compare(context, expected, made->report)))
        result.changes.push_back(std::move(change));
    }
    return;
  }
}

}  // namespace bylaw::runner
