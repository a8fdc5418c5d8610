// Values of unions: which of the types a scenario means, as the JSON of a request would show it.

#include <algorithm>

#include "values.h"

namespace bylaw::runner {

using compiler::ValueShape;

namespace {

bool looks_like_number(const std::string& text) {
  const std::size_t sign = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  return text.size() > sign && text.find_first_not_of("0123456789_.", sign) == std::string::npos &&
         text.find_first_of("0123456789") != std::string::npos && std::count(text.begin(), text.end(), '.') < 2;
}

ValueShape shape_of(const YamlNode& node) {
  if (node.is_map()) return ValueShape::Object;
  if (node.is_sequence()) return ValueShape::Array;
  if (node.style != compiler::YamlStyle::Plain) return ValueShape::Text;
  if (node.text == "true" || node.text == "false") return ValueShape::Bool;
  return looks_like_number(node.text) ? ValueShape::Number : ValueShape::Text;
}

}  // namespace

/// In a union without numbers `1.10` is a text, as it is in a String.
std::optional<std::string> Values::union_value(TypeId type, const YamlNode& node, const std::string& path) {
  const Program& program = context_.program;
  TypeId part = union_part(program, type, shape_of(node));
  if (!part && node.is_scalar()) part = union_part(program, type, ValueShape::Text);
  if (part) return value(part, node, path);
  not_read(node, article(type), "write a value of one of its types");
  return std::nullopt;
}

}  // namespace bylaw::runner
