#include "components.h"

#include <algorithm>

#include "arena.h"

namespace bylaw {
namespace {

struct Node {
  std::uint32_t index;   // in the order of first visits, from 1 on; 0: not visited
  std::uint32_t low;     // the least index that its subtree leads back to
  std::uint32_t edge;    // the next parent to follow
  std::uint32_t caller;  // from which it was visited
  std::uint32_t below;   // under it on the stack of open nodes
  std::uint32_t open;
};

template <class T>
std::span<T> allocate(Arena& arena, std::uint32_t count) {
  const std::uint32_t offset = arena.allocate_zeroed(words_for(sizeof(T) * count));
  if (offset == kNone) return {};
  return {reinterpret_cast<T*>(arena.words + offset), count};
}

class Finder {
 public:
  Finder(const RequestData& request, std::span<Node> nodes, std::span<std::uint32_t> of, std::span<std::uint32_t> order)
      : request_(request), nodes_(nodes), of_(of), order_(order) {}

  void run() {
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].index == 0) walk(i);
    }
  }

 private:
  void walk(std::uint32_t from) {
    enter(from, kNone);
    for (std::uint32_t here = from; here != kNone;) {
      const std::uint32_t parent = next_parent(here);
      if (parent == kNone) {
        here = leave(here);
      } else if (nodes_[parent].index == 0) {
        enter(parent, here);
        here = parent;
      } else if (nodes_[parent].open != 0) {
        nodes_[here].low = std::min(nodes_[here].low, nodes_[parent].index);
      }
    }
  }

  void enter(std::uint32_t node, std::uint32_t caller) {
    ++visited_;
    nodes_[node] = {visited_, visited_, 0, caller, top_, 1};
    top_ = node;
  }

  /// The next parent that is an entity of the request too; kNone after the last one.
  std::uint32_t next_parent(std::uint32_t node) {
    const LocalEntity& entity = request_.entities.at(request_.data, node);
    while (nodes_[node].edge < entity.parent_count) {
      const Word parent = request_.data.words[entity.parents + nodes_[node].edge++];
      if (const LocalEntity* local = find_local(request_, parent)) return local->number;
    }
    return kNone;
  }

  std::uint32_t leave(std::uint32_t node) {
    if (nodes_[node].low == nodes_[node].index) close(node);
    const std::uint32_t caller = nodes_[node].caller;
    if (caller != kNone) nodes_[caller].low = std::min(nodes_[caller].low, nodes_[node].low);
    return caller;
  }

  void close(std::uint32_t root) {
    std::uint32_t node = kNone;
    do {
      node = top_;
      top_ = nodes_[node].below;
      nodes_[node].open = 0;
      of_[node] = components_;
      order_[done_++] = node;
    } while (node != root);
    ++components_;
  }

  const RequestData& request_;
  std::span<Node> nodes_;
  std::span<std::uint32_t> of_;
  std::span<std::uint32_t> order_;
  std::uint32_t visited_ = 0;
  std::uint32_t top_ = kNone;
  std::uint32_t done_ = 0;
  std::uint32_t components_ = 0;
};

}  // namespace

Components find_components(const RequestData& request, Arena& scratch) {
  const std::uint32_t count = request.entities.count;
  const auto nodes = allocate<Node>(scratch, count);
  const auto of = allocate<std::uint32_t>(scratch, count);
  const auto order = allocate<std::uint32_t>(scratch, count);
  if (scratch.full) return {};
  Finder(request, nodes, of, order).run();
  return {of, order, true};
}

}  // namespace bylaw
