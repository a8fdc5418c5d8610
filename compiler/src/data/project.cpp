#include <bylaw/compiler/project.h>
#include <bylaw/grammar/diagnostics/projects.h>

#include <algorithm>
#include <deque>
#include <set>

#include "data/imports.h"
#include "data/paths.h"
#include "data/project_file.h"
#include "data/walk.h"

namespace bylaw::compiler {

namespace fs = std::filesystem;
using grammar::Code;
namespace codes = grammar::codes;
using grammar::Span;

namespace {

constexpr std::size_t kMaxFile = 16 * 1024 * 1024;
constexpr std::size_t kMaxEntities = 256 * 1024 * 1024;
constexpr const char* kProjectFile = "bylaw.yaml";

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (text.empty() || !letter(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

/// "azure_devops/pat.bylaw" below its root -> "azure_devops.pat"; empty if a part is no name.
std::string module_name(std::string_view below_root) {
  std::string name(below_root.substr(0, below_root.size() - std::string_view(".bylaw").size()));
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    if (i < name.size() && name[i] != '/') continue;
    if (!is_name(std::string_view(name).substr(begin, i - begin))) return {};
    begin = i + 1;
  }
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

class Loader {
 public:
  Loader(Project& project, grammar::Diagnostics& diagnostics) : project_(project), diagnostics_(diagnostics) {}

  LoadStatus load(const fs::path& path, std::string& problem) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error) {
      problem = "`" + path.string() + "`: " +
                (error == std::errc::no_such_file_or_directory ? "there is no such file or folder" : error.message());
      return LoadStatus::Missing;
    }
    const bool folder = is_folder(real);
    find_project(folder ? real : real.parent_path());
    if (!project_.has_file && !folder && real.extension() == ".bylaw") return load_single(real, problem);
    if (!load_whole()) return LoadStatus::Refused;
    if (!folder && real.extension() == ".bylaw") refuse_outsider(real);
    if (project_.input.modules.empty() && !diagnostics_.has_errors()) {
      problem = "no *.bylaw file below `" + path.string() + "`";
      return LoadStatus::Missing;
    }
    return LoadStatus::Loaded;
  }

  std::optional<SourceId> read_named(SourceId from, std::string_view written, Span place) {
    const auto path = project_path(sources()[from].path(), written);
    if (!path) {
      diagnostics_.report(codes::LeavesProject, place, {{"path", std::string(written)}});
      return std::nullopt;
    }
    for (std::uint32_t i = 0; i < sources().size(); ++i)
      if (sources()[SourceId{i}].path() == *path) return SourceId{i};
    return read(*path, place);
  }

 private:
  grammar::Sources& sources() { return project_.input.sources; }

  void tell(Code code, Span place, const std::string& path, std::initializer_list<grammar::Argument> arguments) {
    if (!place.known()) place = Span{sources().add(path, ""), 0, 0};
    diagnostics_.report(code, place, arguments);
  }

  /// From `from` upwards to the git root; the first `bylaw.yaml` wins. Without one, `from` itself is the project.
  void find_project(const fs::path& from) {
    project_.folder = from;
    for (fs::path folder = from;; folder = folder.parent_path()) {
      std::error_code error;
      if (fs::exists(folder / kProjectFile, error)) {  // reading says if it is no plain file
        project_.folder = folder;
        project_.has_file = true;
        return;
      }
      refuse_misnamed(folder);
      if (fs::exists(folder / ".git", error) || folder == folder.parent_path()) return;
    }
  }

  void refuse_misnamed(const fs::path& folder) {
    for (const char* name : {"bylaw.yml", "Bylaw.yaml", "bylaws.yaml"}) {
      if (!is_file(folder / name)) continue;
      misnamed_ = true;
      const auto source = sources().add((folder / name).string(), "");
      diagnostics_.report(codes::ProjectFileMisnamed, {source, 0, 0}, {{"name", name}});
    }
  }

  bool load_whole() {
    if (misnamed_ && !project_.has_file) return false;
    ProjectPaths paths = default_paths();
    if (project_.has_file && !load_project_file(paths)) return false;
    load_modules(paths);
    load_data();
    load_entities(paths.entities);
    load_params(paths);
    find_scenarios(paths);
    if (project_.has_file && !paths.policies.empty()) {
      tell_outside(paths, paths.policies, Wanted::Modules);
      tell_outside(paths, paths.scenarios, Wanted::Scenarios);
    }
    return true;
  }

  bool load_project_file(ProjectPaths& paths) {
    const auto source = read(kProjectFile, {});
    if (!source || !read_project_file(sources(), *source, project_.file, paths, diagnostics_)) return false;
    project_.input.project_name = project_.file.name;
    return true;
  }

  /// Reads a file of the project into the sources; nothing if it cannot be read (told, at `place` if it is known).
  /// `place_of` is the project that it must lie in, which may be a dependency.
  std::optional<SourceId> read(const std::string& path, Span place, std::uint32_t place_of = 0,
                               std::size_t limit = kMaxFile) {
    const fs::path file = project_.folder / path;
    std::error_code error;
    std::string bytes, reason;
    if (!fs::exists(file, error))
      tell(codes::FileMissing, place, path, {{"path", path}});
    else if (!lies_within(folder_of(place_of), file))
      tell(codes::LeavesProject, place, path, {{"path", path}});
    else if (!is_file(file))
      tell(codes::FileUnreadable, place, path,
           {{"path", path}, {"reason", is_folder(file) ? "it is a folder" : "it is no plain file"}});
    else if (!read_file(file, limit, bytes, reason))
      tell(codes::FileUnreadable, place, path, {{"path", path}, {"reason", reason}});
    else
      return sources().add(path, std::move(bytes));
    return std::nullopt;
  }

  const fs::path& folder_of(std::uint32_t index) const { return index == 0 ? project_.folder : folders_[index - 1]; }
  /// Of a path within one of the projects: the project path.
  std::string from_project(std::uint32_t index, const std::string& path) const {
    const std::string& folder = project_.input.projects[index].folder;
    return folder.empty() ? path : path.empty() ? folder : folder + "/" + path;
  }

  Walk walk(const ProjectPaths& paths, std::uint32_t index = 0) {
    return {folder_of(index),     paths.exclude, sources(),
            project_.not_entered, diagnostics_,  project_.input.projects[index].folder};
  }

  /// A root must be a folder of the project, and lie in no other root.
  bool usable_root(const NamedPath& root, const std::vector<NamedPath>& roots, std::uint32_t index = 0) {
    const fs::path folder = folder_of(index) / root.path;
    std::error_code error;
    if (!fs::exists(folder, error)) {
      tell(codes::FileMissing, root.span, root.path, {{"path", root.path}});
      return false;
    }
    if (!is_folder(folder)) {
      tell(codes::FileUnreadable, root.span, root.path, {{"path", root.path}, {"reason", "it is no folder"}});
      return false;
    }
    if (!lies_within(folder_of(index), folder)) {
      tell(codes::LeavesProject, root.span, root.path, {{"path", root.path}});
      return false;
    }
    for (const NamedPath& other : roots) {
      if (&other == &root || !is_below(root.path, other.path) || (root.path == other.path && &other > &root)) continue;
      tell(codes::RootsOverlap, root.span, root.path,
           {{"inner", root.path}, {"outer", other.path.empty() ? "." : other.path}});
      return false;
    }
    return true;
  }

  void load_modules(const ProjectPaths& paths) {
    add_modules(paths, 0);
    load_dependencies(paths, 0, {});
    auto& modules = project_.input.modules;
    std::sort(modules.begin(), modules.end(), [&](const InputFile& a, const InputFile& b) {
      return sources()[a.source].path() < sources()[b.source].path();
    });
  }

  void add_modules(const ProjectPaths& paths, std::uint32_t index) {
    Walk walking = walk(paths, index);
    if (paths.policies.empty()) diagnostics_.report(codes::NoRoots, paths.policies_span);
    for (const NamedPath& root : paths.policies) {
      if (!usable_root(root, paths.policies, index)) continue;
      const std::vector<std::string> files = find_files(walking, root, Wanted::Modules);
      if (files.empty() && root.span.known())
        diagnostics_.report(codes::RootEmpty, root.span, {{"path", root.path.empty() ? "." : root.path}});
      for (const std::string& file : files) load_module(file, root.path, index);
    }
  }

  void load_module(const std::string& file, const std::string& root, std::uint32_t index) {
    const std::string name = module_name(root.empty() ? file : file.substr(root.size() + 1));
    const std::string path = from_project(index, file);
    if (name.empty()) return tell(codes::NoModuleName, {}, path, {{"path", path}});
    if (const auto source = read(path, {}, index)) project_.input.modules.push_back({*source, name, false, index});
  }

  // --- dependencies ---

  /// A project on the way from the one that is compiled to where the loader is.
  struct Step {
    std::string name;
    std::uint32_t index;
  };

  /// Each project is loaded once, by whatever ways it is reached. Those that a project names itself come before those
  /// that they name, so that a module has the shortest name.
  void load_dependencies(const ProjectPaths& paths, std::uint32_t of, std::vector<Step> way) {
    std::vector<std::pair<Step, const ProjectPaths::Dependency*>> added;
    for (const ProjectPaths::Dependency& dependency : paths.dependencies)
      if (const auto index = add_dependency(dependency, of, way))
        added.push_back({{dependency.name, *index}, &dependency});
    for (const auto& [step, dependency] : added) {
      way.push_back(step);
      load_project_of(step.index, *dependency, way);
      way.pop_back();
    }
  }

  /// The number of a project that was not met before.
  std::optional<std::uint32_t> add_dependency(const ProjectPaths::Dependency& dependency, std::uint32_t of,
                                              const std::vector<Step>& way) {
    const NamedPath& written = dependency.folder;
    std::error_code error;
    const fs::path folder = fs::canonical(folder_of(of) / written.path, error);
    if (error) {
      diagnostics_.report(codes::FileMissing, written.span, {{"path", written.path}});
      return std::nullopt;
    }
    if (!is_file(folder / kProjectFile)) {
      diagnostics_.report(codes::NoProjectThere, written.span, {{"path", written.path}});
      return std::nullopt;
    }
    if (tell_cycle(folder, dependency, way) || tell_taken(dependency, of)) return std::nullopt;
    auto& projects = project_.input.projects;
    const auto known = std::find(folders_.begin(), folders_.end(), folder);
    const auto index = static_cast<std::uint32_t>(known - folders_.begin()) + 1;
    projects[of].dependencies[dependency.name] = index;
    if (known != folders_.end()) return std::nullopt;
    folders_.push_back(folder);
    const std::string prefix =
        projects[of].prefix.empty() ? dependency.name : projects[of].prefix + "." + dependency.name;
    projects.push_back({prefix, folder.lexically_relative(project_.folder).generic_string(), {}});
    return index;
  }

  bool tell_cycle(const fs::path& folder, const ProjectPaths::Dependency& dependency, const std::vector<Step>& way) {
    std::size_t begin = way.size() + 1;
    if (folder == project_.folder) begin = 0;
    for (std::size_t i = 0; i < way.size(); ++i)
      if (folder_of(way[i].index) == folder) begin = i + 1;
    if (begin > way.size()) return false;
    const auto name = [&](std::size_t i) {
      if (i > 0) return way[i - 1].name;
      return project_.file.name.empty() ? project_.folder.filename().string() : project_.file.name;
    };
    std::string cycle;
    for (std::size_t i = begin; i <= way.size(); ++i) cycle += "`" + name(i) + "` -> ";
    diagnostics_.report(codes::DependencyCycle, dependency.folder.span, {{"cycle", cycle + "`" + name(begin) + "`"}})
        .help("move what both need into a project that depends on neither");
    return true;
  }

  /// A module of the project whose name begins with that of the dependency: an import could mean both.
  bool tell_taken(const ProjectPaths::Dependency& dependency, std::uint32_t of) {
    for (const InputFile& module : project_.input.modules) {
      if (module.project != of) continue;
      if (module.module_name != dependency.name && !module.module_name.starts_with(dependency.name + ".")) continue;
      diagnostics_.report(
          codes::DependencyName, dependency.name_span,
          {{"name", dependency.name}, {"reason", "module `" + module.module_name + "` begins with it"}});
      return true;
    }
    return false;
  }

  /// Of its own bylaw.yaml roots, `exclude`, `dependencies` and versions count; params, entity data and scenarios are
  /// the business of who builds it.
  void load_project_of(std::uint32_t index, const ProjectPaths::Dependency& dependency, const std::vector<Step>& way) {
    const auto source = read(from_project(index, kProjectFile), dependency.folder.span, index);
    ProjectFile file;
    ProjectPaths paths = default_paths();
    if (!source || !read_project_file(sources(), *source, file, paths, diagnostics_)) return;
    add_modules(paths, index);
    load_dependencies(paths, index, way);
  }

  void load_data() {
    std::set<std::string> known;
    for (const InputFile& module : project_.input.modules)
      for (const NamedFile& file : files_named(sources(), module.source).data) load_data_file(module, file, known);
  }

  void load_data_file(const InputFile& module, const NamedFile& file, std::set<std::string>& known) {
    const auto path =
        path_in(project_.input.projects[module.project].folder, sources()[module.source].path(), file.text);
    if (!path) {
      diagnostics_.report(codes::LeavesProject, file.span, {{"path", file.text}});
      return;
    }
    if (!known.insert(*path).second) return;
    if (const auto source = read(*path, file.span, module.project))
      project_.input.data.push_back({*source, {}});
    else
      project_.input.data.push_back({sources().add(*path, ""), {}, true});
  }

  void load_entities(const std::vector<NamedPath>& paths) {
    for (const NamedPath& path : paths)
      if (read(path.path, path.span, 0, kMaxEntities)) project_.entity_files.push_back(path.path);
  }

  void load_params(ProjectPaths& paths) {
    if (paths.params) {
      const auto source = read(paths.params->path, paths.params->span);
      const auto document = source ? read_yaml(sources(), *source, diagnostics_) : std::nullopt;
      if (!document) return;
      if (auto layer = param_layer(*document, diagnostics_)) paths.given = std::move(*layer);
    }
    if (!paths.given.empty()) project_.input.params.push_back(std::move(paths.given));
  }

  void find_scenarios(const ProjectPaths& paths) {
    Walk walking = walk(paths);
    std::set<std::string> files;
    for (const NamedPath& root : paths.scenarios) {
      if (!usable_root(root, paths.scenarios)) continue;
      for (std::string& file : find_files(walking, root, Wanted::Scenarios)) files.insert(std::move(file));
    }
    project_.scenario_files.assign(files.begin(), files.end());
  }

  /// Files that are like those of the project, but which it never reads.
  void tell_outside(const ProjectPaths& paths, const std::vector<NamedPath>& roots, Wanted wanted) {
    const char* key = wanted == Wanted::Modules ? "policies" : "scenarios";
    for (const std::string& path : find_outside(walk(paths), roots, wanted)) {
      const Span place{sources().add(path, ""), 0, 0};
      auto told = diagnostics_.report(codes::FileNeverRead, place, {{"path", path}, {"key", key}});
      const std::string root = roots.empty() ? "" : "move it below `" + roots[0].path + "`, ";
      told.help(root + "name its folder under `" + key + "` in bylaw.yaml, or name it under `exclude`");
    }
  }

  /// A *.bylaw file that is named inside of a project, but is none of its modules: its rules would not count.
  void refuse_outsider(const fs::path& file) {
    const std::string path = file.lexically_relative(project_.folder).generic_string();
    for (const InputFile& module : project_.input.modules)
      if (sources()[module.source].path() == path) return;
    if (!diagnostics_.has_errors()) tell(codes::FileOutsideRoots, {}, path, {{"path", path}});
  }

  // --- a file without a project ---

  LoadStatus load_single(const fs::path& file, std::string& problem) {
    if (misnamed_) return LoadStatus::Refused;
    project_.single_file = true;
    std::string bytes;
    if (fs::exists(file) && !is_file(file)) problem = "it is no plain file";
    if (!problem.empty() || !read_file(file, kMaxFile, bytes, problem)) {
      problem = "`" + file.string() + "`: " + problem;
      return LoadStatus::Missing;
    }
    grammar::Sources probe;
    const std::string module = files_named(probe, probe.add(file.filename().string(), bytes)).module_name;
    project_.folder = folder_of_names(file, module);
    const std::string path = file.lexically_relative(project_.folder).generic_string();
    project_.input.modules.push_back({sources().add(path, std::move(bytes)), {}});
    load_imports(module);
    load_data();
    return LoadStatus::Loaded;
  }

  /// Where the module's name begins: `a/b.bylaw` that says `module a.b` begins beside `a`; else the file's folder.
  static fs::path folder_of_names(const fs::path& file, std::string module) {
    std::replace(module.begin(), module.end(), '.', '/');
    const std::string suffix = "/" + module + ".bylaw";
    const std::string path = file.generic_string();
    if (module.empty() || !path.ends_with(suffix)) return file.parent_path();
    const std::string folder = path.substr(0, path.size() - suffix.size());
    return folder.empty() ? fs::path("/") : fs::path(folder);
  }

  void load_imports(const std::string& own_name) {
    std::set<std::string> known{own_name};
    for (std::size_t i = 0; i < project_.input.modules.size(); ++i) {
      const SourceId source = project_.input.modules[i].source;
      for (const std::string& module : files_named(sources(), source).imports)
        if (known.insert(module).second) load_import(module);
    }
    std::sort(project_.input.modules.begin(), project_.input.modules.end(),
              [&](const auto& a, const auto& b) { return sources()[a.source].path() < sources()[b.source].path(); });
  }

  /// `a.b` is a/b.bylaw, or b.bylaw, beside the file. What is not there is told where it is imported, by the checker.
  void load_import(const std::string& module) {
    std::string path = module;
    std::replace(path.begin(), path.end(), '.', '/');
    path += ".bylaw";
    std::error_code error;
    if (!fs::exists(project_.folder / path, error)) path = path.substr(path.rfind('/') + 1);
    if (!fs::exists(project_.folder / path, error)) return;
    if (const auto source = read(path, {})) project_.input.modules.push_back({*source, module});
  }

  Project& project_;
  grammar::Diagnostics& diagnostics_;
  std::vector<fs::path> folders_;  // of the dependencies, canonical: project number i + 1
  bool misnamed_ = false;
};

}  // namespace

LoadStatus load_project(const fs::path& path, Project& project, grammar::Diagnostics& diagnostics,
                        std::string& problem) {
  return Loader(project, diagnostics).load(path, problem);
}

std::optional<SourceId> read_named_file(Project& project, SourceId from, std::string_view written, Span place,
                                        grammar::Diagnostics& diagnostics) {
  return Loader(project, diagnostics).read_named(from, written, place);
}

}  // namespace bylaw::compiler
