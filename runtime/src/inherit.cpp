// Inherited attributes of the entities that a request (or entity data) describes: the explicit values of the entity and
// of everything above it, merged; the default comes last.

#include <algorithm>

#include "climb.h"
#include "components.h"
#include "fill.h"
#include "format/layout.h"

namespace bylaw {
namespace {

using format::FieldRecord;
using format::MergeStrategy;

/// The merged value so far.
struct Merged {
  Word any = 0;
  Word value = 0;

  void take(MergeStrategy strategy, Word other) {
    const auto number = static_cast<std::int64_t>(other), known = static_cast<std::int64_t>(value);
    if (any == 0) {
      value = other;
    } else {
      switch (strategy) {
        case MergeStrategy::None: break;
        case MergeStrategy::Min: value = number < known ? other : value; break;
        case MergeStrategy::Max: value = number > known ? other : value; break;
        case MergeStrategy::Any: value |= other; break;
        case MergeStrategy::All: value &= other; break;
      }
    }
    any = 1;
  }

  void take(MergeStrategy strategy, const Merged& other) {
    if (other.any != 0) take(strategy, other.value);
  }
};

/// Works out one attribute, by its name and strategy, for all entities of the request.
class Inheritance {
 public:
  Inheritance(const Memory& memory, const Components& components, const Inherited& what, std::span<Merged> merged)
      : memory_(memory),
        request_(*memory.request),
        view_(memory.world->view()),
        components_(components),
        what_(what),
        merged_(merged) {}

  void run() {
    std::fill(merged_.begin(), merged_.end(), Merged{});
    for (const std::uint32_t number : components_.order) gather(number);
    for (const std::uint32_t number : components_.order) put(request_.entities.at(request_.data, number));
  }

 private:
  /// Components come after those above them: theirs are complete when they are asked for.
  void gather(std::uint32_t number) {
    const LocalEntity& entity = request_.entities.at(request_.data, number);
    Merged& merged = merged_[components_.of[number]];
    take_own(entity.word, merged);
    if (!entity.has_parents) return take_above(entity.word, merged);
    for (std::uint32_t i = 0; i < entity.parent_count; ++i) {
      const Word parent = request_.data.words[entity.parents + i];
      if (const LocalEntity* local = find_local(request_, parent)) {
        merged.take(what_.strategy, merged_[components_.of[local->number]]);
      } else {
        take_own(parent, merged);
        take_above(parent, merged);
      }
    }
  }

  void take_above(Word entity, Merged& merged) {
    for (const Word upper : above_in_world(memory_, entity)) take_own(upper, merged);
  }

  /// The entity's own value of an attribute of this name, if its type has one and it is given.
  void take_own(Word entity, Merged& merged) const {
    const FieldRecord* const field = field_of(entity);
    if (field == nullptr || (field->flags & format::kFieldExplicit) == 0) return;
    const Place place = place_of(view_, shape_of(entity), const_cast<Word*>(entity_frame(memory_, entity)));
    if (place.bit(field->explicit_presence)) merged.take(what_.strategy, place.slots[field->explicit_slot]);
  }

  void put(const LocalEntity& entity) const {
    const FieldRecord* const field = entity.described() ? field_of(entity.word) : nullptr;
    if (field == nullptr || field->inherit != what_.strategy) return;
    const Place place = place_of(view_, shape_of(entity.word), request_.data.words + entity.frame);
    const Merged& merged = merged_[components_.of[entity.number]];
    if (merged.any != 0) {
      place.slots[field->slot] = merged.value;
      if ((field->flags & format::kFieldOptional) != 0) place.set_bit(field->presence);
    } else if (field->default_constant != kNone) {
      copy_default(*memory_.world, *field, place);
    }
  }

  std::uint32_t shape_of(Word entity) const { return view_.entity_types[entity_type(entity)].shape; }

  const FieldRecord* field_of(Word entity) const {
    const auto fields = fields_of(view_, shape_of(entity));
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const FieldRecord& f) { return f.name == what_.name; });
    return found == fields.end() ? nullptr : &*found;
  }

  const Memory& memory_;
  const RequestData& request_;
  const BundleView& view_;
  const Components& components_;
  const Inherited& what_;
  std::span<Merged> merged_;
};

}  // namespace

bool inherit(RequestData& request) {
  if (request.entities.count == 0 || request.world->inherited.empty()) return true;
  const Scratch scratch(request.input);
  const Components components = find_components(request, request.input);
  const std::uint32_t room = request.input.allocate(2 * std::size_t{request.entities.count});
  if (request.input.full) return false;
  const std::span<Merged> merged(reinterpret_cast<Merged*>(request.input.words + room), request.entities.count);
  const Memory memory = memory_of(request);
  for (const Inherited& what : request.world->inherited) Inheritance(memory, components, what, merged).run();
  return true;
}

}  // namespace bylaw
