#pragma once
// What an entity of one case holds and lies in, as failures tell it.

#include <bylaw/inspect.hpp>

#include <string>
#include <vector>

#include "names.h"

namespace bylaw::runner {

class EntityValues {
 public:
  /// `entities_json`: what was given, by which what is inherited is told from what is the entity's own.
  EntityValues(const Program& program, const Inspection& inspection, const std::string& entities_json)
      : program_(program), inspection_(inspection), entities_json_(entities_json) {}

  /// "180d (inherited from Organization::\"acme\")" behind `.key_lifetime`; empty if it is not known.
  std::string attribute(const std::string& type, const std::string& id, const std::vector<std::string>& steps) const;
  /// ", which is in Group::\"a\" and Group::\"b\"", ", which is in nothing"; empty if its type lies in nothing.
  std::string above(const std::string& type, const std::string& id) const;

 private:
  const InspectedEntity* find(const std::string& type, const std::string& id) const;
  std::string source(const InspectedEntity& entity, const compiler::Field& field) const;
  std::string named(const EntityName& entity) const;

  const Program& program_;
  const Inspection& inspection_;
  const std::string& entities_json_;
};

}  // namespace bylaw::runner
