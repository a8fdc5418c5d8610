// Names to declarations: one table a module, its imports laid beside it, and the looking up of written paths.

#include <algorithm>

#include <bylaw/grammar/diagnostics/names.h>
#include <bylaw/grammar/parse.h>
#include <bylaw/stdlib/standard_modules.h>

#include "resolve/declarations.h"
#include "resolve/foreign_words.h"

namespace bylaw::compiler {

namespace {

using Table = std::map<std::string, Declaration>;

Table& own(ModuleNames& names, Namespace space) {
  switch (space) {
    case Namespace::Values: return names.values;
    case Namespace::Functions: return names.functions;
    case Namespace::Annotations: return names.annotations;
  }
  return names.values;
}

Table& imported(ModuleNames& names, Namespace space) {
  switch (space) {
    case Namespace::Values: return names.imported;
    case Namespace::Functions: return names.imported_functions;
    case Namespace::Annotations: return names.imported_annotations;
  }
  return names.imported;
}

const Declaration* lookup(const Table& table, const std::string& name) {
  const auto found = table.find(name);
  return found == table.end() ? nullptr : &found->second;
}

bool is_declaration(NodeRef node) {
  return !node.is(NodeKind::Doc) && !node.is(NodeKind::Module) && !node.is(NodeKind::Import);
}

void declare(Checker& checker, ModuleId module, NodeRef node) {
  const NodeRef name_node = node.child(NodeKind::Name);
  const std::string name(name_node.text());
  const Declaration declaration = add_declaration(checker, module, node);
  Table& table = own(checker.names[module.index], namespace_of(node.kind()));
  if (namespace_of(node.kind()) == Namespace::Values && built_in(name))
    checker.diagnostics.report(codes::BuiltInName, name_node.span(), {{"name", name}});
  if (namespace_of(node.kind()) == Namespace::Functions && is_builtin(name))
    checker.diagnostics.report(codes::BuiltInName, name_node.span(), {{"name", name}});
  if (const Declaration* first = lookup(table, name)) {
    checker.diagnostics.report(codes::NameTwice, name_node.span(), {{"name", name}})
        .note(first->node.child(NodeKind::Name).span(), "first here");
    return;
  }
  table.emplace(name, declaration);
}

/// True and told if `name` cannot be brought into the module's values, for something there has it.
bool taken(Checker& checker, ModuleNames& names, NodeRef at, const std::string& name) {
  const Declaration* other = lookup(names.values, name);
  const bool imported_already = names.imported.contains(name) || names.imported_modules.contains(name);
  if (!other && !imported_already) return false;
  auto told = checker.diagnostics.report(codes::NameTwice, at.span(), {{"name", name}});
  if (other) told.note(other->node.child(NodeKind::Name).span(), "declared here, imported above");
  return true;
}

std::vector<std::string> public_names(ModuleNames& names) {
  std::vector<std::string> result;
  for (Namespace space : {Namespace::Values, Namespace::Functions, Namespace::Annotations})
    for (const auto& [name, declaration] : own(names, space))
      if (!declaration.is_private) result.push_back(name);
  return result;
}

/// The enum or scope of the module that has a member of that name; empty if none has.
std::string enum_with_member(ModuleNames& names, std::string_view member) {
  for (const auto& [name, declaration] : own(names, Namespace::Values)) {
    if (declaration.is_private) continue;
    if (!declaration.node.is(NodeKind::EnumDecl) && !declaration.node.is(NodeKind::ScopeDecl)) continue;
    for (NodeRef candidate : declaration.node.children(NodeKind::Member))
      if (candidate.child(NodeKind::Name).text() == member) return name;
  }
  return "";
}

void not_in_module(Checker& checker, NodeRef name, ModuleId module) {
  auto told = checker.diagnostics.report(
      codes::NotInModule, name.span(),
      {{"module", checker.program.modules[module].name}, {"name", std::string(name.text())}});
  const std::string owner = enum_with_member(checker.names[module.index], name.text());
  if (!owner.empty()) {
    told.help("it is a member of `" + owner + "`: members need no import");
    return;
  }
  const std::string meant = grammar::nearest(name.text(), public_names(checker.names[module.index]));
  if (!meant.empty()) told.fix("did you mean `" + meant + "`?", name.span(), meant);
}

void private_name(Checker& checker, NodeRef name, const Declaration& declaration) {
  checker.diagnostics
      .report(codes::PrivateName, name.span(),
              {{"name", std::string(name.text())}, {"module", checker.program.modules[declaration.module].name}})
      .note(declaration.node.child(NodeKind::Private).span(), "declared private here");
}

/// Brings one name in, from each namespace of `source` that has it.
void import_name(Checker& checker, ModuleId into, ModuleId source, NodeRef name_node) {
  const std::string name(name_node.text());
  ModuleNames& names = checker.names[into.index];
  bool found = false;
  const Declaration* hidden = nullptr;
  for (Namespace space : {Namespace::Values, Namespace::Functions, Namespace::Annotations}) {
    const Declaration* declaration = lookup(own(checker.names[source.index], space), name);
    if (!declaration) continue;
    if (declaration->is_private) {
      hidden = declaration;
      continue;
    }
    found = true;
    if (space == Namespace::Values && taken(checker, names, name_node, name)) continue;
    imported(names, space).emplace(name, *declaration);
  }
  if (found) return;
  names.poisoned.insert(name);
  if (hidden)
    private_name(checker, name_node, *hidden);
  else
    not_in_module(checker, name_node, source);
}

void bring_in(Checker& checker, ModuleId into, const Import& import) {
  if (const NodeRef list = import.node.child(NodeKind::ImportNames)) {
    for (NodeRef name : list.children(NodeKind::Name)) import_name(checker, into, import.module, name);
    return;
  }
  const NodeRef last = import.node.child(NodeKind::Path).children(NodeKind::Name).back();
  ModuleNames& names = checker.names[into.index];
  if (!taken(checker, names, last, std::string(last.text())))
    names.imported_modules.emplace(std::string(last.text()), import.module);
}

/// The module that would have to be imported for `name`, if a single one has it.
std::string module_with(Checker& checker, const std::string& name, Namespace space) {
  std::string found;
  for (std::uint32_t i = 0; i < checker.names.size(); ++i) {
    const Declaration* declaration = lookup(own(checker.names[i], space), name);
    if (!declaration || declaration->is_private) continue;
    if (!found.empty()) return "";
    found = checker.program.modules[ModuleId{i}].name;
  }
  return found;
}

/// `acme` of a module `acme.deploy`.
bool begins_a_module(const Checker& checker, const std::string& name) {
  const auto begins = [&](const Module& module) { return module.name.starts_with(name + "."); };
  return std::any_of(checker.program.modules.begin(), checker.program.modules.end(), begins);
}

/// The same among the standard modules, which are read only if they are imported.
std::string standard_module_with(const std::string& name) {
  for (const stdlib::StandardModule& standard : stdlib::standard_modules()) {
    grammar::Sources sources;
    grammar::Diagnostics ignored;
    const SourceId source = sources.add(std::string(standard.path), std::string(standard.source));
    const grammar::SyntaxTree tree = grammar::parse(sources, source, ignored);
    for (NodeRef node : NodeRef(tree, 0).children())
      if (is_declaration(node) && node.child(NodeKind::Name).text() == name)
        return path_text(NodeRef(tree, 0).child(NodeKind::Module).child(NodeKind::Path));
  }
  return "";
}

Code unknown_code(Namespace space) {
  switch (space) {
    case Namespace::Values: return codes::UnknownName;
    case Namespace::Functions: return codes::UnknownFunction;
    case Namespace::Annotations: return codes::UnknownAnnotation;
  }
  return codes::UnknownName;
}

const Declaration* find_plain(Checker& checker, ModuleId module, NodeRef name_node, Namespace space, Kinds wanted) {
  const std::string name(name_node.text());
  ModuleNames& names = checker.names[module.index];
  if (const Declaration* found = lookup(own(names, space), name)) return found;
  if (const Declaration* found = lookup(imported(names, space), name)) return found;
  if (!names.poisoned.contains(name))
    unknown_name(checker, module, name_node, space, visible_names(checker, module, space, wanted));
  return nullptr;
}

/// `role.contains("ad")`: of no module, so it is meant as in other languages.
void no_methods(Checker& checker, NodeRef qualifier, NodeRef name) {
  const Span span{name.span().source, qualifier.span().begin, name.span().end};
  const std::string text(name.text());
  const std::string_view foreign = foreign_function(text);
  checker.diagnostics.report(codes::UnknownFunction, span, {{"name", std::string(qualifier.text()) + "." + text}})
      .label("values have no methods")
      .help(is_builtin(text)
                ? "what it works on stands in brackets: `" + text + "(" + std::string(qualifier.text()) + ", ..)`"
            : foreign.empty() ? "a function of another module is written with the last word of an imported module"
                              : std::string(foreign));
}

const Declaration* find_qualified(Checker& checker, ModuleId module, NodeRef qualifier, NodeRef name_node,
                                  Namespace space) {
  ModuleNames& names = checker.names[module.index];
  const auto found = names.imported_modules.find(std::string(qualifier.text()));
  if (found != names.imported_modules.end()) return find_in(checker, found->second, name_node, space);
  if (names.poisoned.contains(std::string(qualifier.text()))) return nullptr;
  if (space == Namespace::Functions) {
    no_methods(checker, qualifier, name_node);
    return nullptr;
  }
  auto told =
      checker.diagnostics.report(codes::UnknownName, qualifier.span(), {{"name", std::string(qualifier.text())}});
  std::vector<std::string> candidates;
  for (const auto& [name, id] : names.imported_modules) candidates.push_back(name);
  const std::string meant = grammar::nearest(qualifier.text(), candidates);
  if (meant.empty())
    told.help("before the dot stands the last word of an imported module");
  else
    told.fix("did you mean `" + meant + "`?", qualifier.span(), meant);
  return nullptr;
}

/// What `name` already stands for where it would be declared, or nothing. `place` gets where that is.
/// What is named in places of its own (`for NAME`, `is NAME`), so that a value of the same name hides nothing there.
/// Where a policy's name is a value, the nearer one is meant.
bool stands_apart(DeclarationKind kind) {
  return kind == DeclarationKind::Decision || kind == DeclarationKind::Policy || kind == DeclarationKind::Template ||
         kind == DeclarationKind::Claim;
}

std::string visible_as(Checker& checker, const Environment& environment, const std::string& name, Span& place) {
  const Program& program = checker.program;
  for (LocalId id : environment.locals)
    if (program.locals[id].name == name) {
      place = program.locals[id].span;
      return std::string(local_noun(program.locals[id].kind));
    }
  for (DecisionId id : environment.decisions)
    if (const Field* field = program.find_field(program.decisions[id].fields, name)) {
      place = field->name_span;
      return "a field of decision `" + program.decisions[id].name + "`";
    }
  ModuleNames& names = checker.names[environment.module.index];
  for (const Table* table : {&names.values, &names.imported})
    if (const Declaration* found = lookup(*table, name); found && !stands_apart(found->kind)) {
      place = found->node.child(NodeKind::Name).span();
      return std::string(noun(checker, *found));
    }
  return names.imported_modules.contains(name) ? "an imported module" : "";
}

}  // namespace

std::vector<std::string> visible_names(const Checker& checker, ModuleId module, Namespace space, Kinds wanted) {
  ModuleNames names = checker.names[module.index];  // a copy: `own` gives what may be changed
  std::vector<std::string> result;
  for (const Table* table : {&own(names, space), &imported(names, space)})
    for (const auto& [name, declaration] : *table)
      if (wanted.size() == 0 || std::find(wanted.begin(), wanted.end(), declaration.kind) != wanted.end())
        result.push_back(name);
  if (space == Namespace::Functions)
    for (std::string& name : builtin_names()) result.push_back(std::move(name));
  return result;
}

std::string path_text(NodeRef path) {
  if (path.is(NodeKind::Name)) return std::string(path.text());
  std::string text;
  for (NodeRef name : path.children(NodeKind::Name)) text += (text.empty() ? "" : ".") + std::string(name.text());
  return text;
}

UnknownName unknown_name(Checker& checker, ModuleId module, NodeRef name_node, Namespace space,
                         const std::vector<std::string>& candidates) {
  const std::string name(name_node.text());
  auto told = checker.diagnostics.report(unknown_code(space), name_node.span(), {{"name", name}});
  std::string from = module_with(checker, name, space);
  if (from.empty() && space == Namespace::Values) from = standard_module_with(name);
  const std::string meant = grammar::nearest(name, candidates);
  const bool elsewhere = !from.empty() && from != checker.program.modules[module].name;
  const bool a_module = begins_a_module(checker, name);
  if (elsewhere) {
    const Module& here = checker.program.modules[module];
    const std::string written = from.starts_with("std.") ? from : as_written(checker.input, here.project, from);
    told.help("module `" + written + "` has one:  `import " + written + ".{" + name + "}`");
  } else if (!meant.empty())
    told.fix("did you mean `" + meant + "`?", name_node.span(), meant);
  else if (a_module)
    told.help("what another module declares is imported, and then written without the module's path");
  const bool mended = elsewhere || a_module || !meant.empty();
  const std::string_view foreign = space == Namespace::Functions ? foreign_function(name) : foreign_value(name);
  if (mended || foreign.empty()) return {told, mended};
  told.help(std::string(foreign));
  return {told, true};
}

const Declaration* find_in(Checker& checker, ModuleId module, NodeRef name_node, Namespace space) {
  const Declaration* found = lookup(own(checker.names[module.index], space), std::string(name_node.text()));
  if (!found && !checker.names[module.index].poisoned.contains(std::string(name_node.text())))
    not_in_module(checker, name_node, module);
  if (!found || !found->is_private) return found;
  private_name(checker, name_node, *found);
  return nullptr;
}

const Declaration* find(Checker& checker, ModuleId module, NodeRef path, Namespace space) {
  return find_among(checker, module, path, space, {});
}

const Declaration* find_among(Checker& checker, ModuleId module, NodeRef path, Namespace space, Kinds wanted) {
  if (path.is(NodeKind::Name)) return find_plain(checker, module, path, space, wanted);
  const std::vector<NodeRef> words = path.children(NodeKind::Name);
  if (words.size() == 1) return find_plain(checker, module, words[0], space, wanted);
  if (words.size() == 2) return find_qualified(checker, module, words[0], words[1], space);
  checker.diagnostics.report(codes::UnknownName, path.span(), {{"name", path_text(path)}})
      .help("import the module and write `" + std::string(words[words.size() - 2].text()) + "." +
            std::string(words.back().text()) + "`");
  return nullptr;
}

const Declaration* find_kind(Checker& checker, ModuleId module, NodeRef path, DeclarationKind kind,
                             std::string_view expected) {
  const Declaration* found = find_among(checker, module, path, Namespace::Values, {kind});
  if (!found) return nullptr;
  if (found->kind == kind) return found->index == 0xffffffff ? nullptr : found;
  checker.diagnostics
      .report(codes::WrongKind, path.span(),
              {{"name", path_text(path)},
               {"kind", std::string(noun(checker, *found))},
               {"expected", std::string(expected)}})
      .note(found->node.child(NodeKind::Name).span(), "declared here");
  return nullptr;
}

bool shadows(Checker& checker, const Environment& environment, NodeRef name) {
  Span place;
  const std::string other = visible_as(checker, environment, std::string(name.text()), place);
  if (other.empty()) return false;
  auto told =
      checker.diagnostics.report(codes::NameHides, name.span(), {{"name", std::string(name.text())}, {"other", other}});
  if (place.known()) told.note(place, "`" + std::string(name.text()) + "` is declared here");
  return true;
}

void collect_names(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.modules.size(); ++i)
    if (checker.sound[i])
      for (NodeRef node : checker.module_roots[i].children())
        if (is_declaration(node)) declare(checker, {i}, node);
  for (std::uint32_t i = 0; i < checker.program.modules.size(); ++i)
    if (checker.sound[i])
      for (const Import& import : checker.imports[i]) bring_in(checker, {i}, import);
}

}  // namespace bylaw::compiler
