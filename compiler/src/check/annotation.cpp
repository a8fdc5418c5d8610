// Annotations and the notes that use them.

#include <algorithm>

#include <bylaw/grammar/diagnostics/names.h>

#include "check/typing.h"

namespace bylaw::compiler {

namespace {

/// A note may stand before its annotation is checked: the type is read when it is first needed.
TypeId annotation_type(Checker& checker, AnnotationId id) {
  Annotation& annotation = checker.program.annotations[id];
  const NodeRef type = checker.annotation_nodes[id.index].expression();
  if (!type || annotation.type) return annotation.type;
  const TypeId resolved = resolve_type(checker, annotation.module, type);
  checker.program.annotations[id].type = resolved;
  return resolved;
}

Note check_note(Checker& checker, ModuleId module, NodeRef node, AnnotationId id,
                const std::vector<LocalId>& parameters) {
  const NodeRef value = node.expression();
  const TypeId type = annotation_type(checker, id);
  Note note{.annotation = id, .span = node.span()};
  const std::string& name = checker.program.annotations[id].name;
  if (type && value) note.value = check_constant(checker, module, value, type, parameters);
  if (type && !value && !is_error(checker, type))
    checker.diagnostics
        .report(codes::NoteWithoutValue, node.span(), {{"name", name}, {"type", a_type(checker.program, type)}})
        .note(checker.program.annotations[id].name_span, "declared here");
  if (!type && value)
    checker.diagnostics.report(codes::NoteWithValue, value.span(), {{"name", name}})
        .note(checker.program.annotations[id].name_span, "declared here");
  return note;
}

}  // namespace

std::vector<Note> check_notes(Checker& checker, ModuleId module, const std::vector<NodeRef>& nodes,
                              const std::vector<LocalId>& parameters) {
  std::vector<Note> notes;
  for (NodeRef node : nodes) {
    const Declaration* found = find(checker, module, node.child(NodeKind::Name), Namespace::Annotations);
    if (!found) continue;
    const AnnotationId id{found->index};
    const bool twice = std::any_of(notes.begin(), notes.end(), [&](const Note& note) { return note.annotation == id; });
    if (twice)
      checker.diagnostics.report(codes::NoteTwice, node.span(),
                                 {{"name", std::string(node.child(NodeKind::Name).text())}});
    notes.push_back(check_note(checker, module, node, id, parameters));
  }
  return notes;
}

void check_annotations(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.annotations.size(); ++i) {
    annotation_type(checker, {i});
    check_notes(checker, checker.program.annotations[AnnotationId{i}].module,
                checker.annotation_nodes[i].children(NodeKind::Note));
  }
}

}  // namespace bylaw::compiler
