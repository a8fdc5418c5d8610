#pragma once
// Among the families of expressions, one file each: who types what. Outside, only check/checker.h is used.

#include "check/typing.h"

namespace bylaw::compiler {

// --- expression.cpp ---

/// Types `node` as it stands: a path that may be unset stays Optional, whatever is known of it.
/// The collection, or list, whose elements or live entries are gone through.
Checked check_elements_of(Checker& checker, const Environment& environment, NodeRef node);
Checked check_as_written(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
/// An Error expression for what was told.
Checked wrong(Checker& checker, NodeRef node);
/// Tells unless `result`, the typed `node`, is assignable to `expected`; an Error expression then.
Checked demand(Checker& checker, NodeRef node, Checked result, TypeId expected);
/// A new expression of that kind, type and place.
ExprId make(Checker& checker, ExprKind kind, TypeId type, Span span, std::vector<ExprId> operands = {});
Checked plain(ExprId expr);
/// The node without the parentheses around it.
NodeRef inside(NodeRef node);
/// True if the type of `node` comes from where it stands: bare members, `{}`, sets of such.
bool needs_type(Checker& checker, const Environment& environment, NodeRef node);
/// True unless told: the expression is used as a value of its own, so it is neither a range nor a list.
bool is_value(Checker& checker, ExprId expr);

// --- name.cpp: names, members, fields ---

/// `this`: the policy in which it stands.
Checked check_this(Checker& checker, const Environment& environment, NodeRef node);
Checked check_name(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
/// A member by its name alone; tells if there is none.
ExprId check_member(Checker& checker, EnumId id, NodeRef name);
Checked check_select(Checker& checker, const Environment& environment, NodeRef node);
/// True if `name` is a local, a decision's field, a constant or a list here.
bool is_visible_value(Checker& checker, const Environment& environment, const std::string& name);

// --- attribute.cpp ---

/// The Select `node` of a value that was checked: a field, an attribute, or `lineage`.
Checked check_attribute(Checker& checker, NodeRef node, ExprId base);

// --- fact_keys.cpp: by what facts name expressions, and what is known of elements ---

/// The expression as a key of facts: expressions with one key have one value. Nothing if it was told or is too long.
std::optional<PathKey> path_key(const Program& program, ExprId expr);
/// A field, local or constant, or what lies in one.
bool is_path(const Program& program, ExprId expr);
/// What is known if the expression is set: of a path every step before it is set too.
Facts set_path(const Program& program, ExprId expr);
/// Keeps what `facts`, which hold where a comprehension gives its value, say of that value.
void keep_element_facts(Checker& checker, ExprId comprehension, const Facts& facts);
/// Adds what is known of a binder: over a comprehension what its `where` asked, over a map that there is a value at it.
void know_element(const Checker& checker, Environment& inside, const Bound& bound);

// --- absence.cpp: what may be unset, and what is known to be set or narrowed ---

/// The expression with what is known of its path: a Get if it is set, fewer entity types if it was narrowed.
ExprId narrow(Checker& checker, const Environment& environment, ExprId expr);
Checked check_is_set(Checker& checker, const Environment& environment, NodeRef node);
Checked check_else(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
Checked check_is_type(Checker& checker, const Environment& environment, NodeRef node);
/// The field of a union of values that stands for one of its types: as it is, optional, or `known` to be set.
ExprId union_part(Checker& checker, ExprId value, std::uint32_t number, bool known);
/// Where a value of that union is wanted, and `expr` is one that is known to be of one of its types: the whole again.
ExprId whole_union(const Program& program, ExprId expr, TypeId wanted);
/// True and told if the expression is a union of values, of which nothing is known here.
bool told_union(Checker& checker, ExprId expr);
/// Tells that `expr` may be unset. `whole` is the condition around it, if there is one, for the second mend.
void may_be_unset(Checker& checker, ExprId expr, NodeRef whole);

// --- operators.cpp ---

Checked check_unary(Checker& checker, const Environment& environment, NodeRef node);
Checked check_binary(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
/// `left in right`, of which only the right side is written. Without condition if it has no meaning; told only if the
/// right side is wrong by itself.
struct Membership {
  ExprId right;
  ExprId condition;
};
Membership check_membership(Checker& checker, const Environment& environment, ExprId left, NodeRef right);
bool fits(const Program& program, OperandClass wanted, ExprId operand, ExprId left);

// --- mends.cpp: operators whose operands do not fit ---

void tell_operands(Checker& checker, NodeRef node, ExprId left, ExprId right);
/// `7.0` for `7`, `decimal(i)` for `i`: an Int where a Decimal belongs.
void mend_decimal(Checker& checker, NodeRef node, ExprId expr, grammar::DiagnosticBuilder told);
void tell_operand(Checker& checker, NodeRef node, ExprId operand);

// --- quantifier.cpp ---

Checked check_quantifier(Checker& checker, const Environment& environment, NodeRef node);
Checked check_if(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
Checked check_is_empty(Checker& checker, const Environment& environment, NodeRef node);
Checked check_is_unknown(Checker& checker, const Environment& environment, NodeRef node);

// --- literal.cpp, collection.cpp, call.cpp ---

Checked check_literal(Checker& checker, const Environment& environment, NodeRef node);
/// `-5`, `-30d`: one literal, so that the least Int can be written.
std::optional<Checked> check_negative_literal(Checker& checker, NodeRef node);
/// `ip".."`, `cidr".."`, `v".."`, `versions".."`; nothing for other prefixes (form_literal.cpp).
std::optional<Checked> check_form_literal(Checker& checker, NodeRef node);
/// The literal that a text says as a value of the type: `ip"10.0.0.1"` of "10.0.0.1"; empty if it says none.
std::string form_literal_of(TypeKind type, const std::string& text);
/// `glob".."`, `re".."`: check/pattern.cpp.
Checked check_pattern(Checker& checker, NodeRef node);
Checked check_brace(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
Checked check_bracket(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
Checked check_call(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);

// --- map.cpp: maps, and what nothing is kept of ---

/// `m[k]`.
Checked check_lookup(Checker& checker, const Environment& environment, NodeRef node);
/// `{key: value}` by a Map type that is expected.
Checked check_map(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
/// True and told if the expression has type Any and is used.
bool told_any(Checker& checker, ExprId expr);

// --- text.cpp: what `lower` and `fold` read ---

/// Tells that the expression, whose type is a read text, is no value of its own.
Checked check_composed(Checker& checker, const Environment& environment, NodeRef node);
void tell_read_text(Checker& checker, ExprId expr);
/// The type of a text that is read and of a literal that reads the same so; none of others.
TypeId join_read(Program& program, TypeId read, ExprId other);

// --- comprehension.cpp: what is only gone through ---

Checked check_comprehension(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
/// True and told if `base[..]` reads an element by its position: sets and lists have none.
bool told_no_positions(Checker& checker, ExprId base, NodeRef whole);
/// Tells that what `expr` gives cannot `use` ("be printed").
void tell_gathered(Checker& checker, ExprId expr, const std::string& use);

// --- builtin.cpp: functions that are built in ---

Checked check_builtin(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);

// --- constant.cpp ---

/// What arithmetic on literals and constants gives, saturated as it always is; nothing for anything else.
std::optional<std::int64_t> constant_number(const Program& program, ExprId expr);

}  // namespace bylaw::compiler
