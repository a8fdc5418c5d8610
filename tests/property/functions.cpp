// Functions that are built in, at their edges: over all pairs of edge values, in engine and judge, and where the answer
// is known by heart, against it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reference/engine.h"

namespace {

using namespace bylaw::reference;
using nlohmann::json;

constexpr const char* kNumbers = R"(module edges
enum Level { low < mid < high }
decision ask { i: Int  j: Int  d: Duration  e: Duration  t: Time  u: Time  a: Level  b: Level  default allow }
policy values for ask {
  deny min        because "{min(i, j)} {min(d, e)} {min(t, u)} {min(a, b)} {min(a, mid)} {min(mid, b)}"
  deny max        because "{max(i, j)} {max(d, e)} {max(t, u)} {max(a, b)} {max(low, a)}"
  deny div        because "{div(i, 1)} {div(i, -1)} {div(i, 7)} {div(i, -7)} {div(i, 9223372036854775807)} {div(i, -9223372036854775808)}"
  deny mod        because "{mod(i, 1)} {mod(i, -1)} {mod(i, 7)} {mod(i, -7)} {mod(i, 9223372036854775807)} {mod(i, -9223372036854775808)}"
  deny both       when div(i, 3) * 3 + mod(i, 3) == i and (mod(i, 3) in 0..2)  because "x"
  deny folded     because "{div(-7, 2)} {mod(-7, 2)} {div(7, -2)} {mod(7, -2)} {div(-9223372036854775808, -1)} {min(1, 2)} {max(Level.low, high)}"
}
)";

/// Every request in engine and judge; what differs first, empty if nothing does.
std::string differences(const Engine& engine, const std::vector<json>& requests) {
  for (const json& request : requests) {
    const std::string differs =
        difference(engine.decide("edges.ask", request, {}), engine.judge("edges.ask", request, {}));
    if (!differs.empty()) return request.dump() + "\n" + differs;
  }
  return {};
}

/// The message of a rule.
std::string message(const Engine& engine, const json& request, const std::string& rule) {
  const json answer = engine.decide("edges.ask", request, {});
  for (const json& message : answer.at("messages"))
    if (message.at("rule") == "edges.values." + rule) return message.at("text");
  return "the rule does not hold: " + answer.dump();
}

}  // namespace

TEST_CASE("min, max, div and mod at edge values: engine and judge agree") {
  std::string problem;
  const auto engine = Engine::compile({{"edges.bylaw", kNumbers}}, problem);
  REQUIRE_MESSAGE(engine, problem);
  const std::vector<std::int64_t> ints = {0, 1, -1, 6, 7, 8, -6, -7, -8, INT64_MAX, INT64_MIN, INT64_MIN + 1};
  const std::vector<std::string> durations = {"0s", "1us", "-1us", "30d"};
  const std::vector<std::string> times = {"0001-01-01T00:00:00Z", "2024-02-29T12:00:00Z",
                                          "9999-12-31T23:59:59.999999Z"};
  const std::vector<std::string> levels = {"low", "mid", "high"};
  std::vector<json> requests;
  for (std::size_t x = 0; x < ints.size(); ++x)
    for (std::size_t y = 0; y < ints.size(); ++y)
      requests.push_back({{"i", ints[x]},
                          {"j", ints[y]},
                          {"d", durations[x % 4]},
                          {"e", durations[y % 4]},
                          {"t", times[x % 3]},
                          {"u", times[y % 3]},
                          {"a", levels[x % 3]},
                          {"b", levels[y % 3]}});
  CHECK(differences(*engine, requests) == "");
  json request = requests.front();
  CHECK(message(*engine, request, "folded") == "-4 1 -4 -1 9223372036854775807 1 high");
  request["i"] = INT64_MIN;
  CHECK(message(*engine, request, "div") ==
        "-9223372036854775808 9223372036854775807 -1317624576693539402 1317624576693539401 -2 1");
  CHECK(message(*engine, request, "mod") == "0 0 6 -1 9223372036854775806 0");
}
