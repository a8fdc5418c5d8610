// A text with capital letters beside `lower(..)`, or one that is not folded beside `fold(..)`: they are never equal.

#include <bylaw/grammar/diagnostics/warnings.h>

#include <set>

#include "check/lint.h"
#include "check/typing.h"
#include "check/visit.h"

namespace bylaw::compiler {

namespace {

using format::TextMode;

class TextLint {
 public:
  explicit TextLint(Checker& checker) : checker_(checker), program_(checker.program) {}

  void run() {
    for (const PolicyId policy : policies_to_lint(program_))
      visit_policy(program_, policy, [&](const Expr& expr) { lint(expr); });
  }

 private:
  void lint(const Expr& expr) {
    if (expr.operands.size() != 2 || !compares(expr)) return;
    for (const std::size_t side : {0, 1}) {
      const Type& type = program_.types[program_.exprs[expr.operands[side]].type];
      if (is_read_text(type)) lint_other(expr.operands[1 - side], type.text, 0);
    }
  }

  static bool compares(const Expr& expr) {
    if (expr.kind == ExprKind::BuiltinCall)
      return expr.builtin == Builtin::Contains || expr.builtin == Builtin::StartsWith ||
             expr.builtin == Builtin::EndsWith;
    return expr.kind == ExprKind::Operation &&
           (expr.operation == Operation::Equal || expr.operation == Operation::NotEqual ||
            expr.operation == Operation::InElements || expr.operation == Operation::InList);
  }

  /// The texts that the expression can be, through constants, lets, collections and lists.
  void lint_other(ExprId id, TextMode mode, int depth) {
    constexpr int kDeepest = 64;
    if (!id || depth > kDeepest) return;
    const Expr& expr = program_.exprs[id];
    if (expr.kind == ExprKind::StringLiteral) return lint_literal(expr, mode);
    if (expr.kind == ExprKind::ConstantUse) return lint_other(program_.constants[expr.constant].value, mode, depth + 1);
    if (expr.kind == ExprKind::LocalUse) return lint_other(program_.locals[expr.local].value, mode, depth + 1);
    if (expr.kind == ExprKind::SetLiteral || expr.kind == ExprKind::ListLiteral)
      for (const ExprId operand : expr.operands) lint_other(operand, mode, depth + 1);
    if (expr.kind == ExprKind::If)
      for (const std::size_t branch : {1, 2}) lint_other(expr.operands[branch], mode, depth + 1);
    if (expr.kind == ExprKind::ListUse)
      for (const Row& row : program_.lists[expr.list].rows) lint_other(row.value, mode, depth + 1);
  }

  void lint_literal(const Expr& literal, TextMode mode) {
    const std::string given = format::written({literal.text, mode});
    if (given == literal.text || !told_.insert(literal.span).second) return;
    const bool lower = mode == TextMode::Lower;
    const std::string written(checker_.input.sources.text(literal.span));
    const std::size_t at = written.find(literal.text);
    auto told = checker_.diagnostics.report(
        codes::NeverRead, literal.span,
        {{"function", lower ? "lower" : "fold"},
         {"text", literal.text},
         {"why", lower ? "what it gives has no capital A to Z" : "what it gives is folded"}});
    if (at == std::string::npos) return;  // written with escapes
    std::string mended = written;
    mended.replace(at, literal.text.size(), given);
    told.fix("write `" + mended + "`", literal.span, mended);
  }

  Checker& checker_;
  const Program& program_;
  std::set<Span> told_;
};

}  // namespace

void lint_texts(Checker& checker) {
  TextLint(checker).run();
}

}  // namespace bylaw::compiler
