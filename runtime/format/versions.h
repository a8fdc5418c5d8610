#pragma once
// Versions and ranges of versions: their text and their order, which is that of SemVer 2. Build metadata is checked and
// forgotten. A range list has one canonical text, in which it is kept, compared and asked. Nothing here allocates but
// the printers that return a string.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bylaw::format {

struct Version {
  std::uint32_t major = 0, minor = 0, patch = 0;
  std::string_view pre = {};  // "rc.1": behind the `-`; empty for a release
};

inline constexpr std::uint32_t kVersionWords = 2;
inline constexpr std::size_t kLongestVersion = 255;  // bytes, build metadata included
inline constexpr std::size_t kMostVersionRanges = 16;

struct VersionResult {
  std::optional<Version> value;
  std::string_view problem = {};
};

/// "1.2.3", "2.0" (2.0.0), "1.2.3-rc.1+build": one to three numbers of 32 bits without leading zeros. A `v` in front,
/// as in tags, is dropped. `pre` views the text.
VersionResult read_version(std::string_view text);
/// True of "rc.1" and of the empty text: what may stand in `pre`.
bool is_pre_release(std::string_view text);
/// The order of SemVer 2: a pre-release comes before its release, numbers in it before words.
std::strong_ordering compare(const Version& a, const Version& b);
/// "1.2.3-rc.1": always three numbers.
std::string print_version(const Version& version);

/// From `low` to `high`; without one it has no end there.
struct VersionRange {
  struct End {
    Version version;
    bool included = false;
  };
  std::optional<End> low, high;
};

/// A union of ranges, ascending, apart from each other.
struct VersionRanges {
  std::array<VersionRange, kMostVersionRanges> ranges{};
  std::size_t count = 0;
};

struct VersionsResult {
  std::optional<VersionRanges> value;
  std::string_view problem = {};
  std::string_view place = {};  // the part of the text that is wrong
};

/// ">=2.0 <2.17.1 || =3.0.1": comparisons beside each other must all hold, of ranges at `||` one. Views the text.
VersionsResult read_versions(std::string_view text);
bool contains(const VersionRanges& ranges, const Version& version);
/// The same for a canonical text.
bool versions_contain(std::string_view canonical, const Version& version);

/// The canonical text: ">=2.0.0 <2.17.1 || =3.0.1". Writes as much as there is room for; the bytes it has in all.
std::size_t print_versions(const VersionRanges& ranges, char* out, std::size_t room);
std::string print_versions(const VersionRanges& ranges);
/// False for a text that no `print_versions` wrote.
bool is_canonical_versions(std::string_view text);

}  // namespace bylaw::format
