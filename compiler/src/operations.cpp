#include <bylaw/compiler/operations.h>
#include <bylaw/grammar/syntax_tree.h>

namespace bylaw::compiler {
namespace {

constexpr OperationInfo kOperations[] = {
#define BYLAW_OPERATION(name, op, left, right, result, meaning) \
  {#name,                                                       \
   static_cast<std::uint8_t>(grammar::Operator::op),            \
   OperandClass::left,                                          \
   OperandClass::right,                                         \
   ResultClass::result,                                         \
   meaning},
#include <bylaw/compiler/operator_types.def>
#undef BYLAW_OPERATION
};

}  // namespace

const OperationInfo& info(Operation operation) {
  return kOperations[static_cast<std::size_t>(operation)];
}

const std::vector<BuiltinInfo>& builtins() {
  static const std::vector<BuiltinInfo> rows = {
#define BYLAW_BUILTIN(name, spelling, first, second, result, meaning) \
  {Builtin::name, #name, spelling, OperandClass::first, OperandClass::second, ResultClass::result, meaning},
#include <bylaw/compiler/builtins.def>
#undef BYLAW_BUILTIN
  };
  return rows;
}

const BuiltinInfo& info(Builtin builtin) {
  return builtins()[static_cast<std::size_t>(builtin)];
}

}  // namespace bylaw::compiler
