#pragma once
// SHA-256 (FIPS 180-4): names bundles and the files that were read. Nothing at run time depends on it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace bylaw::compiler {

using Sha256 = std::array<std::uint8_t, 32>;
Sha256 sha256(std::span<const std::byte> bytes);
std::string hex(const Sha256& digest);

}  // namespace bylaw::compiler
