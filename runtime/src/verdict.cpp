// The public Verdict, and the memory behind it.

#include <cstring>
#include <memory>
#include <new>

#include "access.h"
#include "bundle_data.h"
#include "obligations.h"
#include "print_value.h"
#include "verdict_data.h"
#include "world_data.h"

namespace bylaw {
namespace {

using namespace format;

/// Hands out arrays of a piece of memory, one after the other; without memory it only counts.
class Room {
 public:
  Room() = default;
  Room(std::byte* begin, std::size_t size) : begin_(begin), size_(size) {}

  template <class T>
  std::span<T> take(std::size_t count) {
    const std::span<T> taken = take_as_it_is<T>(count);
    std::uninitialized_value_construct_n(taken.data(), taken.size());
    return taken;
  }

  template <class T>
  std::span<T> take_as_it_is(std::size_t count) {
    used_ = (used_ + alignof(T) - 1) / alignof(T) * alignof(T);
    const std::size_t at = used_;
    used_ += count * sizeof(T);
    if (begin_ == nullptr || used_ > size_) return {};
    return {reinterpret_cast<T*>(begin_ + at), count};
  }

  std::size_t used() const { return used_; }
  bool fits() const { return used_ <= size_; }

 private:
  std::byte* begin_ = nullptr;
  std::size_t size_ = 0;
  std::size_t used_ = 0;
};

/// Gives the verdict its arrays.
void lay_out(VerdictData& verdict, Room& room, const WorldData& world, std::uint32_t decision) {
  const DecisionRecord& record = world.view().decisions[decision];
  const DecisionBounds& bounds = world.bundle->bounds[decision];
  verdict.rules = room.take<std::uint8_t>(record.rule_count);
  verdict.policies = room.take<PolicyResult>(record.policy_count);
  verdict.obligations = room.take<ObligedValue>(record.obligation_count);
  verdict.obliged = room.take<Word>(bounds.obliged);
  verdict.by = room.take<RuleId>(record.rule_count);
  verdict.audited_by = room.take<RuleId>(record.rule_count);
  verdict.audited = room.take<Audited>(record.policy_count);
  verdict.exemptions = room.take<Exemption>(bounds.exempts);
  verdict.audited_exemptions = room.take<Exemption>(bounds.exempts);
  verdict.lifted = room.take<RuleId>(bounds.lifted);
  verdict.scratch = room.take_as_it_is<Word>(bounds.scratch);
  verdict.findings = room.take<Finding>(world.limits().findings);
}

constexpr std::size_t kAlignment = alignof(std::max_align_t);

}  // namespace

std::size_t verdict_bytes(const WorldData& world, std::uint32_t decision) {
  Room room;
  VerdictData unused;
  lay_out(unused, room, world, decision);
  return kAlignment + sizeof(VerdictData) + kAlignment + room.used();
}

void clear(VerdictData& verdict) {
  const std::size_t bytes = verdict.bytes;
  verdict = VerdictData{};
  verdict.bytes = bytes;
}

bool prepare(VerdictData& verdict, const WorldData& world, std::uint32_t decision) {
  clear(verdict);
  constexpr std::size_t kHead = (sizeof(VerdictData) + kAlignment - 1) / kAlignment * kAlignment;
  if (verdict.bytes < kHead) return false;
  Room room(reinterpret_cast<std::byte*>(&verdict) + kHead, verdict.bytes - kHead);
  lay_out(verdict, room, world, decision);
  verdict.world = &world;
  verdict.decision = decision;
  if (room.fits()) return true;
  clear(verdict);
  return false;
}

// --- the public interface ---

std::size_t Decision::verdict_bytes() const {
  return bylaw::verdict_bytes(*world_, index_);
}

Cost Decision::worst_case() const {
  return {world_->bundle->bounds[index_].instructions};
}

Verdict::Verdict(std::span<std::byte> memory) {
  void* place = memory.data();
  std::size_t size = memory.size();
  if (std::align(kAlignment, sizeof(VerdictData), place, size) == nullptr) return;
  data_ = new (place) VerdictData{};
  data_->bytes = size;
}

Outcome Verdict::outcome() const {
  return data_ == nullptr ? Outcome::Invalid : data_->outcome;
}
Outcome Verdict::would_be() const {
  return data_ == nullptr ? Outcome::Invalid : data_->would_be;
}
std::string_view Verdict::code() const {
  return data_ == nullptr ? info(Code::MemoryFull).code : data_->failure.code;
}
std::string_view Verdict::path() const {
  return data_ == nullptr ? std::string_view() : data_->failure.path;
}
std::span<const RuleId> Verdict::by() const {
  return data_ == nullptr ? std::span<const RuleId>() : data_->by;
}
std::span<const Finding> Verdict::findings() const {
  return data_ == nullptr ? std::span<const Finding>() : data_->findings;
}
std::uint32_t Verdict::findings_cut() const {
  return data_ == nullptr ? 0 : data_->findings_cut;
}
std::span<const Exemption> Verdict::exemptions() const {
  return data_ == nullptr ? std::span<const Exemption>() : data_->exemptions;
}
std::span<const Audited> Verdict::audited() const {
  return data_ == nullptr ? std::span<const Audited>() : data_->audited;
}

namespace {

/// The word of an obligation, if it was given; stops the process if it is none of this decision, or no `kind`.
const ObligedValue* obliged(const VerdictData* verdict, std::uint32_t id, Kind kind) {
  if (verdict == nullptr || verdict->world == nullptr) return nullptr;
  const BundleView& view = verdict->world->view();
  const DecisionRecord& decision = view.decisions[verdict->decision];
  const std::uint32_t index = (id & ~kObligationSlot) - decision.first_obligation;
  if ((id & kObligationSlot) == 0 || index >= decision.obligation_count) std::abort();
  const ObligationRecord& record = view.obligations[decision.first_obligation + index];
  if (view.types[record.type].kind != kind || kept_words(view, record) != 0) std::abort();
  return index < verdict->obligations.size() && verdict->obligations[index].given ? &verdict->obligations[index]
                                                                                  : nullptr;
}

}  // namespace

template <>
std::optional<bool> Verdict::obligation<bool>(Slot slot) const {
  const ObligedValue* value = obliged(data_, Access::id(slot), Kind::Bool);
  return value == nullptr ? std::nullopt : std::optional(value->word != 0);
}

template <>
std::optional<std::int64_t> Verdict::obligation<std::int64_t>(Slot slot) const {
  const ObligedValue* value = obliged(data_, Access::id(slot), Kind::Int);
  return value == nullptr ? std::nullopt : std::optional(static_cast<std::int64_t>(value->word));
}

template <>
std::optional<Time> Verdict::obligation<Time>(Slot slot) const {
  const ObligedValue* value = obliged(data_, Access::id(slot), Kind::Time);
  return value == nullptr ? std::nullopt : std::optional(Time{static_cast<std::int64_t>(value->word)});
}

template <>
std::optional<Duration> Verdict::obligation<Duration>(Slot slot) const {
  const ObligedValue* value = obliged(data_, Access::id(slot), Kind::Duration);
  return value == nullptr ? std::nullopt : std::optional(Duration{static_cast<std::int64_t>(value->word)});
}

template <>
std::optional<std::vector<std::string>> Verdict::obligation<std::vector<std::string>>(Slot slot) const {
  if (data_ == nullptr || data_->world == nullptr || data_->request == nullptr) return std::nullopt;
  const BundleView& view = data_->world->view();
  const DecisionRecord& decision = view.decisions[data_->decision];
  const std::uint32_t index = (Access::id(slot) & ~kObligationSlot) - decision.first_obligation;
  if ((Access::id(slot) & kObligationSlot) == 0 || index >= decision.obligation_count) std::abort();
  const MergedObligation merged = merge_obliged(memory_of(*data_->request), *data_, index);
  if (!merged.is_collection) std::abort();
  if (!merged.given) return std::nullopt;
  std::vector<std::string> texts;
  const Printer printer(*data_->world, memory_of(*data_->request));
  for (std::size_t at = 0; at < merged.words.size(); at += merged.step) {
    const PrintedValue printed = printer.print(merged.type, &merged.words[at]);
    texts.push_back(view.types[merged.type].kind == Kind::Entity ? printer.entity(merged.words[at]) : printed.text);
  }
  return texts;
}

template <>
std::optional<Decimal> Verdict::obligation<Decimal>(Slot slot) const {
  const ObligedValue* value = obliged(data_, Access::id(slot), Kind::Decimal);
  return value == nullptr ? std::nullopt : std::optional(Decimal{static_cast<std::int64_t>(value->word)});
}

/// The text of a member, as requests carry it.
template <>
std::optional<std::string_view> Verdict::obligation<std::string_view>(Slot slot) const {
  const ObligedValue* value = obliged(data_, Access::id(slot), Kind::Enum);
  if (value == nullptr) return std::nullopt;
  const BundleView& view = data_->world->view();
  const EnumRecord& e = view.enums[view.types[view.obligations[Access::id(slot) & ~kObligationSlot].type].ref];
  if (value->word >= e.member_count) return data_->world->texts[value->word - e.member_count];
  return view.symbol_text(view.members[e.first_member + static_cast<std::uint32_t>(value->word)].wire);
}

}  // namespace bylaw
