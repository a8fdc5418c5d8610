// From frames back to values, for tools.

#include "bylaw/inspect.hpp"

#include <algorithm>
#include <set>

#include "access.h"
#include "climb.h"
#include "fill.h"
#include "format/layout.h"
#include "hash.h"
#include "mask.h"
#include "print_value.h"

namespace bylaw {
namespace {

using namespace format;
using Held = Inspected;

class Inspector {
 public:
  explicit Inspector(const RequestData& request)
      : request_(request), memory_(memory_of(request)), world_(*request.world), view_(world_.view()) {}

  Inspection run(const std::vector<EntityName>& also) {
    Inspection result{.valid = true, .fields = {}, .entities = {}};
    const std::uint32_t shape = view_.decisions[request_.decision].shape;
    result.fields = fields(shape, place_of(view_, shape, request_.frame));
    for (std::uint32_t i = 0; i < request_.entities.count; ++i) meet(request_.entities.at(request_.data, i).word);
    for (const EntityName& name : also) meet(name);
    for (std::size_t i = 0; i < met_.size(); ++i) result.entities.push_back(entity(met_[i]));
    return result;
  }

 private:
  std::vector<Held> fields(std::uint32_t shape, const Place& place) {
    std::vector<Held> values;
    for (const FieldRecord& field : fields_of(view_, shape)) values.push_back(read(field, place));
    return values;
  }

  Held read(const FieldRecord& field, const Place& place) {
    if ((field.flags & kFieldOptional) != 0 && !place.bit(field.presence)) return {};
    const TypeRecord& type = view_.types[field.type];
    if (type.kind == Kind::Record) return record(type.ref, place.nested(field));
    return value(field.type, place.slots + field.slot);
  }

  Held record(std::uint32_t shape, const Place& place) {
    return {.kind = Held::Kind::Record, .items = fields(shape, place)};
  }

  /// Of a type whose words stand at `at`; of a record its frame does.
  Held value(std::uint32_t type_index, const Word* at) {
    const TypeRecord& type = view_.types[type_index];
    switch (type.kind) {
      case Kind::Bool:
      case Kind::Int:
      case Kind::Time:
      case Kind::Duration:
      case Kind::Decimal: return {.kind = Held::Kind::Number, .number = static_cast<std::int64_t>(*at)};
      case Kind::String:
      case Kind::Glob:
      case Kind::Regex:
      case Kind::Ip:
      case Kind::Cidr:
      case Kind::Version:
      case Kind::Versions:
        return {.kind = Held::Kind::Text, .text = Printer(world_, memory_).print(type_index, at).text};
      case Kind::Enum: return member(view_.enums[type.ref], *at);
      case Kind::Entity: return entity_value(*at);
      case Kind::Record: return record(type.ref, place_of(view_, type.ref, const_cast<Word*>(at)));
      case Kind::Set:
        if (view_.types[type.ref].kind == Kind::Enum) return mask(view_.enums[view_.types[type.ref].ref], at);
        return elements(type, *at, Held::Kind::Set);
      case Kind::List: return elements(type, *at, Held::Kind::List);
      case Kind::Map: return elements(type, *at, Held::Kind::Map);
      case Kind::Any: return {.kind = Held::Kind::Number, .number = 1};  // it is there, and more is not kept
    }
    return {};
  }

  Held member(const EnumRecord& e, Word word) const {
    if (word < e.member_count) return {.kind = Held::Kind::Member, .number = static_cast<std::int64_t>(word)};
    const auto text = symbol_text(memory_, static_cast<Symbol>(word - e.member_count));
    return {.kind = Held::Kind::Member, .number = -1, .text = std::string(text)};
  }

  Held mask(const EnumRecord& e, const Word* at) const {
    const Mask members = mask_at(memory_, e, at);
    Held set{.kind = Held::Kind::Set};
    for (std::uint32_t i = member_from(members, 0); i < members.members; i = member_from(members, i + 1))
      set.items.push_back(member(e, i));
    for (std::uint32_t i = 0; i < members.others.count; ++i)
      set.items.push_back(member(e, e.member_count + members.others.data[i]));
    return set;
  }

  Held elements(const TypeRecord& type, Word word, Held::Kind kind) {
    const Collection values = collection(memory_, word);
    const std::size_t step = stride(view_.types[type.ref], view_.shapes);
    Held result{.kind = kind};
    for (std::uint32_t i = 0; i < values.count; ++i) result.items.push_back(value(type.ref, values.data + i * step));
    return result;
  }

  Held entity_value(Word word) {
    meet(word);
    EntityName named = name(word);
    return {.kind = Held::Kind::Entity, .text = std::move(named.id), .type = std::move(named.type)};
  }

  // --- entities ---

  EntityName name(Word word) const {
    return {std::string(view_.symbol_text(view_.entity_types[entity_type(word)].name)),
            std::string(entity_id(memory_, word))};
  }

  void meet(Word word) {
    if (entity_row(word) != 0 && seen_.insert(word).second) met_.push_back(word);
  }

  void meet(const EntityName& named) {
    for (std::uint32_t type = 0; type < view_.entity_types.size(); ++type) {
      if (view_.symbol_text(view_.entity_types[type].name) != named.type) continue;
      const std::uint32_t row = find_row(world_, type, named.id, hash_entity(world_.seed, type, named.id));
      if (row != kNone) meet(entity_word(type, row));
    }
  }

  InspectedEntity entity(Word word) {
    InspectedEntity result{.name = name(word)};
    const std::uint32_t shape = view_.entity_types[entity_type(word)].shape;
    const Word* const frame = entity_frame(memory_, word);
    if (frame != world_.zero_row.data())
      result.attributes = fields(shape, place_of(view_, shape, const_cast<Word*>(frame)));
    climb(memory_, word, [&](Word at, std::span<const std::uint32_t> rows) {
      if (at != word) add_above(at, result.above);
      for (const std::uint32_t row : rows) add_above(world_.rows[row].word, result.above);
      return false;
    });
    tidy(result.above);
    add_parents(word, result.parents);
    tidy(result.parents);
    return result;
  }

  /// A policy may read the attributes of what lies above, by `lineage`, so it is told of too.
  void add_above(Word word, std::vector<EntityName>& into) {
    into.push_back(name(word));
    meet(word);
  }

  void add_parents(Word word, std::vector<EntityName>& into) const {
    if (const LocalEntity* local = with_parents(memory_, word)) {
      for (std::uint32_t i = 0; i < local->parent_count; ++i)
        into.push_back(name(request_.data.words[local->parents + i]));
      return;
    }
    for (const std::uint32_t row : parents_in_world(memory_, word)) into.push_back(name(world_.rows[row].word));
  }

  static void tidy(std::vector<EntityName>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
  }

  const RequestData& request_;
  const Memory memory_;
  const WorldData& world_;
  const BundleView& view_;
  std::vector<Word> met_;
  std::set<Word> seen_;
};

}  // namespace

Inspection inspect(const Decision&, const Request& request, const std::vector<EntityName>& also) {
  RequestData* const data = Access::data(request);
  if (data == nullptr || !settle(*data)) return {};
  return Inspector(*data).run(also);
}

}  // namespace bylaw
