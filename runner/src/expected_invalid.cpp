#include "expected_invalid.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <format/codes.h>

#include <algorithm>
#include <vector>

#include "read_layer.h"
#include "shape.h"

namespace bylaw::runner {
namespace {

/// What may be undeclared: the field that the refusal is about.
constexpr std::string_view kUnknownField = format::info(format::Code::UnknownField).code;

struct Step {
  std::string name;     // of a field; empty: an element, `[2]` or `["key"]`
  std::size_t end = 0;  // in the path
};

/// "org.tags[2]": org, tags, an element.
std::vector<Step> steps_of(const std::string& path) {
  std::vector<Step> steps;
  std::size_t at = 0;
  while (at < path.size()) {
    if (path[at] == '[') {
      const std::string_view closing = path.compare(at, 2, "[\"") == 0 ? "\"]" : "]";
      const std::size_t close = path.find(closing, at + 1);
      at = close == std::string::npos ? path.size() : close + closing.size();
      steps.push_back({"", at});
    } else {
      const std::size_t begin = path[at] == '.' ? at + 1 : at;
      at = std::min(path.find_first_of(".[", begin), path.size());
      steps.push_back({path.substr(begin, at - begin), at});
    }
  }
  return steps;
}

class PathCheck {
 public:
  PathCheck(Context& context, DecisionId decision)
      : context_(context), program_(context.program), decision_(decision) {}

  bool check(const std::string& path, const std::string& code, Span span) {
    const std::vector<Step> steps = steps_of(path);
    if (!steps.empty() && steps.front().name.empty()) return true;  // of the entity data
    Place place = request_place(program_, decision_);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Type* const type = type_at(program_, place);
      if (!place.fields && (!type || type->kind == TypeKind::Any)) return true;  // whatever the document holds
      const bool entity = type && type->kind == TypeKind::Entity;
      const bool last = i + 1 == steps.size();
      const std::string& name = steps[i].name;
      if (entity && last && (name == "type" || name == "id" || name == "in")) return true;
      if (entity && name == "in") return true;  // one of its parents
      if (!name.empty() && !field_at(program_, place, name)) {
        if ((last && code == kUnknownField) || is_open(program_, place) || is_map(type)) return true;
        const std::string before = i == 0 ? "" : path.substr(0, steps[i - 1].end);
        context_.report(
            codes::NoSuchField, span,
            {{"path", path.substr(0, steps[i].end)}, {"suggestion", field_suggestion(program_, place, before, name)}});
        return false;
      }
      place = name.empty() ? element_of(place, type) : below(program_, place, name);
    }
    return true;
  }

 private:
  static bool is_map(const Type* type) { return type && type->kind == TypeKind::Map; }

  Place element_of(Place place, const Type* type) const {
    if (is_map(type)) return {program_.value_type(program_.without_optional(place.type))};
    return type ? Place{type->element} : Place{};
  }

  Context& context_;
  const Program& program_;
  const DecisionId decision_;
};

bool check_code(Context& context, const YamlNode& node) {
  std::vector<std::string> known;
  for (const format::CodeInfo& info : format::kCodes)
    if (info.code.front() == 'R') known.emplace_back(info.code);
  if (std::find(known.begin(), known.end(), node.text) != known.end()) return true;
  const std::string meant = grammar::nearest(node.text, known);
  context
      .report(codes::NoSuchCode, node.place(),
              {{"code", node.text}, {"suggestion", meant.empty() ? "" : "; did you mean `" + meant + "`?"}})
      .help("`expect: show` prints the path and the code of what is refused");
  return false;
}

}  // namespace

std::optional<ExpectedInvalid> read_invalid(Context& context, DecisionId decision, const YamlNode& node) {
  const auto wrong_shape = [&](const std::string& key, const YamlNode& seen, const char* wanted) {
    context.report(codes::WrongShape, seen.place(), {{"key", key}, {"seen", describe(seen)}, {"wanted", wanted}});
    return std::nullopt;
  };
  if (!node.is_map()) return wrong_shape("invalid", node, "`{path: .., code: ..}`");
  context.check_keys(node, {"path", "code"}, {});
  const YamlEntry* path = required(context, node, "path", "`invalid`");
  const YamlEntry* code = required(context, node, "code", "`invalid`");
  if (!path || !code) return std::nullopt;
  for (const YamlEntry* entry : {path, code})
    if (!entry->value.has_text()) return wrong_shape(entry->key, entry->value, "a text");
  const bool known = check_code(context, code->value);
  if (!PathCheck(context, decision).check(path->value.text, code->value.text, path->value.place()) || !known)
    return std::nullopt;
  return ExpectedInvalid{node.place(), path->value.text, code->value.text};
}

}  // namespace bylaw::runner
