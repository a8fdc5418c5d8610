#pragma once
// Addresses and ranges of addresses: their words and their text. An IPv4 address is its IPv4-mapped IPv6 address
// (::ffff:0:0/96), so one order and one test serve both; it is printed as IPv4. Nothing here allocates but the
// printers.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bylaw::format {

/// The 128 bits as one number; in a frame these two words, `high` first.
struct IpAddress {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

/// All addresses that begin with the first `length` bits of `first`; its other bits are zero. In a frame three words.
struct CidrRange {
  IpAddress first;
  std::uint64_t length = 0;  // 0 to 128; of an IPv4 range 96 more than is written
  friend auto operator<=>(const CidrRange&, const CidrRange&) = default;
};

inline constexpr std::uint32_t kIpWords = 2;
inline constexpr std::uint32_t kCidrWords = 3;

template <class T>
struct AddressResult {
  std::optional<T> value;
  std::string_view problem = {};     // why it is none: "an octet is at most 255"
  std::optional<CidrRange> meant{};  // of a range with host bits: the one that holds the address
};

/// "10.0.0.1", "2001:db8::1", "::ffff:10.0.0.1" (which is 10.0.0.1). No leading zeros in octets, no zone.
AddressResult<IpAddress> read_ip(std::string_view text);
/// "10.0.0.0/8", "2001:db8::/32": an address whose bits behind the length are zero.
AddressResult<CidrRange> read_cidr(std::string_view text);

/// IPv4 in dotted form, IPv6 as RFC 5952 has it.
std::string print_ip(const IpAddress& address);
std::string print_cidr(const CidrRange& range);

constexpr bool is_ipv4(const IpAddress& address) {
  return address.high == 0 && address.low >> 32 == 0xffff;
}
/// The bits of an address that a prefix of this length fixes.
constexpr IpAddress prefix_of(const IpAddress& address, std::uint64_t length) {
  const auto mask = [](std::uint64_t bits) { return bits == 0 ? 0 : ~std::uint64_t{0} << (64 - bits); };
  const std::uint64_t high = length < 64 ? length : 64;
  return {address.high & mask(high), address.low & mask(length - high)};
}
/// False if bits behind the length are set, or if it is no length: what no reader returns, but bytes may hold.
constexpr bool is_range(const CidrRange& range) {
  return range.length <= 128 && prefix_of(range.first, range.length) == range.first;
}
constexpr bool is_inside(const IpAddress& address, const CidrRange& range) {
  return prefix_of(address, range.length) == range.first;
}
/// Each address of `inner` lies in `outer`.
constexpr bool is_inside(const CidrRange& inner, const CidrRange& outer) {
  return inner.length >= outer.length && is_inside(inner.first, outer);
}

}  // namespace bylaw::format
