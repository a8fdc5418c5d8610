// `forall`, `assume` and `runs`: read and checked before anything runs.

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <fmt/format.h>
#include <format/decimal.h>
#include <format/text_forms.h>

#include <algorithm>
#include <charconv>

#include "generate/type_values.h"
#include "json_members.h"
#include "layers.h"
#include "property/assumption.h"
#include "property/counterexample.h"
#include "property/drawer.h"
#include "property/property.h"

namespace bylaw::runner {
namespace {

constexpr std::string_view kAny = "any ", kEvery = "every ";

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

YamlNode plain_node(std::string text, Span place) {
  YamlNode node;
  node.style = compiler::YamlStyle::Plain;
  node.text = std::move(text);
  node.span = place;
  return node;
}

bool is_number(TypeKind kind) {
  return kind == TypeKind::Int || kind == TypeKind::Decimal || kind == TypeKind::Time || kind == TypeKind::Duration;
}

class PropertyReader {
 public:
  PropertyReader(Context& context, const PropertySource& property)
      : context_(context),
        program_(context.program),
        property_(property),
        values_(context, {property.source.decision, &property.merged}) {}

  std::vector<Quantified> forall() {
    std::vector<Quantified> all;
    const YamlEntry& entry = *property_.source.scenario->property->forall;
    if (!entry.value.is_map() || entry.value.entries.empty()) {
      wrong_shape("forall", entry.value, "a map by paths of the request, such as `{principal: every User}`");
      return all;
    }
    for (const YamlEntry& one : entry.value.entries) {
      Quantified quantified;
      quantified.path = one.key;
      quantified.steps = request_steps(program_, property_.source.decision, one.key);
      quantified.domain.type = type_at_path(one, quantified.steps);
      if (quantified.domain.type) read_domain(one, quantified);
      all.push_back(std::move(quantified));
    }
    return all;
  }

  std::optional<Relation> relation() {
    const YamlEntry* entry = property_.source.scenario->property->relation;
    if (!entry) return std::nullopt;
    Relation relation;
    relation.kind = entry->key == "same_as" ? Relation::Kind::SameAs : Relation::Kind::NeverMoreThan;
    relation.key = entry->key;
    relation.text = one_line(context_, entry->value);
    relation.span = entry->value.place();
    relation.policies = property_.policies;
    const YamlEntry* when = entry->value.is_map() ? entry->value.find_entry("when") : nullptr;
    const YamlEntry* only = entry->value.is_map() ? entry->value.find_entry("only") : nullptr;
    if (entry->value.is_map()) context_.check_keys(entry->value, {"when", "only"}, {});
    if (!when && !only)
      wrong_shape(entry->key, entry->value, "what is asked otherwise: `{when: {..}}`, `{only: [..]}` or both");
    if (when && !when->value.is_map()) wrong_shape("when", when->value, "a map");
    if (when && when->value.is_map()) {
      relation.when = when->value;
      values_.fields(request_place(program_, property_.source.decision), when->value, "");
    }
    if (only) relation.policies = policies_named(context_, *only);
    return relation;
  }

  std::size_t runs() {
    const YamlEntry* entry = property_.source.scenario->property->runs;
    if (!entry) return kUsualRuns;
    const std::string& text = entry->value.text;
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool read = error == std::errc() && end == text.data() + text.size() && entry->value.has_text();
    if (read && number > 0 && number <= kMostRuns) return number;
    wrong_shape("runs", entry->value, fmt::format("how often it is tried, from 1 to {}", kMostRuns));
    return kUsualRuns;
  }

 private:
  void wrong_shape(const std::string& key, const YamlNode& node, const std::string& wanted) {
    const std::string seen = node.has_text() ? fmt::format("`{}`", node.text) : describe(node);
    context_.report(codes::WrongShape, node.place(), {{"key", key}, {"seen", seen}, {"wanted", wanted}});
  }

  void no_domain(const std::string& path, const YamlNode& node, const std::string& wanted) {
    context_.report(codes::NoDomain, node.place(),
                    {{"path", path}, {"text", source_text(context_.sources, node)}, {"wanted", wanted}});
  }

  /// The declared type; none, and told, if the path leads nowhere, or through an entity that is only referred to.
  TypeId type_at_path(const YamlEntry& entry, const std::vector<std::string>& steps) {
    Place place = request_place(program_, property_.source.decision);
    const YamlNode* node = &property_.merged;
    std::string path;
    for (const std::string& step : steps) {
      const Place next = below(program_, place, step);
      if (!next.type) {
        context_.report(codes::NoSuchField, entry.key_span,
                        {{"path", entry.key}, {"suggestion", field_suggestion(program_, place, path, step)}});
        return {};
      }
      if (node && node->has_text() && map_kind(program_, place) == MapKind::Entity) {
        context_.report(codes::DrawnBelowReference, entry.key_span, {{"path", entry.key}, {"holder", path}});
        return {};
      }
      const YamlEntry* held = node && node->is_map() ? find_key(program_, place, *node, step) : nullptr;
      node = held ? &held->value : nullptr;
      path += (path.empty() ? "" : ".") + step;
      place = next;
    }
    return place.type;
  }

  const Type& type(const Domain& domain) const { return program_.types[program_.without_optional(domain.type)]; }
  std::string type_name(const Domain& domain) const {
    return program_.type_name(program_.without_optional(domain.type));
  }

  void read_domain(const YamlEntry& entry, Quantified& into) {
    const YamlNode& node = entry.value;
    if (node.is_sequence()) return read_values(node, into);
    const std::string text = node.has_text() ? trimmed(node.text) : "";
    const std::size_t dots = text.find("..");
    if (text == "any") return;
    if (text.starts_with(kAny)) return read_named(trimmed(text.substr(kAny.size())), node, into);
    if (text.starts_with(kEvery)) return read_every(trimmed(text.substr(kEvery.size())), node, into);
    if (dots != std::string::npos && is_number(type(into.domain).kind)) return read_range(text, dots, node, into);
    no_domain(into.path, node,
              fmt::format("`any`, `any {}`, {}or a list of values", type_name(into.domain),
                          is_number(type(into.domain).kind)            ? "a range `A..B` "
                          : type(into.domain).kind == TypeKind::Entity ? "`every TYPE` "
                                                                       : ""));
  }

  void read_values(const YamlNode& node, Quantified& into) {
    into.domain.kind = Domain::Kind::Values;
    if (node.items.empty()) wrong_shape(into.path, node, "at least one value");
    for (const YamlNode& item : node.items) {
      if (!item.is_tilde()) values_.value(into.domain.type, item, into.path);
      into.domain.values.push_back(item);
    }
  }

  /// Whose name it is: the type's own, or of an entity that the place takes.
  bool named(const std::string& name, const YamlNode& node, Domain& domain) {
    const Type& declared = type(domain);
    if (name == type_name(domain)) return true;
    if (declared.kind == TypeKind::Record && is_tail(name, program_.qualified(program_.records[declared.record])))
      return true;
    if (declared.kind == TypeKind::Enum && is_tail(name, program_.qualified(program_.enums[declared.enum_id])))
      return true;
    if (declared.kind == TypeKind::Entity) {
      domain.entity = find_entity_type(context_, name, declared.entities, node.place());
      return static_cast<bool>(domain.entity);
    }
    context_.report(codes::DomainOfOtherType, node.place(),
                    {{"type", with_article(type_name(domain))}, {"name", name}, {"wanted", type_name(domain)}});
    return false;
  }

  void read_named(const std::string& name, const YamlNode& node, Quantified& into) { named(name, node, into.domain); }

  /// What there is: entities that the data describes, members, both truths.
  void read_every(const std::string& name, const YamlNode& node, Quantified& into) {
    Domain& domain = into.domain;
    if (!named(name, node, domain)) return;
    if (type(domain).kind == TypeKind::Bool) return;
    domain.kind = Domain::Kind::Values;
    if (type(domain).kind == TypeKind::Enum)
      for (const compiler::Member& member : program_.enums[type(domain).enum_id].members)
        domain.values.push_back(plain_node(member.name, node.place()));
    else if (type(domain).kind == TypeKind::Entity)
      add_entities(domain, node);
    else
      no_domain(into.path, node,
                fmt::format("`any {}`: only of an enum, a Bool and entities there is every one", name));
  }

  void add_entities(Domain& domain, const YamlNode& node) {
    const KnownEntities known = known_entities(program_, property_.entities_json);
    for (const EntityTypeId id : domain.entity ? std::vector{domain.entity} : type(domain).entities)
      if (const auto found = known.find(id); found != known.end())
        for (const std::string& key : found->second) domain.values.push_back(plain_node(key, node.place()));
    if (domain.values.empty())
      context_.report(codes::NobodyDescribed, node.place(),
                      {{"type", domain.entity ? program_.entities[domain.entity].name : type_name(domain)}});
  }

  void read_range(const std::string& text, std::size_t dots, const YamlNode& node, Quantified& into) {
    const auto low = end_of_range(trimmed(text.substr(0, dots)), node, into);
    const auto high = end_of_range(trimmed(text.substr(dots + 2)), node, into);
    if (!low || !high) return;
    into.domain.kind = Domain::Kind::Range;
    into.domain.low = *low;
    into.domain.high = *high;
    if (*low > *high) no_domain(into.path, node, "a range whose first end is not the greater one");
  }

  std::optional<std::int64_t> end_of_range(const std::string& text, const YamlNode& node, const Quantified& into) {
    const auto json = values_.value(into.domain.type, plain_node(text, node.place()), into.path);
    if (!json) return std::nullopt;
    switch (type(into.domain).kind) {
      case TypeKind::Time: return format::read_instant(json_unquote(*json));
      case TypeKind::Duration: return format::read_wire_duration(json_unquote(*json)).value;
      case TypeKind::Decimal: return format::read_decimal(*json).value;
      default: {
        std::int64_t number = 0;
        std::from_chars(json->data(), json->data() + json->size(), number);
        return number;
      }
    }
  }

  Context& context_;
  const Program& program_;
  const PropertySource& property_;
  Values values_;
};

}  // namespace

std::shared_ptr<const PropertyPlan> plan_property(Context& context, const PropertySource& property,
                                                  Variants& variants) {
  auto plan = std::make_shared<PropertyPlan>();
  PropertyReader reader(context, property);
  plan->base = property.merged;
  plan->forall = reader.forall();
  plan->runs = reader.runs();
  plan->relation = reader.relation();
  plan->constants = property.constants;
  if (const YamlEntry* assume = property.source.scenario->property->assume) {
    plan->assume_span = assume->value.place();
    plan->assumed = assumed(context, property, variants);
  }
  // What is missing in it is given by the property itself, and was looked at with it.
  grammar::Diagnostics ignored;
  Context aside(context.program, context.sources, ignored);
  Values values(aside, {property.source.decision, &property.given});
  plan->given_json = values.request(property.given).value_or("{}");
  add_scenario_lines(context, property, *plan);
  return plan;
}

}  // namespace bylaw::runner
