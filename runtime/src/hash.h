#pragma once
// The hash of texts in the world's and a request's tables. Seeded by each World, so that nobody can prepare texts that
// collide; nothing that is told depends on it.

#include <cstdint>
#include <cstring>
#include <string_view>

namespace bylaw {

inline std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93;
  return x ^ x >> 32;
}

inline std::uint64_t hash_text(std::uint64_t seed, std::string_view text) {
  std::uint64_t hash = seed ^ text.size() * 0x9e3779b97f4a7c15;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    hash = mix(hash ^ word);
  }
  std::uint64_t rest = 0;
  for (std::size_t i = 0; i < left; ++i) rest |= static_cast<std::uint64_t>(static_cast<unsigned char>(at[i])) << 8 * i;
  return mix(hash ^ rest);
}

inline std::uint64_t hash_entity(std::uint64_t seed, std::uint32_t type, std::string_view id) {
  return hash_text(seed + type * 0xa0761d6478bd642f, id);
}

}  // namespace bylaw
