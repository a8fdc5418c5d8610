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

template <class Read>
bool is_matched(const BundleView& bundle, Word pattern, const Read& text) {
  return pattern != 0 && format::accepts(automaton(bundle, bundle.patterns[pattern - 1]), text);
}

template <class Read>
bool is_matched_by_some(const BundleView& bundle, Collection patterns, const Read& text) {
  return std::any_of(patterns.data, patterns.data + patterns.count,
                     [&](Word pattern) { return is_matched(bundle, pattern, text); });
}

}  // namespace

bool matches(const BundleView& bundle, Word pattern, format::ReadText text) {
  return is_matched(bundle, pattern, text);
}

bool matches(const BundleView& bundle, Word pattern, const format::ReadPieces& text) {
  return is_matched(bundle, pattern, text);
}

bool matches_any(const BundleView& bundle, Collection patterns, format::ReadText text) {
  return is_matched_by_some(bundle, patterns, text);
}

bool matches_any(const BundleView& bundle, Collection patterns, const format::ReadPieces& text) {
  return is_matched_by_some(bundle, patterns, text);
}

}  // namespace bylaw
