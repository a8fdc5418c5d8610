#pragma once
// The way from the public handles (bylaw/bylaw.hpp) to what they stand for, and back.

#include <memory>
#include <utility>

#include "bylaw/bylaw.hpp"

namespace bylaw {

/// In a slot's id: it is an obligation, and the rest its index in Obligations.
inline constexpr std::uint32_t kObligationSlot = 0x80000000;

struct Access {
  static const std::shared_ptr<const BundleData>& data(const Bundle& bundle) { return bundle.data_; }
  static const std::shared_ptr<const EntityData>& data(const Entities& entities) { return entities.data_; }
  static const std::shared_ptr<const WorldData>& data(const World& world) { return world.data_; }
  static const std::shared_ptr<const WorldData>& world(const Decision& decision) { return decision.world_; }
  static std::uint32_t index(const Decision& decision) { return decision.index_; }
  static RequestData* data(const Request& request) { return request.data_; }
  static VerdictData*& data(Verdict& verdict) { return verdict.data_; }
  static const VerdictData* data(const Verdict& verdict) { return verdict.data_; }
  static std::uint32_t id(Slot slot) { return slot.id_; }

  static Bundle bundle(std::shared_ptr<const BundleData> data) { return Bundle(std::move(data)); }
  static Entities entities(std::shared_ptr<const EntityData> data) { return Entities(std::move(data)); }
  static World world(Bundle bundle, std::shared_ptr<const WorldData> data) {
    return World(std::move(bundle), std::move(data));
  }
  static Decision decision(std::shared_ptr<const WorldData> world, std::uint32_t index) {
    return Decision(std::move(world), index);
  }
  static Slot slot(std::uint32_t id) { return Slot(id); }

  using ValueKind = Value::Kind;
  static ValueKind kind(const Value& value) { return value.kind_; }
  static std::int64_t number(const Value& value) { return value.number_; }
  static std::string_view text(const Value& value) { return {static_cast<const char*>(value.data_), value.count_}; }
  static std::span<const Value> elements(const Value& value) {
    return {static_cast<const Value*>(value.data_), value.count_};
  }
  static std::span<const Attribute> fields(const Value& value) {
    return {static_cast<const Attribute*>(value.data_), value.count_};
  }
  static const Entity& entity(const Value& value) { return *static_cast<const Entity*>(value.data_); }
};

}  // namespace bylaw
