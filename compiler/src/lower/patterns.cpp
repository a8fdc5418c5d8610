#include "lower/patterns.h"

#include <algorithm>
#include <cassert>

namespace bylaw::compiler::lowering {

using format::Word;

namespace {

/// As an author writes it.
std::string written(const Pattern& pattern) {
  return std::string(prefix(pattern.kind)) + '"' + pattern.text + '"';
}

std::string written(const Value& merged) {
  std::string text;
  for (const Value& item : merged.items) text += (text.empty() ? "" : " | ") + written(pattern_of(item));
  return text;
}

}  // namespace

Word Patterns::number(const Value& pattern) {
  const PatternCode code = pattern_code(pattern);
  if (code == PatternCode::None) return 0;
  if (const auto known = numbers_.find(pattern); known != numbers_.end()) return known->second;
  Word number = 0;
  if (code == PatternCode::Merged) {
    number = add(*merged_.at(pattern), format::PatternKind::Merged, written(pattern));
  } else {
    const Pattern one = pattern_of(pattern);
    const bool glob = one.kind == PatternKind::Glob;
    number = add(*compiled(one)->automaton, glob ? format::PatternKind::Glob : format::PatternKind::Regex, one.text);
  }
  return numbers_[pattern] = number;
}

std::optional<Value> Patterns::merged(const Value& collection) {
  if (collection.items.size() == 1) return collection.items.front();
  Value result{.kind = ValueKind::Pattern,
               .integer = static_cast<std::int64_t>(PatternCode::Merged),
               .items = Value::set(collection.items).items};
  const auto [known, added] = merged_.try_emplace(result);
  if (added) {
    std::vector<Pattern> patterns;
    for (const Value& item : result.items) patterns.push_back(pattern_of(item));
    known->second = merge_patterns(patterns);
  }
  return known->second ? std::optional(std::move(result)) : std::nullopt;
}

std::uint32_t Patterns::byte_classes(const std::array<std::uint8_t, format::kByteValues>& classes) {
  const auto next = static_cast<std::uint32_t>(tables_.byte_classes.size());
  const auto [known, added] = known_classes_.try_emplace(classes, next);
  if (added) {
    format::ByteClassesRecord& record = tables_.byte_classes.emplace_back();
    std::copy(classes.begin(), classes.end(), std::begin(record.of));
  }
  return known->second;
}

Word Patterns::add(const Automaton& automaton, format::PatternKind kind, const std::string& text) {
  tables_.patterns.push_back({.text = symbols_.of(text),
                              .kind = kind,
                              .classes = byte_classes(automaton.classes),
                              .class_count = automaton.class_count,
                              .first_transition = static_cast<std::uint32_t>(tables_.transitions.size()),
                              .states = automaton.states(),
                              .start = automaton.start,
                              .first_accepting = automaton.first_accepting,
                              .always = automaton.always});
  tables_.transitions.insert(tables_.transitions.end(), automaton.transitions.begin(), automaton.transitions.end());
  return tables_.patterns.size();
}

}  // namespace bylaw::compiler::lowering
