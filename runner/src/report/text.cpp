// A result as people read it. What passes prints nothing; failures come with the command that reruns each; the summary
// is the last line.

#include <bylaw/grammar/diagnostics/expectations.h>
#include <bylaw/grammar/diagnostics/warnings.h>
#include <bylaw/grammar/visible_text.h>
#include <bylaw/runner/filter.h>
#include <bylaw/runner/render.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "case_text.h"
#include "causes.h"
#include "excerpt.h"
#include "grid.h"
#include "issues.h"

namespace bylaw::runner {
namespace {

constexpr std::size_t kActualColumn = 53;  // where "actual" begins, if what is expected leaves room
constexpr std::size_t kMostRulesNamed = 10;
constexpr std::size_t kMostDeciders = 3;

std::string count(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string_view verdict_word(Outcome outcome) {
  switch (outcome) {
    case Outcome::Invalid: return "invalid";
    case Outcome::Deny: return "deny";
    case Outcome::Allow: return "allow";
  }
  return "";
}

/// 'it''s' for a shell; with control characters $'..', so that the line can be copied.
std::string shell_quote(const std::string& text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(text.begin(), text.end(), is_control)) {
    std::string quoted = "$'";
    for (const char c : text) {
      if (is_control(c)) quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
      if (c == '\'' || c == '\\') quoted += '\\';
      if (!is_control(c)) quoted += c;
    }
    return quoted + "'";
  }
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// A path as a word of a command; quoted only where a shell would take it apart.
std::string shell_word(const std::string& text) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           static_cast<unsigned char>(c) >= 0x80 || std::string_view("_./:@%+,-").find(c) != std::string_view::npos;
  };
  return std::all_of(text.begin(), text.end(), plain) ? text : shell_quote(text);
}

class TextReport {
 public:
  TextReport(const RunResult& result, const grammar::Sources& sources, const TextOptions& options)
      : result_(result), sources_(sources), options_(options), excerpts_(sources, options) {}

  std::string run() {
    add_diagnostics();
    Grids grids(result_, options_);
    Causes causes(result_);
    std::size_t failed = 0;
    for (const CaseResult& one : result_.cases) {
      if (one.status != CaseStatus::Failed) continue;
      const bool told = causes.told_before(one);
      if (options_.in_full != 0 && (failed >= options_.in_full || told)) {
        add_short(one);
        continue;
      }
      out_ += grids.before(one);
      add_case(one);
      ++failed;
    }
    if (options_.in_full != 0 && causes.failed() > options_.in_full)
      for (const std::string& text : causes.lines()) line(text);
    add_slowest();
    add_summary();
    return std::move(out_);
  }

  std::string one_case(const CaseResult& one) {
    add_case(one);
    return std::move(out_);
  }

 private:
  /// Whatever stands in a name or a message, it is one line, and no command to who shows it.
  void line(std::string_view text) {
    const auto colours = options_.colour ? grammar::Colours::Keep : grammar::Colours::Escape;
    out_ += grammar::visible_text(text, colours) + "\n";
  }

  std::string painted(std::string_view colour, std::string_view text) const { return paint(options_, colour, text); }

  std::string path(const std::string& file, std::uint32_t number) const {
    return painted(kBold, fmt::format("{}{}:{}", options_.path_prefix, file, number));
  }

  std::string rule_names(const std::vector<std::string>& rules) const {
    if (rules.empty()) return "default";
    std::vector<std::string> names;
    for (const std::string& rule : rules) names.push_back(result_.short_name(rule));
    return fmt::format("{}", fmt::join(names, ", "));
  }

  bool belongs_here(const grammar::Diagnostic& diagnostic) const {
    if (grammar::info(diagnostic.code).severity == grammar::Severity::Error) return true;
    return !options_.quiet && belongs_to_run(diagnostic);
  }

  void add_diagnostics() {
    grammar::RenderOptions options;
    options.colour = options_.colour;
    options.path_prefix = options_.path_prefix;
    std::vector<grammar::Diagnostic> told;
    for (grammar::Diagnostic& diagnostic : result_.diagnostics.sorted(sources_))
      if (belongs_here(diagnostic)) told.push_back(std::move(diagnostic));
    out_ += grammar::render(told, sources_, options);
  }

  // --- one case ---

  void add_case(const CaseResult& one) {
    line(fmt::format("{}: {} {}", path(one.file, one.line), painted(kRed, shows(one) ? "SHOW" : "FAIL"), one.title()));
    if (!one.about.empty()) line("  about     " + one.about);
    for (const CaseFailure& failure : one.failures) add_failure(one, failure);
    if (about_rules(one)) add_deciders(one);
    if (one.near_miss) add_near_miss(*one.near_miss);
    add_changes(one);
    for (const std::string& note : one.notes) line("  " + note);
    if (one.property && one.property->found != 0) add_found(*one.property);
    const std::string seed =
        one.property && result_.property_seed ? fmt::format(" --seed {}", *result_.property_seed) : "";
    const std::string rerun =
        fmt::format("bylaw test {}{}{}", shell_word(fmt::format("{}{}:{}", options_.path_prefix, one.file, one.line)),
                    seed, one.shares_line ? " -k " + shell_quote(term_of(one)) : "");
    line(fmt::format("  rerun  {}", painted(kCyan, rerun)));
  }

  /// Of one failure among many, or one for the reason of another.
  void add_short(const CaseResult& one) {
    line(fmt::format("{}: {} {}", path(one.file, one.line), painted(kRed, shows(one) ? "SHOW" : "FAIL"), one.title()));
  }

  /// How a property came to its request, and that one as a scenario.
  void add_found(const PropertyResult& property) {
    const std::string simpler =
        property.simpler == 0 ? "" : fmt::format(", made simpler {}", count(property.simpler, "time"));
    const std::string how = property.all ? "" : fmt::format(" (seed {})", property.seed);
    line(fmt::format(
        "  {} failed{}{}; as a scenario:",
        property.all ? fmt::format("combination {}", property.found) : fmt::format("run {}", property.found), how,
        simpler));
    add_shown(property.scenario);
  }

  static bool shows(const CaseResult& one) {
    return one.failures.size() == 1 && one.failures.front().code == grammar::codes::Shown;
  }

  static bool about_verdict(const CaseFailure& failure) {
    return failure.code == grammar::codes::WrongVerdict || failure.code == grammar::codes::OtherRules;
  }

  static bool about_rules(const CaseResult& one) {
    return std::any_of(one.failures.begin(), one.failures.end(), about_verdict);
  }

  void add_deciders(const CaseResult& one) {
    for (std::size_t i = 0; i < one.deciders.size() && i < kMostDeciders; ++i) {
      const Decider& decider = one.deciders[i];
      const std::string message = decider.message.empty() ? "" : ": " + decider.message;
      line(fmt::format("  {}: {} decided{}", path(decider.file, decider.line), result_.short_name(decider.rule),
                       message));
      out_ += excerpts_.conditions(decider.marks);
      if (decider.elements == 0) continue;
      const std::string more = decider.elements == 1 ? "" : fmt::format(" and {} more", decider.elements - 1);
      line(fmt::format("    for {}{}", decider.element, more));
    }
    if (one.deciders.size() > kMostDeciders)
      line(fmt::format("  and {} more rules decided", one.deciders.size() - kMostDeciders));
  }

  void add_failure(const CaseResult& one, const CaseFailure& failure) {
    if (about_verdict(failure)) {
      add_columns("expected", expected_verdict(one, failure), actual_verdict(one, failure));
    } else if (!failure.missing.empty() || !failure.extra.empty()) {
      add_differences(failure);
    } else if (failure.code == grammar::codes::Shown) {
      add_shown(failure.text);
      return;
    } else {
      line("  " + failure.text);
    }
    if (failure.span.known()) out_ += excerpts_.expectation(failure.span, got(failure));
  }

  void add_shown(std::string_view text) {
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      line(fmt::format("    {}", text.substr(0, end)));
      text.remove_prefix(end + 1);
    }
    line(fmt::format("    {}", text));
  }

  /// What the caret says; of other expectations the text above said it all.
  static std::string got(const CaseFailure& failure) {
    if (failure.code == grammar::codes::WrongVerdict) return "got " + failure.actual;
    return failure.code == grammar::codes::OtherRules ? differences(failure) : "";
  }

  static std::string differences(const CaseFailure& failure) {
    std::string text;
    if (!failure.missing.empty()) text += fmt::format("- missing  {}", fmt::join(failure.missing, ", "));
    if (!failure.missing.empty() && !failure.extra.empty()) text += "      ";
    if (!failure.extra.empty()) text += fmt::format("+ not expected  {}", fmt::join(failure.extra, ", "));
    return text;
  }

  void add_columns(std::string_view label, const std::string& expected, const std::string& actual) {
    const std::string left = fmt::format("  {}  {}", label, expected);
    const std::size_t gap = left.size() + 2 > kActualColumn ? 2 : kActualColumn - left.size();
    line(fmt::format("{}{}actual  {}", left, std::string(gap, ' '), actual));
  }

  /// "deny  by x": as wide as "allow by x", so that the rules stand below each other.
  static std::string aligned(const std::string& verdict) {
    return verdict.rfind("deny by", 0) == 0 ? "deny  by" + verdict.substr(7) : verdict;
  }

  std::string expected_verdict(const CaseResult& one, const CaseFailure& failure) const {
    if (failure.code == grammar::codes::OtherRules || !one.expected_by) return aligned(failure.expected);
    return aligned(fmt::format("{} by {}", failure.expected, rule_names(*one.expected_by)));
  }

  std::string actual_verdict(const CaseResult& one, const CaseFailure& failure) const {
    if (one.report.verdict == Outcome::Invalid) return "invalid: this request never gets a decision";
    if (failure.code == grammar::codes::OtherRules) return aligned(failure.actual);
    return aligned(fmt::format("{} by {}", verdict_word(one.report.verdict), rule_names(one.report.by)));
  }

  void add_differences(const CaseFailure& failure) {
    const std::string what = failure.text.substr(0, failure.text.find(": expected "));
    const std::size_t width = what.size() + 4 > kActualColumn ? what.size() + 2 : kActualColumn - 2;
    line(fmt::format("  {:<{}}{}", what, width, differences(failure)));
  }

  void add_near_miss(const NearMiss& near) {
    line(fmt::format("  {}: {}", path(near.place.file, near.place.line), near.headline));
    out_ += excerpts_.conditions(near.marks);
    for (const std::string& remark : near.remarks) line("  " + remark);
  }

  /// "it would allow with token.scopes = {packaging}   (now {code, packaging})"
  void add_changes(const CaseResult& one) {
    const bool verdict = !one.failures.empty() && one.failures.front().key == "expect";
    std::string begin = fmt::format("it would {} with", verdict ? one.failures.front().expected : "pass");
    for (const RequestChange& change : one.changes) {
      line(fmt::format("  {} {}   {}", begin, change.text, painted(kDim, fmt::format("(now {})", change.now))));
      begin = "or with";
    }
  }

  // --- the end ---

  void add_slowest() {
    std::vector<const CaseResult*> cases;
    for (const CaseResult& one : result_.cases)
      if (one.status != CaseStatus::Skipped) cases.push_back(&one);
    std::stable_sort(cases.begin(), cases.end(),
                     [](const CaseResult* a, const CaseResult* b) { return a->ms > b->ms; });
    cases.resize(std::min(cases.size(), options_.slowest));
    if (!cases.empty()) line(fmt::format("the slowest of {}:", counted(result_.summary)));
    for (const CaseResult* one : cases)
      line(fmt::format("  {:9.3f} ms  {}: {}", one->ms, path(one->file, one->line), one->title()));
  }

  void add_summary() {
    if (!result_.bug.empty()) {
      line(
          fmt::format("{}  {}; please report it with the policies that brought it", painted(kRed, "BUG"), result_.bug));
    } else if (result_.diagnostics.has_errors()) {
      add_refused();
    } else if (!result_.nothing_ran.empty()) {
      line(fmt::format("{}  nothing ran: {}", painted(kRed, "FAILED"), result_.nothing_ran));
    } else if (result_.summary.failed != 0 || options_.unwritten) {
      line(painted(kRed, "FAILED") + "  " + counts(true) + (options_.unwritten ? "; not all files were written" : ""));
    } else if (!options_.quiet) {
      line(painted(kGreen, "PASSED") + "  " + counts(false));
    }
  }

  void add_refused() {
    std::set<std::string> files;
    for (const grammar::Diagnostic& diagnostic : result_.diagnostics.all())
      if (grammar::info(diagnostic.code).severity == grammar::Severity::Error && diagnostic.span.known())
        files.insert(sources_[diagnostic.span.source].path());
    const std::string where = result_.scenario_files != 0 ? fmt::format("{} of {}", files.size(),
                                                                        count(result_.scenario_files, "scenario file"))
                                                          : count(files.size(), "file");
    line(fmt::format("No scenario ran: {} in {}.", count(result_.diagnostics.errors(), "error"), where));
  }

  std::string counts(bool failed) const {
    const Summary& summary = result_.summary;
    std::string text = fmt::format("{} in {}", counted(summary), count(summary.files, "file"));
    if (failed || summary.skipped != 0 || summary.known != 0) {
      text += fmt::format(": {} passed", summary.passed);
      if (failed) text += fmt::format(", {} failed", summary.failed);
      if (summary.skipped != 0) text += fmt::format(", {} skipped", summary.skipped);
      if (summary.known != 0) text += fmt::format(", {} known to fail", summary.known);
    }
    if (result_.not_run != 0) text += fmt::format(", {} not run (-x)", result_.not_run);
    if (result_.seed) text += fmt::format(", --shuffle={}", *result_.seed);
    const auto ms = static_cast<std::int64_t>(summary.ms + 0.5);
    return text + painted(kDim, fmt::format(", {} ms{}", std::max<std::int64_t>(ms, 1), coverage(failed)));
  }

  std::string coverage(bool failed) const {
    const char* dot = options_.utf8 ? " · " : " - ";
    const std::vector<std::string>& never = result_.never_held;
    if (!result_.everything || result_.rules == 0 || (failed && never.empty())) return "";
    if (never.empty())
      return result_.rules == 1 ? fmt::format("{}the one rule held at least once", dot)
                                : fmt::format("{}all {} rules held at least once", dot, result_.rules);
    std::vector<std::string> names;
    for (const std::string& rule : never) names.push_back(result_.short_name(rule));
    std::sort(names.begin(), names.end());
    std::string more;
    if (names.size() > kMostRulesNamed) {
      more = fmt::format(" and {} more", names.size() - kMostRulesNamed);
      names.resize(kMostRulesNamed);
    }
    return fmt::format("{}{} of {} never held: {}{}", dot, never.size(), count(result_.rules, "rule"),
                       fmt::join(names, ", "), more);
  }

  const RunResult& result_;
  const grammar::Sources& sources_;
  const TextOptions& options_;
  Excerpts excerpts_;
  std::string out_;
};

}  // namespace

std::string to_text(const RunResult& result, const grammar::Sources& sources, const TextOptions& options) {
  return TextReport(result, sources, options).run();
}

std::string case_text(const RunResult& result, const grammar::Sources& sources, const CaseResult& one,
                      const TextOptions& options) {
  return TextReport(result, sources, options).one_case(one);
}

std::string list_cases(const RunResult& result, const TextOptions& options) {
  std::string text;
  for (const CaseResult& one : result.cases)
    text +=
        grammar::visible_text(fmt::format("{}{}:{}: {}", options.path_prefix, one.file, one.line, one.title())) + "\n";
  return text;
}

}  // namespace bylaw::runner
