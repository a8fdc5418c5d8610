#pragma once
// Playing scenarios: a loaded project in, a result out. Everything is checked before anything runs.

#include <bylaw/compiler/project.h>
#include <bylaw/runner/coverage.h>
#include <bylaw/runner/entity_files.h>
#include <bylaw/runner/filter.h>
#include <bylaw/runner/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bylaw::runner {

/// A scenario file or a folder of them, by its path in the project; empty: all. With a line: the scenario there, or the
/// row of its table.
struct Selection {
  std::string path;
  std::uint32_t line = 0;
};

/// One of `count` parts of the cases; 0 is the first.
struct Shard {
  std::size_t index = 0, count = 1;
};

struct RunOptions {
  std::vector<Selection> selections;                // empty: all
  std::optional<Filter> filter;                     // -k
  std::optional<std::set<std::string>> only_these;  // by `identity`
  bool no_last_run = false;                         // of which `only_these` could tell
  Shard shard;                                      // of what is left
  bool stop_at_first_failure = false;
  bool list_only = false;                // cases are found and checked, none is played
  std::size_t threads = 0;               // 0: as many as the machine runs at once
  std::optional<std::uint64_t> shuffle;  // the seed of the order in which cases are played
  std::optional<std::uint64_t> seed;     // of all properties, instead of their own
  std::optional<std::int64_t> now;       // microseconds: which `skip` is over; none: none is
  bool rewrites = false;                 // `CaseResult::rewrites` is filled
  bool cover = false;                    // coverage is measured
  bool mutate = false;                   // mutants are made and judged, if all cases pass
  std::string generate;                  // a rule, or `all`: scenarios for it are made
  std::optional<Since> changed;          // coverage and mutants of what changed alone
  /// Called now and then while cases are played: how many are done, how many there are, how many failed.
  std::function<void(std::size_t, std::size_t, std::size_t)> progress;
};

/// Compiles the project and plays its scenarios. `loaded` is what loading the project said.
RunResult run(compiler::Project& project, grammar::Diagnostics loaded, const RunOptions& options);

/// Reads and checks every scenario file of the project, and plays none. `bundle`: the program's, by which snapshots
/// are read.
void check_scenarios(compiler::Project& project, const compiler::Program& program, const Bundle& bundle,
                     grammar::Diagnostics& diagnostics);

/// Warns of list entries that name an entity that the project's entity data knows nothing of. Says nothing of types
/// that the data has no entity of, nor of a project without entity data.
void warn_unknown_entries(const compiler::Project& project, const compiler::Program& program, const Bundle& bundle,
                          grammar::Diagnostics& diagnostics);
/// The same against other entity data.
void warn_unknown_entries(const compiler::Program& program, const EntityTable& table,
                          grammar::Diagnostics& diagnostics);
/// Warns of names that nobody describes and no policy names, while another one is nearly the same.
void warn_mistyped_names(const compiler::Program& program, const EntityTable& table, grammar::Diagnostics& diagnostics);

}  // namespace bylaw::runner
