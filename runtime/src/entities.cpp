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

/// A "request" of entities alone, and its memory.
struct Filled {
  std::unique_ptr<Word[]> memory;
  RequestData* request = nullptr;
};

void place_request(Filled& filled, const WorldData& world, std::size_t data_words, std::size_t input_words) {
  filled.memory.reset(new Word[kHeadWords + data_words + input_words]);
  RequestData& request = *new (filled.memory.get()) RequestData;
  request.world = &world;
  request.decision = format::kNone;
  request.owner = Owner::World;
  request.lenient_in = true;
  request.too_small = false;
  request.epoch = 0;
  request.frame = nullptr;
  Word* const words = filled.memory.get() + kHeadWords;
  request.data_words = static_cast<std::uint32_t>(data_words);
  request.lineage_words = 0;
  request.data = {words, static_cast<std::uint32_t>(data_words), 0, false};
  request.input = {words + data_words, static_cast<std::uint32_t>(input_words), 0, false};
  clear_request(request);
  filled.request = &request;
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
bool read_with(Filled& filled, WorldData& world, std::string_view json, std::size_t data_words) {
  const Limits limits{.text_bytes = UINT32_MAX, .elements = UINT32_MAX};
  place_request(filled, world, data_words, json.size() + kLeastWords + data_words / 2);
  RequestData& request = *filled.request;
  if (!take_json(request, json, limits)) return !request.input.full;
  const auto constants = world.view().constants;
  world.constants.assign(constants.begin(), constants.end());
  ConstantPatcher(world.view(), request, world.constants).patch_all();
  Filler(request).read_entities();
  conclude(request);
  return !request.data.full && !request.input.full;
}

Error copy_failures(const Failures& failures) {
  Error first;
  for (std::uint32_t i = 0; i < failures.count; ++i) {
    const Failure& failure = failures.list[i];
    Error next{failure.code, std::string(failure.path), std::string(failure.text), {}};
    if (i == 0) {
      first = std::move(next);
    } else {
      first.more.push_back(std::move(next));
    }
  }
  return first;
}

}  // namespace

Result<std::vector<std::byte>> read_entity_data(std::shared_ptr<const BundleData> bundle, std::string_view json,
                                                std::vector<Error>& warnings) {
  const auto world = bare_world(std::move(bundle));
  Filled filled;
  std::size_t data_words = json.size() + kLeastWords;
  while (!read_with(filled, *world, json, data_words) && data_words < kMostWords)
    data_words = std::min(4 * data_words, kMostWords);
  if (filled.request->failures.count != 0) return copy_failures(filled.request->failures);
  const auto tables = make_snapshot(*filled.request);
  if (!tables) {
    const format::Arguments much = {{"what", "too much entity data"}, {"limit", "8 GiB"}};
    return Error{format::info(format::Code::OverLimit).code, {}, format::text(format::Code::OverLimit, much), {}};
  }
  warnings = find_ignored_values(*filled.request);
  return format::write_snapshot(*tables, world->view().header->layout_hash);
}

}  // namespace bylaw
