// Functions that are built in, from the words of the language chapters.
#include "reference/model.h"

namespace bylaw::reference {

using compiler::Builtin;

namespace {

__extension__ using Wide = __int128;

Value number(Wide exact) {
  Value value;
  value.kind = Kind::Number;
  value.number = exact < INT64_MIN ? INT64_MIN : exact > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(exact);
  return value;
}

/// The greatest whole number that is not above a / b.
Wide floored_quotient(Wide a, Wide b) {
  Wide quotient = a / b;
  while (b > 0 ? quotient * b > a : quotient * b < a) --quotient;
  return quotient;
}

}  // namespace

Value call_builtin(const Program&, Builtin builtin, const std::vector<Value>& arguments) {
  const Value& first = arguments.at(0);
  const Value& second = arguments.back();
  switch (builtin) {
    case Builtin::Min: return before(second, first) ? second : first;
    case Builtin::Max: return before(first, second) ? second : first;
    case Builtin::Divide: return number(floored_quotient(first.number, second.number));
    case Builtin::Modulo: return number(first.number - floored_quotient(first.number, second.number) * second.number);
  }
  impossible("a function without meaning");
}

}  // namespace bylaw::reference
