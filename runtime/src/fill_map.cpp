// Maps: an object whose keys are values. They are read in the order of the map, so that what is told first, and what
// a map holds, does not depend on the order in which a sender writes them.

#include <algorithm>

#include "fill.h"
#include "format/layout.h"
#include "hash.h"

namespace bylaw {

using format::Code;
using format::Kind;

namespace {

/// A key where it is sorted: members as declared, texts that are no members behind them.
struct Key {
  InputId id;
  std::uint32_t rank;
};
static_assert(sizeof(Key) == sizeof(Word));

}  // namespace

bool Filler::read_map(InputId id, const format::TypeRecord& type, Word* out, const Path& path) {
  if (node(request_.input, id).kind() != InputKind::Object) return wrong_kind(id, "an object", path);
  const std::uint32_t count = node(request_.input, id).size();
  if (!within_limit(count, type, path)) return false;
  const std::uint32_t shape_index = view_.types[type.ref].ref;
  const format::ShapeRecord& shape = view_.shapes[shape_index];
  const format::TypeRecord& key_type = view_.types[view_.fields[shape.first_field].type];
  const Scratch scratch(request_.input);
  const std::uint32_t place = request_.input.allocate(count);
  const std::uint32_t room = request_.data.allocate_zeroed(std::size_t{format::frame_words(shape)} * count);
  if (place == kNone || room == kNone) return false;
  const std::span<Key> keys(reinterpret_cast<Key*>(request_.input.words + place), count);
  std::size_t next = 0;
  for (InputId key = node(request_.input, id).first; key != kNone;
       key = node(request_.input, node(request_.input, key).next).next) {
    const bool is_enum = key_type.kind == Kind::Enum;
    keys[next++] = {key, is_enum ? member_rank(node(request_.input, key).view(), view_.enums[key_type.ref]) : 0};
  }
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    return node(request_.input, a.id).view() < node(request_.input, b.id).view();
  });
  bool good = true;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string_view text = node(request_.input, keys[i].id).view();
    const Path here = path.in(text);
    if (i > 0 && node(request_.input, keys[i - 1].id).view() == text) {  // of a host: JSON with it was refused
      tell(Code::KeyTwice, here, {{"key", text}});
      good = false;
    }
    Word* const frame = request_.data.words + room + std::size_t{format::frame_words(shape)} * i;
    good = read_entry(keys[i].id, shape, shape_index, frame, here) && good;
  }
  *out = collection_word(request_.owner, room, count);
  return good;
}

bool Filler::read_entry(InputId key, const format::ShapeRecord& shape, std::uint32_t shape_index, Word* frame,
                        const Path& path) {
  const FieldRecord& key_field = view_.fields[shape.first_field];
  const FieldRecord& value_field = view_.fields[shape.first_field + 1];
  const Place place = place_of(view_, shape_index, frame);
  const bool good = read_value(key, key_field.type, place.slots + key_field.slot, path, false);
  const InputId value = node(request_.input, key).next;
  if (node(request_.input, value).kind() == InputKind::Null) return wrong_kind(value, "a value", path);
  read_field(value, value_field, place, path, false);
  return good;
}

/// The number of the member that the text names; behind all of them if it names none.
std::uint32_t Filler::member_rank(std::string_view text, const format::EnumRecord& record) const {
  const Symbol symbol = find_text(world_, text, hash_text(world_.seed, text));
  std::uint32_t rank = 0;
  while (rank < record.member_count && view_.members[record.first_member + rank].wire != symbol) ++rank;
  return rank;
}

}  // namespace bylaw
