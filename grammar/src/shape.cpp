#include "shape.h"

#include <bylaw/grammar/diagnostics/syntax.h>

#include <fmt/format.h>

#include "tokens.h"

namespace bylaw::grammar {
namespace {

class Shape {
 public:
  explicit Shape(SyntaxErrors& errors) : errors_(errors) {}

  void check(NodeRef node) {
    switch (node.kind()) {
      case NodeKind::DecisionDecl: return check_decision(node);
      case NodeKind::Let: return check_let(node);
      case NodeKind::Mode: return check_mode(node);
      default: return check_open(node);
    }
  }

 private:
  void check_decision(NodeRef decision) {
    const std::vector<NodeRef> defaults = decision.children(NodeKind::DefaultEffect);
    const NodeRef name = decision.child(NodeKind::Name);
    if (defaults.empty() && name && !errors_.told_within(decision.span())) {
      const std::uint32_t end = decision.span().end;
      errors_.report(codes::NoDefault, name.span(), {{"decision", std::string(name.text())}})
          .fix("write `default deny` before its `}`", errors_.span(end - 1, end - 1), " default deny ");
    }
    for (std::size_t i = 1; i < defaults.size(); ++i) {
      errors_.report(codes::SecondDefault, defaults[i].span(), {}).note(defaults[0].span(), "the first one");
    }
    for (const NodeRef field : decision.children(NodeKind::Field)) check_decision_field(field);
  }

  /// A field of a decision is named in expressions, where words of the language are none.
  void check_decision_field(NodeRef field) {
    const NodeRef name = field.child(NodeKind::Name);
    if (!name || !is_reserved(name.first_token())) return;
    DiagnosticBuilder builder = errors_.report(codes::ReservedName, name.span(), {{"word", std::string(name.text())}});
    if (!field.has(NodeKind::Wire)) {
      const std::string mended = fmt::format("{0}_ as \"{0}\"", name.text());
      builder.fix(fmt::format("write `{}`", mended), name.span(), mended);
    }
  }

  void check_let(NodeRef let) {
    for (const NodeRef note : let.children(NodeKind::Note)) errors_.report(codes::NoteOnLet, note.span(), {});
  }

  void check_mode(NodeRef mode) {
    NodeRef until = mode.child(NodeKind::Until);
    if (!until) until = mode.child(NodeKind::Through);
    const NodeRef name = mode.child(NodeKind::Name);
    if (until && name && name.first_token() != TokenKind::Audit)
      errors_.report(codes::UntilWithoutAudit, until.span(), {});
  }

  void check_open(NodeRef node) {
    const NodeRef open = node.child(NodeKind::Open);
    const bool may_be_open =
        node.is(NodeKind::ScopeDecl) || node.is(NodeKind::EnumDecl) || node.is(NodeKind::RecordDecl);
    if (open && !may_be_open) errors_.report(codes::NeverOpen, open.span(), {});
  }

  SyntaxErrors& errors_;
};

}  // namespace

void check_shape(const SyntaxTree& tree, SyntaxErrors& errors) {
  Shape shape(errors);
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) shape.check(NodeRef(tree, i));
}

}  // namespace bylaw::grammar
