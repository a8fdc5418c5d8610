// What mutation testing found, for people and as the documented object.

#include <bylaw/grammar/visible_text.h>
#include <bylaw/runner/mutation.h>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/excerpt.h"

namespace bylaw::runner {

std::string to_text(const MutationResult& result, const MutationTextOptions& options) {
  const TextOptions colours{.colour = options.colour, .quiet = false, .utf8 = true, .path_prefix = {}};
  std::string out;
  for (const Survivor& survivor : result.survivors) {
    const std::string place = fmt::format("{}{}:{}", options.path_prefix, survivor.place.file, survivor.place.line);
    out += fmt::format("{}: {} in {}: {}: {}\n", paint(colours, kBold, place), paint(colours, kRed, "SURVIVES"),
                       survivor.name, grammar::visible_text(survivor.text), survivor.why);
    if (!survivor.scenario.empty()) out += fmt::format("  a scenario that would tell:\n{}", survivor.scenario);
  }
  const std::string since = result.changed_since.empty() ? "" : ", of what changed since " + result.changed_since;
  const auto ms = std::max(static_cast<std::int64_t>(result.ms + 0.5), std::int64_t{1});
  out += fmt::format("{} of {} mutants noticed, {}%{}{}, {} ms\n", result.killed, result.mutants,
                     static_cast<int>(result.percent()), since,
                     result.equivalent == 0 ? "" : fmt::format(" ({} more can change nothing)", result.equivalent), ms);
  return out;
}

std::string to_json(const MutationResult& result, std::string_view version) {
  using Json = nlohmann::ordered_json;
  Json survivors = Json::array();
  for (const Survivor& survivor : result.survivors)
    survivors.push_back({{"file", survivor.place.file},
                         {"line", survivor.place.line},
                         {"column", survivor.place.column},
                         {"name", survivor.name},
                         {"text", survivor.text},
                         {"why", survivor.why},
                         {"scenario", survivor.scenario.empty() ? Json(nullptr) : Json(survivor.scenario)}});
  const Json object = {{"schema", "bylaw.mutate/1"},
                       {"bylaw", version},
                       {"changed_since", result.changed_since.empty() ? Json(nullptr) : Json(result.changed_since)},
                       {"mutants", result.mutants},
                       {"killed", result.killed},
                       {"equivalent", result.equivalent},
                       {"percent", result.percent()},
                       {"ms", result.ms},
                       {"survivors", survivors}};
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bylaw::runner
