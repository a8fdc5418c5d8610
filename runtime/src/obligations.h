#pragma once
// What rules oblige. Single words are merged while deciding; sets and what is collected are kept as they come, and
// merged when they are read: that takes memory, and deciding takes none.

#include <vector>

#include "verdict_data.h"
#include "vm.h"

namespace bylaw {

/// Runs the value blocks of held oblige rules of enforced policies on the side of the verdict's outcome.
void oblige(const Run& run, VerdictData& verdict);

/// The words of VerdictData::obliged that a rule with this obligation may take; 0 if it is merged at once.
std::uint32_t kept_words(const BundleView& bundle, const format::ObligationRecord& obligation);

/// What was merged in the end.
struct MergedObligation {
  bool given = false;
  bool is_collection = false;  // then `words` are elements of `type`, each of `step` words, ascending
  bool is_set = false;
  std::uint32_t type = 0;
  std::uint32_t step = 1;
  std::vector<Word> words;
};
MergedObligation merge_obliged(const Memory& memory, const VerdictData& verdict, std::uint32_t index);

}  // namespace bylaw
