#include "entity_reading.h"

#include <doctest/doctest.h>

namespace bylaw::runner::test {
namespace {

const char* const kTypes = R"(module directory
entity Group in Group { level: Int? inherit min }
entity User in Group { level: Int? inherit min  admin: Bool  seen: Time? }
enum Level { low  high }
record Note { text: String  by: User?  tags: List<String> = [] }
entity Site in one Site {
  open: Bool  owners: Set<User | Group> = {}  limits: Map<Level, Int>?  notes: Map<String, Note>?  extra: Any?
}
decision enter { who: User  default deny }
policy admins for enter { allow admin when who.admin }
)";

}  // namespace

Read read(const std::vector<File>& files, bool with_program) {
  Read result;
  const grammar::SourceId module = result.project.input.sources.add("directory.bylaw", kTypes);
  result.project.input.modules.push_back({module, "directory"});
  const compiler::Program program = compiler::check(result.project.input, result.diagnostics);
  const auto compiled = compiler::lower(program, result.project.input, result.diagnostics);
  REQUIRE(compiled);
  result.diagnostics = {};
  const Bundle bundle = *Bundle::from(compiled->bytes);
  const grammar::Sources& sources = result.project.input.sources;
  for (const File& file : files)
    lay_entity_file(result.table, sources, result.project.input.sources.add(file.path, file.text),
                    {with_program ? &program : nullptr, bundle}, result.diagnostics);
  result.json = result.table.json();
  if (!result.diagnostics.has_errors()) {
    const auto entities = Entities::from_json(bundle, result.json);
    if (entities) {
      const auto ignored = entities->warnings();
      const auto bytes = entities->bytes();
      result.snapshot.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      tell_ignored({ignored.begin(), ignored.end()}, result.table, result.diagnostics);
    } else {
      tell_refused(entities.error(), result.table, result.diagnostics);
    }
  }
  result.told = told(result.project, result.diagnostics);
  return result;
}

}  // namespace bylaw::runner::test
