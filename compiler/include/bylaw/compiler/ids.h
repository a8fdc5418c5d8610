#pragma once
// Typed ids into vectors: what a stage refers to is an index, never a pointer, so that stages can be copied and
// printed.

#include <compare>
#include <cstdint>
#include <utility>
#include <vector>

namespace bylaw::compiler {

/// An index into a `Store` of `Tag`s. Default: none (false).
template <class Tag>
struct Id {
  std::uint32_t index = 0xffffffff;

  explicit operator bool() const { return index != 0xffffffff; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

/// A vector that is indexed by its own kind of id.
template <class T>
class Store {
 public:
  Id<T> add(T value) {
    items_.push_back(std::move(value));
    return {static_cast<std::uint32_t>(items_.size() - 1)};
  }
  T& operator[](Id<T> id) { return items_[id.index]; }
  const T& operator[](Id<T> id) const { return items_[id.index]; }
  /// Takes the last ones away, from `size` on.
  void shrink(std::uint32_t size) { items_.erase(items_.begin() + size, items_.end()); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(items_.size()); }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
};

}  // namespace bylaw::compiler
