#pragma once
// The options of `bylaw test` that measure the scenarios themselves, and where what they find is written.

#include <bylaw/runner/run.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "command_line.h"
#include "loading.h"
#include "outputs.h"

namespace bylaw::cli {

struct CoverOptions {
  bool cover = false, mutate = false;
  std::string mutate_file;  // of --mutate=FILE
  std::string file;         // of --cover=FILE; empty: told after the results
  std::string format;       // empty: as the file's name says
  std::string generate;     // a rule, or `all`
  std::string output;       // of --generate; empty: standard output
  bool force = false;       // `output` may be there already
  std::string changed;      // a revision; empty: everything counts
};

/// `--cover` and `--mutate` may stand alone or with `=FILE`; a word after them is a path of scenarios.
std::vector<std::string> take_cover(std::vector<std::string> arguments, CoverOptions& options);
void add_cover_options(CLI::App& app, CoverOptions& options);
/// A status means: leave with it, the mistake was told.
std::optional<int> prepare_cover(const CoverOptions& options, const Loaded& loaded, runner::RunOptions& run);
/// The files that are to be written.
void add_outputs(const CoverOptions& options, std::vector<Output>& outputs);
/// Prints or writes what was generated, which then is all that is printed. A status means: leave with it.
std::optional<int> tell_generated(const CoverOptions& options, const Loaded& loaded, const runner::RunResult& result);
/// Writes coverage and mutants to their files, if they have any; false if one could not be written, which was told.
bool write_cover(const CoverOptions& options, const Loaded& loaded, const runner::RunResult& result);
/// Prints those that have no file, behind results that are told as text, with the gates.
void tell_cover(const CoverOptions& options, const Loaded& loaded, const runner::RunResult& result, std::FILE* stream);

}  // namespace bylaw::cli
