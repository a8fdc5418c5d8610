// What `bylaw ci` found, for a pull request.
#include <bylaw/grammar/diagnostics/warnings.h>
#include <fmt/format.h>

#include <algorithm>

#include "escape.h"
#include "formats.h"
#include "issues.h"

namespace bylaw::runner {
namespace {

std::string_view sign(StepState state) {
  switch (state) {
    case StepState::Passed: return "✅";
    case StepState::Failed: return "❌";
    case StepState::Told: return "⏳";
    case StepState::NotRun: return "➖";
  }
  return "";
}

bool ends(const grammar::Diagnostic& diagnostic) {
  return diagnostic.code == grammar::codes::EntryEnds || diagnostic.code == grammar::codes::PolicyEnds;
}

class CiMarkdown {
 public:
  CiMarkdown(const CiResult& result, const ReportOptions& options) : result_(result), options_(options) {}

  std::string run(const grammar::Sources& checked, const grammar::Sources& played) {
    out_ = fmt::format("### Bylaw: {}\n\n| step | |\n| --- | --- |\n", markdown(headline(result_)));
    for (const Step& step : result_.steps)
      out_ += fmt::format("| {} {} | {} |\n", sign(step.state), markdown(step.name), markdown(step.text));
    add_unformatted();
    add_diagnostics(checked, false, "What `check` says");
    add_diagnostics(checked, true, "What ends");
    add_changes();
    add_coverage();
    add_survivors();
    if (result_.run != nullptr && result_.run->summary.failed != 0)
      out_ += "\n" + to_markdown(*result_.run, played, options_);
    return std::move(out_);
  }

 private:
  std::string link(const std::string& file, std::uint32_t line) const {
    const std::string text = markdown(fmt::format("{}:{}", file, line));
    return options_.link_base.empty() ? text : fmt::format("[{}]({}{}#L{})", text, options_.link_base, uri(file), line);
  }

  void add_unformatted() {
    if (result_.unformatted.empty()) return;
    out_ += "\n#### Not formatted\n\n`bylaw fmt` does it:\n";
    for (const std::string& path : result_.unformatted) out_ += fmt::format("- {}\n", link(path, 1));
  }

  void add_diagnostics(const grammar::Sources& sources, bool ending, std::string_view title) {
    std::vector<grammar::Diagnostic> told;
    for (const grammar::Diagnostic& diagnostic : result_.diagnostics)
      if (ends(diagnostic) == ending) told.push_back(diagnostic);
    if (told.empty()) return;
    out_ += fmt::format("\n#### {}\n\n", title);
    const std::vector<Issue> issues = issues_of(told, sources, options_);
    for (const Issue& issue : issues) {
      const std::string where = issue.place.file.empty() ? "" : link(issue.place.file, issue.place.line) + " ";
      out_ += fmt::format("- {}**{}** {}\n", where, info(issue.code).id, markdown(issue.text));
      if (ending && !issue.details.empty()) out_ += fmt::format("  <br>{}\n", markdown(issue.details));
    }
  }

  /// Gains, and what may be one, are never left out.
  void add_changes() {
    if (!result_.difference || result_.difference->changed.empty()) return;
    static constexpr const char* kSigns[] = {"➕", "❔", "➖", "✏️"};
    out_ += fmt::format(
        "\n#### What this change does\n\n{}.\n\n| | scenario | before | after |\n| --- | --- | --- | --- |\n",
        markdown(headline(*result_.difference)));
    std::size_t left_out = 0;
    for (const OtherDecision& one : result_.difference->changed) {
      if (one.kind > DifferenceKind::Unasked && out_.size() > kMostBytes) {
        ++left_out;
        continue;
      }
      out_ +=
          fmt::format("| {} | {}<br>{} | {} | {} |\n", kSigns[static_cast<std::size_t>(one.kind)], markdown(one.title),
                      link(options_.path_prefix + one.file, one.line), markdown(one.before), markdown(one.after));
    }
    if (left_out != 0) out_ += fmt::format("\nand {} more\n", left_out);
  }

  void add_coverage() {
    if (result_.run == nullptr || !result_.run->coverage) return;
    const CoverageResult& coverage = *result_.run->coverage;
    const auto of = [](const CoverMetric& metric) {
      return metric.total == 0 ? std::string("none") : fmt::format("{} of {}", metric.covered, metric.total);
    };
    const bool changed = !coverage.changed_since.empty();
    out_ += fmt::format("\n#### Coverage\n\n| | covered |{}\n| --- | --- |{}\n", changed ? " of what changed |" : "",
                        changed ? " --- |" : "");
    for (std::size_t i = 0; i < result_.run->metrics.size(); ++i) {
      const CoverMetric& metric = result_.run->metrics[i];
      if (metric.total == 0) continue;
      out_ += fmt::format("| {} | {} |{}\n", metric_name(metric.kind), of(metric),
                          changed ? fmt::format(" {} |", of(coverage.metrics[i])) : "");
    }
    add_uncovered(coverage);
  }

  void add_uncovered(const CoverageResult& coverage) {
    constexpr std::size_t kMostPoints = 20;
    std::size_t told = 0;
    for (const CoverPoint& point : coverage.points) {
      if (point.covered()) continue;
      if (++told > kMostPoints) continue;
      const std::string about = fmt::format("{} of {}: {}", point.text, point.name, point.why);
      out_ += fmt::format("{}- {} {}\n", told == 1 ? "\n" : "",
                          link(options_.path_prefix + point.place.file, point.place.line), markdown(about));
    }
    if (told > kMostPoints) out_ += fmt::format("- and {} more\n", told - kMostPoints);
  }

  void add_survivors() {
    if (result_.run == nullptr || !result_.run->mutation || result_.run->mutation->survivors.empty()) return;
    constexpr std::size_t kMostSurvivors = 20;
    const std::vector<Survivor>& survivors = result_.run->mutation->survivors;
    out_ += "\n#### Changes that no scenario notices\n\n";
    for (std::size_t i = 0; i < std::min(survivors.size(), kMostSurvivors); ++i)
      out_ += fmt::format("- {} {}\n", link(options_.path_prefix + survivors[i].place.file, survivors[i].place.line),
                          markdown(fmt::format("in {}: {}", survivors[i].name, survivors[i].text)));
    if (survivors.size() > kMostSurvivors) out_ += fmt::format("- and {} more\n", survivors.size() - kMostSurvivors);
  }

  static constexpr std::size_t kMostBytes = 400000;  // a summary may have 1 MiB; what failed comes behind

  const CiResult& result_;
  const ReportOptions& options_;
  std::string out_;
};

}  // namespace

std::string headline(const CiResult& result) {
  std::string failed;
  std::size_t count = 0;
  for (const Step& step : result.steps) {
    if (step.state != StepState::Failed) continue;
    failed += (failed.empty() ? "" : ", ") + step.name;
    ++count;
  }
  if (count == 0) return fmt::format("all {} steps passed", result.steps.size());
  return fmt::format("{} of {} steps failed: {}", count, result.steps.size(), failed);
}

std::string ci_to_markdown(const CiResult& result, const grammar::Sources& checked, const grammar::Sources& played,
                           const ReportOptions& options) {
  return CiMarkdown(result, options).run(checked, played);
}

}  // namespace bylaw::runner
