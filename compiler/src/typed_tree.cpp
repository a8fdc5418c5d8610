#include <bylaw/compiler/typed_tree.h>

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

}  // namespace bylaw::compiler
