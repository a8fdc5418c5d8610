#include "format/addresses.h"

#include <array>

namespace bylaw::format {
namespace {

constexpr std::string_view kNoAddress = "an address is like 10.0.0.1 or 2001:db8::1";
constexpr std::string_view kNoRange = "a range is an address and a length, like 10.0.0.0/8 or 2001:db8::/32";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// A decimal number of at most three digits up to `most`, without leading zeros.
std::optional<std::uint32_t> small_number(std::string_view text, std::uint32_t most) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value <= most ? std::optional(value) : std::nullopt;
}

struct Quad {
  std::optional<std::uint32_t> value;
  std::string_view problem = kNoAddress;
};

std::string_view octet_problem(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c)) return kNoAddress;
  if (text.empty()) return kNoAddress;
  return text.size() > 1 && text[0] == '0' ? "an octet has no leading zeros" : "an octet is at most 255";
}

/// "10.0.0.1"
Quad read_quad(std::string_view text) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const std::size_t end = i < 3 ? text.find('.') : text.size();
    if (end == std::string_view::npos) return {std::nullopt, "an IPv4 address has four octets"};
    const auto octet = small_number(text.substr(0, end), 255);
    if (!octet) {
      const bool more = i == 3 && text.find('.') != std::string_view::npos;
      return {std::nullopt, more ? "an IPv4 address has four octets" : octet_problem(text.substr(0, end))};
    }
    value = value << 8 | *octet;
    text.remove_prefix(i < 3 ? end + 1 : end);
  }
  return {value, {}};
}

/// The groups of an IPv6 address, and where `::` stood among them.
struct Groups {
  std::array<std::uint32_t, 8> values{};
  std::size_t count = 0;
  std::optional<std::size_t> gap;
  std::string_view problem = {};

  bool fail(std::string_view what) {
    problem = what;
    return false;
  }
  bool add(std::uint32_t value) {
    if (count == values.size()) return fail("an IPv6 address has eight groups");
    values[count++] = value;
    return true;
  }
  bool add_gap() {
    if (gap) return fail("`::` stands at most once in an address");
    gap = count;
    return true;
  }
};

bool add_group(Groups& groups, std::string_view text) {
  if (text.empty() || text.size() > 4) return groups.fail("a group has one to four hexadecimal digits");
  std::uint32_t value = 0;
  for (const char c : text) {
    const int digit = hex_value(c);
    if (digit < 0) return groups.fail("a group has one to four hexadecimal digits");
    value = value << 4 | static_cast<std::uint32_t>(digit);
  }
  return groups.add(value);
}

bool add_quad(Groups& groups, std::string_view text) {
  const Quad quad = read_quad(text);
  if (!quad.value) return groups.fail(quad.problem);
  return groups.add(*quad.value >> 16) && groups.add(*quad.value & 0xffff);
}

/// Groups with colons between them; `::` may begin and end the text.
bool read_groups(Groups& groups, std::string_view text) {
  if (text.starts_with("::")) {
    groups.add_gap();
    text.remove_prefix(2);
    if (text.empty()) return true;
  }
  for (;;) {
    const std::size_t end = text.find(':');
    const std::string_view group = text.substr(0, end);
    if (end == std::string_view::npos)
      return group.find('.') != std::string_view::npos ? add_quad(groups, group) : add_group(groups, group);
    if (!add_group(groups, group)) return false;
    text.remove_prefix(end + 1);
    if (!text.starts_with(':')) continue;
    if (!groups.add_gap()) return false;
    text.remove_prefix(1);
    if (text.empty()) return true;
  }
}

AddressResult<IpAddress> read_ipv6(std::string_view text) {
  Groups groups;
  if (!read_groups(groups, text)) return {std::nullopt, groups.problem};
  if (!groups.gap && groups.count != 8) return {std::nullopt, "an IPv6 address has eight groups, or `::` for zeros"};
  if (groups.gap && groups.count == 8) return {std::nullopt, "`::` stands for at least one group of zeros"};
  std::array<std::uint32_t, 8> all{};
  const std::size_t before = groups.gap.value_or(8);
  for (std::size_t i = 0; i < groups.count; ++i) all[i < before ? i : i + 8 - groups.count] = groups.values[i];
  IpAddress address;
  for (std::size_t i = 0; i < 4; ++i) {
    address.high = address.high << 16 | all[i];
    address.low = address.low << 16 | all[i + 4];
  }
  return {address};
}

bool has_colon(std::string_view text) {
  return text.find(':') != std::string_view::npos;
}

/// Where the longest run of two or more zero groups begins and ends, the first one of several.
struct Run {
  std::size_t begin = 8, end = 8;
};
Run longest_zeros(const std::array<std::uint32_t, 8>& groups) {
  Run best;
  std::size_t length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t end = i;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - i > length) {
      best = {i, end};
      length = end - i;
    }
  }
  return best;
}

std::string hex(std::uint32_t value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (int shift = 12; shift >= 0; shift -= 4)
    if (const std::uint32_t digit = value >> shift & 15; digit != 0 || !text.empty() || shift == 0)
      text += kDigits[digit];
  return text;
}

std::string print_ipv6(const IpAddress& address) {
  std::array<std::uint32_t, 8> groups{};
  for (std::size_t i = 0; i < 4; ++i) {
    groups[i] = static_cast<std::uint32_t>(address.high >> (48 - 16 * i) & 0xffff);
    groups[i + 4] = static_cast<std::uint32_t>(address.low >> (48 - 16 * i) & 0xffff);
  }
  const Run zeros = longest_zeros(groups);
  std::string text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == zeros.begin) {
      text += "::";
      i = zeros.end - 1;
      continue;
    }
    if (i != 0 && i != zeros.end) text += ':';
    text += hex(groups[i]);
  }
  return text;
}

}  // namespace

AddressResult<IpAddress> read_ip(std::string_view text) {
  if (text.find('%') != std::string_view::npos) return {std::nullopt, "an address has no zone"};
  if (text.find('/') != std::string_view::npos) return {std::nullopt, "an address has no length, a range has one"};
  if (text.starts_with('[')) return {std::nullopt, "an address stands without brackets"};
  if (has_colon(text)) return read_ipv6(text);
  const Quad quad = read_quad(text);
  if (!quad.value) return {std::nullopt, text.find('.') == std::string_view::npos ? kNoAddress : quad.problem};
  return {IpAddress{0, std::uint64_t{0xffff} << 32 | *quad.value}};
}

AddressResult<CidrRange> read_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    const auto address = read_ip(text);
    if (!address.value) return {std::nullopt, kNoRange};
    return {std::nullopt, "a range has a length behind `/`", CidrRange{*address.value, 128}};
  }
  const auto address = read_ip(text.substr(0, slash));
  if (!address.value) return {std::nullopt, address.problem};
  const bool quad = !has_colon(text);
  const auto length = small_number(text.substr(slash + 1), quad ? 32 : 128);
  if (!length)
    return {std::nullopt, quad ? "the length of an IPv4 range is a number from 0 to 32"
                               : "the length of an IPv6 range is a number from 0 to 128"};
  const std::uint64_t bits = *length + (quad ? 96U : 0U);
  const CidrRange range{prefix_of(*address.value, bits), bits};
  if (range.first != *address.value) return {std::nullopt, "bits behind its length are set", range};
  return {range};
}

std::string print_ip(const IpAddress& address) {
  if (!is_ipv4(address)) return print_ipv6(address);
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8)
    text += std::to_string(address.low >> shift & 255) + (shift == 0 ? "" : ".");
  return text;
}

std::string print_cidr(const CidrRange& range) {
  const bool quad = range.length >= 96 && is_ipv4(range.first);
  return print_ip(range.first) + "/" + std::to_string(range.length - (quad ? 96 : 0));
}

}  // namespace bylaw::format
