#pragma once
// A request that a property found, as a scenario to be kept.

#include <string>

#include "property/property.h"

namespace bylaw::runner {

/// The lines of such a scenario that do not depend on the request.
void add_scenario_lines(const Context& context, const PropertySource& property, PropertyPlan& plan);

/// A node as it is written, within one line.
std::string one_line(const Context& context, const YamlNode& node);

/// `- name: ..` and the lines below it.
std::string scenario_of(const Program& program, const PropertyPlan& plan, DecisionId decision,
                        const std::string& request_json);

}  // namespace bylaw::runner
