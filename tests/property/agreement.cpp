// Random programs, data and requests: engine and judge must say the same.
//   agreement [--seed N] [--expressions N]
// A disagreement prints the program, the request and both answers, and the seed that makes them again.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "reference/engine.h"
#include "reference/generate.h"

namespace {

using namespace bylaw::reference;
using nlohmann::json;

constexpr int kRulesPerModule = 20;
constexpr int kWorldsPerModule = 2;
constexpr int kRequestsPerWorld = 8;

bool module_agrees(std::uint64_t seed) {
  Random random(seed);
  const std::string source = random_module(random, kRulesPerModule);
  std::string problem;
  const auto engine = Engine::compile({{"fuzz.bylaw", source}}, problem);
  if (!engine) {
    std::printf("seed %llu: a well-typed program does not compile\n%s\n", static_cast<unsigned long long>(seed),
                problem.c_str());
    return false;
  }
  for (int world = 0; world < kWorldsPerModule; ++world) {
    const json entities = random_entities(random);
    for (int i = 0; i < kRequestsPerWorld; ++i) {
      const json request = random_request(random);
      const json answer = engine->decide("fuzz.ask", request, entities);
      const json judged = engine->judge("fuzz.ask", request, entities);
      const std::string differs = difference(answer, judged);
      if (differs.empty()) continue;
      std::printf("seed %llu: engine and judge disagree\n%s\nrequest %s\nentities %s\n%s\n",
                  static_cast<unsigned long long>(seed), differs.c_str(), request.dump().c_str(),
                  entities.dump().c_str(), source.c_str());
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t seed = 20260101;
  int expressions = 2000;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--seed") == 0) seed = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--expressions") == 0) expressions = std::atoi(argv[i + 1]);
  }
  const int modules = (expressions + kRulesPerModule - 1) / kRulesPerModule;
  int failed = 0;
  for (int i = 0; i < modules && failed < 3; ++i) failed += module_agrees(seed + static_cast<std::uint64_t>(i)) ? 0 : 1;
  std::printf("%d random expressions in %d programs, %d requests each: %s (--seed %llu)\n", modules * kRulesPerModule,
              modules, kWorldsPerModule * kRequestsPerWorld, failed == 0 ? "engine and judge agree" : "they disagree",
              static_cast<unsigned long long>(seed));
  return failed == 0 ? 0 : 1;
}
