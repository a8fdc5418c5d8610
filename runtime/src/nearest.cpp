// `nearest` and `farthest`: along the one chain of parents that an entity of such a type has, the first or the last own
// value. In a cycle there is no first and no last: an entity whose chain runs into one is refused.

#include <algorithm>

#include "climb.h"
#include "format/layout.h"
#include "inherit.h"
#include "merge.h"

namespace bylaw {
namespace {

using format::FieldRecord;
using format::MergeStrategy;

/// Where a chain leads: the entity whose own value counts (none: 0), and whether it runs into a cycle.
struct Chosen {
  Word entity;
  Word cyclic;
};

class Choice {
 public:
  Choice(RequestData& request, const Components& components, const Inherited& what, std::span<Chosen> chosen)
      : request_(request), memory_(memory_of(request)), components_(components), what_(what), chosen_(chosen) {}

  void run() {
    for (std::size_t i = 0; i < components_.order.size(); ++i) choose(i);
    for (const std::uint32_t number : components_.order) put(request_.entities.at(request_.data, number));
  }

 private:
  void choose(std::size_t at) {
    const std::uint32_t number = components_.order[at];
    const LocalEntity& entity = request_.entities.at(request_.data, number);
    Chosen& chosen = chosen_[number];
    chosen = {};
    take(entity.word, chosen);
    if (!entity.has_parents) return climb_world(entity.word, chosen);
    if (is_in_cycle(at)) {
      chosen.cyclic = 1;
      return;
    }
    for (std::uint32_t i = 0; i < entity.parent_count; ++i) {
      const Word parent = request_.data.words[entity.parents + i];
      const LocalEntity* const local = find_local(request_, parent);
      if (local == nullptr) {
        take(parent, chosen);
        climb_world(parent, chosen);
        continue;
      }
      const Chosen& above = chosen_[local->number];
      if (above.entity != 0) take(above.entity, chosen);
      chosen.cyclic |= above.cyclic;
    }
  }

  /// A neighbour in the order shares its component, or it is its own parent.
  bool is_in_cycle(std::size_t at) const {
    const auto& order = components_.order;
    const std::uint32_t component = components_.of[order[at]];
    if (at > 0 && components_.of[order[at - 1]] == component) return true;
    if (at + 1 < order.size() && components_.of[order[at + 1]] == component) return true;
    const LocalEntity& entity = request_.entities.at(request_.data, order[at]);
    const Word* const parents = request_.data.words + entity.parents;
    return std::find(parents, parents + entity.parent_count, entity.word) != parents + entity.parent_count;
  }

  void take(Word entity, Chosen& chosen) const {
    if (chosen.entity != 0 && what_.strategy == MergeStrategy::Nearest) return;
    if (own_value_of(memory_, entity, what_) != nullptr) chosen.entity = entity;
  }

  /// From parent to parent. No chain is longer than the number of entities above.
  void climb_world(Word entity, Chosen& chosen) const {
    const WorldData& world = *request_.world;
    const auto all = above_in_world(memory_, entity);
    for (std::size_t steps = 0; steps < all.size(); ++steps) {
      const auto parents = parents_in_world(memory_, entity);
      if (parents.empty()) return;
      const std::uint32_t row = parents[0];
      const auto beyond = above(world, row);
      entity = world.rows[row].word;
      take(entity, chosen);
      if (!std::binary_search(beyond.begin(), beyond.end(), row)) continue;
      chosen.cyclic = 1;
      return;
    }
  }

  void put(const LocalEntity& entity) {
    const BundleView& view = request_.world->view();
    const FieldRecord* const field = entity.described() ? inherits(view, entity.word, what_) : nullptr;
    if (field == nullptr) return;
    const Chosen& chosen = chosen_[entity.number];
    if (chosen.cyclic != 0) return tell_cycle(*field, entity);
    const Place to = place_of(view, shape_of(entity.word), request_.data.words + entity.frame);
    if (chosen.entity == 0) return put_default(request_, *field, to);
    const FieldRecord from_field = own_value(*own_field(view, chosen.entity, what_));
    const Word* const frame = entity_frame(memory_, chosen.entity);
    copy_value(view, from_field, place_of(view, shape_of(chosen.entity), const_cast<Word*>(frame)), *field, to);
    if ((field->flags & format::kFieldOptional) != 0) to.set_bit(field->presence);
  }

  void tell_cycle(const FieldRecord& field, const LocalEntity& entity) {
    std::array<char, 128> room;
    Output printed{room};
    put_entity(printed, request_, entity);
    fail(request_, format::Code::CyclicChain, {},
         {{"entity", printed.written()}, {"attribute", request_.world->view().symbol_text(field.wire)}});
  }

  std::uint32_t shape_of(Word entity) const { return request_.world->view().entity_types[entity_type(entity)].shape; }

  RequestData& request_;
  const Memory memory_;
  const Components& components_;
  const Inherited& what_;
  std::span<Chosen> chosen_;
};

}  // namespace

bool inherit_by_distance(RequestData& request, const Components& components, const Inherited& what) {
  const std::uint32_t count = request.entities.count;
  const std::uint32_t room = request.input.allocate(words_for(sizeof(Chosen)) * std::size_t{count});
  if (room == kNone) return false;
  Choice(request, components, what, {reinterpret_cast<Chosen*>(request.input.words + room), count}).run();
  return true;
}

}  // namespace bylaw
