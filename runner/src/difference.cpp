#include <bylaw/runner/difference.h>
#include <bylaw/runner/run.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>
#include "engine.h"
#include "names.h"
#include "report/excerpt.h"

namespace bylaw::runner {
namespace {

using Json = nlohmann::ordered_json;
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

/// Policies that answer: as they were, or as they are.
struct Side {
  Program program;
  Engine engine;

  std::string short_name(const std::string& rule) const { return short_rule_name(program, rule); }
};

/// Nothing if they do not compile.
std::optional<Side> side_of(compiler::Project& project) {
  grammar::Diagnostics told;
  Program program = compiler::check(project.input, told);
  if (told.has_errors()) return std::nullopt;
  const auto bundle = compiler::lower(program, project.input, told);
  if (!bundle) return std::nullopt;
  Result<Engine> engine = Engine::open(bundle->bytes);
  if (!engine) return std::nullopt;
  return Side{std::move(program), *std::move(engine)};
}

/// Takes the value at `change.author` away; false if the path is not one through fields alone.
bool take_away(Json& request, std::string_view path) {
  Json* at = &request;
  for (;;) {
    const std::size_t dot = path.find('.');
    const std::string key(path.substr(0, dot));
    if (!at->is_object() || !at->contains(key)) return false;
    if (dot == std::string_view::npos) return at->erase(key) == 1;
    at = &(*at)[key];
    path.remove_prefix(dot + 1);
  }
}

/// The answer to a request of the other side. A field that is not declared here decides nothing here.
Report ask(Side& side, const CaseResult& one) {
  constexpr int kMostFields = 32;
  Report report = side.engine.play(one.decision, one.request_json, *one.entities_json, false).report;
  if (report.verdict != Outcome::Invalid) return report;
  Json request = Json::parse(one.request_json, nullptr, false);
  for (int i = 0; i < kMostFields && report.verdict == Outcome::Invalid; ++i) {
    if (!report.error || report.error->code != "R0101" || !take_away(request, report.error->path)) break;
    report = side.engine.play(one.decision, request.dump(), *one.entities_json, false).report;
  }
  return report;
}

std::string refusal_text(const Report& report) {
  return report.error ? fmt::format("could not be asked: {}", report.error->text) : "could not be asked";
}

class Comparison {
 public:
  Comparison(Side& before, Side& after, DecisionDifference& into) : before_(before), after_(after), into_(into) {}

  void add(const CaseResult& one) {
    if (!takes_part(one)) return;
    asked_.insert(question(one));
    add(one, ask(before_, one), one.report, one.title());
  }

  /// A scenario as it was: most are there still, and were asked.
  void add_of_base(const CaseResult& one) {
    if (one.status == CaseStatus::Skipped || one.own_build || asked_.contains(question(one))) return;
    const Report is = ask(after_, one);
    if (is.verdict == Outcome::Invalid) return;  // nobody gains by it
    ++into_.removed;
    add(one, one.report, is, fmt::format("{} (a scenario at {})", one.title(), into_.base));
  }

 private:
  using Question = std::tuple<std::string, std::string, std::string>;

  static Question question(const CaseResult& one) { return {one.decision, one.request_json, *one.entities_json}; }

  bool takes_part(const CaseResult& one) {
    if (one.status == CaseStatus::Skipped) return false;
    if (one.own_build) ++into_.own_builds;
    return !one.own_build;
  }

  void add(const CaseResult& one, const Report& was, const Report& is, std::string title) {
    if (was.verdict == Outcome::Invalid && is.verdict != Outcome::Invalid) {
      if (is.verdict != Outcome::Allow) {
        ++into_.unasked;
        return;
      }
      return tell(one, DifferenceKind::Unasked, std::move(title), {refusal_text(was), outcome(is, after_)});
    }
    ++into_.compared;
    if (auto texts = told(
            was, is, [&](const std::string& rule) { return before_.short_name(rule); },
            [&](const std::string& rule) { return after_.short_name(rule); }))
      tell(one, kind_of(was, is), std::move(title), std::move(*texts));
  }

  static std::string outcome(const Report& report, const Side& side) {
    return outcome_text(report, [&](const std::string& rule) { return side.short_name(rule); });
  }

  void tell(const CaseResult& one, DifferenceKind kind, std::string title, std::pair<std::string, std::string> texts) {
    OtherDecision& other = into_.changed.emplace_back();
    other.kind = kind;
    other.title = std::move(title);
    other.file = one.file;
    other.line = one.line;
    other.before = std::move(texts.first);
    other.after = std::move(texts.second);
  }

  Side& before_;
  Side& after_;
  DecisionDifference& into_;
  std::set<Question> asked_;
};

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace

std::size_t DecisionDifference::count(DifferenceKind kind) const {
  return static_cast<std::size_t>(
      std::count_if(changed.begin(), changed.end(), [&](const OtherDecision& one) { return one.kind == kind; }));
}

bool DecisionDifference::gains_nothing() const {
  return problem.empty() && count(DifferenceKind::Gain) == 0 && count(DifferenceKind::Unasked) == 0;
}

DecisionDifference decide_otherwise(const RunResult& result, compiler::Project& project, compiler::Project& base,
                                    std::string name, std::int64_t now) {
  DecisionDifference difference;
  difference.base = std::move(name);
  std::optional<Side> before = side_of(base), after = side_of(project);
  if (!before || !after) {
    difference.problem = fmt::format("the policies at {} do not compile with this command", difference.base);
    return difference;
  }
  Comparison comparison(*before, *after, difference);
  for (const CaseResult& one : result.cases) comparison.add(one);
  RunOptions options;
  options.now = now;
  const RunResult gone = run(base, {}, options);
  for (const CaseResult& one : gone.cases) comparison.add_of_base(one);
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
    if (const std::size_t unasked = difference.count(DifferenceKind::Unasked); unasked != 0)
      kinds.push_back(fmt::format("{} allowed that could not be asked there", unasked));
    if (const std::size_t losses = difference.count(DifferenceKind::Loss); losses != 0)
      kinds.push_back(counted(losses, "loss", "losses"));
    if (const std::size_t others = difference.count(DifferenceKind::Other); others != 0)
      kinds.push_back(counted(others, "other change", "other changes"));
    text =
        fmt::format("{} of {} {} otherwise than at {}: {}", difference.changed.size(),
                    counted(difference.compared + difference.count(DifferenceKind::Unasked), "scenario", "scenarios"),
                    difference.changed.size() == 1 ? "decides" : "decide", difference.base, fmt::join(kinds, ", "));
  }
  if (difference.removed != 0)
    text += fmt::format("; {} of these {} no longer here", difference.removed, difference.removed == 1 ? "is" : "are");
  if (difference.unasked != 0) text += fmt::format("; {} could not be asked there", difference.unasked);
  if (difference.own_builds != 0)
    text += fmt::format("; {} with params or policies of {} own left out", difference.own_builds,
                        difference.own_builds == 1 ? "its" : "their");
  return text;
}

std::string to_text(const DecisionDifference& difference, const TextOptions& options) {
  static constexpr const char* kSigns[] = {"+", "?", "-", "~"};
  static constexpr std::string_view kColours[] = {kGreen, kGreen, kRed, kDim};
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
