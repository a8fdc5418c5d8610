#include "engine.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace bylaw::runner {
namespace {

constexpr std::size_t kWorldsKept = 64;  // suites have few states of the entities; more are linked again

Result<World> link(const Bundle& bundle, const std::string& entities_json, std::vector<Error>& warnings) {
  const Result<Entities> entities = Entities::from_json(bundle, entities_json);
  if (!entities) return entities.error();
  warnings.assign(entities->warnings().begin(), entities->warnings().end());
  return World::link(bundle, *entities);
}

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void grow(std::vector<std::byte>& memory, std::size_t bytes) {
  memory.resize(std::max(memory.size(), bytes));
}

}  // namespace

Result<Engine> Engine::open(const std::vector<std::byte>& bytes) {
  Result<Bundle> bundle = Bundle::from(bytes);
  if (!bundle) return bundle.error();
  return Engine(*bundle);
}

const Result<World>& Engine::world(const std::string& entities_json, std::vector<Error>& warnings) {
  if (const auto known = worlds_.find(entities_json); known != worlds_.end()) return known->second;
  if (worlds_.size() >= kWorldsKept) worlds_.clear();
  return worlds_.emplace(entities_json, link(bundle_, entities_json, warnings)).first->second;
}

Played Engine::play(const std::string& name, const std::string& request_json, const std::string& entities_json,
                    bool explained) {
  const auto start = std::chrono::steady_clock::now();
  Played played;
  const Result<World>& linked = world(entities_json, played.entity_warnings);
  const Result<Decision> decision = linked ? linked->decision(name) : Result<Decision>(linked.error());
  if (!decision) {
    played.report = invalid_report(decision.error());
    played.report.decision = name;
    return played;
  }
  grow(request_memory_, decision->request_bytes());
  grow(verdict_memory_, decision->verdict_bytes());
  Request request(*decision, request_memory_);
  Verdict verdict(verdict_memory_);
  (void)request.read_json(request_json);  // a failure sticks: deciding tells it
  decide(*decision, request, verdict);
  played.report = report(*decision, request, verdict);
  if (explained) played.explanation = explain(*decision, request, verdict);
  played.ms = milliseconds_since(start);
  return played;
}

Inspection Engine::inspect(const std::string& name, const std::string& request_json, const std::string& entities_json,
                           const std::vector<EntityName>& also) {
  std::vector<Error> told;  // when the case was played
  const Result<World>& linked = world(entities_json, told);
  if (!linked) return {};
  const Result<Decision> decision = linked->decision(name);
  if (!decision) return {};
  grow(request_memory_, decision->request_bytes());
  Request request(*decision, request_memory_);
  (void)request.read_json(request_json);  // of an invalid one nothing is told
  return bylaw::inspect(*decision, request, also);
}

}  // namespace bylaw::runner
