#include "yaml_text.h"

#include <bylaw/runner/yaml_json.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace bylaw::runner {
namespace {

using Json = nlohmann::ordered_json;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

/// A number or a Bool to readers of YAML that know no declared types.
bool reads_as_other(std::string_view text) {
  compiler::YamlNode node;
  node.style = compiler::YamlStyle::Plain;
  node.text = text;
  grammar::Diagnostics ignored;
  const auto json = yaml_to_json(node, ignored);
  return !json || !json->starts_with('"');
}

/// A plain scalar that reads back as this very text, in brackets too.
bool is_plain(std::string_view text) {
  constexpr std::string_view kNever = ",[]{}";
  constexpr std::string_view kNotFirst = "?*&!|>%@`'\"#-:~$";
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  if (kNotFirst.find(text.front()) != std::string_view::npos) return false;
  if (text.find_first_of(kNever) != std::string_view::npos || has_control(text)) return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  if (reads_as_other(text)) return false;
  return text != "null" && text != "Null" && text != "NULL" && text != "<<";
}

std::string value(const Json& json) {
  if (json.is_string()) return yaml_text(json.get<std::string>());
  if (json.is_array()) {
    std::vector<std::string> items;
    for (const Json& item : json) items.push_back(value(item));
    return yaml_list(items);
  }
  if (!json.is_object()) return json.dump();
  YamlMap map;
  for (const auto& [key, item] : json.items()) map.add(key, value(item));
  return map.text();
}

}  // namespace

std::string yaml_text(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  if (has_control(text))
    return Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);  // JSON's quotes are YAML's
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

std::string yaml_of_json(const std::string& json) {
  const Json parsed = Json::parse(json, nullptr, false);
  return parsed.is_discarded() ? yaml_text(json) : value(parsed);
}

std::string yaml_list(const std::vector<std::string>& items) {
  return fmt::format("[{}]", fmt::join(items, ", "));
}

void YamlMap::add(std::string_view key, std::string_view value) {
  text_ += fmt::format("{}{}: {}", text_.empty() ? "" : ", ", yaml_text(key), value);
}

}  // namespace bylaw::runner
