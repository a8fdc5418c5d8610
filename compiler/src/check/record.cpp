// Records: their fields, none of which leads back to the record.

#include <algorithm>

#include "check/typing.h"

namespace bylaw::compiler {

namespace {

/// The record that a field holds, directly or in a collection or optional.
RecordId record_in(const Program& program, TypeId id) {
  while (program.types[id].element) id = program.types[id].element;
  return program.types[id].record;
}

/// The fields by which `start` contains itself, as "Token.owner -> Owner.token"; empty if it does not.
std::string containment_cycle(const Program& program, RecordId start) {
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
      std::string cycle = text;
      for (RecordId step = at; step != start; step = came_from[step.index].from)
        cycle = came_from[step.index].text + " -> " + cycle;
      return cycle;
    }
  }
  return "";
}

void check_record(Checker& checker, RecordId id) {
  const NodeRef node = checker.record_nodes[id.index];
  const std::string owner = "record `" + checker.program.records[id].name + "`";
  const ModuleId module = checker.program.records[id].module;
  std::vector<Field> fields = resolve_fields(checker, module, node.children(NodeKind::Field), owner);
  for (NodeRef field : node.children(NodeKind::Field))
    if (const NodeRef inherit = field.child(NodeKind::Inherit))
      checker.diagnostics.report(Code::InheritPlace, inherit.span());
  checker.program.records[id].fields = std::move(fields);
  checker.program.records[id].open = node.has(NodeKind::Open);
  check_notes(checker, module, node.children(NodeKind::Note));
}

}  // namespace

void check_records(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.records.size(); ++i) check_record(checker, {i});
  for (std::uint32_t i = 0; i < checker.program.records.size(); ++i) {
    const std::string cycle = containment_cycle(checker.program, {i});
    const RecordType& record = checker.program.records[RecordId{i}];
    if (!cycle.empty())
      checker.diagnostics.report(Code::RecordRecursive, record.name_span, {{"record", record.name}, {"cycle", cycle}});
  }
}

}  // namespace bylaw::compiler
