// Braces and brackets: sets, lists, records, by shape and by the type that is expected.

#include "check/expressions.h"

#include <bylaw/grammar/diagnostics/lists.h>
#include "check/list.h"

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/types.h>

#include <algorithm>

namespace bylaw::compiler {

namespace {

constexpr std::uint32_t kDefaultLimit = 4096;

/// The type under `?` that is expected, or Error if nothing is.
Type expected_type(Checker& checker, TypeId expected) {
  Type type = expected ? checker.program.types[checker.program.without_optional(expected)] : Type{};
  type.gathered = false;  // what stands beside a comprehension is none
  return type;
}

Checked unclear(Checker& checker, NodeRef node, const std::string& help) {
  checker.diagnostics.report(codes::TypeUnclear, node.span(), {{"text", std::string(node.text())}}).help(help);
  return wrong(checker, node);
}

/// `[]` for `{}`, or the other way round.
Checked other_empty(Checker& checker, NodeRef node, TypeKind kind, TypeId expected) {
  const bool set = kind == TypeKind::Set;
  const std::string meant = set ? "[]" : "{}";
  checker.diagnostics
      .report(codes::TypeMismatch, node.span(),
              {{"found", set ? "an empty set" : "an empty list"}, {"expected", a_type(checker.program, expected)}})
      .fix("write `" + meant + "`", node.span(), meant);
  return wrong(checker, node);
}

struct Elements {
  std::vector<ExprId> exprs;
  TypeId type;  // what all have in common; none if there are none
  bool told = false;
};

/// An element that has nothing in common with those before it, or may be unset, or cannot stand in a set.
void add_element(Checker& checker, Elements& elements, ExprId expr, TypeKind collection) {
  const Program& program = checker.program;
  const TypeId type = program.exprs[expr].type;
  elements.exprs.push_back(expr);
  if (is_error(checker, type)) {
    elements.told = true;
    return;
  }
  if (program.is_optional(type)) {
    may_be_unset(checker, expr, {});
    elements.told = true;
    return;
  }
  if (is_read_text(program.types[type])) {
    tell_read_text(checker, expr);
    elements.told = true;
    return;
  }
  if (program.types[type].gathered) {
    tell_gathered(checker, expr, "be an element of another one");
    elements.told = true;
    return;
  }
  if (collection == TypeKind::Set && !may_be_element(program.types[type])) {
    checker.diagnostics.report(codes::SetElement, program.exprs[expr].span, {{"type", a_type(program, type)}});
    elements.told = true;
    return;
  }
  const TypeId joined = elements.type ? join(checker.program, elements.type, type) : type;
  if (joined) {
    elements.type = joined;
    return;
  }
  checker.diagnostics
      .report(codes::ElementsDiffer, program.exprs[expr].span,
              {{"collection", collection == TypeKind::Set ? "set" : "list"},
               {"found", a_type(program, type)},
               {"first", a_type(program, elements.type)}})
      .note(program.exprs[elements.exprs[0]].span, a_type(program, elements.type));
  elements.told = true;
}

Elements check_elements(Checker& checker, const Environment& environment, const std::vector<NodeRef>& nodes,
                        TypeKind collection, TypeId expected) {
  Elements elements;
  for (NodeRef node : nodes) {
    const TypeId hint = expected ? expected : elements.type;
    const bool of_union = environment.constant && expected && checker.program.either_of(expected);
    const Checked element = of_union ? check_expression_as(checker, environment, node, expected)
                                     : check_expression(checker, environment, node, hint);
    add_element(checker, elements, element.expr, collection);
  }
  return elements;
}

/// The type that was expected if the elements fit it, else what they have in common.
TypeId literal_type(Checker& checker, const Elements& elements, TypeKind kind, const Type& expected) {
  const bool typed = expected.kind == kind;
  if (!elements.type) return typed ? checker.program.intern(expected) : TypeId{};
  const std::uint32_t max =
      typed ? expected.max : std::max(kDefaultLimit, static_cast<std::uint32_t>(elements.exprs.size()));
  const bool fit = typed && assignable(checker.program, elements.type, expected.element);
  return checker.program.intern({.kind = kind, .element = fit ? expected.element : elements.type, .max = max});
}

Checked check_collection(Checker& checker, const Environment& environment, NodeRef node,
                         const std::vector<NodeRef>& nodes, TypeKind kind, TypeId expected_id) {
  const Type expected = expected_type(checker, expected_id);
  const bool told_beside = expected_id && is_error(checker, expected_id);  // what says the type was wrong itself
  const TypeId element = is_collection(expected) ? expected.element : told_beside ? expected_id : TypeId{};
  const Elements elements = check_elements(checker, environment, nodes, kind, element);
  if (elements.told) return wrong(checker, node);
  const TypeId type = literal_type(checker, elements, kind, expected);
  if (!type && told_beside) return wrong(checker, node);
  if (!type && is_collection(expected)) return other_empty(checker, node, kind, expected_id);
  if (!type)
    return unclear(checker, node,
                   "an empty collection stands where its type is known: in a declaration, or beside a set or list");
  const std::uint32_t max = checker.program.types[type].max;
  if (elements.exprs.size() > max)
    checker.diagnostics
        .report(codes::TooManyElements, node.span(),
                {{"count", std::to_string(elements.exprs.size())}, {"max", std::to_string(max)}})
        .help("declare a larger limit: `max N` after the type");
  return plain(make(checker, kind == TypeKind::Set ? ExprKind::SetLiteral : ExprKind::ListLiteral, type, node.span(),
                    elements.exprs));
}

// --- records ---

NodeRef entry_for(const std::vector<NodeRef>& entries, const std::string& field) {
  for (NodeRef entry : entries)
    if (entry.child(NodeKind::Name).text() == field) return entry;
  return {};
}

std::string owner_of(const RecordType& record) {
  return (record.list ? "list `" : "record `") + record.name + "`";
}

bool is_row_clause(const Program& program, RecordId id, std::size_t index) {
  return program.records[id].list && index >= declared_columns(program.records[id]);
}

/// `{scope: .., until: ..}`: told where it belongs.
bool tell_row_clause(Checker& checker, const RecordType& record, NodeRef name) {
  const std::string text(name.text());
  const bool clause =
      text == "through" || std::find(std::begin(kRowClauses), std::end(kRowClauses), text) != std::end(kRowClauses);
  if (!record.list || !clause) return false;
  checker.diagnostics.report(codes::RowClausePlace, name.span(), {{"clause", text}});
  return true;
}

void tell_entries(Checker& checker, const RecordType& record, const std::vector<NodeRef>& entries) {
  std::vector<std::string> names;
  for (const Field& field : record.fields) names.push_back(field.name);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const NodeRef name = entries[i].child(NodeKind::Name);
    const std::string text(name.text());
    if (tell_row_clause(checker, record, name)) continue;
    if (!checker.program.find_field(record.fields, text)) {
      auto told =
          checker.diagnostics.report(codes::UnknownField, name.span(), {{"owner", owner_of(record)}, {"field", text}});
      const std::string meant = grammar::nearest(text, names);
      if (!meant.empty()) told.fix("did you mean `" + meant + "`?", name.span(), meant);
    } else if (entry_for(entries, text).index() != entries[i].index()) {
      checker.diagnostics.report(codes::FieldGivenTwice, name.span(), {{"field", text}});
    }
  }
}

ExprId record_field(Checker& checker, const Environment& environment, NodeRef node, RecordId id, std::size_t index,
                    NodeRef entry) {
  const Field field = checker.program.records[id].fields[index];
  if (is_row_clause(checker.program, id, index)) return {};  // it stands behind the row
  if (entry) return check_expression_as(checker, environment, entry.expression(), field.type).expr;
  const NodeRef declared = checker.record_nodes[id.index].children(NodeKind::Field)[index];
  if (!declared.has(NodeKind::Default) && !checker.program.is_optional(field.type) && !is_error(checker, field.type))
    checker.diagnostics
        .report(codes::FieldMissing, node.span(),
                {{"field", field.name}, {"owner", owner_of(checker.program.records[id])}})
        .note(field.name_span, "declared without `?` and without a default");
  return {};
}

Checked check_record(Checker& checker, const Environment& environment, NodeRef node, TypeId expected_id) {
  const Type expected = expected_type(checker, expected_id);
  if (!environment.constant) {
    checker.diagnostics.report(codes::RecordPlace, node.span());
    return wrong(checker, node);
  }
  if (expected.kind != TypeKind::Record)
    return unclear(checker, node, "`{field: value}` is a record; here stands no type of one");
  const RecordId id = expected.record;
  const std::vector<NodeRef> entries = node.children(NodeKind::Entry);
  tell_entries(checker, checker.program.records[id], entries);
  std::vector<ExprId> values;
  for (std::size_t i = 0; i < checker.program.records[id].fields.size(); ++i)
    values.push_back(record_field(checker, environment, node, id, i,
                                  entry_for(entries, checker.program.records[id].fields[i].name)));
  return plain(
      make(checker, ExprKind::RecordLiteral, checker.program.intern(expected), node.span(), std::move(values)));
}

}  // namespace

Checked check_brace(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  if (expected_type(checker, expected).kind == TypeKind::Map) return check_map(checker, environment, node, expected);
  const std::vector<NodeRef> entries = node.children(NodeKind::Entry);
  std::vector<NodeRef> elements;
  for (NodeRef entry : entries) {
    if (entry.has(NodeKind::Name)) continue;
    if (entry.children().size() > 1)
      return unclear(
          checker, node,
          "`{key: value}` is a map, and stands where its type is known: `const limits: Map<String, Int> = {..}`");
    elements.push_back(entry.expression());
  }
  if (!elements.empty() && elements.size() != entries.size()) {
    checker.diagnostics.report(codes::EntriesMixed, node.span());
    return wrong(checker, node);
  }
  const bool record = entries.empty() ? expected_type(checker, expected).kind == TypeKind::Record : elements.empty();
  if (record) return check_record(checker, environment, node, expected);
  return check_collection(checker, environment, node, elements, TypeKind::Set, expected);
}

Checked check_bracket(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  return check_collection(checker, environment, node, node.children(), TypeKind::List, expected);
}

}  // namespace bylaw::compiler
