// JUnit XML as Jenkins' xunit plugin has written it down, with `file` and `line` of cases, which GitLab links.
#include <fmt/format.h>

#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "case_text.h"
#include "escape.h"
#include "formats.h"
#include "issues.h"

namespace bylaw::runner {
namespace {

std::string seconds(double ms) {
  return fmt::format("{:.3f}", ms / 1000);
}

/// "scenarios/renew.scenarios.yaml" is the class `scenarios.renew`.
std::string class_name(std::string path) {
  constexpr std::string_view kSuffix = ".scenarios.yaml";
  if (path.ends_with(kSuffix)) path.resize(path.size() - kSuffix.size());
  for (char& c : path)
    if (c == '/') c = '.';
  return path;
}

void set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(printable(value).c_str());
}

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  double ms = 0;

  void write(pugi::xml_node node, bool with_skipped) const {
    set(node, "tests", std::to_string(tests));
    set(node, "failures", std::to_string(failures));
    set(node, "errors", std::to_string(errors));
    if (with_skipped) set(node, "skipped", std::to_string(skipped));
    set(node, "time", seconds(ms));
  }
};

class Junit {
 public:
  Junit(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options)
      : result_(result), sources_(sources), options_(options) {}

  std::string run() {
    pugi::xml_node root = document_.append_child("testsuites");
    set(root, "name", "bylaw");
    std::map<std::string, std::vector<const CaseResult*>> files;
    for (const CaseResult& one : result_.cases) files[one.file].push_back(&one);
    add_refused(root);
    for (const auto& [file, cases] : files) add_file(root, file, cases);
    all_.write(root, false);
    std::ostringstream out;
    document_.save(out, "  ");
    return out.str();
  }

 private:
  pugi::xml_node add_case(pugi::xml_node suite, const std::string& file, std::uint32_t line, const std::string& name) {
    pugi::xml_node node = suite.append_child("testcase");
    set(node, "classname", class_name(file));
    set(node, "name", on_one_line(name));
    set(node, "file", options_.path_prefix + file);
    set(node, "line", std::to_string(line));
    return node;
  }

  /// What did not let the scenarios run: an error for each diagnostic.
  void add_refused(pugi::xml_node root) {
    std::vector<Issue> issues;
    for (Issue& issue : issues_of(result_, sources_, options_))
      if (issue.error && issue.subject.empty()) issues.push_back(std::move(issue));
    const std::string else_wrong = !result_.bug.empty() ? result_.bug
                                   : !ran(result_)      ? headline(result_)
                                                        : std::string();
    if (issues.empty() && else_wrong.empty()) return;
    pugi::xml_node suite = root.append_child("testsuite");
    set(suite, "name", "check");
    Counts counts;
    for (const Issue& issue : issues) {
      pugi::xml_node node = suite.append_child("testcase");
      set(node, "classname", "check");
      set(node, "name", on_one_line(title(issue) + ": " + issue.text));
      if (!issue.place.file.empty()) {
        set(node, "file", issue.place.file);
        set(node, "line", std::to_string(issue.place.line));
      }
      set(node, "time", seconds(0));
      add_outcome(node, "error", title(issue), issue.text, issue.details);
      ++counts.tests, ++counts.errors;
    }
    if (issues.empty()) {
      pugi::xml_node node = suite.append_child("testcase");
      set(node, "classname", "check");
      set(node, "name", "scenarios run");
      set(node, "time", seconds(0));
      add_outcome(node, "error", "nothing ran", else_wrong, "");
      ++counts.tests, ++counts.errors;
    }
    counts.write(suite, true);
    add(counts);
  }

  void add_file(pugi::xml_node root, const std::string& file, const std::vector<const CaseResult*>& cases) {
    pugi::xml_node suite = root.append_child("testsuite");
    set(suite, "name", class_name(file));
    set(suite, "file", options_.path_prefix + file);
    Counts counts;
    for (const CaseResult* one : cases) {
      pugi::xml_node node = add_case(suite, file, one->line, one->title());
      set(node, "time", seconds(one->ms));
      ++counts.tests;
      counts.ms += one->ms;
      switch (one->status) {
        case CaseStatus::Passed: break;
        case CaseStatus::Failed:
          ++counts.failures;
          add_failure(node, *one);
          break;
        case CaseStatus::Skipped:
        case CaseStatus::Known:
          ++counts.skipped;
          add_outcome(node, "skipped", "", why_not(*one), "");
          break;
      }
    }
    counts.write(suite, true);
    add(counts);
  }

  static std::string why_not(const CaseResult& one) {
    if (one.status == CaseStatus::Known) return "known to fail: " + one.because;
    return one.until.empty() ? one.because : fmt::format("{} (until {})", one.because, one.until);
  }

  void add_failure(pugi::xml_node node, const CaseResult& one) {
    const std::string code(one.failures.empty() ? "" : info(one.failures.front().code).id);
    const TextOptions text{.colour = false, .quiet = false, .utf8 = true, .path_prefix = options_.path_prefix};
    add_outcome(node, "failure", code, failure_line(result_, one), case_text(result_, sources_, one, text));
  }

  static void add_outcome(pugi::xml_node node, const char* kind, const std::string& type, const std::string& message,
                          const std::string& text) {
    pugi::xml_node outcome = node.append_child(kind);
    if (!type.empty()) set(outcome, "type", type);
    set(outcome, "message", on_one_line(message));
    if (!text.empty()) outcome.append_child(pugi::node_pcdata).set_value(printable(text).c_str());
  }

  void add(const Counts& counts) {
    all_.tests += counts.tests;
    all_.failures += counts.failures;
    all_.errors += counts.errors;
    all_.ms += counts.ms;
  }

  const RunResult& result_;
  const grammar::Sources& sources_;
  const ReportOptions& options_;
  pugi::xml_document document_;
  Counts all_;
};

}  // namespace

std::string to_junit(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options) {
  return Junit(result, sources, options).run();
}

}  // namespace bylaw::runner
