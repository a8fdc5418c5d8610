#pragma once
// How several values become one: how the strategies of strategies.def are written, and which an attribute may have.

#include <bylaw/compiler/typed_tree.h>

#include <string_view>
#include <vector>

namespace bylaw::compiler {

/// "min": how a strategy is written.
std::string_view spelling(Strategy strategy);

/// All entity types above, without itself unless it is above itself.
std::vector<EntityTypeId> types_above(const Program& program, EntityTypeId id);

/// The strategies by which an attribute of that type may inherit.
std::vector<Strategy> inherit_strategies(const Program& program, EntityTypeId entity, TypeId type);

}  // namespace bylaw::compiler
