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

namespace {

constexpr const char* kDecimals = R"(module edges
entity Team in Team { cost: Decimal?  inherit max }
const fee: Decimal = 2.5
decision ask {
  a: Decimal  b: Decimal = 1.5  i: Int  few: Set<Decimal>  maybe: Decimal?  team: Team
  obliges rate: Decimal by min
  default allow
}
policy values for ask {
  deny sum        because "{a + b} {a - b} {b - a} {-a} {a + b - a * b}"
  deny product    because "{a * b} {a * a} {a * 0.0001} {a * -1.0} {a * 922337203685477.5807}"
  deny least      because "{min(a, b)} {max(a, b)} {maybe ?? fee} {if a > b then a else b}"
  deny lifted     because "{decimal(i)} {decimal(i) * 0.5}"
  deny set        because "{few} {team.cost ?? -0.0001}"
  deny compared   when a < b or (a == b and a in few)  because "x"
  deny between    when a in -1.0..b and few within 0.0..10.0  because "x"
  deny folded     because "{0.3333 * 0.5} {-0.3333 * 0.5} {922337203685477.5807 + 1.0} {-922337203685477.5808 - 0.0001} {decimal(9223372036854775807)} {1_000.5} {-922337203685477.5808 * -1.0}"
  oblige rate     rate = a * b
  oblige other    rate = fee
}
)";

constexpr const char* kTimes = R"(module edges
decision ask { t: Time  n: Int  default allow }
policy values for ask {
  deny months   because "{add_months(t, n)} {add_months(t, 1)} {add_months(t, -1)} {add_months(t, 13)}"
  deny years    because "{add_years(t, n)} {add_years(t, 1)} {add_years(t, -4)}"
  deny parts    because "{year(t)} {month(t)} {day(t)} {hour(t)} {minute(t)} {weekday(t)}"
  deny offset   because "{hour(t + 2h)} {weekday(t + 2h)} {day(t - 8h)}"
  deny weekend  when weekday(t) in {saturday, sunday} or weekday(t) == Weekday.monday or weekday(t) in tuesday..friday  because "x"
  deny folded   because "{add_months(2024-01-31, 1)} {add_months(2023-03-31, -1)} {add_years(2024-02-29, 1)} {add_years(2024-02-29, 4)} {weekday(1970-01-01)} {weekday(2000-02-29)} {year(9999-12-31)} {add_years(9999-12-31, 1)} {add_months(0001-01-31, -1)}"
}
)";

constexpr const char* kQuantities = R"(module edges
decision ask { s: String  default allow }
policy values for ask {
  let q = quantity(s)
  deny value   because "{quantity(s) ?? -1.0} {q ?? -2.0}"
  deny set     when q is set and q > 0.5  because "{q}"
  deny unset   when quantity(s) is unset  because "no number"
  deny inside  when (quantity(s) ?? 0.0) in 0.1..2.0  because "x"
  deny folded  because "{quantity("500m") ?? -1.0} {quantity("1.5Gi") ?? -1.0} {quantity("100n") ?? -1.0} {quantity("1e3") ?? -1.0}"
}
)";

}  // namespace

TEST_CASE("Decimals at edge values: engine and judge agree") {
  std::string problem;
  const auto engine = Engine::compile({{"edges.bylaw", kDecimals}}, problem);
  REQUIRE_MESSAGE(engine, problem);
  const std::vector<json> decimals = {
      0, 1, -1, 1.5, 0.0001, -0.0001, 0.3333, -0.25, 1e6, 12345.6789, 922337203685477.5, -922337203685477.5};
  const std::vector<std::int64_t> ints = {0, 1, -1, 922337203685477, 922337203685478, INT64_MAX, INT64_MIN};
  std::vector<json> requests;
  for (std::size_t x = 0; x < decimals.size(); ++x)
    for (std::size_t y = 0; y < decimals.size(); ++y) {
      json few = json::array();
      for (std::size_t n = 0; n < x % 4; ++n) few.push_back(decimals[(x + n * y) % decimals.size()]);
      json team = {{"id", "a"}, {"in", json::array({{{"id", "b"}, {"in", json::array()}, {"cost", decimals[y]}}})}};
      if (y % 2 == 0) team["cost"] = decimals[x];
      json request = {{"a", decimals[x]}, {"i", ints[(x + y) % ints.size()]}, {"few", few}, {"team", team}};
      if (y % 3 != 0) request["b"] = decimals[y];
      if (x % 2 == 0) request["maybe"] = decimals[y];
      requests.push_back(request);
    }
  CHECK(differences(*engine, requests) == "");
  CHECK(message(*engine, requests.front(), "folded") ==
        "0.1666 -0.1666 922337203685477.5807 -922337203685477.5808 922337203685477.5807 1000.5 922337203685477.5807");
}

TEST_CASE("calendar functions at edge values: engine and judge agree") {
  std::string problem;
  const auto engine = Engine::compile({{"edges.bylaw", kTimes}}, problem);
  REQUIRE_MESSAGE(engine, problem);
  const std::vector<std::string> times = {
      "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z",
      "2024-02-29T12:34:56Z", "1900-02-28T23:00:00Z",        "2000-02-29T22:30:00Z", "2023-01-31T00:00:00.5Z",
      "2024-12-31T01:00:00Z", "9996-02-29T00:00:00Z"};
  const std::vector<std::int64_t> numbers = {0, 1, -1, 12, 11, -13, 48, 4800, 119987, -119987, INT64_MAX, INT64_MIN};
  std::vector<json> requests;
  for (const std::string& t : times)
    for (const std::int64_t n : numbers) requests.push_back({{"t", t}, {"n", n}});
  CHECK(differences(*engine, requests) == "");
  CHECK(message(*engine, requests.front(), "folded") ==
        "2024-02-29T00:00:00Z 2023-02-28T00:00:00Z 2025-02-28T00:00:00Z 2028-02-29T00:00:00Z thursday tuesday 9999 "
        "9999-12-31T23:59:59.999999Z 0001-01-01T00:00:00Z");
  CHECK(message(*engine, {{"t", "2024-02-29T23:30:00Z"}, {"n", 0}}, "parts") == "2024 2 29 23 30 thursday");
  CHECK(message(*engine, {{"t", "2024-02-29T23:30:00Z"}, {"n", 0}}, "offset") == "1 friday 29");
}

TEST_CASE("quantities: engine and judge agree") {
  std::string problem;
  const auto engine = Engine::compile({{"edges.bylaw", kQuantities}}, problem);
  REQUIRE_MESSAGE(engine, problem);
  const std::vector<std::pair<std::string, std::string>> known = {
      {"500m", "0.5"},
      {"0.5", "0.5"},
      {"2", "2.0"},
      {"1k", "1000.0"},
      {"1Ki", "1024.0"},
      {"1.5Gi", "1610612736.0"},
      {"100u", "0.0001"},
      {"10u", "-1.0"},
      {"0n", "0.0"},
      {"100000n", "0.0001"},
      {"1n", "-1.0"},
      {"", "-1.0"},
      {".5", "0.5"},
      {"7.", "7.0"},
      {".", "-1.0"},
      {"1.2.3", "-1.0"},
      {"1e3", "-1.0"},
      {"-1", "-1.0"},
      {"+1", "-1.0"},
      {"1 ", "-1.0"},
      {"1K", "-1.0"},
      {"1mi", "-1.0"},
      {"007", "7.0"},
      {"0.0009765625Ki", "1.0"},
      {"0.00009765625Ki", "0.1"},
      {"1Ei", "-1.0"},
      {"9999999999999999999", "-1.0"},
      {"922337203685477.5807", "922337203685477.5807"},
      {"922337203685477.5808", "-1.0"},
      {"0.00005", "-1.0"},
      {"0.00010", "0.0001"},
      {"12345678901234567890123456789012345678", "-1.0"},
      {"123456789012345678901234567890123456789", "-1.0"},
      {std::string(63, '0') + "1", "1.0"},
      {std::string(64, '0') + "1", "-1.0"},
      {"0.000000000000000000867361737988403547205962240695953369140625Ei", "-1.0"}};
  std::vector<json> requests;
  for (const auto& each : known) {
    requests.push_back({{"s", each.first}});
    const std::string said = message(*engine, requests.back(), "value");
    CHECK_MESSAGE(said.substr(0, said.find(' ')) == each.second, each.first);
  }
  CHECK(differences(*engine, requests) == "");
  CHECK(message(*engine, requests.front(), "folded") == "0.5 1610612736.0 -1.0 -1.0");
}
