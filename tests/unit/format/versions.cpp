// Texts of versions and ranges of them, and their order.

#include "format/versions.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace bylaw::format;

namespace {

struct Text {
  const char* written;
  const char* printed;  // or why it is none
};

const Text kVersions[] = {
    {"1.2.3", "1.2.3"},
    {"2.0", "2.0.0"},
    {"7", "7.0.0"},
    {"0.0.0", "0.0.0"},
    {"v1.2.3", "1.2.3"},
    {"1.2.3-rc.1", "1.2.3-rc.1"},
    {"1.2-beta", "1.2.0-beta"},
    {"1.2.3+build.007", "1.2.3"},
    {"1.2.3-x-y.0+a-b", "1.2.3-x-y.0"},
    {"1.0.0--", "1.0.0--"},
    {"4294967295.4294967295.4294967295", "4294967295.4294967295.4294967295"},
};

const Text kNoVersions[] = {
    {"", "a version is like 1.2.3 or 1.2.3-rc.1"},
    {"latest", "a version is like 1.2.3 or 1.2.3-rc.1"},
    {"1.2.", "a version is like 1.2.3 or 1.2.3-rc.1"},
    {".1", "a version is like 1.2.3 or 1.2.3-rc.1"},
    {"1.x", "a version is like 1.2.3 or 1.2.3-rc.1"},
    {" 1", "a version is like 1.2.3 or 1.2.3-rc.1"},
    {"vv1", "a version is like 1.2.3 or 1.2.3-rc.1"},
    {"-1.0.0", "a version is like 1.2.3 or 1.2.3-rc.1"},
    {"1.2.3.4", "a version has at most three numbers"},
    {"01.2.3", "a number of a version has no leading zeros"},
    {"1.02.3", "a number of a version has no leading zeros"},
    {"1.2.4294967296", "a number of a version is at most 4294967295"},
    {"1.2.3-", "an identifier behind `-` or `+` is empty"},
    {"1.2.3-a..b", "an identifier behind `-` or `+` is empty"},
    {"1.2.3+", "an identifier behind `-` or `+` is empty"},
    {"1.2.3-01", "a number behind `-` has no leading zeros"},
    {"1.2.3-rc_1", "identifiers behind `-` and `+` have letters, digits and `-`"},
    {"1.2.3+a+b", "identifiers behind `-` and `+` have letters, digits and `-`"},
};

const Text kRanges[] = {
    {"=3.0.1", "=3.0.1"},
    {">=2.0 <2.17.1 || =3.0.1", ">=2.0.0 <2.17.1 || =3.0.1"},
    {"= 3", "=3.0.0"},
    {">=  2   <3", ">=2.0.0 <3.0.0"},
    {"<3 >=2", ">=2.0.0 <3.0.0"},
    {"=3||>=2 <2.1", ">=2.0.0 <2.1.0 || =3.0.0"},
    {">1 >=2 >1.5", ">=2.0.0"},              // all must hold
    {">=2 >2", ">2.0.0"},                    // the narrower end
    {"<2 || >=1.5 <3", "<3.0.0"},            // what overlaps is one range
    {">=1 <2 || >=2 <3", ">=1.0.0 <3.0.0"},  // what touches too
    {">=1 <2 || >2 <3", ">=1.0.0 <2.0.0 || >2.0.0 <3.0.0"},
    {"=1 || =1.0.0", "=1.0.0"},
    {"<1 || =1", "<=1.0.0"},
    {"<2 || >=1", ">=0.0.0-0"},  // everything
    {">=0.0.0-0 <2", "<2.0.0"},
    {"=0.0.0-0", "<=0.0.0-0"},
    {">=0.0.0-0 || =3", ">=0.0.0-0"},
    {">=1.0.0-rc.1+x <=1", ">=1.0.0-rc.1 <=1.0.0"},
};

struct Problem {
  const char* written;
  const char* place;
  const char* problem;
};

const Problem kNoRanges[] = {
    {"", "", "a range has a comparison, such as >=2.0"},
    {">=1 ||", "", "a range has a comparison, such as >=2.0"},
    {"1.2", "1.2", "a version in a range has a comparison in front, as in =3.0.1"},
    {">=1 2", "2", "a version in a range has a comparison in front, as in =3.0.1"},
    {"^1.2", "^1.2", "a range says both its ends, as in >=1.2 <2: there is no ^ and no ~"},
    {"~1.2", "~1.2", "a range says both its ends, as in >=1.2 <2: there is no ^ and no ~"},
    {"1.x", "1.x", "a range says its ends, as in >=1.2 <2: there is no * and no x"},
    {"*", "*", "a range says its ends, as in >=1.2 <2: there is no * and no x"},
    {">=1, <2", ">=1,", "a blank stands between comparisons, and no comma"},
    {"==1", "==1", "a comparison is one of = < <= > >="},
    {"=>1", "=>1", "a comparison is one of = < <= > >="},
    {">=1.2.3.4", ">=1.2.3.4", "a version has at most three numbers"},
    {">=", ">=", "a version is like 1.2.3 or 1.2.3-rc.1"},
    {"=1 || >=3 <2", ">=3 <2", "no version is in this range"},
    {">2 <=2", ">2 <=2", "no version is in this range"},
    {"=1 =2", "=1 =2", "no version is in this range"},
    {"=1||=2||=3||=4||=5||=6||=7||=8||=9||=10||=11||=12||=13||=14||=15||=16||=17", "=17",
     "there are at most 16 ranges"},
};

Version version(const char* text) {
  return read_version(text).value.value();
}

/// Comparison by comparison, as the text says it.
bool brute_force(const std::vector<std::vector<std::pair<std::string, const char*>>>& ranges, const Version& v) {
  for (const auto& range : ranges) {
    bool all = true;
    for (const auto& [op, wanted] : range) {
      const auto order = compare(v, version(wanted));
      all = all && (op == "="    ? order == 0
                    : op == "<"  ? order < 0
                    : op == "<=" ? order <= 0
                    : op == ">"  ? order > 0
                                 : order >= 0);
    }
    if (all) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("versions are read and printed in one form") {
  for (const Text& text : kVersions) {
    CAPTURE(text.written);
    const auto read = read_version(text.written);
    REQUIRE(read.value);
    CHECK(print_version(*read.value) == text.printed);
  }
  for (const Text& text : kNoVersions) {
    CAPTURE(text.written);
    const auto read = read_version(text.written);
    CHECK_FALSE(read.value);
    CHECK(read.problem == text.printed);
  }
  CHECK(read_version("1.0.0-" + std::string(249, 'a')).value);
  CHECK(read_version("1.0.0-" + std::string(250, 'a')).problem == "a version has at most 255 characters");
}

TEST_CASE("versions have the order of SemVer 2") {
  const char* const ascending[] = {"0.0.0-0",
                                   "0.0.0",
                                   "0.0.1",
                                   "0.1.0",
                                   "1.0.0-0",
                                   "1.0.0-2",
                                   "1.0.0-10",
                                   "1.0.0-99999999999999999999",
                                   "1.0.0-alpha",
                                   "1.0.0-alpha.1",
                                   "1.0.0-alpha.beta",
                                   "1.0.0-beta",
                                   "1.0.0-beta.2",
                                   "1.0.0-beta.11",
                                   "1.0.0-rc.1",
                                   "1.0.0",
                                   "1.0.1-0",
                                   "1.2",
                                   "1.10",
                                   "2",
                                   "4294967295"};
  for (std::size_t i = 0; i < std::size(ascending); ++i)
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      CAPTURE(ascending[i]);
      CAPTURE(ascending[j]);
      CHECK((compare(version(ascending[i]), version(ascending[j])) <=> 0) == (i <=> j));
    }
  CHECK(compare(version("1.0.0+a"), version("v1")) == 0);
}

TEST_CASE("ranges of versions have one text") {
  for (const Text& text : kRanges) {
    CAPTURE(text.written);
    const auto read = read_versions(text.written);
    REQUIRE(read.value);
    CHECK(print_versions(*read.value) == text.printed);
    CHECK(is_canonical_versions(text.printed));
    CHECK(is_canonical_versions(text.written) == (std::string(text.written) == text.printed));
  }
  for (const Problem& text : kNoRanges) {
    CAPTURE(text.written);
    const auto read = read_versions(text.written);
    CHECK_FALSE(read.value);
    CHECK(read.problem == text.problem);
    CHECK(read.place == text.place);
  }
}

TEST_CASE("uniting ranges changes nothing: compared with every comparison by itself") {
  const char* const versions[] = {"0.0.0-0", "0.9", "1.0.0-rc.1", "1", "1.5", "2.0.0-0", "2", "2.0.1-0", "3"};
  const char* const operators[] = {"=", "<", "<=", ">", ">="};
  std::mt19937 random(7);
  const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  int read_ones = 0;
  for (int round = 0; round < 4000; ++round) {
    std::vector<std::vector<std::pair<std::string, const char*>>> ranges(1 + below(4));
    std::string text;
    for (auto& range : ranges) {
      text += text.empty() ? "" : " || ";
      for (std::size_t n = 1 + below(2); n > 0; --n) {
        range.emplace_back(operators[below(std::size(operators))], versions[below(std::size(versions))]);
        text += range.back().first + range.back().second + " ";
      }
    }
    const auto read = read_versions(text);
    if (!read.value) continue;  // one of them is empty
    ++read_ones;
    const std::string canonical = print_versions(*read.value);
    CAPTURE(text);
    CAPTURE(canonical);
    CHECK(is_canonical_versions(canonical));
    for (const char* v : versions) {
      CAPTURE(v);
      const bool wanted = brute_force(ranges, version(v));
      CHECK(contains(*read.value, version(v)) == wanted);
      CHECK(versions_contain(canonical, version(v)) == wanted);
    }
  }
  CHECK(read_ones > 1000);
}
