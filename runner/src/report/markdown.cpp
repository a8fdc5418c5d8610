// A summary for a pull request: a table of what failed, the texts folded below it, and what no scenario has shown.
#include <fmt/format.h>

#include "case_text.h"
#include "escape.h"
#include "formats.h"
#include "grid.h"
#include "issues.h"

namespace bylaw::runner {
namespace {

// GitHub takes 1 MiB a step; cut between cases, well before it.
constexpr std::size_t kMostBytes = 900'000;
constexpr std::size_t kMostRulesNamed = 20;

class Markdown {
 public:
  Markdown(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options)
      : result_(result), sources_(sources), options_(options) {}

  std::string run() {
    out_ = fmt::format("### Bylaw: {}\n", markdown(headline(result_)));
    add_diagnostics();
    add_table();
    add_texts();
    add_others();
    add_never_held();
    return std::move(out_);
  }

 private:
  bool full() const { return out_.size() > kMostBytes; }

  std::string place(const std::string& file, std::uint32_t line) const {
    const std::string text = markdown(fmt::format("{}:{}", file, line));
    if (options_.link_base.empty()) return text;
    return fmt::format("[{}]({}{}#L{})", text, options_.link_base, uri(options_.path_prefix + file), line);
  }

  void add_diagnostics() {
    std::size_t left_out = 0;
    bool any = false;
    for (const Issue& issue : issues_of(result_, sources_, options_)) {
      if (!issue.subject.empty()) continue;
      if (full()) {
        ++left_out;
        continue;
      }
      if (!std::exchange(any, true)) out_ += "\n";
      const std::string where =
          issue.place.file.empty()
              ? ""
              : place(issue.place.file.substr(options_.path_prefix.size()), issue.place.line) + " ";
      out_ += fmt::format("- {}**{}** {}\n", where, info(issue.code).id, markdown(issue.text));
    }
    if (left_out != 0) out_ += fmt::format("- and {} more\n", left_out);
  }

  void add_table() {
    std::size_t left_out = 0;
    bool any = false;
    for (const CaseResult& one : result_.cases) {
      if (one.status != CaseStatus::Failed) continue;
      if (full()) {
        ++left_out;
        continue;
      }
      if (!std::exchange(any, true)) out_ += "\n| scenario | expected | actual |\n| --- | --- | --- |\n";
      out_ += fmt::format("| {}<br>{} | {} | {} |\n", markdown(one.title()), place(one.file, one.line),
                          markdown(expected_verdict(result_, one)), actual(one));
    }
    if (left_out != 0) out_ += fmt::format("\nand {} more that failed\n", left_out);
  }

  std::string actual(const CaseResult& one) const {
    std::string text = markdown(actual_verdict(result_, one));
    for (const Decider& decider : one.deciders) text += "<br>" + place(decider.file, decider.line);
    return text;
  }

  void add_texts() {
    const TextOptions text{.colour = false, .quiet = false, .utf8 = true, .path_prefix = options_.path_prefix};
    Grids grids(result_, text);
    std::size_t left_out = 0;
    for (const CaseResult& one : result_.cases) {
      if (one.status != CaseStatus::Failed) continue;
      if (full()) {
        ++left_out;
        continue;
      }
      if (const std::string matrix = grids.before(one); !matrix.empty())
        out_ += fmt::format("\n<pre>\n{}</pre>\n", preformatted(matrix));
      out_ +=
          fmt::format("\n<details><summary>{}</summary>\n\n<pre>\n{}</pre>\n</details>\n",
                      preformatted(on_one_line(one.title())), preformatted(case_text(result_, sources_, one, text)));
    }
    if (left_out != 0) out_ += fmt::format("\n{} texts are left out here; the log has them.\n", left_out);
  }

  /// Within `<pre>` an empty line would end the markup, and `@` might still tell somebody.
  static std::string preformatted(std::string_view text) {
    std::string out;
    for (const char c : html(text)) {
      if (c == '\n' && out.ends_with('\n')) out += "&#8203;";
      if (c == '@')
        out += "&#64;";
      else
        out += c;
    }
    return out;
  }

  void add_others() {
    bool any = false;
    for (const CaseResult& one : result_.cases) {
      if ((one.status != CaseStatus::Skipped && one.status != CaseStatus::Known) || full()) continue;
      if (!std::exchange(any, true)) out_ += "\n";
      out_ += fmt::format("- {}: {} {}{}{}\n", one.status == CaseStatus::Known ? "known to fail" : "skipped",
                          markdown(one.title()), place(one.file, one.line),
                          one.because.empty() ? "" : ": " + markdown(one.because),
                          one.until.empty() ? "" : " (until " + markdown(one.until) + ")");
    }
  }

  void add_never_held() {
    if (!result_.everything || result_.never_held.empty()) return;
    out_ += fmt::format("\n{} of {} rules never held:", result_.never_held.size(), result_.rules);
    for (std::size_t i = 0; i < std::min(result_.never_held.size(), kMostRulesNamed); ++i)
      out_ += fmt::format("{} {}", i == 0 ? "" : ",", markdown(result_.short_name(result_.never_held[i])));
    if (result_.never_held.size() > kMostRulesNamed)
      out_ += fmt::format(" and {} more", result_.never_held.size() - kMostRulesNamed);
    out_ += "\n";
  }

  const RunResult& result_;
  const grammar::Sources& sources_;
  const ReportOptions& options_;
  std::string out_;
};

}  // namespace

std::string to_markdown(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options) {
  return Markdown(result, sources, options).run();
}

}  // namespace bylaw::runner
