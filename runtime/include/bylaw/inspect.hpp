#pragma once
// What a request holds once it was read, as plain values: defaults filled in, entities as the request and the entity
// data describe them together, everything inherited worked out. For tools that work a decision out another way
// (coverage, mutation); allocates, and is slow.

#include <bylaw/bylaw.hpp>

#include <string>
#include <vector>

namespace bylaw {

struct Inspected {
  enum class Kind : std::uint8_t {
    Absent,
    Number,  // Bool: 0 or 1; Int; Time, Duration: microseconds; Decimal: ten-thousandths
    Text,    // String; Ip, Cidr, Version, Versions: the printed form
    Member,  // its number as declared; of a text that is no member -1, and the text
    Entity,  // `type`, and the id as text
    Set,
    List,
    Record,  // one a field, in declared order
    Map,     // entries, ascending by key: Records of key and value
  };
  Kind kind = Kind::Absent;
  std::int64_t number = 0;
  std::string text;
  std::string type;  // qualified
  std::vector<Inspected> items;
};

struct EntityName {
  std::string type;  // qualified
  std::string id;
  friend auto operator<=>(const EntityName&, const EntityName&) = default;
};

struct InspectedEntity {
  EntityName name;
  std::vector<Inspected> attributes;  // one a field of its type; none if nothing is known of it
  std::vector<EntityName> above;      // ascending; without itself, unless it is in a cycle
  std::vector<EntityName> parents;
};

struct Inspection {
  bool valid = false;             // else the request was refused, and nothing is told
  std::vector<Inspected> fields;  // of the decision, in declared order
  /// Those that the request holds or describes, those named by `also`, what their attributes hold, and all above these.
  std::vector<InspectedEntity> entities;
};

/// Of a request that is valid; else it is empty.
Inspection inspect(const Decision&, const Request&, const std::vector<EntityName>& also);

}  // namespace bylaw
