#pragma once
// What a running block holds: its bases, registers and loops. Accessors repeat the verifier's facts as assertions, so
// that every test of the machine also tests the verifier.

#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>

#include "format/layout.h"
#include "saturating.h"
#include "texts.h"
#include "vm.h"

namespace bylaw {

/// The loop of an `each` that is running, on a fixed stack. Not initialized: most blocks have no loop.
struct Loop {
  const format::Instruction* each;
  const Word* next;      // of a collection: the next element; of a mask: its bits
  std::uint32_t left;    // of a collection: elements that were not yet run
  std::uint32_t index;   // of the element that runs; of a list: of the row
  std::uint32_t bit;     // of a mask: the next member to look at
  std::uint32_t link;    // of a chain: the link whose elements run
  std::uint32_t stride;  // of a chain: the words between two elements of it
  Collection others;     // of a mask: its texts that are no members
  Word member;           // of a mask: the element that runs
  bool met;              // of a list, recording: some row came to `stop`
};

struct Machine {
  explicit Machine(const Run& r, const format::BlockRecord& block)
      : memory(r.memory), bundle(r.bundle), scratch(r.scratch) {
    bases[format::kRequestBase] = memory.frame;
    for (unsigned i = 0; i < r.elements.size(); ++i) bases[format::kFirstBase + i] = r.elements[i];
    if (block.policy != format::kNone)
      bases[format::kConstantBase] =
          memory.arenas[static_cast<unsigned>(Owner::Constants)] + bundle.policies[block.policy].constants;
    bases[format::kRegisterBase] = registers;
  }
  Machine(const Machine&) = delete;

  const Word* place(std::uint16_t operand) const {
    assert(bases[format::base_of(operand)] != nullptr);
    return bases[format::base_of(operand)] + format::slot_of(operand);
  }
  Word word(std::uint16_t operand) const { return *place(operand); }
  std::int64_t number(std::uint16_t operand) const { return static_cast<std::int64_t>(word(operand)); }
  Collection elements(std::uint16_t operand) const { return collection(memory, word(operand)); }

  bool present(std::uint16_t operand) const {
    assert(bases[format::base_of(operand)] != nullptr);
    const std::uint32_t bit = format::slot_of(operand);
    return (bases[format::base_of(operand)][bit / 64] >> (bit % 64) & 1) != 0;
  }

  void set(std::uint16_t dst, Word value) {
    assert(format::base_of(dst) == format::kRegisterBase && format::slot_of(dst) < format::kRegisters);
    registers[format::slot_of(dst)] = value;
  }
  Total total(std::uint16_t operand) const {
    Total value;
    std::memcpy(&value, place(operand), sizeof value);
    return value;
  }
  void set_total(std::uint16_t dst, Total value) {
    assert(format::base_of(dst) == format::kRegisterBase && format::slot_of(dst) + 1 < format::kRegisters);
    std::memcpy(registers + format::slot_of(dst), &value, sizeof value);
  }
  void set_part(std::uint16_t dst, const TextPlace& part) {
    assert(format::base_of(dst) == format::kRegisterBase && format::slot_of(dst) + 1 < format::kRegisters);
    write_part(registers + format::slot_of(dst), part);
  }
  void set_digits(std::uint16_t dst, Word number) {
    set(dst, with_form(TextForm::Digits, 0));
    registers[format::slot_of(dst) + 1] = number;
  }
  void copy(std::uint16_t dst, const Word* from, std::uint32_t words) {
    assert(format::base_of(dst) == format::kRegisterBase && format::slot_of(dst) + words <= format::kRegisters);
    std::memmove(registers + format::slot_of(dst), from, words * sizeof(Word));
  }
  void bind(std::uint16_t dst, const Word* frame) { bases[format::base_of(dst)] = frame; }

  Loop& innermost() {
    assert(depth > 0);
    return loops[depth - 1];
  }

  const Memory& memory;
  const BundleView& bundle;
  Word* scratch;
  const Word* bases[16] = {};
  Word registers[format::kRegisters];
  Loop loops[format::kMaxLoops];
  unsigned depth = 0;
};

}  // namespace bylaw
