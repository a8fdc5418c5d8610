// Files to modules: parse, the name that the place demands, imports, cycles of imports, standard modules as far as
// used.

#include <bylaw/grammar/diagnostics/names.h>
#include <bylaw/grammar/parse.h>
#include <bylaw/stdlib/standard_modules.h>

#include <algorithm>
#include <numeric>

#include "resolve/declarations.h"

namespace bylaw::compiler {

namespace {

struct LoadedModule {
  std::string name;      // what its place demands, else what the file says; of a dependency with its prefix
  std::string declared;  // what the file says
  SourceId source;
  NodeRef root;
  bool standard = false;
  bool sound = false;
  std::uint32_t project = 0;
};

}  // namespace

std::string module_in(const Input& input, std::uint32_t project, const std::string& written) {
  if (written == "std" || written.starts_with("std.") || written.empty()) return written;
  const InputProject& own = input.projects[project];
  const std::size_t dot = std::min(written.find('.'), written.size());
  const auto dependency = own.dependencies.find(written.substr(0, dot));
  if (dependency != own.dependencies.end()) return input.projects[dependency->second].prefix + written.substr(dot);
  return own.prefix.empty() ? written : own.prefix + "." + written;
}

std::string as_written(const Input& input, std::uint32_t project, const std::string& name) {
  const InputProject& own = input.projects[project];
  std::string best = name;
  const auto consider = [&](const std::string& prefix, const std::string& word) {
    if (!name.starts_with(prefix + ".")) return;
    const std::string rest = name.substr(prefix.size() + 1);
    const std::string written = word.empty() ? rest : word + "." + rest;
    if (module_in(input, project, written) == name) best = written;
  };
  if (!own.prefix.empty()) consider(own.prefix, "");
  for (const auto& [word, index] : own.dependencies) consider(input.projects[index].prefix, word);
  return best;
}

namespace {

/// A file with syntax errors is not checked further; `sound` says so.
LoadedModule load(Checker& checker, SourceId source, std::string demanded, std::uint32_t project = 0) {
  const std::size_t errors = checker.diagnostics.errors();
  checker.trees.push_back(grammar::parse(checker.input.sources, source, checker.diagnostics));
  LoadedModule module{.source = source, .root = NodeRef(checker.trees.back(), 0), .project = project};
  module.sound = checker.diagnostics.errors() == errors;
  const NodeRef path =
      module.root.child(NodeKind::Module) ? module.root.child(NodeKind::Module).child(NodeKind::Path) : NodeRef();
  if (path) module.declared = path_text(path);
  module.name = module_in(checker.input, project, demanded.empty() ? module.declared : demanded);
  return module;
}

void check_module_name(Checker& checker, const LoadedModule& module) {
  if (module.declared.empty()) return;  // the parser told that it is missing
  const Span place = module.root.child(NodeKind::Module).child(NodeKind::Path).span();
  const std::string wanted = as_written(checker.input, module.project, module.name);
  if (wanted != module.declared)
    checker.diagnostics.report(codes::ModulePlace, place, {{"found", module.declared}, {"wanted", wanted}})
        .label("a module's name is its path below its root")
        .fix("write `module " + wanted + "`", place, wanted);
  if (wanted == "std" || wanted.starts_with("std."))
    checker.diagnostics.report(codes::ModuleStandard, place, {{"module", wanted}});
}

std::string standard_path(std::string module) {
  std::replace(module.begin(), module.end(), '.', '/');
  return module + ".bylaw";
}

/// The same one if these sources were checked before: places in it then stay the same.
SourceId standard_source(grammar::Sources& sources, const stdlib::StandardModule& standard) {
  for (std::uint32_t i = 0; i < sources.size(); ++i)
    if (sources[SourceId{i}].path() == standard.path && sources[SourceId{i}].bytes() == standard.source)
      return SourceId{i};
  return sources.add(std::string(standard.path), std::string(standard.source));
}

void load_standard(Checker& checker, std::vector<LoadedModule>& modules, const std::string& name) {
  for (const LoadedModule& module : modules)
    if (module.standard && module.name == name) return;
  for (const stdlib::StandardModule& standard : stdlib::standard_modules()) {
    if (standard.path != standard_path(name)) continue;
    modules.push_back(load(checker, standard_source(checker.input.sources, standard), name));
    modules.back().standard = true;
  }
}

/// Those that modules import, those that these import, and so on.
void load_standard_modules(Checker& checker, std::vector<LoadedModule>& modules) {
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const NodeRef root = modules[i].root;
    for (NodeRef import : root.children(NodeKind::Import)) {
      const NodeRef path = import.child(NodeKind::Path);
      if (path && path_text(path).starts_with("std.")) load_standard(checker, modules, path_text(path));
    }
  }
}

std::vector<LoadedModule> load_all(Checker& checker) {
  std::vector<LoadedModule> modules;
  for (const InputFile& file : checker.input.modules) {
    modules.push_back(load(checker, file.source, file.module_name, file.project));
    check_module_name(checker, modules.back());
  }
  load_standard_modules(checker, modules);
  std::stable_sort(modules.begin(), modules.end(),
                   [](const LoadedModule& a, const LoadedModule& b) { return a.name < b.name; });
  return modules;
}

/// One module a name. A second file of that name is told and left out, and what stands in the first is not trusted.
void add_modules(Checker& checker, std::vector<LoadedModule>& modules) {
  for (std::size_t i = 0; i < modules.size(); ++i) {
    LoadedModule& module = modules[i];
    if (i > 0 && modules[i - 1].name == module.name && !module.name.empty() && !module.standard) {
      const NodeRef first = checker.module_roots.back();
      checker.diagnostics
          .report(codes::ModuleTwice, module.root.child(NodeKind::Module).span(), {{"module", module.name}})
          .note(first.child(NodeKind::Module).span(), "and here");
      checker.sound.back() = false;
      continue;
    }
    const NodeRef doc = module.root.child(NodeKind::Doc);
    checker.program.modules.add({.name = module.name,
                                 .source = module.source,
                                 .doc = doc ? grammar::doc_text(doc) : "",
                                 .standard = module.standard,
                                 .project = module.project});
    checker.module_roots.push_back(module.root);
    checker.sound.push_back(module.sound);
  }
  checker.imports.resize(checker.program.modules.size());
  checker.names.resize(checker.program.modules.size());
}

ModuleId module_named(const Checker& checker, const std::string& name) {
  for (std::uint32_t i = 0; i < checker.program.modules.size(); ++i)
    if (checker.program.modules[ModuleId{i}].name == name) return {i};
  return {};
}

/// A module that calls itself so, though its place says otherwise: that was told, its importers need not be.
bool declared_elsewhere(const Checker& checker, const std::vector<LoadedModule>& modules, const std::string& name) {
  return std::any_of(modules.begin(), modules.end(), [&](const LoadedModule& m) {
    return !m.standard && module_in(checker.input, m.project, m.declared) == name;
  });
}

/// As an import of that project writes them.
std::vector<std::string> module_names(const Checker& checker, std::uint32_t project) {
  std::vector<std::string> names;
  for (const Module& module : checker.program.modules)
    names.push_back(module.standard ? module.name : as_written(checker.input, project, module.name));
  for (const stdlib::StandardModule& standard : stdlib::standard_modules()) {
    std::string name(standard.path.substr(0, standard.path.size() - std::string_view(".bylaw").size()));
    std::replace(name.begin(), name.end(), '/', '.');
    names.push_back(std::move(name));
  }
  return names;
}

void unknown_module(Checker& checker, NodeRef path, const std::string& name, std::uint32_t project) {
  auto told = checker.diagnostics.report(codes::UnknownModule, path.span(), {{"module", name}});
  const std::string meant = grammar::nearest(name, module_names(checker, project));
  if (!meant.empty()) {
    told.fix("did you mean `" + meant + "`?", path.span(), meant);
    return;
  }
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || !module_named(checker, module_in(checker.input, project, name.substr(0, dot))))
    return;
  told.fix("write `import " + name.substr(0, dot) + ".{" + name.substr(dot + 1) + "}`", path.span(),
           name.substr(0, dot) + ".{" + name.substr(dot + 1) + "}");
}

/// What a failed import would have brought.
void poison(ModuleNames& names, NodeRef import) {
  const NodeRef list = import.child(NodeKind::ImportNames);
  if (!list) {
    names.poisoned.insert(std::string(import.child(NodeKind::Path).children(NodeKind::Name).back().text()));
    return;
  }
  for (NodeRef name : list.children(NodeKind::Name)) names.poisoned.insert(std::string(name.text()));
}

void resolve_imports(Checker& checker, const std::vector<LoadedModule>& modules, ModuleId id) {
  for (NodeRef import : checker.module_roots[id.index].children(NodeKind::Import)) {
    const NodeRef path = import.child(NodeKind::Path);
    const std::uint32_t project = checker.program.modules[id].project;
    const std::string name = path_text(path);
    const ModuleId target = module_named(checker, module_in(checker.input, project, name));
    if (target) {
      checker.imports[id.index].push_back({target, import});
      continue;
    }
    poison(checker.names[id.index], import);
    if (!declared_elsewhere(checker, modules, module_in(checker.input, project, name)))
      unknown_module(checker, path, name, project);
  }
}

/// What imports a module that could not be read whole cannot be checked either.
void spread_unsoundness(Checker& checker) {
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < checker.imports.size(); ++i)
      for (const Import& import : checker.imports[i]) {
        if (!checker.sound[i] || checker.sound[import.module.index]) continue;
        checker.sound[i] = false;
        changed = true;
      }
  }
}

/// The way from `from` to `to` over imports, as module ids, both ends included; empty if there is none.
std::vector<ModuleId> import_path(const Checker& checker, ModuleId from, ModuleId to) {
  std::vector<ModuleId> came_from(checker.imports.size());
  std::vector<ModuleId> queue{from};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const Import& import : checker.imports[queue[i].index]) {
      if (import.module == to) {
        std::vector<ModuleId> path{to};
        for (ModuleId at = queue[i]; at; at = at == from ? ModuleId{} : came_from[at.index]) path.push_back(at);
        std::reverse(path.begin(), path.end());
        return path;
      }
      if (came_from[import.module.index] || import.module == from) continue;
      came_from[import.module.index] = queue[i];
      queue.push_back(import.module);
    }
  }
  return {};
}

/// Each cycle once, at the first of its modules.
void tell_import_cycles(Checker& checker) {
  std::vector<bool> told(checker.imports.size());
  for (std::uint32_t i = 0; i < checker.imports.size(); ++i) {
    if (told[i]) continue;
    const std::vector<ModuleId> cycle = import_path(checker, {i}, {i});
    if (cycle.empty()) continue;
    std::string text;
    for (ModuleId id : cycle) {
      told[id.index] = true;
      text += (text.empty() ? "`" : " -> `") + checker.program.modules[id].name + "`";
    }
    for (const Import& import : checker.imports[i]) {
      if (import.module != cycle[1]) continue;
      checker.diagnostics.report(codes::ImportCycle, import.node.span(), {{"cycle", text}})
          .help("move what both need into a module that imports neither");
      break;
    }
  }
}

}  // namespace

void resolve_modules(Checker& checker) {
  std::vector<LoadedModule> modules = load_all(checker);
  add_modules(checker, modules);
  for (std::uint32_t i = 0; i < checker.program.modules.size(); ++i)
    if (checker.sound[i]) resolve_imports(checker, modules, {i});
  spread_unsoundness(checker);
  tell_import_cycles(checker);
}

}  // namespace bylaw::compiler
