#pragma once
// From sources in memory to a bundle in memory. No file, clock or environment is read here: the project loader
// (`project.h`) reads the disk. Same sources, same bytes, whatever the directory, locale, time zone or machine.

#include <bylaw/compiler/typed_tree.h>
#include <bylaw/compiler/yaml_events.h>
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
  std::uint32_t project = 0;  // of a module: which of Input::projects it belongs to
};

/// The project that is compiled, or one that it depends on.
struct InputProject {
  std::string prefix;  // what the names of its modules begin with: "shared"; empty of the project itself
  std::string folder;  // where it stands, as a project path: "../shared"; empty of the project itself
  std::map<std::string, std::uint32_t> dependencies;  // by the word that its imports begin with
};

/// A value of a `param`, read by its declared type.
struct GivenParam {
  std::string name;  // "days", or with its module: "azure_devops.pat.days"
  Span name_span;
  YamlNode value;
};
/// What one place says of params: bylaw.yaml, a command line, a scenario.
using ParamLayer = std::vector<GivenParam>;

/// What one compilation reads. The standard modules are added by `check` itself, as far as they are imported.
struct Input {
  grammar::Sources sources;
  std::vector<InputFile> modules;             // the *.bylaw files
  std::vector<InputFile> data;                // files that lists name, by project path in `sources`
  std::string project_name;                   // from bylaw.yaml, may be empty
  std::vector<InputProject> projects = {{}};  // the project itself first
  std::vector<ParamLayer> params;             // of one param the value of the last layer counts
};

/// Names, types, rules: sources to typed tree. Reports every mistake once, several in one go. The tree is complete only
/// if no error was reported. Parses the sources itself. Standard modules that are used are added to `input.sources`.
Program check(Input& input, grammar::Diagnostics& diagnostics);

/// A compiled bundle (the bytes of a *.bylawc file) and what a command says about it.
struct Bundle {
  std::vector<std::byte> bytes;
  std::string digest;  // SHA-256 in hex; its first 8 digits name the bundle in reports
  std::size_t modules = 0, policies = 0, rules = 0, lists = 0;
  struct Param {
    std::string name;   // with its module
    std::string value;  // as its literal is written
    Span given;         // unknown: the default
  };
  std::vector<Param> params;  // ascending by name
  struct SetMode {
    std::string policy;  // with its module
    std::string mode;
    std::string param;
  };
  std::vector<SetMode> modes;  // policies whose mode is set by a param, ascending by policy
};

/// A checked program (no errors) to its bundle. Budgets and list requirements that fail are reported and yield nothing.
std::optional<Bundle> lower(const Program& program, const Input& input, grammar::Diagnostics& diagnostics);

/// `check`, then `lower` if there was no error.
std::optional<Bundle> compile(Input& input, grammar::Diagnostics& diagnostics);

}  // namespace bylaw::compiler
