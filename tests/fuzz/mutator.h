#pragma once
// Bytes of a file changed at random, the same for each seed; and the checksum of a container made right again.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <random>
#include <span>
#include <vector>

#include "format/bundle.h"
#include "format/checksum.h"

namespace bylaw::fuzz {

using Bytes = std::vector<std::byte>;

inline std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

inline void seal(Bytes& file) {
  if (file.size() < sizeof(format::Header)) return;
  const std::uint64_t length = file.size();
  std::memcpy(file.data() + offsetof(format::Header, length), &length, sizeof length);
  const std::uint64_t sum = format::file_checksum(file);
  std::memcpy(file.data() + offsetof(format::Header, checksum), &sum, sizeof sum);
}

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }

  void mutate(Bytes& file) {
    for (std::size_t i = 0, count = 1 + below(3); i < count; ++i) change(file);
  }

 private:
  void change(Bytes& file) {
    const std::size_t at = below(file.size());
    switch (below(8)) {
      case 0: file[at] ^= std::byte{1} << below(8); break;
      case 1: file[at] = static_cast<std::byte>(below(256)); break;
      case 2: put(file, at / 4 * 4, static_cast<std::uint32_t>(below(64))); break;
      case 3: put(file, at / 4 * 4, kTelling[below(std::size(kTelling))]); break;
      case 4: move(file, at / 4 * 4, 4); break;
      case 5: move(file, at / 16 * 16, 16); break;  // whole instructions
      case 6: nudge(file, at / 4 * 4); break;
      case 7:
        if (below(8) == 0) file.resize(file.size() - below(std::min<std::size_t>(file.size() - 200, 300)));
        break;
    }
  }

  static void put(Bytes& file, std::size_t at, std::uint32_t value) {
    if (at + sizeof value <= file.size()) std::memcpy(file.data() + at, &value, sizeof value);
  }

  void move(Bytes& file, std::size_t to, std::size_t size) {
    const std::size_t from = below(file.size()) / size * size;
    if (from + size <= file.size() && to + size <= file.size())
      std::memmove(file.data() + to, file.data() + from, size);
  }

  /// A little more or less: an index of a neighbour.
  void nudge(Bytes& file, std::size_t at) {
    std::uint32_t value;
    if (at + sizeof value > file.size()) return;
    std::memcpy(&value, file.data() + at, sizeof value);
    put(file, at, value + static_cast<std::uint32_t>(below(5)) - 2);
  }

  static constexpr std::uint32_t kTelling[] = {0,      1,          2,          63,         64,         4095,
                                               0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x3fffffff};
  std::mt19937_64 random_;
};

/// Calls `refused` with files that differ from this one in a bit, or lack their end, and have no checksum of their own.
template <class Refused>
void each_unsealed(const Bytes& original, int count, Refused refused) {
  Mutator random(from_environment("BYLAW_FUZZ_SEED", 1));
  for (int i = 0; i < count; ++i) {
    Bytes file = original;
    const std::size_t at = random.below(file.size());
    if (at >= offsetof(format::Header, sha256) && at < offsetof(format::Header, section_count)) continue;
    file[at] ^= std::byte{1} << random.below(8);
    refused(std::span<const std::byte>(file));
    refused(std::span(original).first(at));
  }
}

}  // namespace bylaw::fuzz
