#include "shape.h"

#include <algorithm>

namespace bylaw::runner {
namespace {

constexpr std::size_t kDeepestSuggestion = 4;  // entities may hold each other: paths have no end

const Field* find_field(const std::vector<Field>& fields, std::string_view key) {
  for (const Field& field : fields)
    if (field.name == key || field.wire == key) return &field;
  return nullptr;
}

/// Of a union of values the type of that shape, if it has one; other places as they are.
Place part_at(const Program& program, Place place, compiler::ValueShape shape) {
  const compiler::RecordType* either = place.type ? program.either_of(place.type) : nullptr;
  return either ? Place{union_part(program, place.type, shape), nullptr} : place;
}

std::vector<const std::vector<Field>*> fields_at(const Program& program, Place place) {
  if (place.fields) return {place.fields};
  place = part_at(program, place, compiler::ValueShape::Object);
  const Type* type = type_at(program, place);
  if (!type) return {};
  if (type->kind == TypeKind::Record) return {&program.records[type->record].fields};
  std::vector<const std::vector<Field>*> all;
  if (type->kind == TypeKind::Entity)
    for (const EntityTypeId id : type->entities) all.push_back(&program.entities[id].fields);
  return all;
}

void add_paths(const Program& program, Place place, const std::string& prefix, std::size_t depth,
               std::vector<std::string>& paths) {
  if (depth == 0) return;
  for (const std::string& name : field_names(program, place)) {
    paths.push_back(prefix + name);
    add_paths(program, below(program, place, name), prefix + name + ".", depth - 1, paths);
  }
}

}  // namespace

TypeId union_part(const Program& program, TypeId type, compiler::ValueShape shape) {
  const compiler::RecordType* either = program.either_of(type);
  const Field* field = either ? program.find_field(either->fields, compiler::shape_name(shape)) : nullptr;
  return field ? program.without_optional(field->type) : TypeId{};
}

Place request_place(const Program& program, DecisionId decision) {
  return {{}, &program.decisions[decision].fields};
}

Place attributes_place(const Program& program, EntityTypeId type) {
  return {{}, &program.entities[type].fields};
}

const Type* type_at(const Program& program, Place place) {
  if (!place.type) return nullptr;
  return &program.types[program.without_optional(place.type)];
}

MapKind map_kind(const Program& program, Place place) {
  if (place.fields) return MapKind::Fields;
  const bool undeclared = !place.type;
  place = part_at(program, place, compiler::ValueShape::Object);
  const Type* type = type_at(program, place);
  if (undeclared) return MapKind::Undeclared;
  if (!type) return MapKind::None;
  if (type->kind == TypeKind::Record) return MapKind::Record;
  if (type->kind == TypeKind::Map) return MapKind::Map;
  return type->kind == TypeKind::Entity ? MapKind::Entity : MapKind::None;
}

const Field* field_at(const Program& program, Place place, std::string_view key) {
  for (const std::vector<Field>* fields : fields_at(program, place))
    if (const Field* field = find_field(*fields, key)) return field;
  return nullptr;
}

Place below(const Program& program, Place place, std::string_view key) {
  if (const Field* field = field_at(program, place, key)) return {field->type};
  const bool list_step = place.type && union_part(program, place.type, compiler::ValueShape::Array) && index_step(key);
  place = part_at(program, place, list_step ? compiler::ValueShape::Array : compiler::ValueShape::Object);
  const Type* type = type_at(program, place);
  if (type && type->kind == TypeKind::Map) return {program.value_type(program.without_optional(place.type))};
  const bool list = type && (type->kind == TypeKind::List || type->kind == TypeKind::Set);
  return list && index_step(key) ? Place{type->element} : Place{};
}

std::vector<std::string> field_names(const Program& program, Place place) {
  std::vector<std::string> names;
  for (const std::vector<Field>* fields : fields_at(program, place))
    for (const Field& field : *fields)
      if (std::find(names.begin(), names.end(), field.name) == names.end()) names.push_back(field.name);
  return names;
}

bool is_open(const Program& program, Place place) {
  if (place.fields) return false;
  const bool undeclared = !place.type;
  place = part_at(program, place, compiler::ValueShape::Object);
  const Type* type = type_at(program, place);
  if (!undeclared && !type) return false;
  return !type || (type->kind == TypeKind::Record && program.records[type->record].open);
}

const compiler::YamlNode* raw_json(const compiler::YamlNode& node) {
  if (!node.is_map() || node.entries.size() != 1 || node.entries.front().key != "$json") return nullptr;
  return &node.entries.front().value;
}

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> steps;
  for (std::size_t begin = 0;;) {
    const std::size_t end = path.find_first_of(".[", begin);
    if (end != begin || begin == 0 || path[begin - 1] == '.') steps.emplace_back(path.substr(begin, end - begin));
    if (end == std::string_view::npos) return steps;
    begin = end + 1;
    const std::size_t close = path[end] == '[' ? path.find("\"]", end + 2) : std::string_view::npos;
    if (path[end] == '.') continue;
    if (close == std::string_view::npos || path[begin] != '"') {  // no key in quotes: the text as it stands
      steps.back() += path.substr(end);
      return steps;
    }
    steps.emplace_back(path.substr(end + 2, close - end - 2));
    begin = close + 2;
    if (begin == path.size()) return steps;
    if (path[begin] == '.') ++begin;
  }
}

std::vector<std::string> request_steps(const Program& program, DecisionId decision, std::string_view column) {
  std::vector<std::string> steps = split_path(column);
  const bool prefixed = steps.size() > 1 && steps.front() == "request";
  if (prefixed && !field_at(program, request_place(program, decision), "request")) steps.erase(steps.begin());
  return steps;
}

std::optional<std::size_t> index_step(std::string_view step) {
  constexpr std::size_t kMostDigits = 6;
  if (step.empty() || step.size() > kMostDigits) return std::nullopt;
  std::size_t index = 0;
  for (const char c : step) {
    if (c < '0' || c > '9') return std::nullopt;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index;
}

std::string field_suggestion(const Program& program, Place place, const std::string& path, const std::string& key) {
  const std::string near = grammar::nearest(key, field_names(program, place));
  if (near.empty()) return "";
  return "; did you mean `" + (path.empty() ? near : path + "." + near) + "`?";
}

std::vector<std::string> request_paths(const Program& program, DecisionId decision) {
  std::vector<std::string> paths;
  add_paths(program, request_place(program, decision), "", kDeepestSuggestion, paths);
  std::stable_sort(paths.begin(), paths.end(), [](const std::string& a, const std::string& b) {
    return std::count(a.begin(), a.end(), '.') < std::count(b.begin(), b.end(), '.');
  });
  return paths;
}

}  // namespace bylaw::runner
