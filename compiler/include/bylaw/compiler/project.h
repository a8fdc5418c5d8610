#pragma once
// The project loader: the one place of the compiler that reads the disk. Finds `bylaw.yaml`, the modules below its
// roots, the data files that lists name and the scenario files, and says what is missing or misspelt.

#include <bylaw/compiler/compile.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bylaw::compiler {

inline constexpr std::int64_t kMicrosOfDay = 86'400'000'000;

/// A least share of something, asked of `bylaw test`: `gates: {rules: 100%}`.
struct Gate {
  std::string name;
  double percent = 0;
  grammar::Span span;  // in bylaw.yaml
};

/// What `bylaw ci` compares with: `ci: {base: origin/main, new_allow: forbid}`.
struct CiSettings {
  std::string base;           // a git revision; empty: none
  bool forbid_gains = false;  // a scenario that is newly allowed is no
};

/// `bylaw.yaml`, with defaults filled in. Paths are relative to `folder`, with `/`.
struct ProjectFile {
  std::string name;
  std::uint32_t language = 1;
  std::vector<std::string> policies;   // roots of *.bylaw
  std::vector<std::string> scenarios;  // roots of *.scenarios.yaml
  std::vector<std::string> exclude;
  std::vector<std::string> entities;          // entity data files known to every scenario and to eval
  std::int64_t expiring = 30 * kMicrosOfDay;  // microseconds; what ends sooner is told
  std::vector<Gate> gates;
  CiSettings ci;
};

struct Project {
  std::filesystem::path folder;  // absolute; where bylaw.yaml stands, or the folder of the single file
  bool has_file = false;         // a bylaw.yaml was found
  bool single_file = false;      // no bylaw.yaml: one module and its imports
  ProjectFile file;
  Input input;                              // sources with paths relative to `folder`
  std::vector<std::string> scenario_files;  // project paths, sorted
  std::vector<std::string> entity_files;    // project paths; loaded into input.sources
  std::vector<std::string> not_entered;     // what was passed over and why: told by `build` and by -v
};

/// What happened while loading, beside diagnostics about files that were read.
enum class LoadStatus {
  Loaded,   // maybe with diagnostics
  Missing,  // the path that the command line names does not exist or cannot be read: exit 3
  Refused,  // the project itself does not load: the diagnostics say why; exit 2
};

/// Loads the project that `path` (a folder, a *.bylaw file, a scenario file) belongs to: `bylaw.yaml` is looked for
/// from there upwards, up to the git root. A *.bylaw file inside a project means the whole project. `problem` gets one
/// line if Missing.
LoadStatus load_project(const std::filesystem::path& path, Project& project, grammar::Diagnostics& diagnostics,
                        std::string& problem);

/// The file that `written` means in the file `from` of the project: relative to that file, `/x` to the project. It is
/// read into the sources if it is not there yet. What is wrong with the path or the file is told at `place`.
std::optional<grammar::SourceId> read_named_file(Project& project, grammar::SourceId from, std::string_view written,
                                                 grammar::Span place, grammar::Diagnostics& diagnostics);

/// Adds what a command line says of params, each word `NAME=VALUE`, as a layer over what the project says. False and a
/// `problem` if a word is no such text; what is wrong with a value is told.
bool give_params(Input& input, const std::vector<std::string>& words, grammar::Diagnostics& diagnostics,
                 std::string& problem);
/// A map of names and values as a layer; nothing if it is no map (told).
std::optional<ParamLayer> param_layer(const YamlNode& node, grammar::Diagnostics& diagnostics);

/// Reads a file whole; false and a reason in `problem` if it cannot. Files over `limit` bytes are refused.
bool read_file(const std::filesystem::path& path, std::size_t limit, std::string& bytes, std::string& problem);
/// Writes aside and renames, so that nobody ever sees half a file.
bool write_file(const std::filesystem::path& path, std::string_view bytes, std::string& problem);

}  // namespace bylaw::compiler
