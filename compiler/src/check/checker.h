#pragma once
// What the parts of the checker share: the program being built, the table of declarations, and the few functions by
// which families of constructs call each other. Each family has a file of its own beside this one.

#include <bylaw/compiler/compile.h>
#include <bylaw/compiler/typed_tree.h>
#include <bylaw/grammar/diagnostic.h>
#include <bylaw/grammar/syntax_tree.h>

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "check/facts.h"

namespace bylaw::compiler {

using grammar::Code;
namespace codes = grammar::codes;
using grammar::NodeKind;
using grammar::NodeRef;

enum class DeclarationKind : std::uint8_t {
  Enum,
  Record,
  Entity,
  Constant,
  Param,
  Function,
  List,
  Annotation,
  Decision,
  Policy,
  Template,
  Claim,
};

/// Where a declared name leads.
struct Declaration {
  DeclarationKind kind;
  std::uint32_t index = 0xffffffff;  // into the Program's store of that kind
  NodeRef node;
  ModuleId module;
  bool is_private = false;
};

/// The names of one module. Functions and annotations have namespaces of their own.
struct ModuleNames {
  std::map<std::string, Declaration> values;  // types, consts, lists, decisions, policies, claims
  std::map<std::string, Declaration> functions;
  std::map<std::string, Declaration> annotations;
  std::map<std::string, ModuleId> imported_modules;  // `import a.b` brings `b.X`
  std::map<std::string, Declaration> imported;       // `import a.b.{X}` brings X (a value)
  std::map<std::string, Declaration> imported_functions;
  std::map<std::string, Declaration> imported_annotations;
  /// Names whose import or declaration failed and was told: what uses them is silent.
  std::set<std::string> poisoned;
};

/// An import whose module exists.
struct Import {
  ModuleId module;
  NodeRef node;
};

enum class Namespace : std::uint8_t { Values, Functions, Annotations };

/// The expressions that were added while one declaration was checked.
struct ExprRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A checked template: what its instances are made from. Its rules stand here and not in the program, for they decide
/// nothing.
struct Template {
  Policy policy;  // name, decisions, header and lets
  std::vector<LocalId> parameters;
  std::vector<Rule> rules;  // their `lifts` are numbered from `first_rule`
  std::uint32_t first_rule = 0;
  Span mode_span;          // of its `mode`, if it has one
  LocalId mode_parameter;  // the parameter that says the mode
  bool sound = false;      // decisions and parameters are known, so that there can be instances
};

struct Checker {
  Input& input;
  grammar::Diagnostics& diagnostics;
  Program program;
  std::deque<grammar::SyntaxTree> trees;     // of all files read, in no order
  std::vector<NodeRef> module_roots;         // by ModuleId: its File node
  std::vector<std::vector<Import>> imports;  // by ModuleId
  /// By ModuleId: false if this file, or one that it needs, could not be read whole. Its declarations are left alone,
  /// for what is wrong there would be told twice; so every node that is checked has all its children.
  std::vector<bool> sound;
  std::vector<ModuleNames> names;         // by ModuleId
  std::vector<ExprRange> constant_exprs;  // by ConstantId
  std::vector<ExprRange> function_exprs;  // by FunctionId
  ExprRange default_exprs;                // of the defaults of all fields
  std::map<Span, Span> type_spans;        // where a field, parameter or def is named -> where its type is written
  // The nodes of what is checked after all names are known, by id.
  std::vector<NodeRef> enum_nodes, record_nodes, entity_nodes, constant_nodes, function_nodes, list_nodes,
      annotation_nodes, decision_nodes, policy_nodes, claim_nodes, template_nodes;
  std::vector<Template> templates;  // by Declaration::index
  std::uint32_t copied_exprs = 0;   // what the instances of templates came to so far
  bool copies_told = false;
  std::map<ExprId, Facts> element_facts;  // of comprehensions: what is known of each value (check/fact_keys.cpp)
  std::map<ConstantId, const GivenParam*> given_params;  // what counts of what the deployment gives
  std::vector<ExprRange> constant_ranges;  // of consts, rows, notes and arguments: what they call is constant too
};

// --- names (resolve/names.cpp) ---

/// What a written path (`Token`, `pat.Token`) names from `module`; reports if nothing or something private, with
/// "did you mean". Null if reported.
const Declaration* find(Checker& checker, ModuleId module, NodeRef path, Namespace space);
/// The same for one of the wanted kinds; reports if the name is of another kind (`expected` says what belongs here: "a
/// decision").
const Declaration* find_kind(Checker& checker, ModuleId module, NodeRef path, DeclarationKind kind,
                             std::string_view expected);
/// The same among the declarations of `module`, as others see them.
const Declaration* find_in(Checker& checker, ModuleId module, NodeRef name, Namespace space);
struct UnknownName {
  grammar::DiagnosticBuilder builder;
  bool mended;  // one of them was found
};
/// Tells that `name` leads nowhere, with the import that would bring it or the nearest of `candidates`.
UnknownName unknown_name(Checker& checker, ModuleId module, NodeRef name, Namespace space,
                         const std::vector<std::string>& candidates);
/// The word or words of a Path or Name node: "azure_devops.pat".
std::string path_text(NodeRef path);
/// True and told if a binder, parameter, let or decision field of that name would shadow something visible.
bool shadows(Checker& checker, const struct Environment& environment, NodeRef name);

// --- types (resolve/types.cpp) ---

/// The type that a type node says; Error (told) if it is none.
TypeId resolve_type(Checker& checker, ModuleId module, NodeRef type);
/// The same of a type after `is`.
TypeId resolve_asked_type(Checker& checker, ModuleId module, NodeRef type);
/// The same of a parameter or result of a `def`, where `Text` and `Text?` are types too: texts that are only read.
TypeId resolve_text_type(Checker& checker, ModuleId module, NodeRef type);
/// One field a node, with wire names and @secret; defaults are checked later (check/constant.cpp), `inherit` by
/// check_entities. `owner` says whose fields they are: "record `Token`".
std::vector<Field> resolve_fields(Checker& checker, ModuleId module, const std::vector<NodeRef>& fields,
                                  const std::string& owner);

// --- expressions (check/expression.cpp and its families) ---

/// What an expression may see beside the declarations of its module, and what is known where it stands.
struct Environment {
  ModuleId module;
  std::vector<LocalId> locals;        // innermost last
  std::vector<DecisionId> decisions;  // whose fields may be read; each must have a field that is read, with one type
  Facts facts;
  bool constant = false;   // only constants may stand here
  bool in_policy = false;  // `this` is one
};

/// A typed expression and, for a Bool, what is known where it is true and where it is false.
struct Checked {
  ExprId expr;
  Facts if_true;
  Facts if_false;
};

/// Types `node`. `expected` (none if nothing is) lets bare members and empty sets resolve; the result is reported
/// against it only by `check_expression_as`.
Checked check_expression(Checker& checker, const Environment& environment, NodeRef node, TypeId expected = {});
/// As above, and reports unless the result has just that type (an Optional where none is wanted: "may be unset here").
Checked check_expression_as(Checker& checker, const Environment& environment, NodeRef node, TypeId expected);
/// A Bool condition; `what` names its place in messages ("the condition of `too_long`").
Checked check_condition(Checker& checker, const Environment& environment, NodeRef node);
/// `x in xs` of a quantifier or of `for each`: the new local, of the element's type, and the typed collection.
struct Bound {
  LocalId local;
  ExprId collection;
};
/// The most names after one `any`, `all`, `no` or `for each`: loops nest no deeper.
inline constexpr std::size_t kMostBinders = 4;
bool told_too_many_binders(Checker& checker, const std::vector<NodeRef>& binders);
/// Nothing if the name hides another; otherwise a binder, of Error type if `xs` is no collection. Told in both cases.
std::optional<Bound> check_binder(Checker& checker, const Environment& environment, NodeRef binder);
/// A constant expression of that type (defaults, consts, row values, annotation arguments).
/// `parameters` are those of a template, which are constants in it.
ExprId check_constant(Checker& checker, ModuleId module, NodeRef node, TypeId expected,
                      const std::vector<LocalId>& parameters = {});
/// The type of a constant, a parameter of the deployment or of a template: it holds entities by name, and is never
/// optional (told).
TypeId constant_type(Checker& checker, ModuleId module, NodeRef type);
/// The type, default and range of a param (check/param.cpp), and the value that the deployment gives: else the default.
void check_param(Checker& checker, ConstantId id, NodeRef node);
/// Tells what is given and no param, or given twice. Needs all names.
void match_params(Checker& checker);
/// The instant of a DATE, DATETIME or path to a Time constant; nothing if told. For `through` and dates see
/// check/period.cpp.
std::optional<std::int64_t> constant_time(Checker& checker, ModuleId module, NodeRef node);
/// Text with interpolations; each must be printable and not Optional.
Message check_message(Checker& checker, const Environment& environment, NodeRef message);
ExprId add_expr(Checker& checker, Expr expr);
/// A glob or regex; nothing if told. `text` begins at `place`, if its bytes stand there as they are.
ExprId pattern_expr(Checker& checker, TypeKind kind, std::string_view text, Span place);

// --- declarations, in the order in which `check` runs them ---

void resolve_modules(Checker& checker);    // resolve/modules.cpp: parse, names of files, imports, cycles, std
void collect_names(Checker& checker);      // resolve/names.cpp: one table a module; names given twice
void check_enums(Checker& checker);        // check/enum.cpp: members, order, scope closure
void check_records(Checker& checker);      // check/record.cpp
void check_entities(Checker& checker);     // check/entity.cpp: parents, attributes, inherit
void check_decisions(Checker& checker);    // check/decision.cpp: shape, obligations, grants (default messages too)
void declare_functions(Checker& checker);  // check/function.cpp: parameters and results of defs
void check_constants(Checker& checker);    // check/constant.cpp: consts, and the defaults of all fields
void check_functions(Checker& checker);    // check/function.cpp: defs, acyclic
void check_annotations(Checker& checker);  // check/annotation.cpp
void declare_lists(Checker& checker);      // check/list.cpp: types of entries, which functions may use
void check_lists(Checker& checker);        // check/list.cpp: rows, files, requires
void check_templates(Checker& checker);    // check/template.cpp: parameters, body
void check_policies(Checker& checker);     // check/policy.cpp, rule.cpp, instance.cpp
void check_claims(Checker& checker);       // check/claim.cpp
void check_repetition(Checker& checker);   // check/repetition.cpp: loops inside of loops, over the whole program
void lint(Checker& checker);               // check/lint.cpp: warnings over the whole program

/// An enum that is built in, `Weekday` or `Mode`; none for other names. It is added to the program where something uses
/// it first (check/built_in_enums.cpp).
EnumId built_in_enum(Checker& checker, std::string_view name);
std::vector<std::string> built_in_enum_names();
TypeId weekday_type(Checker& checker);
TypeId mode_type(Checker& checker);

/// A function of builtins.def; no def may have its name (check/builtin.cpp).
bool is_builtin(std::string_view name);
std::vector<std::string> builtin_names();

/// That no request and no entity gives a pattern (check/pattern.cpp).
void check_pattern_places(Checker& checker);

/// `@note`s of a declaration or rule; in a template they may name its `parameters`.
std::vector<Note> check_notes(Checker& checker, ModuleId module, const std::vector<NodeRef>& notes,
                              const std::vector<LocalId>& parameters = {});

}  // namespace bylaw::compiler
