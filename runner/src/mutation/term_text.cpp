#include "mutation/term_text.h"

#include <fmt/format.h>

#include <functional>

#include "model/terms.h"

namespace bylaw::runner {
namespace {

using ir::Op;
using ir::TermId;

class Writer {
 public:
  Writer(const compiler::Program& program, const ir::DecisionIr& decision)
      : program_(program), decision_(decision), terms_(decision.terms) {}

  std::string text(TermId id) const {
    const ir::Term& term = terms_[id];
    const auto at = [&](unsigned field) { return terms_.operand(id, field); };
    switch (term.op) {
      case Op::Constant: return ir::print_term(program_, terms_, id);
      case Op::Request: return program_.decisions[decision_.decision].fields[term.a].name;
      case Op::Element: return "element";
      case Op::Select: return text(at(0)) + "." + terms_.field(id).name;
      case Op::Get: return text(at(0));
      case Op::IsSet: return text(at(0)) + " is set";
      case Op::IsEmpty: return text(at(0)) + " is empty";
      case Op::IsUnknown: return text(at(0)) + " is unknown";
      case Op::Not: return negated(at(0));
      case Op::And: return bracketed(at(0)) + " and " + bracketed(at(1));
      case Op::Or: return bracketed(at(0)) + " or " + bracketed(at(1));
      case Op::Equal: return infix(id, "==");
      case Op::Less: return infix(id, "<");
      case Op::Contains:
      case Op::Reach:
      case Op::ReachAny:
      case Op::Inside: return infix(id, "in");
      case Op::Parent: return infix(id, "directly in");
      case Op::Includes: return infix(id, "includes");
      case Op::Matches: return infix(id, "matches");
      case Op::Listed: return text(at(0)) + " in " + program_.lists[compiler::ListId{term.b}].name;
      case Op::ListedDirectly: return text(at(0)) + " directly in " + program_.lists[compiler::ListId{term.b}].name;
      case Op::Rows: return program_.lists[compiler::ListId{term.a}].name;
      case Op::Any: return fmt::format("any element in {}: {}", text(at(0)), bracketed(at(1)));
      case Op::If: return fmt::format("if {} then {} else {}", text(at(0)), text(at(1)), text(at(2)));
      case Op::Add: return infix(id, "+");
      case Op::Subtract: return infix(id, "-");
      case Op::Multiply: return infix(id, "*");
      default: return call(id);
    }
  }

 private:
  bool joins(TermId id) const {
    const Op op = terms_[id].op;
    return op == Op::And || op == Op::Or || op == Op::If || op == Op::Any;
  }

  std::string bracketed(TermId id) const { return joins(id) ? "(" + text(id) + ")" : text(id); }

  std::string infix(TermId id, const char* word) const {
    return fmt::format("{} {} {}", text(terms_.operand(id, 0)), word, text(terms_.operand(id, 1)));
  }

  std::string negated(TermId id) const {
    const auto at = [&](unsigned field) { return text(terms_.operand(id, field)); };
    if (terms_[id].op == Op::Less) return at(0) + " >= " + at(1);
    if (terms_[id].op == Op::Equal) return at(0) + " != " + at(1);
    if (terms_[id].op == Op::IsSet) return at(0) + " is unset";
    return "not (" + text(id) + ")";
  }

  std::string call(TermId id) const {
    std::string inside;
    for (const TermId operand : operands(terms_, id)) inside += (inside.empty() ? "" : ", ") + text(operand);
    return fmt::format("{}({})", ir::info(terms_[id].op).name, inside);
  }

  const compiler::Program& program_;
  const ir::DecisionIr& decision_;
  const ir::Terms& terms_;
};

}  // namespace

std::string term_text(const compiler::Program& program, const ir::DecisionIr& decision, TermId term) {
  return Writer(program, decision).text(term);
}

}  // namespace bylaw::runner
