// Texts of addresses and ranges of them: what is read, as what it is printed, what is refused and why.

#include "format/addresses.h"

#include <doctest/doctest.h>

#include <string>

using namespace bylaw::format;

namespace {

struct Text {
  const char* written;
  const char* printed;  // or why it is none
};

const Text kAddresses[] = {
    {"10.0.0.1", "10.0.0.1"},
    {"0.0.0.0", "0.0.0.0"},
    {"255.255.255.255", "255.255.255.255"},
    {"::", "::"},
    {"::1", "::1"},
    {"1::", "1::"},
    {"2001:db8::1", "2001:db8::1"},
    {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
    {"2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"},  // the first of two runs
    {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},                  // one group is not shortened
    {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},                           // the longer run
    {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
    {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
    {"::ffff:10.0.0.1", "10.0.0.1"},
    {"::FFFF:a00:1", "10.0.0.1"},
    {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
    {"::10.0.0.1", "::a00:1"},  // of the deprecated compatible form: no IPv4 address
    {"fe80::1", "fe80::1"},
};

const Text kNoAddresses[] = {
    {"", "an address is like 10.0.0.1 or 2001:db8::1"},
    {"localhost", "an address is like 10.0.0.1 or 2001:db8::1"},
    {"10.0.0", "an IPv4 address has four octets"},
    {"10.0.0.1.2", "an IPv4 address has four octets"},
    {"10.0.0.01", "an octet has no leading zeros"},
    {"010.0.0.1", "an octet has no leading zeros"},
    {"10.0.0.256", "an octet is at most 255"},
    {"10.0.0.1000", "an octet is at most 255"},
    {"10..0.1", "an address is like 10.0.0.1 or 2001:db8::1"},
    {"10.0.0.1 ", "an address is like 10.0.0.1 or 2001:db8::1"},
    {"0x0a.0.0.1", "an address is like 10.0.0.1 or 2001:db8::1"},
    {"167772161", "an address is like 10.0.0.1 or 2001:db8::1"},
    {"1:2:3:4:5:6:7", "an IPv6 address has eight groups, or `::` for zeros"},
    {"1:2:3:4:5:6:7:8:9", "an IPv6 address has eight groups"},
    {"1:2:3:4::5:6:7:8", "`::` stands for at least one group of zeros"},
    {"1::2::3", "`::` stands at most once in an address"},
    {":::", "a group has one to four hexadecimal digits"},
    {":1", "a group has one to four hexadecimal digits"},
    {"1:", "a group has one to four hexadecimal digits"},
    {"12345::", "a group has one to four hexadecimal digits"},
    {"g::1", "a group has one to four hexadecimal digits"},
    {"::ffff:10.0.0.256", "an octet is at most 255"},
    {"10.0.0.1::", "a group has one to four hexadecimal digits"},
    {"fe80::1%eth0", "an address has no zone"},
    {"[::1]", "an address stands without brackets"},
    {"10.0.0.0/8", "an address has no length, a range has one"},
};

const Text kRanges[] = {
    {"10.0.0.0/8", "10.0.0.0/8"},       {"0.0.0.0/0", "0.0.0.0/0"},
    {"10.0.0.1/32", "10.0.0.1/32"},     {"::/0", "::/0"},
    {"2001:DB8::/32", "2001:db8::/32"}, {"::1/128", "::1/128"},
    {"::ffff:0:0/96", "0.0.0.0/0"},     {"::ffff:10.0.0.0/104", "10.0.0.0/8"},
    {"128.0.0.0/1", "128.0.0.0/1"},     {"2001:db8:8000::/33", "2001:db8:8000::/33"},
};

const Text kNoRanges[] = {
    {"", "a range is an address and a length, like 10.0.0.0/8 or 2001:db8::/32"},
    {"10.0.0.0", "a range has a length behind `/`"},
    {"10.0.0.0/", "the length of an IPv4 range is a number from 0 to 32"},
    {"10.0.0.0/33", "the length of an IPv4 range is a number from 0 to 32"},
    {"10.0.0.0/08", "the length of an IPv4 range is a number from 0 to 32"},
    {"10.0.0.0/8/8", "the length of an IPv4 range is a number from 0 to 32"},
    {"10.0.0.0/-1", "the length of an IPv4 range is a number from 0 to 32"},
    {"::/129", "the length of an IPv6 range is a number from 0 to 128"},
    {"10.0.0.1/8", "bits behind its length are set"},
    {"2001:db8::1/64", "bits behind its length are set"},
    {"10.0.0/8", "an IPv4 address has four octets"},
    {"/8", "an address is like 10.0.0.1 or 2001:db8::1"},
};

IpAddress ip(const char* text) {
  return read_ip(text).value.value();
}
CidrRange cidr(const char* text) {
  return read_cidr(text).value.value();
}

}  // namespace

TEST_CASE("addresses are read and printed in one form") {
  for (const Text& text : kAddresses) {
    CAPTURE(text.written);
    const auto read = read_ip(text.written);
    REQUIRE(read.value);
    CHECK(print_ip(*read.value) == text.printed);
    CHECK(read_ip(text.printed).value == read.value);
  }
  for (const Text& text : kNoAddresses) {
    CAPTURE(text.written);
    const auto read = read_ip(text.written);
    CHECK_FALSE(read.value);
    CHECK(read.problem == text.printed);
  }
}

TEST_CASE("ranges are read and printed in one form") {
  for (const Text& text : kRanges) {
    CAPTURE(text.written);
    const auto read = read_cidr(text.written);
    REQUIRE(read.value);
    CHECK(print_cidr(*read.value) == text.printed);
    CHECK(read_cidr(text.printed).value == read.value);
  }
  for (const Text& text : kNoRanges) {
    CAPTURE(text.written);
    const auto read = read_cidr(text.written);
    CHECK_FALSE(read.value);
    CHECK(read.problem == text.printed);
  }
}

TEST_CASE("a range with host bits names the one that is meant") {
  CHECK(print_cidr(read_cidr("10.1.2.3/8").meant.value()) == "10.0.0.0/8");
  CHECK(print_cidr(read_cidr("2001:db8::1/64").meant.value()) == "2001:db8::/64");
  CHECK(print_cidr(read_cidr("10.1.2.3").meant.value()) == "10.1.2.3/32");
}

TEST_CASE("inside") {
  CHECK(is_inside(ip("10.255.0.1"), cidr("10.0.0.0/8")));
  CHECK_FALSE(is_inside(ip("11.0.0.0"), cidr("10.0.0.0/8")));
  CHECK(is_inside(ip("::ffff:10.0.0.1"), cidr("10.0.0.0/8")));
  CHECK_FALSE(is_inside(ip("::1"), cidr("0.0.0.0/0")));  // an IPv4 range holds no IPv6 address
  CHECK(is_inside(ip("1.2.3.4"), cidr("::/0")));         // and this one all
  CHECK(is_inside(cidr("10.1.0.0/16"), cidr("10.0.0.0/8")));
  CHECK(is_inside(cidr("10.0.0.0/8"), cidr("10.0.0.0/8")));
  CHECK_FALSE(is_inside(cidr("10.0.0.0/7"), cidr("10.0.0.0/8")));
}

TEST_CASE("inside is what comparing bit by bit says") {
  const char* const addresses[] = {"0.0.0.0", "10.0.0.0", "127.255.255.255", "::", "::1", "2001:db8::8000:0:0:0",
                                   "ffff::"};
  const auto bit = [](const IpAddress& a, unsigned i) {
    return (i < 64 ? a.high >> (63 - i) : a.low >> (127 - i)) & 1;
  };
  for (const char* outer : addresses)
    for (std::uint64_t length = 0; length <= 128; ++length) {
      const CidrRange range{prefix_of(ip(outer), length), length};
      CHECK(read_cidr(print_cidr(range)).value == range);
      for (const char* inner : addresses) {
        bool all = true;
        for (unsigned i = 0; i < length; ++i) all = all && bit(ip(inner), i) == bit(range.first, i);
        CHECK(is_inside(ip(inner), range) == all);
      }
    }
}
