#pragma once
// The entities of a case: project, file, group and scenario laid over each other, by id, then by attribute.

#include <map>
#include <string>
#include <vector>

#include "values.h"

namespace bylaw::runner {

struct EntityKey {
  EntityTypeId type;
  std::string id;
  friend auto operator<=>(const EntityKey&, const EntityKey&) = default;
};

struct EntityEntry {
  YamlNode attributes;
  Span span;  // of the key that last gave it
};

using EntityData = std::map<EntityKey, EntityEntry>;

/// Lays a map of `Type::id: {attributes}` over what is there; `~` takes an entity away.
void lay_entities(Context& context, EntityData& data, const YamlNode& map);

/// The data as the engine reads it: `{"User::\"ana\"": {..}}`. Nothing if a value could not be read, which was told.
std::optional<std::string> entities_json(const Program& program, Values& values, const EntityData& data);

}  // namespace bylaw::runner
