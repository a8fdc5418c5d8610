#pragma once
// The elements of a `for each`, as failures tell them.

#include <bylaw/report.hpp>

#include <string>
#include <vector>

#include "names.h"

namespace bylaw::runner {

/// Its value, or the fields of a record: "{name: mesh, image: nginx}".
std::string element_text(const FoundElement& element);
/// One a binder: "c = pod.containers[1]: {name: mesh, image: nginx}", "s in token.scopes: code".
std::string bound_text(const Program& program, RuleId rule, const std::vector<FoundElement>& elements);

/// At most `longest` bytes and "..".
std::string shortened(std::string text, std::size_t longest);

}  // namespace bylaw::runner
