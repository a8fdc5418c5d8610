#include <bylaw/runner/coverage.h>

#include <nlohmann/json.hpp>

namespace bylaw::runner {
namespace {

using Json = nlohmann::ordered_json;

Json place_json(const SourcePlace& place) {
  return {{"file", place.file},
          {"line", place.line},
          {"column", place.column},
          {"end_line", place.end_line},
          {"end_column", place.end_column}};
}

Json point_json(const CoverPoint& point) {
  Json counts = Json::object();
  for (const CoverAspect& aspect : point.aspects) counts[aspect.name] = aspect.count;
  return {{"kind", metric_name(point.kind)},
          {"name", point.name},
          {"path", point.path},
          {"guard", point.of_guard},
          {"text", point.text},
          {"through", point.through.empty() ? Json(nullptr) : Json(point.through)},
          {"place", place_json(point.place)},
          {"definition", place_json(point.definition)},
          {"counts", counts},
          {"covered", point.covered()},
          {"why", point.why.empty() ? Json(nullptr) : Json(point.why)}};
}

}  // namespace

std::string to_json(const CoverageResult& coverage, std::string_view version) {
  Json metrics = Json::object();
  for (const CoverMetric& metric : coverage.metrics)
    metrics[std::string(metric_name(metric.kind))] = {
        {"covered", metric.covered}, {"total", metric.total}, {"percent", metric.percent()}};
  Json points = Json::array();
  for (const CoverPoint& point : coverage.points) points.push_back(point_json(point));
  const Json object = {{"schema", "bylaw.cover/1"},
                       {"bylaw", version},
                       {"scenarios", coverage.scenarios},
                       {"changed_since", coverage.changed_since.empty() ? Json(nullptr) : Json(coverage.changed_since)},
                       {"metrics", metrics},
                       {"points", points}};
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bylaw::runner
