#include "lineage.h"

#include <algorithm>
#include <string>

#include "climb.h"
#include "format/codes.h"
#include "format/opcodes.h"
#include "format/text_forms.h"
#include "hash.h"

namespace bylaw {
namespace {

/// The entity types of which some instruction asks the lineage; empty if none does.
std::vector<bool> asked_types(const BundleView& view) {
  std::vector<bool> asked;
  for (const format::Instruction& instruction : view.code) {
    if (static_cast<format::Op>(instruction.op) != format::Op::Lineage) continue;
    asked.resize(view.entity_types.size());
    const format::TypeRecord& element = view.types[view.types[instruction.imm].ref];
    for (const std::uint32_t type : entity_set(view, element.ref)) asked[type] = true;
  }
  return asked;
}

// --- of the world ---

Error too_long(const WorldData& world, std::uint32_t row) {
  const std::uint32_t type = entity_type(world.rows[row].word);
  const std::string_view name = world.view().symbol_text(world.view().entity_types[type].short_name);
  const std::string what = "entities above `" + format::print_entity(name, world.rows[row].id) + "`, and itself";
  const std::string limit = std::to_string(format::kMostInLineage);
  const format::Arguments arguments = {{"what", what}, {"limit", limit}};
  return {format::info(format::Code::OverLimit).code, {}, format::text(format::Code::OverLimit, arguments), {}};
}

/// Rows ascend by type and id, so do levels by row. Literals have no parents.
class WorldLineages {
 public:
  explicit WorldLineages(WorldData& world) : world_(world), seen_(world.rows.size()) {}

  bool add(std::uint32_t row) {
    const std::size_t first = world_.data.size();
    ++mark_;
    see(row);
    for (std::size_t begin = first; begin < world_.data.size();) {
      const std::size_t end = world_.data.size();
      for (std::size_t at = begin; at < end; ++at)
        for (const std::uint32_t parent : parents(world_, entity_row(world_.data[at]))) see(parent);
      std::sort(world_.data.begin() + static_cast<std::ptrdiff_t>(end), world_.data.end());
      begin = end;
    }
    const std::size_t count = world_.data.size() - first;
    if (count > format::kMostInLineage || first > kLastOffset) return false;
    world_.lineages[row] =
        collection_word(Owner::World, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(count));
    return true;
  }

 private:
  static constexpr std::size_t kLastOffset = (std::size_t{1} << 30) - 1;

  void see(std::uint32_t row) {
    if (seen_[row] == mark_) return;
    seen_[row] = mark_;
    world_.data.push_back(world_.rows[row].word);
  }

  WorldData& world_;
  std::vector<std::uint32_t> seen_;  // by row
  std::uint32_t mark_ = 0;
};

// --- of a request ---

class RequestLineages {
 public:
  explicit RequestLineages(RequestData& request) : request_(request), memory_(memory_of(request)) {}

  bool add(LocalEntity& entity) {
    const Scratch scratch(request_.input);
    seen_ = {};
    const std::uint32_t first = request_.data.used;
    see(entity.word);
    for (std::uint32_t begin = first; begin < request_.data.used;) {
      const std::uint32_t end = request_.data.used;
      for (std::uint32_t at = begin; at < end; ++at) see_parents(request_.data.words[at]);
      Word* const words = request_.data.words;
      std::sort(words + end, words + request_.data.used, [this](Word a, Word b) { return before(a, b); });
      begin = end;
    }
    if (request_.data.full || request_.input.full || request_.data.used - first > format::kMostInLineage) return false;
    entity.lineage = collection_word(Owner::Request, first, request_.data.used - first);
    return true;
  }

 private:
  void see_parents(Word entity) {
    if (const LocalEntity* const local = with_parents(memory_, entity)) {
      for (std::uint32_t i = 0; i < local->parent_count; ++i) see(request_.data.words[local->parents + i]);
      return;
    }
    for (const std::uint32_t row : parents_in_world(memory_, entity)) see(request_.world->rows[row].word);
  }

  /// A row, the world's or the request's own, is that of one entity alone.
  void see(Word entity) {
    const std::uint32_t row = entity_row(entity);
    const std::uint64_t hash = mix(row);
    if (seen_.find(request_.input, hash, [&](std::uint32_t known) { return known == row; }) != kNone) return;
    const auto hash_of = [](std::uint32_t known) { return mix(known); };
    if (!seen_.add(request_.input, hash, row, hash_of)) return;
    if (const std::uint32_t place = request_.data.allocate(1); place != kNone) request_.data.words[place] = entity;
  }

  bool before(Word a, Word b) const {
    if (entity_type(a) != entity_type(b)) return entity_type(a) < entity_type(b);
    return id_of(request_, a) < id_of(request_, b);
  }

  RequestData& request_;
  const Memory memory_;
  Index seen_{};
};

}  // namespace

std::optional<Error> add_lineages(WorldData& world) {
  world.lineage_types = asked_types(world.view());
  if (world.lineage_types.empty()) return std::nullopt;
  const Word* const before = world.data.data();
  std::vector<std::size_t> frames(world.rows.size());
  for (std::size_t row = 0; row < frames.size(); ++row)
    if (world.rows[row].frame != nullptr) frames[row] = static_cast<std::size_t>(world.rows[row].frame - before);
  world.lineages.resize(world.rows.size());
  WorldLineages lineages(world);
  for (std::uint32_t row = 1; row < world.rows.size(); ++row)
    if (world.lineage_types[entity_type(world.rows[row].word)] && !lineages.add(row)) return too_long(world, row);
  for (std::size_t row = 0; row < frames.size(); ++row)  // what grew may have moved
    if (world.rows[row].frame != nullptr) world.rows[row].frame = world.data.data() + frames[row];
  return std::nullopt;
}

std::size_t lineage_words(const WorldData& world) {
  return world.lineage_types.empty() ? 0 : kMostInLineages;
}

bool add_lineages(RequestData& request) {
  const WorldData& world = *request.world;
  if (world.lineage_types.empty()) return true;
  RequestLineages lineages(request);
  for (std::uint32_t i = 0; i < request.entities.count; ++i) {
    LocalEntity& entity = request.entities.at(request.data, i);
    const bool known = entity_row(entity.word) < world.rows.size();
    if (!world.lineage_types[entity_type(entity.word)] || (known && !entity.has_parents)) continue;
    if (!lineages.add(entity)) return false;
  }
  return true;
}

Word lineage(const Memory& memory, Word entity) {
  const std::uint32_t row = entity_row(entity);
  if (const LocalEntity* const local = with_parents(memory, entity)) return local->lineage;
  if (row < memory.world->lineages.size()) return memory.world->lineages[row];
  const LocalEntity* const local = row == 0 ? nullptr : find_local(*memory.request, entity);
  return local == nullptr ? 0 : local->lineage;
}

}  // namespace bylaw
