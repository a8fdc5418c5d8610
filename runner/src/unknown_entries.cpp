// Entries of lists against the project's entity data: a name with a typo is nobody's, and nothing else tells.

#include <bylaw/grammar/diagnostics/warnings.h>
#include <bylaw/runner/run.h>

#include <format/text_forms.h>

#include <algorithm>
#include <set>

#include "suite_set.h"

namespace bylaw::runner {
namespace {

/// The names that the data knows, in printed form: those that it describes, and those that stand as parents.
class Directory {
 public:
  Directory(const Program& program, const EntityData& data) {
    for (const auto& [key, entry] : data) {
      types_.insert(program.entities[key.type].name);
      names_.insert(format::print_entity(program.entities[key.type].name, key.id));
      for (const YamlEntry& attribute : entry.attributes.entries)
        if (attribute.key == "in") add_parents(attribute.value);
    }
  }

  bool lacks(const std::string& type, const std::string& id) const {
    return types_.contains(type) && !names_.contains(format::print_entity(type, id));
  }

 private:
  void add_parents(const YamlNode& node) {
    for (const YamlNode& item : node.items) add_parents(item);
    if (!node.has_text()) return;
    if (const auto name = format::read_entity(node.text)) {
      types_.insert(std::string(name->type));
      names_.insert(format::print_entity(name->type, name->id));
    }
  }

  std::set<std::string> types_;
  std::set<std::string> names_;
};

class EntryCheck {
 public:
  EntryCheck(const Program& program, const Directory& directory, grammar::Diagnostics& diagnostics)
      : program_(program), directory_(directory), diagnostics_(diagnostics) {}

  void check(const compiler::List& list) {
    for (const compiler::Row& row : list.rows) check(list, row.value, row.value_span);
  }

 private:
  void check(const compiler::List& list, compiler::ExprId id, Span place) {
    if (!id) return;
    const compiler::Expr& expr = program_.exprs[id];
    for (const compiler::ExprId operand : expr.operands) check(list, operand, place);
    if (expr.kind != compiler::ExprKind::EntityLiteral) return;
    const std::string type = program_.type_name(expr.type);
    if (!directory_.lacks(type, expr.text)) return;
    diagnostics_
        .report(codes::EntryUnknown, expr.span.known() ? expr.span : place,
                {{"entry", format::print_entity(type, expr.text)}, {"list", list.name}})
        .help("a typo? If it only stands elsewhere, describe it in the data that `entities` of bylaw.yaml names");
  }

  const Program& program_;
  const Directory& directory_;
  grammar::Diagnostics& diagnostics_;
};

}  // namespace

void warn_unknown_entries(const compiler::Project& project, const Program& program, grammar::Diagnostics& diagnostics) {
  // Snapshots are read by a bundle, which is not there yet.
  const auto is_snapshot = [](const std::string& path) { return path.ends_with(".bylaws"); };
  if (project.entity_files.empty() ||
      std::any_of(project.entity_files.begin(), project.entity_files.end(), is_snapshot))
    return;
  grammar::Diagnostics told_elsewhere;  // what is wrong with the data itself
  Context context(program, project.input.sources, told_elsewhere);
  const EntityData data = read_project_entities(project, context);
  const Directory directory(program, data);
  EntryCheck check(program, directory, diagnostics);
  for (const compiler::List& list : program.lists) check.check(list);
}

}  // namespace bylaw::runner
