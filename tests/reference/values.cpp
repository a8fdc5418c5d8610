#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>

#include "reference/model.h"
#include "reference/pattern.h"

namespace bylaw::reference {

void impossible(const char* what) {
  std::fprintf(stderr, "reference evaluator: a checked program came where it never may: %s\n", what);
  std::abort();
}

namespace {
bool equal_items(const std::vector<Value>& a, const std::vector<Value>& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), equal);
}
}  // namespace

namespace {
/// A field that is absent in both is no difference.
bool equal_fields(const Value& a, const Value& b) {
  if (a.fields.size() != b.fields.size()) impossible("records of two types are compared");
  for (const auto& [name, value] : a.fields) {
    const Value& other = b.fields.at(name);
    if (value.present() != other.present() || (value.present() && !equal(value, other))) return false;
  }
  return true;
}
}  // namespace

bool equal(const Value& a, const Value& b) {
  if (a.kind != b.kind) impossible("values of two kinds are compared");
  switch (a.kind) {
    case Kind::Absent: return true;
    case Kind::Bool:
    case Kind::Number: return a.number == b.number;
    case Kind::Bits:
    case Kind::Version:
    case Kind::Ranges:
    case Kind::Text: return a.text == b.text;
    case Kind::Pattern: return a.text == b.text && a.number == b.number;
    case Kind::Member: return a.number == b.number && a.text == b.text;
    case Kind::Entity: return a.entity == b.entity;
    case Kind::Set:
    case Kind::List: return equal_items(a.items, b.items);
    case Kind::Map: return a.items.size() == b.items.size() && has_entries(a, b);
    case Kind::Record: return equal_fields(a, b);
    case Kind::Something: impossible("what nothing is kept of is compared");
  }
  impossible("a value without kind");
}

namespace {
/// By the first address, then the shorter prefix.
bool bits_before(std::string a, std::string b) {
  const std::size_t first = a.size(), second = b.size();
  a.resize(128, '0');
  b.resize(128, '0');
  return a != b ? a < b : first < second;
}
}  // namespace

bool before(const Value& a, const Value& b) {
  const auto member_rank = [](const Value& v) { return v.number < 0 ? INT64_MAX : v.number; };
  switch (a.kind) {
    case Kind::Bool:
    case Kind::Number: return a.number < b.number;
    case Kind::Ranges:
    case Kind::Pattern:
    case Kind::Text: return a.text < b.text;
    case Kind::Bits: return bits_before(a.text, b.text);
    case Kind::Version: return version_before(a.text, b.text);
    case Kind::Member: return std::make_tuple(member_rank(a), a.text) < std::make_tuple(member_rank(b), b.text);
    case Kind::Entity: return a.entity < b.entity;
    case Kind::Absent:
    case Kind::Set:
    case Kind::List:
    case Kind::Map:
    case Kind::Something:
    case Kind::Record: break;
  }
  impossible("values without order are ordered");
}

bool matches_pattern(const Value& text, const Value& pattern) {
  if (pattern.kind != Kind::Pattern)
    return std::any_of(pattern.items.begin(), pattern.items.end(),
                       [&](const Value& item) { return matches_pattern(text, item); });
  return pattern.number == 0 ? glob_matches(pattern.text, text.text) : regex_matches(pattern.text, text.text);
}

Value make_set(std::vector<Value> items) {
  std::sort(items.begin(), items.end(), before);
  items.erase(std::unique(items.begin(), items.end(), equal), items.end());
  Value set;
  set.kind = Kind::Set;
  set.items = std::move(items);
  return set;
}

Value merge_sets(compiler::Strategy strategy, const Value& a, const Value& b) {
  std::vector<Value> items;
  const auto in = [](const Value& set, const Value& item) {
    return std::any_of(set.items.begin(), set.items.end(), [&](const Value& other) { return equal(other, item); });
  };
  for (const Value& item : a.items)
    if (strategy == compiler::Strategy::Union || in(b, item)) items.push_back(item);
  if (strategy == compiler::Strategy::Union) items.insert(items.end(), b.items.begin(), b.items.end());
  return make_set(std::move(items));
}

std::vector<Value> distinct(std::vector<Value> values) {
  const auto less = [](const Value& a, const Value& b) {
    if (a.kind != Kind::Set) return before(a, b);
    return std::lexicographical_compare(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), before);
  };
  std::sort(values.begin(), values.end(), less);
  values.erase(std::unique(values.begin(), values.end(), equal), values.end());
  return values;
}

}  // namespace bylaw::reference
