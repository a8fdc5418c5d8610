#pragma once
// What each kind of declaration is called and where it is kept.

#include <initializer_list>

#include "check/checker.h"

namespace bylaw::compiler {

/// "a record", for messages; tells enums and scopes apart.
std::string_view noun(const Checker& checker, const Declaration& declaration);
/// "a parameter", for messages.
std::string_view local_noun(LocalKind kind);
Namespace namespace_of(NodeKind kind);
/// Adds a declaration's entry to the program and its node to the list of its kind; what is not part of this version of
/// the language is told and gets no entry.
Declaration add_declaration(Checker& checker, ModuleId module, NodeRef node);
/// Names that no declaration may have.
bool built_in(std::string_view name);
using Kinds = std::initializer_list<DeclarationKind>;
/// The names that lead somewhere from `module`, for "did you mean"; of these kinds alone if any are given.
std::vector<std::string> visible_names(const Checker& checker, ModuleId module, Namespace space, Kinds wanted = {});
/// `find`, which suggests only names of the wanted kinds.
const Declaration* find_among(Checker& checker, ModuleId module, NodeRef path, Namespace space, Kinds wanted);

/// The module that `written` means in an import or a `grants` of a project, by the names that its dependencies have
/// there.
std::string module_in(const Input& input, std::uint32_t project, const std::string& written);
/// The other way round: what to write in that project for a module; its name if it cannot be written there.
std::string as_written(const Input& input, std::uint32_t project, const std::string& name);

}  // namespace bylaw::compiler
