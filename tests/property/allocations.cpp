// Filling a request and deciding allocate nothing: every allocation of this program is counted.
#include <bylaw/compiler/project.h>
#include <bylaw/bylaw.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <new>
#include <string>

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace {

using namespace bylaw;

std::string read(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

World example_world() {
  compiler::Project project;
  grammar::Diagnostics diagnostics;
  std::string problem;
  compiler::load_project(BYLAW_SOURCE_DIR "/examples/azure-devops-pat", project, diagnostics, problem);
  const auto compiled = compiler::compile(project.input, diagnostics);
  if (!compiled) std::exit(1);
  return *World::link(*Bundle::from(compiled->bytes), Entities::none());
}

}  // namespace

int main() {
  const World world = example_world();
  bool failed = false;
  for (const char* name : {"create", "regenerate", "extend", "use"}) {
    const Decision decision = *world.decision(name);
    std::vector<std::byte> request_memory(decision.request_bytes()), verdict_memory(decision.verdict_bytes());
    Request request(decision, request_memory);
    Verdict verdict(verdict_memory);
    const std::string json =
        read(std::string(BYLAW_SOURCE_DIR "/examples/azure-devops-pat/requests/") + name + ".json");
    const std::size_t before = allocations;
    for (int round = 0; round < 3; ++round) {
      request.clear();
      request.read_json(json);
      decide(decision, request, verdict);
    }
    request.clear();
    request.read_json("{\"principal\": 1, \"nonsense\": [");
    decide(decision, request, verdict);
    const std::size_t counted = allocations - before;
    std::printf("%-10s %zu allocations\n", name, counted);
    failed = failed || counted != 0;
  }
  return failed ? 1 : 0;
}
