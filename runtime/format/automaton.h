#pragma once
// The automaton of a glob or regex: states over classes of bytes of UTF-8. Compiler and runtime run it by this one
// function. State 0 never accepts and is never left; those that accept come last, and of these last those that are
// never left.

#include <cstdint>
#include <span>
#include <string_view>

#include "format/text_reading.h"

namespace bylaw::format {

inline constexpr std::uint32_t kByteValues = 256;
inline constexpr std::uint32_t kMaxStates = 10000;  // of one automaton
inline constexpr std::uint32_t kDeadState = 0;

struct AutomatonView {
  std::span<const std::uint8_t> classes;       // by byte: its class
  std::span<const std::uint16_t> transitions;  // state * class_count + class: the next state
  std::uint32_t class_count = 0;
  std::uint32_t start = kDeadState;
  std::uint32_t first_accepting = 0;  // this state and all behind it accept
  std::uint32_t always = 0;           // this state and all behind it accept and are never left
};

/// A run over one text.
class AutomatonRun {
 public:
  explicit AutomatonRun(const AutomatonView& automaton) : automaton_(automaton), state_(automaton.start) {}

  /// False if nothing that follows matters.
  bool step(unsigned char byte) {
    state_ = automaton_.transitions[state_ * automaton_.class_count + automaton_.classes[byte]];
    return state_ != kDeadState && state_ < automaton_.always;
  }
  template <class Read>
  void characters(Read text) {
    unsigned char bytes[4];
    for (bool on = true; on && !text.text.empty();) {
      const unsigned count = encode(as_read(take_front(text.text), text.mode), bytes);
      for (unsigned i = 0; on && i < count; ++i) on = step(bytes[i]);
    }
  }
  bool accepted() const { return state_ >= automaton_.first_accepting; }

 private:
  const AutomatonView& automaton_;
  std::uint32_t state_;
};

/// Whether the text, read in that mode, is accepted: a step a byte.
inline bool accepts(const AutomatonView& automaton, ReadText text) {
  AutomatonRun run(automaton);
  if (text.mode == TextMode::AsIs) {
    for (const char c : text.text)
      if (!run.step(static_cast<unsigned char>(c))) break;
  } else {
    run.characters(text);
  }
  return run.accepted();
}

inline bool accepts(const AutomatonView& automaton, const ReadPieces& text) {
  AutomatonRun run(automaton);
  run.characters(text);
  return run.accepted();
}

}  // namespace bylaw::format
