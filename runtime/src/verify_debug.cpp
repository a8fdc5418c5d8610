// What explain and reports read: skeletons, occurrences, the map from tests to occurrences, sources.

#include <vector>

#include "verify.h"

namespace bylaw {
namespace {

using namespace format;

constexpr std::size_t kMaxSkeletonDepth = 1000;

class DebugCheck {
 public:
  explicit DebugCheck(TableCheck& check) : check_(check), b_(check.bundle()) {}

  bool run() { return skeletons() && roots() && occurrences() && test_map() && sources() && information() && params(); }

 private:
  // --- skeletons: trees in preorder, one after the other ---

  struct Open {
    std::size_t end;
    SkeletonKind kind;
    std::uint32_t children;
  };

  bool skeletons() {
    std::vector<Open> open;
    is_root_.assign(b_.skeletons.size(), false);
    for (std::size_t i = 0; i < b_.skeletons.size(); ++i) {
      check_.at(Section::Skeletons, i);
      if (!close(open, i)) return false;
      is_root_[i] = open.empty();
      const std::size_t end = open.empty() ? b_.skeletons.size() : open.back().end;
      if (!open.empty()) ++open.back().children;
      if (!node(b_.skeletons[i], end - i)) return false;
      open.push_back({i + b_.skeletons[i].subtree, b_.skeletons[i].kind, 0});
      if (!check_.need(open.size() <= kMaxSkeletonDepth, "it is nested too deeply")) return false;
    }
    return close(open, b_.skeletons.size());
  }

  bool close(std::vector<Open>& open, std::size_t at) {
    while (!open.empty() && open.back().end == at) {
      if (!check_.need(children_fit(open.back()), "the node before it has not the children of its kind")) return false;
      open.pop_back();
    }
    return true;
  }

  static bool children_fit(const Open& node) {
    switch (node.kind) {
      case SkeletonKind::True:
      case SkeletonKind::False:
      case SkeletonKind::Leaf: return node.children == 0;
      case SkeletonKind::Not: return node.children == 1;
      case SkeletonKind::And:
      case SkeletonKind::Or: return node.children > 0;
    }
    return false;
  }

  bool node(const SkeletonRecord& node, std::size_t room) {
    const bool leaf = node.kind == SkeletonKind::Leaf;
    return check_.need(node.kind <= SkeletonKind::Or, "its kind is not known") &&
           check_.need(node.subtree > 0 && node.subtree <= room, "it goes beyond the node that it is part of") &&
           (!leaf || check_.in(node.occurrence, b_.occurrences, "its occurrence"));
  }

  /// Each rule's and guard's skeleton is a tree whose leaves are conditions of that rule or guard.
  bool roots() {
    for (std::uint32_t i = 0; i < b_.rules.size(); ++i) {
      check_.at(Section::Rules, i);
      if (!root(b_.rules[i].skeleton, i, b_.rules[i].policy)) return false;
    }
    for (std::uint32_t i = 0; i < b_.policies.size(); ++i) {
      check_.at(Section::Policies, i);
      if (!root(b_.policies[i].skeleton, kNone, i)) return false;
    }
    return true;
  }

  bool root(std::uint32_t index, std::uint32_t rule, std::uint32_t policy) {
    if (index == kNone) return true;
    if (!check_.need(is_root_[index], "its skeleton is a part of another")) return false;
    is_root_[index] = false;
    for (const SkeletonRecord& node : range(b_.skeletons, index, b_.skeletons[index].subtree)) {
      if (node.kind != SkeletonKind::Leaf) continue;
      const OccurrenceRecord& occurrence = b_.occurrences[node.occurrence];
      if (!check_.need(occurrence.rule == rule && occurrence.policy == policy,
                       "its skeleton has conditions of another"))
        return false;
    }
    return true;
  }

  // --- occurrences ---

  bool occurrences() {
    for (std::size_t i = 0; i < b_.occurrences.size(); ++i) {
      check_.at(Section::Occurrences, i);
      if (!occurrence(b_.occurrences[i])) return false;
    }
    return true;
  }

  bool occurrence(const OccurrenceRecord& occurrence) {
    return check_.in(occurrence.policy, b_.policies, "its policy") &&
           check_.in_or_none(occurrence.rule, b_.rules, "its rule") &&
           check_.need(occurrence.rule == kNone || b_.rules[occurrence.rule].policy == occurrence.policy,
                       "its rule is of another policy") &&
           check_.symbol(occurrence.path, "its path") && check_.in(occurrence.use, b_.spans, "its place") &&
           check_.in(occurrence.definition, b_.spans, "where it is written") &&
           check_.in(occurrence.explain, b_.blocks, "its block") &&
           check_.need(explains(occurrence), "its block is not for it");
  }

  bool explains(const OccurrenceRecord& occurrence) const {
    const BlockRecord& block = b_.blocks[occurrence.explain];
    const RuleRecord* rule = occurrence.rule == kNone ? nullptr : &b_.rules[occurrence.rule];
    return block.kind == BlockKind::Condition && block.policy == occurrence.policy && binds_those_of(block, rule);
  }

  bool test_map() {
    check_.at(Section::TestMap, b_.test_map.size());
    if (!check_.need(b_.test_map.size() == b_.code.size(), "there is not one an instruction")) return false;
    for (const BlockRecord& block : b_.blocks) {
      for (std::uint32_t i = block.first; i < block.first + block.count; ++i) {
        check_.at(Section::TestMap, i);
        const std::uint32_t occurrence = b_.test_map[i];
        if (occurrence == kNone) continue;
        if (!check_.in(occurrence, b_.occurrences, "its occurrence") ||
            !check_.need(b_.occurrences[occurrence].policy == block.policy, "its occurrence is of another policy"))
          return false;
      }
    }
    return true;
  }

  // --- information ---

  bool sources() {
    for (std::size_t i = 0; i < b_.source_files.size(); ++i) {
      check_.at(Section::SourceFiles, i);
      if (!check_.symbol(b_.source_files[i].path, "its path")) return false;
      if (i > 0 && !check_.need(b_.source_files[i - 1].path < b_.source_files[i].path, "sources do not ascend"))
        return false;
    }
    return true;
  }

  bool params() {
    for (std::size_t i = 0; i < b_.params.size(); ++i) {
      check_.at(Section::Params, i);
      if (!check_.symbol(b_.params[i].name, "its name") || !check_.symbol(b_.params[i].value, "its value"))
        return false;
      if (i > 0 && !check_.need(b_.params[i - 1].name < b_.params[i].name, "params do not ascend")) return false;
    }
    return true;
  }

  bool information() {
    check_.at(Section::Information, 0);
    return check_.need(b_.information.size() == 1, "there is not exactly one") &&
           check_.symbol(b_.information[0].project, "its project") &&
           check_.symbol(b_.information[0].compiler, "its compiler");
  }

  TableCheck& check_;
  const BundleView& b_;
  std::vector<bool> is_root_;
};

}  // namespace

bool verify_debug(TableCheck& check) {
  return DebugCheck(check).run();
}

}  // namespace bylaw
