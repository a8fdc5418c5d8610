// Slots: the fields of decisions by name, found at start-up.

#include "access.h"
#include "format/codes.h"
#include "suggest.h"
#include "world_data.h"

namespace bylaw {
namespace {

using format::FieldRecord;

/// More than any sensible request has: records without fields take no room in a frame, and could be nested without end.
constexpr std::size_t kMostSlots = 65536;

/// Records cannot contain themselves, and nest at most format::kMaxNesting deep.
void add_slots(WorldData& world, std::uint32_t decision, std::uint32_t shape, std::uint32_t parent) {
  const BundleView& view = world.view();
  const format::ShapeRecord& record = view.shapes[shape];
  for (std::uint32_t field = record.first_field; field < record.first_field + record.field_count; ++field) {
    if (world.slots.size() == kMostSlots) return;
    const auto slot = static_cast<std::uint32_t>(world.slots.size());
    world.slots.push_back({decision, parent, field});
    const format::TypeRecord& type = view.types[view.fields[field].type];
    if (type.kind == format::Kind::Record && (view.shapes[type.ref].flags & format::kShapeEither) == 0)
      add_slots(world, decision, type.ref, slot);
  }
}

std::uint32_t find_slot(const WorldData& world, std::uint32_t decision, std::uint32_t parent, std::string_view name) {
  const BundleView& view = world.view();
  for (std::uint32_t slot = 0; slot < world.slots.size(); ++slot) {
    const SlotPath& path = world.slots[slot];
    if (path.decision != decision || path.parent != parent) continue;
    const FieldRecord& field = view.fields[path.field];
    if (view.symbol_text(field.wire) == name || view.symbol_text(field.name) == name) return slot;
  }
  return format::kNone;
}

Error no_such_field(const WorldData& world, std::uint32_t decision, std::string_view path, std::string_view name) {
  const BundleView& view = world.view();
  Suggestion near(name);
  for (const SlotPath& slot : world.slots) {
    if (slot.decision == decision) near.offer(view.symbol_text(view.fields[slot.field].wire));
  }
  std::array<char, 256> room;
  const std::string_view of = view.symbol_text(view.decisions[decision].name);
  return {format::info(format::Code::UnknownField).code,
          std::string(path),
          format::text(format::Code::UnknownField, {{"key", name}, {"of", of}, {"hint", near.write(room)}}),
          {}};
}

}  // namespace

void add_slots(WorldData& world) {
  const auto decisions = world.view().decisions;
  for (std::uint32_t i = 0; i < decisions.size(); ++i) add_slots(world, i, decisions[i].shape, format::kNone);
}

std::string_view Decision::name() const {
  const BundleView& view = world_->view();
  return view.symbol_text(view.decisions[index_].name);
}

Result<Slot> Decision::slot(std::string_view path) const {
  std::uint32_t found = format::kNone;
  for (std::string_view rest = path;;) {
    const std::size_t dot = rest.find('.');
    const std::string_view name = rest.substr(0, dot);
    found = find_slot(*world_, index_, found, name);
    if (found == format::kNone) return no_such_field(*world_, index_, path, name);
    if (dot == std::string_view::npos) return Access::slot(found);
    rest.remove_prefix(dot + 1);
  }
}

Result<Slot> Decision::obligation(std::string_view name) const {
  const BundleView& view = world_->view();
  const format::DecisionRecord& decision = view.decisions[index_];
  Suggestion near(name);
  for (std::uint32_t i = 0; i < decision.obligation_count; ++i) {
    const std::string_view known = view.symbol_text(view.obligations[decision.first_obligation + i].name);
    if (known == name) return Access::slot(kObligationSlot | (decision.first_obligation + i));
    near.offer(known);
  }
  std::array<char, 256> room;
  return Error{
      format::info(format::Code::UnknownField).code,
      std::string(name),
      format::text(format::Code::UnknownField, {{"key", name}, {"of", this->name()}, {"hint", near.write(room)}}),
      {}};
}

std::string Error::to_text() const {
  std::string out(code);
  if (!path.empty()) out.append(": ").append(path);
  return out.append(": ").append(text);
}

}  // namespace bylaw
