#pragma once
// The checksum of a bundle: a 64-bit multiply-fold in four lanes, which finds accidents at memory speed. It is no
// signature.
//
// The bytes are taken in blocks of 64, the last one filled with zero bytes. Lane i (of 4) takes the two little-endian
// words at 16 * i of each block: lane = fold(first ^ kKeys[i], second ^ lane), where fold(x, y) is the low half of the
// 128-bit product x * y xor its high half. Lanes begin as kKeys[3 - i]. At the end: fold(lane0 ^ lane2 ^ length, lane1
// ^ lane3 ^ kKeys[0]).

#include <cstddef>
#include <cstdint>
#include <span>

namespace bylaw::format {

std::uint64_t checksum(std::span<const std::byte> bytes);

/// The checksum that belongs into the header of this file: over all bytes, the header's `checksum` and `sha256` as
/// zero. `file` has at least a header.
std::uint64_t file_checksum(std::span<const std::byte> file);

}  // namespace bylaw::format
