#include "generate/base_request.h"

namespace bylaw::runner {
namespace {

using compiler::Field;
using compiler::Type;
using compiler::TypeId;
using compiler::TypeKind;

constexpr int kDeepest = 8;

class Plain {
 public:
  explicit Plain(const Program& program) : program_(program) {}

  OrderedJson fields(const std::vector<Field>& fields, int depth) const {
    OrderedJson json = OrderedJson::object();
    for (const Field& field : fields)
      if (!program_.is_optional(field.type) && !field.default_value) json[field.wire] = value(field.type, depth + 1);
    return json;
  }

 private:
  OrderedJson value(TypeId id, int depth) const {
    const Type& type = program_.types[id];
    switch (type.kind) {
      case TypeKind::Bool: return false;
      case TypeKind::Int:
      case TypeKind::Decimal: return 0;
      case TypeKind::Time: return "2026-01-01T00:00:00Z";
      case TypeKind::Duration: return "0s";
      case TypeKind::Enum: return program_.enums[type.enum_id].members.front().wire;
      case TypeKind::Set:
      case TypeKind::List: return OrderedJson::array();
      case TypeKind::Ip: return "192.0.2.1";
      case TypeKind::Cidr: return "192.0.2.0/24";
      case TypeKind::Version: return "1.0.0";
      case TypeKind::Versions: return ">=1.0.0";
      case TypeKind::Record:
        if (const compiler::RecordType* either = program_.either_of(id))
          return value(program_.without_optional(either->fields.front().type), depth);
        return depth > kDeepest ? OrderedJson() : fields(program_.records[type.record].fields, depth);
      case TypeKind::Entity: return entity(type, depth);
      default: return "example";
    }
  }

  OrderedJson entity(const Type& type, int depth) const {
    const compiler::EntityType& declared = program_.entities[type.entities.front()];
    OrderedJson json = {{"type", declared.name}, {"id", "example"}};
    if (!declared.parents.empty()) json["in"] = OrderedJson::array();
    // An entity of the same type further down is this one.
    if (depth <= kDeepest) json.update(fields(declared.fields, depth));
    return json;
  }

  const Program& program_;
};

}  // namespace

OrderedJson base_request(const Program& program, compiler::DecisionId decision) {
  return Plain(program).fields(program.decisions[decision].fields, 0);
}

}  // namespace bylaw::runner
