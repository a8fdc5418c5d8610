#include "layers.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include "read_layer.h"
#include "variables.h"

namespace bylaw::runner {
namespace {

using Others = PartialRequest::Others;

void add_names(const YamlNode& requests, std::vector<std::string>& names) {
  for (const YamlEntry& request : requests.entries) names.push_back(request.key);
}

/// In the files of `use`; that two of them have it is told.
const YamlNode* find_in_fixtures(Context& context, const Case& source, const YamlNode& name) {
  const YamlNode* found = nullptr;
  grammar::SourceId where{};
  for (const Fixtures* fixtures : source.suite->fixtures) {
    const YamlNode* request = fixtures->requests ? fixtures->requests->find(name.text) : nullptr;
    if (!request || request == found) continue;
    if (found)
      context.report(codes::RequestOfTwoFiles, name.place(),
                     {{"name", name.text},
                      {"first", context.sources[where].path()},
                      {"second", context.sources[fixtures->source].path()}});
    found = request;
    where = fixtures->source;
  }
  return found;
}

/// The request of that name: of the group, else of the file, else of what the file uses.
PartialRequest find_request(Context& context, const Case& source, const YamlNode& name) {
  std::vector<std::string> names;
  for (const Layer* layer : source.layers()) {
    if (!layer->requests) continue;
    if (const YamlNode* request = layer->requests->value.find(name.text)) return {request, Others::OfFile};
    add_names(layer->requests->value, names);
  }
  if (const YamlNode* request = find_in_fixtures(context, source, name)) return {request, Others::Any};
  for (const Fixtures* fixtures : source.suite->fixtures)
    if (fixtures->requests) add_names(*fixtures->requests, names);
  context.report(codes::NoSuchRequest, name.place(),
                 {{"name", name.text}, {"suggestion", suggestion(name.text, names)}});
  return {};
}

void add_likeness(Context& context, const Case& source, const YamlNode& written, std::vector<PartialRequest>& all) {
  const Variables variables(context, source.cells);
  const YamlNode& node = variables.resolve(written);
  const auto add = [&](const YamlNode& name) {
    if (!name.has_text()) {
      context.report(
          codes::WrongShape, name.place(),
          {{"key", "like"}, {"seen", describe(name)}, {"wanted", "the name of a request, or a list of names"}});
      return;
    }
    const PartialRequest found = find_request(context, source, name);
    if (found.node && found.node->is_map()) all.push_back(found);
  };
  if (node.is_tilde()) return;
  if (!node.is_sequence()) add(node);
  for (const YamlNode& item : node.items) add(variables.resolve(item));
}

/// What `like` says: the row's cell, else the scenario.
const YamlNode* likeness(const Case& source) {
  for (const Cell& cell : source.cells)
    if (cell.column == "like") return cell.value;
  return source.scenario->like ? &source.scenario->like->value : nullptr;
}

}  // namespace

std::vector<PartialRequest> partial_requests(Context& context, const Case& source) {
  std::vector<PartialRequest> all;
  if (const YamlEntry* given = source.suite->layer.request) all.push_back({&given->value, Others::OfFile});
  if (source.group && source.group->layer.request) all.push_back({&source.group->layer.request->value, Others::OfFile});
  if (const YamlNode* like = likeness(source)) add_likeness(context, source, *like, all);
  if (const YamlEntry* when = source.scenario->layer.request) all.push_back({&when->value, Others::None});
  return all;
}

std::vector<const YamlNode*> entity_maps(const Case& source) {
  std::vector<const YamlNode*> maps;
  for (const Fixtures* fixtures : source.suite->fixtures)
    if (fixtures->entities) maps.push_back(fixtures->entities);
  const std::vector<const Layer*> layers = source.layers();
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
    for (const EntityPart& part : (*layer)->entities)
      if (part.map) maps.push_back(part.map);
  return maps;
}

PolicyChoiceOrAll policies_named(Context& context, const YamlEntry& only) {
  auto policies = std::make_shared<PolicyChoice>();
  for (const YamlNode* name : read_texts(context, only, "the name of a policy, or a list of names")) {
    const compiler::PolicyId policy = find_policy(context, name->text, name->place());
    if (!policy) return nullptr;  // told: what hangs on it is not
    policies->only.insert(policy);
  }
  return policies;
}

PolicyChoiceOrAll policies_of(Context& context, const Case& source) {
  const YamlEntry* only = nullptr;
  for (const Layer* layer : source.layers())
    if (!only) only = layer->only;
  return only ? policies_named(context, *only) : nullptr;
}

const Skip* skip_of(const Case& source) {
  for (const Layer* layer : source.layers())
    if (layer->skip) return &*layer->skip;
  return nullptr;
}

std::string about_of(const Case& source) {
  for (const Layer* layer : source.layers())
    if (!layer->about.empty()) return layer->about;
  return {};
}

}  // namespace bylaw::runner
