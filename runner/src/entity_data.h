#pragma once
// The entities of a case: project, file, group and scenario laid over each other, by id, then by attribute.

#include <bylaw/runner/entity_files.h>

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

/// The entity that a key of entity data names; what is wrong is told at `place`.
std::optional<EntityKey> read_entity_key(Context& context, const std::string& key, Span place);

/// Gives the record what the map says, by the declared types; `~` takes an attribute away. False if a value could not
/// be read, which was told.
bool give_attributes(Values& values, const EntityKey& key, const YamlNode& map, EntityRecord& record);

/// The data as the engine reads it. Nothing if a value could not be read, which was told.
std::optional<EntityTable> entity_table(Values& values, const Program& program, const EntityData& data);

}  // namespace bylaw::runner
