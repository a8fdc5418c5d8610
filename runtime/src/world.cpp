// Linking: the tables of a World, and the public handles World and Decision's look-ups by name.

#include <algorithm>
#include <bit>
#include <numeric>

#include "access.h"
#include "format/codes.h"
#include "format/layout.h"
#include "hash.h"
#include "lineage.h"
#include "suggest.h"
#include "world_data.h"
#include "world_parts.h"

namespace bylaw {
namespace {

using format::FieldRecord;
using format::Kind;
using format::MergeStrategy;

std::uint32_t longest_frame(const BundleView& view) {
  std::uint32_t words = 1;
  for (const format::EntityTypeRecord& type : view.entity_types) {
    words = std::max(words, format::frame_words(view.shapes[type.shape]));
  }
  return words;
}

std::vector<Symbol> inherited_names(const BundleView& view, std::uint32_t type) {
  std::vector<Symbol> names;
  for (const FieldRecord& field : fields_of(view, view.entity_types[type].shape)) {
    if (field.inherit != MergeStrategy::None) names.push_back(field.name);
  }
  return names;
}

/// Marks the attributes of these names of all types that may be anywhere above a type.
void mark_above(const BundleView& view, std::uint32_t type, const std::vector<Symbol>& names,
                std::vector<bool>& found) {
  std::vector<bool> seen(view.entity_types.size());
  std::vector<std::uint32_t> waiting{type};
  while (!waiting.empty()) {
    const std::uint32_t lower = waiting.back();
    waiting.pop_back();
    for (const std::uint32_t upper : parent_types(view, lower)) {
      if (seen[upper]) continue;
      seen[upper] = true;
      waiting.push_back(upper);
      const format::ShapeRecord& shape = view.shapes[view.entity_types[upper].shape];
      for (std::uint32_t field = shape.first_field; field < shape.first_field + shape.field_count; ++field) {
        if (std::find(names.begin(), names.end(), view.fields[field].name) != names.end()) found[field] = true;
      }
    }
  }
}

std::vector<bool> find_inherited_below(const BundleView& view) {
  std::vector<bool> found(view.fields.size());
  for (std::uint32_t type = 0; type < view.entity_types.size(); ++type) {
    if (const auto names = inherited_names(view, type); !names.empty()) mark_above(view, type, names, found);
  }
  return found;
}

std::vector<Inherited> find_inherited(const BundleView& view) {
  std::vector<Inherited> found;
  for (const format::EntityTypeRecord& type : view.entity_types) {
    for (const FieldRecord& field : fields_of(view, type.shape)) {
      const auto same = [&](const Inherited& i) {
        return i.name == field.name && i.strategy == field.inherit && i.type == field.type;
      };
      if (field.inherit == MergeStrategy::None || std::any_of(found.begin(), found.end(), same)) continue;
      found.push_back({field.name, field.inherit, field.type});
    }
  }
  return found;
}

Error error(format::Code code, format::Arguments arguments) {
  return {format::info(code).code, {}, format::text(code, arguments), {}};
}

Error no_such_decision(const BundleView& view, std::string_view name) {
  Suggestion near(name);
  for (const format::DecisionRecord& decision : view.decisions) {
    near.offer(view.symbol_text(decision.short_name));
  }
  std::array<char, 256> room;
  return error(format::Code::NoSuchDecision, {{"name", name}, {"hint", near.write(room)}});
}

}  // namespace

void WorldIndex::reserve(std::size_t count) {
  slots.assign(std::bit_ceil(2 * count + 2), format::kNone);
}

void WorldIndex::add(std::uint64_t hash, std::uint32_t number) {
  auto at = static_cast<std::size_t>(hash);
  while (slots[at & (slots.size() - 1)] != format::kNone) ++at;
  slots[at & (slots.size() - 1)] = number;
}

Symbol find_text(const WorldData& world, std::string_view text, std::uint64_t hash) {
  return world.text_index.find(hash, [&](std::uint32_t symbol) { return world.texts[symbol] == text; });
}

std::uint32_t find_row(const WorldData& world, std::uint32_t type, std::string_view id, std::uint64_t hash) {
  return world.row_index.find(hash, [&](std::uint32_t row) {
    const EntityRow& entity = world.rows[row];
    return entity.hash == hash && entity_type(entity.word) == type && entity.id == id;
  });
}

std::shared_ptr<WorldData> bare_world(std::shared_ptr<const BundleData> bundle) {
  auto world = std::make_shared<WorldData>();
  world->bundle = std::move(bundle);
  world->seed = mix(reinterpret_cast<std::uintptr_t>(world.get()));
  const BundleView& view = world->view();
  for (Symbol symbol = 0; symbol < view.strings.size(); ++symbol) world->texts.push_back(view.symbol_text(symbol));
  world->rows.resize(1);
  world->zero_row.resize(longest_frame(view));
  world->entity_types.resize(view.entity_types.size());
  std::iota(world->entity_types.begin(), world->entity_types.end(), 0u);
  world->inherited = find_inherited(view);
  world->inherited_below = find_inherited_below(view);
  index_texts(*world);
  return world;
}

void index_texts(WorldData& world) {
  world.text_index.reserve(world.texts.size());
  for (std::uint32_t symbol = 0; symbol < world.texts.size(); ++symbol) {
    world.text_index.add(hash_text(world.seed, world.texts[symbol]), symbol);
  }
}

Result<World> World::link(const Bundle& bundle, const Entities& entities) {
  const auto world = bare_world(Access::data(bundle));
  if (auto problem = link_entities(*world, Access::data(entities))) return *problem;
  if (auto problem = add_lineages(*world)) return *problem;
  index_lists(*world);
  add_slots(*world);
  return Access::world(bundle, world);
}

std::vector<std::string_view> World::decisions() const {
  const BundleView& view = data_->view();
  std::vector<std::string_view> names;
  for (const format::DecisionRecord& decision : view.decisions) names.push_back(view.symbol_text(decision.name));
  return names;
}

Result<Decision> World::decision(std::string_view name) const {
  const BundleView& view = data_->view();
  std::uint32_t found = format::kNone, count = 0;
  for (std::uint32_t i = 0; i < view.decisions.size(); ++i) {
    if (view.symbol_text(view.decisions[i].name) == name) return Access::decision(data_, i);
    if (view.symbol_text(view.decisions[i].short_name) != name) continue;
    found = i;
    ++count;
  }
  if (count == 1) return Access::decision(data_, found);
  if (count == 0) return no_such_decision(view, name);
  return error(format::Code::NoSuchDecision, {{"name", name}, {"hint", ": several end so, give the full name"}});
}

}  // namespace bylaw
