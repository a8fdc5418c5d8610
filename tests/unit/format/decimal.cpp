#include "format/decimal.h"

#include <doctest/doctest.h>

#include <limits>

using namespace bylaw::format;

TEST_CASE("Decimals are read from plain digits") {
  struct Case {
    const char* text;
    std::int64_t value;
  };
  for (const Case& c : {Case{"0", 0},
                        {"7", 70000},
                        {"1.5", 15000},
                        {"-0.25", -2500},
                        {"0.0001", 1},
                        {"1.5000", 15000},
                        {"-0", 0},
                        {"922337203685477.5807", INT64_MAX},
                        {"-922337203685477.5808", INT64_MIN}})
    CHECK_MESSAGE(read_decimal(c.text).value == c.value, c.text);
  for (const char* text : {"", "-", ".", ".5", "5.", "01", "1.2.3", "1e3", "+1", " 1", "1 ", "0x1", "1,5"}) {
    CHECK_MESSAGE(!read_decimal(text).value, text);
    CHECK_MESSAGE(read_decimal(text).error == DecimalError::Malformed, text);
  }
  for (const char* text : {"1.50000", "0.00001"}) CHECK(read_decimal(text).error == DecimalError::TooFine);
  for (const char* text :
       {"922337203685477.5808", "-922337203685477.5809", "99999999999999999999999999999999999999999"})
    CHECK(read_decimal(text).error == DecimalError::Overflow);
}

TEST_CASE("Decimals are printed with what they need, and read back") {
  for (const auto& [value, text] : {std::pair<std::int64_t, const char*>{0, "0.0"},
                                    {70000, "7.0"},
                                    {15000, "1.5"},
                                    {1, "0.0001"},
                                    {-1, "-0.0001"},
                                    {-2500, "-0.25"},
                                    {1230, "0.123"},
                                    {INT64_MAX, "922337203685477.5807"},
                                    {INT64_MIN, "-922337203685477.5808"}}) {
    CHECK(print_decimal(value) == text);
    CHECK(read_decimal(text).value == value);
  }
}
