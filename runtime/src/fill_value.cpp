#include <algorithm>
#include <array>
#include <charconv>

#include "fill.h"
#include "format/layout.h"
#include "format/text_forms.h"
#include "hash.h"
#include "suggest.h"

namespace bylaw {
namespace {

using format::Code;
using format::Kind;

Word word_of(std::int64_t number) {
  return static_cast<Word>(number);
}

std::string_view seen(InputKind kind) {
  switch (kind) {
    case InputKind::Null: return "null";
    case InputKind::False:
    case InputKind::True: return "a Bool";
    case InputKind::Number:
    case InputKind::Int: return "a number";
    case InputKind::Text: return "a text";
    case InputKind::Array: return "an array";
    case InputKind::Object: return "an object";
    case InputKind::Time: return "a Time";
    case InputKind::Duration: return "a Duration";
    case InputKind::Decimal: return "a Decimal";
  }
  return {};
}

bool is_integer(std::string_view number) {
  return number.find_first_of(".eE") == std::string_view::npos;
}

/// What a text of a sender looks like in a message.
std::string_view shortened(std::string_view text) {
  std::size_t size = std::min<std::size_t>(text.size(), 80);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  return text.substr(0, size);
}

}  // namespace

bool Filler::wrong_kind(InputId id, std::string_view wanted, const Path& path) {
  const InputKind kind = node(request_.input, id).kind();
  if (kind == InputKind::Null) {
    tell(Code::Null, path, {{"wanted", wanted}});
  } else {
    tell(Code::WrongKind, path, {{"seen", seen(kind)}, {"wanted", wanted}});
  }
  return false;
}

bool Filler::read_value(InputId id, std::uint32_t type_index, Word* out, const Path& path, bool own) {
  const format::TypeRecord& type = view_.types[type_index];
  switch (type.kind) {
    case Kind::Bool: return read_bool(id, out, path);
    case Kind::Int: return read_int(id, out, path);
    case Kind::Time: return read_time(id, out, path);
    case Kind::Duration: return read_duration(id, out, path);
    case Kind::Decimal: return read_decimal(id, out, path);
    case Kind::String: return read_string(id, out, path);
    case Kind::Enum: return read_member(id, type.ref, out, path);
    case Kind::Entity: return read_entity(id, entity_set(view_, type.ref), out, path, own);
    case Kind::Ip: return read_ip(id, out, path);
    case Kind::Cidr: return read_cidr(id, out, path);
    case Kind::Version: return read_version(id, out, path);
    case Kind::Versions: return read_versions(id, out, path);
    case Kind::Record: return false;  // has a Place: read_record
    case Kind::Glob:
    case Kind::Regex: return false;  // in constants alone, as the verifier has seen
    case Kind::Set:
      return view_.types[type.ref].kind == Kind::Enum ? read_mask(id, type, out, path) : read_set(id, type, out, path);
    case Kind::List: return read_list(id, type, out, path);
    case Kind::Map: return read_map(id, type, out, path);
    case Kind::Any: return true;  // skipped; its syntax, depth and keys were looked at with the text
  }
  return false;
}

bool Filler::read_bool(InputId id, Word* out, const Path& path) {
  const InputKind kind = node(request_.input, id).kind();
  if (kind != InputKind::True && kind != InputKind::False) return wrong_kind(id, "a Bool", path);
  *out = kind == InputKind::True ? 1 : 0;
  return true;
}

bool Filler::read_int(InputId id, Word* out, const Path& path) {
  const InputNode& input = node(request_.input, id);
  if (input.kind() == InputKind::Int) {
    *out = word_of(input.number);
    return true;
  }
  if (input.kind() != InputKind::Number) return wrong_kind(id, "an Int", path);
  const std::string_view text = input.view();
  if (!is_integer(text)) {
    tell(Code::WrongKind, path, {{"seen", "a number with a point or exponent"}, {"wanted", "an Int"}});
    return false;
  }
  std::int64_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) {
    tell(Code::OutOfRange, path, {{"text", shortened(text)}, {"rule", "an Int has 64 bits"}});
    return false;
  }
  *out = word_of(number);
  return true;
}

bool Filler::read_time(InputId id, Word* out, const Path& path) {
  const InputNode& input = node(request_.input, id);
  if (input.kind() == InputKind::Time) {
    *out = word_of(input.number);
    if (input.number >= format::kFirstInstant && input.number <= format::kLastInstant) return true;
    tell(Code::OutOfRange, path, {{"text", "this Time"}, {"rule", "a Time lies in the years 1 to 9999"}});
    return false;
  }
  if (input.kind() != InputKind::Text) return wrong_kind(id, "a Time", path);
  const auto instant = format::read_instant(input.view());
  if (!instant) {
    tell(Code::MalformedText, path,
         {{"text", shortened(input.view())}, {"wanted", "an instant such as 2026-01-31T09:00:00Z"}});
    return false;
  }
  *out = word_of(*instant);
  return true;
}

bool Filler::read_duration(InputId id, Word* out, const Path& path) {
  const InputNode& input = node(request_.input, id);
  if (input.kind() == InputKind::Duration) {
    *out = word_of(input.number);
    return true;
  }
  if (input.kind() != InputKind::Text) return wrong_kind(id, "a Duration", path);
  const format::DurationResult duration = format::read_wire_duration(input.view());
  if (duration.value) {
    *out = word_of(*duration.value);
    return true;
  }
  const std::string_view text = shortened(input.view());
  switch (duration.error) {
    case format::DurationError::Malformed:
      tell(Code::MalformedText, path, {{"text", text}, {"wanted", "a duration such as 1d12h or P1DT12H"}});
      break;
    case format::DurationError::Overflow:
      tell(Code::OutOfRange, path, {{"text", text}, {"rule", "a Duration has 64 bits of microseconds"}});
      break;
  }
  return false;
}

bool Filler::read_string(InputId id, Word* out, const Path& path) {
  const InputNode& input = node(request_.input, id);
  if (input.kind() != InputKind::Text) return wrong_kind(id, "a String", path);
  if (!is_valid_host_text(input)) return malformed_host_text(path);
  const Symbol symbol = intern(request_, input.view());
  if (symbol == kNone) return false;
  *out = symbol;
  return true;
}

bool Filler::malformed_host_text(const Path& path) {
  tell(Code::MalformedText, path, {{"text", "this text"}, {"wanted", "UTF-8 without NUL"}});
  return false;
}

bool Filler::is_valid_host_text(const InputNode& input) const {
  return !request_.from_host || format::valid_text(input.view());
}

bool Filler::read_member(InputId id, std::uint32_t enumeration, Word* out, const Path& path) {
  const format::EnumRecord& record = view_.enums[enumeration];
  const InputNode& input = node(request_.input, id);
  if (input.kind() != InputKind::Text) return wrong_kind(id, "a text", path);
  if (!is_valid_host_text(input)) return malformed_host_text(path);
  const std::string_view text = input.view();
  const bool open = (record.flags & format::kEnumOpen) != 0;
  const Symbol symbol = open ? intern(request_, text) : find_text(world_, text, hash_text(world_.seed, text));
  if (symbol == kNone) return open ? false : not_a_member(text, record, path);
  for (std::uint32_t i = 0; i < record.member_count; ++i) {
    if (view_.members[record.first_member + i].wire != symbol) continue;
    *out = i;
    return true;
  }
  if (!open) return not_a_member(text, record, path);
  *out = Word{record.member_count} + symbol;
  return true;
}

bool Filler::not_a_member(std::string_view text, const format::EnumRecord& record, const Path& path) {
  Suggestion near(text);
  for (std::uint32_t i = 0; i < record.member_count; ++i) {
    near.offer(view_.symbol_text(view_.members[record.first_member + i].wire));
  }
  std::array<char, 256> room;
  const std::string_view of = view_.symbol_text(record.short_name);
  tell(Code::NotAMember, path, {{"text", shortened(text)}, {"of", of}, {"hint", near.write(room)}});
  return false;
}

bool Filler::is_array(InputId id, std::string_view wanted, const Path& path) {
  return node(request_.input, id).kind() == InputKind::Array || wrong_kind(id, wanted, path);
}

bool Filler::within_limit(std::uint32_t count, const format::TypeRecord& type, const Path& path) {
  if (count <= type.max) return true;
  std::array<char, 16> digits;
  char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), type.max).ptr;
  const std::string_view limit(digits.data(), static_cast<std::size_t>(end - digits.data()));
  tell(Code::OverLimit, path, {{"what", "too many elements"}, {"limit", limit}});
  return false;
}

namespace {

/// Calls `take(element, its number)` for each element of an array.
template <class Take>
void for_each_element(const Arena& input, InputId array, Take take) {
  std::uint32_t number = 0;
  for (InputId id = node(input, array).first; id != kNone; id = node(input, id).next) take(id, number++);
}

}  // namespace

bool Filler::read_mask(InputId id, const format::TypeRecord& type, Word* out, const Path& path) {
  if (!is_array(id, "an array", path)) return false;
  const std::uint32_t enumeration = view_.types[type.ref].ref;
  const format::EnumRecord& record = view_.enums[enumeration];
  const bool open = (record.flags & format::kEnumOpen) != 0;
  const std::uint32_t room = open ? request_.data.allocate(node(request_.input, id).size()) : 0;
  if (room == kNone) return false;
  Word* const unknown = request_.data.words + room;
  std::uint32_t unknown_count = 0, known_count = 0;
  bool good = true;
  for_each_element(request_.input, id, [&](InputId element, std::uint32_t number) {
    Word member = 0;
    if (!read_member(element, enumeration, &member, path.at(number))) {
      good = false;
    } else if (member >= record.member_count) {
      unknown[unknown_count++] = member - record.member_count;
    } else {
      Word& bits = out[member / 64];
      const Word bit = Word{1} << member % 64;
      known_count += (bits & bit) == 0 ? 1 : 0;
      bits |= bit;
    }
  });
  if (unknown_count != 0) {
    unknown_count = sort_and_unite(unknown, unknown_count, Kind::String);
    out[record.member_count / 64] |= Word{1} << record.member_count % 64;
    out[format::mask_bit_words(record)] = collection_word(request_.owner, room, unknown_count);
  }
  return within_limit(known_count + unknown_count, type, path) && good;
}

bool Filler::read_set(InputId id, const format::TypeRecord& type, Word* out, const Path& path) {
  if (!is_array(id, "an array", path)) return false;
  const format::TypeRecord& element_type = view_.types[type.ref];
  const std::size_t width = element_type.words;
  const std::uint32_t room = request_.data.allocate(width * node(request_.input, id).size());
  if (room == kNone) return false;
  Word* const words = request_.data.words + room;
  std::uint32_t count = 0;
  bool good = true;
  for_each_element(request_.input, id, [&](InputId element, std::uint32_t number) {
    std::fill_n(words + width * count, width, Word{0});
    if (read_value(element, type.ref, words + width * count, path.at(number), false)) {
      ++count;
    } else {
      good = false;
    }
  });
  count = width > 1 ? sort_and_unite_wide(words, count, element_type) : sort_and_unite(words, count, element_type.kind);
  *out = collection_word(request_.owner, room, count);
  return within_limit(count, type, path) && good;
}

bool Filler::read_list(InputId id, const format::TypeRecord& type, Word* out, const Path& path) {
  if (!is_array(id, "an array", path)) return false;
  const std::uint32_t count = node(request_.input, id).size();
  if (!within_limit(count, type, path)) return false;
  const format::TypeRecord& element_type = view_.types[type.ref];
  const std::size_t stride = format::stride(element_type, view_.shapes);
  const std::uint32_t room = request_.data.allocate_zeroed(stride * count);
  if (room == kNone) return false;
  for_each_element(request_.input, id, [&](InputId element, std::uint32_t number) {
    Word* const place = request_.data.words + room + stride * number;
    if (element_type.kind == Kind::Record) {
      read_record(element, element_type.ref, place_of(view_, element_type.ref, place), path.at(number), false);
    } else {
      read_value(element, type.ref, place, path.at(number), false);
    }
  });
  *out = collection_word(request_.owner, room, count);
  return true;
}

std::uint32_t Filler::sort_and_unite(Word* words, std::uint32_t count, Kind element) const {
  const auto less = [&](Word a, Word b) {
    if (element == Kind::String || element == Kind::Versions)
      return text_of(request_, static_cast<Symbol>(a)) < text_of(request_, static_cast<Symbol>(b));
    if (element != Kind::Entity) return static_cast<std::int64_t>(a) < static_cast<std::int64_t>(b);
    if (entity_type(a) != entity_type(b)) return entity_type(a) < entity_type(b);
    return id_of(request_, a) < id_of(request_, b);
  };
  std::sort(words, words + count, less);
  return static_cast<std::uint32_t>(std::unique(words, words + count) - words);
}

}  // namespace bylaw
