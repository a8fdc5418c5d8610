#include <bylaw/runner/difference.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "engine.h"
#include "names.h"
#include "report/excerpt.h"

namespace bylaw::runner {
namespace {

using ShortName = std::function<std::string(const std::string&)>;

std::string outcome_text(const Report& report, const ShortName& short_name) {
  if (report.verdict == Outcome::Invalid) return "invalid";
  std::vector<std::string> names;
  for (const std::string& rule : report.by) names.push_back(short_name(rule));
  return fmt::format("{} by {}", report.verdict == Outcome::Allow ? "allow" : "deny",
                     names.empty() ? "default" : fmt::format("{}", fmt::join(names, ", ")));
}

std::string obligations_text(const Report& report) {
  std::string text;
  for (const ReportedObligation& one : report.obligations)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", one.name, one.value.text);
  return text.empty() ? "nothing" : text;
}

std::string messages_text(const Report& report) {
  std::string text;
  for (const Message& message : report.messages) text += (text.empty() ? "" : "; ") + message.text;
  return text.empty() ? "nothing" : text;
}

/// What was and what is, if anything that a service sees differs.
std::optional<std::pair<std::string, std::string>> told(const Report& before, const Report& after,
                                                        const ShortName& name_before, const ShortName& name_after) {
  const std::string was = outcome_text(before, name_before), is = outcome_text(after, name_after);
  if (before.verdict != after.verdict || before.by != after.by) return std::pair(was, is);
  if (const std::string a = obligations_text(before), b = obligations_text(after); a != b)
    return std::pair(fmt::format("{}, obliges {}", was, a), fmt::format("{}, obliges {}", is, b));
  if (const std::string a = messages_text(before), b = messages_text(after); a != b)
    return std::pair(fmt::format("{}, says: {}", was, a), fmt::format("{}, says: {}", is, b));
  return std::nullopt;
}

DifferenceKind kind_of(const Report& before, const Report& after) {
  if (before.verdict == after.verdict) return DifferenceKind::Other;
  if (after.verdict == Outcome::Allow) return DifferenceKind::Gain;
  return before.verdict == Outcome::Allow ? DifferenceKind::Loss : DifferenceKind::Other;
}

/// The policies as they were; nothing if they do not compile any more.
std::optional<Engine> engine_of(compiler::Project& project, Program& program) {
  grammar::Diagnostics told;
  program = compiler::check(project.input, told);
  if (told.has_errors()) return std::nullopt;
  const auto bundle = compiler::lower(program, project.input, told);
  if (!bundle) return std::nullopt;
  Result<Engine> engine = Engine::open(bundle->bytes);
  return engine ? std::optional(*std::move(engine)) : std::nullopt;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace

std::size_t DecisionDifference::count(DifferenceKind kind) const {
  return static_cast<std::size_t>(
      std::count_if(changed.begin(), changed.end(), [&](const OtherDecision& one) { return one.kind == kind; }));
}

DecisionDifference decide_otherwise(const RunResult& result, compiler::Project& base, std::string name) {
  DecisionDifference difference;
  difference.base = std::move(name);
  Program program;
  std::optional<Engine> engine = engine_of(base, program);
  if (!engine) {
    difference.problem = fmt::format("the policies at {} do not compile with this command", difference.base);
    return difference;
  }
  const ShortName before = [&](const std::string& rule) { return short_rule_name(program, rule); };
  const ShortName after = [&](const std::string& rule) { return result.short_name(rule); };
  for (const CaseResult& one : result.cases) {
    if (one.status == CaseStatus::Skipped) continue;
    if (one.own_build) {
      ++difference.own_builds;
      continue;
    }
    const Report was = engine->play(one.decision, one.request_json, *one.entities_json, false).report;
    if (was.verdict == Outcome::Invalid && one.report.verdict != Outcome::Invalid) {
      ++difference.unasked;
      continue;
    }
    ++difference.compared;
    if (auto texts = told(was, one.report, before, after)) {
      OtherDecision& other = difference.changed.emplace_back();
      other.kind = kind_of(was, one.report);
      other.title = one.title();
      other.file = one.file;
      other.line = one.line;
      other.before = std::move(texts->first);
      other.after = std::move(texts->second);
    }
  }
  std::stable_sort(difference.changed.begin(), difference.changed.end(),
                   [](const OtherDecision& a, const OtherDecision& b) { return a.kind < b.kind; });
  return difference;
}

std::string headline(const DecisionDifference& difference) {
  if (!difference.problem.empty()) return difference.problem;
  std::string text;
  if (difference.changed.empty()) {
    text = fmt::format("{} as at {}", counted(difference.compared, "scenario decides", "scenarios decide"),
                       difference.base);
  } else {
    std::vector<std::string> kinds;
    if (const std::size_t gains = difference.count(DifferenceKind::Gain); gains != 0)
      kinds.push_back(counted(gains, "gain", "gains"));
    if (const std::size_t losses = difference.count(DifferenceKind::Loss); losses != 0)
      kinds.push_back(counted(losses, "loss", "losses"));
    if (const std::size_t others = difference.count(DifferenceKind::Other); others != 0)
      kinds.push_back(counted(others, "other change", "other changes"));
    text = fmt::format("{} of {} {} otherwise than at {}: {}", difference.changed.size(),
                       counted(difference.compared, "scenario", "scenarios"),
                       difference.changed.size() == 1 ? "decides" : "decide", difference.base, fmt::join(kinds, ", "));
  }
  if (difference.unasked != 0) text += fmt::format("; {} could not be asked there", difference.unasked);
  if (difference.own_builds != 0)
    text += fmt::format("; {} with params or policies of {} own left out", difference.own_builds,
                        difference.own_builds == 1 ? "its" : "their");
  return text;
}

std::string to_text(const DecisionDifference& difference, const TextOptions& options) {
  static constexpr const char* kSigns[] = {"+", "-", "~"};
  static constexpr std::string_view kColours[] = {kGreen, kRed, kDim};
  std::string text;
  for (const OtherDecision& one : difference.changed) {
    const auto kind = static_cast<std::size_t>(one.kind);
    const std::string place = fmt::format("{}{}:{}", options.path_prefix, one.file, one.line);
    text += fmt::format("{} {}: {}\n    was  {}\n    is   {}\n", paint(options, kColours[kind], kSigns[kind]),
                        paint(options, kBold, place), one.title, one.before, one.after);
  }
  return text;
}

}  // namespace bylaw::runner
