#include "named_files.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <algorithm>

#include "entity_document.h"

namespace bylaw::runner {
namespace {

constexpr std::string_view kFixtures = ".fixtures.yaml";
constexpr const char* kEntities = "a map of entities";

/// A field of some decision: which one a request is for is known only where it is used.
bool some_decision_has(const Program& program, const std::string& key) {
  return std::any_of(program.decisions.begin(), program.decisions.end(), [&](const compiler::Decision& decision) {
    return std::any_of(decision.fields.begin(), decision.fields.end(),
                       [&](const compiler::Field& field) { return field.name == key || field.wire == key; });
  });
}

std::vector<std::string> fields_of_all(const Program& program) {
  std::vector<std::string> names;
  for (const compiler::Decision& decision : program.decisions)
    for (const compiler::Field& field : decision.fields) names.push_back(field.name);
  return names;
}

}  // namespace

void check_requests(Context& context, const YamlNode& requests) {
  for (const YamlEntry& request : requests.entries) {
    if (!request.value.is_map()) {
      context.report(codes::WrongShape, request.value.place(),
                     {{"key", request.key}, {"seen", describe(request.value)}, {"wanted", "a map, a partial request"}});
      continue;
    }
    for (const YamlEntry& field : request.value.entries)
      if (!some_decision_has(context.program, field.key))
        context.report(codes::NoSuchField, field.key_span,
                       {{"path", field.key}, {"suggestion", suggestion(field.key, fields_of_all(context.program))}});
  }
}

const YamlNode* NamedFiles::document(const Suite& suite, const YamlNode& path, const char* wanted) {
  const auto source = compiler::read_named_file(project_, suite.source, path.text, path.place(), context_.diagnostics);
  if (!source) return nullptr;
  used_.push_back(context_.sources[*source].path());
  auto [known, is_new] = documents_.try_emplace(*source);
  if (!is_new) return known->second.get();
  std::optional<YamlNode> root = wanted == kEntities
                                     ? read_entity_document(context_, *source)
                                     : compiler::read_yaml(context_.sources, *source, context_.diagnostics);
  if (!root) return nullptr;
  if (!root->is_map()) {
    context_.report(codes::WrongShape, root->place(),
                    {{"key", context_.sources[*source].path()}, {"seen", describe(*root)}, {"wanted", wanted}});
    return nullptr;
  }
  known->second = std::make_unique<const YamlNode>(std::move(*root));
  return known->second.get();
}

Fixtures NamedFiles::read_fixtures(const YamlNode& root, Span place) {
  Fixtures read;
  read.source = place.source;
  context_.check_keys(root, {"entities", "requests"}, {});
  for (const YamlEntry& entry : root.entries) {
    if (!entry.value.is_map()) {
      context_.report(codes::WrongShape, entry.value.place(),
                      {{"key", entry.key}, {"seen", describe(entry.value)}, {"wanted", "a map"}});
    } else if (entry.key == "entities") {
      read.entities = &entry.value;
    } else if (entry.key == "requests") {
      read.requests = &entry.value;
      check_requests(context_, entry.value);
    }
  }
  if (root.entries.empty()) context_.report(codes::NoFixtures, root.place());
  return read;
}

const Fixtures* NamedFiles::fixtures(const Suite& suite, const YamlNode& path) {
  if (!path.text.ends_with(kFixtures)) {
    context_.report(codes::NotFixtures, path.place(), {{"path", path.text}});
    return nullptr;
  }
  const YamlNode* root = document(suite, path, "a map with `entities` and `requests`");
  if (!root) return nullptr;
  auto [known, is_new] = fixtures_.try_emplace(root);
  if (is_new) known->second = std::make_unique<const Fixtures>(read_fixtures(*root, root->span));
  return known->second.get();
}

void NamedFiles::resolve(const Suite& suite, Layer& layer) {
  for (EntityPart& part : layer.entities)
    if (!part.map && part.written) part.map = document(suite, *part.written, kEntities);
}

std::vector<std::string> NamedFiles::resolve(Suite& suite) {
  used_.clear();
  for (const YamlNode* path : suite.uses)
    if (const Fixtures* found = fixtures(suite, *path)) suite.fixtures.push_back(found);
  resolve(suite, suite.layer);
  for (Group& group : suite.groups) resolve(suite, group.layer);
  for (Scenario& scenario : suite.scenarios) resolve(suite, scenario.layer);
  return std::move(used_);
}

}  // namespace bylaw::runner
