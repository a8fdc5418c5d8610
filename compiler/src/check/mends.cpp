// Operators whose operands do not fit: what is wrong, and what the author may have meant.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <format/decimal.h>
#include <format/text_forms.h>

#include "check/expressions.h"

#include <algorithm>

namespace bylaw::compiler {

namespace {

using grammar::DiagnosticBuilder;
using grammar::Operator;

/// A Binary node whose operands are typed, with what messages need of it.
struct Mismatch {
  Checker& checker;
  NodeRef node;
  ExprId left_expr;
  ExprId right_expr;

  const Program& program() const { return checker.program; }
  const Expr& left() const { return program().exprs[left_expr]; }
  const Expr& right() const { return program().exprs[right_expr]; }
  const Type& left_type() const { return program().types[left().type]; }
  const Type& right_type() const { return program().types[right().type]; }
  NodeRef left_node() const { return node.child_at(0); }
  NodeRef right_node() const { return node.child_at(1); }
  std::string spelling() const { return std::string(grammar::info(node.op()).spelling); }
};

std::string operand_text(const Program& program, const Expr& expr) {
  if (expr.kind == ExprKind::Range) return "a range of " + program.type_name(expr.type);
  if (expr.kind == ExprKind::ListUse) return "a list of " + program.type_name(program.types[expr.type].element);
  return a_type(program, expr.type);
}

bool is_comparison(Operator op) {
  return op == Operator::Less || op == Operator::LessEqual || op == Operator::Greater || op == Operator::GreaterEqual ||
         op == Operator::Range;
}
bool is_equality(Operator op) {
  return op == Operator::Equal || op == Operator::NotEqual;
}
bool is_in(Operator op) {
  return op == Operator::In || op == Operator::NotIn || op == Operator::DirectlyIn;
}

/// The operator between its operands; nowhere if a comment stands there too.
Span operator_span(const Mismatch& m) {
  Span span{m.left().span.source, m.left_node().span().end, m.right_node().span().begin};
  std::string_view gap = m.checker.input.sources.text(span);
  const std::size_t begin = gap.find_first_not_of(" \t\r\n");
  const std::size_t end = gap.find_last_not_of(" \t\r\n");
  if (begin == std::string_view::npos || gap.substr(begin, end + 1 - begin) != m.spelling()) return {};
  return {span.source, static_cast<std::uint32_t>(span.begin + begin),
          static_cast<std::uint32_t>(span.begin + end + 1)};
}

/// An Int beside a Decimal.
bool decimal_and_int(const Mismatch& m) {
  const auto is = [](const Type& type, TypeKind kind) { return type.kind == kind; };
  return (is(m.left_type(), TypeKind::Decimal) && is(m.right_type(), TypeKind::Int)) ||
         (is(m.left_type(), TypeKind::Int) && is(m.right_type(), TypeKind::Decimal));
}

void mend_int(const Mismatch& m, DiagnosticBuilder told) {
  const bool right = m.right_type().kind == TypeKind::Int;
  mend_decimal(m.checker, right ? m.right_node() : m.left_node(), right ? m.right_expr : m.left_expr, told);
}

void fix_operator(const Mismatch& m, DiagnosticBuilder told, const std::string& instead, const std::string& when = "") {
  const Span place = operator_span(m);
  if (place.known()) told.fix("write `" + instead + "`" + when, place, instead);
}

DiagnosticBuilder operator_types(const Mismatch& m) {
  return m.checker.diagnostics.report(codes::OperatorTypes, m.right().span,
                                      {{"operator", m.spelling()},
                                       {"left", operand_text(m.program(), m.left())},
                                       {"right", operand_text(m.program(), m.right())}});
}

// --- literals of another type than meant ---

/// `365` for `365d`.
void mend_number(const Mismatch& m, DiagnosticBuilder told) {
  const bool right = m.right().kind == ExprKind::IntLiteral;
  const Type& other = right ? m.left_type() : m.right_type();
  if (other.kind != TypeKind::Duration && other.kind != TypeKind::Time) return;
  if (!right && m.left().kind != ExprKind::IntLiteral) return;
  const NodeRef literal = right ? m.right_node() : m.left_node();
  const std::string days = std::string(literal.text()) + "d";
  told.fix("write `" + days + "`", literal.span(), days);
}

/// A text that holds a value of the type as the language writes it: "5", "true", "30d".
bool reads_as(const std::string& text, TypeKind kind) {
  if (kind == TypeKind::Bool) return text == "true" || text == "false";
  if (kind == TypeKind::Decimal) return text.find('.') != std::string::npos && format::read_decimal(text).value;
  if (kind == TypeKind::Duration) return format::read_duration(text).value.has_value();
  if (kind == TypeKind::Time) return format::read_instant(text) || format::read_date(text);
  const bool digits = !text.empty() && text.size() < 19 &&
                      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return kind == TypeKind::Int && digits && (text.size() == 1 || text[0] != '0');
}

/// `"vso.code"` for `code`, `"ana"` for `User::"ana"`, `"5"` for `5`.
void mend_text(const Mismatch& m, DiagnosticBuilder told) {
  const bool right = m.right().kind == ExprKind::StringLiteral;
  const Type& other = right ? m.left_type() : m.right_type();
  if (!right && m.left().kind != ExprKind::StringLiteral) return;
  const Expr& literal = right ? m.right() : m.left();
  std::string instead;
  if (other.kind == TypeKind::Enum)
    for (const Member& member : m.program().enums[other.enum_id].members)
      if (member.name == literal.text || member.wire == literal.text) instead = member.name;
  if (other.kind == TypeKind::Entity)
    instead =
        m.program().entities[other.entities[0]].name + "::" + std::string(m.checker.input.sources.text(literal.span));
  if (const std::string form = form_literal_of(other.kind, literal.text); !form.empty())
    instead = form;
  else if (reads_as(literal.text, other.kind))
    instead = literal.text;
  if (!instead.empty()) told.fix("write `" + instead + "`", literal.span, instead);
}

bool is_pattern_like(const Type& type) {
  return is_pattern(type) || is_collection(type);
}

/// `matches` for `==` and `in`.
void mend_pattern(const Mismatch& m, DiagnosticBuilder told) {
  const Type& right = m.right_type();
  const bool patterns = is_pattern(right) || (is_collection(right) && is_pattern(m.program().types[right.element]));
  if (m.left_type().kind != TypeKind::String || !patterns) return;
  const bool negated = m.node.op() == Operator::NotEqual || m.node.op() == Operator::NotIn;
  const std::string condition = std::string(m.left_node().text()) + " matches " + std::string(m.right_node().text());
  const std::string mend = negated ? "not " + condition : condition;
  told.fix("write `" + mend + "`", m.node.span(), mend);
}

// --- families ---

void not_comparable(const Mismatch& m) {
  const std::string left = operand_text(m.program(), m.left()), right = operand_text(m.program(), m.right());
  auto told =
      m.checker.diagnostics.report(codes::TypesNotComparable, m.right().span, {{"left", left}, {"right", right}});
  const bool entities = m.left_type().kind == TypeKind::Entity && m.right_type().kind == TypeKind::Entity;
  told.label(left + " " + m.spelling() + " " + right +
             (entities ? ": no entity is both" : ": nothing is converted silently"));
  told.note(m.left().span, "");
  mend_number(m, told);
  mend_text(m, told);
  mend_pattern(m, told);
  if (decimal_and_int(m)) mend_int(m, told);
  const std::string left_text(m.left_node().text()), right_text(m.right_node().text());
  const std::string no = m.node.op() == Operator::NotEqual ? " not in " : " in ";
  if (is_collection(m.right_type()) && same(m.program(), m.left().type, m.right_type().element))
    told.fix("write `" + left_text + no + right_text + "`", m.node.span(), left_text + no + right_text);
  else if (holder_of(m.left_type().kind) == m.right_type().kind && m.right_type().kind != TypeKind::Error)
    told.fix("write `" + left_text + no + right_text + "`", m.node.span(), left_text + no + right_text);
  else if (is_collection(m.left_type()) && same(m.program(), m.right().type, m.left_type().element))
    told.fix("write `" + right_text + no + left_text + "`", m.node.span(), right_text + no + left_text);
}

void no_equality(const Mismatch& m) {
  auto told = m.checker.diagnostics.report(codes::NoEquality, m.node.span(),
                                           {{"operator", m.spelling()}, {"type", a_type(m.program(), m.left().type)}});
  if (m.left_type().kind == TypeKind::Record || m.left_type().kind == TypeKind::Map)
    if (std::string reason; !is_comparable(m.program(), m.left().type, &reason))
      told.label(reason).help(
          "compare what matters: `a.name == b.name and ..`; of lists of records `all x in a.xs: any y in b.xs: x.name "
          "== y.name`, each way");
  if (m.left_type().kind == TypeKind::List)
    told.help("declare it a Set if neither order nor number matters, or ask `any x in ..: x == ..`");
}

void no_order(const Mismatch& m) {
  auto told = m.checker.diagnostics.report(codes::NoOrder, m.node.span(),
                                           {{"operator", m.spelling()}, {"type", a_type(m.program(), m.left().type)}});
  const Type& type = m.left_type();
  if (type.kind == TypeKind::Ip || type.kind == TypeKind::Cidr)
    told.help("what lies in a range is asked with `in`: `in cidr\"10.0.0.0/8\"`");
  else if (type.kind == TypeKind::Versions)
    told.help("versions have an order, ranges of them have none");
  if (is_scope(m.program(), type))
    told.help("what a scope includes is asked with `includes`");
  else if (type.kind == TypeKind::Enum)
    told.note(m.program().enums[type.enum_id].name_span, "has an order if `<` stands between its members");
}

void tell_comparison(const Mismatch& m) {
  if (!same(m.program(), m.left().type, m.right().type)) return not_comparable(m);
  if (is_equality(m.node.op())) return no_equality(m);
  no_order(m);
}

/// `"10.0.0.0/8"` for `cidr"10.0.0.0/8"`, beside what lies in one; true if that was it.
bool mend_holder(const Mismatch& m, TypeKind located, DiagnosticBuilder told) {
  const TypeKind holder = holder_of(located);
  if (holder == TypeKind::Error || m.right().kind != ExprKind::StringLiteral) return false;
  const std::string form = form_literal_of(holder, m.right().text),
                    same_form = form_literal_of(located, m.right().text);
  if (!form.empty())
    told.fix("write `" + form + "`", m.right().span, form);
  else if (!same_form.empty())
    told.help("`==` asks for one: write `" + std::string(m.left_node().text()) + " == " + same_form + "`");
  return !form.empty() || !same_form.empty();
}

void tell_in(const Mismatch& m) {
  const bool left_many = is_collection(m.left_type());
  const bool right_many = is_collection(m.right_type()) || m.right().kind == ExprKind::Range;
  auto told = operator_types(m);
  if (m.left_type().kind == TypeKind::String && is_pattern_like(m.right_type())) mend_pattern(m, told);
  if (m.right_type().kind == TypeKind::Map) {
    const std::string asked = std::string(m.right_node().text()) + "[" + std::string(m.left_node().text()) + "] is " +
                              (m.node.op() == Operator::NotIn ? "unset" : "set");
    told.fix("whether a map has a key is asked with `" + asked + "`", m.node.span(), asked);
  } else if (left_many && right_many) {
    told.help("for sets and lists, `within` asks whether all elements are in the other, `overlaps` whether one is");
  } else if (mend_holder(m, m.left_type().kind, told)) {
    return;
  } else if (m.left_type().kind == TypeKind::String && m.right_type().kind == TypeKind::String) {
    const std::string part =
        "contains(" + std::string(m.right_node().text()) + ", " + std::string(m.left_node().text()) + ")";
    const std::string mended = m.node.op() == Operator::NotIn ? "not " + part : part;
    told.fix("a part of a text is asked with `" + mended + "`", m.node.span(), mended);
  } else if (m.node.op() == Operator::DirectlyIn && right_many) {
    fix_operator(m, told, "in", ": only entities have something above them");
  } else if (!right_many && same(m.program(), m.left().type, m.right().type)) {
    fix_operator(m, told, m.node.op() == Operator::NotIn ? "!=" : "==");
  } else if (std::string reason; m.left_type().kind == TypeKind::Record && is_collection(m.right_type()) &&
                                 m.left().type == m.right_type().element &&
                                 !is_comparable(m.program(), m.left().type, &reason)) {
    told.label(reason + ", which has no equality").help("ask for what matters: `any x in ..: x.name == a.name`");
  } else if (is_collection(m.right_type())) {
    told.label("its elements are " + m.program().type_name(m.right_type().element));
  } else {
    told.help("right of `" + m.spelling() + "` stands a set, a list, an entity or a range that can hold " +
              operand_text(m.program(), m.left()));
  }
}

void tell_within(const Mismatch& m) {
  auto told = operator_types(m);
  if (m.left_type().kind == TypeKind::Map) {
    if (std::string reason; !is_comparable(m.program(), m.left().type, &reason))
      told.label(reason + ", which has no equality");
    else if (is_collection(m.right_type()) &&
             same(m.program(), m.program().key_type(m.left().type), m.right_type().element))
      told.help("ask for its keys: `all k in " + std::string(m.left_node().text()) + ": k in " +
                std::string(m.right_node().text()) + "`");
    else
      told.help("a map is within another one of the same types if that has each of its entries");
  } else if (!is_collection(m.left_type())) {
    fix_operator(m, told, "in", ": `" + m.spelling() + "` is for sets and lists");
  } else if (mend_holder(m, m.program().types[m.left_type().element].kind, told)) {
    return;
  } else if (same(m.program(), m.left_type().element, m.right().type) && m.right().kind != ExprKind::Range) {
    const std::string literal = "{" + std::string(m.right_node().text()) + "}";
    told.fix("write `" + literal + "`", m.right().span, literal);
  } else if (is_collection(m.right_type())) {
    told.label("its elements are " + m.program().type_name(m.right_type().element));
  }
}

void tell_includes(const Mismatch& m) {
  auto told = operator_types(m);
  const std::string left(m.left_node().text()), right(m.right_node().text());
  if (is_collection(m.left_type()) && same(m.program(), m.left_type().element, m.right().type))
    told.fix("write `" + right + " in " + left + "`: `includes` asks for the order of a scope", m.node.span(),
             right + " in " + left);
  else
    told.help("`includes` stands between a scope, or a set of its members, and a member");
}

/// `"release/*"` for `glob"release/*"`.
void tell_matches(const Mismatch& m) {
  auto told = operator_types(m);
  const std::string text(m.right_node().text());
  if (m.right().kind == ExprKind::StringLiteral && m.left_type().kind == TypeKind::String) {
    told.fix("write `glob" + text + "`", m.right().span, "glob" + text);
  } else if (m.right().kind == ExprKind::ListUse) {
    fix_operator(m, told, "in", ": a list of entries is asked with `in`");
  } else if (is_pattern(m.left_type())) {
    told.help("the text stands left of `matches`, the pattern right");
  } else if (is_collection(m.left_type()) && m.program().types[m.left_type().element].kind == TypeKind::String) {
    told.help("ask for each text: `any s in " + std::string(m.left_node().text()) + ": s matches " + text + "`");
  } else if (m.right().kind == ExprKind::Composed) {
    told.help(
        "patterns are constants: ask `starts_with(s, \"..{x}/\")` for what changes, and `after(s, \"..{x}/\")` "
        "with `matches` for the rest");
  } else if (m.right_type().kind == TypeKind::String) {
    told.help(
        "patterns are constants: `matches` takes `glob\"..\"`, `re\"..\"` or a constant set of them; texts of a "
        "request are compared with `==`, `starts_with(s, t)` and `contains(s, t)`");
  } else {
    told.help("`matches` stands between a String and a pattern, or a set or list of patterns");
  }
}

/// "Int + Int, Duration + Duration, Time + Duration": the rows of the table.
std::string forms(Operator op) {
  const auto word = [](OperandClass wanted) -> std::string {
    switch (wanted) {
      case OperandClass::Int: return "Int";
      case OperandClass::Duration: return "Duration";
      case OperandClass::Time: return "Time";
      case OperandClass::Decimal: return "Decimal";
      default: return "";
    }
  };
  constexpr OperationInfo rows[] = {
#define BYLAW_OPERATION(name, op, left, right, result, meaning)                                                   \
  {#name,  static_cast<std::uint8_t>(Operator::op), OperandClass::left, OperandClass::right, ResultClass::result, \
   meaning},
#include <bylaw/compiler/operator_types.def>
#undef BYLAW_OPERATION
  };
  const std::string between = " " + std::string(grammar::info(op).spelling) + " ";
  std::string text;
  for (const OperationInfo& row : rows) {
    if (row.op != static_cast<std::uint8_t>(op) || row.left == OperandClass::List) continue;
    const std::string form = row.left == OperandClass::Number ? "Int" + between + "Int`, `Decimal" + between +
                                                                    "Decimal`, `Duration" + between + "Duration"
                                                              : word(row.left) + between + word(row.right);
    text += (text.empty() ? "`" : ", `") + form + "`";
  }
  return text;
}

/// What stands between the quotes of a text that holds this operand.
std::string piece(NodeRef node, const Expr& expr) {
  const std::string text(node.text());
  const bool quoted = expr.kind == ExprKind::StringLiteral || expr.kind == ExprKind::Composed;
  return quoted && text.size() >= 2 ? text.substr(1, text.size() - 2) : "{" + text + "}";
}

void tell_arithmetic(const Mismatch& m) {
  auto told = operator_types(m);
  if (m.node.op() == Operator::Add &&
      (m.left_type().kind == TypeKind::String || m.right_type().kind == TypeKind::String)) {
    const std::string together = '"' + piece(m.left_node(), m.left()) + piece(m.right_node(), m.right()) + '"';
    told.fix("write `" + together + "`", m.node.span(), together);
    return;
  }
  if (m.node.op() == Operator::Multiply && m.left_type().kind == TypeKind::Int &&
      m.right_type().kind == TypeKind::Duration) {
    const std::string swapped = std::string(m.right_node().text()) + " * " + std::string(m.left_node().text());
    told.fix("write `" + swapped + "`", m.node.span(), swapped);
    return;
  }
  if (m.node.op() == Operator::Add && is_collection(m.left_type()) && is_collection(m.right_type())) {
    told.help("`+` joins lists of one type; of sets ask `x in a or x in b`, or go through both: `[x for x in a] + ..`");
    return;
  }
  if (m.node.op() == Operator::Subtract && is_collection(m.left_type()) && is_collection(m.right_type())) {
    told.help(
        "what is in one and not in the other is asked for: `any x in a: x not in b`, `[x for x in a where x not in "
        "b]`");
    return;
  }
  if (decimal_and_int(m)) mend_int(m, told);
  const bool number = m.left().kind == ExprKind::IntLiteral || m.right().kind == ExprKind::IntLiteral;
  if (number && m.node.op() != Operator::Multiply) mend_number(m, told);
  told.help("there is " + forms(m.node.op()));
}

/// True and told if an operand may be unset.
bool tell_unset(const Mismatch& m, bool condition) {
  for (ExprId operand : {m.left_expr, m.right_expr}) {
    if (!m.program().is_optional(m.program().exprs[operand].type)) continue;
    may_be_unset(m.checker, operand, condition ? m.node : NodeRef());
    return true;
  }
  return false;
}

}  // namespace

void mend_decimal(Checker& checker, NodeRef node, ExprId expr, DiagnosticBuilder told) {
  const std::string text(node.text());
  const bool literal = checker.program.exprs[expr].kind == ExprKind::IntLiteral;
  const std::string instead = literal ? text + ".0" : "decimal(" + text + ")";
  told.fix("write `" + instead + "`", node.span(), instead);
}

void tell_operands(Checker& checker, NodeRef node, ExprId left, ExprId right) {
  const Mismatch mismatch{checker, node, left, right};
  const Operator op = node.op();
  const bool arithmetic = op == Operator::Add || op == Operator::Subtract || op == Operator::Multiply;
  if (tell_unset(mismatch, !arithmetic && op != Operator::Range)) return;
  if (told_union(checker, left) || told_union(checker, right)) return;
  if (arithmetic) return tell_arithmetic(mismatch);
  if (is_equality(op) || is_comparison(op)) return tell_comparison(mismatch);
  if (is_in(op)) return tell_in(mismatch);
  if (op == Operator::Includes) return tell_includes(mismatch);
  if (op == Operator::Matches) return tell_matches(mismatch);
  tell_within(mismatch);
}

void tell_operand(Checker& checker, NodeRef node, ExprId operand) {
  const Expr& expr = checker.program.exprs[operand];
  if (checker.program.is_optional(expr.type)) return may_be_unset(checker, operand, {});
  if (told_union(checker, operand)) return;
  auto told = checker.diagnostics.report(
      codes::OperatorType, expr.span,
      {{"operator", std::string(grammar::info(node.op()).spelling)}, {"operand", a_type(checker.program, expr.type)}});
  if (node.op() != Operator::Not) return;
  const std::string text(checker.input.sources.text(expr.span));
  const Type& type = checker.program.types[expr.type];
  const bool counted = type.kind == TypeKind::Int || type.kind == TypeKind::Decimal;
  if (is_collection(type))
    told.help("`" + text + " is empty` asks whether there is nothing in it");
  else if (counted || type.kind == TypeKind::String)
    told.help("say which value is meant: `" + text + (counted ? " == 0`" : " == \"\"`"));
}

}  // namespace bylaw::compiler
