#include "reference/engine.h"

#include <bylaw/bylaw.hpp>
#include <bylaw/report.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "reference/model.h"

namespace bylaw::reference {

using nlohmann::json;

struct Engine::Parts {
  compiler::Input input;
  compiler::Program program;
  std::string warnings;
  std::optional<bylaw::Bundle> bundle;
  std::map<std::string, bylaw::World> worlds;  // by the text of the entity data
};

Engine::Engine() : parts_(std::make_unique<Parts>()) {}
Engine::~Engine() = default;

std::unique_ptr<Engine> Engine::compile(const std::vector<SourceText>& files, std::string& problem) {
  compiler::Input input;
  for (const auto& [path, text] : files) input.modules.push_back({input.sources.add(path, text), ""});
  return compile(std::move(input), problem);
}

std::unique_ptr<Engine> Engine::compile(compiler::Input input, std::string& problem) {
  std::unique_ptr<Engine> engine(new Engine);
  Parts& parts = *engine->parts_;
  parts.input = std::move(input);
  grammar::Diagnostics diagnostics;
  parts.program = compiler::check(parts.input, diagnostics);
  std::optional<compiler::Bundle> bundle;
  if (!diagnostics.has_errors()) bundle = compiler::lower(parts.program, parts.input, diagnostics);
  if (!bundle) {
    problem = grammar::render(diagnostics.sorted(parts.input.sources), parts.input.sources);
    return nullptr;
  }
  parts.warnings = grammar::render(diagnostics.sorted(parts.input.sources), parts.input.sources);
  auto opened = bylaw::Bundle::from(bundle->bytes);
  if (!opened) {
    problem = "the verifier refuses what the compiler wrote: " + opened.error().to_text();
    return nullptr;
  }
  parts.bundle = *opened;
  return engine;
}

const compiler::Program& Engine::program() const {
  return parts_->program;
}

const std::string& Engine::warnings() const {
  return parts_->warnings;
}

json Engine::decide(const std::string& decision, const json& request, const json& entities) const {
  return decide_text(decision, request.dump(), entities.is_null() ? "{}" : entities.dump());
}

json Engine::decide_text(const std::string& decision, const std::string& request,
                         const std::string& entity_text) const {
  auto world = parts_->worlds.find(entity_text);
  if (world == parts_->worlds.end()) {
    const auto read = bylaw::Entities::from_json(*parts_->bundle, entity_text);
    if (!read)
      return {{"verdict", "invalid"},
              {"error", {{"code", std::string(read.error().code)}, {"path", read.error().path}}}};
    world = parts_->worlds.emplace(entity_text, *bylaw::World::link(*parts_->bundle, *read)).first;
  }
  const auto asked = world->second.decision(decision);
  if (!asked) return {{"no decision", asked.error().to_text()}};
  std::vector<std::byte> request_memory(asked->request_bytes()), verdict_memory(asked->verdict_bytes());
  bylaw::Request filled(*asked, request_memory);
  bylaw::Verdict verdict(verdict_memory);
  filled.read_json(request);
  bylaw::decide(*asked, filled, verdict);
  return json::parse(bylaw::to_json(bylaw::report(*asked, filled, verdict)));
}

json Engine::judge(const std::string& decision, const json& request, const json& entities) const {
  const compiler::Program& program = parts_->program;
  for (std::uint32_t i = 0; i < program.decisions.size(); ++i)
    if (program.qualified(program.decisions[DecisionId{i}]) == decision)
      return reference::decide(read_situation(program, DecisionId{i}, request, entities));
  impossible("a decision that the program does not have is asked");
}

namespace {

/// Where the judge says nothing of `entries` (null), nothing is compared; their order and their place in the sources
/// are left to tables.
void align_entries(json& engine, json& judge) {
  if (engine.is_array() && judge.is_array() && engine.size() == judge.size())
    for (std::size_t i = 0; i < engine.size(); ++i) align_entries(engine[i], judge[i]);
  if (!engine.is_object() || !judge.is_object()) return;
  for (auto& [key, value] : engine.items()) {
    if (!judge.contains(key)) continue;
    if (key == "entry" && value.is_object()) value.erase("at");
    if (key != "entries") {
      align_entries(value, judge[key]);
      continue;
    }
    if (judge[key].is_null()) value = nullptr;
    for (json& entry : value) entry.erase("at");
    for (json* list : {&value, &judge[key]})
      if (list->is_array()) std::sort(list->begin(), list->end());
  }
}

}  // namespace

std::string difference(const json& engine, const json& judge) {
  json a = engine, b = judge;
  for (const char* key : {"schema", "line", "id", "findings_cut"}) a.erase(key);
  align_entries(a, b);
  if (a == b) return {};
  for (const auto& [key, value] : b.items())
    if (!a.contains(key) || a[key] != value)
      return key + "\n  engine " + (a.contains(key) ? a[key].dump() : "has no such key") + "\n  judge  " + value.dump();
  return "the engine tells more: " + a.dump();
}

}  // namespace bylaw::reference
