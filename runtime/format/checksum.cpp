#include "format/checksum.h"

#include <bit>
#include <cstring>

#include "format/bundle.h"

namespace bylaw::format {
namespace {

static_assert(std::endian::native == std::endian::little, "bundles are read in place, as little-endian words");

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kKeys[4] = {0xa0761d6478bd642f, 0xe7037ed1a0b428db, 0x8ebc6af09c88c6e3, 0x589965cc75374cc3};
constexpr std::size_t kBlock = 64;

std::uint64_t fold(std::uint64_t x, std::uint64_t y) {
  const Wide product = static_cast<Wide>(x) * y;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

struct Lanes {
  std::uint64_t lane[4] = {kKeys[3], kKeys[2], kKeys[1], kKeys[0]};

  void take(const std::byte* block) {
    std::uint64_t words[8];
    std::memcpy(words, block, sizeof words);
    for (std::size_t i = 0; i < 4; ++i) lane[i] = fold(words[2 * i] ^ kKeys[i], words[2 * i + 1] ^ lane[i]);
  }

  void take_all(std::span<const std::byte> bytes) {
    const std::size_t whole = bytes.size() / kBlock * kBlock;
    for (std::size_t at = 0; at < whole; at += kBlock) take(bytes.data() + at);
    if (whole == bytes.size()) return;
    std::byte last[kBlock] = {};
    std::memcpy(last, bytes.data() + whole, bytes.size() - whole);
    take(last);
  }

  std::uint64_t result(std::uint64_t length) const {
    return fold(lane[0] ^ lane[2] ^ length, lane[1] ^ lane[3] ^ kKeys[0]);
  }
};

}  // namespace

std::uint64_t checksum(std::span<const std::byte> bytes) {
  Lanes lanes;
  lanes.take_all(bytes);
  return lanes.result(bytes.size());
}

std::uint64_t file_checksum(std::span<const std::byte> file) {
  static_assert(sizeof(Header) % kBlock == 0);
  Header header;
  std::memcpy(&header, file.data(), sizeof header);
  header.checksum = 0;
  std::memset(header.sha256, 0, sizeof header.sha256);
  Lanes lanes;
  lanes.take_all(std::as_bytes(std::span(&header, 1)));
  lanes.take_all(file.subspan(sizeof header));
  return lanes.result(file.size());
}

}  // namespace bylaw::format
