#include "format/versions.h"

#include <algorithm>
#include <charconv>

namespace bylaw::format {
namespace {

constexpr std::string_view kNoVersion = "a version is like 1.2.3 or 1.2.3-rc.1";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_identifier(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}
bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Cuts off what stands before the next `separator`, and that itself; the whole if there is none.
std::string_view take_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

/// What is wrong with "rc.1"; empty if nothing is. Numbers of build metadata may begin with zeros.
std::string_view identifiers_problem(std::string_view text, bool numbers) {
  for (bool more = true; more;) {
    more = text.find('.') != std::string_view::npos;
    const std::string_view part = take_part(text, '.');
    if (part.empty()) return "an identifier behind `-` or `+` is empty";
    if (!std::all_of(part.begin(), part.end(), is_identifier))
      return "identifiers behind `-` and `+` have letters, digits and `-`";
    if (numbers && is_number(part) && part.size() > 1 && part[0] == '0')
      return "a number behind `-` has no leading zeros";
  }
  return {};
}

VersionResult fail(std::string_view problem) {
  return {std::nullopt, problem};
}

VersionResult read_numbers(std::string_view text) {
  std::array<std::uint32_t, 3> numbers{};
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    if (count == numbers.size()) return fail("a version has at most three numbers");
    more = text.find('.') != std::string_view::npos;
    const std::string_view part = take_part(text, '.');
    if (!is_number(part)) return fail(kNoVersion);
    if (part.size() > 1 && part[0] == '0') return fail("a number of a version has no leading zeros");
    const auto read = std::from_chars(part.data(), part.data() + part.size(), numbers[count]);
    if (read.ec != std::errc()) return fail("a number of a version is at most 4294967295");
  }
  return {Version{numbers[0], numbers[1], numbers[2], {}}};
}

std::strong_ordering order(int comparison) {
  return comparison <=> 0;
}

std::strong_ordering compare_identifiers(std::string_view a, std::string_view b) {
  const bool left = is_number(a), right = is_number(b);
  if (left != right) return left ? std::strong_ordering::less : std::strong_ordering::greater;
  if (left && a.size() != b.size()) return a.size() <=> b.size();
  return order(a.compare(b));
}

std::strong_ordering compare_pre_releases(std::string_view a, std::string_view b) {
  if (a == b) return std::strong_ordering::equal;
  if (a.empty() || b.empty()) return a.empty() ? std::strong_ordering::greater : std::strong_ordering::less;
  while (!a.empty() && !b.empty())
    if (const auto result = compare_identifiers(take_part(a, '.'), take_part(b, '.')); result != 0) return result;
  return a.size() <=> b.size();
}

/// Counts all bytes, writes those that have room.
struct Writer {
  char* out;
  std::size_t room;
  std::size_t size = 0;

  void put(std::string_view text) {
    for (const char c : text) {
      if (size < room) out[size] = c;
      ++size;
    }
  }
  void put(std::uint32_t number) {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    put(std::string_view(digits, static_cast<std::size_t>(end - digits)));
  }
  void put(const Version& version) {
    put(version.major);
    put(".");
    put(version.minor);
    put(".");
    put(version.patch);
    if (version.pre.empty()) return;
    put("-");
    put(version.pre);
  }
  void put(const VersionRange& range) {
    const auto& low = range.low;
    const auto& high = range.high;
    if (low && high && low->included && high->included && compare(low->version, high->version) == 0) {
      put("=");
      put(low->version);
      return;
    }
    if (low) {
      put(low->included ? ">=" : ">");
      put(low->version);
    }
    if (low && high) put(" ");
    if (high) {
      put(high->included ? "<=" : "<");
      put(high->version);
    }
    if (!low && !high) put(">=0.0.0-0");  // the least version there is
  }
};

// --- ends of ranges ---

using End = std::optional<VersionRange::End>;

/// The range with this low end begins before the one with the other.
bool begins_before(const End& a, const End& b) {
  if (!a || !b) return !a && b;
  const auto result = compare(a->version, b->version);
  return result < 0 || (result == 0 && a->included && !b->included);
}

bool ends_before(const End& a, const End& b) {
  if (!a || !b) return a && !b;
  const auto result = compare(a->version, b->version);
  return result < 0 || (result == 0 && !a->included && b->included);
}

bool is_empty(const VersionRange& range) {
  if (!range.low || !range.high) return false;
  const auto result = compare(range.low->version, range.high->version);
  return result > 0 || (result == 0 && !(range.low->included && range.high->included));
}

/// No version lies between the end of the first and the begin of the second, which begins no earlier.
bool touches(const VersionRange& first, const VersionRange& second) {
  if (!first.high || !second.low) return true;
  const auto result = compare(second.low->version, first.high->version);
  return result < 0 || (result == 0 && (first.high->included || second.low->included));
}

void sort_and_unite(VersionRanges& all) {
  const auto begin = all.ranges.begin();
  std::sort(begin, begin + static_cast<std::ptrdiff_t>(all.count),
            [](const VersionRange& a, const VersionRange& b) { return begins_before(a.low, b.low); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.count; ++i) {
    if (kept > 0 && touches(all.ranges[kept - 1], all.ranges[i])) {
      if (ends_before(all.ranges[kept - 1].high, all.ranges[i].high)) all.ranges[kept - 1].high = all.ranges[i].high;
    } else {
      all.ranges[kept++] = all.ranges[i];
    }
  }
  all.count = kept;
}

// --- reading ranges ---

class RangeReader {
 public:
  explicit RangeReader(std::string_view text) : text_(text) {}

  VersionsResult read() {
    std::string_view rest = text_;
    for (bool more = true; more;) {
      const std::size_t bars = rest.find("||");
      more = bars != std::string_view::npos;
      if (!read_range(rest.substr(0, bars))) return {std::nullopt, problem_, place_};
      if (more) rest.remove_prefix(bars + 2);
    }
    sort_and_unite(all_);
    return {all_};
  }

 private:
  bool fail(std::string_view problem, std::string_view place) {
    problem_ = problem;
    place_ = place;
    return false;
  }

  static void skip_blanks(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }

  bool read_range(std::string_view text) {
    VersionRange range;
    std::string_view rest = text;
    skip_blanks(rest);
    while (!rest.empty() && rest.back() == ' ') rest.remove_suffix(1);
    const std::string_view whole = rest;
    if (whole.empty()) return fail("a range has a comparison, such as >=2.0", text);
    while (!rest.empty()) {
      if (!read_comparison(rest, range)) return false;
      skip_blanks(rest);
    }
    if (is_empty(range)) return fail("no version is in this range", whole);
    if (all_.count == all_.ranges.size()) return fail("there are at most 16 ranges", whole);
    all_.ranges[all_.count++] = range;
    return true;
  }

  bool read_comparison(std::string_view& rest, VersionRange& range) {
    const std::string_view begin = rest;
    const std::size_t length = std::min(rest.find_first_not_of("<>="), rest.size());
    const std::string_view op = rest.substr(0, length);
    rest.remove_prefix(length);
    skip_blanks(rest);
    const std::string_view text = take_part(rest, ' ');
    const std::string_view whole = begin.substr(0, static_cast<std::size_t>(text.data() + text.size() - begin.data()));
    if (op.empty()) return fail(without_operator(text), whole);
    if (op != "=" && op != "<" && op != "<=" && op != ">" && op != ">=")
      return fail("a comparison is one of = < <= > >=", whole);
    if (text.ends_with(',')) return fail("a blank stands between comparisons, and no comma", whole);
    const VersionResult version = read_version(text);
    if (!version.value) return fail(version.problem, whole);
    narrow(range, op, *version.value);
    return true;
  }

  static std::string_view without_operator(std::string_view text) {
    if (text.starts_with('^') || text.starts_with('~'))
      return "a range says both its ends, as in >=1.2 <2: there is no ^ and no ~";
    if (text == "-") return "a range is written >=1.2 <=1.4";
    if (text.find_first_of("*xX") != std::string_view::npos && text.find_first_of("*xX") < 3)
      return "a range says its ends, as in >=1.2 <2: there is no * and no x";
    return "a version in a range has a comparison in front, as in =3.0.1";
  }

  /// "0.0.0-0", before which there is nothing.
  static bool is_least(const Version& version) { return compare(version, Version{.pre = "0"}) == 0; }

  static void narrow(VersionRange& range, std::string_view op, const Version& version) {
    const End end = VersionRange::End{version, op.back() == '='};
    // What begins at the least version has no lower end: one text for what holds the same versions.
    const bool bounds_below = op.front() != '<' && !(end->included && is_least(version));
    if (bounds_below && begins_before(range.low, end)) range.low = end;
    if (op.front() != '>' && ends_before(end, range.high)) range.high = end;
  }

  std::string_view text_;
  VersionRanges all_;
  std::string_view problem_, place_;
};

bool contains(const VersionRange& range, const Version& version) {
  if (range.low) {
    const auto result = compare(version, range.low->version);
    if (result < 0 || (result == 0 && !range.low->included)) return false;
  }
  if (!range.high) return true;
  const auto result = compare(version, range.high->version);
  return result < 0 || (result == 0 && range.high->included);
}

}  // namespace

VersionResult read_version(std::string_view text) {
  if (text.size() > kLongestVersion) return fail("a version has at most 255 characters");
  if (text.starts_with('v')) text.remove_prefix(1);
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (const auto problem = identifiers_problem(text.substr(plus + 1), false); !problem.empty()) return fail(problem);
    text = text.substr(0, plus);
  }
  const std::size_t minus = text.find('-');
  VersionResult result = read_numbers(text.substr(0, minus));
  if (!result.value || minus == std::string_view::npos) return result;
  const std::string_view pre = text.substr(minus + 1);
  if (const auto problem = identifiers_problem(pre, true); !problem.empty()) return fail(problem);
  result.value->pre = pre;
  return result;
}

bool is_pre_release(std::string_view text) {
  return text.empty() || identifiers_problem(text, true).empty();
}

std::strong_ordering compare(const Version& a, const Version& b) {
  if (const auto result = a.major <=> b.major; result != 0) return result;
  if (const auto result = a.minor <=> b.minor; result != 0) return result;
  if (const auto result = a.patch <=> b.patch; result != 0) return result;
  return compare_pre_releases(a.pre, b.pre);
}

std::string print_version(const Version& version) {
  std::array<char, kLongestVersion + 40> room;
  Writer writer{room.data(), room.size()};
  writer.put(version);
  return std::string(room.data(), std::min(writer.size, room.size()));
}

VersionsResult read_versions(std::string_view text) {
  return RangeReader(text).read();
}

bool contains(const VersionRanges& ranges, const Version& version) {
  const auto begin = ranges.ranges.begin();
  return std::any_of(begin, begin + static_cast<std::ptrdiff_t>(ranges.count),
                     [&](const VersionRange& range) { return contains(range, version); });
}

bool versions_contain(std::string_view canonical, const Version& version) {
  const VersionsResult ranges = read_versions(canonical);
  return ranges.value && contains(*ranges.value, version);
}

std::size_t print_versions(const VersionRanges& ranges, char* out, std::size_t room) {
  Writer writer{out, room};
  for (std::size_t i = 0; i < ranges.count; ++i) {
    if (i != 0) writer.put(" || ");
    writer.put(ranges.ranges[i]);
  }
  return writer.size;
}

std::string print_versions(const VersionRanges& ranges) {
  std::string text(print_versions(ranges, nullptr, 0), '\0');
  print_versions(ranges, text.data(), text.size());
  return text;
}

bool is_canonical_versions(std::string_view text) {
  const VersionsResult ranges = read_versions(text);
  return ranges.value && print_versions(*ranges.value) == text;
}

}  // namespace bylaw::format
