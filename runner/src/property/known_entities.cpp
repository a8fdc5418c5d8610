#include <format/text_forms.h>

#include "names.h"
#include "property/drawer.h"

namespace bylaw::runner {

KnownEntities known_entities(const Program& program, const std::string& entities_json) {
  KnownEntities known;
  const OrderedJson entities = OrderedJson::parse(entities_json, nullptr, false);
  if (!entities.is_object()) return known;
  for (const auto& [key, attributes] : entities.items()) {
    const auto parts = format::read_entity(key);
    for (std::uint32_t i = 0; parts && i < program.entities.size(); ++i) {
      const compiler::EntityTypeId type{i};
      if (!is_tail(parts->type, program.qualified(program.entities[type]))) continue;
      known[type].push_back(key);
      break;
    }
  }
  return known;
}

}  // namespace bylaw::runner
