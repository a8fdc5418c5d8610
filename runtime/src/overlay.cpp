// The request's say over the world: attribute frames made whole once everything was read, and what a block then sees.

#include <algorithm>

#include "fill.h"
#include "format/layout.h"

namespace bylaw {
namespace {

using format::FieldRecord;
using format::MergeStrategy;

std::uint32_t shape_of(const BundleView& view, Word entity) {
  return view.entity_types[entity_type(entity)].shape;
}

const Word* frame_in_world(const WorldData& world, Word entity) {
  const std::uint32_t row = entity_row(entity);
  return row < world.rows.size() ? world.rows[row].frame : nullptr;
}

Place reading(const BundleView& view, Word entity, const Word* frame) {
  return place_of(view, shape_of(view, entity), const_cast<Word*>(frame));
}

/// What no object of the request gives comes from the world; an entity's own values only.
void take_from_world(const WorldData& world, const LocalEntity& entity, const Place& place, const Arena& data) {
  const BundleView& view = world.view();
  const Word* const known = frame_in_world(world, entity.word);
  const auto fields = fields_of(view, shape_of(view, entity.word));
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if ((data.words[entity.given + i / 64] >> i % 64 & 1) != 0) continue;
    const FieldRecord own = own_value(fields[i]);
    if (known != nullptr) {
      copy_field(view, own, reading(view, entity.word, known), place);
    } else if ((own.flags & format::kFieldOptional) == 0 && own.default_constant != kNone) {
      copy_default(world, own, place);
    }
  }
}

void put_explicit(const WorldData& world, const FieldRecord& field, const Place& place) {
  if (!place.bit(field.explicit_presence)) {
    if (field.default_constant != kNone) copy_default(world, field, place);
    return;
  }
  copy_value(world.view(), own_value(field), place, field, place);
  if ((field.flags & format::kFieldOptional) != 0) place.set_bit(field.presence);
}

/// Attributes that others inherit and this type does not.
void put_own(const WorldData& world, const LocalEntity& entity, const Place& place) {
  for (const FieldRecord& field : fields_of(world.view(), shape_of(world.view(), entity.word))) {
    const bool merged = field.inherit != MergeStrategy::None;
    if ((field.flags & format::kFieldExplicit) != 0 && !merged) put_explicit(world, field, place);
  }
}

template <class Do>
void for_each_described(const RequestData& request, Do action) {
  const BundleView& view = request.world->view();
  for (std::uint32_t i = 0; i < request.entities.count; ++i) {
    const LocalEntity& entity = request.entities.at(request.data, i);
    if (!entity.described()) continue;
    action(entity, place_of(view, shape_of(view, entity.word), request.data.words + entity.frame));
  }
}

}  // namespace

bool complete_entities(RequestData& request) {
  for_each_described(request, [&](const LocalEntity& entity, const Place& place) {
    take_from_world(*request.world, entity, place, request.data);
    put_own(*request.world, entity, place);
  });
  return inherit(request);
}

Memory memory_of(const RequestData& request) {
  const WorldData& world = *request.world;
  // Where entity data is read, what it holds already calls itself the world's.
  const Word* const known = request.owner == Owner::World ? request.data.words : world.data.data();
  return {&world, &request, request.frame, {request.data.words, known, world.constants.data()}};
}

const Word* entity_frame(const Memory& memory, Word entity) {
  const bool known = entity_row(entity) < memory.world->rows.size();
  if (!known || memory.request->overlaid != 0) {
    const LocalEntity* local = find_local(*memory.request, entity);
    if (local != nullptr && local->described()) return memory.request->data.words + local->frame;
  }
  const Word* const frame = frame_in_world(*memory.world, entity);
  return frame != nullptr ? frame : memory.world->zero_row.data();
}

std::string_view symbol_text(const Memory& memory, Symbol symbol) {
  return text_of(*memory.request, symbol);
}

std::string_view entity_id(const Memory& memory, Word entity) {
  return id_of(*memory.request, entity);
}

}  // namespace bylaw
