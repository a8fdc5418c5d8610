#pragma once
// Values of the declared types, made out of choices: 0 is what the base has, else the plainest; numbers and texts lie
// around the constants that conditions speak of, the nearest to the base first.

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "generate/json_edit.h"
#include "property/choices.h"
#include "property/constants.h"

namespace bylaw::runner {

/// By type: the entities that the data describes, as references.
using KnownEntities = std::map<compiler::EntityTypeId, std::vector<std::string>>;
KnownEntities known_entities(const Program& program, const std::string& entities_json);

class Drawer {
 public:
  Drawer(const Program& program, const DecisionConstants& constants, KnownEntities known, std::int64_t now)
      : program_(program), types_(program), constants_(constants), known_(std::move(known)), now_(now) {}

  /// A new request: nobody was described in it yet.
  void begin() { described_.clear(); }

  /// A value of the field; null: it is left out. `base`: what stands there, or null.
  OrderedJson of_field(const compiler::Field& field, const OrderedJson* base, Choices& choices) {
    return of_field(field, base, choices, 0);
  }
  /// A value of the type; null: absent. `field`: the text of the field in requests around which it stands.
  OrderedJson any(compiler::TypeId type, const OrderedJson* base, const std::string& field, Choices& choices) {
    return value(type, base, field, choices, 0);
  }
  /// An entity of that type.
  OrderedJson entity(compiler::EntityTypeId type, const OrderedJson* base, const std::string& field, Choices& choices) {
    return entity({type}, base, field, choices, 0);
  }
  /// A number within both ends.
  OrderedJson within(compiler::TypeId type, std::int64_t low, std::int64_t high, const OrderedJson* base,
                     const std::string& field, Choices& choices);

 private:
  struct Ends {
    std::int64_t low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
  };

  OrderedJson value(compiler::TypeId type, const OrderedJson* base, const std::string& field, Choices& choices,
                    int depth);
  OrderedJson part(TypeId id, const OrderedJson* base, const std::string& field, Choices& choices, int depth);
  OrderedJson member(const compiler::EnumType& type, const OrderedJson* base, Choices& choices) const;
  OrderedJson number(compiler::TypeId type, const OrderedJson* base, const std::string& field, Choices& choices,
                     Ends ends);
  const std::vector<std::int64_t>& numbers(compiler::TypeId type, std::int64_t origin, const std::string& field,
                                           Ends ends);
  OrderedJson text(compiler::TypeId type, const OrderedJson* base, const std::string& field, Choices& choices);
  const std::vector<OrderedJson>& texts(compiler::TypeId type, const std::string& field);
  OrderedJson collection(compiler::TypeId type, const OrderedJson* base, const std::string& field, Choices& choices,
                         int depth);
  OrderedJson small_set(const compiler::EnumType& type, const OrderedJson* base, Choices& choices) const;
  OrderedJson element(compiler::TypeId type, const std::string& field, Choices& choices, int depth);
  OrderedJson map(compiler::TypeId type, const OrderedJson* base, const std::string& field, Choices& choices,
                  int depth);
  OrderedJson of_field(const compiler::Field& field, const OrderedJson* base, Choices& choices, int depth);
  OrderedJson fields(const std::vector<compiler::Field>& fields, const OrderedJson* base, Choices& choices, int depth);
  OrderedJson entity(const std::vector<compiler::EntityTypeId>& types, const OrderedJson* base,
                     const std::string& field, Choices& choices, int depth);
  OrderedJson somebody(compiler::EntityTypeId type, const OrderedJson* base, Choices& choices, int depth);
  OrderedJson parents(const compiler::EntityType& type, const OrderedJson* base, Choices& choices) const;
  /// References to entities of these types; `named`: also those that conditions and lists name.
  std::vector<std::string> references(const std::vector<compiler::EntityTypeId>& types, bool named) const;

  const Program& program_;
  TypeValues types_;
  const DecisionConstants& constants_;
  KnownEntities known_;
  // What was worked out before: by type, where one begins, field and ends; by type and field.
  std::map<std::tuple<std::uint32_t, std::int64_t, std::string, std::int64_t, std::int64_t>, std::vector<std::int64_t>>
      numbers_;
  std::map<std::pair<std::uint32_t, std::string>, std::vector<OrderedJson>> texts_;
  KnownEntities described_;  // by the values drawn for this request
  std::int64_t now_;
};

}  // namespace bylaw::runner
