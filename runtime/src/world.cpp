// Linking: the tables of a World, and the public handles World and Decision's look-ups by name.

#include <algorithm>
#include <bit>
#include <numeric>

#include "access.h"
#include "format/codes.h"
#include "format/layout.h"
#include "hash.h"
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
      const auto same = [&](const Inherited& i) { return i.name == field.name && i.strategy == field.inherit; };
      if (field.inherit == MergeStrategy::None || std::any_of(found.begin(), found.end(), same)) continue;
      found.push_back({field.name, field.inherit});
    }
  }
  return found;
}

void index_texts(WorldData& world) {
  world.text_index.reserve(world.texts.size());
  for (std::uint32_t symbol = 0; symbol < world.texts.size(); ++symbol) {
    world.text_index.add(hash_text(world.seed, world.texts[symbol]), symbol);
  }
}

void add_row(WorldData& world, const RequestData& filled, const LocalEntity& local) {
  EntityRow row;
  row.id = local.id;
  row.word = local.word;
  row.hash = hash_entity(world.seed, entity_type(local.word), local.id);
  if (local.described()) row.frame = filled.data.words + local.frame;
  row.first_parent = static_cast<std::uint32_t>(world.parents.size());
  row.parent_count = local.parent_count;
  const Word* const parents = filled.data.words + local.parents;
  world.parents.insert(world.parents.end(), parents, parents + local.parent_count);
  world.row_index.add(row.hash, static_cast<std::uint32_t>(world.rows.size()));
  world.rows.push_back(row);
}

/// All above a row, by walking from parent to parent. A member of a cycle is above itself.
void close_upwards(WorldData& world, std::uint32_t row, std::vector<std::uint32_t>& seen_by) {
  const std::size_t first = world.above.size();
  const auto take_parents = [&](std::uint32_t of) {
    for (std::uint32_t i = 0; i < world.rows[of].parent_count; ++i) {
      const Word parent = world.parents[world.rows[of].first_parent + i];
      if (seen_by[entity_row(parent)] == row) continue;
      seen_by[entity_row(parent)] = row;
      world.above.push_back(parent);
    }
  };
  take_parents(row);
  for (std::size_t i = first; i < world.above.size(); ++i) take_parents(entity_row(world.above[i]));
  std::sort(world.above.begin() + static_cast<std::ptrdiff_t>(first), world.above.end());
  world.rows[row].first_above = static_cast<std::uint32_t>(first);
  world.rows[row].above_count = static_cast<std::uint32_t>(world.above.size() - first);
}

void close_upwards(WorldData& world) {
  std::vector<std::uint32_t> seen_by(world.rows.size(), 0);
  for (std::uint32_t row = 1; row < world.rows.size(); ++row) close_upwards(world, row, seen_by);
  for (const Word upper : world.above) world.rows[entity_row(upper)].has_below = true;
}

void take_entities(WorldData& world, const RequestData& filled) {
  for (std::uint32_t i = 0; i < filled.texts.count; ++i) world.texts.push_back(filled.texts.at(filled.data, i).text);
  world.row_index.reserve(filled.entities.count);
  for (std::uint32_t i = 0; i < filled.entities.count; ++i) add_row(world, filled, filled.entities.at(filled.data, i));
  close_upwards(world);
}

Error error(format::Code code, format::Arguments arguments) {
  return {format::info(code).code, {}, format::text(code, arguments), {}};
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

std::shared_ptr<WorldData> link_world(std::shared_ptr<const BundleData> bundle,
                                      std::shared_ptr<const EntityData> entities) {
  auto world = bare_world(std::move(bundle));
  world->constants = entities->constants;
  take_entities(*world, *entities->filled);
  world->entities = std::move(entities);
  index_texts(*world);
  index_lists(*world);
  add_slots(*world);
  return world;
}

Entities Entities::none() {
  return Access::entities(nullptr);
}

Result<Entities> Entities::from_json(const Bundle& bundle, std::string_view json) {
  auto data = read_entity_data(Access::data(bundle), json);
  if (data->filled->failures.count != 0) return copy_failures(data->filled->failures);
  return Access::entities(std::move(data));
}

Result<World> World::link(const Bundle& bundle, const Entities& entities) {
  const std::shared_ptr<const BundleData>& data = Access::data(bundle);
  std::shared_ptr<const EntityData> known = Access::data(entities);
  if (known == nullptr) known = read_entity_data(data, "{}");
  if (known->bundle != data) return error(format::Code::OtherBundle, {});
  return Access::world(bundle, link_world(data, std::move(known)));
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
