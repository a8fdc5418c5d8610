// Valid JSON to model values, by the declared types. Validity itself is tested by tables, not judged here.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "reference/model.h"

namespace bylaw::reference {

using compiler::EntityType;
using compiler::Field;
using compiler::Type;
using compiler::TypeKind;
using nlohmann::json;

namespace {

struct Reader {
  const Program& program;
  Situation& situation;

  Value read(TypeId type, const json& text);
  Value read_optional(const Field& field, const json& object);
  std::map<std::string, Value> read_fields(const std::vector<Field>& fields, const json& object);
  Value read_member(const Type& type, const std::string& text);
  Value read_entity(const Type& type, const json& text);
  Value read_one_of(const Type& type, const json& text);
  void describe(const EntityKey& key, const json& object);
};

Value number(Kind kind, std::int64_t n) {
  Value value;
  value.kind = kind;
  value.number = n;
  return value;
}

Value text_value(const std::string& text) {
  Value value;
  value.kind = Kind::Text;
  value.text = text;
  return value;
}

std::int64_t days_before(std::int64_t year, unsigned month, unsigned day) {
  // Counts days one year and month at a time from 1970: slow and obvious.
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto leap = [](std::int64_t y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  std::int64_t days = 0;
  for (std::int64_t y = 1970; y < year; ++y) days += leap(y) ? 366 : 365;
  for (std::int64_t y = year; y < 1970; ++y) days -= leap(y) ? 366 : 365;
  for (unsigned m = 1; m < month; ++m) days += lengths[m - 1] + (m == 2 && leap(year) ? 1 : 0);
  return days + day - 1;
}

std::int64_t digits(const std::string& text, std::size_t from, std::size_t count) {
  return std::strtoll(text.substr(from, count).c_str(), nullptr, 10);
}

// "2026-01-31T09:00:00.5+02:00"
std::int64_t read_time(const std::string& text) {
  std::int64_t seconds = days_before(digits(text, 0, 4), static_cast<unsigned>(digits(text, 5, 2)),
                                     static_cast<unsigned>(digits(text, 8, 2))) *
                             86400 +
                         digits(text, 11, 2) * 3600 + digits(text, 14, 2) * 60 + digits(text, 17, 2);
  std::size_t at = 19;
  std::string fraction;
  if (text[at] == '.')
    for (++at; std::isdigit(static_cast<unsigned char>(text[at])); ++at) fraction += text[at];
  fraction = (fraction + "000000").substr(0, 6);
  if (text[at] == '+' || text[at] == '-') {
    const std::int64_t offset = digits(text, at + 1, 2) * 3600 + digits(text, at + 4, 2) * 60;
    seconds -= text[at] == '+' ? offset : -offset;
  }
  return seconds * 1000000 + std::strtoll(fraction.c_str(), nullptr, 10);
}

__extension__ using Wide = __int128;

std::int64_t unit_length(const std::string& unit) {
  if (unit == "w") return 7 * 86400000000;
  if (unit == "d") return 86400000000;
  if (unit == "h") return 3600000000;
  if (unit == "m") return 60000000;
  if (unit == "s") return 1000000;
  if (unit == "ms") return 1000;
  if (unit == "us") return 1;
  impossible("a duration with a strange unit");
}

// "1d12h", "-30m"; the ISO form is left to the tables of the request reader.
std::int64_t read_duration(const std::string& text) {
  const bool negative = text[0] == '-';
  Wide total = 0;
  for (std::size_t at = negative ? 1 : 0; at < text.size();) {
    std::size_t end = at;
    while (std::isdigit(static_cast<unsigned char>(text[end]))) ++end;
    std::size_t unit_end = end;
    while (unit_end < text.size() && std::isalpha(static_cast<unsigned char>(text[unit_end]))) ++unit_end;
    total += static_cast<Wide>(std::strtoll(text.substr(at, end - at).c_str(), nullptr, 10)) *
             unit_length(text.substr(end, unit_end - end));
    at = unit_end;
  }
  return static_cast<std::int64_t>(negative ? -total : total);
}

// "-1.5", as the number stands in JSON; in ten-thousandths.
std::int64_t read_decimal(const std::string& text) {
  const std::size_t point = text.find('.');
  std::string units = text.substr(0, point);
  const std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
  units += (fraction + "0000").substr(0, 4);
  return std::strtoll(units.c_str(), nullptr, 10);
}

// `User::ana`, `User::"a b"`, `identity.User::ana`
EntityKey read_key(const std::string& text) {
  const std::size_t at = text.find("::");
  std::string type = text.substr(0, at);
  if (const std::size_t dot = type.rfind('.'); dot != std::string::npos) type = type.substr(dot + 1);
  std::string id = text.substr(at + 2);
  if (!id.empty() && id[0] == '"') id = json::parse(id).get<std::string>();
  return {type, id};
}

Value entity_value(const EntityKey& key) {
  Value value;
  value.kind = Kind::Entity;
  value.entity = key;
  return value;
}

Value Reader::read_member(const Type& type, const std::string& text) {
  const auto& members = program.enums[type.enum_id].members;
  Value value;
  value.kind = Kind::Member;
  value.number = -1;
  value.text = text;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (members[i].wire == text || members[i].name == text) {
      value.number = static_cast<std::int64_t>(i);
      value.text = members[i].wire;
    }
  return value;
}

const EntityType* find_entity_type(const Program& program, const std::string& name) {
  for (const EntityType& type : program.entities)
    if (type.name == name) return &type;
  return nullptr;
}

void Reader::describe(const EntityKey& key, const json& object) {
  EntityFacts& facts = situation.entities[key];
  if (object.contains("in")) {
    facts.parents.clear();
    const json& parents = object["in"];
    const auto add = [&](const json& parent) {
      if (parent.is_string()) {
        facts.parents.push_back(read_key(parent.get<std::string>()));
      } else {
        const EntityKey parent_key{parent.contains("type")
                                       ? parent["type"].get<std::string>()
                                       : program.entities[find_entity_type(program, key.type)->parents.at(0)].name,
                                   parent["id"].get<std::string>()};
        describe(parent_key, parent);
        situation.entities[key].parents.push_back(parent_key);
      }
    };
    if (parents.is_array())
      for (const json& parent : parents) add(parent);
    else
      add(parents);
  }
  const EntityType* type = find_entity_type(program, key.type);
  if (type == nullptr) impossible("an entity of no declared type");
  for (const Field& field : type->fields)
    if (object.contains(field.wire)) situation.entities[key].attributes[field.name] = read_optional(field, object);
}

Value Reader::read_entity(const Type& type, const json& text) {
  if (text.is_string()) {
    const std::string reference = text.get<std::string>();
    if (reference.find("::") != std::string::npos) return entity_value(read_key(reference));
    return entity_value({program.entities[type.entities.at(0)].name, reference});
  }
  std::string type_name =
      text.contains("type") ? text["type"].get<std::string>() : program.entities[type.entities.at(0)].name;
  if (const std::size_t dot = type_name.rfind('.'); dot != std::string::npos) type_name = type_name.substr(dot + 1);
  const EntityKey key{type_name, text["id"].get<std::string>()};
  describe(key, text);
  return entity_value(key);
}

/// `Int | String`: of the fields the one whose type is written so; the others are absent.
Value Reader::read_one_of(const Type& type, const json& text) {
  const auto written_so = [&](TypeKind kind) {
    if (text.is_boolean()) return kind == TypeKind::Bool;
    if (text.is_number()) return kind == TypeKind::Int || kind == TypeKind::Decimal;
    if (text.is_array()) return kind == TypeKind::Set || kind == TypeKind::List;
    if (text.is_object()) return kind == TypeKind::Record || kind == TypeKind::Map;
    return kind != TypeKind::Bool && kind != TypeKind::Int && kind != TypeKind::Decimal && kind != TypeKind::Set &&
           kind != TypeKind::List && kind != TypeKind::Record && kind != TypeKind::Map;
  };
  Value value;
  value.kind = Kind::Record;
  for (const Field& field : program.records[type.record].fields) {
    const TypeId part = program.types[field.type].element;
    value.fields[field.name] = written_so(program.types[part].kind) ? read(part, text) : Value{};
  }
  return value;
}

Value Reader::read(TypeId type_id, const json& text) {
  const Type& type = program.types[type_id];
  switch (type.kind) {
    case TypeKind::Bool: return number(Kind::Bool, text.get<bool>() ? 1 : 0);
    case TypeKind::Int: return number(Kind::Number, text.get<std::int64_t>());
    case TypeKind::String: return text_value(text.get<std::string>());
    case TypeKind::Time: return number(Kind::Number, read_time(text.get<std::string>()));
    case TypeKind::Duration: return number(Kind::Number, read_duration(text.get<std::string>()));
    case TypeKind::Ip:
    case TypeKind::Cidr:
    case TypeKind::Version:
    case TypeKind::Versions: return read_form(type.kind, text.get<std::string>());
    case TypeKind::Decimal: return number(Kind::Number, read_decimal(text.dump()));
    case TypeKind::Enum: return read_member(type, text.get<std::string>());
    case TypeKind::Entity: return read_entity(type, text);
    case TypeKind::Policy: impossible("a request says nothing of policies");
    case TypeKind::Optional: return text.is_null() ? Value{} : read(type.element, text);
    case TypeKind::Record: {
      if (program.records[type.record].either) return read_one_of(type, text);
      Value value;
      value.kind = Kind::Record;
      value.fields = read_fields(program.records[type.record].fields, text);
      return value;
    }
    case TypeKind::Set:
    case TypeKind::List: {
      std::vector<Value> items;
      for (const json& item : text) items.push_back(read(type.element, item));
      if (type.kind == TypeKind::Set) return make_set(std::move(items));
      Value value;
      value.kind = Kind::List;
      value.items = std::move(items);
      return value;
    }
    case TypeKind::Map: {
      std::vector<std::pair<Value, Value>> entries;
      for (const auto& [key, item] : text.items())
        entries.emplace_back(read(program.key_type(type_id), json(key)), read(program.value_type(type_id), item));
      return make_map(std::move(entries));
    }
    case TypeKind::Any: return number(Kind::Something, 0);
    case TypeKind::Glob:
    case TypeKind::Regex:
    case TypeKind::Error: break;
  }
  impossible("a field of type Error");
}

Value Reader::read_optional(const Field& field, const json& object) {
  if (object.contains(field.wire)) return read(field.type, object[field.wire]);
  if (field.default_value) return evaluate(situation, field.default_value, {});
  return {};
}

std::map<std::string, Value> Reader::read_fields(const std::vector<Field>& fields, const json& object) {
  std::map<std::string, Value> values;
  for (const Field& field : fields) values[field.name] = read_optional(field, object);
  return values;
}

}  // namespace

Situation read_situation(const Program& program, DecisionId decision, const json& request, const json& entities) {
  Situation situation;
  situation.program = &program;
  situation.decision = decision;
  Reader reader{program, situation};
  if (entities.is_object())
    for (const auto& [name, object] : entities.items()) {
      const EntityKey key = read_key(name);
      situation.entities[key];
      reader.describe(key, object);
    }
  situation.fields = reader.read_fields(program.decisions[decision].fields, request);
  return situation;
}

}  // namespace bylaw::reference
