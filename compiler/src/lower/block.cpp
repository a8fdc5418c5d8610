#include "lower/block.h"

#include <cassert>
#include <limits>

namespace bylaw::compiler::lowering {

using format::Instruction;
using format::Op;

namespace {

constexpr std::size_t kMaxInstructions = 65535;
constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();  // a loop that no path leads to
// What is carried into a loop keeps its place throughout the body, so not everything may be.
constexpr unsigned kCarriedBases = 6;
constexpr unsigned kCarriedRegisters = 32;

}  // namespace

Label Block::label() {
  targets_.emplace_back();
  return {static_cast<std::uint32_t>(targets_.size() - 1)};
}

void Block::meet(State& into, const State& other) {
  std::erase_if(into.known, [&](const auto& entry) {
    const auto found = other.known.find(entry.first);
    return found == other.known.end() || found->second != entry.second;
  });
  into.registers &= other.registers;
  into.bases &= other.bases;
}

void Block::bind(Label label) {
  Target& target = targets_[label.id];
  for (const Exit& exit : target.exits) {
    const auto distance = static_cast<std::uint16_t>(code_.size() - exit.instruction);
    Instruction& instruction = code_[exit.instruction];
    (exit.t ? instruction.t : instruction.f) = distance;
  }
  if (target.state && reachable_)
    meet(state_, *target.state);
  else if (target.state)
    state_ = *target.state;
  reachable_ = reachable_ || target.state.has_value();
}

std::size_t Block::emit(Instruction instruction, bool is_test) {
  if (code_.size() >= kMaxInstructions) {
    fail(Limit::Instructions);
    return code_.size() - 1;
  }
  code_.push_back(instruction);
  test_map_.push_back(is_test ? occurrence_ : format::kNone);
  return code_.size() - 1;
}

void Block::jump(Label label, std::size_t instruction, bool t, const State& state) {
  Target& target = targets_[label.id];
  target.exits.push_back({instruction, t});
  if (target.state)
    meet(*target.state, state);
  else
    target.state = state;
}

void Block::test(Op op, std::uint16_t a, std::uint16_t b, std::uint32_t imm, Label t, Label f) {
  if (!reachable_) return;
  const std::size_t at = emit({static_cast<std::uint16_t>(op), 0, a, b, imm, 0, 0}, true);
  jump(t, at, true, state_);
  jump(f, at, false, state_);
  reachable_ = false;
}

void Block::value(Op op, std::uint16_t dst, std::uint16_t a, std::uint16_t b, std::uint32_t imm) {
  if (reachable_) emit({static_cast<std::uint16_t>(op), dst, a, b, imm, 1, 0}, false);
}

void Block::attempt(const Instruction& maybe, Known known, std::uint32_t words, Label t, Label f) {
  if (!reachable_) return;
  const std::size_t at = emit(maybe, true);
  State with = state_;
  with.known[known] = {maybe.dst, words};
  jump(t, at, true, with);
  jump(f, at, false, state_);
  reachable_ = false;
}

void Block::move_to(std::uint16_t dst, std::uint16_t a, std::uint32_t words, Label next) {
  value_to(Op::Move, dst, a, words, next);
}

void Block::value_to(Op op, std::uint16_t dst, std::uint16_t a, std::uint32_t imm, Label next) {
  if (!reachable_) return;
  const std::size_t at = emit({static_cast<std::uint16_t>(op), dst, a, 0, imm, 0, 0}, false);
  jump(next, at, true, state_);
  reachable_ = false;
}

void Block::end(Op op, std::uint16_t a) {
  if (!reachable_) return;
  emit({static_cast<std::uint16_t>(op), 0, a, 0, 0, 0, 0}, false);
  if (op == Op::Stop) {
    Loop& loop = loops_.back();
    loop.stops = true;
    loop.stopped_registers &= state_.registers;
    loop.stopped_bases &= state_.bases;
  }
  reachable_ = false;
}

void Block::pin(std::uint16_t place, std::uint32_t words, int by) {
  const unsigned base = format::base_of(place);
  const std::uint32_t slot = format::slot_of(place);
  if (base == format::kRegisterBase)
    for (std::uint32_t i = slot; i < slot + words && i < format::kRegisters; ++i) pinned_registers_[i] += by;
  else
    pinned_bases_[base] += by;
}

void Block::pin_known(const State& state, int by) {
  for (const auto& [known, kept] : state.known) pin(kept.place, kept.words, by);
}

std::size_t Block::begin_loop(Instruction each) {
  if (loops_.size() >= format::kMaxLoops) fail(Limit::Loops);
  const unsigned base = format::base_of(each.dst);
  const std::size_t at = reachable_ ? emit(each, true) : kNowhere;
  unsigned bases = 0, registers = 0;
  std::erase_if(state_.known, [&](const auto& entry) {
    const bool is_register = format::base_of(entry.second.place) == format::kRegisterBase;
    return is_register ? (registers += entry.second.words) > kCarriedRegisters : ++bases > kCarriedBases;
  });
  loops_.push_back({state_, base, barred_registers_, barred_bases_});
  barred_registers_ = state_.registers;
  barred_bases_ = state_.bases;
  pin_known(loops_.back().entry, 1);
  pinned_bases_[base] += 1;
  state_.bases |= 1U << base;
  return at;
}

void Block::link(std::uint16_t a, std::uint16_t stride) {
  if (reachable_) emit({static_cast<std::uint16_t>(Op::Link), 0, a, stride, 0, 0, 0}, false);
}

void Block::close_loop(std::size_t at, Label t, Label f) {
  assert(!loops_.empty());
  const Loop loop = std::move(loops_.back());
  loops_.pop_back();
  barred_registers_ = loop.outer_barred_registers;
  barred_bases_ = loop.outer_barred_bases;
  pin_known(loop.entry, -1);
  pinned_bases_[loop.base] -= 1;
  if (at == kNowhere) return;
  code_[at].imm = static_cast<std::uint32_t>(code_.size() - at - 1);
  State exhausted = loop.entry;
  exhausted.bases &= ~(1U << loop.base);
  if (loop.stops) {
    State stopped = exhausted;
    stopped.registers = loop.stopped_registers;
    stopped.bases = loop.stopped_bases & ~(1U << loop.base);
    jump(t, at, true, stopped);
  } else {
    jump(f, at, true, exhausted);
  }
  jump(f, at, false, exhausted);
  reachable_ = false;
}

std::optional<std::uint16_t> Block::find(Known known) const {
  const auto found = state_.known.find(known);
  if (found == state_.known.end()) return std::nullopt;
  return found->second.place;
}

void Block::evict_base(unsigned base) {
  std::erase_if(state_.known, [&](const auto& entry) { return format::base_of(entry.second.place) == base; });
}

unsigned Block::take_base() {
  std::uint32_t needed = 0;
  for (const auto& [known, kept] : state_.known) needed |= 1U << format::base_of(kept.place);
  for (const bool evicting : {false, true})
    for (unsigned base = format::kFirstBase; base <= format::kLastBase; ++base) {
      const std::uint32_t bit = 1U << base;
      if (pinned_bases_[base] != 0 || (barred_bases_ & bit) != 0 || (!evicting && (needed & bit) != 0)) continue;
      evict_base(base);
      state_.bases |= bit;
      return base;
    }
  fail(Limit::Values);
  return format::kFirstBase;
}

void Block::evict_registers(std::uint32_t first, std::uint32_t words) {
  std::erase_if(state_.known, [&](const auto& entry) {
    const std::uint32_t slot = format::slot_of(entry.second.place);
    return format::base_of(entry.second.place) == format::kRegisterBase && slot + entry.second.words > first &&
           slot < first + words;
  });
}

std::uint16_t Block::take_registers(std::uint32_t words) {
  std::uint64_t needed = 0;
  for (const auto& [known, kept] : state_.known)
    if (format::base_of(kept.place) == format::kRegisterBase)
      needed |= ((std::uint64_t{1} << kept.words) - 1) << format::slot_of(kept.place);
  for (const bool evicting : {false, true})
    for (std::uint32_t first = 0; first + words <= format::kRegisters; ++first) {
      bool free = true;
      for (std::uint32_t i = first; i < first + words; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        free = free && pinned_registers_[i] == 0 && (barred_registers_ & bit) == 0 && (evicting || (needed & bit) == 0);
      }
      if (!free) continue;
      evict_registers(first, words);
      for (std::uint32_t i = first; i < first + words; ++i) state_.registers |= std::uint64_t{1} << i;
      return format::operand(format::kRegisterBase, first);
    }
  fail(Limit::Values);
  return format::operand(format::kRegisterBase, 0);
}

}  // namespace bylaw::compiler::lowering
