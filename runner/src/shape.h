#pragma once
// What may stand below a place of the request: its fields by name, as the declared types say.

#include <bylaw/compiler/yaml_events.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "names.h"

namespace bylaw::runner {

using compiler::Field;
using compiler::Type;
using compiler::TypeKind;

/// A place's declared type; the request itself, and an entity's entry in entity data, have none but their fields.
struct Place {
  TypeId type;  // none: the request, or what is not declared (below an open record)
  const std::vector<Field>* fields = nullptr;
};

/// The type of that shape of a union of values; none if it has none, or `type` is no union.
TypeId union_part(const Program& program, TypeId type, compiler::ValueShape shape);

Place request_place(const Program& program, DecisionId decision);
Place attributes_place(const Program& program, EntityTypeId type);
/// The type of the place without `?`; null where nothing is declared.
const Type* type_at(const Program& program, Place place);

/// How the maps that may stand at a place are laid over each other.
enum class MapKind { None, Fields, Record, Entity, Map, Undeclared };
MapKind map_kind(const Program& program, Place place);

/// The declared field of that name or `as` text below a place; of an entity's place, of any type it can have.
const Field* field_at(const Program& program, Place place, std::string_view key);
/// The place of a field's or attribute's value.
Place below(const Program& program, Place place, std::string_view key);
/// Names of all fields there.
std::vector<std::string> field_names(const Program& program, Place place);
/// Undeclared keys are let through there.
bool is_open(const Program& program, Place place);

/// `{$json: '..'}`: passed on as it is.
const compiler::YamlNode* raw_json(const compiler::YamlNode& node);

/// "token.expires", `labels["app.io/name"]`: steps of a path.
std::vector<std::string> split_path(std::string_view path);
/// Digits: the number of a list's element.
/// The steps of a column that names a place in the request. `request.tags` is `tags`, if the request has no `request`.
std::vector<std::string> request_steps(const Program& program, DecisionId decision, std::string_view column);

std::optional<std::size_t> index_step(std::string_view step);

/// "; did you mean `token.expires`?" for a key that the place at `path` does not have, or nothing.
std::string field_suggestion(const Program& program, Place place, const std::string& path, const std::string& key);
/// Every path that a column may name, short ones first; for "did you mean".
std::vector<std::string> request_paths(const Program& program, DecisionId decision);

}  // namespace bylaw::runner
