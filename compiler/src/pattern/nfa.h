#pragma once
// Thompson's construction over bytes of UTF-8.

#include <cstdint>
#include <optional>
#include <vector>

#include "pattern/pattern_tree.h"

namespace bylaw::compiler::pattern {

using StateId = std::uint32_t;

struct NfaState {
  enum class Kind : std::uint8_t { Bytes, Split, Begin, End, Match } kind;
  std::uint8_t first = 0, last = 0;  // of Bytes
  StateId next = 0;
  StateId other = 0;  // of Split
};

struct Nfa {
  std::vector<NfaState> states;
  StateId start = 0;
};

/// What the tree accepts somewhere in a text: the start goes on at every byte. Nothing if it is too large.
std::optional<Nfa> build_nfa(const Tree& tree);

/// The automaton that accepts the same; nothing if it is too large.
std::optional<Automaton> build_automaton(const Nfa& nfa);

}  // namespace bylaw::compiler::pattern
