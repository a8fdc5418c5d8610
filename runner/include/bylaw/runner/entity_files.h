#pragma once
// Entity data on its way to the runtime: each attribute as JSON text, with the place where somebody wrote it, so that
// what the runtime refuses or ignores can be told there. Layers are laid over each other entity by entity and attribute
// by attribute; the last one wins.

#include <bylaw/compiler/project.h>
#include <bylaw/bylaw.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bylaw::runner {

/// `in`, or an attribute by its text in requests.
struct EntityAttribute {
  std::string key;
  std::string json;
  grammar::Span place;
};

struct EntityRecord {
  std::string key;  // `User::"ana"`
  grammar::Span place;
  std::vector<EntityAttribute> attributes;
};

class EntityTable {
 public:
  /// The record of an entity, made if it is not there.
  EntityRecord& record(const std::string& key, grammar::Span place);
  void erase(const std::string& key);
  std::size_t size() const { return numbers_.size(); }

  /// `{"User::\"ana\"": {"in": [..]}}`, in the order in which entities were first named.
  std::string json() const;
  /// Where that stands of which the runtime says `["User::\"ana\""].level`; nowhere if nobody wrote it.
  grammar::Span find(std::string_view path) const;

 private:
  const EntityRecord* find_record(const std::string& key) const;

  std::vector<EntityRecord> records_;  // those of erased entities have no key
  std::unordered_map<std::string, std::size_t> numbers_;
};

/// Gives the attribute its value; one that is there already is replaced.
void give(EntityRecord& record, std::string_view key, std::string json, grammar::Span place);

/// Takes the attribute away.
void take(EntityRecord& record, std::string_view key);

/// By what entity data is read. Without a program YAML follows the rules of JSON, and there is neither CSV nor a
/// snapshot that something is laid over.
struct EntityTypes {
  const compiler::Program* program;
  const Bundle& bundle;
};

/// Lays a file (JSON, YAML, CSV, a snapshot) over the table. What is wrong is told.
void lay_entity_file(EntityTable& table, const grammar::Sources& sources, grammar::SourceId file,
                     const EntityTypes& types, grammar::Diagnostics& diagnostics);

/// The entity data files of the project (`entities` of bylaw.yaml), laid over each other.
EntityTable project_entities(const compiler::Project& project, const compiler::Program& program, const Bundle& bundle,
                             grammar::Diagnostics& diagnostics);

/// What the runtime refused of the data, each mistake at its place.
void tell_refused(const Error& error, const EntityTable& table, grammar::Diagnostics& diagnostics);
/// Values that somebody wrote and that do not count.
void tell_ignored(const std::vector<Error>& warnings, const EntityTable& table, grammar::Diagnostics& diagnostics);

}  // namespace bylaw::runner
