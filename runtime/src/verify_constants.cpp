// Constants are values that were never filled from a request, so each word is looked at by its type: texts and members
// exist, collections lie inside the pool and hold elements of their type.

#include <algorithm>
#include <set>
#include <tuple>

#include "format/layout.h"
#include "format/text_forms.h"
#include "map.h"
#include "verify.h"
#include "wide_value.h"

namespace bylaw {
namespace {

using namespace format;

class ConstantCheck {
 public:
  explicit ConstantCheck(TableCheck& check) : check_(check), b_(check.bundle()) {}

  bool run() {
    check_.at(Section::ConstantTypes, b_.constant_types.size());
    if (!check_.need(b_.constant_types.size() == b_.constants.size(), "there is not one a word")) return false;
    std::size_t inside = 0;  // where the value before ends
    for (std::size_t i = 0; i < b_.constants.size(); ++i) {
      const std::uint32_t type = b_.constant_types[i];
      check_.at(Section::Constants, i);
      if (type == kNone) continue;
      if (!check_.need(i >= inside, "a value begins inside another") || !check_.in(type, b_.types, "its type") ||
          !check_.need(words_of(b_, type) <= b_.constants.size() - i, "its value goes beyond the pool") ||
          !alone(type, i))
        return false;
      inside = i + words_of(b_, type);
    }
    return true;
  }

 private:
  bool alone(std::uint32_t type, std::size_t at) {
    if (b_.types[type].kind == Kind::Record) return frame(b_.types[type].ref, at);
    return value(type, at);
  }

  bool frame(std::uint32_t shape, std::size_t at) {
    const ShapeRecord& record = b_.shapes[shape];
    return fields(record, at, 0, at + presence_words(record));
  }

  bool is_present(std::size_t frame, std::uint32_t bit) const {
    return (b_.constants[frame + bit / 64] >> (bit % 64) & 1) != 0;
  }

  /// The fields of a shape whose bits begin at `bit` of the frame and whose slots begin at word `slots`.
  bool fields(const ShapeRecord& record, std::size_t frame, std::uint32_t bit, std::size_t slots) {
    for (const FieldRecord& field : range(b_.fields, record.first_field, record.field_count)) {
      const TypeRecord& type = b_.types[field.type];
      const std::size_t at = slots + field.slot;
      if (field.presence != kNone && !is_present(frame, bit + field.presence)) {
        if (!zero(at, type.words)) return false;
      } else if (type.kind == Kind::Record) {
        if (!fields(b_.shapes[type.ref], frame, bit + field.nested_presence, at)) return false;
      } else if (!value(field.type, at)) {
        return false;
      }
    }
    return true;
  }

  bool zero(std::size_t at, std::uint32_t words) {
    for (const Word word : b_.constants.subspan(at, words))
      if (word != 0) return check_.fail("an absent value is not zero");
    return true;
  }

  bool value(std::uint32_t type_index, std::size_t at) {
    const TypeRecord& type = b_.types[type_index];
    const Word word = type.words == 0 ? 0 : b_.constants[at];
    switch (type.kind) {
      case Kind::Bool: return check_.need(word <= 1, "it is neither true nor false");
      case Kind::Int:
      case Kind::Duration:
      case Kind::Decimal: return true;
      case Kind::Time: return instant(static_cast<std::int64_t>(word));
      case Kind::String: return check_.need(word < b_.strings.size(), "its text is beyond its table");
      case Kind::Glob:
      case Kind::Regex: return check_.need(word <= b_.patterns.size(), "its pattern is beyond its table");
      case Kind::Enum: return member(b_.enums[type.ref], word);
      case Kind::Entity: return entity(b_.entity_sets[type.ref], word);
      case Kind::Set:
        if (b_.types[type.ref].kind == Kind::Enum) return mask(b_.enums[b_.types[type.ref].ref], at);
        return collection(type, word, true);
      case Kind::List: return collection(type, word, false);
      case Kind::Map: return collection(type, word, false) && keys_ascend(type_index, word);
      case Kind::Any: return true;
      case Kind::Ip: return true;
      case Kind::Cidr: return cidr(at);
      case Kind::Version: return version(at);
      case Kind::Versions:
        return check_.need(word < b_.strings.size() && is_canonical_versions(b_.symbol_text(static_cast<Symbol>(word))),
                           "its text is no canonical list of version ranges");
      case Kind::Record: break;
    }
    return check_.fail("its kind is not known");
  }

  bool instant(std::int64_t value) {
    return check_.need(value >= kFirstInstant && value <= kLastInstant, "it is outside the years 1 to 9999");
  }

  bool cidr(std::size_t at) {
    const CidrRange range = cidr_at(&b_.constants[at]);
    return check_.need(is_range(range), "it is no range of addresses");
  }

  bool version(std::size_t at) {
    const Word pre = b_.constants[at + 1] & 0xffffffff;
    return check_.need(pre < b_.strings.size() && is_pre_release(b_.symbol_text(static_cast<Symbol>(pre))),
                       "its pre-release is none");
  }

  bool member(const EnumRecord& e, Word word) {
    if (word < e.member_count) return true;
    const bool open = (e.flags & kEnumOpen) != 0;
    return check_.need(open && word - e.member_count < b_.strings.size(), "it is no member of its enum");
  }

  bool entity(const EntitySetRecord& set, Word word) {
    const auto type = static_cast<std::uint32_t>(word >> 32);
    const auto types = range(b_.pool, set.first, set.count);
    const auto id = static_cast<Symbol>(word);
    return check_.need(std::binary_search(types.begin(), types.end(), type), "its entity type is not possible here") &&
           check_.symbol(id, "its id") && check_.need(b_.strings[id].length > 0, "its id is empty");
  }

  bool mask(const EnumRecord& e, std::size_t at) {
    const std::uint32_t words = mask_bit_words(e);
    const bool open = (e.flags & kEnumOpen) != 0;
    const std::uint32_t bits = e.member_count + (open ? 1 : 0);
    if (bits % 64 != 0 && !check_.need(b_.constants[at + words - 1] >> (bits % 64) == 0, "it has bits of no member"))
      return false;
    if (!open) return true;
    const Word others = b_.constants[at + words];
    const bool has_others = (b_.constants[at + e.member_count / 64] >> (e.member_count % 64) & 1) != 0;
    return check_.need(has_others == (static_cast<std::uint32_t>(others) != 0), "its bit for other texts is wrong") &&
           (!has_others || symbols(others));
  }

  /// The texts of an open mask: a collection of symbols without a type of its own in Types, so each is looked at here.
  bool symbols(Word word) {
    std::uint32_t offset = 0;
    const auto count = static_cast<std::uint32_t>(word);
    if (!place(word, 1, offset)) return false;
    if (!first_time(offset, count, kNone)) return true;
    if (!spend(count)) return false;
    for (std::uint32_t i = 0; i < count; ++i) {
      const Word text = b_.constants[offset + i];
      if (!check_.need(text < b_.strings.size(), "its text is beyond its table")) return false;
      if (i > 0 && !check_.need(b_.constants[offset + i - 1] < text, "its elements do not ascend")) return false;
    }
    return true;
  }

  /// Sets `offset` to where the elements begin.
  bool place(Word word, std::uint32_t stride_words, std::uint32_t& offset) {
    const auto count = static_cast<std::uint32_t>(word);
    offset = static_cast<std::uint32_t>(word >> 32) & 0x3fffffff;
    const std::uint64_t words = std::uint64_t{count} * stride_words;
    return check_.need(word >> 62 == 2, "its elements are not in the constants") &&
           check_.need(words <= b_.constants.size() && offset <= b_.constants.size() - words,
                       "its elements go beyond the pool");
  }

  bool first_time(std::uint32_t offset, std::uint32_t count, std::uint32_t type) {
    return seen_.insert({offset, count, type}).second;
  }

  /// Two collections share all elements or none, so that looking at them costs one pass over the pool.
  bool spend(std::uint32_t count) {
    elements_ += count;
    return check_.need(elements_ <= b_.constants.size(), "collections share a part of their elements");
  }

  bool collection(const TypeRecord& type, Word word, bool ascending) {
    const auto count = static_cast<std::uint32_t>(word);
    if (count == 0) return check_.need(word == 0 || word >> 62 == 2, "it is empty and lies elsewhere");
    const std::uint32_t step = words_of(b_, type.ref);
    std::uint32_t offset = 0;
    if (!check_.need(count <= type.max, "it has more elements than its type allows") ||
        !check_.need(step > 0, "its elements have no words") || !place(word, step, offset))
      return false;
    if (!first_time(offset, count, type.ref)) return true;
    if (!spend(count)) return false;
    const Kind element = b_.types[type.ref].kind;
    ascending = ascending && element != Kind::Glob && element != Kind::Regex;  // patterns stand by their texts
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::size_t at = offset + std::size_t{i} * step;
      if (!check_.need(b_.constant_types[at] == type.ref, "its elements are of another type")) return false;
      if (ascending && i > 0 && !ascends(b_.types[type.ref].kind, at, step)) return false;
    }
    return true;
  }

  /// Texts ascend with their symbols, and stand behind declared members.
  bool keys_ascend(std::uint32_t map_type, Word word) {
    const EntryLayout entry = entry_layout(b_, map_type);
    const auto offset = static_cast<std::uint32_t>(word >> 32) & 0x3fffffff;
    const auto count = static_cast<std::uint32_t>(word);
    const auto key = [&](std::uint32_t i) {
      return b_.constants[offset + std::size_t{i} * entry.stride + entry.key_at];
    };
    for (std::uint32_t i = 1; i < count; ++i)
      if (!check_.need(key(i - 1) < key(i), "its keys do not ascend")) return false;
    return true;
  }

  bool ascends(Kind kind, std::size_t at, std::uint32_t step) {
    const auto text = [&](Symbol symbol) { return b_.symbol_text(symbol); };
    const bool less =
        is_wide(kind) ? wide_before(kind, &b_.constants[at - step], &b_.constants[at], text)
                      : static_cast<std::int64_t>(b_.constants[at - 1]) < static_cast<std::int64_t>(b_.constants[at]);
    return check_.need(less, "its elements do not ascend");
  }

  TableCheck& check_;
  const BundleView& b_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> seen_;
  std::uint64_t elements_ = 0;
};

bool check_closures(TableCheck& check) {
  const BundleView& b = check.bundle();
  for (std::size_t i = 0; i < b.enums.size(); ++i) {
    const EnumRecord& e = b.enums[i];
    check.at(Section::Enums, i);
    const std::uint64_t words = std::uint64_t{e.member_count} * closure_words(e);
    if ((e.flags & kEnumScope) == 0) {
      if (!check.need(e.closure == kNone, "it is no scope and has an order of inclusion")) return false;
    } else if (!check.need(words <= b.constants.size() && e.closure <= b.constants.size() - words,
                           "its order of inclusion is beyond the constants")) {
      return false;
    }
  }
  return true;
}

bool check_defaults(TableCheck& check) {
  const BundleView& b = check.bundle();
  for (std::size_t i = 0; i < b.fields.size(); ++i) {
    const std::uint32_t constant = b.fields[i].default_constant;
    check.at(Section::Fields, i);
    if (constant == kNone) continue;
    if (!check.in(constant, b.constants, "its default") ||
        !check.need(b.constant_types[constant] == b.fields[i].type, "its default is of another type"))
      return false;
  }
  return true;
}

}  // namespace

bool verify_constants(TableCheck& check) {
  return check_closures(check) && ConstantCheck(check).run() && check_defaults(check);
}

}  // namespace bylaw
