#pragma once
// One random rule: what is bound while it is made, and how each kind of expression is drawn.
//   generate_operations.cpp  operators and functions, by their tables
//   generate_text.cpp        texts that are read, taken apart and put together
//   generate_values.cpp      literals, paths, and any value of a type
//   generate_loops.cpp       binders, quantifiers, comprehensions and lets
//   generate_program.cpp     conditions, and modules of such rules

#include <bylaw/compiler/operations.h>

#include <set>
#include <string>
#include <vector>

#include "reference/generate.h"
#include "reference/generated_world.h"

namespace bylaw::reference {

using compiler::BuiltinInfo;
using compiler::OperandClass;
using compiler::Operation;
using compiler::OperationInfo;
using compiler::ResultClass;

inline constexpr int kMostLoops = 4;
inline const std::vector<T> kOrdered = {T::Int, T::Duration, T::Time, T::Level, T::Version, T::Decimal, T::Weekday};

struct Generator {
  Random& random;
  std::vector<Source> bound = {};  // binders and narrowed paths
  int binders = 0;
  int loops = 0;                      // around what is made
  std::set<std::string> tested = {};  // roots of paths whose presence or type is known here: not tested again
  bool plain = false;                 // no tests of presence or type at all: in a message the condition's facts hold

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class Items>
  const auto& pick(const Items& items) {
    return items[below(items.size())];
  }

  std::string expression(GType type, int depth);
  std::string read_text(int depth);
  std::string part(int depth);
  std::string plain_text(int depth);
  std::string composed(int depth);
  std::string leaf(GType type);
  std::string literal(T type);
  std::string set_literal(T type);
  std::string condition(int depth);
  std::string operation(const OperationInfo& info, GType left_type, int depth);
  std::string operation_inside(const OperationInfo& info, GType left_type, int depth);
  std::string builtin(GType type, int depth);
  std::string optional_test(int depth);
  std::string type_test(int depth);
  std::string untested_condition(int depth);
  std::string binder(int depth = 0);
  GType any_collection();
  std::string gathered(GType type, int depth, int& own);
  std::string gone_through(GType type, int depth);
  std::string key_binder();
  std::string fold(const BuiltinInfo& row, GType type, int depth);
  std::string lineage_binder();
  std::string let();
  void bind_columns(T entry, const std::string& name);
  std::string quantifier(int depth);
  std::string value(GType type, int depth);
  bool concrete(OperandClass operand, GType& type);
  std::string right_operand(OperandClass operand, GType left, int depth, bool directly);
};

const char* spelling(const OperationInfo& operation_info);
std::vector<OperationInfo> operations_with(bool bool_result);
/// The results that classes name by themselves.
bool gives(ResultClass result, GType type);
/// The name that a path begins with.
std::string root(const std::string& path);
bool is_entity(T type);

}  // namespace bylaw::reference
