#pragma once
// Names in entity data that nobody describes and that are nearly those of others.

#include <bylaw/grammar/diagnostic.h>
#include <bylaw/runner/entity_files.h>

#include <string>
#include <vector>

#include "names.h"

namespace bylaw::runner {

struct MistypedName {
  Span place;  // of the attribute
  std::string id;
  std::string name, meant;  // printed: `Group::"enginers"`
};

/// Each name once: neither described nor named by a policy or list, while another of its type is nearly the same.
std::vector<MistypedName> mistyped_names(const Program& program, const EntityTable& table);
void tell(const MistypedName& name, grammar::Diagnostics& diagnostics);

}  // namespace bylaw::runner
