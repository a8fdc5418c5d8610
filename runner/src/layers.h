#pragma once
// The layers of a case, found: which partial requests are laid under it, which entities, which policies take part.

#include <set>
#include <string>
#include <vector>

#include "expand.h"
#include "policy_choice.h"

namespace bylaw::runner {

/// A partial request. `shared`: it may speak of fields that only other decisions have.
struct PartialRequest {
  const YamlNode* node = nullptr;
  enum class Others { None, OfFile, Any } others = Others::None;
};

/// Weakest first: `given` of file and group, what the case is like, `when`.
std::vector<PartialRequest> partial_requests(Context& context, const Case& source);

/// Maps of entities, weakest first: fixtures, file, group, scenario.
std::vector<const YamlNode*> entity_maps(const Case& source);

/// The policies that an `only` names; null if there is one that does not exist, which was told.
PolicyChoiceOrAll policies_named(Context& context, const YamlEntry& only);
/// What the innermost `only` says; null if none does.
PolicyChoiceOrAll policies_of(Context& context, const Case& source);

/// The innermost `skip`, or null.
const Skip* skip_of(const Case& source);
/// The innermost `about`.
std::string about_of(const Case& source);

}  // namespace bylaw::runner
