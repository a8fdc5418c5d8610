#pragma once
// Values of several words, as they stand in frames and pools: Ip, Cidr, Version.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "format/addresses.h"
#include "format/bundle.h"
#include "format/versions.h"
#include "memory.h"

namespace bylaw {

inline constexpr std::uint32_t kWidestScalar = 3;

constexpr bool is_wide(format::Kind kind) {
  return kind == format::Kind::Ip || kind == format::Kind::Cidr || kind == format::Kind::Version;
}

inline format::IpAddress ip_at(const format::Word* place) {
  return {place[0], place[1]};
}
inline format::CidrRange cidr_at(const format::Word* place) {
  return {ip_at(place), place[2]};
}
inline format::Symbol pre_release_at(const format::Word* place) {
  return static_cast<format::Symbol>(place[1]);
}
/// `text` gives the text of a symbol.
template <class Text>
format::Version version_at(const format::Word* place, Text text) {
  const auto upper = [](format::Word word) { return static_cast<std::uint32_t>(word >> 32); };
  return {upper(place[0]), static_cast<std::uint32_t>(place[0]), upper(place[1]), text(pre_release_at(place))};
}

/// The order of elements in a set: addresses as numbers, ranges by address and length, versions by theirs.
template <class Text>
bool wide_before(format::Kind kind, const format::Word* a, const format::Word* b, Text text) {
  if (kind == format::Kind::Ip) return ip_at(a) < ip_at(b);
  if (kind == format::Kind::Cidr) return cidr_at(a) < cidr_at(b);
  return format::compare(version_at(a, text), version_at(b, text)) < 0;
}

inline bool same_words(const format::Word* a, const format::Word* b, std::uint32_t words) {
  return std::equal(a, a + words, b);
}

/// The words that a value has of which a list with entries of this kind is asked.
constexpr std::uint32_t words_asked(format::Kind entry) {
  if (entry == format::Kind::Cidr) return format::kCidrWords;
  if (entry == format::Kind::Ip) return format::kIpWords;
  const bool version = entry == format::Kind::Version || entry == format::Kind::Versions;
  return version ? format::kVersionWords : 1;
}

// Collections whose elements have several words.
inline bool contains_words(Collection elements, const format::Word* element, std::uint32_t words) {
  for (std::uint32_t i = 0; i < elements.count; ++i)
    if (same_words(elements.data + std::size_t{words} * i, element, words)) return true;
  return false;
}
/// Elements are there once each.
inline bool is_equal_wide(Collection a, Collection b, std::uint32_t words) {
  if (a.count != b.count) return false;
  for (std::uint32_t i = 0; i < a.count; ++i)
    if (!contains_words(b, a.data + std::size_t{words} * i, words)) return false;
  return true;
}

}  // namespace bylaw
