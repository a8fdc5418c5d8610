#pragma once
// Reads what was sent by the declared types, into frames. The order of the walk is the order of errors: depth first, a
// record's declared fields in order, each whole, elements by index, then undeclared keys by text. Nothing stops at the
// first mistake, so that further ones can be told beside it.
//
// Some mistakes can only be seen when everything was read: an attribute that one object leaves out may stand in another
// one of the same entity, and a reference may be described later. So there are up to three walks over the same tree.

#include <cstdint>
#include <span>
#include <string_view>

#include "bundle_data.h"
#include "format/text_forms.h"
#include "input_tree.h"
#include "request_data.h"
#include "world_data.h"

namespace bylaw {

/// Where the fields of a shape lie: the presence words of the frame, its first bit there, its first slot.
struct Place {
  Word* presence;
  std::uint32_t first_bit;
  Word* slots;

  void set_bit(std::uint32_t bit) const { presence[(first_bit + bit) / 64] |= Word{1} << (first_bit + bit) % 64; }
  void clear_bit(std::uint32_t bit) const { presence[(first_bit + bit) / 64] &= ~(Word{1} << (first_bit + bit) % 64); }
  bool bit(std::uint32_t bit) const { return (presence[(first_bit + bit) / 64] >> (first_bit + bit) % 64 & 1) != 0; }

  Place nested(const format::FieldRecord& field) const {
    return {presence, first_bit + field.nested_presence, slots + field.slot};
  }
};

Place place_of(const BundleView& view, std::uint32_t shape, Word* frame);

class Filler {
 public:
  explicit Filler(RequestData& request);

  /// The fields of a decision, from the root of the tree into the request's frame.
  void read_request();
  /// An object of `Type::id` keys, each with what is known of that entity.
  void read_entities();

 private:
  enum class Walk : std::uint8_t {
    First,      // tells everything that can be told at once
    Complete,   // all objects are known: tells what an entity lacks as well
    Described,  // tells what nobody describes, and nothing else
  };
  using FieldRecord = format::FieldRecord;

  template <class Root>
  void walk(Root read_root);
  bool is_incomplete() const;
  bool is_undescribed() const;

  // fill.cpp: shapes
  void read_root_record(std::uint32_t shape);
  void read_root_entities();
  void read_record(InputId id, std::uint32_t shape, const Place& place, const Path& path, bool own);
  void read_either(InputId id, std::uint32_t shape, const Place& place, const Path& path);
  void read_field(InputId value, const FieldRecord& field, const Place& place, const Path& path, bool own);
  void read_missing(const FieldRecord& field, const Place& place, const Path& path);
  void read_root_entity(std::string_view key, InputId value);
  /// By field, the value of its key, or kNone. In the input arena; empty if that is full.
  std::span<InputId> match_fields(InputId object, std::uint32_t shape);
  std::uint32_t field_of(std::string_view key, std::uint32_t shape) const;
  void tell_unknown(InputId object, std::uint32_t shape, const Path& path, bool of_entity);
  void unknown_key(std::string_view key, std::uint32_t shape, const Path& path);

  // fill_value.cpp: values of one type
  bool read_value(InputId id, std::uint32_t type, Word* out, const Path& path, bool own);
  bool read_bool(InputId id, Word* out, const Path& path);
  bool read_int(InputId id, Word* out, const Path& path);
  bool read_time(InputId id, Word* out, const Path& path);
  bool read_decimal(InputId id, Word* out, const Path& path);
  bool read_duration(InputId id, Word* out, const Path& path);
  bool read_string(InputId id, Word* out, const Path& path);
  // fill_address.cpp
  bool is_form(InputId id, std::string_view wanted, const Path& path);
  bool malformed(std::string_view text, std::string_view wanted, std::string_view problem, const Path& path);
  bool read_ip(InputId id, Word* out, const Path& path);
  bool read_cidr(InputId id, Word* out, const Path& path);
  bool read_version(InputId id, Word* out, const Path& path);
  bool read_versions(InputId id, Word* out, const Path& path);
  std::uint32_t sort_and_unite_wide(Word* words, std::uint32_t count, const format::TypeRecord& element) const;
  bool is_valid_host_text(const InputNode& input) const;
  bool malformed_host_text(const Path& path);
  bool read_member(InputId id, std::uint32_t enumeration, Word* out, const Path& path);
  bool not_a_member(std::string_view text, const format::EnumRecord& record, const Path& path);
  bool read_mask(InputId id, const format::TypeRecord& type, Word* out, const Path& path);
  bool read_set(InputId id, const format::TypeRecord& type, Word* out, const Path& path);
  bool read_list(InputId id, const format::TypeRecord& type, Word* out, const Path& path);
  // fill_map.cpp
  bool read_map(InputId id, const format::TypeRecord& type, Word* out, const Path& path);
  bool read_entry(InputId key, const format::ShapeRecord& shape, std::uint32_t shape_index, Word* frame,
                  const Path& path);
  std::uint32_t member_rank(std::string_view text, const format::EnumRecord& record) const;
  bool is_array(InputId id, std::string_view wanted, const Path& path);
  bool within_limit(std::uint32_t count, const format::TypeRecord& type, const Path& path);
  std::uint32_t sort_and_unite(Word* words, std::uint32_t count, format::Kind element) const;
  bool wrong_kind(InputId id, std::string_view wanted, const Path& path);

  // describe.cpp: entities
  bool read_entity(InputId id, std::span<const std::uint32_t> types, Word* out, const Path& path, bool own);
  bool read_reference(std::string_view text, std::span<const std::uint32_t> types, Word* out, const Path& path,
                      bool own);
  bool read_object(InputId id, std::span<const std::uint32_t> types, Word* out, const Path& path);
  bool describe(InputId id, std::uint32_t type, std::string_view entity_id, Word* out, const Path& path);
  bool read_type(InputId id, std::span<const std::uint32_t> types, std::uint32_t& type, const Path& path);
  bool find_type(std::string_view name, std::span<const std::uint32_t> types, std::uint32_t& type, const Path& path);
  void read_parents(InputId id, LocalEntity& entity, const Path& path);
  void take_parents(std::uint32_t place, std::uint32_t count, LocalEntity& entity, const Path& path);
  void read_attributes(InputId id, LocalEntity& entity, const Path& path);
  void read_attribute(InputId value, std::uint32_t field, LocalEntity& entity, Word* fresh, const Path& path);
  std::string_view plain_id(const format::EntityParts& parts);
  bool lacks_parents(const LocalEntity& entity) const;
  bool lacks(const LocalEntity& entity, std::uint32_t field) const;
  bool lacks_something(const LocalEntity& entity) const;
  bool lies_above_entities(const LocalEntity& entity) const;
  InputId value_of(InputId object, std::string_view key) const;
  void tell_undescribed(const LocalEntity& entity, const Path& path, bool own);
  void tell_above(std::string_view attribute, const LocalEntity& entity, const Path& path);
  void tell_conflict(std::string_view attribute, const LocalEntity& entity, const Path& path);
  void tell_second_parent(Word parent, const LocalEntity& entity, const Path& path);
  std::string_view print(const LocalEntity& entity, std::span<char> out) const;
  std::string_view type_names(std::span<const std::uint32_t> types, std::span<char> out) const;

  void tell(format::Code code, const Path& path, format::Arguments arguments) {
    if (walk_ != Walk::Described) fail(request_, code, path, arguments);
  }

  RequestData& request_;
  const WorldData& world_;
  const BundleView& view_;
  Walk walk_ = Walk::First;
  bool incomplete_ = false;  // some object leaves out what another one may give
};

/// Makes attribute frames whole: what the world knows, defaults, and what is inherited (overlay.cpp). False if memory
/// is full.
bool complete_entities(RequestData& request);
/// The last part of it, when all own values are there (inherit.cpp).
bool inherit(RequestData& request);

/// A field's own value: of one that others inherit, or that inherits, it has a place beside the merged one.
format::FieldRecord own_value(const format::FieldRecord& field);

// copy.cpp: fields in frames of one shape
void copy_field(const BundleView& view, const format::FieldRecord& field, const Place& from, const Place& to);
/// The value alone, from one field to another of the same type, not whether it is there.
void copy_value(const BundleView& view, const format::FieldRecord& from_field, const Place& from,
                const format::FieldRecord& to_field, const Place& to);
void copy_default(const WorldData& world, const format::FieldRecord& field, const Place& to);
/// Two fields of one type in one frame, both there.
bool same_value_of(const RequestData& request, const format::FieldRecord& left, const format::FieldRecord& right,
                   const Place& place);
bool same_field(const RequestData& request, const format::FieldRecord& field, const Place& left, const Place& right);

}  // namespace bylaw
