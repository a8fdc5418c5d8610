#include <bylaw/grammar/diagnostics/scenarios.h>
#include <bylaw/runner/yaml_json.h>

#include <charconv>
#include <vector>

#include "json_text.h"

namespace bylaw::runner {
namespace {

using compiler::YamlEntry;
using compiler::YamlNode;
using compiler::YamlStyle;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t count_digits(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

/// 0x1f and 0o17 as a decimal number.
std::optional<std::string> read_radix(std::string_view text) {
  if (text.size() < 3 || text[0] != '0' || (text[1] != 'x' && text[1] != 'o')) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), value, text[1] == 'x' ? 16 : 8);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::to_string(value);
}

std::string_view without_leading_zeros(std::string_view digits) {
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  return digits.empty() ? "0" : digits;
}

/// A number of the core rules in JSON's spelling, digit by digit: `5.0` must not become 5.
std::optional<std::string> read_number(std::string_view text) {
  if (auto radix = read_radix(text)) return radix;
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  std::string json = !text.empty() && text[0] == '-' ? "-" : "";
  const std::size_t whole = count_digits(text, at);
  json += without_leading_zeros(text.substr(at, whole));
  at += whole;
  std::size_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    fraction = count_digits(text, ++at);
    json += '.';
    json += fraction ? text.substr(at, fraction) : "0";
    at += fraction;
  }
  if (whole + fraction == 0) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t digits_at = at + 1;
    if (digits_at < text.size() && (text[digits_at] == '-' || text[digits_at] == '+')) ++digits_at;
    const std::size_t exponent = count_digits(text, digits_at);
    if (exponent == 0) return std::nullopt;
    json += text.substr(at, digits_at + exponent - at);
    at = digits_at + exponent;
  }
  return at == text.size() ? std::optional(json) : std::nullopt;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words)
    if (text == word) return true;
  return false;
}

bool is_not_finite(std::string_view text) {
  if (is_one_of(text, {".nan", ".NaN", ".NAN"})) return true;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return is_one_of(text, {".inf", ".Inf", ".INF"});
}

std::optional<std::string> plain_to_json(const YamlNode& node, grammar::Diagnostics& diagnostics) {
  const std::string_view text = node.text;
  if (is_one_of(text, {"true", "True", "TRUE"})) return "true";
  if (is_one_of(text, {"false", "False", "FALSE"})) return "false";
  if (is_not_finite(text)) {
    diagnostics.report(grammar::codes::NoJsonForIt, node.place(), {{"text", node.text}});
    return std::nullopt;
  }
  if (auto number = read_number(text)) return number;
  return json_quote(text);
}

std::optional<std::string> scalar_to_json(const YamlNode& node, grammar::Diagnostics& diagnostics) {
  switch (node.style) {
    case YamlStyle::Plain: return plain_to_json(node, diagnostics);
    case YamlStyle::Quoted:
    case YamlStyle::Block: return json_quote(node.text);
    case YamlStyle::Tilde:
    case YamlStyle::Null:
    case YamlStyle::Empty: return "null";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> yaml_to_json(const YamlNode& node, grammar::Diagnostics& diagnostics) {
  if (node.is_scalar()) return scalar_to_json(node, diagnostics);
  bool complete = true;
  if (node.is_sequence()) {
    std::vector<std::string> items;
    for (const YamlNode& item : node.items) {
      const auto json = yaml_to_json(item, diagnostics);
      complete = complete && json;
      items.push_back(json.value_or("null"));
    }
    return complete ? std::optional(json_array(items)) : std::nullopt;
  }
  JsonObject object;
  for (const YamlEntry& entry : node.entries) {
    const auto json = yaml_to_json(entry.value, diagnostics);
    complete = complete && json;
    object.add(entry.key, json.value_or("null"));
  }
  return complete ? std::optional(object.text()) : std::nullopt;
}

}  // namespace bylaw::runner
