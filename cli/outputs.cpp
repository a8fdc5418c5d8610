#include "outputs.h"

#include <bylaw/grammar/diagnostics/projects.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "command_line.h"

namespace bylaw::cli {
namespace {

namespace fs = std::filesystem;

struct NamedKind {
  std::string_view suffix;
  std::string_view kind;
};
/// What a file is by its name alone, whether this run reads it or not.
constexpr NamedKind kSources[] = {{".bylaw", "a file of policies"},
                                  {".scenarios.yaml", "a file of scenarios"},
                                  {".fixtures.yaml", "a file of fixtures"},
                                  {"bylaw.yaml", "the file of a project"}};
constexpr std::string_view kScenarios = ".scenarios.yaml";

std::string_view kind_by_name(const std::string& name) {
  for (const NamedKind& source : kSources)
    if (name == source.suffix || (source.suffix.starts_with('.') && name.ends_with(source.suffix))) return source.kind;
  return "";
}

bool is_scenarios(const std::string& name) {
  return name.ends_with(kScenarios);
}

/// Two names of one file: through links of both kinds, `..` and whatever the file system takes for the same name.
bool same_file(const fs::path& path, const struct stat& file) {
  struct stat other {};
  return ::stat(path.c_str(), &other) == 0 && other.st_dev == file.st_dev && other.st_ino == file.st_ino;
}

/// The file of the project that would be replaced; empty if none is.
std::string read_file_at(const Output& output, const compiler::Project& project) {
  struct stat file {};
  if (::stat(output.file.c_str(), &file) != 0) return "";
  std::vector<std::string> paths = project.scenario_files;
  paths.insert(paths.end(), project.entity_files.begin(), project.entity_files.end());
  for (std::uint32_t i = 0; i < project.input.sources.size(); ++i)
    paths.push_back(project.input.sources[grammar::SourceId{i}].path());
  for (const std::string& path : paths) {
    if (output.new_scenarios && is_scenarios(path)) continue;  // --force says so
    if (same_file(project.folder / path, file)) return path;
  }
  return "";
}

/// Why nothing may be written there; empty if it may.
std::string kind_of(const Output& output, const Loaded& loaded) {
  std::error_code error;
  const fs::path leads_to = fs::weakly_canonical(output.file, error);
  for (const std::string& name : {fs::path(output.file).filename().string(), leads_to.filename().string()}) {
    if (output.new_scenarios && is_scenarios(name)) continue;
    if (const std::string_view kind = kind_by_name(name); !kind.empty()) return std::string(kind);
  }
  const std::string path = read_file_at(output, loaded.project);
  if (path.empty()) return "";
  const std::string_view kind = kind_by_name(fs::path(path).filename().string());
  return fmt::format("{} (`{}`)", kind.empty() ? "a file that this project reads" : kind, loaded.prefix + path);
}

bool refused(const Output& output, const Loaded& loaded) {
  if (output.file.empty() || output.file == "-") return false;
  const std::string kind = kind_of(output, loaded);
  if (kind.empty()) return false;
  grammar::Diagnostics diagnostics;
  diagnostics.report(grammar::codes::OutputIsSource, {}, {{"path", output.file}, {"what", kind}})
      .help("name a file that nothing is read from, such as `out/" + fs::path(output.file).stem().string() + ".out`");
  const grammar::RenderOptions how{.colour = colours(STDERR_FILENO), .path_prefix = ""};
  fmt::print(stderr, "{}", grammar::render(diagnostics.all(), loaded.project.input.sources, how));
  return true;
}

}  // namespace

std::optional<int> check_outputs(const std::vector<Output>& outputs, const Loaded& loaded) {
  for (const Output& output : outputs)
    if (refused(output, loaded)) return kUsage;
  return std::nullopt;
}

bool write_output(const Output& output, std::string_view text, const Loaded& loaded) {
  if (refused(output, loaded)) return false;
  std::error_code error;
  if (const fs::path folder = fs::path(output.file).parent_path(); !folder.empty())
    fs::create_directories(folder, error);
  std::string problem;
  if (compiler::write_file(output.file, text, problem)) return true;
  fmt::print(stderr, "error: `{}` cannot be written: {}\n", output.file, problem);
  return false;
}

}  // namespace bylaw::cli
