#include <bylaw/compiler/typed_tree.h>

#include <algorithm>

namespace bylaw::compiler {

namespace {

constexpr std::uint32_t kDefaultLimit = 4096;

std::string collection_name(const Program& program, const char* word, const Type& type) {
  std::string name = std::string(word) + "<" + program.type_name(type.element) + ">";
  return type.max == kDefaultLimit ? name : name + " max " + std::to_string(type.max);
}

std::string map_name(const Program& program, TypeId id) {
  const Type& type = program.types[id];
  std::string name =
      "Map<" + program.type_name(program.key_type(id)) + ", " + program.type_name(program.value_type(id));
  return type.max == kDefaultLimit ? name + ">" : name + "> max " + std::to_string(type.max);
}

std::string union_name(const Program& program, const Type& type) {
  std::string name;
  for (EntityTypeId entity : type.entities) name += (name.empty() ? "" : " | ") + program.entities[entity].name;
  return name;
}

}  // namespace

TypeId Program::intern(const Type& type) {
  const auto [entry, added] = interned.try_emplace(type);
  if (added) entry->second = types.add(type);
  return entry->second;
}

TypeId Program::map_type(TypeId key, TypeId value, std::uint32_t max) {
  const auto [known, added] = map_entries.try_emplace({key, value});
  if (added) {
    RecordType entry;
    entry.name = "Map<" + type_name(key) + ", " + type_name(value) + ">";
    entry.entry = true;
    entry.fields = {{.name = "key", .wire = "key", .type = key},
                    {.name = "value", .wire = "value", .type = optional(value)}};
    known->second = records.add(std::move(entry));
  }
  const TypeId element = intern({.kind = TypeKind::Record, .record = known->second});
  return intern({.kind = TypeKind::Map, .element = element, .max = max});
}

TypeId Program::union_type(std::vector<TypeId> parts) {
  std::sort(parts.begin(), parts.end(),
            [&](TypeId a, TypeId b) { return shape_of(types[a].kind) < shape_of(types[b].kind); });
  const auto [known, added] = unions.try_emplace(parts);
  if (added) {
    RecordType record;
    record.either = true;
    for (const TypeId part : parts) {
      const std::string name = shape_name(shape_of(types[part].kind));
      record.name += (record.name.empty() ? "" : " | ") + type_name(part);
      record.fields.push_back({.name = name, .wire = name, .type = optional(part)});
    }
    known->second = records.add(std::move(record));
  }
  return intern({.kind = TypeKind::Record, .record = known->second});
}

std::string Program::type_name(TypeId id) const {
  const Type& type = types[id];
  switch (type.kind) {
    case TypeKind::Error: return "?";
    case TypeKind::Bool: return "Bool";
    case TypeKind::Int: return "Int";
    case TypeKind::String: {
      if (type.part && type.text == format::TextMode::AsIs) return "Text";
      constexpr const char* kNames[format::kTextModes] = {"String", "String read by `lower`", "String read by `fold`"};
      return kNames[static_cast<std::size_t>(type.text)];
    }
    case TypeKind::Time: return "Time";
    case TypeKind::Duration: return "Duration";
    case TypeKind::Ip: return "Ip";
    case TypeKind::Cidr: return "Cidr";
    case TypeKind::Version: return "Version";
    case TypeKind::Versions: return "Versions";
    case TypeKind::Glob: return "Glob";
    case TypeKind::Regex: return "Regex";
    case TypeKind::Decimal: return "Decimal";
    case TypeKind::Enum: return enums[type.enum_id].name;
    case TypeKind::Record: return (records[type.record].list ? "entry of " : "") + records[type.record].name;
    case TypeKind::Entity: return union_name(*this, type);
    case TypeKind::Set: return collection_name(*this, "Set", type);
    case TypeKind::List: return collection_name(*this, "List", type);
    case TypeKind::Optional: return type_name(type.element) + "?";
    case TypeKind::Map: return map_name(*this, id);
    case TypeKind::Any: return "Any";
    case TypeKind::Policy: return "Policy";
  }
  return "?";
}

ValueShape shape_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::Bool: return ValueShape::Bool;
    case TypeKind::Int:
    case TypeKind::Decimal: return ValueShape::Number;
    case TypeKind::String:
    case TypeKind::Time:
    case TypeKind::Duration:
    case TypeKind::Enum:
    case TypeKind::Ip:
    case TypeKind::Cidr:
    case TypeKind::Version:
    case TypeKind::Versions: return ValueShape::Text;
    case TypeKind::Set:
    case TypeKind::List: return ValueShape::Array;
    case TypeKind::Record:
    case TypeKind::Map: return ValueShape::Object;
    case TypeKind::Error:
    case TypeKind::Entity:  // a text or an object
    case TypeKind::Optional:
    case TypeKind::Policy:
    case TypeKind::Glob:
    case TypeKind::Regex:
    case TypeKind::Any: return ValueShape::None;
  }
  return ValueShape::None;
}

const char* shape_name(ValueShape shape) {
  switch (shape) {
    case ValueShape::None: return "";
    case ValueShape::Bool: return "bool";
    case ValueShape::Number: return "number";
    case ValueShape::Text: return "text";
    case ValueShape::Array: return "array";
    case ValueShape::Object: return "object";
  }
  return "";
}

}  // namespace bylaw::compiler
