#include "judge.h"

#include <bylaw/grammar/diagnostics/expectations.h>
#include <format/text_forms.h>

#include <set>

#include "answer.h"
#include "compare.h"
#include "property/property.h"

namespace bylaw::runner {
namespace {

CaseFailure failure(const Context& context, Code code, const char* key, Span span,
                    std::initializer_list<grammar::Argument> arguments) {
  grammar::Diagnostics told;
  told.report(code, span, arguments);
  CaseFailure result;
  result.code = code;
  result.key = key;
  result.span = span;
  result.line = span.known() ? context.line(span) : 0;
  result.text = told.all().back().text;
  return result;
}

CaseFailure shown(const Context& context, const Expectations& expectations, const Report& report) {
  std::string text;
  for (const auto& [key, value] : answer(context.program, report))
    text += (text.empty() ? "" : "\n") + key + ": " + value;
  CaseFailure result = failure(context, codes::Shown, "expect", expectations.expect_span, {{"answer", text}});
  result.expected = "show";
  result.actual = describe_actual(context.program, report);
  return result;
}

CaseFailure passes(const Context& context, const KnownFailure& failing) {
  CaseFailure result =
      failure(context, codes::KnownFailurePasses, "failing", failing.span, {{"because", failing.because}});
  result.expected = "a failure";
  result.actual = "passed";
  return result;
}

CaseFailure over(const Context& context, const Skip& skip, std::int64_t now) {
  const std::string until = format::print_instant(*skip.until);
  CaseFailure result = failure(context, codes::SkipIsOver, "skip", skip.span,
                               {{"until", until}, {"now", format::print_instant(now)}, {"because", skip.because}});
  result.expected = until;
  result.actual = format::print_instant(now);
  return result;
}

Expectations with_verdict(Expectations expectations, const Report& report) {
  expectations.expect = report.verdict == Outcome::Allow ? Verdict::Allow : Verdict::Deny;
  return expectations;
}

bool is_over(const Skip& skip, std::optional<std::int64_t> now) {
  return now && skip.until && *now >= *skip.until;
}

/// The failing expectations as they would have to be. Behind another verdict others may be wrong too.
void add_rewrites(const Context& context, const PlannedCase& planned, const Report& report, CaseResult& result) {
  if (planned.expectations.show) {
    result.rewrites = answer(context.program, report);
    return;
  }
  if (planned.failing) result.keeps = "it passes: take `failing` away";
  std::set<std::string> keys;
  for (const CaseFailure& one : result.failures) keys.insert(one.key);
  const bool other_verdict = keys.count("expect") != 0;
  const bool was_invalid = planned.expectations.expect == Verdict::Invalid;
  if (other_verdict && (was_invalid || report.verdict == Outcome::Invalid))
    result.keeps = "`invalid` allows no other expectation, so this one is rewritten by hand";
  if (other_verdict && result.keeps.empty())
    for (const CaseFailure& one : compare(context, with_verdict(planned.expectations, report), report))
      keys.insert(one.key);
  for (const std::string& key : expectation_keys())
    if (keys.count(key) != 0) result.rewrites.emplace_back(key, answer_for(context.program, report, key));
}

CaseFailure assumes_too_much(const Context& context, const PropertyPlan& plan, const PropertyResult& told) {
  const std::size_t wanted = told.all ? told.discarded : plan.runs;
  CaseFailure result = failure(context, codes::AssumesTooMuch, "assume", plan.assume_span,
                               {{"runs", std::to_string(told.runs)},
                                {"wanted", std::to_string(wanted)},
                                {"tries", std::to_string(told.runs + told.discarded)}});
  result.expected = std::to_string(wanted);
  result.actual = std::to_string(told.runs);
  return result;
}

CaseFailure breaks_relation(const Context& context, const Relation& relation, const Report& report,
                            const Report& other) {
  const std::string got = describe_actual(context.program, report), wanted = describe_actual(context.program, other);
  const bool same = relation.kind == Relation::Kind::SameAs;
  CaseFailure result = failure(context, codes::RelationBroken, same ? "same_as" : "never_more_than", relation.span,
                               {{"actual", got}, {"other", wanted}, {"change", relation.text}});
  result.expected = wanted;
  result.actual = got;
  return result;
}

}  // namespace

bool is_skipped(const PlannedCase& planned, std::optional<std::int64_t> now) {
  return planned.skip && !is_over(*planned.skip, now);
}

void judge_property(const Context& context, const PlannedCase& planned, const PropertyEnd& end,
                    const RunOptions& options, CaseResult& result) {
  const auto failed = [&](CaseFailure failure) {
    result.failures.clear();
    result.failures.push_back(std::move(failure));
    result.status = planned.failing ? CaseStatus::Known : CaseStatus::Failed;
  };
  if (end.too_few) failed(assumes_too_much(context, *planned.property, *result.property));
  if (end.other) failed(breaks_relation(context, *planned.property->relation, end.report, *end.other));
  result.rewrites.clear();
  if (options.rewrites && result.status == CaseStatus::Failed)
    result.keeps = "it is a property: mend the policy, or what the property says";
}

void judge(const Context& context, const PlannedCase& planned, const Report& report, const RunOptions& options,
           CaseResult& result) {
  const auto& failing = planned.failing;
  const auto now = options.now;
  const bool show = planned.expectations.show;
  result.failures =
      show ? std::vector{shown(context, planned.expectations, report)} : compare(context, planned.expectations, report);
  if (failing) result.because = failing->because;
  if (failing && !show && !result.failures.empty()) {
    result.status = CaseStatus::Known;
  } else {
    if (failing && !show) result.failures.push_back(passes(context, *failing));
    result.status = result.failures.empty() ? CaseStatus::Passed : CaseStatus::Failed;
  }
  if (options.rewrites && result.status == CaseStatus::Failed) add_rewrites(context, planned, report, result);
  if (!planned.skip || !is_over(*planned.skip, now)) return;
  result.because = planned.skip->because;
  if (result.status == CaseStatus::Passed) result.notes.push_back("it passes now: take `skip` away");
  result.failures.insert(result.failures.begin(), over(context, *planned.skip, *now));
  result.status = CaseStatus::Failed;
}

}  // namespace bylaw::runner
