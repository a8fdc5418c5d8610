#include "property/counterexample.h"

#include <fmt/format.h>

#include "generate/scenario_text.h"
#include "generate/scenario_yaml.h"
#include "yaml_text.h"

namespace bylaw::runner {
namespace {

void add_entry(const Context& context, const YamlEntry* entry, std::vector<std::string>& lines) {
  if (entry) lines.push_back(fmt::format("  {}: {}", entry->key, one_line(context, entry->value)));
}

void add_entities(const Context& context, const std::vector<EntityPart>& parts, std::vector<std::string>& lines) {
  std::vector<std::string> written;
  for (const EntityPart& part : parts) written.push_back(one_line(context, *part.written));
  if (!written.empty()) lines.push_back("  entities: " + (written.size() == 1 ? written.front() : yaml_list(written)));
}

}  // namespace

std::string one_line(const Context& context, const YamlNode& node) {
  std::string text;
  const auto add = [&](const std::string& item) { text += (text.empty() ? "" : ", ") + item; };
  switch (node.kind) {
    case compiler::YamlKind::Scalar:
      return node.style == compiler::YamlStyle::Block ? json_quote(node.text)
                                                      : std::string(context.sources.text(node.span));
    case compiler::YamlKind::Sequence:
      for (const YamlNode& item : node.items) add(one_line(context, item));
      return "[" + text + "]";
    case compiler::YamlKind::Map:
      for (const YamlEntry& entry : node.entries)
        add(fmt::format("{}: {}", context.sources.text(entry.key_span), one_line(context, entry.value)));
      return "{" + text + "}";
  }
  return text;
}

void add_scenario_lines(const Context& context, const PropertySource& property, PropertyPlan& plan) {
  const Scenario& scenario = *property.source.scenario;
  plan.before.push_back("- name: " + title_text(scenario.name + ", a case of it"));
  add_entry(context, scenario.layer.decision, plan.before);
  add_entry(context, scenario.layer.only, plan.before);
  add_entry(context, scenario.layer.params, plan.before);
  add_entities(context, scenario.layer.entities, plan.before);
  for (const std::string& key : expectation_keys())
    if (const auto found = property.expectations.find(key); found != property.expectations.end())
      plan.after.push_back(fmt::format("  {}: {}", key, one_line(context, *found->second)));
}

std::string scenario_of(const Program& program, const PropertyPlan& plan, DecisionId decision,
                        const std::string& request_json) {
  const OrderedJson given = OrderedJson::parse(plan.given_json, nullptr, false);
  const OrderedJson request = OrderedJson::parse(request_json, nullptr, false);
  std::string text;
  const auto add = [&](const std::string& line) { text += (text.empty() ? "" : "\n") + line; };
  for (const std::string& line : plan.before) add(line);
  if (given.is_object() && request.is_object())
    if (const OrderedJson when = difference(given, request); !when.empty())
      add("  when: " + yaml_map(program, when, request_place(program, decision)));
  for (const std::string& line : plan.after) add(line);
  return text;
}

}  // namespace bylaw::runner
