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

enum class Outcome { Agrees, Disagrees, OverLimit };

/// Nothing is wrong with the program but its size: E06xx, and what one request could keep busy too long. The generator
/// counts loops, but not as exactly as the compiler.
bool only_limits(const std::string& problem) {
  for (std::size_t at = problem.find("error["); at != std::string::npos; at = problem.find("error[", at + 1)) {
    const std::string code = problem.substr(at + 6, 5);
    if (code.compare(0, 3, "E06") != 0 && code != "E0240" && code != "E0246") return false;
  }
  return true;
}

Outcome module_agrees(std::uint64_t seed) {
  Random random(seed);
  const std::string source = random_module(random, kRulesPerModule);
  std::string problem;
  const auto engine = Engine::compile({{"fuzz.bylaw", source}}, problem);
  if (!engine) {
    if (only_limits(problem)) return Outcome::OverLimit;
    std::printf("seed %llu: a well-typed program does not compile\n%s\n", static_cast<unsigned long long>(seed),
                problem.c_str());
    return Outcome::Disagrees;
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
      return Outcome::Disagrees;
    }
  }
  return Outcome::Agrees;
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
  int failed = 0, played = 0, over_limit = 0;
  for (std::uint64_t next = seed; played < modules && failed < 3 && over_limit <= modules; ++next) {
    const Outcome outcome = module_agrees(next);
    played += outcome == Outcome::OverLimit ? 0 : 1;
    over_limit += outcome == Outcome::OverLimit ? 1 : 0;
    failed += outcome == Outcome::Disagrees ? 1 : 0;
  }
  const bool too_many = over_limit * 5 > modules;  // of so many large ones the small ones say too little
  std::printf("%d random expressions in %d programs, %d requests each: %s (--seed %llu)\n", played * kRulesPerModule,
              played, kWorldsPerModule * kRequestsPerWorld, failed == 0 ? "engine and judge agree" : "they disagree",
              static_cast<unsigned long long>(seed));
  if (over_limit > 0) std::printf("%d more programs were over a limit\n", over_limit);
  return failed == 0 && !too_many ? 0 : 1;
}
