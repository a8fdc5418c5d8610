// A regex looks for a part of a text unless it is anchored: where a match lets something through, whatever stands
// around the part is let through too.

#include <bylaw/compiler/pattern.h>
#include <bylaw/grammar/diagnostics/warnings.h>

#include <set>

#include "check/lint.h"
#include "check/polarity.h"

namespace bylaw::compiler {

namespace {

class PatternLint {
 public:
  PatternLint(Checker& checker, PolicyId policy, std::set<Span>& told)
      : checker_(checker), program_(checker.program), policy_(policy), told_(told) {}

  void run() {
    visit_pushes(program_, policy_, [&](const Expr& expr, const Use& use) {
      if (use.push == Push::Stops || expr.kind != ExprKind::Operation || expr.operands.size() != 2) return;
      if (program_.exprs[expr.operands[1]].kind == ExprKind::ListUse)
        lint_list(program_.lists[program_.exprs[expr.operands[1]].list], use);
      else if (expr.operation == Operation::Matches || expr.operation == Operation::MatchesAny)
        lint_patterns(expr.operands[1], use, 0);
    });
  }

 private:
  void lint_list(const List& list, const Use& use) {
    if (program_.types[list.element].kind != TypeKind::Regex) return;
    for (const Row& row : list.rows) lint_patterns(row.value, use, 0);
  }

  /// The literals that the expression can be, through constants, lets and collections.
  void lint_patterns(ExprId id, const Use& use, int depth) {
    constexpr int kDeepest = 64;
    if (!id || depth > kDeepest) return;
    const Expr& expr = program_.exprs[id];
    if (expr.kind == ExprKind::PatternLiteral) return lint_literal(expr, use);
    if (expr.kind == ExprKind::ConstantUse)
      return lint_patterns(program_.constants[expr.constant].value, use, depth + 1);
    if (expr.kind == ExprKind::LocalUse) return lint_patterns(program_.locals[expr.local].value, use, depth + 1);
    if (expr.kind == ExprKind::SetLiteral || expr.kind == ExprKind::ListLiteral || expr.kind == ExprKind::Get)
      for (const ExprId operand : expr.operands) lint_patterns(operand, use, depth + 1);
    if (expr.kind == ExprKind::If)
      for (const std::size_t branch : {1, 2}) lint_patterns(expr.operands[branch], use, depth + 1);
  }

  void lint_literal(const Expr& literal, const Use& use) {
    if (program_.types[literal.type].kind != TypeKind::Regex) return;
    const OpenEnds open = compiled({PatternKind::Regex, literal.text})->open;
    if (!open.any() || !told_.insert(literal.span).second) return;
    const std::string who =
        use.rule ? "`" + program_.rules[use.rule].name + "`" : "policy `" + program_.policies[policy_].name + "`";
    const std::string where = open.front && open.back ? "before and after" : open.front ? "before" : "after";
    const std::string inner = open.alternatives ? "(" + literal.text + ")" : literal.text;
    const std::string closed = (open.front ? "^" : "") + inner + (open.back ? "$" : "");
    const std::string opened = (open.front ? ".*" : "") + inner + (open.back ? ".*" : "");
    auto told =
        checker_.diagnostics.report(codes::RegexUnanchored, literal.span,
                                    {{"pattern", "`re\"" + literal.text + "\"`"}, {"who", who}, {"where", where}});
    // Who anchored one end has thought of both.
    const bool meant_open = open.front != open.back;
    const std::string& mended = meant_open ? opened : closed;
    told.fix("write `re\"" + mended + "\"`", literal.span, replacement(literal, mended));
    if (meant_open)
      told.help("if nothing else may stand there: `re\"" + closed + "\"`");
    else
      told.help("if anything may stand there, say so: `re\"" + opened + "\"`");
  }

  /// A cell of a data file holds the pattern alone.
  std::string replacement(const Expr& literal, const std::string& mended) const {
    const bool in_source = checker_.input.sources.text(literal.span).starts_with("re\"");
    return in_source ? "re\"" + mended + "\"" : mended;
  }

  Checker& checker_;
  const Program& program_;
  PolicyId policy_;
  std::set<Span>& told_;
};

}  // namespace

void lint_patterns(Checker& checker) {
  std::set<Span> told;
  for (std::uint32_t i = 0; i < checker.program.policies.size(); ++i) PatternLint(checker, {i}, told).run();
}

}  // namespace bylaw::compiler
