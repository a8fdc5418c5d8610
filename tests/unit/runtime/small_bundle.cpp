#include "small_bundle.h"

#include <doctest/doctest.h>

#include "access.h"
#include "bundle_data.h"

namespace bylaw::test {

using namespace format;

SmallBundle::SmallBundle() {
  symbol("");
}

Symbol SmallBundle::symbol(std::string_view text) {
  if (const auto found = symbols_.find(text); found != symbols_.end()) return found->second;
  const auto symbol = static_cast<Symbol>(tables_.strings.size());
  tables_.strings.push_back({static_cast<std::uint32_t>(tables_.text.size()), static_cast<std::uint32_t>(text.size())});
  tables_.text.insert(tables_.text.end(), text.begin(), text.end());
  symbols_.emplace(text, symbol);
  return symbol;
}

std::uint32_t SmallBundle::pool(const std::vector<std::uint32_t>& numbers) {
  const auto first = static_cast<std::uint32_t>(tables_.pool.size());
  tables_.pool.insert(tables_.pool.end(), numbers.begin(), numbers.end());
  return first;
}

TypeId SmallBundle::scalar(Kind kind) {
  tables_.types.push_back({kind, kNone, 0, 1});
  return static_cast<TypeId>(tables_.types.size() - 1);
}

TypeId SmallBundle::set(TypeId element, std::uint32_t max) {
  tables_.types.push_back({Kind::Set, element, max, 0});
  return static_cast<TypeId>(tables_.types.size() - 1);
}

TypeId SmallBundle::list(TypeId element, std::uint32_t max) {
  tables_.types.push_back({Kind::List, element, max, 0});
  return static_cast<TypeId>(tables_.types.size() - 1);
}

TypeId SmallBundle::enumeration(std::string_view name, std::initializer_list<const char*> members,
                                std::uint32_t flags) {
  EnumRecord record{symbol(name),
                    symbol(name),
                    static_cast<std::uint32_t>(tables_.members.size()),
                    static_cast<std::uint32_t>(members.size()),
                    flags,
                    kNone};
  for (const char* member : members) tables_.members.push_back({symbol(member), symbol(member)});
  tables_.enums.push_back(record);
  tables_.types.push_back({Kind::Enum, static_cast<std::uint32_t>(tables_.enums.size() - 1), 0, 1});
  return static_cast<TypeId>(tables_.types.size() - 1);
}

std::uint32_t SmallBundle::shape(std::string_view name, const std::vector<SmallField>& fields, bool open) {
  ShapeRecord record{};
  record.name = symbol(name);
  record.first_field = static_cast<std::uint32_t>(tables_.fields.size());
  record.field_count = static_cast<std::uint32_t>(fields.size());
  record.flags = open ? kShapeOpen : 0u;
  for (const SmallField& field : fields) {
    FieldRecord made{};
    made.name = symbol(field.name);
    made.wire = symbol(field.wire.empty() ? field.name : field.wire);
    made.type = field.type;
    made.default_constant = field.default_constant;
    made.inherit = field.inherit;
    made.flags = (field.optional ? kFieldOptional : 0u) |
                 (field.own_value || field.inherit != MergeStrategy::None ? kFieldExplicit : 0u);
    tables_.fields.push_back(made);
  }
  tables_.shapes.push_back(record);
  return static_cast<std::uint32_t>(tables_.shapes.size() - 1);
}

TypeId SmallBundle::record(std::string_view name, const std::vector<SmallField>& fields, bool open) {
  const std::uint32_t made = shape(name, fields, open);
  tables_.types.push_back({Kind::Record, made, 0, 0});
  return static_cast<TypeId>(tables_.types.size() - 1);
}

std::uint32_t SmallBundle::entity(std::string_view name) {
  EntityTypeRecord record{};
  record.name = symbol("m." + std::string(name));
  record.short_name = symbol(name);
  tables_.entity_types.push_back(record);
  return static_cast<std::uint32_t>(tables_.entity_types.size() - 1);
}

void SmallBundle::describe(std::uint32_t entity, const std::vector<std::uint32_t>& parents,
                           const std::vector<SmallField>& fields, bool one_parent) {
  const std::uint32_t made = shape("attributes", fields, false);
  EntityTypeRecord& record = tables_.entity_types[entity];
  tables_.shapes[made].name = record.name;
  record.shape = made;
  record.first_parent = pool(parents);
  record.parent_count = static_cast<std::uint32_t>(parents.size());
  record.flags = one_parent ? kEntityOneParent : 0u;
}

TypeId SmallBundle::entities(const std::vector<std::uint32_t>& types) {
  tables_.entity_sets.push_back({pool(types), static_cast<std::uint32_t>(types.size())});
  tables_.types.push_back({Kind::Entity, static_cast<std::uint32_t>(tables_.entity_sets.size() - 1), 0, 1});
  return static_cast<TypeId>(tables_.types.size() - 1);
}

void SmallBundle::decision(std::string_view name, const std::vector<SmallField>& fields) {
  DecisionRecord record{};
  record.name = symbol("m." + std::string(name));
  record.short_name = symbol(name);
  record.shape = shape("m." + std::string(name), fields, false);
  record.now_slot = kNone;
  tables_.decisions.push_back(record);
}

std::uint32_t SmallBundle::constant(TypeId type, const std::vector<Word>& words) {
  const auto first = static_cast<std::uint32_t>(tables_.constants.size());
  tables_.constants.insert(tables_.constants.end(), words.begin(), words.end());
  tables_.constant_types.resize(tables_.constants.size(), kNone);
  tables_.constant_types[first] = type;
  return first;
}

Word SmallBundle::literal(std::uint32_t entity, std::string_view id) {
  return Word{entity} << 32 | symbol(id);
}

void SmallBundle::rows(std::string_view name, TypeId type, const std::vector<SmallRow>& rows) {
  ListRecord list{};
  list.name = list.short_name = symbol(name);
  list.type = type;
  list.first_row = static_cast<std::uint32_t>(tables_.rows.size());
  list.row_count = static_cast<std::uint32_t>(rows.size());
  for (const SmallRow& row : rows) {
    tables_.rows.push_back({row.since, row.until, constant(type, {row.value}), kNone, kNone, 0, kNone, 0});
  }
  tables_.lists.push_back(list);
}

namespace {

/// Keeps the tables that the view speaks of.
struct Kept : BundleData {
  BundleTables tables;
  Header header{};
};

}  // namespace

Bundle SmallBundle::finish(Limits limits) const {
  auto kept = std::make_shared<Kept>();
  kept->tables = tables_;
  lay_out_or_stop(kept->tables);
  kept->limits = limits;
#define BYLAW_SECTION(name, record, member, says) kept->view.member = kept->tables.member;
#include "format/sections.def"
#undef BYLAW_SECTION
  kept->header.layout_hash = layout_hash(kept->tables);
  kept->view.header = &kept->header;
  return Access::bundle(std::move(kept));
}

World world_of(const Bundle& bundle, std::string_view entities) {
  auto data = Entities::from_json(bundle, entities);
  if (!data) FAIL(data.error().to_text());
  auto world = World::link(bundle, *data);
  if (!world) FAIL(world.error().to_text());
  return *world;
}

std::string outcome_of(const World& world, std::string_view decision, std::string_view json) {
  OwnedRequest owned(*world.decision(decision));
  const Status status = owned.request.read_json(json);
  if (status) return "valid";
  return std::string(status.code()) + ' ' + std::string(status.path());
}

std::string outcome_of_data(const Bundle& bundle, std::string_view json) {
  const auto data = Entities::from_json(bundle, json);
  return data ? "valid" : std::string(data.error().code) + ' ' + data.error().path;
}

}  // namespace bylaw::test
