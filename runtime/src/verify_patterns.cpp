// Patterns: every step of an automaton stays inside it, and what the VM takes for granted to stop early is so. Values
// of their types are constants: a request or entity data cannot hold one.

#include <vector>

#include "format/automaton.h"
#include "verify.h"

namespace bylaw {
namespace {

using namespace format;

bool check_steps(TableCheck& check, const PatternRecord& pattern) {
  const auto steps =
      check.bundle().transitions.subspan(pattern.first_transition, std::size_t{pattern.states} * pattern.class_count);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::size_t from = i / pattern.class_count;
    if (!check.need(steps[i] < pattern.states, "one of its steps leads to no state")) return false;
    const bool stays = from == kDeadState || from >= pattern.always;
    if (stays && !check.need(steps[i] == from, "a state is left that never is")) return false;
  }
  return true;
}

bool check_pattern(TableCheck& check, const PatternRecord& pattern, std::uint32_t& end) {
  const BundleView& b = check.bundle();
  if (!check.symbol(pattern.text, "its text") ||
      !check.need(pattern.kind <= PatternKind::Merged, "its kind is not known") ||
      !check.in(pattern.classes, b.byte_classes, "its byte classes") ||
      !check.need(pattern.class_count >= 1 && pattern.class_count <= kByteValues, "it has no byte classes") ||
      !check.need(pattern.states >= 1 && pattern.states <= kMaxStates, "it has no states, or too many") ||
      !check.next_range(end, pattern.first_transition, pattern.states * pattern.class_count, b.transitions,
                        "its steps"))
    return false;
  for (const std::uint8_t number : b.byte_classes[pattern.classes].of)
    if (!check.need(number < pattern.class_count, "a byte has no class")) return false;
  return check.need(pattern.start < pattern.states, "its start is no state") &&
         check.need(pattern.first_accepting >= 1 && pattern.first_accepting <= pattern.always &&
                        pattern.always <= pattern.states,
                    "its accepting states are not its last") &&
         check_steps(check, pattern);
}

/// The shapes that a request or entity data fills, and those inside of them.
class Filled {
 public:
  explicit Filled(TableCheck& check) : check_(check), b_(check.bundle()), seen_(b_.shapes.size()) {}

  bool run() {
    for (const DecisionRecord& decision : b_.decisions)
      if (decision.shape < b_.shapes.size() && !shape(decision.shape)) return false;
    for (const EntityTypeRecord& entity : b_.entity_types)
      if (!shape(entity.shape)) return false;
    return true;
  }

 private:
  bool shape(std::uint32_t index) {
    if (seen_[index]) return true;
    seen_[index] = true;
    const ShapeRecord& record = b_.shapes[index];
    for (std::uint32_t i = record.first_field; i < record.first_field + record.field_count; ++i) {
      std::uint32_t type = b_.fields[i].type;
      const auto has_elements = [&](Kind kind) { return kind == Kind::Set || kind == Kind::List || kind == Kind::Map; };
      while (has_elements(b_.types[type].kind)) type = b_.types[type].ref;
      check_.at(Section::Fields, i);
      const Kind kind = b_.types[type].kind;
      if (!check_.need(kind != Kind::Glob && kind != Kind::Regex, "a request cannot hold a pattern")) return false;
      if (kind == Kind::Record && !shape(b_.types[type].ref)) return false;
    }
    return true;
  }

  TableCheck& check_;
  const BundleView& b_;
  std::vector<bool> seen_;
};

}  // namespace

bool verify_patterns(TableCheck& check) {
  const BundleView& b = check.bundle();
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < b.patterns.size(); ++i) {
    check.at(Section::Patterns, i);
    if (!check_pattern(check, b.patterns[i], end)) return false;
  }
  check.at(Section::Transitions, end);
  return check.need(end == b.transitions.size(), "it belongs to no pattern") && Filled(check).run();
}

}  // namespace bylaw
