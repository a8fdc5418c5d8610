// SARIF 2.1.0 as GitHub's code scanning reads it: every result has a place, and a fingerprint that lines do not change.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "escape.h"
#include "formats.h"
#include "issues.h"

namespace bylaw::runner {
namespace {

using Json = nlohmann::ordered_json;

/// FNV-1a, 64 bits.
std::string hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("{:016x}", value);
}

Json location(const IssuePlace& place, const ReportOptions& options) {
  const std::string file = place.file.empty() ? options.path_prefix + "bylaw.yaml" : place.file;
  Json region = {{"startLine", std::max(place.line, 1U)}, {"startColumn", std::max(place.column, 1U)}};
  region["endLine"] = std::max({place.end_line, place.line, 1U});
  if (place.end_line > place.line || place.end_column > place.column)
    region["endColumn"] = std::max(place.end_column, 1U);
  return {{"physicalLocation", {{"artifactLocation", {{"uri", uri(file)}}}, {"region", region}}}};
}

Json fix(const grammar::Fix& fix, const grammar::Sources& sources, const ReportOptions& options) {
  std::map<std::string, Json> files;
  for (const grammar::Edit& edit : fix.edits) {
    const grammar::SourceFile& file = sources[edit.span.source];
    const grammar::LineColumn begin = file.place(edit.span.begin), end = file.place(edit.span.end);
    Json& replacements = files[options.path_prefix + file.path()];
    replacements.push_back(
        {{"deletedRegion",
          {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}}},
         {"insertedContent", {{"text", printable(edit.replacement)}}}});
  }
  Json changes = Json::array();
  for (const auto& [path, replacements] : files)
    changes.push_back({{"artifactLocation", {{"uri", uri(path)}}}, {"replacements", replacements}});
  return {{"description", {{"text", printable(fix.text)}}}, {"artifactChanges", changes}};
}

Json result_of(const Issue& issue, std::size_t rule, const grammar::Sources& sources, const ReportOptions& options) {
  const std::string subject = issue.subject.empty() ? "" : issue.subject + ": ";
  Json result = {{"ruleId", info(issue.code).id}, {"ruleIndex", rule}, {"level", issue.error ? "error" : "warning"}};
  result["message"] = {{"text", printable(subject + issue.text + (issue.details.empty() ? "" : "\n" + issue.details))}};
  result["locations"] = Json::array({location(issue.place, options)});
  Json related = Json::array();
  for (const RelatedPlace& place : issue.related) {
    Json one = location(place.place, options);
    if (!place.text.empty()) one["message"] = {{"text", printable(place.text)}};
    related.push_back(std::move(one));
  }
  if (!related.empty()) result["relatedLocations"] = related;
  result["partialFingerprints"] = {{"primaryLocationLineHash", hash(issue.identity) + ":1"}};
  Json fixes = Json::array();
  for (const grammar::Fix& one : issue.fixes)
    if (!one.edits.empty() &&
        std::all_of(one.edits.begin(), one.edits.end(), [](const grammar::Edit& edit) { return edit.span.known(); }))
      fixes.push_back(fix(one, sources, options));
  if (!fixes.empty()) result["fixes"] = fixes;
  return result;
}

/// What every message of the code says; "unknown key" where the text has holes for names.
std::string meaning(const grammar::CodeInfo& row) {
  if (row.text.find('{') == std::string_view::npos) return std::string(row.text);
  std::string words;
  for (const char c : row.name) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !words.empty()) words += ' ';
    words += capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

Json rule_of(grammar::Code code) {
  const grammar::CodeInfo& row = info(code);
  const std::string text = meaning(row);
  return {{"id", row.id},
          {"name", row.name},
          {"shortDescription", {{"text", text}}},
          {"help", {{"text", text}, {"markdown", markdown(text)}}},
          {"defaultConfiguration", {{"level", row.severity == grammar::Severity::Error ? "error" : "warning"}}}};
}

/// `wrong`: why the run itself was no success; empty if it was one.
std::string document(const std::vector<Issue>& issues, const std::string& wrong, const grammar::Sources& sources,
                     const ReportOptions& options) {
  std::vector<grammar::Code> codes;
  for (const Issue& issue : issues) codes.push_back(issue.code);
  std::sort(codes.begin(), codes.end(), [](grammar::Code a, grammar::Code b) { return info(a).id < info(b).id; });
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  Json rules = Json::array();
  for (const grammar::Code code : codes) rules.push_back(rule_of(code));
  Json results = Json::array();
  for (const Issue& issue : issues) {
    const auto rule = static_cast<std::size_t>(std::find(codes.begin(), codes.end(), issue.code) - codes.begin());
    results.push_back(result_of(issue, rule, sources, options));
  }
  const Json driver = {{"name", "bylaw"}, {"semanticVersion", options.version}, {"rules", rules}};
  Json invocation = {{"executionSuccessful", wrong.empty()}};
  if (!wrong.empty())
    invocation["toolExecutionNotifications"] =
        Json::array({{{"level", "error"}, {"message", {{"text", printable(wrong)}}}}});
  const Json run = {{"tool", {{"driver", driver}}},
                    {"columnKind", "unicodeCodePoints"},
                    {"invocations", Json::array({invocation})},
                    {"results", results}};
  const Json log = {
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string to_sarif(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options) {
  const bool successful = result.bug.empty() && !result.diagnostics.has_errors() && ran(result);
  return document(issues_of(result, sources, options), successful ? "" : headline(result), sources, options);
}

std::string check_to_sarif(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                           const ReportOptions& options) {
  return document(issues_of(diagnostics, sources, options), "", sources, options);
}

}  // namespace bylaw::runner
