// The operator tables at their edges: every operation on numbers, instants and durations, over all pairs of edge
// values, in engine and judge. Values are compared by their printed form, in messages.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reference/engine.h"

namespace {

using namespace bylaw::reference;
using nlohmann::json;

constexpr const char* kSource = R"(module edges
enum Level { low < mid < high }
decision ask {
  i: Int  j: Int  d: Duration  e: Duration  t: Time  u: Time  a: Level  b: Level
  default allow
}
policy values for ask {
  deny add        because "{i + j}"
  deny subtract   because "{i - j}"
  deny multiply   because "{i * j}"
  deny negate     because "{-i}"
  deny chain      because "{i + j - i * j}"
  deny longer     because "{d + e}"
  deny shorter    because "{d - e}"
  deny scaled     because "{d * i}"
  deny backwards  because "{-d}"
  deny later      because "{t + d}"
  deny earlier    because "{t - d}"
  deny between    because "{t - u}"
  deny constant   because "{i + 9223372036854775807} {i - 1} {-9223372036854775807 - 1 - i}"
}
policy comparisons for ask {
  deny int_equal      when i == j          because "x"
  deny int_unequal    when i != j          because "x"
  deny int_less       when i < j           because "x"
  deny int_most       when i <= j          because "x"
  deny int_more       when i > j           because "x"
  deny int_least      when i >= j          because "x"
  deny int_within     when i in -1..j      because "x"
  deny int_listed     when i in {0, 1, 9223372036854775807}  because "x"
  deny time_less      when t < u           because "x"
  deny time_equal     when t == u          because "x"
  deny time_within    when t in 2000-01-01..u  because "x"
  deny duration_less  when d < e           because "x"
  deny duration_most  when d <= e          because "x"
  deny level_less     when a < b           because "x"
  deny level_within   when a in low..b     because "x"
}
)";

}  // namespace

TEST_CASE("operators at edge values: engine and judge agree") {
  std::string problem;
  const auto engine = Engine::compile({{"edges.bylaw", kSource}}, problem);
  REQUIRE_MESSAGE(engine, problem);
  const std::vector<std::int64_t> ints = {
      0, 1, -1, 2, INT64_MAX, INT64_MAX - 1, INT64_MIN, INT64_MIN + 1, 3037000500, -3037000500, 1 << 20};
  const std::vector<std::string> durations = {
      "0s", "1us", "-1us", "106751991d4h54s775ms807us", "-106751991d4h54s775ms807us", "1d12h", "3652058d"};
  const std::vector<std::string> times = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z",
                                          "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z",
                                          "2024-02-29T12:00:00Z", "2000-01-01T00:00:00Z"};
  const std::vector<std::string> levels = {"low", "mid", "high"};
  std::size_t compared = 0;
  for (std::size_t x = 0; x < ints.size(); ++x)
    for (std::size_t y = 0; y < ints.size(); ++y)
      for (std::size_t shift = 0; shift < times.size(); ++shift) {
        const json request = {{"i", ints[x]},
                              {"j", ints[y]},
                              {"d", durations[(x + shift) % durations.size()]},
                              {"e", durations[y % durations.size()]},
                              {"t", times[x % times.size()]},
                              {"u", times[(y + shift) % times.size()]},
                              {"a", levels[x % 3]},
                              {"b", levels[(y + shift) % 3]}};
        const std::string differs =
            difference(engine->decide("edges.ask", request, {}), engine->judge("edges.ask", request, {}));
        REQUIRE_MESSAGE(differs.empty(), request.dump(), "\n", differs);
        ++compared;
      }
  CHECK(compared == ints.size() * ints.size() * times.size());
}
