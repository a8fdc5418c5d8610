#include "entity_data.h"

#include <bylaw/compiler/yaml_events.h>
#include <bylaw/runner/yaml_json.h>
#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "format/text_forms.h"

namespace bylaw::cli {
namespace {

using nlohmann::ordered_json;
constexpr std::size_t kLargestFile = 256u << 20;

bool is_json_path(const std::string& path) {
  return path.ends_with(".json");
}

bool looks_like_json(const std::string& bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string::npos && bytes[first] == '{';
}

/// `User::ana` and `User::"ana"` are one entity.
std::string canonical(const std::string& key) {
  const auto entity = format::read_entity(key);
  return entity ? format::print_entity(entity->type, entity->id) : key;
}

/// False if a key stands twice in one file; the runtime's reader tells the rest.
bool merge(ordered_json& all, const ordered_json& file, std::string& problem, const std::string& path) {
  std::vector<std::string> seen;
  for (const auto& [key, attributes] : file.items()) {
    const std::string name = canonical(key);
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      problem = fmt::format("{}: `{}` is described twice", path, name);
      return false;
    }
    seen.push_back(name);
    if (all.contains(name) && all[name].is_object() && attributes.is_object())
      all[name].update(attributes);
    else
      all[name] = attributes;
  }
  return true;
}

}  // namespace

std::optional<std::string> read_document(const std::string& path, const std::string& bytes, grammar::Sources& sources,
                                         grammar::Diagnostics& diagnostics) {
  if (is_json_path(path) || (!path.ends_with(".yaml") && !path.ends_with(".yml") && looks_like_json(bytes)))
    return bytes;
  const grammar::SourceId source = sources.add(path, bytes);
  const auto document = compiler::read_yaml(sources, source, diagnostics);
  return document ? runner::yaml_to_json(*document, diagnostics) : std::nullopt;
}

std::optional<std::string> read_entity_data(const std::string& below, const std::vector<std::string>& files,
                                            grammar::Sources& sources, grammar::Diagnostics& diagnostics,
                                            std::string& problem) {
  ordered_json all = ordered_json::object();
  if (!merge(all, ordered_json::parse(below), problem, "the project's entity data")) return std::nullopt;
  for (const std::string& path : files) {
    std::string bytes;
    if (!compiler::read_file(path, kLargestFile, bytes, problem)) return std::nullopt;
    const auto text = read_document(path, bytes, sources, diagnostics);
    if (!text) return std::nullopt;
    const ordered_json file = ordered_json::parse(*text, nullptr, false);
    if (file.is_discarded() || !file.is_object()) {
      problem = fmt::format("{}: entity data is a map of `Type::id` to parents and attributes, as JSON or YAML", path);
      return std::nullopt;
    }
    if (!merge(all, file, problem, path)) return std::nullopt;
  }
  return all.dump();
}

}  // namespace bylaw::cli
