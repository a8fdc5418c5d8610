#include "values.h"

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <bylaw/grammar/diagnostics/warnings.h>
#include <bylaw/runner/yaml_json.h>
#include <fmt/format.h>
#include <format/decimal.h>
#include <format/text_forms.h>

#include <algorithm>
#include <charconv>

#include "json_text.h"

namespace bylaw::runner {
namespace {

using compiler::EnumType;
using compiler::Member;
using compiler::YamlStyle;

std::string_view last_step(std::string_view path) {
  return path.substr(path.find_last_of('.') + 1);
}

std::string enum_rule(const EnumType& type, const std::string& text) {
  std::vector<std::string> names;
  for (const Member& member : type.members) names.insert(names.end(), {member.name, member.wire});
  const std::string near = grammar::nearest(text, names);
  std::string rule = near.empty() ? "write one of its members" : fmt::format("did you mean `{}`?", near);
  constexpr std::size_t kFewMembers = 6;
  if (!near.empty() || type.members.size() > kFewMembers || type.members.empty()) return rule;
  rule = "its members are ";
  for (std::size_t i = 0; i < type.members.size(); ++i)
    rule += fmt::format("{}`{}`", i ? ", " : "", type.members[i].name);
  return rule;
}

const Member* find_member(const EnumType& type, const std::string& text) {
  for (const Member& member : type.members)
    if (member.name == text || member.wire == text) return &member;
  return nullptr;
}

}  // namespace

std::string with_article(const std::string& type_name) {
  constexpr std::string_view kVowels = "AEIOUaeiou";
  const bool vowel = !type_name.empty() && kVowels.find(type_name.front()) != std::string_view::npos;
  const bool sounds_like_you = type_name.rfind("User", 0) == 0;
  return (vowel && !sounds_like_you ? "an " : "a ") + type_name;
}

std::string source_text(const grammar::Sources& sources, const YamlNode& node) {
  std::string text;
  for (const char c : sources.text(node.place())) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string Values::article(TypeId type) const {
  return with_article(context_.program.type_name(context_.program.without_optional(type)));
}

void Values::not_read(const YamlNode& node, const std::string& type, const std::string& rule) {
  auto builder = context_.report(codes::ValueNotRead, node.place(),
                                 {{"text", source_text(context_.sources, node)}, {"type", type}, {"rule", rule}});
  if (node.alias_span.known()) builder.note(node.span, "it is written here");
}

/// The word `null` and nothing at all are told apart from `~`, which never comes here but in lists.
bool Values::has_value(const YamlNode& node, const std::string& path) {
  if (!node.is_scalar() || node.has_text()) return true;
  const std::string seen = node.style == YamlStyle::Empty ? "nothing" : describe(node);
  const std::string_view key = last_step(path);
  context_.report(codes::NothingGiven, node.place(), {{"seen", seen}, {"key", std::string(key)}});
  return false;
}

bool Values::wants(bool kept, const YamlNode& node, TypeId type, const char* rule) {
  if (!kept) not_read(node, article(type), rule);
  return kept;
}

std::optional<std::string> Values::value(TypeId type_id, const YamlNode& node, const std::string& path) {
  const TypeId plain = context_.program.without_optional(type_id);
  const Type& type = context_.program.types[plain];
  if (const YamlNode* raw = raw_json(node)) {
    if (raw->has_text()) return raw->text;
    context_.report(codes::WrongShape, raw->place(),
                    {{"key", "$json"}, {"seen", describe(*raw)}, {"wanted", "a text"}});
    return std::nullopt;
  }
  if (!has_value(node, path)) return std::nullopt;
  switch (type.kind) {
    case TypeKind::Bool: return scalar_bool(node);
    case TypeKind::Int: return scalar_int(node);
    case TypeKind::String: return scalar_text(node);
    case TypeKind::Time: return scalar_time(node, path);
    case TypeKind::Duration: return scalar_duration(node);
    case TypeKind::Ip:
    case TypeKind::Cidr:
    case TypeKind::Version:
    case TypeKind::Versions: return scalar_form(type.kind, node);
    case TypeKind::Decimal: return scalar_decimal(node);
    case TypeKind::Enum: return member(context_.program.enums[type.enum_id], node);
    case TypeKind::Record:
      if (context_.program.either_of(plain)) return union_value(plain, node, path);
      if (!wants(node.is_map(), node, plain, "write a map of its fields")) return std::nullopt;
      return fields({plain}, node, path);
    case TypeKind::Entity:
      if (node.is_map()) return entity_object(type, node, path);
      return reference(type.entities, node);
    case TypeKind::Set:
    case TypeKind::List:
      if (!wants(node.is_sequence(), node, plain, "write a list, `[..]`")) return std::nullopt;
      return collection(type, node, path);
    case TypeKind::Map:
      if (!wants(node.is_map(), node, plain, "write its entries, `key: value`")) return std::nullopt;
      return map(plain, node, path);
    case TypeKind::Any: return undeclared(node);
    case TypeKind::Policy: return policy(node);
    case TypeKind::Optional:
    case TypeKind::Glob:
    case TypeKind::Regex:
    case TypeKind::Error: return std::nullopt;
  }
  return std::nullopt;
}

/// By any tail of its full name that only one has. No request holds one, but an entry of a list may.
std::optional<std::string> Values::policy(const YamlNode& node) {
  std::vector<std::string> found;
  if (node.has_text())
    for (const compiler::Policy& policy : context_.program.policies)
      if (is_tail(node.text, context_.program.qualified(policy))) found.push_back(context_.program.qualified(policy));
  if (found.size() == 1) return json_quote(found.front());
  not_read(node, "a policy", found.empty() ? "write its name" : "several end so: write its full name");
  return std::nullopt;
}

std::optional<std::string> Values::scalar_bool(const YamlNode& node) {
  if (node.is_scalar() && node.style == YamlStyle::Plain && (node.text == "true" || node.text == "false"))
    return node.text;
  std::string lower = node.is_scalar() ? node.text : "";
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const bool meant = lower == "true" || lower == "false";
  not_read(node, "a Bool", meant ? fmt::format("write {}, without quotes", lower) : "write true or false");
  return std::nullopt;
}

std::optional<std::string> Values::scalar_int(const YamlNode& node) {
  std::int64_t number = 0;
  const char* end = node.text.data() + node.text.size();
  if (node.is_scalar() && node.style == YamlStyle::Plain) {
    const auto [stop, error] = std::from_chars(node.text.data(), end, number);
    const bool whole = error == std::errc() && stop == end;
    if (whole && node.text == std::to_string(number)) return node.text;
    if (whole) {
      not_read(node, "an Int", fmt::format("write `{}`: a number has no leading zeros", number));
      return std::nullopt;
    }
  }
  not_read(node, "an Int", "write a whole number of 64 bits, without quotes");
  return std::nullopt;
}

std::optional<std::string> Values::scalar_text(const YamlNode& node) {
  if (!node.is_scalar()) {
    const std::string text = source_text(context_.sources, node);
    context_.report(codes::TextReadAsYaml, node.place(),
                    {{"bracket", text.substr(0, 1)}, {"seen", describe(node)}, {"quoted", fmt::format("'{}'", text)}});
    return std::nullopt;
  }
  tell_without_quotes(node);
  return json_quote(node.text);
}

/// The declared type reads the scalar. A request in JSON, or in YAML by the core rules, would hold a number there.
void Values::tell_without_quotes(const YamlNode& node) {
  if (node.style != compiler::YamlStyle::Plain) return;
  grammar::Diagnostics ignored;
  const auto json = yaml_to_json(node, ignored);
  if (!json || json->starts_with('"')) return;
  const std::string quoted = fmt::format("\"{}\"", node.text);
  context_
      .report(codes::TextWithoutQuotes, node.place(),
              {{"text", node.text}, {"what", *json == "true" || *json == "false" ? "a Bool" : "a number"}})
      .fix("write `" + quoted + "`", node.span, quoted);
}

std::optional<std::string> Values::scalar_duration(const YamlNode& node) {
  if (node.is_scalar())
    if (const auto duration = format::read_wire_duration(node.text).value)
      return json_quote(format::print_duration(*duration));
  not_read(node, "a Duration", "write it like `30d` or `1d12h`");
  return std::nullopt;
}

std::optional<std::string> Values::scalar_decimal(const YamlNode& node) {
  if (node.is_scalar() && node.style == YamlStyle::Plain)
    if (const auto decimal = format::read_decimal(node.text).value) return format::print_decimal(*decimal);
  not_read(node, "a Decimal", "write digits, with at most four after the point, without quotes");
  return std::nullopt;
}

std::optional<std::string> Values::member(const EnumType& type, const YamlNode& node) {
  if (node.is_map()) return unknown_member(type, node);
  if (node.is_scalar())
    if (const Member* found = find_member(type, node.text)) return json_quote(found->wire);
  not_read(node, "a member of " + type.name, enum_rule(type, node.text));
  return std::nullopt;
}

std::optional<std::string> Values::unknown_member(const EnumType& type, const YamlNode& map) {
  const YamlNode* text = map.entries.size() == 1 ? map.find("unknown") : nullptr;
  if (!text || !text->has_text()) {
    not_read(map, with_article(type.name), "write a member, or `{unknown: text}`");
  } else if (!type.open) {
    not_read(map, with_article(type.name), "it is not open, so it has no members but its own");
  } else if (find_member(type, text->text)) {
    not_read(map, "unknown to " + type.name, fmt::format("`{}` is a member; write it alone", text->text));
  } else {
    return json_quote(text->text);
  }
  return std::nullopt;
}

std::optional<std::string> Values::collection(const Type& type, const YamlNode& node, const std::string& path) {
  std::vector<std::string> items;
  bool complete = true;
  const TypeId element = type.element;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const auto item = value(element, node.items[i], fmt::format("{}.{}", path, i));
    complete = complete && item;
    items.push_back(item.value_or("null"));
  }
  return complete ? std::optional(json_array(items)) : std::nullopt;
}

/// What an open record lets through is read by YAML's own rules: no type says more.
std::optional<std::string> Values::undeclared(const YamlNode& node) {
  grammar::Diagnostics diagnostics;
  const auto json = yaml_to_json(node, diagnostics);
  for (const grammar::Diagnostic& diagnostic : diagnostics.all())
    context_.report(diagnostic.code, diagnostic.span, {{"text", std::string(context_.sources.text(diagnostic.span))}});
  return json;
}

std::optional<std::string> Values::request(const YamlNode& merged) {
  return fields(request_place(context_.program, times_.decision), merged, "");
}

/// A field may stand under its name or its text in requests, and not under both.
bool Values::given_once(std::vector<const Field*>& given, const Field* field, const YamlEntry& entry) {
  const bool again = field && std::find(given.begin(), given.end(), field) != given.end();
  if (again) context_.report(codes::RequestFieldTwice, entry.key_span, {{"field", field->name}, {"wire", field->wire}});
  given.push_back(field);
  return !again;
}

std::optional<std::string> Values::fields(Place place, const YamlNode& map, const std::string& path) {
  JsonObject object;
  bool complete = true;
  std::vector<const Field*> given;
  for (const YamlEntry& entry : map.entries) {
    const std::string entry_path = path.empty() ? entry.key : path + "." + entry.key;
    const Field* field = field_at(context_.program, place, entry.key);
    complete = given_once(given, field, entry) && complete;
    if (entry.value.is_tilde()) continue;
    std::optional<std::string> json;
    if (field) {
      json = value(field->type, entry.value, entry_path);
    } else if (is_open(context_.program, place)) {
      json = undeclared(entry.value);
    } else {
      context_.report(
          codes::NoSuchField, entry.key_span,
          {{"path", entry_path}, {"suggestion", field_suggestion(context_.program, place, path, entry.key)}});
    }
    complete = complete && json;
    object.add(field ? field->wire : entry.key, json.value_or("null"));
  }
  return complete ? std::optional(object.text()) : std::nullopt;
}

}  // namespace bylaw::runner
