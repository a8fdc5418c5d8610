#include "property/drawer.h"

#include <fmt/format.h>

#include <algorithm>

#include "values.h"

namespace bylaw::runner {

using compiler::EntityTypeId;
using compiler::Field;
using compiler::Type;
using compiler::TypeId;
using compiler::TypeKind;
using compiler::Value;
using compiler::ValueKind;

namespace {

constexpr int kDeepest = 6;                                        // records and entities within each other
constexpr std::size_t kSmallEnum = 5;                              // of which a set goes through all subsets
constexpr std::size_t kMostAdded = 3, kMostKept = 16, kMost = 24;  // of a collection

const OrderedJson* child(const OrderedJson* json, const Field& field) {
  if (json == nullptr || !json->is_object()) return nullptr;
  for (const std::string& key : {field.wire, field.name})
    if (const auto found = json->find(key); found != json->end()) return &*found;
  return nullptr;
}

void add_new(std::vector<OrderedJson>& values, OrderedJson value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(std::move(value));
}

OrderedJson chosen(const std::vector<OrderedJson>& values, Choices& choices) {
  return values[choices.choose(values.size())];
}

bool is_scalar(const OrderedJson* json) {
  return json != nullptr && json->is_primitive() && !json->is_null();
}

/// Values that stand for a kind of text where no condition names one.
std::vector<const char*> plain_texts(TypeKind kind) {
  switch (kind) {
    case TypeKind::Ip: return {"192.0.2.1", "10.0.0.1", "2001:db8::1"};
    case TypeKind::Cidr: return {"192.0.2.0/24", "10.0.0.0/8"};
    case TypeKind::Version: return {"1.0.0", "2.0.0", "0.9.0-beta.1"};
    case TypeKind::Versions: return {">=1.0.0"};
    default: return {"", "A", "two words"};
  }
}

compiler::ValueShape shape_of_json(const OrderedJson& json) {
  if (json.is_boolean()) return compiler::ValueShape::Bool;
  if (json.is_number()) return compiler::ValueShape::Number;
  if (json.is_string()) return compiler::ValueShape::Text;
  if (json.is_array()) return compiler::ValueShape::Array;
  return json.is_object() ? compiler::ValueShape::Object : compiler::ValueShape::None;
}

}  // namespace

OrderedJson Drawer::value(TypeId id, const OrderedJson* base, const std::string& field, Choices& choices, int depth) {
  if (program_.is_optional(id)) {
    const bool absent = base == nullptr || base->is_null();
    const bool other = choices.choose(2) == 1;
    if (absent != other) return nullptr;
  }
  const TypeId plain = program_.without_optional(id);
  const Type& type = program_.types[plain];
  switch (type.kind) {
    case TypeKind::Bool: {
      const bool first = base != nullptr && base->is_boolean() && base->get<bool>();
      return (choices.choose(2) == 1) != first;
    }
    case TypeKind::Enum: return member(program_.enums[type.enum_id], base, choices);
    case TypeKind::Int:
    case TypeKind::Decimal:
    case TypeKind::Time:
    case TypeKind::Duration: return number(plain, base, field, choices, {});
    case TypeKind::Record:
      if (program_.either_of(plain)) return part(plain, base, field, choices, depth);
      return fields(program_.records[type.record].fields, base, choices, depth + 1);
    case TypeKind::Entity: return entity(type.entities, base, field, choices, depth);
    case TypeKind::Set:
    case TypeKind::List: return collection(plain, base, field, choices, depth);
    case TypeKind::Map: return map(plain, base, field, choices, depth);
    case TypeKind::Any: {
      choices.endless();
      const std::vector<OrderedJson> values = {base == nullptr ? OrderedJson("text") : *base, 1, true,
                                               OrderedJson::array(), OrderedJson::object()};
      return chosen(values, choices);
    }
    default: return text(plain, base, field, choices);
  }
}

/// One of the types of a union; what stands there comes first.
OrderedJson Drawer::part(TypeId id, const OrderedJson* base, const std::string& field, Choices& choices, int depth) {
  std::vector<Field> parts = program_.either_of(id)->fields;
  const auto stands = std::find_if(parts.begin(), parts.end(), [&](const Field& part) {
    return base != nullptr && part.name == compiler::shape_name(shape_of_json(*base));
  });
  const bool known = stands != parts.end();
  if (known) std::rotate(parts.begin(), stands, stands + 1);
  const std::size_t choice = choices.choose(parts.size());
  const OrderedJson* const kept = known && choice == 0 ? base : nullptr;
  return value(program_.without_optional(parts[choice].type), kept, field, choices, depth);
}

OrderedJson Drawer::member(const compiler::EnumType& type, const OrderedJson* base, Choices& choices) const {
  std::vector<OrderedJson> members;
  for (const compiler::Member& member : type.members) members.emplace_back(member.wire);
  if (type.open) members.emplace_back("something-new");
  if (is_scalar(base)) {
    const auto stands = std::find(members.begin(), members.end(), *base);
    if (stands != members.end())
      std::rotate(members.begin(), stands, stands + 1);
    else if (type.open)
      members.insert(members.begin(), *base);
  }
  return chosen(members, choices);
}

OrderedJson Drawer::text(TypeId id, const OrderedJson* base, const std::string& field, Choices& choices) {
  choices.endless();
  const std::vector<OrderedJson>& values = texts(id, field);
  if (!is_scalar(base)) return chosen(values, choices);
  const std::size_t choice = choices.choose(values.size() + 1);
  return choice == 0 ? *base : values[choice - 1];
}

const std::vector<OrderedJson>& Drawer::texts(TypeId id, const std::string& field) {
  std::vector<OrderedJson>& values = texts_[{id.index, field}];
  if (!values.empty()) return values;
  const TypeKind kind = program_.types[id].kind;
  const SeenValues& seen = kind == TypeKind::String ? constants_.of(field, {ValueKind::String, ValueKind::Pattern})
                                                    : constants_.of(field, {ValueKind::Form});
  for (const Value& option : types_.options(id, Value::absent(), seen))
    if (option.kind != ValueKind::Absent) add_new(values, value_json(program_, option, id));
  for (const char* plain : plain_texts(kind)) add_new(values, plain);
  return values;
}

// --- records, entities ---

OrderedJson Drawer::fields(const std::vector<Field>& declared, const OrderedJson* base, Choices& choices, int depth) {
  OrderedJson object = OrderedJson::object();
  for (const Field& field : declared) object[field.wire] = of_field(field, child(base, field), choices, depth);
  return object;
}

/// What the default says is left out.
OrderedJson Drawer::of_field(const Field& field, const OrderedJson* base, Choices& choices, int depth) {
  const bool by_default = base == nullptr && field.default_value;
  const OrderedJson stands =
      by_default ? value_json(program_, compiler::constant_value(program_, field.default_value), field.type)
                 : (base == nullptr ? OrderedJson() : *base);
  const OrderedJson* const shown = by_default || base != nullptr ? &stands : nullptr;
  if (depth > kDeepest && (shown != nullptr || program_.is_optional(field.type))) return by_default ? nullptr : stands;
  OrderedJson drawn = value(field.type, shown, field.wire, choices, depth);
  return by_default && drawn == stands ? OrderedJson() : drawn;
}

/// One that the data describes, or somebody of whom only the request tells.
OrderedJson Drawer::entity(const std::vector<EntityTypeId>& types, const OrderedJson* base, const std::string&,
                           Choices& choices, int depth) {
  std::vector<OrderedJson> known;
  if (base != nullptr && base->is_string()) known.push_back(*base);
  for (const std::string& reference : references(types, false)) add_new(known, reference);
  for (const EntityTypeId type : types)
    for (const std::string& reference : described_[type]) add_new(known, reference);
  const bool described = base != nullptr && base->is_object();
  std::vector<EntityTypeId> others = types;
  if (described && base->contains("type")) {
    const auto same = std::find_if(others.begin(), others.end(), [&](EntityTypeId type) {
      const OrderedJson& name = base->at("type");
      return name.is_string() && is_tail(name.get<std::string>(), program_.qualified(program_.entities[type]));
    });
    if (same != others.end()) std::rotate(others.begin(), same, same + 1);
  }
  if (depth > kDeepest && !known.empty()) return known.front();
  std::size_t choice = choices.choose(known.size() + others.size());
  if (!described && choice < known.size()) return known[choice];
  if (!described) choice -= known.size();
  if (choice < others.size())
    return somebody(others[choice], choice == 0 && described ? base : nullptr, choices, depth);
  return known[choice - others.size()];
}

OrderedJson Drawer::somebody(EntityTypeId type, const OrderedJson* base, Choices& choices, int depth) {
  const compiler::EntityType& declared = program_.entities[type];
  OrderedJson object = OrderedJson::object();
  const std::size_t number = described_[type].size() + 1;
  const std::string id = number == 1 ? "somebody" : fmt::format("somebody-{}", number);
  const std::string reference = entity_key(program_, type, id);
  if (base == nullptr || base->contains("type")) object["type"] = reference.substr(0, reference.find("::"));
  object["id"] = base != nullptr && base->contains("id") ? base->at("id") : OrderedJson(id);
  described_[type].push_back(reference);
  if (!declared.parents.empty()) object["in"] = parents(declared, base, choices);
  // An entity of the same type further down is this one.
  if (depth > kDeepest) return object;
  const OrderedJson drawn = fields(declared.fields, base, choices, depth + 1);
  for (const auto& [name, held] : drawn.items())
    if (!held.is_null()) object[name] = held;
  return object;
}

OrderedJson Drawer::parents(const compiler::EntityType& type, const OrderedJson* base, Choices& choices) const {
  std::vector<OrderedJson> kept, all;
  if (base != nullptr && base->contains("in")) {
    const OrderedJson& in = base->at("in");
    if (in.is_array())
      for (const OrderedJson& parent : in) kept.push_back(parent);
    else
      kept.push_back(in);
  }
  for (const std::string& reference : references(type.parents, true)) add_new(all, reference);
  OrderedJson parents = OrderedJson::array();
  for (const OrderedJson& parent : kept)
    if (choices.choose(2) == 0) parents.push_back(parent);
  if (all.empty()) return parents;
  choices.endless();
  const std::size_t room = type.one_parent ? (parents.empty() ? 1 : 0) : kMostAdded;
  for (std::size_t i = 0; i < room && choices.choose(2) == 1; ++i) {
    const OrderedJson parent = chosen(all, choices);
    if (std::find(parents.begin(), parents.end(), parent) == parents.end()) parents.push_back(parent);
  }
  return parents;
}

std::vector<std::string> Drawer::references(const std::vector<EntityTypeId>& types, bool named) const {
  std::vector<std::string> all;
  for (const EntityTypeId type : types)
    if (const auto known = known_.find(type); known != known_.end())
      all.insert(all.end(), known->second.begin(), known->second.end());
  if (!named) return all;
  for (const Value& constant : constants_.all.constants) {
    if (constant.kind != ValueKind::Entity || all.size() >= kMost) continue;
    // Whoever has attributes must be described.
    const bool fits = std::find(types.begin(), types.end(), constant.entity_type) != types.end() &&
                      program_.entities[constant.entity_type].fields.empty();
    std::string reference = fits ? entity_key(program_, constant.entity_type, constant.text) : "";
    if (fits && std::find(all.begin(), all.end(), reference) == all.end()) all.push_back(std::move(reference));
  }
  return all;
}

// --- collections ---

OrderedJson Drawer::collection(TypeId id, const OrderedJson* base, const std::string& field, Choices& choices,
                               int depth) {
  const Type& type = program_.types[id];
  const bool is_set = type.kind == TypeKind::Set;
  const Type& of = program_.types[program_.without_optional(type.element)];
  if (is_set && of.kind == TypeKind::Enum && program_.enums[of.enum_id].members.size() <= kSmallEnum)
    return small_set(program_.enums[of.enum_id], base, choices);
  choices.endless();
  OrderedJson items = OrderedJson::array();
  if (base != nullptr && base->is_array())
    for (std::size_t i = 0; i < base->size(); ++i)
      if (i >= kMostKept || choices.choose(2) == 0) items.push_back((*base)[i]);
  for (std::size_t i = 0; i < kMostAdded && items.size() < type.max && choices.choose(2) == 1; ++i) {
    OrderedJson item = element(type.element, field, choices, depth + 1);
    const bool again = is_set && std::find(items.begin(), items.end(), item) != items.end();
    if (!item.is_null() && !again) items.push_back(std::move(item));
  }
  return items;
}

OrderedJson Drawer::small_set(const compiler::EnumType& type, const OrderedJson* base, Choices& choices) const {
  std::vector<OrderedJson> members;
  if (base != nullptr && base->is_array())
    for (const OrderedJson& item : *base) add_new(members, item);
  for (const compiler::Member& member : type.members) add_new(members, member.wire);
  if (type.open) add_new(members, "something-new");
  OrderedJson items = OrderedJson::array();
  for (const OrderedJson& member : members) {
    const bool stands = base != nullptr && std::find(base->begin(), base->end(), member) != base->end();
    if (stands == (choices.choose(2) == 0)) items.push_back(member);
  }
  return items;
}

/// Of large enums half are members that conditions name; of entities those that may be named without being described.
OrderedJson Drawer::element(TypeId id, const std::string& field, Choices& choices, int depth) {
  const Type& type = program_.types[program_.without_optional(id)];
  if (type.kind == TypeKind::Enum) {
    const auto& members = program_.enums[type.enum_id].members;
    std::vector<OrderedJson> named;
    for (const Value& constant : constants_.of(field, {ValueKind::Member}).constants)
      if (constant.kind == ValueKind::Member && static_cast<std::size_t>(constant.integer) < members.size())
        named.emplace_back(members[static_cast<std::size_t>(constant.integer)].wire);
    if (!named.empty() && choices.choose(2) == 0) return chosen(named, choices);
  }
  if (type.kind == TypeKind::Entity) {
    const std::vector<std::string> named = references(type.entities, true);
    return named.empty() ? OrderedJson() : OrderedJson(named[choices.choose(named.size())]);
  }
  return value(id, nullptr, field, choices, depth);
}

OrderedJson Drawer::map(TypeId id, const OrderedJson* base, const std::string& field, Choices& choices, int depth) {
  choices.endless();
  OrderedJson object = OrderedJson::object();
  if (base != nullptr && base->is_object())
    for (const auto& [key, held] : base->items())
      if (choices.choose(2) == 0) object[key] = held;
  const std::size_t most = std::min<std::size_t>(object.size() + kMostAdded, program_.types[id].max);
  while (object.size() < most && choices.choose(2) == 1) {
    const OrderedJson key = value(program_.key_type(id), nullptr, field, choices, depth + 1);
    OrderedJson held = value(program_.value_type(id), nullptr, field, choices, depth + 1);
    if (!key.is_string() || object.contains(key.get<std::string>())) break;
    object[key.get<std::string>()] = std::move(held);
  }
  return object;
}

}  // namespace bylaw::runner
