#pragma once
// Runs one block of verified code over one request and world. Allocates nothing, locks nothing, cannot fail: the
// verifier has shown that every operand is there and of its class, and that every path ends.

#include <array>
#include <cstdint>

#include "bundle_view.h"
#include "memory.h"

namespace bylaw {

/// The elements that the loops of a `for each` rule have bound, outermost first.
using Elements = std::array<const Word*, format::kMaxLoops>;

/// What a run reads. `elements` are what bases from 1 on are bound to in message and explain blocks of a `for each`
/// rule.
struct Run {
  const Memory& memory;
  const BundleView& bundle;
  Elements elements = {};
  Word* scratch = nullptr;  // as many words as the decision's bounds say
};

/// The elements of one finding: by binder, its number in its collection and where it lies.
struct FoundElements {
  std::uint32_t count = 0;
  std::uint32_t index[format::kMaxLoops] = {};
  std::uint32_t list[format::kMaxLoops] = {format::kNone, format::kNone, format::kNone, format::kNone};
  Elements elements = {};
};

struct ListTest {
  std::uint32_t list;
  ListValue value;
  std::int64_t now;
  bool directly;
  bool held;
};

/// What is noted while a block runs, if anything is.
struct Recorder {
  void* context = nullptr;
  /// The rule holds with these elements. The run goes on with the next ones.
  void (*found)(void* context, const FoundElements& elements) = nullptr;
  /// A list was asked.
  void (*listed)(void* context, const ListTest& test) = nullptr;
  /// Row `row` of a list, counted in it, came to `stop`.
  void (*row)(void* context, std::uint32_t list, std::uint32_t row) = nullptr;
  /// The innermost of the rule's loops goes on to these elements.
  void (*bound)(void* context, const FoundElements& elements) = nullptr;
};

/// Whether a condition block holds.
bool holds(const Run& run, std::uint32_t block);
/// The same, with all elements and list tests told to the recorder: a `for each` rule's loop runs to its end.
bool holds_recording(const Run& run, std::uint32_t block, const Recorder& recorder);

/// Runs a value block, and copies the words of its value to `out`, which has room for `kMaxValueWords`; the number
/// copied.
inline constexpr std::uint32_t kMaxValueWords = format::kMaxSlots;
std::uint32_t value_of(const Run& run, std::uint32_t block, Word* out);
/// The text that a block of kind Text gives.
std::string text_of(const Run& run, std::uint32_t block);
/// The same for a value of one word.
Word word_of(const Run& run, std::uint32_t block);

}  // namespace bylaw
