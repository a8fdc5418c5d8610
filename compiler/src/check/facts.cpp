#include "check/facts.h"

#include <algorithm>
#include <iterator>

namespace bylaw::compiler {

namespace {

std::vector<EntityTypeId> common(const std::vector<EntityTypeId>& a, const std::vector<EntityTypeId>& b) {
  std::vector<EntityTypeId> result;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
  return result;
}

std::vector<EntityTypeId> either_of(const std::vector<EntityTypeId>& a, const std::vector<EntityTypeId>& b) {
  std::vector<EntityTypeId> result;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
  return result;
}

}  // namespace

Facts Facts::both(const Facts& a, const Facts& b) {
  Facts facts = a;
  facts.impossible = a.impossible || b.impossible;
  facts.set.insert(b.set.begin(), b.set.end());
  for (const auto& [path, entities] : b.narrowed) {
    const auto known = facts.narrowed.find(path);
    if (known == facts.narrowed.end()) {
      facts.narrowed.emplace(path, entities);
      continue;
    }
    std::vector<EntityTypeId> left = common(known->second, entities);
    facts.impossible = facts.impossible || left.empty();
    known->second = left.empty() ? entities : std::move(left);  // nothing stands there: read as what was asked last
  }
  return facts;
}

Facts Facts::either(const Facts& a, const Facts& b) {
  if (a.impossible) return b;
  if (b.impossible) return a;
  Facts facts;
  std::set_intersection(a.set.begin(), a.set.end(), b.set.begin(), b.set.end(),
                        std::inserter(facts.set, facts.set.end()));
  for (const auto& [path, entities] : a.narrowed)
    if (const auto other = b.narrowed.find(path); other != b.narrowed.end())
      facts.narrowed.emplace(path, either_of(entities, other->second));
  return facts;
}

}  // namespace bylaw::compiler
