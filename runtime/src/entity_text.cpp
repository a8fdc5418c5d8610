// Entity data as JSON again: what was given of each entity, not what was worked out of it.

#include "access.h"
#include "bylaw/report.hpp"
#include "fill.h"
#include "format/layout.h"
#include "format/text_forms.h"
#include "print_value.h"
#include "world_data.h"

namespace bylaw {
namespace {

using format::FieldRecord;
using format::Kind;

class EntityWriter {
 public:
  explicit EntityWriter(const WorldData& world)
      : world_(world),
        view_(world.view()),
        printer_(world, {&world, nullptr, nullptr, {nullptr, world.data.data(), world.constants.data()}}) {}

  std::string write() {
    std::string text = "{";
    const std::size_t rows = world_.entities == nullptr ? 0 : world_.entities->view.rows.size();
    for (std::uint32_t row = 1; row <= rows; ++row) {
      if (world_.rows[row].frame == nullptr) continue;
      text += text.size() == 1 ? "" : ", ";
      text += json_string(name(row)) + ": " + entity(row);
    }
    return text + "}";
  }

 private:
  /// By the whole name of its type: two types may share a short one.
  std::string name(std::uint32_t row) const {
    const std::uint32_t type = entity_type(world_.rows[row].word);
    return format::print_entity(view_.symbol_text(view_.entity_types[type].name), world_.rows[row].id);
  }

  std::string entity(std::uint32_t row) const {
    std::string members;
    for (const std::uint32_t parent : parents(world_, row))
      members += (members.empty() ? "" : ", ") + json_string(name(parent));
    if (!members.empty()) members = "\"in\": [" + members + "]";
    const std::uint32_t shape = view_.entity_types[entity_type(world_.rows[row].word)].shape;
    add_fields(shape, place_of(view_, shape, const_cast<Word*>(world_.rows[row].frame)), members);
    return "{" + members + "}";
  }

  void add_fields(std::uint32_t shape, const Place& place, std::string& members) const {
    for (const FieldRecord& declared : fields_of(view_, shape)) {
      const FieldRecord field = own_value(declared);
      if (field.presence != format::kNone && !place.bit(field.presence)) continue;
      members += members.empty() ? "" : ", ";
      members += json_string(view_.symbol_text(field.wire)) + ": " + value_of(field, place);
    }
  }

  std::string value_of(const FieldRecord& field, const Place& place) const {
    const format::TypeRecord& type = view_.types[field.type];
    return type.kind == Kind::Record ? record(type.ref, place.nested(field))
                                     : value(field.type, place.slots + field.slot);
  }

  std::string record(std::uint32_t shape, const Place& place) const {
    if ((view_.shapes[shape].flags & format::kShapeEither) != 0)
      for (const FieldRecord& field : fields_of(view_, shape))
        if (place.bit(field.presence)) return value_of(field, place);
    std::string members;
    add_fields(shape, place, members);
    return "{" + members + "}";
  }

  std::string value(std::uint32_t type_index, const Word* place) const {
    const format::TypeRecord& type = view_.types[type_index];
    if (type.kind == Kind::Entity) return json_string(name(entity_row(*place)));
    if (type.kind == Kind::Map) return entries(view_.types[type.ref], *place);
    if (type.kind == Kind::Any) return "true";  // only that there is something was kept
    const bool parts =
        type.kind == Kind::List || (type.kind == Kind::Set && view_.types[type.ref].kind == Kind::Entity);
    return parts ? elements(type, *place) : printer_.print(type_index, place).json;
  }

  std::string elements(const format::TypeRecord& type, Word word) const {
    const Collection all = collection(printer_.memory, word);
    const std::uint32_t step = format::stride(view_.types[type.ref], view_.shapes);
    std::string text;
    for (std::uint32_t i = 0; i < all.count; ++i) {
      text += i == 0 ? "" : ", ";
      const Word* const at = all.data + std::size_t{i} * step;
      if (view_.types[type.ref].kind == Kind::Record)
        text += record(view_.types[type.ref].ref, place_of(view_, view_.types[type.ref].ref, const_cast<Word*>(at)));
      else
        text += value(type.ref, at);
    }
    return "[" + text + "]";
  }

  /// Of a map: each is a record of its key and its value.
  std::string entries(const format::TypeRecord& entry, Word word) const {
    const Collection all = collection(printer_.memory, word);
    const std::uint32_t step = format::stride(entry, view_.shapes);
    const auto fields = fields_of(view_, entry.ref);
    std::string text;
    for (std::uint32_t i = 0; i < all.count; ++i) {
      const Place place = place_of(view_, entry.ref, const_cast<Word*>(all.data + std::size_t{i} * step));
      text += (i == 0 ? "" : ", ") + value_of(fields[0], place) + ": " + value_of(fields[1], place);
    }
    return "{" + text + "}";
  }

  const WorldData& world_;
  const BundleView& view_;
  const Printer printer_;
};

}  // namespace

std::string entities_to_json(const World& world) {
  return EntityWriter(*Access::data(world)).write();
}

}  // namespace bylaw
