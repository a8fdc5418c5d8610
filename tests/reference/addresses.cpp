// Addresses and versions of the judge: bits as characters, texts cut at dots, nothing fast. Texts are valid.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "reference/model.h"

namespace bylaw::reference {

using compiler::TypeKind;

namespace {

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find(separator, begin)) != std::string::npos; begin = end + separator.size())
    parts.push_back(text.substr(begin, end - begin));
  parts.push_back(text.substr(begin));
  return parts;
}

std::string binary(unsigned long number, int digits) {
  std::string bits;
  for (int i = digits - 1; i >= 0; --i) bits += (number >> i & 1) != 0 ? '1' : '0';
  return bits;
}

unsigned long from_binary(const std::string& bits) {
  return std::strtoul(bits.c_str(), nullptr, 2);
}

std::string quad_bits(const std::string& text) {
  std::string bits;
  for (const std::string& octet : split(text, ".")) bits += binary(std::strtoul(octet.c_str(), nullptr, 10), 8);
  return bits;
}

std::string groups_bits(const std::string& text) {
  std::string bits;
  if (text.empty()) return bits;
  for (const std::string& group : split(text, ":"))
    bits +=
        group.find('.') != std::string::npos ? quad_bits(group) : binary(std::strtoul(group.c_str(), nullptr, 16), 16);
  return bits;
}

const std::string kMapped = std::string(80, '0') + std::string(16, '1');

std::string ip_bits(const std::string& text) {
  if (text.find(':') == std::string::npos) return kMapped + quad_bits(text);
  const std::vector<std::string> halves = split(text, "::");
  if (halves.size() == 1) return groups_bits(text);
  const std::string before = groups_bits(halves[0]), after = groups_bits(halves[1]);
  return before + std::string(128 - before.size() - after.size(), '0') + after;
}

std::string print_quad(const std::string& bits) {
  std::string text;
  for (std::size_t at = 0; at < 32; at += 8) text += (at ? "." : "") + std::to_string(from_binary(bits.substr(at, 8)));
  return text;
}

std::string print_ip(const std::string& bits) {
  if (bits.substr(0, 96) == kMapped) return print_quad(bits.substr(96));
  std::vector<std::string> groups;
  for (std::size_t at = 0; at < 128; at += 16) {
    char group[8];
    std::snprintf(group, sizeof group, "%lx", from_binary(bits.substr(at, 16)));
    groups.push_back(group);
  }
  // The longest run of zeros, the first of several, if it is longer than one.
  std::size_t from = 0, length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t zeros = 0;
    while (i + zeros < 8 && groups[i + zeros] == "0") ++zeros;
    if (zeros > length) from = i, length = zeros;
  }
  const auto joined = [&](std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text += (i == begin ? "" : ":") + groups[i];
    return text;
  };
  return length == 1 ? joined(0, 8) : joined(0, from) + "::" + joined(from + length, 8);
}

std::string print_cidr(std::string bits) {
  const std::size_t length = bits.size();
  bits.resize(128, '0');
  const bool quad = length >= 96 && bits.substr(0, 96) == kMapped;
  return print_ip(bits) + "/" + std::to_string(length - (quad ? 96 : 0));
}

// --- versions ---

bool is_number(const std::string& text) {
  return text.find_first_not_of("0123456789") == std::string::npos;
}

/// "1.2.3-rc.1" of "v1.2.3-rc.1+x", "2.0.0" of "2.0".
std::string full_version(std::string text) {
  if (text[0] == 'v') text = text.substr(1);
  text = text.substr(0, text.find('+'));
  const std::size_t minus = text.find('-');
  std::string numbers = text.substr(0, minus);
  for (std::size_t n = split(numbers, ".").size(); n < 3; ++n) numbers += ".0";
  return minus == std::string::npos ? numbers : numbers + text.substr(minus);
}

int order_of_words(const std::string& a, const std::string& b) {
  const bool left = is_number(a), right = is_number(b);
  if (left != right) return left ? -1 : 1;
  if (left && a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a < b ? -1 : a == b ? 0 : 1;
}

int order_of_lists(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (const int order = order_of_words(a[i], b[i]); order != 0) return order;
  return a.size() < b.size() ? -1 : a.size() == b.size() ? 0 : 1;
}

int order(const std::string& a, const std::string& b) {
  const std::size_t left = a.find('-'), right = b.find('-');
  if (const int numbers = order_of_lists(split(a.substr(0, left), "."), split(b.substr(0, right), ".")); numbers != 0)
    return numbers;
  if (left == std::string::npos || right == std::string::npos)
    return left == right ? 0 : left == std::string::npos ? 1 : -1;
  return order_of_lists(split(a.substr(left + 1), "."), split(b.substr(right + 1), "."));
}

/// Every version there is to compare: `op` and the version behind it.
bool compares(const std::string& comparison, const std::string& version) {
  const std::size_t at = comparison.find_first_not_of("<>= ");
  const std::string op = comparison.substr(0, comparison.find_first_not_of("<>="));
  const int result = order(version, full_version(comparison.substr(at)));
  if (result == 0) return op.find('=') != std::string::npos;
  return result < 0 ? op[0] == '<' : op[0] == '>';
}

bool in_ranges(const std::string& ranges, const std::string& version) {
  for (const std::string& range : split(ranges, "||")) {
    bool all = true;
    for (const std::string& comparison : split(range, " "))
      if (!comparison.empty() && !compares(comparison, version)) all = false;
    if (all) return true;
  }
  return false;
}

/// A range list as the places where it begins and ends: of the versions that are named, in order, each has a place of
/// its own (odd), and so has what lies between two (even).
class Places {
 public:
  explicit Places(const std::string& ranges) {
    for (const std::string& range : split(ranges, "||")) {
      std::vector<std::string> comparisons;
      for (const std::string& word : split(range, " "))
        if (word.find_first_of("<>=") == 0 || comparisons.empty())
          comparisons.push_back(word);
        else
          comparisons.back() += word;
      if (!comparisons.empty() && comparisons[0].empty()) comparisons.erase(comparisons.begin());
      ranges_.push_back(comparisons);
      for (const std::string& comparison : comparisons)
        if (!comparison.empty()) named_.push_back(version_of(comparison));
    }
    std::sort(named_.begin(), named_.end(), [](const auto& a, const auto& b) { return order(a, b) < 0; });
    named_.erase(std::unique(named_.begin(), named_.end()), named_.end());
  }

  std::string print() const {
    std::string text;
    const std::size_t end = 2 * named_.size() + 1;
    for (std::size_t first = 0; first < end; ++first) {
      if (!holds(first)) continue;
      std::size_t last = first;
      while (last + 1 < end && holds(last + 1)) ++last;
      text += (text.empty() ? "" : " || ") + print(first, last);
      first = last;
    }
    return text;
  }

 private:
  std::vector<std::vector<std::string>> ranges_;
  std::vector<std::string> named_;

  static std::string version_of(const std::string& comparison) {
    return full_version(comparison.substr(comparison.find_first_not_of("<>= ")));
  }

  bool compares_at(const std::string& comparison, std::size_t place) const {
    const auto named = std::find(named_.begin(), named_.end(), version_of(comparison));
    const std::size_t there = 2 * static_cast<std::size_t>(named - named_.begin()) + 1;
    const std::string op = comparison.substr(0, comparison.find_first_not_of("<>="));
    if (place == there) return op.find('=') != std::string::npos;
    return place < there ? op[0] == '<' : op[0] == '>';
  }

  bool holds(std::size_t place) const {
    return std::any_of(ranges_.begin(), ranges_.end(), [&](const std::vector<std::string>& range) {
      return std::all_of(range.begin(), range.end(), [&](const std::string& comparison) {
        return comparison.empty() || compares_at(comparison, place);
      });
    });
  }

  std::string print(std::size_t first, std::size_t last) const {
    if (first == 1 && named_[0] == "0.0.0-0") first = 0;  // nothing lies before it
    const bool from_one = first % 2 == 1, to_one = last % 2 == 1;
    if (first == last && from_one) return "=" + named_[first / 2];
    std::string low, high;
    if (first > 0) low = from_one ? ">=" + named_[first / 2] : ">" + named_[first / 2 - 1];
    if (last < 2 * named_.size()) high = to_one ? "<=" + named_[last / 2] : "<" + named_[last / 2];
    if (low.empty() && high.empty()) return ">=0.0.0-0";
    return low + (low.empty() || high.empty() ? "" : " ") + high;
  }
};

}  // namespace

bool version_before(const std::string& a, const std::string& b) {
  return order(a, b) < 0;
}

Value read_form(TypeKind type, const std::string& text) {
  Value value;
  value.kind = type == TypeKind::Version ? Kind::Version : type == TypeKind::Versions ? Kind::Ranges : Kind::Bits;
  if (type == TypeKind::Version) value.text = full_version(text);
  if (type == TypeKind::Versions) value.text = Places(text).print();
  if (type == TypeKind::Ip) value.text = ip_bits(text);
  if (type == TypeKind::Cidr) {
    const std::size_t slash = text.find('/');
    const std::size_t length = std::strtoul(text.c_str() + slash + 1, nullptr, 10);
    value.text = ip_bits(text.substr(0, slash)).substr(0, length + (text.find(':') == std::string::npos ? 96 : 0));
  }
  return value;
}

std::string print_form(TypeKind type, const Value& value) {
  if (type == TypeKind::Ip) return print_ip(value.text);
  return type == TypeKind::Cidr ? print_cidr(value.text) : value.text;
}

bool inside(const Value& value, const Value& holder) {
  if (holder.kind == Kind::Ranges) return in_ranges(holder.text, value.text);
  return value.text.compare(0, holder.text.size(), holder.text) == 0 && value.text.size() >= holder.text.size();
}

}  // namespace bylaw::reference
