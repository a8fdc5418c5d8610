#pragma once
// One block of code while it is made: instructions with exits to labels, and what is known to lie where. Labels are
// bound in front of those who jump to them, so all jumps go forward. Where paths meet, what they agree on is known; the
// verifier will work out the same.

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "format/bundle.h"
#include "format/opcodes.h"

namespace bylaw::compiler::lowering {

struct Label {
  std::uint32_t id;
};

/// A value that was worked out before: a term, or with `entity` the attribute frame of a term as of that entity type.
struct Known {
  std::uint32_t term;
  std::uint32_t entity = format::kNone;
  friend auto operator<=>(const Known&, const Known&) = default;
};

/// What a block can fail by.
enum class Limit : std::uint8_t { None, Instructions, Loops, Values, Pieces };

class Block {
 public:
  Label label();
  /// What follows is what jumps to the label reach.
  void bind(Label label);
  /// False where no path leads: what is emitted there is dropped.
  bool reachable() const { return reachable_; }

  void test(format::Op op, std::uint16_t a, std::uint16_t b, std::uint32_t imm, Label t, Label f);
  /// A value or row; goes on with the next instruction.
  void value(format::Op op, std::uint16_t dst, std::uint16_t a, std::uint16_t b, std::uint32_t imm);
  /// A value that may be absent: goes to t with it in its `dst`, where `known` then lies, else to f.
  void attempt(const format::Instruction& maybe, Known known, std::uint32_t words, Label t, Label f);
  /// Copies `words` words and goes on at `next`.
  void move_to(std::uint16_t dst, std::uint16_t a, std::uint32_t words, Label next);
  /// A value of another instruction, the same way.
  void value_to(format::Op op, std::uint16_t dst, std::uint16_t a, std::uint32_t imm, Label next);
  void end(format::Op op, std::uint16_t a = 0);

  /// Begins a loop; what follows until `close_loop` is its body. Nothing that is known there may depend on an element
  /// before: `forget` says what does.
  template <class Forget>
  std::size_t open_loop(format::Op op, unsigned base, std::uint16_t a, std::uint16_t b, Forget forget);
  /// An operand of a chain: stands first in the body of its loop.
  void link(std::uint16_t a, std::uint16_t stride);
  /// `stop` leads to t, the end of the elements to f.
  void close_loop(std::size_t loop, Label t, Label f);

  /// Where it lies, if it is known here.
  std::optional<std::uint16_t> find(Known known) const;
  /// Says where it lies.
  void remember(Known known, std::uint16_t place, std::uint32_t words = 1) { state_.known[known] = {place, words}; }
  /// What depends on an element that is bound to another one now.
  template <class Forget>
  void forget(Forget forget) {
    std::erase_if(state_.known, [&](const auto& entry) { return forget(entry.first); });
  }

  /// A base, or the first of so many registers, that holds nothing that is needed. Marks it as set.
  unsigned take_base();
  std::uint16_t take_registers(std::uint32_t words);
  /// Says that base 1 is bound from the start.
  void bound_from_start(unsigned base) { state_.bases |= 1U << base; }

  void pin(std::uint16_t place, std::uint32_t words, int by);

  void fail(Limit limit) {
    if (failed_ == Limit::None) failed_ = limit;
  }
  bool failed() const { return failed_ != Limit::None; }
  Limit limit() const { return failed_; }

  /// The occurrence that tests from here on belong to, or kNone.
  void set_occurrence(std::uint32_t occurrence) { occurrence_ = occurrence; }

  const std::vector<format::Instruction>& code() const { return code_; }
  const std::vector<std::uint32_t>& test_map() const { return test_map_; }

 private:
  struct Kept {
    std::uint16_t place = 0;
    std::uint32_t words = 1;
    friend bool operator==(const Kept&, const Kept&) = default;
  };
  struct State {
    std::map<Known, Kept> known;
    std::uint64_t registers = 0;  // written on every path
    std::uint32_t bases = 0;      // bound on every path
  };
  struct Exit {
    std::size_t instruction;
    bool t;
  };
  struct Target {
    std::vector<Exit> exits;
    std::optional<State> state;
  };
  struct Loop {
    State entry;
    unsigned base;
    std::uint64_t outer_barred_registers;
    std::uint32_t outer_barred_bases;
    // What is set wherever the body stops.
    std::uint64_t stopped_registers = ~std::uint64_t{0};
    std::uint32_t stopped_bases = ~std::uint32_t{0};
    bool stops = false;
  };

  std::size_t emit(format::Instruction instruction, bool is_test);
  void jump(Label label, std::size_t instruction, bool t, const State& state);
  static void meet(State& into, const State& other);
  std::size_t begin_loop(format::Instruction each);
  void pin_known(const State& state, int by);
  void evict_registers(std::uint32_t first, std::uint32_t words);
  void evict_base(unsigned base);

  std::vector<format::Instruction> code_;
  std::vector<std::uint32_t> test_map_;
  std::vector<Target> targets_;
  std::vector<Loop> loops_;
  State state_;
  // Inside of a loop: what was set before it and must keep its class, so that it is not taken for something else.
  std::uint64_t barred_registers_ = 0;
  std::uint32_t barred_bases_ = 0;
  int pinned_registers_[format::kRegisters] = {};
  int pinned_bases_[16] = {};
  std::uint32_t occurrence_ = format::kNone;
  bool reachable_ = true;
  Limit failed_ = Limit::None;
};

/// Keeps what lies at a place from being overwritten while something else is worked out.
class Pin {
 public:
  Pin(Block& block, std::uint16_t place, std::uint32_t words = 1) : block_(block), place_(place), words_(words) {
    block_.pin(place_, words_, 1);
  }
  ~Pin() { block_.pin(place_, words_, -1); }
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;

 private:
  Block& block_;
  std::uint16_t place_;
  std::uint32_t words_;
};

template <class Forget>
std::size_t Block::open_loop(format::Op op, unsigned base, std::uint16_t a, std::uint16_t b, Forget forget) {
  const std::size_t loop = begin_loop({static_cast<std::uint16_t>(op), format::operand(base, 0), a, b, 0, 0, 0});
  std::erase_if(state_.known, [&](const auto& entry) { return forget(entry.first); });
  return loop;
}

}  // namespace bylaw::compiler::lowering
