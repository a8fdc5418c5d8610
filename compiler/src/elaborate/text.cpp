// Tests of texts, and what is known of them before any request.

#include <bylaw/compiler/decision_evaluate.h>

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {

namespace {

bool is_reading(Op op) {
  return op == Op::Lower || op == Op::Fold;
}

}  // namespace

/// `if c then lower(a) else lower(b)` is `lower(if c then a else b)`: whoever tests a text finds how to read it
/// outermost. A constant branch was read already, and reads the same again. None if there is nothing to draw out.
TermId Terms::choose_read_text(TermId condition, TermId then, TermId otherwise) {
  const TermId read = is_reading(terms_[then].op) ? then : otherwise;
  if (!is_reading(terms_[read].op)) return {};
  const Term reading = terms_[read];
  const auto inner = [&](TermId branch) { return is_reading(terms_[branch].op) ? operand(branch, 0) : branch; };
  return function(reading.op, choose(condition, inner(then), inner(otherwise)), {}, reading.type);
}

bool Terms::is_read_text(TermId id) const {
  return is_reading(terms_[id].op);
}

std::string spelling(const Program& program, const Type& type, const Value& member) {
  if (member.integer == kUnknownMember) return member.text;
  return program.enums[type.enum_id].members[static_cast<std::size_t>(member.integer)].wire;
}

/// Constants that stand beside each other are one, and what is put together of texts put together is one list.
TermId Terms::compose(const std::vector<TermId>& pieces, TypeId type) {
  std::vector<TermId> all;
  const auto take = [&](TermId piece) {
    const Value* constant = constant_of(piece);
    const Value* before = all.empty() ? nullptr : constant_of(all.back());
    if (constant && before)
      all.back() = this->constant(Value::string(before->text + constant->text), type);
    else
      all.push_back(piece);
  };
  for (const TermId piece : pieces) {
    if (const Value* constant = constant_of(piece); constant && constant->text.empty()) continue;
    if (terms_[piece].op != Op::Compose) {
      take(piece);
      continue;
    }
    for (const TermId inner : std::vector<TermId>(elements(piece))) take(inner);
  }
  if (all.empty()) return constant(Value::string({}), type);
  const Op only = terms_[all[0]].op;
  const bool made = only == Op::Spelling || only == Op::Id || only == Op::Digits;
  if (all.size() == 1 && !made) return all[0];
  return add({Op::Compose, type, intern_list(std::move(all))});
}

TermId Elaborator::composed(const Expr& expr) {
  std::vector<TermId> pieces;
  for (const ExprId operand : expr.operands) {
    const TermId value = expression(operand);
    const Type& type = program_.types[program_.exprs[operand].type];
    switch (type.kind) {
      case TypeKind::Int: pieces.push_back(terms_.function(Op::Digits, value, {}, expr.type)); break;
      case TypeKind::Entity: pieces.push_back(terms_.function(Op::Id, value, {}, expr.type)); break;
      case TypeKind::Enum: {
        const Value* member = terms_.constant_of(value);
        pieces.push_back(member ? terms_.constant(Value::string(spelling(program_, type, *member)), expr.type)
                                : terms_.spelling(value, expr.type));
        break;
      }
      default: pieces.push_back(value);
    }
  }
  return terms_.compose(pieces, expr.type);
}

TermId Terms::matches(TermId text, TermId pattern) {
  if (terms_[pattern].op == Op::Elements) {
    TermId result = boolean(false);
    for (const TermId element : std::vector<TermId>(elements(pattern))) result = either(result, matches(text, element));
    return result;
  }
  if (terms_[pattern].op == Op::If) {
    const TermId condition = operand(pattern, 0), then = matches(text, operand(pattern, 1));
    return choose(condition, then, matches(text, operand(pattern, 2)));
  }
  const Value* all = constant_of(pattern);
  const Value* value = constant_of(text);
  if (all && all->kind != ValueKind::Pattern && all->items.empty()) return boolean(false);
  if (all && value) return boolean(compiler::matches(value->text, *all));
  return bool_term(Op::Matches, text, pattern);
}

/// `lower(s) in entries`: asked of entry after entry, for a table of texts knows none but texts as they are.
TermId Elaborator::equals_entry(TermId text, ExprId list) {
  return some(list, [&](TermId entry) {
    const TypeKind kind = terms_.type_of(entry).kind;
    const bool pattern = kind == TypeKind::Glob || kind == TypeKind::Regex;
    return pattern ? terms_.matches(text, entry) : terms_.equal(text, entry);
  });
}

}  // namespace bylaw::compiler::ir
