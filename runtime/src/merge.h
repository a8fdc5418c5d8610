#pragma once
// Several values of one attribute become one, whatever their order: `min max any all union intersect` of what an entity
// says itself and what stands above it. Lives in a request's arenas; sets that are made are the request's.

#include "order.h"
#include "request_data.h"
#include "world_data.h"

namespace bylaw {

/// True of strategies for which order matters: those look for one value instead (nearest.cpp).
constexpr bool is_by_distance(format::MergeStrategy strategy) {
  return strategy == format::MergeStrategy::Nearest || strategy == format::MergeStrategy::Farthest;
}

/// What was merged so far, one for each group of entities, in the input arena.
class MergedValues {
 public:
  /// Room for `count` values; false if the arena is full.
  bool begin(RequestData& request, const Inherited& what, std::uint32_t count);

  bool any(std::uint32_t group) const { return head(group)[0] != 0; }
  const Word* value(std::uint32_t group) const { return head(group) + kHead; }
  /// A set has more elements than its type may have. What is over was left out.
  bool over_limit(std::uint32_t group) const { return head(group)[2] != 0; }

  void take(std::uint32_t group, const Word* value);
  void take(std::uint32_t group, std::uint32_t other);

 private:
  static constexpr std::uint32_t kHead = 3;  // any, words of the set that are ours, over the limit
  Word* head(std::uint32_t group) const { return request_->input.words + first_ + std::size_t{group} * stride_; }

  void merge(Word* into, const Word* value);
  void merge_sets(Word* into, const Word* value);
  void merge_masks(Word* into, const Word* value);
  void unite(Word* head, Word& set, Word other, std::uint32_t element);
  void intersect(Word& set, Word other, std::uint32_t element);
  bool make_room(Word* head, Word& set, std::uint32_t step, std::uint32_t more);
  std::uint32_t find(Collection set, const Word* element, std::uint32_t type, std::uint32_t step, bool& found) const;
  Memory memory() const { return memory_of(*request_); }

  RequestData* request_ = nullptr;
  Inherited what_{};
  std::uint32_t words_ = 0;
  std::uint32_t stride_ = 0;
  std::uint32_t first_ = 0;
};

}  // namespace bylaw
