#pragma once
// Values of scenarios as JSON. The declared type reads the scalar, not YAML: `no` is a text in a String and a mistake
// in a Bool. What a type cannot read is a mistake of the file; what is missing is left to the engine, which refuses the
// case.

#include <optional>
#include <string>
#include <vector>

#include "json_text.h"
#include "merge.h"
#include "times.h"

namespace bylaw::runner {

/// What times are counted from.
struct CaseTimes {
  DecisionId decision;
  const YamlNode* request = nullptr;  // merged; null: a single layer is checked, and no time is worked out
};

/// An attribute of entity data as the engine reads it.
struct WireAttribute {
  const YamlEntry* entry;
  std::string key;
  std::optional<std::string> json;  // nothing: `~` takes it away
};

class Values {
 public:
  Values(Context& context, CaseTimes times) : context_(context), times_(times) {}

  /// The whole request of the case.
  std::optional<std::string> request(const YamlNode& merged);
  /// A value of a declared type. `path` is where it stands in the request, for messages.
  std::optional<std::string> value(TypeId type, const YamlNode& node, const std::string& path);
  /// The attributes of an entity of entity data.
  std::optional<std::vector<WireAttribute>> entity(EntityTypeId type, const std::string& id, const YamlNode& map);
  /// Some time was counted from another of the request.
  bool counted() const { return counted_; }
  /// The fields of a record in a map; those given only, `~` left out.
  std::optional<std::string> fields(Place place, const YamlNode& map, const std::string& path);

 private:
  std::optional<std::string> policy(const YamlNode& node);
  std::optional<std::string> union_value(TypeId type, const YamlNode& node, const std::string& path);
  std::optional<std::string> scalar_bool(const YamlNode& node);
  std::optional<std::string> scalar_int(const YamlNode& node);
  std::optional<std::string> scalar_text(const YamlNode& node);
  void tell_without_quotes(const YamlNode& node);
  std::optional<std::string> scalar_form(compiler::TypeKind type, const YamlNode& node);
  std::optional<std::string> scalar_decimal(const YamlNode& node);
  std::optional<std::string> scalar_duration(const YamlNode& node);
  std::optional<std::string> scalar_time(const YamlNode& node, const std::string& path);
  std::optional<std::string> member(const compiler::EnumType& type, const YamlNode& node);
  std::optional<std::string> unknown_member(const compiler::EnumType& type, const YamlNode& map);
  std::optional<std::string> collection(const Type& type, const YamlNode& node, const std::string& path);
  std::optional<std::string> map(TypeId type, const YamlNode& node, const std::string& path);
  std::optional<std::string> map_key(TypeId type, const YamlEntry& entry);
  std::optional<std::string> reference(const std::vector<EntityTypeId>& possible, const YamlNode& node);
  std::optional<std::string> entity_object(const Type& type, const YamlNode& map, const std::string& path);
  std::optional<std::string> parents(const std::vector<EntityTypeId>& types, const YamlNode& node);
  std::optional<std::vector<WireAttribute>> attributes(const std::vector<EntityTypeId>& types, const YamlNode& map,
                                                       const std::string& path);
  std::optional<std::string> attribute(const std::vector<EntityTypeId>& types, const YamlEntry& entry,
                                       const std::string& path, const Field* field);
  std::optional<std::string> undeclared(const YamlNode& node);

  std::optional<std::int64_t> instant(const YamlNode& node);
  std::optional<std::int64_t> counted_from(const YamlNode& node, const std::string& path);

  bool given_once(std::vector<const Field*>& given, const Field* field, const YamlEntry& entry);
  bool has_value(const YamlNode& node, const std::string& path);
  bool wants(bool kept, const YamlNode& node, TypeId type, const char* rule);
  void not_read(const YamlNode& node, const std::string& type, const std::string& rule);
  std::string article(TypeId type) const;

  Context& context_;
  CaseTimes times_;
  bool counted_ = false;
  std::vector<std::string> counting_;  // the times that are being worked out: one that comes again is a circle
};

/// `User::"ana"`, as entity data names it.
std::string entity_key(const Program& program, EntityTypeId type, const std::string& id);
/// "an Int", "a Bool", "a Set<User | Group>".
std::string with_article(const std::string& type_name);
/// The source text of a node on one line.
std::string source_text(const grammar::Sources& sources, const YamlNode& node);

}  // namespace bylaw::runner
