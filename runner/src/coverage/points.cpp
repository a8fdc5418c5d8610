#include "coverage/points.h"

#include <algorithm>
#include <tuple>

#include "coverage/reasons.h"
#include "names.h"

namespace bylaw::runner {
namespace {

using compiler::ListId;
using compiler::PolicyId;
using compiler::RuleId;

class Maker {
 public:
  Maker(const Program& program, const grammar::Sources& sources, const Tally& tally, const Since* since)
      : program_(program), sources_(sources), tally_(tally), since_(since) {}

  CoverageResult run() {
    result_.scenarios = tally_.cases;
    if (since_) result_.changed_since = since_->revision;
    for (const auto& [id, policy] : tally_.policies) add_policy(id, policy);
    for (const auto& [id, rule] : tally_.rules) add_rule(id, rule);
    for (const auto& [key, entry] : tally_.entries) add_entry(key.first, key.second, entry);
    std::stable_sort(result_.points.begin(), result_.points.end(),
                     [](const CoverPoint& a, const CoverPoint& b) { return key(a) < key(b); });
    for (std::size_t kind = 0; kind < kCoverKinds; ++kind)
      result_.metrics.push_back(metric(static_cast<CoverKind>(kind)));
    return std::move(result_);
  }

 private:
  static std::tuple<const std::string&, std::uint32_t, std::uint32_t, const std::string&, CoverKind> key(
      const CoverPoint& point) {
    return {point.place.file, point.place.line, point.place.column, point.name, point.kind};
  }

  bool wanted(Span span) const { return !since_ || changed(sources_, span, since_->lines); }

  bool wanted(const std::vector<ConditionTally>& conditions) const {
    return std::any_of(conditions.begin(), conditions.end(), [&](const ConditionTally& condition) {
      return wanted(condition.use) || wanted(condition.definition);
    });
  }

  CoverPoint& add(CoverKind kind, std::string name, Span span) {
    CoverPoint& point = result_.points.emplace_back();
    point.kind = kind;
    point.name = std::move(name);
    point.place = place_of(sources_, span);
    point.definition = point.place;
    return point;
  }

  void add_policy(PolicyId id, const PolicyTally& tally) {
    const compiler::Policy& policy = program_.policies[id];
    if (!policy.guard) return;
    const Span guard = program_.exprs[policy.guard].span;
    const std::string name = program_.qualified(policy);
    if (wanted(guard) || wanted(tally.conditions)) {
      CoverPoint& point = add(CoverKind::Guard, name, guard);
      point.text = one_line(sources_, guard);
      point.aspects = {{"true", tally.guard_true}, {"false", tally.guard_false}};
      if (!point.covered()) point.why = why_not(program_, tally, id, tally_);
    }
    for (const ConditionTally& condition : tally.conditions) add_condition(name, condition, id, nullptr);
  }

  /// Annotations stand on lines of their own, and all else tells a rule by the line of its name.
  Span below_annotations(const compiler::Rule& rule) const {
    const auto& file = sources_[rule.span.source];
    const bool above =
        rule.name_span.known() && file.place(rule.span.begin).line != file.place(rule.name_span.begin).line;
    return above ? Span{rule.span.source, rule.name_span.begin, rule.span.end} : rule.span;
  }

  void add_rule(RuleId id, const RuleTally& tally) {
    const compiler::Rule& rule = program_.rules[id];
    const std::string name = full_name(program_, id);
    if (wanted(rule.span) || wanted(tally.conditions)) {
      static constexpr const char* kKinds[] = {"exempt", "allow", "deny", "oblige"};
      CoverPoint& point = add(rule.otherwise ? CoverKind::Otherwise : CoverKind::Rule, name, below_annotations(rule));
      point.text = kKinds[static_cast<std::size_t>(rule.kind)];
      point.aspects = {{"decided", tally.decided}};
      if (!point.covered()) point.why = why_not(program_, sources_, id, tally_);
    }
    for (const ConditionTally& condition : tally.conditions) add_condition(name, condition, rule.policy, &id);
  }

  void add_condition(const std::string& name, const ConditionTally& condition, PolicyId policy, const RuleId* rule) {
    if (!wanted(condition.use) && !wanted(condition.definition)) return;
    CoverPoint& point = add(CoverKind::Condition, name, condition.use);
    point.path = condition.path;
    point.of_guard = rule == nullptr;
    point.text = one_line(sources_, condition.definition);
    if (condition.definition != condition.use) point.through = one_line(sources_, condition.use);
    point.definition = place_of(sources_, condition.definition);
    point.aspects = {
        {"true", condition.shown_true}, {"false", condition.shown_false}, {"decisive", condition.decisive}};
    if (!point.covered()) point.why = why_not(program_, condition, policy, rule, tally_);
  }

  void add_entry(ListId list, std::uint32_t row, const EntryTally& tally) {
    const compiler::Row& entry = program_.lists[list].rows[row];
    if (!wanted(entry.span)) return;
    CoverPoint& point = add(CoverKind::Entry, program_.qualified(program_.lists[list]), entry.span);
    point.text = one_line(sources_, entry.value_span.known() ? entry.value_span : entry.span);
    point.aspects = {{"used", tally.used}};
    if (!point.covered()) point.why = why_not(program_, list, row, tally_);
  }

  CoverMetric metric(CoverKind kind) const {
    CoverMetric metric{kind, 0, 0};
    for (const CoverPoint& point : result_.points) {
      if (point.kind != kind) continue;
      ++metric.total;
      if (point.covered()) ++metric.covered;
    }
    return metric;
  }

  const Program& program_;
  const grammar::Sources& sources_;
  const Tally& tally_;
  const Since* since_;
  CoverageResult result_;
};

}  // namespace

std::string_view metric_name(CoverKind kind) {
  static constexpr std::string_view kNames[] = {"rules", "otherwise", "conditions", "guards", "entries"};
  static_assert(std::size(kNames) == kCoverKinds);
  return kNames[static_cast<std::size_t>(kind)];
}

bool CoverPoint::covered() const {
  return std::all_of(aspects.begin(), aspects.end(), [](const CoverAspect& aspect) { return aspect.count != 0; });
}

CoverageResult cover_points(const Program& program, const grammar::Sources& sources, const Tally& tally,
                            const Since* since) {
  return Maker(program, sources, tally, since).run();
}

SourcePlace place_of(const grammar::Sources& sources, Span span) {
  if (!span.known()) return {};
  const grammar::SourceFile& file = sources[span.source];
  const grammar::LineColumn begin = file.place(span.begin), end = file.place(span.end);
  return {file.path(), begin.line, begin.column, end.line, end.column};
}

std::string one_line(const grammar::Sources& sources, Span span) {
  std::string text;
  for (const char c : sources.text(span)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  return text;
}

bool changed(const grammar::Sources& sources, Span span, const ChangedLines& lines) {
  if (!span.known()) return false;
  const SourcePlace place = place_of(sources, span);
  const auto file = lines.find(place.file);
  if (file == lines.end()) return false;
  return std::any_of(file->second.begin(), file->second.end(),
                     [&](const auto& range) { return range.first <= place.end_line && range.second >= place.line; });
}

}  // namespace bylaw::runner
