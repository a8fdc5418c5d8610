// Inherited attributes of the entities that a request (or entity data) describes: the explicit values of the entity and
// of everything above it, merged; the default comes last.

#include "inherit.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "climb.h"
#include "format/layout.h"
#include "merge.h"

namespace bylaw {
namespace {

using format::FieldRecord;

bool takes_part(const FieldRecord& field, const Inherited& what) {
  return field.name == what.name && field.type == what.type && (field.flags & format::kFieldExplicit) != 0;
}

/// Works out one attribute, by its name and strategy, for all entities of the request.
class Inheritance {
 public:
  Inheritance(RequestData& request, const Components& components, const Inherited& what)
      : request_(request),
        view_(request.world->view()),
        memory_(memory_of(request)),
        components_(components),
        what_(what) {}

  /// False if memory is full.
  bool run() {
    if (!merged_.begin(request_, what_, request_.entities.count)) return false;
    for (const std::uint32_t number : components_.order) gather(number);
    for (const std::uint32_t number : components_.order) put(request_.entities.at(request_.data, number));
    return !request_.data.full;
  }

 private:
  /// Components come after those above them: theirs are complete when they are asked for.
  void gather(std::uint32_t number) {
    const LocalEntity& entity = request_.entities.at(request_.data, number);
    const std::uint32_t group = components_.of[number];
    take_own(entity.word, group);
    if (!entity.has_parents) return take_above(entity.word, group);
    for (std::uint32_t i = 0; i < entity.parent_count; ++i) {
      const Word parent = request_.data.words[entity.parents + i];
      if (const LocalEntity* local = find_local(request_, parent)) {
        if (components_.of[local->number] != group) merged_.take(group, components_.of[local->number]);
      } else {
        take_own(parent, group);
        take_above(parent, group);
      }
    }
  }

  void take_above(Word entity, std::uint32_t group) {
    for (const std::uint32_t row : above_in_world(memory_, entity)) take_own(request_.world->rows[row].word, group);
  }

  /// The entity's own value of an attribute of this name, if its type has one and it is given.
  void take_own(Word entity, std::uint32_t group) {
    if (const Word* const own = own_value_of(memory_, entity, what_)) merged_.take(group, own);
  }

  void put(const LocalEntity& entity) {
    const FieldRecord* const field = entity.described() ? inherits(view_, entity.word, what_) : nullptr;
    if (field == nullptr) return;
    const std::uint32_t shape = view_.entity_types[entity_type(entity.word)].shape;
    const Place place = place_of(view_, shape, request_.data.words + entity.frame);
    const std::uint32_t group = components_.of[entity.number];
    if (merged_.over_limit(group)) return tell_over_limit(request_, *field, entity);
    if (!merged_.any(group)) return put_default(request_, *field, place);
    std::copy_n(merged_.value(group), view_.types[field->type].words, place.slots + field->slot);
    if ((field->flags & format::kFieldOptional) != 0) place.set_bit(field->presence);
  }

  RequestData& request_;
  const BundleView& view_;
  const Memory memory_;
  const Components& components_;
  const Inherited& what_;
  MergedValues merged_;
};

}  // namespace

bool inherit(RequestData& request) {
  if (request.entities.count == 0 || request.world->inherited.empty()) return true;
  const Scratch scratch(request.input);
  const Components components = find_components(request, request.input);
  if (request.input.full) return false;
  for (const Inherited& what : request.world->inherited) {
    const Scratch room(request.input);
    const bool done = is_by_distance(what.strategy) ? inherit_by_distance(request, components, what)
                                                    : Inheritance(request, components, what).run();
    if (!done) return false;
  }
  return true;
}

const FieldRecord* inherits(const BundleView& view, Word entity, const Inherited& what) {
  for (const FieldRecord& field : fields_of(view, view.entity_types[entity_type(entity)].shape))
    if (takes_part(field, what) && field.inherit == what.strategy) return &field;
  return nullptr;
}

const FieldRecord* own_field(const BundleView& view, Word entity, const Inherited& what) {
  for (const FieldRecord& field : fields_of(view, view.entity_types[entity_type(entity)].shape))
    if (takes_part(field, what)) return &field;
  return nullptr;
}

const Word* own_value_of(const Memory& memory, Word entity, const Inherited& what) {
  const BundleView& view = memory.world->view();
  const FieldRecord* const field = own_field(view, entity, what);
  if (field == nullptr) return nullptr;
  const std::uint32_t shape = view.entity_types[entity_type(entity)].shape;
  const Place place = place_of(view, shape, const_cast<Word*>(entity_frame(memory, entity)));
  return place.bit(field->explicit_presence) ? place.slots + field->explicit_slot : nullptr;
}

void put_default(const RequestData& request, const FieldRecord& field, const Place& place) {
  if (field.default_constant != kNone) copy_default(*request.world, field, place);
}

void tell_over_limit(RequestData& request, const FieldRecord& field, const LocalEntity& entity) {
  std::array<char, 24> digits;
  std::array<char, 256> room;
  const BundleView& view = request.world->view();
  Output what{room};
  what.put("too many elements in `");
  what.put(view.symbol_text(field.wire));
  what.put("` of `");
  put_entity(what, request, entity);
  what.put("` with what it inherits");
  char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), view.types[field.type].max).ptr;
  const std::string_view limit(digits.data(), static_cast<std::size_t>(end - digits.data()));
  fail(request, format::Code::OverLimit, {}, {{"what", what.written()}, {"limit", limit}});
}

void put_entity(Output& out, const RequestData& request, const LocalEntity& entity) {
  const BundleView& view = request.world->view();
  out.put(view.symbol_text(view.entity_types[entity_type(entity.word)].short_name));
  out.put("::\"");
  out.put(entity.id);
  out.put("\"");
}

}  // namespace bylaw
