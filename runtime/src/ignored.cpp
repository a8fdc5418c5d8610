// Values that someone wrote into entity data and that do not count, since a strategy only tightens (or only loosens):
// told when the data is read, for whoever wrote them thinks that they do.

#include "format/codes.h"
#include "inherit.h"
#include "order.h"
#include "print_value.h"

namespace bylaw {
namespace {

using format::FieldRecord;
using format::MergeStrategy;

constexpr std::size_t kMostWarnings = 100;

std::string_view reason(MergeStrategy strategy) {
  switch (strategy) {
    case MergeStrategy::Min: return "above it stands less, and it inherits by `min`";
    case MergeStrategy::Max: return "above it stands more, and it inherits by `max`";
    case MergeStrategy::Any: return "above it stands true, and it inherits by `any`";
    case MergeStrategy::All: return "above it stands false, and it inherits by `all`";
    case MergeStrategy::Intersect: return "not everything of it stands above too, and it inherits by `intersect`";
    case MergeStrategy::Farthest: return "the topmost value counts, and it inherits by `farthest`";
    case MergeStrategy::None:
    case MergeStrategy::Union:
    case MergeStrategy::Nearest:
    case MergeStrategy::Collect: return {};
  }
  return {};
}

Error warning(const RequestData& filled, const LocalEntity& entity, const FieldRecord& field, const Place& place) {
  const BundleView& view = filled.world->view();
  const Printer printer(*filled.world, memory_of(filled));
  const std::string name = printer.entity(entity.word);
  const std::string own = printer.print(field.type, place.slots + field.explicit_slot).text;
  const std::string merged = printer.print(field.type, place.slots + field.slot).text;
  const std::string_view wire = view.symbol_text(field.wire);
  const format::Arguments arguments = {
      {"attribute", wire}, {"entity", name}, {"own", own}, {"merged", merged}, {"reason", reason(field.inherit)}};
  return {format::info(format::Code::ValueIgnored).code,
          name + "." + std::string(wire),
          format::text(format::Code::ValueIgnored, arguments),
          {}};
}

}  // namespace

std::vector<Error> find_ignored_values(const RequestData& filled) {
  const BundleView& view = filled.world->view();
  std::vector<Error> warnings;
  for (std::uint32_t i = 0; i < filled.entities.count && warnings.size() < kMostWarnings; ++i) {
    const LocalEntity& entity = filled.entities.at(filled.data, i);
    if (!entity.described()) continue;
    const std::uint32_t shape = view.entity_types[entity_type(entity.word)].shape;
    const Place place = place_of(view, shape, filled.data.words + entity.frame);
    for (const FieldRecord& field : fields_of(view, shape)) {
      if (field.inherit == MergeStrategy::None || reason(field.inherit).empty()) continue;
      if (!place.bit(field.explicit_presence)) continue;
      const FieldRecord own = own_value(field);
      if (same_value_of(filled, own, field, place)) continue;
      warnings.push_back(warning(filled, entity, field, place));
    }
  }
  return warnings;
}

}  // namespace bylaw
