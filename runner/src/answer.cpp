#include "answer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "expectations.h"
#include "generate/scenario_yaml.h"
#include "yaml_text.h"

namespace bylaw::runner {
namespace {

const char* verdict_word(Outcome outcome) {
  switch (outcome) {
    case Outcome::Invalid: return word(Verdict::Invalid);
    case Outcome::Deny: return word(Verdict::Deny);
    case Outcome::Allow: return word(Verdict::Allow);
  }
  return "";
}

/// `$` begins a variable in a message.
std::string message_text(std::string_view text) {
  std::string doubled;
  for (const char c : text) doubled += c == '$' ? "$$" : std::string(1, c);
  return yaml_text(doubled);
}

class Answering {
 public:
  Answering(const Program& program, const Report& report) : program_(program), report_(report) {}

  std::string value(const std::string& key) const {
    if (key == "expect") return verdict_word(report_.verdict);
    if (report_.verdict == Outcome::Invalid) return key == "invalid" ? invalid() : "";
    if (key == "by") return report_.by.empty() ? "default" : rules(report_.by);
    if (key == "findings") return findings();
    if (key == "message") return messages();
    if (key == "annotations") return annotations();
    if (key == "obliges") return obligations();
    if (key == "exempt") return exemptions();
    if (key == "audit") return audit();
    if (key == "would_be") return verdict_word(report_.would_be);
    return "";
  }

  /// A key that says something which the others do not.
  bool says_something(const std::string& key, const std::string& text) const {
    if (key == "would_be") return report_.would_be != report_.verdict;
    return !text.empty() && text != "{}" && text != "[]";
  }

 private:
  std::string rules(const std::vector<std::string>& names) const {
    std::vector<std::string> shortened;
    for (const std::string& name : names) shortened.push_back(short_rule_name(program_, name));
    return yaml_list(shortened);
  }

  std::string invalid() const {
    if (!report_.error) return "";
    YamlMap map;
    map.add("path", yaml_text(report_.error->path));
    map.add("code", report_.error->code);
    return map.text();
  }

  /// By rule: the text, or the list of all its texts.
  std::string messages() const {
    std::vector<std::string> order;
    std::map<std::string, std::vector<std::string>> texts;
    for (const Message& message : report_.messages) {
      if (!message.rule) continue;
      if (texts.count(*message.rule) == 0) order.push_back(*message.rule);
      texts[*message.rule].push_back(message_text(message.text));
    }
    YamlMap map;
    for (const std::string& rule : order) {
      const std::vector<std::string>& of_rule = texts[rule];
      map.add(short_rule_name(program_, rule), of_rule.size() == 1 ? of_rule.front() : yaml_list(of_rule));
    }
    return map.text();
  }

  std::string annotations() const {
    std::map<std::string, std::vector<std::string>> values;
    for (const RuleAnnotations& of_rule : report_.annotations) {
      for (const auto& [name, value] : of_rule.annotations) {
        std::vector<std::string>& all = values[name];
        const std::string text = yaml_of_json(value.json);
        if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
      }
    }
    YamlMap map;
    for (const auto& [name, all] : values) map.add(name, yaml_list(all));
    return map.text();
  }

  std::string obligations() const {
    YamlMap map;
    for (const ReportedObligation& obligation : report_.obligations)
      map.add(obligation.name, yaml_of_json(obligation.value.json));
    return map.text();
  }

  std::string exemptions() const {
    std::vector<std::string> names;
    for (const ReportedExemption& exemption : report_.exemptions) names.push_back(exemption.rule);
    return rules(names);
  }

  std::string audit() const {
    std::vector<std::string> names;
    for (const ReportedAudit& audited : report_.audit) names.insert(names.end(), audited.by.begin(), audited.by.end());
    return rules(names);
  }

  // --- findings ---

  std::string findings() const {
    std::vector<std::string> order;
    std::map<std::string, std::vector<std::string>> elements;
    std::set<std::string> counted;  // an element of theirs cannot be written
    for (const ReportedFinding& finding : report_.findings) {
      if (elements.count(finding.rule) == 0) order.push_back(finding.rule);
      const std::optional<std::string> text = finding_text(finding);
      if (!text) counted.insert(finding.rule);
      elements[finding.rule].push_back(text.value_or(""));
    }
    YamlMap map;
    for (const std::string& rule : order) {
      const std::vector<std::string>& of_rule = elements[rule];
      map.add(short_rule_name(program_, rule),
              counted.count(rule) != 0 ? std::to_string(of_rule.size()) : yaml_list(of_rule));
    }
    return map.text();
  }

  std::optional<std::string> finding_text(const ReportedFinding& finding) const {
    std::vector<std::string> elements;
    for (std::size_t i = 0; i < finding.elements.size(); ++i) {
      auto text = element_text(finding.elements[i], type_of(finding.rule, i));
      if (!text) return std::nullopt;
      elements.push_back(*std::move(text));
    }
    return elements.size() == 1 ? elements.front() : yaml_list(elements);
  }

  compiler::TypeId type_of(const std::string& name, std::size_t binder) const {
    const RuleId rule = find_full(program_, name);
    if (!rule || binder >= program_.rules[rule].binders.size()) return {};
    return program_.locals[program_.rules[rule].binders[binder].local].type;
  }

  /// Nothing if it has no printed form. Of a record such a field is left out: only those that are told are compared.
  std::optional<std::string> element_text(const FoundElement& element, compiler::TypeId type) const {
    const Place place{type, nullptr};
    if (type && program_.types[type].kind == compiler::TypeKind::Record && !program_.either_of(type)) {
      YamlMap map;
      for (const auto& [name, value] : element.fields)
        if (const auto text = value_text(value.json, below(program_, place, name))) map.add(name, *text);
      return map.text();
    }
    return value_text(element.value.json, place);
  }

  /// Nothing of what has no printed form: an `Any`, a record within a record. The engine says null of these.
  std::optional<std::string> value_text(const std::string& json, Place place) const {
    const OrderedJson value = OrderedJson::parse(json, nullptr, false);
    if (value.is_discarded()) return yaml_text(json);
    return holds_null(value) ? std::nullopt : std::optional(yaml_value(program_, value, place));
  }

  static bool holds_null(const OrderedJson& json) {
    if (json.is_null()) return true;
    return json.is_structured() && std::any_of(json.begin(), json.end(), holds_null);
  }

  const Program& program_;
  const Report& report_;
};

}  // namespace

std::vector<std::pair<std::string, std::string>> answer(const Program& program, const Report& report) {
  const Answering asked(program, report);
  std::vector<std::pair<std::string, std::string>> values;
  for (const std::string& key : expectation_keys()) {
    std::string text = asked.value(key);
    if (asked.says_something(key, text)) values.emplace_back(key, std::move(text));
  }
  return values;
}

std::string answer_for(const Program& program, const Report& report, const std::string& key) {
  return Answering(program, report).value(key);
}

}  // namespace bylaw::runner
