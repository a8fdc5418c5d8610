#include "mutation/mutate.h"

#include <fmt/format.h>

#include <chrono>

namespace bylaw::runner {
namespace {

constexpr std::size_t kMostScenarios = 40;  // a suite with more survivors has other sorrows

std::string why(const Judge::Judgement& judgement) {
  if (judgement.seen == 0) return "no scenario comes out differently";
  return judgement.seen == 1
             ? "one scenario comes out differently, and expects nothing that would tell"
             : fmt::format("{} scenarios come out differently, and expect nothing that would tell", judgement.seen);
}

}  // namespace

MutationResult mutate(Player& player, const grammar::Sources& sources, const std::vector<Evidence>& cases,
                      const Since* since, bool inheritance, const std::function<std::string(const Mutant&)>& scenario) {
  const auto start = std::chrono::steady_clock::now();
  MutationResult result;
  if (since) result.changed_since = since->revision;
  const Mutants mutants = make_mutants(player.program(), sources, player.ir(), since, inheritance);
  result.mutants = mutants.all.size();
  result.equivalent = mutants.equivalent;
  const Judge judge(player, cases);
  std::vector<const Mutant*> alive;
  for (const Mutant& mutant : mutants.all) {
    const Judge::Judgement judgement = judge.judge(mutant);
    if (judgement.killed) {
      ++result.killed;
      continue;
    }
    alive.push_back(&mutant);
    result.survivors.push_back({place_of(sources, mutant.span), mutant.name, mutant.text, why(judgement), ""});
  }
  result.ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  for (std::size_t i = 0; scenario && i < alive.size() && i < kMostScenarios; ++i)
    result.survivors[i].scenario = scenario(*alive[i]);
  return result;
}

}  // namespace bylaw::runner
