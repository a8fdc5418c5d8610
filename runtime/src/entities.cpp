// Entity data from JSON: read as a request that holds nothing but entities, over a world that knows none.

#include <algorithm>
#include <new>

#include "fill.h"
#include "format/layout.h"
#include "input_tree.h"
#include "world_data.h"

namespace bylaw {
namespace {

using format::Kind;

constexpr std::size_t kLeastWords = 4096;
constexpr std::size_t kHeadWords = words_for(sizeof(RequestData));
constexpr std::size_t kMostWords = std::size_t{1} << 30;  // of which a collection word can speak

void place_request(EntityData& data, const WorldData& world, std::size_t data_words, std::size_t input_words) {
  data.memory.reset(new Word[kHeadWords + data_words + input_words]);
  RequestData& filled = *new (data.memory.get()) RequestData;
  filled.world = &world;
  filled.decision = format::kNone;
  filled.owner = Owner::World;
  filled.lenient_in = true;
  filled.too_small = false;
  filled.epoch = 0;
  filled.frame = nullptr;
  Word* const words = data.memory.get() + kHeadWords;
  filled.data = {words, static_cast<std::uint32_t>(data_words), 0, false};
  filled.input = {words + data_words, static_cast<std::uint32_t>(input_words), 0, false};
  clear_request(filled);
  data.filled = &filled;
}

/// Makes the entity words of the constants point to rows: there an id stands as a symbol. Each value of the pool is
/// looked at by its type; elements of collections are values of their own.
class ConstantPatcher {
 public:
  ConstantPatcher(const BundleView& view, RequestData& filled, std::vector<Word>& constants)
      : view_(view), filled_(filled), constants_(constants) {}

  void patch_all() {
    for (std::size_t at = 0; at < constants_.size(); ++at) {
      if (const std::uint32_t type = view_.constant_types[at]; type != format::kNone) patch(type, at);
    }
  }

 private:
  void patch(std::uint32_t type_index, std::size_t at) {
    const format::TypeRecord& type = view_.types[type_index];
    if (type.kind == Kind::Entity) patch_entity(constants_[at]);
    if (type.kind == Kind::Record) patch_fields(type.ref, place_of(view_, type.ref, constants_.data() + at));
  }

  void patch_fields(std::uint32_t shape, const Place& place) {
    for (const format::FieldRecord& field : fields_of(view_, shape)) {
      const format::TypeRecord& type = view_.types[field.type];
      if (field.presence != format::kNone && !place.bit(field.presence)) continue;
      if (type.kind == Kind::Entity) patch_entity(place.slots[field.slot]);
      if (type.kind == Kind::Record) patch_fields(type.ref, place.nested(field));
    }
  }

  void patch_entity(Word& word) {
    const std::string_view id = view_.symbol_text(static_cast<Symbol>(word));
    if (const LocalEntity* local = local_entity(filled_, entity_type(word), id)) word = local->word;
  }

  const BundleView& view_;
  RequestData& filled_;
  std::vector<Word>& constants_;
};

/// Reads into memory of this size; false if that was not enough.
bool read_with(EntityData& data, WorldData& world, std::size_t data_words) {
  const Limits limits{.text_bytes = UINT32_MAX, .elements = UINT32_MAX};
  place_request(data, world, data_words, data.json.size() + kLeastWords);
  RequestData& filled = *data.filled;
  if (!take_json(filled, data.json, limits)) return !filled.input.full;
  const auto constants = world.view().constants;
  world.constants.assign(constants.begin(), constants.end());
  ConstantPatcher(world.view(), filled, world.constants).patch_all();
  Filler(filled).read_entities();
  conclude(filled);
  return !filled.data.full;
}

}  // namespace

std::shared_ptr<EntityData> read_entity_data(std::shared_ptr<const BundleData> bundle, std::string_view json) {
  auto data = std::make_shared<EntityData>();
  data->bundle = bundle;
  data->json = json;
  const auto world = bare_world(std::move(bundle));
  std::size_t data_words = json.size() + kLeastWords;
  while (!read_with(*data, *world, data_words) && data_words < kMostWords)
    data_words = std::min(4 * data_words, kMostWords);
  data->constants = std::move(world->constants);
  data->filled->world = nullptr;
  return data;
}

}  // namespace bylaw
