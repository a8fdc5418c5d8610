// SARIF 2.1.0 as GitHub's code scanning reads it: every result has a place, and a fingerprint that lines do not change.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "escape.h"
#include "formats.h"
#include "issues.h"
#include "sarif_rules.h"

namespace bylaw::runner {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostResults = 25000;  // GitHub refuses a file with more
/// A name of our own: services work their own hashes out, and complain of one that is called alike and is another.
constexpr const char* kFingerprint = "bylaw/v1";

/// FNV-1a, 64 bits.
std::string hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("{:016x}", value);
}

/// A text as a message of SARIF: braces are doubled, since they are placeholders (3.11.5), and brackets are escaped
/// where they would be a link (3.11.6).
Json message(std::string_view text) {
  const bool link = text.find("](") != std::string_view::npos;
  std::string out;
  for (const char c : printable(text)) {
    if (link && (c == '[' || c == ']')) out += '\\';
    out += c;
    if (c == '{' || c == '}') out += c;
  }
  return {{"text", out}};
}

Json location(const IssuePlace& place, const ReportOptions& options) {
  const std::string file = place.file.empty() ? options.path_prefix + "bylaw.yaml" : place.file;
  Json region = {{"startLine", std::max(place.line, 1U)}, {"startColumn", std::max(place.column, 1U)}};
  region["endLine"] = std::max({place.end_line, place.line, 1U});
  // Always, since without it the region goes on to the end of the line.
  region["endColumn"] =
      std::max(place.end_line > place.line ? place.end_column : std::max(place.end_column, place.column), 1U);
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
         {"insertedContent", {{"text", edit.replacement}}}});
  }
  Json changes = Json::array();
  for (const auto& [path, replacements] : files)
    changes.push_back({{"artifactLocation", {{"uri", uri(path)}}}, {"replacements", replacements}});
  return {{"description", message(fix.text)}, {"artifactChanges", changes}};
}

Json fixes_of(const Issue& issue, const grammar::Sources& sources, const ReportOptions& options) {
  Json fixes = Json::array();
  if (issue.of_command) return fixes;
  for (const grammar::Fix& one : issue.fixes)
    if (!one.edits.empty() &&
        std::all_of(one.edits.begin(), one.edits.end(), [](const grammar::Edit& edit) { return edit.span.known(); }))
      fixes.push_back(fix(one, sources, options));
  return fixes;
}

Json result_of(const Issue& issue, std::size_t rule, const std::string& fingerprint, const grammar::Sources& sources,
               const ReportOptions& options) {
  Json result = {{"ruleId", info(issue.code).id}, {"ruleIndex", rule}, {"level", issue.error ? "error" : "warning"}};
  result["message"] = message(issue.prose);
  if (!issue.of_command) result["locations"] = Json::array({location(issue.place, options)});
  Json related = Json::array();
  for (const RelatedPlace& place : issue.related) {
    Json one = location(place.place, options);
    if (!place.text.empty()) one["message"] = message(place.text);
    related.push_back(std::move(one));
  }
  if (!related.empty()) result["relatedLocations"] = related;
  result["partialFingerprints"] = {{kFingerprint, fingerprint}};
  const Json fixes = fixes_of(issue, sources, options);
  if (!fixes.empty()) result["fixes"] = fixes;
  return result;
}

Json rule_of(grammar::Code code) {
  const grammar::CodeInfo& row = info(code);
  const RuleTexts texts = rule_texts(row);
  Json help = message(texts.help);
  help["markdown"] = help["text"];
  return {{"id", row.id},
          {"name", row.name},
          {"shortDescription", message(texts.summary)},
          {"fullDescription", message(texts.full)},
          {"help", help},
          {"defaultConfiguration", {{"level", row.severity == grammar::Severity::Error ? "error" : "warning"}}}};
}

Json notification(std::string_view level, std::string_view text) {
  return {{"level", level}, {"message", message(text)}};
}

/// The codes of the issues, each once, in their order.
std::vector<grammar::Code> codes_of(const std::vector<Issue>& issues) {
  std::vector<grammar::Code> codes;
  for (const Issue& issue : issues) codes.push_back(issue.code);
  std::sort(codes.begin(), codes.end(), [](grammar::Code a, grammar::Code b) { return info(a).id < info(b).id; });
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

/// `wrong`: why the run itself was no success; empty if it was one.
std::string document(std::vector<Issue> issues, const std::string& wrong, const grammar::Sources& sources,
                     const ReportOptions& options) {
  const std::size_t left_out = issues.size() - std::min(issues.size(), kMostResults);
  issues.resize(issues.size() - left_out);
  const std::vector<grammar::Code> codes = codes_of(issues);
  Json rules = Json::array();
  for (const grammar::Code code : codes) rules.push_back(rule_of(code));
  Json results = Json::array();
  std::map<std::string, std::size_t> seen;  // two issues may be one but for their lines
  for (const Issue& issue : issues) {
    const auto rule = static_cast<std::size_t>(std::find(codes.begin(), codes.end(), issue.code) - codes.begin());
    const std::string fingerprint = hash(issue.identity);
    results.push_back(result_of(issue, rule, fmt::format("{}:{}", fingerprint, ++seen[fingerprint]), sources, options));
  }
  Json notifications = Json::array();
  if (!wrong.empty()) notifications.push_back(notification("error", wrong));
  if (left_out != 0)
    notifications.push_back(
        notification("note", fmt::format("{} more results are left out: services take {}", left_out, kMostResults)));
  const Json driver = {{"name", "bylaw"}, {"semanticVersion", options.version}, {"rules", rules}};
  Json invocation = {{"executionSuccessful", wrong.empty()}};
  if (!notifications.empty()) invocation["toolExecutionNotifications"] = notifications;
  const Json run = {{"tool", {{"driver", driver}}},
                    {"automationDetails", {{"id", fmt::format("bylaw/{}/", options.command)}}},
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
