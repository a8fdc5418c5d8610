// A page that needs nothing beside it: no script, no other file, light and dark. A file of scenarios is a section, a
// case that did not pass unfolds.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "case_text.h"
#include "escape.h"
#include "formats.h"
#include "grid.h"
#include "issues.h"

namespace bylaw::runner {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --line: #d0d7de; --dim: #59636e; --bad: #b3261e; --good: #1a7f37; --bar: #f6f8fa; --page: #fff; --text: #1f2328; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --dim: #9198a1; --bad: #ff8a80; --good: #57c374; --bar: #161b22; --page: #0d1117; --text: #e6edf3; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; background: var(--page); color: var(--text); }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; font-family: ui-monospace, monospace; }
h2 small, .dim { color: var(--dim); font-weight: normal; }
.bad { color: var(--bad); } .good { color: var(--good); }
.bar { display: flex; height: .5rem; margin: 1rem 0; border-radius: .25rem; overflow: hidden; background: var(--line); }
.bar span { display: block; }
.bar .good { background: var(--good); } .bar .bad { background: var(--bad); }
ul { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: .4rem; }
li { padding: .35rem .75rem; border-top: 1px solid var(--line); }
li:first-child { border-top: 0; }
li > .mark, summary > .mark { display: inline-block; width: 4.5rem; font-weight: 600; font-size: .85em; }
li > .place, summary > .place { float: right; margin-left: 1rem; }
summary { cursor: pointer; }
a { color: inherit; }
pre { background: var(--bar); border-radius: .4rem; padding: .75rem; overflow-x: auto; font: 13px/1.45 ui-monospace, monospace; }
footer { margin: 2rem 0; color: var(--dim); font-size: .85em; }
)";

std::string_view status_word(CaseStatus status) {
  switch (status) {
    case CaseStatus::Passed: return "passed";
    case CaseStatus::Failed: return "failed";
    case CaseStatus::Skipped: return "skipped";
    case CaseStatus::Known: return "known";
  }
  return "";
}

std::string_view status_class(CaseStatus status) {
  switch (status) {
    case CaseStatus::Passed: return "good";
    case CaseStatus::Failed: return "bad";
    case CaseStatus::Skipped:
    case CaseStatus::Known: return "dim";
  }
  return "";
}

class Html {
 public:
  Html(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options)
      : result_(result), sources_(sources), options_(options) {}

  std::string run() {
    const std::string title = html(headline(result_));
    const bool good = result_.exit_status() == 0;
    out_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Bylaw: "
        "{}</title>\n<style>{}</style>\n</head>\n"
        "<body>\n<h1 class=\"{}\">{}</h1>\n",
        title, kStyle, good ? "good" : "bad", title);
    add_bar();
    add_diagnostics();
    add_files();
    add_never_held();
    out_ += fmt::format("<footer>bylaw {}{}</footer>\n</body>\n</html>\n", html(options_.version),
                        result_.bundle.empty() ? "" : " · bundle " + html(result_.bundle.substr(0, 8)));
    return std::move(out_);
  }

 private:
  std::string place(const std::string& file, std::uint32_t line) const {
    const std::string text = html(fmt::format("{}:{}", file, line));
    if (options_.link_base.empty()) return fmt::format("<span class=\"place dim\">{}</span>", text);
    return fmt::format("<a class=\"place\" href=\"{}{}#L{}\">{}</a>", html(options_.link_base),
                       uri(options_.path_prefix + file), line, text);
  }

  void add_bar() {
    const Summary& summary = result_.summary;
    if (summary.total == 0) return;
    const auto part = [&](std::size_t count) {
      return 100.0 * static_cast<double>(count) / static_cast<double>(summary.total);
    };
    out_ += fmt::format(
        "<div class=\"bar\" role=\"img\" aria-label=\"{} passed, {} failed of {}\"><span class=\"good\" "
        "style=\"width:{:.2f}%\"></span><span class=\"bad\" style=\"width:{:.2f}%\"></span></div>\n<p "
        "class=\"dim\">{} passed · {} failed · {} skipped · {} known to fail · {:.0f} ms</p>\n",
        summary.passed, summary.failed, summary.total, part(summary.passed), part(summary.failed), summary.passed,
        summary.failed, summary.skipped, summary.known, summary.ms);
  }

  void add_diagnostics() {
    std::string items;
    for (const Issue& issue : issues_of(result_, sources_, options_)) {
      if (!issue.subject.empty()) continue;
      const std::string where = issue.place.file.size() < options_.path_prefix.size() || issue.place.file.empty()
                                    ? ""
                                    : place(issue.place.file.substr(options_.path_prefix.size()), issue.place.line);
      items += fmt::format("<li>{}<span class=\"mark {}\">{}</span>{}</li>\n", where, issue.error ? "bad" : "dim",
                           info(issue.code).id, html(issue.text));
    }
    if (!items.empty()) out_ += "<h2>Messages</h2>\n<ul>\n" + items + "</ul>\n";
  }

  /// What failed is read first: its files before the others, and in a file before what passed, which is folded away.
  void add_files() {
    std::map<std::string, Cases> files;
    for (const CaseResult& one : result_.cases) files[one.file].push_back(&one);
    for (const bool failing : {true, false})
      for (const auto& [file, cases] : files)
        if ((count(cases, CaseStatus::Failed) != 0) == failing) add_file(file, cases);
  }

  using Cases = std::vector<const CaseResult*>;
  static std::ptrdiff_t count(const Cases& cases, CaseStatus status) {
    return std::count_if(cases.begin(), cases.end(), [&](const CaseResult* one) { return one->status == status; });
  }

  void add_file(const std::string& file, const Cases& cases) {
    const auto passed = count(cases, CaseStatus::Passed), failed = count(cases, CaseStatus::Failed);
    const std::string failures = failed == 0 ? "" : fmt::format("<span class=\"bad\">{} failed</span> of ", failed);
    out_ += fmt::format("<h2>{} <small>{}{}</small></h2>\n", html(file), failures, cases.size());
    if (passed != static_cast<std::ptrdiff_t>(cases.size())) add_cases(cases, false);
    if (passed == 0) return;
    out_ += fmt::format("<details><summary><span class=\"good\">{} passed</span></summary>\n", passed);
    add_cases(cases, true);
    out_ += "</details>\n";
  }

  void add_cases(const Cases& cases, bool passed) {
    out_ += "<ul>\n";
    for (const CaseResult* one : cases) {
      if ((one->status == CaseStatus::Passed) != passed) continue;
      if (one->status == CaseStatus::Failed) add_grid(grids_.before(*one));
      add_case(*one);
    }
    out_ += "</ul>\n";
  }

  void add_grid(const std::string& matrix) {
    if (!matrix.empty()) out_ += fmt::format("<li><pre>{}</pre></li>\n", html(matrix));
  }

  void add_case(const CaseResult& one) {
    const std::string head =
        fmt::format("{}<span class=\"mark {}\">{}</span>{}", place(one.file, one.line), status_class(one.status),
                    status_word(one.status), html(on_one_line(one.title())));
    if (one.status == CaseStatus::Failed) {
      out_ += fmt::format("<li><details open><summary>{}</summary>\n<pre>{}</pre></details></li>\n", head,
                          html(case_text(result_, sources_, one, text_)));
      return;
    }
    const std::string why = one.because.empty() ? "" : fmt::format(" <span class=\"dim\">{}</span>", html(one.because));
    out_ += fmt::format("<li>{}{}</li>\n", head, why);
  }

  void add_never_held() {
    if (!result_.everything || result_.never_held.empty()) return;
    out_ += fmt::format("<h2>Never held <small>{} of {} rules</small></h2>\n<ul>\n", result_.never_held.size(),
                        result_.rules);
    for (const std::string& rule : result_.never_held)
      out_ += fmt::format("<li>{}</li>\n", html(result_.short_name(rule)));
    out_ += "</ul>\n";
  }

  const RunResult& result_;
  const grammar::Sources& sources_;
  const ReportOptions& options_;
  const TextOptions text_{.colour = false, .quiet = false, .utf8 = true, .path_prefix = options_.path_prefix};
  Grids grids_{result_, text_};
  std::string out_;
};

}  // namespace

std::string to_html(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options) {
  return Html(result, sources, options).run();
}

}  // namespace bylaw::runner
