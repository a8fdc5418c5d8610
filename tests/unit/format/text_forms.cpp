#include "format/text_forms.h"

#include <doctest/doctest.h>

#include <string>

using namespace bylaw::format;

namespace {

struct InstantCase {
  const char* text;
  std::optional<std::int64_t> value;
};

const InstantCase kInstants[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"1970-01-01T00:00:01Z", 1000000},
    {"1969-12-31T23:59:59.5Z", -500000},
    {"1970-01-01T01:00:00+01:00", 0},
    {"1969-12-31T19:00:00-05:00", 0},
    {"1970-01-01T00:00:00.123456789Z", 123456},
    {"1969-12-31T23:59:59.9999999Z", -1},
    {"1970-01-01T00:00:60Z", 60000000},
    {"2024-02-29T00:00:00Z", 1709164800000000},
    {"0001-01-01T00:00:00Z", kFirstInstant},
    {"9999-12-31T23:59:59.9999999Z", kLastInstant},
    {"9999-12-31T23:59:60Z", std::nullopt},
    {"0001-01-01T00:00:00+00:01", std::nullopt},
    {"9999-12-31T23:59:59-00:01", std::nullopt},
    {"0000-12-31T23:59:59Z", std::nullopt},
    {"2023-02-29T00:00:00Z", std::nullopt},
    {"1900-02-29T00:00:00Z", std::nullopt},
    {"2025-13-01T00:00:00Z", std::nullopt},
    {"2025-00-01T00:00:00Z", std::nullopt},
    {"2025-04-31T00:00:00Z", std::nullopt},
    {"2025-01-01T24:00:00Z", std::nullopt},
    {"2025-01-01T00:60:00Z", std::nullopt},
    {"2025-01-01T00:00:61Z", std::nullopt},
    {"2025-01-01T00:00:00", std::nullopt},
    {"2025-01-01T00:00:00.Z", std::nullopt},
    {"2025-01-01T00:00:00+1:00", std::nullopt},
    {"2025-01-01T00:00:00+24:00", std::nullopt},
    {"2025-01-01 00:00:00Z", std::nullopt},
    {"2025-01-01T00:00Z", std::nullopt},
    {"2025-01-01", std::nullopt},
    {"2025-01-01T00:00:00Z ", std::nullopt},
    {"", std::nullopt},
};

struct DurationCase {
  const char* text;
  std::optional<std::int64_t> value;
  DurationError error = DurationError::Malformed;
};

constexpr std::int64_t kHour = kDay / 24;

const DurationCase kDurations[] = {
    {"30d", 30 * kDay},
    {"1d12h", kDay + 12 * kHour},
    {"-1d12h", -(kDay + 12 * kHour)},
    {"1w2d3h4m5s6ms7us", 9 * kDay + 3 * kHour + 4 * 60000000 + 5000000 + 6007},
    {"0s", 0},
    {"9223372036854775807us", INT64_MAX},
    {"-9223372036854775808us", INT64_MIN},
    {"9223372036854775808us", std::nullopt, DurationError::Overflow},
    {"99999999999999999999999999w", std::nullopt, DurationError::Overflow},
    {"15250285w", std::nullopt, DurationError::Overflow},
    {"99999999999999999999999999w1x", std::nullopt},
    {"12h1d", std::nullopt},
    {"1d1d", std::nullopt},
    {"1ms1m", std::nullopt},
    {"1m1ms", 60001000},
    {"01d", std::nullopt},
    {"1_000s", std::nullopt},
    {"1.5d", std::nullopt},
    {"30", std::nullopt},
    {"d", std::nullopt},
    {"1D", std::nullopt},
    {"1 d", std::nullopt},
    {"--1d", std::nullopt},
    {"-", std::nullopt},
    {"", std::nullopt},
    {"1month", std::nullopt},
};

const DurationCase kWireDurations[] = {
    {"1d12h", kDay + 12 * kHour},
    {"P30DT12H", 30 * kDay + 12 * kHour},
    {"PT90M", 90 * 60000000LL},
    {"P2W", 14 * kDay},
    {"-P1D", -kDay},
    {"PT0.5S", 500000},
    {"PT1.0000019S", 1000001},
    {"PT0S", 0},
    {"P1Y", std::nullopt},
    {"P1M", std::nullopt},
    {"P", std::nullopt},
    {"PT", std::nullopt},
    {"P1DT", std::nullopt},
    {"P1H", std::nullopt},
    {"PT1D", std::nullopt},
    {"PT1S1M", std::nullopt},
    {"PT1.5M", std::nullopt},
    {"P1.5D", std::nullopt},
    {"PT.5S", std::nullopt},
    {"P1", std::nullopt},
    {"P-1D", std::nullopt},
    {"p1d", std::nullopt},
    {"P99999999999999999999D", std::nullopt, DurationError::Overflow},
};

void check_duration(const DurationCase& c, const DurationResult& result) {
  CAPTURE(c.text);
  CHECK(result.value == c.value);
  if (!c.value) CHECK(result.error == c.error);
}

}  // namespace

TEST_CASE("instants are read strictly, and print to what reads the same") {
  for (const InstantCase& c : kInstants) {
    CAPTURE(c.text);
    CHECK(read_instant(c.text) == c.value);
    if (c.value) CHECK(read_instant(print_instant(*c.value)) == c.value);
  }
}

TEST_CASE("the printed form of an instant") {
  CHECK(print_instant(0) == "1970-01-01T00:00:00Z");
  CHECK(print_instant(-1) == "1969-12-31T23:59:59.999999Z");
  CHECK(print_instant(1500000) == "1970-01-01T00:00:01.5Z");
  CHECK(print_instant(1709164800000000) == "2024-02-29T00:00:00Z");
  CHECK(print_instant(kFirstInstant) == "0001-01-01T00:00:00Z");
  CHECK(print_instant(kLastInstant) == "9999-12-31T23:59:59.999999Z");
  CHECK(print_instant(INT64_MAX) == "9999-12-31T23:59:59.999999Z");
  CHECK(print_instant(INT64_MIN) == "0001-01-01T00:00:00Z");
}

TEST_CASE("every day of four centuries prints and reads back") {
  for (std::int64_t day = -141428; day <= 146097 - 141428; ++day) {
    REQUIRE(read_instant(print_instant(day * kDay)) == day * kDay);
  }
}

TEST_CASE("dates") {
  CHECK(read_date("2026-01-31") == 1769817600000000);
  CHECK(read_date("1970-01-02") == kDay);
  CHECK(!read_date("2026-02-29"));
  CHECK(!read_date("2026-1-31"));
  CHECK(!read_date("2026-01-31T00:00:00Z"));
  CHECK(!read_date(""));
}

TEST_CASE("durations") {
  for (const DurationCase& c : kDurations) check_duration(c, read_duration(c.text));
}

TEST_CASE("durations in requests are also those of ISO 8601") {
  for (const DurationCase& c : kWireDurations) check_duration(c, read_wire_duration(c.text));
}

TEST_CASE("the printed form of a duration") {
  CHECK(print_duration(0) == "0s");
  CHECK(print_duration(365 * kDay) == "365d");
  CHECK(print_duration(kDay + 12 * kHour) == "1d12h");
  CHECK(print_duration(-90 * 60000000LL) == "-1h30m");
  CHECK(print_duration(1001) == "1ms1us");
  for (const std::int64_t value : {INT64_MAX, INT64_MIN, std::int64_t{1}, std::int64_t{-1}}) {
    CHECK(read_duration(print_duration(value)).value == value);
  }
}

TEST_CASE("entities print to what reads the same, whatever the id") {
  for (const std::string id : {"ana", "ana@contoso.com", "a b", "a\"b", "a\\b", "a,b", "a::b", "\\\"", "ä", "]", ""}) {
    CAPTURE(id);
    const auto read = read_entity(print_entity("identity.User", id));
    REQUIRE(read);
    CHECK(read->type == "identity.User");
    CHECK(read->id == id);
  }
  CHECK(print_entity("User", "a\"b\\c") == R"(User::"a\"b\\c")");
}

TEST_CASE("entities without quotes reach to the end") {
  const auto check = [](const char* text, const char* type, const char* id) {
    CAPTURE(text);
    const auto read = read_entity(text);
    REQUIRE(read);
    CHECK(read->type == type);
    CHECK(read->id == id);
  };
  check("User::ana", "User", "ana");
  check("User::a b, c", "User", "a b, c");
  check("User::a::b", "User", "a::b");
  check("User::a\"b", "User", "a\"b");
  check("User::", "User", "");
  check("User::a\\", "User", "a\\");
}

TEST_CASE("texts that are no entities") {
  for (const char* text : {"", "ana", "User:ana", "::ana", "User::\"ana", "User::\"ana\"x", "User::\"a\\nb\"",
                           "User::\"a\\\"", "1User::ana", "a..b::c", ".a::b", "a.::b", "Us er::a", "User ::a"}) {
    CAPTURE(text);
    CHECK(!read_entity(text));
  }
}

TEST_CASE("valid texts are UTF-8 without NUL and surrogates") {
  const std::string nul("a\0b", 3);
  for (const char* text :
       {"", "abc", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"}) {
    CHECK(valid_text(text));
  }
  for (const std::string& text :
       {nul, std::string("\xc3"), std::string("\x80"), std::string("\xc0\xaf"), std::string("\xe0\x80\xaf"),
        std::string("\xed\xa0\x80"), std::string("\xf0\x80\x80\x80"), std::string("\xf4\x90\x80\x80"),
        std::string("\xff"), std::string("a\xe2\x82")}) {
    CAPTURE(text);
    CHECK(!valid_text(text));
  }
}
