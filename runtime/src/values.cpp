// What a host sets, put into the tree of the request; it is read by types later, as JSON is.

#include <algorithm>

#include "access.h"
#include "input_tree.h"
#include "request_data.h"
#include "world_data.h"

namespace bylaw {
namespace {

/// Puts values of the host into an arena, as deep as requests may be nested.
class ValueWriter {
 public:
  ValueWriter(Arena& arena, std::uint32_t depth) : arena_(arena), max_depth_(std::min(depth, std::uint32_t{64})) {}

  InputId add(const Value& value, std::uint32_t depth) {
    if (depth == max_depth_) {
      too_deep_ = true;
      return kNone;
    }
    switch (Access::kind(value)) {
      case Access::ValueKind::Null: return add_node(arena_, InputKind::Null, 0);
      case Access::ValueKind::Bool:
        return add_node(arena_, Access::number(value) != 0 ? InputKind::True : InputKind::False, 0);
      case Access::ValueKind::Int: return add_number(InputKind::Int, value);
      case Access::ValueKind::Time: return add_number(InputKind::Time, value);
      case Access::ValueKind::Duration: return add_number(InputKind::Duration, value);
      case Access::ValueKind::Decimal: return add_number(InputKind::Decimal, value);
      case Access::ValueKind::Text: return add_text(Access::text(value));
      case Access::ValueKind::Array: return add_array(Access::elements(value), depth);
      case Access::ValueKind::Record: return add_record(Access::fields(value), depth);
      case Access::ValueKind::Entity: return add_entity(Access::entity(value), depth);
    }
    return kNone;
  }

  InputId add_text(std::string_view text) {
    if (text.size() >= std::size_t{1} << 28) {
      arena_.full = true;
      return kNone;
    }
    const InputId id = add_node(arena_, InputKind::Text, static_cast<std::uint32_t>(text.size()));
    if (id != kNone) node(arena_, id).text = text.data();
    return id;
  }

  Given given(InputId id) const {
    if (id != kNone) return Given::Taken;
    return too_deep_ ? Given::TooDeep : Given::NoMemory;
  }

 private:
  InputId add_number(InputKind kind, const Value& value) {
    const InputId id = add_node(arena_, kind, 0);
    if (id != kNone) node(arena_, id).number = Access::number(value);
    return id;
  }

  /// Behind the last child.
  bool hang(InputId parent, InputId& last, InputId child) {
    if (child == kNone) return false;
    (last == kNone ? node(arena_, parent).first : node(arena_, last).next) = child;
    last = child;
    return true;
  }

  bool hang_member(InputId object, InputId& last, std::string_view key, InputId value) {
    if (value == kNone || !hang(object, last, add_text(key)) || !hang(object, last, value)) return false;
    InputNode& parent = node(arena_, object);
    parent.set(InputKind::Object, parent.size() + 1);
    return true;
  }

  InputId add_array(std::span<const Value> elements, std::uint32_t depth) {
    const InputId array = add_node(arena_, InputKind::Array, static_cast<std::uint32_t>(elements.size()));
    if (array == kNone) return kNone;
    node(arena_, array).first = kNone;
    InputId last = kNone;
    for (const Value& element : elements) {
      if (!hang(array, last, add(element, depth + 1))) return kNone;
    }
    return array;
  }

  bool add_fields(InputId object, InputId& last, std::span<const Attribute> fields, std::uint32_t depth) {
    return std::all_of(fields.begin(), fields.end(), [&](const Attribute& field) {
      return hang_member(object, last, field.name, add(field.value, depth + 1));
    });
  }

  InputId add_record(std::span<const Attribute> fields, std::uint32_t depth) {
    const InputId object = add_object(arena_);
    InputId last = kNone;
    return object != kNone && add_fields(object, last, fields, depth) ? object : kNone;
  }

  InputId add_entity(const Entity& entity, std::uint32_t depth) {
    const InputId object = add_object(arena_);
    InputId last = kNone;
    if (object == kNone) return kNone;
    if (!entity.type.empty() && !hang_member(object, last, "type", add_text(entity.type))) return kNone;
    if (!hang_member(object, last, "id", add_text(entity.id))) return kNone;
    if (entity.in && !hang_member(object, last, "in", add_array(*entity.in, depth + 1))) return kNone;
    return add_fields(object, last, entity.attributes, depth) ? object : kNone;
  }

  Arena& arena_;
  const std::uint32_t max_depth_;
  bool too_deep_ = false;
};

/// The member of an object: the place in its chain that holds the value's id. Made, with `null`, if it is not there.
InputId* member(Arena& arena, InputId object, std::string_view key, ValueWriter& writer) {
  InputId* place = &node(arena, object).first;
  while (*place != kNone) {
    InputNode& name = node(arena, *place);
    if (name.view() == key) return &name.next;
    place = &node(arena, name.next).next;
  }
  const InputId name = writer.add_text(key);
  const InputId value = name == kNone ? kNone : add_node(arena, InputKind::Null, 0);
  if (value == kNone) return nullptr;
  *place = name;
  node(arena, name).next = value;
  InputNode& parent = node(arena, object);
  parent.set(InputKind::Object, parent.size() + 1);
  return &node(arena, name).next;
}

/// Puts another value in a member's place.
void replace(const Arena& arena, InputId* place, InputId value) {
  node(arena, value).next = node(arena, *place).next;
  *place = value;
}

/// The place of a slot's value, the records it lies in made on the way.
InputId* place_of(RequestData& request, std::uint32_t slot, ValueWriter& writer) {
  const WorldData& world = *request.world;
  const SlotPath& path = world.slots[slot];
  InputId object = kNone;
  if (path.parent == kNone) {
    if (request.root == kNone) request.root = add_object(request.input);
    object = request.root;
  } else {
    InputId* const parent = place_of(request, path.parent, writer);
    if (parent == nullptr) return nullptr;
    if (node(request.input, *parent).kind() != InputKind::Object) {
      const InputId made = add_object(request.input);
      if (made == kNone) return nullptr;
      replace(request.input, parent, made);
    }
    object = *parent;
  }
  if (object == kNone) return nullptr;
  return member(request.input, object, world.view().symbol_text(world.view().fields[path.field].wire), writer);
}

bool is_slot_of(const RequestData& request, std::uint32_t slot) {
  return slot < request.world->slots.size() && request.world->slots[slot].decision == request.decision;
}

}  // namespace

InputId add_object(Arena& arena) {
  const InputId id = add_node(arena, InputKind::Object, 0);
  if (id != kNone) node(arena, id).first = kNone;
  return id;
}

Given set_value(RequestData& request, std::uint32_t slot, const Value& value) {
  if (!is_slot_of(request, slot)) return Given::OtherDecision;
  ValueWriter writer(request.input, request.world->limits().depth);
  InputId* const place = place_of(request, slot, writer);
  if (place == nullptr) return Given::NoMemory;
  const InputId added = writer.add(value, 0);
  if (added != kNone) replace(request.input, place, added);
  request.last_array = kNone;
  return writer.given(added);
}

Given add_element(RequestData& request, std::uint32_t slot, const Value& value) {
  if (!is_slot_of(request, slot)) return Given::OtherDecision;
  Arena& arena = request.input;
  ValueWriter writer(arena, request.world->limits().depth);
  InputId* const place = place_of(request, slot, writer);
  if (place == nullptr) return Given::NoMemory;
  if (node(arena, *place).kind() != InputKind::Array) {
    const InputId array = add_node(arena, InputKind::Array, 0);
    if (array == kNone) return Given::NoMemory;
    node(arena, array).first = kNone;
    replace(arena, place, array);
  }
  const InputId array = *place;
  const InputId added = writer.add(value, 1);
  if (added == kNone) return writer.given(added);
  InputNode& parent = node(arena, array);
  InputId* end = &parent.first;
  if (request.last_array == array) end = &node(arena, request.last_element).next;
  while (*end != kNone) end = &node(arena, *end).next;
  *end = added;
  parent.set(InputKind::Array, parent.size() + 1);
  request.last_array = array;
  request.last_element = added;
  return Given::Taken;
}

}  // namespace bylaw
