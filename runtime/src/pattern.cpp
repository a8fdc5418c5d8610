#include "pattern.h"

#include <algorithm>

namespace bylaw {
namespace {

format::AutomatonView automaton(const BundleView& bundle, const format::PatternRecord& record) {
  return {bundle.byte_classes[record.classes].of,
          bundle.transitions.subspan(record.first_transition, std::size_t{record.states} * record.class_count),
          record.class_count,
          record.start,
          record.first_accepting,
          record.always};
}

}  // namespace

bool matches(const BundleView& bundle, Word pattern, format::ReadText text) {
  return pattern != 0 && format::accepts(automaton(bundle, bundle.patterns[pattern - 1]), text);
}

bool matches_any(const BundleView& bundle, Collection patterns, format::ReadText text) {
  return std::any_of(patterns.data, patterns.data + patterns.count,
                     [&](Word pattern) { return matches(bundle, pattern, text); });
}

}  // namespace bylaw
