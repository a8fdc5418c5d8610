#include "fill.h"

#include <algorithm>
#include <array>

#include "format/layout.h"
#include "format/text_forms.h"
#include "hash.h"
#include "suggest.h"

namespace bylaw {
namespace {

using format::Code;
using format::FieldRecord;
using format::Kind;

/// Whether a value of the kind may be one of that type, by what it is alone.
bool is_written_as(InputKind kind, Kind type) {
  const format::ValueShape shape = format::shape_of(type);
  switch (kind) {
    case InputKind::Null: return false;
    case InputKind::False:
    case InputKind::True: return shape == format::ValueShape::Bool;
    case InputKind::Number:
    case InputKind::Int:
    case InputKind::Decimal: return shape == format::ValueShape::Number;
    case InputKind::Text: return shape == format::ValueShape::Text;
    case InputKind::Time: return type == Kind::Time;
    case InputKind::Duration: return type == Kind::Duration;
    case InputKind::Array: return shape == format::ValueShape::Array;
    case InputKind::Object: return shape == format::ValueShape::Object;
  }
  return false;
}

}  // namespace

Place place_of(const BundleView& view, std::uint32_t shape, Word* frame) {
  return {frame, 0, frame + format::presence_words(view.shapes[shape])};
}

Filler::Filler(RequestData& request) : request_(request), world_(*request.world), view_(world_.view()) {}

template <class Root>
void Filler::walk(Root read_root) {
  walk_ = Walk::First;
  read_root();
  if (request_.data.full || request_.input.full) return;
  if (incomplete_ && is_incomplete()) {
    request_.failures.count = 0;
    walk_ = Walk::Complete;
    read_root();
  }
  if (request_.failures.count < kMaxFailures && is_undescribed()) {
    walk_ = Walk::Described;
    read_root();
  }
  // These walks fill everything a second time, only to find what to tell. Where memory ended before they found it, that
  // is told; in no case is such a request valid.
  if (walk_ != Walk::First) request_.data.full = request_.input.full = request_.failures.count == 0;
}

bool Filler::is_incomplete() const {
  for (std::uint32_t i = 0; i < request_.entities.count; ++i) {
    const LocalEntity& entity = request_.entities.at(request_.data, i);
    if (entity.described() && lacks_something(entity)) return true;
  }
  return false;
}

bool Filler::is_undescribed() const {
  for (std::uint32_t i = 0; i < request_.entities.count; ++i) {
    const LocalEntity& entity = request_.entities.at(request_.data, i);
    if (entity.must_be_described && !entity.described()) return true;
  }
  return false;
}

void Filler::read_request() {
  const std::uint32_t shape = view_.decisions[request_.decision].shape;
  walk([&] { read_root_record(shape); });
}

void Filler::read_entities() {
  walk([&] { read_root_entities(); });
}

void Filler::read_root_record(std::uint32_t shape) {
  std::fill_n(request_.frame, format::frame_words(view_.shapes[shape]), Word{0});
  read_record(request_.root, shape, place_of(view_, shape, request_.frame), {}, true);
}

void Filler::read_record(InputId id, std::uint32_t shape, const Place& place, const Path& path, bool own) {
  if ((view_.shapes[shape].flags & format::kShapeEither) != 0) return read_either(id, shape, place, path);
  if (node(request_.input, id).kind() != InputKind::Object) {
    wrong_kind(id, "an object", path);
    return;
  }
  const Scratch scratch(request_.input);
  const std::span<InputId> values = match_fields(id, shape);
  if (values.empty() && view_.shapes[shape].field_count != 0) return;
  const auto fields = fields_of(view_, shape);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Path here = path.in(view_.symbol_text(fields[i].wire));
    if (values[i] == kNone) {
      read_missing(fields[i], place, here);
    } else {
      read_field(values[i], fields[i], place, here, own);
    }
  }
  if ((view_.shapes[shape].flags & format::kShapeOpen) == 0) tell_unknown(id, shape, path, false);
}

/// A union of values: the one field whose type is written as this value is.
void Filler::read_either(InputId id, std::uint32_t shape, const Place& place, const Path& path) {
  const InputKind kind = node(request_.input, id).kind();
  const auto fields = fields_of(view_, shape);
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const FieldRecord& field) {
    return is_written_as(kind, view_.types[field.type].kind);
  });
  if (found == fields.end())
    wrong_kind(id, view_.symbol_text(view_.shapes[shape].name), path);
  else
    read_field(id, *found, place, path, false);
}

std::span<InputId> Filler::match_fields(InputId object, std::uint32_t shape) {
  const std::uint32_t count = view_.shapes[shape].field_count;
  const std::uint32_t offset = request_.input.allocate(words_for(count * sizeof(InputId)));
  if (offset == kNone) return {};
  const std::span<InputId> values(reinterpret_cast<InputId*>(request_.input.words + offset), count);
  std::fill(values.begin(), values.end(), kNone);
  for (InputId key = node(request_.input, object).first; key != kNone;) {
    const InputNode& name = node(request_.input, key);
    if (const std::uint32_t field = field_of(name.view(), shape); field != kNone) values[field] = name.next;
    key = node(request_.input, name.next).next;
  }
  return values;
}

std::uint32_t Filler::field_of(std::string_view key, std::uint32_t shape) const {
  const Symbol symbol = find_text(world_, key, hash_text(world_.seed, key));
  if (symbol == kNone) return kNone;
  const auto fields = fields_of(view_, shape);
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const FieldRecord& f) { return f.wire == symbol; });
  return found == fields.end() ? kNone : static_cast<std::uint32_t>(found - fields.begin());
}

void Filler::read_field(InputId value, const FieldRecord& field, const Place& place, const Path& path, bool own) {
  const format::TypeRecord& type = view_.types[field.type];
  const bool optional = (field.flags & format::kFieldOptional) != 0;
  if (node(request_.input, value).kind() == InputKind::Null) {
    if (!optional) tell(Code::Null, path, {{"wanted", "a value"}});
    return;
  }
  if (optional) place.set_bit(field.presence);
  if (type.kind == Kind::Record) {
    read_record(value, type.ref, place.nested(field), path, false);
  } else {
    read_value(value, field.type, place.slots + field.slot, path, own);
  }
}

void Filler::read_missing(const FieldRecord& field, const Place& place, const Path& path) {
  if ((field.flags & format::kFieldOptional) != 0) return;
  if (field.default_constant == kNone) {
    tell(Code::Missing, path, {{"field", view_.symbol_text(field.wire)}, {"rule", "it has no default"}});
    return;
  }
  copy_default(world_, field, place);
}

/// Undeclared keys, ascending. Repeatedly the least one above the last: there are few, or few that are told.
void Filler::tell_unknown(InputId object, std::uint32_t shape, const Path& path, bool of_entity) {
  if (walk_ == Walk::Described) return;
  std::string_view last;
  bool first = true;
  while (request_.failures.count < kMaxFailures) {
    std::string_view least;
    bool found = false;
    for (InputId key = node(request_.input, object).first; key != kNone;) {
      const InputNode& name = node(request_.input, key);
      const std::string_view text = name.view();
      key = node(request_.input, name.next).next;
      if ((!first && text <= last) || (found && text >= least)) continue;
      if (field_of(text, shape) != kNone) continue;
      if (of_entity && (text == "type" || text == "id" || text == "in")) continue;
      least = text;
      found = true;
    }
    if (!found) return;
    unknown_key(least, shape, path);
    last = least;
    first = false;
  }
}

void Filler::unknown_key(std::string_view key, std::uint32_t shape, const Path& path) {
  Suggestion near(key);
  for (const FieldRecord& field : fields_of(view_, shape)) near.offer(view_.symbol_text(field.wire));
  std::array<char, 256> room;
  const std::string_view of = view_.symbol_text(view_.shapes[shape].name);
  tell(Code::UnknownField, path.in(key), {{"key", key}, {"of", of}, {"hint", near.write(room)}});
}

void Filler::read_root_entities() {
  const InputNode& root = node(request_.input, request_.root);
  if (root.kind() != InputKind::Object) {
    wrong_kind(request_.root, "an object of entities", {});
    return;
  }
  for (InputId key = root.first; key != kNone;) {
    const InputNode& name = node(request_.input, key);
    read_root_entity(name.view(), name.next);
    key = node(request_.input, name.next).next;
  }
}

void Filler::read_root_entity(std::string_view key, InputId value) {
  const Path root;
  const Path path = root.in(key);
  const auto parts = format::split_entity(key);
  if (!parts || parts->id.empty()) {
    tell(Code::MalformedEntity, path, {{"text", key}, {"rule", "write `Type::id`"}});
    return;
  }
  std::uint32_t type = 0;
  if (!find_type(parts->type, world_.entity_types, type, path)) return;
  if (node(request_.input, value).kind() != InputKind::Object) {
    wrong_kind(value, "an object", path);
    return;
  }
  Word word = 0;
  describe(value, type, plain_id(*parts), &word, path);
}

}  // namespace bylaw
