#include "reread.h"

#include <fmt/format.h>

#include "suite_set.h"

namespace bylaw::runner {
namespace {

/// The same files in the same order, so that places still lead where they did; one of them says something else.
grammar::Sources with_text(const grammar::Sources& sources, const std::string& path, const std::string& text) {
  grammar::Sources result;
  bool known = false;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const grammar::SourceFile& file = sources[grammar::SourceId{i}];
    const bool meant = file.path() == path;
    known = known || meant;
    result.add(file.path(), meant ? text : std::string(file.bytes()));
  }
  if (!known) result.add(path, text);
  return result;
}

}  // namespace

std::vector<Unreadable> reread(const compiler::Project& project, const Program& program, const std::string& path,
                               const std::string& text) {
  compiler::Project copy = project;
  copy.input.sources = with_text(project.input.sources, path, text);
  copy.scenario_files = {path};
  grammar::Diagnostics told;
  Context context(program, copy.input.sources, told);
  read_suites(copy, context, 1);
  std::vector<Unreadable> result;
  for (const grammar::Diagnostic& one : told.sorted(copy.input.sources)) {
    const grammar::CodeInfo& code = grammar::info(one.code);
    if (code.severity != grammar::Severity::Error) continue;
    const bool here = one.span.known() && copy.input.sources[one.span.source].path() == path;
    result.push_back({here ? context.line(one.span) : 0, fmt::format("{}: {}", code.id, one.text)});
  }
  return result;
}

}  // namespace bylaw::runner
