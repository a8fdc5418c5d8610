#pragma once
// From sources in memory to a bundle in memory. No file, clock or environment is read here: the project loader
// (`project.h`) reads the disk. Same sources, same bytes, whatever the directory, locale, time zone or machine.

#include <bylaw/compiler/typed_tree.h>
#include <bylaw/grammar/diagnostic.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace bylaw::compiler {

/// A module's source file or a data file named by a list's `from`.
struct InputFile {
  SourceId source;
  /// The module name that the file's place demands ("azure_devops.pat" for policies/azure_devops/pat.bylaw), or empty
  /// where a module's name is free (a single file without a project).
  std::string module_name;
  /// A data file that is missing or cannot be read: the project loader has told why.
  bool unread = false;
};

/// What one compilation reads. The standard modules are added by `check` itself, as far as they are imported.
struct Input {
  grammar::Sources sources;
  std::vector<InputFile> modules;  // the *.bylaw files
  std::vector<InputFile> data;     // files that lists name, by project path in `sources`
  std::string project_name;        // from bylaw.yaml, may be empty
};

/// Names, types, rules: sources to typed tree. Reports every mistake once, several in one go. The tree is complete only
/// if no error was reported. Parses the sources itself. Standard modules that are used are added to `input.sources`.
Program check(Input& input, grammar::Diagnostics& diagnostics);

/// A compiled bundle (the bytes of a *.bylawc file) and what a command says about it.
struct Bundle {
  std::vector<std::byte> bytes;
  std::string digest;  // SHA-256 in hex; its first 8 digits name the bundle in reports
  std::size_t modules = 0, policies = 0, rules = 0, lists = 0;
};

/// A checked program (no errors) to its bundle. Budgets and list requirements that fail are reported and yield nothing.
std::optional<Bundle> lower(const Program& program, const Input& input, grammar::Diagnostics& diagnostics);

/// `check`, then `lower` if there was no error.
std::optional<Bundle> compile(Input& input, grammar::Diagnostics& diagnostics);

}  // namespace bylaw::compiler
