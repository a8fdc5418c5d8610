#include "transcribe.h"

#include <algorithm>
#include <bit>

#include "format/layout.h"
#include "format/text_forms.h"
#include "map.h"
#include "wide_value.h"

namespace bylaw {

using namespace format;

namespace {

constexpr std::size_t kMostWords = std::size_t{1} << 30;  // of which a collection word can speak

bool bit(const Word* words, std::uint32_t at) {
  return (words[at / 64] >> at % 64 & 1) != 0;
}

}  // namespace

bool Transcriber::frame(std::uint32_t shape, const Word* from) {
  const std::size_t to = out_.size();
  const std::uint32_t presence = presence_words(view_.shapes[shape]);
  if (to + frame_words(view_.shapes[shape]) > kMostWords) return no("there is too much of it");
  out_.resize(to + frame_words(view_.shapes[shape]));
  return fields(shape, {from, to, 0}, from + presence, to + presence);
}

bool Transcriber::fields(std::uint32_t shape, const Bits& bits, const Word* from, std::size_t to) {
  const auto all = range(view_.fields, view_.shapes[shape].first_field, view_.shapes[shape].field_count);
  return std::all_of(all.begin(), all.end(), [&](const FieldRecord& f) { return field(f, bits, from, to); }) &&
         std::all_of(all.begin(), all.end(), [&](const FieldRecord& f) { return own_value(f, bits, from, to); });
}

bool Transcriber::field(const FieldRecord& field, const Bits& bits, const Word* from, std::size_t to) {
  if (field.presence != kNone) {
    const std::uint32_t at = bits.first + field.presence;
    if (!bit(bits.from, at)) return true;
    out_[bits.to + at / 64] |= Word{1} << at % 64;
  }
  return part(field.type, field.nested_presence, bits, from + field.slot, to + field.slot);
}

bool Transcriber::own_value(const FieldRecord& field, const Bits& bits, const Word* from, std::size_t to) {
  if (field.explicit_presence == kNone) return true;
  const std::uint32_t at = bits.first + field.explicit_presence;
  if (!bit(bits.from, at)) return true;
  out_[bits.to + at / 64] |= Word{1} << at % 64;
  return part(field.type, field.explicit_presence + 1, bits, from + field.explicit_slot, to + field.explicit_slot);
}

bool Transcriber::part(std::uint32_t type, std::uint32_t nested, const Bits& bits, const Word* from, std::size_t to) {
  if (view_.types[type].kind == Kind::Record)
    return fields(view_.types[type].ref, {bits.from, bits.to, bits.first + nested}, from, to);
  return value(type, from, to);
}

bool Transcriber::value(std::uint32_t type_index, const Word* from, std::size_t to) {
  const TypeRecord& type = view_.types[type_index];
  if (type.kind == Kind::Any) return true;
  out_[to] = *from;
  switch (type.kind) {
    case Kind::Bool: return *from <= 1 || no("a Bool is neither 0 nor 1");
    case Kind::Int:
    case Kind::Duration:
    case Kind::Decimal: return true;
    case Kind::Time: {
      const auto instant = static_cast<std::int64_t>(*from);
      return (instant >= kFirstInstant && instant <= kLastInstant) || no("a Time lies outside all years");
    }
    case Kind::String: return source_.symbol(*from, out_[to]) || no("a text is beyond the table");
    case Kind::Enum: return member(view_.enums[type.ref], *from, to);
    case Kind::Entity: return entity(type.ref, *from, to);
    case Kind::Set:
      if (view_.types[type.ref].kind == Kind::Enum)
        return mask(view_.enums[view_.types[type.ref].ref], type.max, from, to);
      return collection(type, *from, to);
    case Kind::List: return collection(type, *from, to);
    case Kind::Map: return keys_ascend(type_index, *from) && collection(type, *from, to);
    case Kind::Any: return true;
    case Kind::Ip: return copy_words(kIpWords, from, to);
    case Kind::Cidr:
      return is_range(cidr_at(from)) ? copy_words(kCidrWords, from, to) : no("a range has bits behind its length");
    case Kind::Version: return version(from, to);
    case Kind::Versions: return source_.symbol(*from, out_[to]) || no("a text is beyond the table");
    case Kind::Glob:
    case Kind::Regex: break;   // no entity has one
    case Kind::Record: break;  // has bits: `part` or `element`
  }
  return no("a value of no kind");
}

bool Transcriber::copy_words(std::uint32_t words, const Word* from, std::size_t to) {
  std::copy_n(from, words, out_.begin() + static_cast<std::ptrdiff_t>(to));
  return true;
}

bool Transcriber::version(const Word* from, std::size_t to) {
  Word symbol = 0;
  if (!source_.symbol(pre_release_at(from), symbol)) return no("a text is beyond the table");
  out_[to + 1] = (from[1] & ~Word{0xffffffff}) | symbol;
  return true;
}

bool Transcriber::member(const EnumRecord& record, Word from, std::size_t to) {
  if (from < record.member_count) return true;
  Word symbol = 0;
  if ((record.flags & kEnumOpen) == 0 || !source_.symbol(from - record.member_count, symbol))
    return no("a member is beyond its enum");
  out_[to] = record.member_count + symbol;
  return true;
}

bool Transcriber::entity(std::uint32_t set, Word from, std::size_t to) {
  const auto types = range(view_.pool, view_.entity_sets[set].first, view_.entity_sets[set].count);
  if (!std::binary_search(types.begin(), types.end(), entity_type(from))) return no("an entity is of another type");
  return source_.entity(from, out_[to]) || no("an entity is beyond the table");
}

bool Transcriber::mask(const EnumRecord& record, std::uint32_t max, const Word* from, std::size_t to) {
  const std::uint32_t words = mask_bit_words(record);
  const bool open = (record.flags & kEnumOpen) != 0;
  const std::uint32_t bits = record.member_count + (open ? 1 : 0);
  if (bits % 64 != 0 && (from[words - 1] >> bits % 64) != 0) return no("a set has a member beyond its enum");
  std::copy_n(from, words, out_.begin() + static_cast<std::ptrdiff_t>(to));
  if (!open) return true;
  Collection texts{};
  if (!append(from[words], 1, max, to + words, texts)) return false;
  if ((texts.count != 0) != bit(from, record.member_count)) return no("a set's other texts do not fit its members");
  const std::size_t place = out_.size() - texts.count;
  for (std::uint32_t i = 0; i < texts.count; ++i) {
    if (i > 0 && source_.is_ordered() && texts.data[i - 1] >= texts.data[i])
      return no("elements of a set do not ascend");
    if (!source_.symbol(texts.data[i], out_[place + i])) return no("a text is beyond the table");
  }
  return true;
}

/// Room for the elements at the end, and the word that says where.
bool Transcriber::append(Word from, std::uint32_t step, std::uint32_t max, std::size_t to, Collection& elements) {
  const std::size_t place = out_.size();
  if (!source_.elements(from, place, step, elements) || elements.count > max)
    return no("a collection is not where the last one ended, or too large");
  if (place + std::size_t{step} * elements.count > kMostWords) return no("there is too much of it");
  out_.resize(place + std::size_t{step} * elements.count);
  out_[to] = collection_word(Owner::World, static_cast<std::uint32_t>(place), elements.count);
  return true;
}

bool Transcriber::collection(const TypeRecord& type, Word from, std::size_t to) {
  const std::uint32_t step = stride(view_.types[type.ref], view_.shapes);
  Collection elements{};
  if (!append(from, step, type.max, to, elements)) return false;
  const std::size_t place = out_.size() - std::size_t{step} * elements.count;
  for (std::uint32_t i = 0; i < elements.count; ++i) {
    const Word* const here = elements.data + std::size_t{step} * i;
    if (type.kind == Kind::Set && i > 0 && source_.is_ordered() && !ascends(type.ref, here - step, here))
      return no("elements of a set do not ascend");
    if (!element(type.ref, here, place + std::size_t{step} * i)) return false;
  }
  return true;
}

/// In the source's own numbers, as `ascends`. Asked before the entries are read, so their place is asked first.
bool Transcriber::keys_ascend(std::uint32_t map_type, Word from) {
  if (!source_.is_ordered()) return true;
  const EntryLayout entry = entry_layout(view_, map_type);
  Collection entries{};
  if (!source_.elements(from, out_.size(), entry.stride, entries))
    return no("a collection is not where the last one ended, or too large");
  for (std::uint32_t i = 1; i < entries.count; ++i) {
    const Word* const here = entries.data + std::size_t{entry.stride} * i;
    if (here[entry.key_at] <= (here - entry.stride)[entry.key_at]) return no("keys of a map do not ascend");
  }
  return true;
}

bool Transcriber::element(std::uint32_t type, const Word* from, std::size_t to) {
  if (view_.types[type].kind != Kind::Record) return value(type, from, to);
  const std::uint32_t shape = view_.types[type].ref, presence = presence_words(view_.shapes[shape]);
  return fields(shape, {from, to, 0}, from + presence, to + presence);
}

/// In the source's own numbers: texts ascend with their symbols, entities with type and row.
bool Transcriber::ascends(std::uint32_t type, const Word* before, const Word* here) const {
  const Kind kind = view_.types[type].kind;
  if (kind == Kind::Ip) return ip_at(before) < ip_at(here);
  if (kind == Kind::Cidr) return cidr_at(before) < cidr_at(here);
  if (kind == Kind::Version) return !same_words(before, here, kVersionWords);  // its order is not that of its words
  if (kind == Kind::Versions || kind == Kind::String || kind == Kind::Entity || kind == Kind::Enum)
    return *before < *here;
  return static_cast<std::int64_t>(*before) < static_cast<std::int64_t>(*here);
}

}  // namespace bylaw
