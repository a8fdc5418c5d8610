// A result as the documented object, `bylaw.test/1`: every key is always there, those of later features are empty.

#include <bylaw/runner/diagnostics_json.h>
#include <bylaw/runner/render.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace bylaw::runner {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kBundleDigits = 8;

std::string_view status_word(CaseStatus status) {
  switch (status) {
    case CaseStatus::Passed: return "passed";
    case CaseStatus::Failed: return "failed";
    case CaseStatus::Skipped: return "skipped";
    case CaseStatus::Known: return "known";
  }
  return "";
}

Json failure_json(const CaseFailure& failure) {
  return {{"code", grammar::info(failure.code).id}, {"key", failure.key},       {"line", failure.line},
          {"expected", failure.expected},           {"actual", failure.actual}, {"text", failure.text}};
}

Json near_miss_json(const CaseResult& one) {
  if (!one.near_miss) return nullptr;
  const NearMiss& near = *one.near_miss;
  const Json change = one.changes.empty() ? Json(nullptr) : Json(one.changes.front().text);
  return {{"rule", near.rule},           {"file", near.place.file},
          {"line", near.place.line},     {"column", near.place.column},
          {"condition", near.condition}, {"element", near.element.empty() ? Json(nullptr) : Json(near.element)},
          {"also", near.also},           {"change", change}};
}

Json changes_json(const std::vector<RequestChange>& changes) {
  Json list = Json::array();
  for (const RequestChange& change : changes) list.push_back({{"text", change.text}, {"now", change.now}});
  return list;
}

Json report_json(const Report& report) {
  ReportFrame frame;
  frame.schema = false;
  return Json::parse(to_json(report, frame), nullptr, false);
}

Json property_json(const std::optional<PropertyResult>& property) {
  if (!property) return nullptr;
  return {{"runs", property->runs},
          {"discarded", property->discarded},
          {"all", property->all},
          {"seed", property->seed},
          {"found", property->found},
          {"simpler", property->simpler},
          {"scenario", property->scenario.empty() ? Json(nullptr) : Json(property->scenario)}};
}

Json case_json(const CaseResult& one, bool listed) {
  Json cell = Json::object();
  for (const auto& [column, text] : one.cell) cell[column] = text;
  Json failures = Json::array();
  for (const CaseFailure& failure : one.failures) failures.push_back(failure_json(failure));
  return {{"name", one.name},
          {"cell", cell},
          {"group", one.group ? Json(*one.group) : Json(nullptr)},
          {"file", one.file},
          {"line", one.line},
          {"decision", one.decision},
          {"tags", one.tags},
          {"property", property_json(one.property)},
          {"status", listed ? "listed" : status_word(one.status)},
          {"because", one.because.empty() ? Json(nullptr) : Json(one.because)},
          {"ms", one.ms},
          {"result", one.status == CaseStatus::Skipped ? Json(nullptr) : report_json(one.report)},
          {"failures", failures},
          {"near_miss", near_miss_json(one)},
          {"changes", changes_json(one.changes)}};
}

Json gates_json(const std::vector<GateResult>& gates) {
  Json list = Json::array();
  for (const GateResult& gate : gates)
    list.push_back({{"name", gate.name}, {"want", gate.want}, {"have", gate.have}, {"met", gate.met()}});
  return list;
}

Json summary_json(const Summary& summary) {
  return {{"total", summary.total},           {"passed", summary.passed}, {"failed", summary.failed},
          {"skipped", summary.skipped},       {"known", summary.known},   {"files", summary.files},
          {"properties", summary.properties}, {"runs", summary.runs},     {"ms", summary.ms}};
}

}  // namespace

std::string to_json(const RunResult& result, const grammar::Sources& sources, std::string_view version) {
  Json cases = Json::array();
  for (const CaseResult& one : result.cases) cases.push_back(case_json(one, result.listed));
  Json object = {{"schema", "bylaw.test/1"},
                 {"bylaw", version},
                 {"bundle", result.bundle.substr(0, kBundleDigits)},
                 {"summary", summary_json(result.summary)},
                 {"nothing_ran", result.nothing_ran.empty() ? Json(nullptr) : Json(result.nothing_ran)},
                 {"cases", cases},
                 {"never_held", result.never_held},
                 {"gates", gates_json(result.gates)},
                 {"coverage", result.coverage ? Json::parse(to_json(*result.coverage, version)) : Json(nullptr)},
                 {"mutation", result.mutation ? Json::parse(to_json(*result.mutation, version)) : Json(nullptr)}};
  object["diagnostics"] = Json::parse(diagnostics_to_json(result.diagnostics.sorted(sources), sources), nullptr, false);
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace bylaw::runner
