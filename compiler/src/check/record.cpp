// Records: their fields, none of which leads back to the record.

#include <algorithm>

#include <bylaw/grammar/diagnostics/types.h>

#include "check/list.h"
#include "check/typing.h"

namespace bylaw::compiler {

namespace {

/// The record that a field holds, directly or in a collection or optional.
RecordId record_in(const Program& program, TypeId id) {
  while (program.types[id].element) id = program.types[id].element;
  return program.types[id].record;
}

/// A way of a record back to itself.
struct Containment {
  std::vector<RecordId> records;
  std::string text;  // "`Owner.token` -> `Token.owner`"; empty if there is none
};

Containment containment(const Program& program, RecordId start) {
  struct Step {
    RecordId from;
    std::string text;
  };
  std::vector<Step> came_from(program.records.size());
  std::vector<RecordId> open{start};
  for (std::size_t i = 0; i < open.size(); ++i) {
    const RecordId at = open[i];
    for (const Field& field : program.records[at].fields) {
      const RecordId next = record_in(program, field.type);
      if (!next || (came_from[next.index].from && next != start)) continue;
      const std::string text = "`" + program.records[at].name + "." + field.name + "`";
      if (next != start) {
        came_from[next.index] = {at, text};
        open.push_back(next);
        continue;
      }
      Containment found{{start}, text};
      for (RecordId step = at; step != start; step = came_from[step.index].from) {
        found.records.push_back(step);
        found.text = came_from[step.index].text + " -> " + found.text;
      }
      return found;
    }
  }
  return {};
}

/// Each cycle once, at the first of its records.
void tell_containment(Checker& checker) {
  std::vector<bool> told(checker.program.records.size());
  for (std::uint32_t i = 0; i < checker.program.records.size(); ++i) {
    if (told[i]) continue;
    const Containment found = containment(checker.program, {i});
    for (RecordId id : found.records) told[id.index] = true;
    const RecordType& record = checker.program.records[RecordId{i}];
    if (!found.text.empty())
      checker.diagnostics.report(codes::RecordRecursive, record.name_span,
                                 {{"record", record.name}, {"cycle", found.text}});
  }
}

void check_record(Checker& checker, RecordId id) {
  if (checker.program.records[id].entry || checker.program.records[id].either)
    return;  // made of types that were resolved
  if (checker.program.records[id].list) return check_columns(checker, id);
  const NodeRef node = checker.record_nodes[id.index];
  const std::string owner = "record `" + checker.program.records[id].name + "`";
  const ModuleId module = checker.program.records[id].module;
  std::vector<Field> fields = resolve_fields(checker, module, node.children(NodeKind::Field), owner);
  for (NodeRef field : node.children(NodeKind::Field))
    if (const NodeRef inherit = field.child(NodeKind::Inherit))
      checker.diagnostics.report(codes::InheritPlace, inherit.span());
  checker.program.records[id].fields = std::move(fields);
  checker.program.records[id].open = node.has(NodeKind::Open);
  check_notes(checker, module, node.children(NodeKind::Note));
}

}  // namespace

void check_records(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.records.size(); ++i) check_record(checker, {i});
  tell_containment(checker);
}

}  // namespace bylaw::compiler
