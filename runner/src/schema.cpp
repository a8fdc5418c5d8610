#include <bylaw/runner/schema.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "names.h"
#include "property/property.h"
#include "suite.h"

namespace bylaw::runner {
namespace {

using compiler::Field;
using compiler::Type;
using compiler::TypeKind;
using Json = nlohmann::ordered_json;

Json one_of(std::vector<Json> kinds) {
  if (kinds.size() == 1) return std::move(kinds.front());
  return {{"anyOf", std::move(kinds)}};
}

Json text() {
  return {{"type", "string"}};
}

Json list_of(Json item) {
  return {{"type", "array"}, {"items", std::move(item)}};
}

Json one_or_list(const Json& item) {
  return one_of({item, list_of(item)});
}

Json choice(const std::vector<std::string>& values) {
  return {{"enum", values}};
}

Json strict(Json properties) {
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

Json described(Json schema, const char* description) {
  schema["description"] = description;
  return schema;
}

/// "x.y", "m.x.y", ..: what a name can be called.
void add_tails(const std::string& full, std::size_t parts, std::set<std::string>& names) {
  std::size_t at = full.size();
  for (std::size_t part = 1; at != std::string::npos && at != 0; ++part) {
    at = full.rfind('.', at - 1);
    if (part >= parts) names.insert(at == std::string::npos ? full : full.substr(at + 1));
  }
}

class Writer {
 public:
  Writer(const Program& program, DecisionId decision) : program_(program), decision_(decision) {}

  std::string run() {
    define_common();
    Json file = strict(file_keys());
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"title", "Scenarios of " + full_name(program_, decision_)}};
    schema.update(file);
    schema["$defs"] = std::move(defs_);
    return schema.dump(2) + "\n";
  }

 private:
  static Json ref(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }

  // --- the skeleton ---

  void define_common() {
    // What may stand instead of any value: `~`, a column's `$name`, JSON as it is.
    defs_["other"] = one_of({{{"type", "null"}},
                             {{"type", "string"}, {"pattern", "^\\$[A-Za-z_]"}},
                             {{"type", "object"},
                              {"required", {"$json"}},
                              {"additionalProperties", false},
                              {"properties", {{"$json", text()}}}}});
    defs_["words"] = one_or_list(text());
    defs_["partial_request"] = partial_request();
    defs_["requests"] = {{"type", "object"}, {"additionalProperties", ref("partial_request")}};
    defs_["entities"] = entities();
    defs_["decision"] = choice(decision_names());
    defs_["policies"] = one_or_list(choice(policy_names()));
    defs_["rule"] = choice(rule_names());
    define_expectations();
    defs_["scenario"] = strict(scenario_keys());
    defs_["scenario"]["required"] = {"name"};
    defs_["property"] = strict(property_keys());
    defs_["property"]["required"] = {"name", "forall"};
    defs_["group"] = strict(group_keys());
    defs_["group"]["required"] = {"group"};
    defs_["group"]["anyOf"] = {{{"required", {"scenarios"}}}, {{"required", {"properties"}}}};
  }

  Json common_keys() const {
    return {{"decision", described(ref("decision"), "what is asked; the innermost wins")},
            {"about", described(text(), "printed with a failure")},
            {"tags", described(ref("words"), "words that add up, for -k tag:WORD")},
            {"entities", described(ref("entities"), "the entity data of the case")},
            {"only", described(ref("policies"), "only these policies take part")},
            {"params", {{"type", "object"}}}};
  }

  Json file_keys() const {
    Json keys = common_keys();
    keys["use"] = described(ref("words"), "files of fixtures, *.fixtures.yaml");
    keys["requests"] = described(ref("requests"), "partial requests with names, to start from by `like`");
    keys["given"] = described(ref("partial_request"), "laid under all scenarios");
    keys["scenarios"] = list_of(one_of({ref("scenario"), ref("group")}));
    keys["properties"] = list_of(ref("property"));
    return keys;
  }

  Json group_keys() const {
    Json keys = common_keys();
    keys["group"] = text();
    keys["requests"] = ref("requests");
    keys["given"] = ref("partial_request");
    keys["skip"] = skip();
    keys["scenarios"] = list_of(ref("scenario"));
    keys["properties"] = list_of(ref("property"));
    return keys;
  }

  Json scenario_keys() const {
    Json keys = tried_keys();
    keys["table"] = described(list_of(list_of(Json::object())), "the first row names the columns");
    keys["grid"] = described(list_of(list_of(Json::object())), "the first cell is `row column / other column`");
    keys["each"] = one_of(
        {{{"type", "object"}, {"additionalProperties", list_of(Json::object())}}, list_of({{"type", "object"}})});
    return keys;
  }

  Json property_keys() const {
    const Json domain = one_of({text(), {{"type", "array"}}});
    Json keys = tried_keys();
    keys["forall"] = described({{"type", "object"}, {"minProperties", 1}, {"additionalProperties", domain}},
                               "by path: `every TYPE`, `any TYPE`, a range `A..B`, or a list of values");
    keys["assume"] = described(text(), "a condition; requests of which it does not hold are left out");
    const Json other = strict({{"when", ref("partial_request")}, {"only", ref("policies")}});
    keys["same_as"] = described(other, "the request asked otherwise has the same verdict");
    keys["never_more_than"] = described(other, "what is allowed is allowed too if it is asked so");
    keys["runs"] = described({{"type", "integer"}, {"minimum", 1}, {"maximum", kMostRuns}}, "how many are drawn");
    return keys;
  }

  /// What scenarios and properties have in common.
  Json tried_keys() const {
    Json keys = common_keys();
    keys["name"] = text();
    keys["like"] = described(ref("words"), "the requests to start from");
    keys["when"] = described(ref("partial_request"), "this case");
    keys["skip"] = skip();
    keys["failing"] = strict({{"because", text()}});
    keys["failing"]["required"] = {"because"};
    for (const std::string& key : expectation_keys()) keys[key] = one_of({ref("expect_" + key), ref("other")});
    return keys;
  }

  static Json skip() {
    Json schema = strict({{"because", text()}, {"until", text()}});
    schema["required"] = {"because"};
    return schema;
  }

  // --- expectations ---

  void define_expectations() {
    const Json rules = one_or_list(one_of({ref("rule"), ref("other")}));
    const Json match = one_of({text(), strict({{"contains", text()}}), strict({{"matches", text()}})});
    for (const std::string& key : expectation_keys()) defs_["expect_" + key] = {{"type", "object"}};
    defs_["expect_expect"] = choice({"allow", "deny", "invalid", "show"});
    defs_["expect_by"] = one_of({choice({"default"}), rules, strict({{"includes", rules}})});
    defs_["expect_exempt"] = rules;
    defs_["expect_audit"] = rules;
    defs_["expect_would_be"] = choice({"allow", "deny"});
    defs_["expect_invalid"] = strict({{"path", text()}, {"code", text()}});
    defs_["expect_message"] = one_of({match, {{"type", "object"}, {"additionalProperties", one_or_list(match)}}});
    Json obligations = Json::object();
    for (std::uint32_t i = 0; i < program_.decisions.size(); ++i)
      for (const compiler::Obligation& obligation : program_.decisions[DecisionId{i}].obligations)
        obligations[obligation.name] = Json::object();
    defs_["expect_obliges"] = strict(obligations);
  }

  // --- names ---

  std::vector<std::string> decision_names() const {
    std::set<std::string> names;
    for (std::uint32_t i = 0; i < program_.decisions.size(); ++i)
      add_tails(full_name(program_, DecisionId{i}), 1, names);
    return {names.begin(), names.end()};
  }

  std::vector<std::string> policy_names() const {
    std::set<std::string> names;
    for (const compiler::Policy& policy : program_.policies) add_tails(program_.qualified(policy), 1, names);
    return {names.begin(), names.end()};
  }

  std::vector<std::string> rule_names() const {
    std::set<std::string> names;
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i) add_tails(full_name(program_, RuleId{i}), 1, names);
    return {names.begin(), names.end()};
  }

  // --- requests ---

  /// Fields of this decision by its types, and those of others, which a file may ask too.
  Json partial_request() {
    Json properties = Json::object();
    add_fields(program_.decisions[decision_].fields, properties);
    for (std::uint32_t i = 0; i < program_.decisions.size(); ++i) {
      if (DecisionId{i} == decision_) continue;
      for (const Field& field : program_.decisions[DecisionId{i}].fields)
        for (const std::string& name : {field.name, field.wire}) {
          const bool other_type = properties.contains(name) && properties[name] != value(field.type);
          properties[name] = other_type ? Json::object() : value(field.type);
        }
    }
    return strict(std::move(properties));
  }

  void add_fields(const std::vector<Field>& fields, Json& properties) {
    for (const Field& field : fields) {
      properties[field.name] = value(field.type);
      if (field.wire != field.name) properties[field.wire] = value(field.type);
    }
  }

  Json value(TypeId type) { return one_of({plain(type), ref("other")}); }

  /// YAML's own reading of a scalar is not ours: `1.10` is a text in a String, and a number to a schema.
  Json plain(TypeId id) {
    const Type& type = program_.types[program_.without_optional(id)];
    switch (type.kind) {
      case TypeKind::Bool: return {{"type", "boolean"}};
      case TypeKind::Int: return {{"type", "integer"}};
      case TypeKind::Decimal: return {{"type", "number"}};
      case TypeKind::String: return {{"type", {"string", "number", "boolean"}}};
      case TypeKind::Version:
      case TypeKind::Versions: return {{"type", {"string", "number"}}};
      case TypeKind::Time:
      case TypeKind::Duration:
      case TypeKind::Ip:
      case TypeKind::Cidr: return text();
      case TypeKind::Enum: return enum_value(type.enum_id);
      case TypeKind::Record: return program_.either_of(id) ? parts(type.record) : record(type.record);
      case TypeKind::Entity: return entity(type);
      case TypeKind::Set:
      case TypeKind::List: return list_of(value(type.element));
      case TypeKind::Map:
        return {{"type", "object"},
                {"additionalProperties", value(program_.value_type(program_.without_optional(id)))}};
      default: return Json::object();
    }
  }

  Json parts(compiler::RecordId id) {
    std::vector<Json> kinds;
    for (const Field& field : program_.records[id].fields) kinds.push_back(plain(field.type));
    return one_of(std::move(kinds));
  }

  Json enum_value(compiler::EnumId id) {
    const compiler::EnumType& type = program_.enums[id];
    std::set<std::string> names;
    for (const compiler::Member& member : type.members) names.insert({member.name, member.wire});
    std::vector<Json> kinds = {choice({names.begin(), names.end()})};
    if (type.open) kinds.push_back(strict({{"unknown", text()}}));
    return one_of(std::move(kinds));
  }

  Json record(compiler::RecordId id) {
    const compiler::RecordType& type = program_.records[id];
    const std::string name = "record_" + program_.qualified(type);
    if (!defs_.contains(name)) {
      defs_[name] = Json::object();  // records do not hold themselves, but their entities may come back to them
      Json properties = Json::object();
      add_fields(type.fields, properties);
      defs_[name] = {{"type", "object"}, {"additionalProperties", type.open}, {"properties", std::move(properties)}};
    }
    return ref(name);
  }

  // --- entities ---

  Json entity(const Type& type) {
    std::vector<Json> kinds = {text()};
    for (const EntityTypeId id : type.entities) kinds.push_back(entity_object(id));
    return one_of(std::move(kinds));
  }

  Json entity_object(EntityTypeId id) {
    const std::string name = "entity_" + program_.qualified(program_.entities[id]);
    if (!defs_.contains(name)) {
      defs_[name] = Json::object();
      Json properties = {{"type", text()}, {"id", text()}, {"in", parents()}};
      add_fields(program_.entities[id].fields, properties);
      defs_[name] = strict(std::move(properties));
    }
    return ref(name);
  }

  static Json parents() { return one_of({one_or_list(one_of({text(), {{"type", "object"}}})), {{"type", "null"}}}); }

  Json entities() {
    Json by_type = Json::object();
    for (std::uint32_t i = 0; i < program_.entities.size(); ++i) {
      const EntityTypeId id{i};
      by_type["^([a-z_A-Z0-9]+\\.)*" + program_.entities[id].name + "::"] =
          one_of({entity_object(id), {{"type", "null"}}});
    }
    const Json map = {{"type", "object"}, {"additionalProperties", false}, {"patternProperties", by_type}};
    return one_of({map, text(), list_of(one_of({map, text()}))});
  }

  const Program& program_;
  DecisionId decision_;
  Json defs_ = Json::object();
};

}  // namespace

std::string scenario_schema(const Program& program, DecisionId decision) {
  return Writer(program, decision).run();
}

}  // namespace bylaw::runner
