#pragma once
// What an instruction reads: that it is there, of the class that its row in opcodes.def asks for, and that its operands
// fit each other. `verify_code.cpp` follows the paths; here one instruction is looked at, with what is known before it.

#include <array>
#include <optional>
#include <string_view>

#include "abstract_value.h"
#include "bundle_view.h"

namespace bylaw {

/// What is known before an instruction, on every path to it.
struct CodeState {
  std::array<AbstractId, format::kRegisters> registers;
  std::array<AbstractId, 16> bases;  // the frame, or the element, that a base is bound to

  CodeState() {
    registers.fill(kUnset);
    bases.fill(kUnset);
  }
};

class OperandCheck {
 public:
  OperandCheck(const BundleView& bundle, AbstractValues& values) : b_(bundle), values_(values) {}

  /// What follows are instructions of this block.
  void begin(const format::BlockRecord& block) { block_ = &block; }
  /// False with a `problem` if the instruction must not run.
  bool check(const format::Instruction& in, const CodeState& state) {
    return operands(in, state) && together(in, state);
  }
  std::string_view problem() const { return problem_; }

  /// What the operand holds; kUnset if it cannot be read.
  AbstractId read(const CodeState& state, std::uint16_t operand);
  AbstractId element_of(AbstractId collection);
  AbstractId chain(const format::Instruction& in, const format::Instruction* links, const CodeState& state);
  /// The operand holds a text or a part of one.
  bool gives_text(const CodeState& state, std::uint16_t operand);
  /// What a checked instruction writes into `dst`.
  AbstractId result_value(const format::Instruction& in, const CodeState& state);

 private:
  bool need(bool holds, std::string_view what);
  AbstractId constant(std::uint32_t slot);
  bool readable(const CodeState& state, std::uint16_t operand);
  format::Class class_of(const CodeState& state, std::uint16_t operand);
  bool operands(const format::Instruction& in, const CodeState& state);
  bool operand(const format::Operand& operand, const format::Instruction& in, const CodeState& state);
  bool presence(const CodeState& state, std::uint16_t operand);
  bool lineage_type(std::uint32_t type);
  bool instant(const format::Instruction& in, const CodeState& state, std::uint16_t operand);
  std::uint32_t result_words(const format::Instruction& in, const CodeState& state);
  std::uint32_t words_of_part(const CodeState& state, std::uint16_t operand);
  bool joined(const format::Instruction& in, const CodeState& state);
  bool result(const format::Instruction& in, const CodeState& state, std::uint16_t operand);
  bool word_elements(const CodeState& state, std::uint16_t operand);
  bool stride_fits(const CodeState& state, const format::Instruction& in);
  bool together(const format::Instruction& in, const CodeState& state);
  bool of_enum(const CodeState& state, std::uint16_t operand, std::uint32_t enumeration);
  bool unknown(const format::Instruction& in, const CodeState& state);
  std::optional<format::Class> class_of_register(const CodeState& state, std::uint16_t operand);
  format::Class element_class(const CodeState& state, std::uint16_t operand);
  bool of_elements(const CodeState& state, format::Class cls, std::uint16_t collection);
  bool wide_elements(const CodeState& state, std::uint16_t collection, format::Class cls);
  bool equal_wide_sets(const format::Instruction& in, const CodeState& state);
  bool listed(const format::Instruction& in, const CodeState& state);
  bool lookup(const format::Instruction& in, const CodeState& state);
  AbstractId result_of(std::uint32_t kind);

  const BundleView& b_;
  AbstractValues& values_;
  const format::BlockRecord* block_ = nullptr;
  std::string_view problem_;
};

}  // namespace bylaw
