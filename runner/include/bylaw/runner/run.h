#pragma once
// Playing scenarios: a loaded project in, a result out. Everything is checked before anything runs.

#include <bylaw/compiler/project.h>
#include <bylaw/runner/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bylaw::runner {

/// A scenario file or a folder of them, by its path in the project; empty: all. With a line: the scenario there, or the
/// row of its table.
struct Selection {
  std::string path;
  std::uint32_t line = 0;
};

struct RunOptions {
  std::vector<Selection> selections;  // empty: all
  std::string name_contains;          // -k; a case is told by its title
  bool stop_at_first_failure = false;
  bool list_only = false;           // cases are found and checked, none is played
  std::optional<std::int64_t> now;  // microseconds: which `skip` is over; none: none is
};

/// Compiles the project and plays its scenarios. `loaded` is what loading the project said.
RunResult run(compiler::Project& project, grammar::Diagnostics loaded, const RunOptions& options);

/// Reads and checks every scenario file of the project, and plays none.
void check_scenarios(compiler::Project& project, const compiler::Program& program, grammar::Diagnostics& diagnostics);

/// Warns of list entries that name an entity that the project's entity data knows nothing of. Says nothing of types
/// that the data has no entity of, nor of a project without entity data.
void warn_unknown_entries(const compiler::Project& project, const compiler::Program& program,
                          grammar::Diagnostics& diagnostics);

}  // namespace bylaw::runner
