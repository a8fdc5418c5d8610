#pragma once
// What an expression over constants and params can be: the literals that it stands for in this build.

#include <bylaw/compiler/typed_tree.h>

#include <functional>
#include <optional>
#include <vector>

namespace bylaw::compiler {

/// The collection whose elements a binder stands for; none if that is not known.
using CollectionOf = std::function<ExprId(LocalId)>;

/// All the literals that the expression may be: a constant, a field of one, what it has at some key, an element of it.
/// Nothing if it depends on anything else.
std::optional<std::vector<ExprId>> constant_values(const Program& program, ExprId expr,
                                                   const CollectionOf& collection_of);

}  // namespace bylaw::compiler
