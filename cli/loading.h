#pragma once
// From a path on the command line to a compiled project, with its diagnostics told.

#include <bylaw/compiler/project.h>
#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace bylaw::cli {

struct Loaded {
  std::vector<std::string> params;  // `NAME=VALUE`, of the command line; set before loading
  compiler::Project project;
  grammar::Diagnostics diagnostics;
  compiler::Program program;  // once it was compiled
  /// What to put before a project path so that it leads there from where the reader stands: "", "../", "policies/..".
  std::string prefix;
};

/// `--param NAME=VALUE`, of all commands that compile.
void add_param_option(CLI::App& app, std::vector<std::string>& params);

/// Loads the project of `path`. A status means: leave with it; why is told on standard error (diagnostics only if
/// `tell_why`).
std::optional<int> load(const std::string& path, Loaded& loaded, bool tell_why = true);
/// Loads and compiles. Errors are told, warnings only with `warnings`.
std::optional<int> load_and_compile(const std::string& path, Loaded& loaded, compiler::Bundle& bundle, bool warnings);

/// Prints what was diagnosed, and as last line how much: "2 errors, 1 warning in 3 files".
void tell(const Loaded& loaded, std::FILE* stream, bool warnings);
/// The same of diagnostics that are not those of the policies.
void tell(const grammar::Diagnostics& diagnostics, const Loaded& loaded, std::FILE* stream, bool warnings);
/// What -v tells: the project found, the files read, what was not entered.
void tell_what_was_read(const Loaded& loaded);
/// "2 errors, 1 warning in 3 files"
std::string counts(const Loaded& loaded, bool warnings);

}  // namespace bylaw::cli
