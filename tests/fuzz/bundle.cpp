// Mutated bundles, their checksum made right again: the verifier refuses them, or they are harmless. What is accepted
// decides requests, and is reported, explained and listed; memory errors are the sanitizers' to find. BYLAW_FUZZ_SEED
// and BYLAW_FUZZ_RUNS choose other runs.

#include <bylaw/compiler/compile.h>
#include <bylaw/compiler/project.h>
#include <doctest/doctest.h>
#include <bylaw/bylaw.hpp>
#include <bylaw/disassemble.hpp>
#include <bylaw/explain.hpp>
#include <bylaw/report.hpp>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "format/bundle_tables.h"
#include "fuzz/mutator.h"
#include "unit/runtime/bundle_builder.h"

using namespace bylaw;
using namespace bylaw::fuzz;

namespace {

const std::filesystem::path kExample = std::filesystem::path(BYLAW_SOURCE_DIR) / "examples/azure-devops-pat";

Bytes example_bundle() {
  compiler::Project project;
  grammar::Diagnostics diagnostics;
  std::string problem;
  REQUIRE(compiler::load_project(kExample, project, diagnostics, problem) == compiler::LoadStatus::Loaded);
  const auto bundle = compiler::compile(project.input, diagnostics);
  REQUIRE(bundle);
  return bundle->bytes;
}

std::vector<std::string> requests() {
  std::vector<std::string> texts = {
      R"({"action": "create", "life": "366d", "now": "2025-06-01T00:00:00Z", "org": {"id": "contoso", "restricted": true},
          "scopes": ["code", "x"], "user": {"id": "ana", "in": ["Group::dev"]}})"};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kExample / "requests"))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

/// Everything that a host can do with it.
void use(const Bundle& bundle, const std::vector<std::string>& texts) {
  CHECK_FALSE(disassemble(bundle).empty());
  const auto world = World::link(bundle, Entities::none());
  if (!world) return;
  for (const std::string_view name : world->decisions()) {
    const auto decision = world->decision(name);
    if (!decision) continue;
    std::vector<std::byte> request_memory(decision->request_bytes()), verdict_memory(decision->verdict_bytes());
    Request request(*decision, request_memory);
    Verdict verdict(verdict_memory);
    for (const std::string& text : texts) {
      request.clear();
      request.read_json(text);
      const Outcome outcome = decide(*decision, request, verdict);
      CHECK(verdict.outcome() == outcome);
      const Report told = report(*decision, request, verdict);
      CHECK_FALSE(to_json(told).empty());
      CHECK_FALSE(to_text(told, &*decision).empty());
      CHECK((outcome == Outcome::Invalid || !to_text(explain(*decision, request, verdict)).empty() ||
             explain(*decision, request, verdict).policies.empty()));
    }
  }
}

void run(const Bytes& original, std::uint64_t seed, std::uint64_t runs) {
  const std::vector<std::string> texts = requests();
  const auto fine = Bundle::from(original);
  REQUIRE(fine);
  use(*fine, texts);
  std::uint64_t accepted = 0;
  for (std::uint64_t i = 0; i < runs; ++i) {
    CAPTURE(seed + i);
    Mutator mutator(seed + i);
    Bytes file = original;
    mutator.mutate(file);
    seal(file);
    const auto bundle = Bundle::from(file);
    if (!bundle) continue;
    ++accepted;
    use(*bundle, texts);
  }
  MESSAGE(accepted << " of " << runs << " mutated bundles were accepted, and harmless");
}

}  // namespace

TEST_CASE("a small bundle, mutated") {
  run(format::write_bundle(test::sample()), from_environment("BYLAW_FUZZ_SEED", 1),
      from_environment("BYLAW_FUZZ_RUNS", 2000));
}

TEST_CASE("the example's bundle, mutated") {
  run(example_bundle(), from_environment("BYLAW_FUZZ_SEED", 1), from_environment("BYLAW_FUZZ_RUNS", 2000) / 10);
}

TEST_CASE("the example's bundle, with a byte changed or an end missing, is refused without a new checksum") {
  const Bytes original = example_bundle();
  each_unsealed(original, 300, [](std::span<const std::byte> file) { CHECK_FALSE(Bundle::from(file)); });
}
