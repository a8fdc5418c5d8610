// Times, worked out after all layers are merged, so that `expires: now + 30d` follows whatever `now` a case has.

#include <fmt/format.h>

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <fmt/ranges.h>
#include <format/text_forms.h>

#include <algorithm>
#include <cstdio>

#include "json_text.h"
#include "values.h"

namespace bylaw::runner {
namespace {

constexpr const char* kRule = "write an instant, a date, or a time of the request like `now + 30d`";

/// Says what an instant without a zone, or a date without zeros, lacks.
std::string time_rule(const YamlNode& node) {
  if (!node.is_scalar()) return kRule;
  for (const char* zone : {"Z", ":00Z"})
    if (format::read_instant(node.text + zone))
      return fmt::format("an instant says its zone: `{0}{1}`, or `{0}{2}+01:00`", node.text, zone,
                         std::string_view(zone).substr(0, std::string_view(zone).size() - 1));
  int year = 0, month = 0, day = 0;
  if (std::sscanf(node.text.c_str(), "%4d-%2d-%2d", &year, &month, &day) == 3) {
    const std::string padded = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    if (format::read_date(padded) && padded != node.text.substr(0, padded.size()))
      return fmt::format("a date has two digits for month and day: `{}`", padded);
  }
  return kRule;
}

struct Found {
  const YamlNode* node = nullptr;
  const Field* field = nullptr;  // whose value, or default, it is
  TypeId type;
};

/// Follows a path through the merged request, as far as it goes.
Found follow(const Program& program, DecisionId decision, const YamlNode& request, std::string_view path) {
  Place place = request_place(program, decision);
  Found found{&request, nullptr, {}};
  for (const std::string& step : split_path(path)) {
    const Field* field = field_at(program, place, step);
    const std::optional<std::size_t> index = index_step(step);
    place = below(program, place, step);
    const YamlNode* node = found.node;
    found = {nullptr, field, place.type};
    if (!place.type) return found;
    if (node && node->is_map()) {
      const YamlEntry* entry = node->find_entry(field ? field->name : step);
      if (!entry && field) entry = node->find_entry(field->wire);
      if (entry && !entry->value.is_tilde()) found.node = &entry->value;
    } else if (node && node->is_sequence() && index && *index < node->items.size()) {
      found.node = &node->items[*index];
    }
  }
  return found;
}

std::optional<std::int64_t> default_instant(const Program& program, const Field* field) {
  if (!field || !field->default_value) return std::nullopt;
  const compiler::Expr& expr = program.exprs[field->default_value];
  if (expr.kind != compiler::ExprKind::TimeLiteral) return std::nullopt;
  return expr.integer;
}

}  // namespace

std::optional<std::string> Values::scalar_time(const YamlNode& node, const std::string& path) {
  counting_.push_back(path);
  const std::optional<std::int64_t> result = instant(node);
  counting_.pop_back();
  if (!result) return std::nullopt;
  return json_quote(format::print_instant(*result));
}

std::optional<std::int64_t> Values::instant(const YamlNode& node) {
  const std::optional<TimeText> text = node.is_scalar() ? read_time_text(node.text) : std::nullopt;
  if (!text) {
    not_read(node, "a Time", time_rule(node));
    return std::nullopt;
  }
  const std::optional<std::int64_t> start = text->instant ? text->instant : counted_from(node, text->path);
  if (!start) return std::nullopt;
  return add_terms(*start, text->terms);
}

std::optional<std::int64_t> Values::counted_from(const YamlNode& node, const std::string& path) {
  if (!times_.request && times_.decision) return 0;  // a layer alone: only the form is checked
  if (!times_.request) {                             // a file of entity data, which belongs to no request
    context_.report(codes::NoTimeToCountFrom, node.place(), {{"path", path}});
    return std::nullopt;
  }
  counted_ = true;
  const Program& program = context_.program;
  const auto same = std::find(counting_.begin(), counting_.end(), path);
  if (same != counting_.end()) {
    std::vector<std::string> circle(same, counting_.end());
    circle.push_back(path);
    context_.report(codes::CircleOfTimes, node.place(),
                    {{"path", path}, {"circle", fmt::format("{}", fmt::join(circle, " -> "))}});
    return std::nullopt;
  }
  const Found found = follow(program, times_.decision, *times_.request, path);
  if (!found.type || program.types[program.without_optional(found.type)].kind != TypeKind::Time) {
    const std::string near = grammar::nearest(path, request_paths(program, times_.decision));
    not_read(node, "a Time", near.empty() ? kRule : fmt::format("did you mean `{}`?", near));
    return std::nullopt;
  }
  if (!found.node) {
    if (const auto instant_by_default = default_instant(program, found.field)) return instant_by_default;
  } else if (found.node->has_text()) {
    counting_.push_back(path);
    const std::optional<std::int64_t> result = instant(*found.node);
    counting_.pop_back();
    return result;
  }
  context_.report(codes::NoTimeToCountFrom, node.place(), {{"path", path}});
  return std::nullopt;
}

}  // namespace bylaw::runner
