// What `bylaw ci` found, for a pull request.
#include <bylaw/grammar/diagnostics/warnings.h>
#include <fmt/format.h>

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
