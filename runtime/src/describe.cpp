// Entities in a request or in entity data: a text refers to one, an object describes one. Objects of one entity are
// merged as they come; where they differ, the later one is told.

#include <algorithm>
#include <array>

#include "fill.h"
#include "format/layout.h"
#include "hash.h"
#include "output.h"
#include "suggest.h"

namespace bylaw {
namespace {

using format::Code;
using format::FieldRecord;

bool is_known(const WorldData& world, Word entity) {
  const std::uint32_t row = entity_row(entity);
  return row < world.rows.size() && world.rows[row].frame != nullptr;
}

std::uint32_t given_words(std::uint32_t fields) {
  return static_cast<std::uint32_t>((fields + 63) / 64);
}

bool is_given(const RequestData& request, const LocalEntity& entity, std::uint32_t field) {
  return (request.data.words[entity.given + field / 64] >> field % 64 & 1) != 0;
}

}  // namespace

FieldRecord own_value(const FieldRecord& field) {
  if ((field.flags & format::kFieldExplicit) == 0) return field;
  FieldRecord own = field;
  own.slot = field.explicit_slot;
  own.presence = field.explicit_presence;
  own.nested_presence = field.explicit_presence + 1;
  own.flags |= format::kFieldOptional;
  return own;
}

bool Filler::read_entity(InputId id, std::span<const std::uint32_t> types, Word* out, const Path& path, bool own) {
  const InputNode& input = node(request_.input, id);
  if (input.kind() == InputKind::Object) return read_object(id, types, out, path);
  if (input.kind() != InputKind::Text) return wrong_kind(id, "an entity", path);
  if (!is_valid_host_text(input)) return malformed_host_text(path);
  return read_reference(input.view(), types, out, path, own);
}

bool Filler::read_reference(std::string_view text, std::span<const std::uint32_t> types, Word* out, const Path& path,
                            bool own) {
  const auto parts = format::split_entity(text);
  if (!parts || parts->id.empty()) {
    const std::string_view rule = parts ? "an id is not empty" : "write `Type::id` or `Type::\"id\"`";
    tell(Code::MalformedEntity, path, {{"text", text.substr(0, 80)}, {"rule", rule}});
    return false;
  }
  std::uint32_t type = 0;
  if (!find_type(parts->type, types, type, path)) return false;
  const std::string_view id = plain_id(*parts);
  const std::uint32_t row = find_row(world_, type, id, hash_entity(world_.seed, type, id));
  const bool must = own || view_.shapes[view_.entity_types[type].shape].field_count != 0;
  if (row != kNone && (!must || is_known(world_, entity_word(type, row)))) {
    *out = entity_word(type, row);
    return true;
  }
  LocalEntity* const local = local_entity(request_, type, id);
  if (local == nullptr) return false;
  *out = local->word;
  local->must_be_described = local->must_be_described || must;
  if (walk_ == Walk::Described && must && !local->described()) tell_undescribed(*local, path, own);
  return true;
}

void Filler::tell_undescribed(const LocalEntity& entity, const Path& path, bool own) {
  std::array<char, 128> room;
  const std::string_view rule = own ? "a decision's own entity is described by the request or by the entity data"
                                    : "its type has attributes, so the request or the entity data describes it";
  fail(request_, Code::NotDescribed, path, {{"entity", print(entity, room)}, {"rule", rule}});
}

std::string_view Filler::plain_id(const format::EntityParts& parts) {
  if (!parts.escaped) return parts.id;
  const std::uint32_t room = request_.data.allocate(words_for(parts.id.size()));
  if (room == kNone) return parts.id;
  char* const out = reinterpret_cast<char*>(request_.data.words + room);
  return {out, format::unescape_id(parts, out)};
}

std::string_view Filler::print(const LocalEntity& entity, std::span<char> out) const {
  Output writer{out};
  writer.put(view_.symbol_text(view_.entity_types[entity_type(entity.word)].short_name));
  writer.put("::\"");
  writer.put(entity.id);
  writer.put("\"");
  return writer.written();
}

std::string_view Filler::type_names(std::span<const std::uint32_t> types, std::span<char> out) const {
  Output writer{out};
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (i != 0) writer.put(i + 1 == types.size() ? "` or `" : "`, `");
    if (i == 0) writer.put("`");
    writer.put(view_.symbol_text(view_.entity_types[types[i]].short_name));
  }
  if (!types.empty()) writer.put("`");
  return writer.written();
}

bool Filler::find_type(std::string_view name, std::span<const std::uint32_t> types, std::uint32_t& type,
                       const Path& path) {
  std::uint32_t found = 0;
  for (const std::uint32_t candidate : types) {
    const format::EntityTypeRecord& record = view_.entity_types[candidate];
    const bool exact = view_.symbol_text(record.name) == name;
    if (!exact && view_.symbol_text(record.short_name) != name) continue;
    type = candidate;
    ++found;
    if (exact) return true;
  }
  if (found == 1) return true;
  Suggestion near(name);
  for (const std::uint32_t candidate : types) near.offer(view_.symbol_text(view_.entity_types[candidate].short_name));
  std::array<char, 256> names, rule, hint;
  Output writer{rule};
  if (found > 1) {
    writer.put("several modules declare it, write the module too");
  } else if (types.empty()) {
    writer.put("nothing is declared to stand above this entity");
  } else {
    writer.put("it takes ");
    writer.put(type_names(types, names));
    writer.put(near.write_nearest(hint));
  }
  tell(Code::EntityTypeNotPossible, path, {{"type", name}, {"rule", writer.written()}});
  return false;
}

bool Filler::read_object(InputId id, std::span<const std::uint32_t> types, Word* out, const Path& path) {
  const InputId type_value = value_of(id, "type"), id_value = value_of(id, "id");
  std::uint32_t type = types.empty() ? 0 : types[0];
  if (type_value != kNone) {
    if (!read_type(type_value, types, type, path.in("type"))) return false;
  } else if (types.size() != 1) {
    std::array<char, 256> names, rule;
    Output writer{rule};
    writer.put(types.empty() ? "nothing is declared to stand above this entity" : "it can be ");
    writer.put(type_names(types, names));
    tell(Code::Missing, path.in("type"), {{"field", "type"}, {"rule", writer.written()}});
    return false;
  }
  const Path id_path = path.in("id");
  if (id_value == kNone) {
    tell(Code::Missing, id_path, {{"field", "id"}, {"rule", "an entity has an id"}});
    return false;
  }
  const InputNode& text = node(request_.input, id_value);
  if (text.kind() != InputKind::Text) return wrong_kind(id_value, "a text", id_path);
  if (!is_valid_host_text(text)) return malformed_host_text(id_path);
  if (text.size() == 0) {
    tell(Code::MalformedEntity, id_path, {{"text", ""}, {"rule", "an id is not empty"}});
    return false;
  }
  return describe(id, type, text.view(), out, path);
}

InputId Filler::value_of(InputId object, std::string_view key) const {
  for (InputId id = node(request_.input, object).first; id != kNone;) {
    const InputNode& name = node(request_.input, id);
    if (name.view() == key) return name.next;
    id = node(request_.input, name.next).next;
  }
  return kNone;
}

bool Filler::read_type(InputId id, std::span<const std::uint32_t> types, std::uint32_t& type, const Path& path) {
  const InputNode& text = node(request_.input, id);
  if (text.kind() != InputKind::Text) return wrong_kind(id, "a text", path);
  return find_type(text.view(), types, type, path);
}

bool Filler::describe(InputId id, std::uint32_t type, std::string_view entity_id, Word* out, const Path& path) {
  LocalEntity* const entity = local_entity(request_, type, entity_id);
  if (entity == nullptr) return false;
  *out = entity->word;
  const Path in = path.in("in");
  const InputId parents = value_of(id, "in");
  if (parents != kNone) {
    read_parents(parents, *entity, in);
  } else if (lacks_parents(*entity)) {
    incomplete_ = true;
    if (walk_ == Walk::Complete) {
      tell(Code::Missing, in, {{"field", "in"}, {"rule", "say what the entity is in, `[]` for nothing"}});
    }
  }
  read_attributes(id, *entity, path);
  return true;
}

bool Filler::lacks_parents(const LocalEntity& entity) const {
  return !entity.has_parents && !request_.lenient_in && !is_known(world_, entity.word) &&
         !parent_types(view_, entity_type(entity.word)).empty();
}

bool Filler::lacks(const LocalEntity& entity, std::uint32_t field) const {
  const FieldRecord& record = fields_of(view_, view_.entity_types[entity_type(entity.word)].shape)[field];
  return (record.flags & format::kFieldOptional) == 0 && record.default_constant == kNone &&
         !is_given(request_, entity, field) && !is_known(world_, entity.word);
}

bool Filler::lacks_something(const LocalEntity& entity) const {
  const std::uint32_t count = view_.shapes[view_.entity_types[entity_type(entity.word)].shape].field_count;
  for (std::uint32_t field = 0; field < count; ++field) {
    if (lacks(entity, field)) return true;
  }
  return lacks_parents(entity);
}

bool Filler::lies_above_entities(const LocalEntity& entity) const {
  const std::uint32_t row = entity_row(entity.word);
  return row < world_.rows.size() && world_.rows[row].has_below;
}

void Filler::tell_above(std::string_view attribute, const LocalEntity& entity, const Path& path) {
  std::array<char, 128> room;
  tell(Code::AboveEntityData, path, {{"attribute", attribute}, {"entity", print(entity, room)}});
}

void Filler::tell_conflict(std::string_view attribute, const LocalEntity& entity, const Path& path) {
  std::array<char, 128> room;
  tell(Code::DescribedTwice, path, {{"attribute", attribute}, {"entity", print(entity, room)}});
}

void Filler::read_parents(InputId id, LocalEntity& entity, const Path& path) {
  const InputNode& input = node(request_.input, id);
  const bool bare = request_.lenient_in && (input.kind() == InputKind::Text || input.kind() == InputKind::Object);
  if (!bare && !is_array(id, "an array of entities", path)) return;
  if (lies_above_entities(entity)) tell_above("in", entity, path);

  const std::uint32_t size = bare ? 1 : input.size();
  const std::uint32_t room = request_.data.allocate(size);
  if (room == kNone) return;
  Word* const words = request_.data.words + room;
  const std::uint32_t type = entity_type(entity.word);
  std::uint32_t count = 0, number = 0;
  for (InputId element = bare ? id : input.first; number < size; element = node(request_.input, element).next) {
    const Path here = bare ? path : path.at(number);
    ++number;
    if (!read_entity(element, parent_types(view_, type), words + count, here, false)) continue;
    ++count;
    const bool second = words[count - 1] != words[0];
    if (second && (view_.entity_types[type].flags & format::kEntityOneParent) != 0) {
      tell_second_parent(words[count - 1], entity, here);
    }
  }
  std::sort(words, words + count);
  count = static_cast<std::uint32_t>(std::unique(words, words + count) - words);
  take_parents(room, count, entity, path);
}

void Filler::tell_second_parent(Word parent, const LocalEntity& entity, const Path& path) {
  std::array<char, 128> room;
  tell(Code::SecondParent, path,
       {{"parent", id_of(request_, parent)},
        {"entity", print(entity, room)},
        {"type", view_.symbol_text(view_.entity_types[entity_type(entity.word)].short_name)}});
}

void Filler::take_parents(std::uint32_t place, std::uint32_t count, LocalEntity& entity, const Path& path) {
  const Word* const given = request_.data.words + place;
  const Word* const known = request_.data.words + entity.parents;
  if (!entity.has_parents) {
    entity.parents = place;
    entity.parent_count = count;
    entity.has_parents = true;
  } else if (!std::equal(given, given + count, known, known + entity.parent_count)) {
    tell_conflict("in", entity, path);
  }
}

void Filler::read_attributes(InputId id, LocalEntity& entity, const Path& path) {
  const std::uint32_t shape = view_.entity_types[entity_type(entity.word)].shape;
  const std::uint32_t words = format::frame_words(view_.shapes[shape]);
  const auto fields = fields_of(view_, shape);
  const auto count = static_cast<std::uint32_t>(fields.size());
  const std::uint32_t fresh = request_.data.allocate_zeroed(words + given_words(count));
  if (fresh == kNone) return;
  if (!entity.described()) {
    entity.frame = fresh;
    entity.given = fresh + words;
    if (entity_row(entity.word) < world_.rows.size()) ++request_.overlaid;
  }
  const Scratch scratch(request_.input);
  const std::span<InputId> values = match_fields(id, shape);
  if (values.size() != count) return;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string_view name = view_.symbol_text(fields[i].wire);
    const Path here = path.in(name);
    if (values[i] != kNone) {
      read_attribute(values[i], i, entity, request_.data.words + fresh, here);
    } else if (lacks(entity, i)) {
      incomplete_ = true;
      if (walk_ == Walk::Complete) tell(Code::Missing, here, {{"field", name}, {"rule", "it has no default"}});
    }
  }
  tell_unknown(id, shape, path, true);
}

void Filler::read_attribute(InputId value, std::uint32_t field, LocalEntity& entity, Word* fresh, const Path& path) {
  const std::uint32_t shape = view_.entity_types[entity_type(entity.word)].shape;
  const FieldRecord& record = fields_of(view_, shape)[field];
  const std::string_view name = view_.symbol_text(record.wire);
  if (world_.inherited_below[view_.shapes[shape].first_field + field] && lies_above_entities(entity)) {
    tell_above(name, entity, path);
  }
  const FieldRecord own = own_value(record);
  const Place from = place_of(view_, shape, fresh);
  if (node(request_.input, value).kind() != InputKind::Null) {
    read_field(value, own, from, path, false);
  } else if ((record.flags & format::kFieldOptional) == 0) {
    tell(Code::Null, path, {{"wanted", "a value"}});
  }
  const Place kept = place_of(view_, shape, request_.data.words + entity.frame);
  if (!is_given(request_, entity, field)) {
    if (fresh != request_.data.words + entity.frame) copy_field(view_, own, from, kept);
    request_.data.words[entity.given + field / 64] |= Word{1} << field % 64;
  } else if (!same_field(request_, own, from, kept)) {
    tell_conflict(name, entity, path);
  }
}

}  // namespace bylaw
