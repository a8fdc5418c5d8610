#include "mutation/term_edits.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/terms.h"
#include "mutation/term_text.h"

namespace bylaw::runner {
namespace {

using compiler::Program;
using compiler::TypeKind;
using compiler::Value;
using ir::Op;
using ir::TermId;

class Editor {
 public:
  Editor(const Program& program, ir::DecisionIr& decision)
      : program_(program), decision_(decision), terms_(decision.terms) {}

  std::vector<TermEdit> edits(TermId id, bool root) {
    std::vector<TermEdit> result = local(id, root);
    const std::vector<TermId> below = operands(terms_, id);
    const std::vector<unsigned> fields = fields_of(id);
    for (std::size_t i = 0; i < below.size(); ++i) {
      for (TermEdit& edit : edits(below[i], false)) {
        if (result.size() >= kMostEdits) return result;
        result.push_back({terms_.with_operand(id, fields[i], edit.term), std::move(edit.text)});
      }
    }
    std::erase_if(result, [&](const TermEdit& edit) { return edit.term == id; });
    return result;
  }

 private:
  /// The field of each operand, in the order of `operands`.
  std::vector<unsigned> fields_of(TermId id) const {
    std::vector<unsigned> fields;
    const ir::Term& term = terms_[id];
    for (unsigned field = 0; field < 3; ++field)
      if (ir::info(term.op).fields[field] == ir::FieldUse::Term && terms_.operand(id, field)) fields.push_back(field);
    if (term.op == Op::Elements)
      for (unsigned i = 0; i < terms_.elements(id).size(); ++i) fields.push_back(i);
    return fields;
  }

  std::string print(TermId id) const {
    constexpr std::size_t kLongest = 80;
    std::string text = term_text(program_, decision_, id);
    return text.size() <= kLongest ? text : text.substr(0, kLongest) + "..";
  }

  std::string becomes(TermId from, TermId to) const { return fmt::format("`{}` becomes `{}`", print(from), print(to)); }

  std::vector<TermEdit> local(TermId id, bool root) {
    const ir::Term term = terms_[id];
    const auto at = [&](unsigned field) { return terms_.operand(id, field); };
    switch (term.op) {
      case Op::Constant: return constants(id);
      case Op::Less: return strictness(id);
      case Op::And:
      case Op::Or: {
        const TermId swapped = term.op == Op::And ? terms_.either(at(0), at(1)) : terms_.both(at(0), at(1));
        return {{at(0), fmt::format("`{}` is dropped", print(at(1)))},
                {at(1), fmt::format("`{}` is dropped", print(at(0)))},
                {swapped, term.op == Op::And ? "`and` becomes `or`" : "`or` becomes `and`"}};
      }
      case Op::Not:
        if (root) return {};  // negating a condition is another mutant
        return {{at(0), fmt::format("`{}` is negated", print(at(0)))}};
      case Op::If:
        return {{at(1), fmt::format("it is always `{}`", print(at(1)))},
                {at(2), fmt::format("it is always `{}`", print(at(2)))}};
      case Op::Any: {
        const TermId inverse = terms_.with_operand(id, 1, terms_.negation(at(1)));
        return {{terms_.negation(inverse), "`any` becomes `all`"}};
      }
      case Op::Listed: {
        if (!climbs(terms_.type_of(at(0)))) return {};
        return {{terms_.listed(at(0), compiler::ListId{term.b}, true), "`in` becomes `directly in`"}};
      }
      case Op::Min: return {{terms_.function(Op::Max, at(0), at(1), term.type), "the greater instead of the lesser"}};
      case Op::Max: return {{terms_.function(Op::Min, at(0), at(1), term.type), "the lesser instead of the greater"}};
      case Op::Add: return {{terms_.arithmetic(Op::Subtract, at(0), at(1), term.type), "`+` becomes `-`"}};
      case Op::Subtract: {
        // A difference of times has no sum.
        if (terms_.type_of(at(1)).kind == TypeKind::Time) return {};
        return {{terms_.arithmetic(Op::Add, at(0), at(1), term.type), "`-` becomes `+`"}};
      }
      default: return {};
    }
  }

  /// Of an entity that may have others above it.
  bool climbs(const compiler::Type& type) const {
    return std::any_of(type.entities.begin(), type.entities.end(),
                       [&](compiler::EntityTypeId id) { return !program_.entities[id].parents.empty(); });
  }

  std::vector<TermEdit> constants(TermId id) {
    std::vector<TermEdit> result;
    const compiler::TypeId type = terms_.type(id);
    const Value value = terms_.value(id);
    for (Value& changed : neighbours(program_, value, type)) {
      const TermId made = terms_.constant(std::move(changed), type);
      result.push_back({made, becomes(id, made)});
    }
    return result;
  }

  /// `<` as `<=`; of whole numbers beside a constant moving that constant is the same.
  std::vector<TermEdit> strictness(TermId id) {
    const TermId a = terms_.operand(id, 0), b = terms_.operand(id, 1);
    const TypeKind kind = terms_.type_of(a).kind;
    const bool constant = terms_.constant_of(a) != nullptr || terms_.constant_of(b) != nullptr;
    if (constant && (kind == TypeKind::Int || kind == TypeKind::Enum)) return {};
    return {{terms_.negation(terms_.with_operand(terms_.with_operand(id, 0, b), 1, a)), std::string(kStrictness)}};
  }

 public:
  static constexpr std::string_view kStrictness = "equal values change sides";

 private:
  const Program& program_;
  const ir::DecisionIr& decision_;
  ir::Terms& terms_;
};

}  // namespace

std::vector<TermEdit> edits_of(const Program& program, ir::DecisionIr& decision, TermId term) {
  std::vector<TermEdit> all = Editor(program, decision).edits(term, true);
  std::vector<TermEdit> kept;
  for (TermEdit& edit : all) {
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const TermEdit& k) { return k.term == edit.term; });
    if (!known) kept.push_back(std::move(edit));
  }
  return kept;
}

}  // namespace bylaw::runner
