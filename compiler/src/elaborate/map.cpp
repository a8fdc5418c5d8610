// Maps: literals, and what they have at a key. A lookup gives the entry, and the value is its field: so what is absent,
// and what lies in it, is what it is of every record.

#include <algorithm>

#include <bylaw/compiler/decision_evaluate.h>

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {

Value entry_at(const Value& map, const Value& key) {
  const auto found =
      std::find_if(map.items.begin(), map.items.end(), [&](const Value& entry) { return entry.items[0] == key; });
  if (found != map.items.end()) return *found;
  return {.kind = ValueKind::Record, .items = {key, Value::absent()}};
}

TermId Terms::lookup(TermId map, TermId key) {
  if (terms_[map].op == Op::If) {
    const TermId condition = operand(map, 0), then = lookup(operand(map, 1), key);
    return choose(condition, then, lookup(operand(map, 2), key));
  }
  const TypeId entry = type_of(map).element;
  const TypeId value = program_->records[program_->types[entry].record].fields[1].type;
  const Value* entries = constant_of(map);
  const Value* wanted = constant_of(key);
  const bool folds = entries && (wanted || entries->items.empty());
  const TermId found = folds ? constant(entry_at(*entries, wanted ? *wanted : Value::absent()), entry)
                             : add({Op::Lookup, entry, map.index, key.index});
  return select(found, {}, "value", value);
}

TermId Terms::key_of(TermId entry) {
  return select(entry, {}, "key", program_->records[type_of(entry).record].fields[0].type);
}

TermId Elaborator::lookup(const Expr& expr) {
  const TermId map = terms_.get(expression(expr.operands[0]));
  return terms_.lookup(map, expression(expr.operands[1]));
}

/// Stands only where a constant is expected.
TermId Elaborator::map_literal(const Expr& expr) {
  std::vector<Value> entries;
  for (std::size_t i = 0; i + 1 < expr.operands.size(); i += 2) {
    Value entry{.kind = ValueKind::Record};
    for (const ExprId operand : {expr.operands[i], expr.operands[i + 1]})
      if (const Value* value = terms_.constant_of(expression(operand))) entry.items.push_back(*value);
    if (entry.items.size() == 2) entries.push_back(std::move(entry));
  }
  return terms_.constant(Value::map(std::move(entries)), expr.type);
}

/// What a binder over the collection stands for: of a map the key.
TermId Elaborator::bound_to(TermId element, TermId collection) {
  return terms_.type_of(collection).kind == TypeKind::Map ? terms_.key_of(element) : element;
}

}  // namespace bylaw::compiler::ir
