#pragma once
// What reports and explanations share: a decided request, run again rule by rule, with what happens on the way.

#include <string>
#include <vector>

#include "bylaw/report.hpp"
#include "print_value.h"
#include "verdict_data.h"
#include "vm.h"

namespace bylaw {

/// An element of the collection of a `for each` rule.
struct Found {
  std::uint32_t index;
  std::vector<Word> words;  // of an element that is no record
  const Word* frame;        // of a record; else null

  const Word* place() const { return frame != nullptr ? frame : words.data(); }
};

class Telling {
 public:
  Telling(const WorldData& world, const Memory& memory);

  const Memory& memory() const { return memory_; }
  const BundleView& bundle() const { return b_; }
  const Printer& printer() const { return printer_; }
  std::string name(std::uint32_t rule) const { return std::string(b_.symbol_text(b_.rules[rule].name)); }

  /// The elements for which the rule holds, at most `most`; none for a rule without `for each`.
  std::vector<Found> found(std::uint32_t rule, std::size_t most) const;
  /// All elements that it looks at.
  std::vector<Found> elements(std::uint32_t rule) const;
  /// A message, with the element that the rule was found by, if any.
  std::string message(std::uint32_t message, const Word* element) const;
  /// The list tests among the conditions of the rule, each condition run by itself.
  std::vector<ListTest> list_tests(std::uint32_t rule, const Word* element) const;
  /// Whether an occurrence's condition is true, and its list tests.
  bool holds(std::uint32_t occurrence, const Word* element, std::vector<ListTest>* tests = nullptr) const;

  /// "policies/pat.bylaw:39"
  std::string place(std::uint32_t span) const;
  const format::ListRecord& list_of(std::uint32_t row) const;
  PrintedValue entry(std::uint32_t row) const;
  std::uint32_t type_of_element(std::uint32_t rule) const;

 private:
  std::vector<Found> note(std::uint32_t rule, std::size_t most, Recorder recorder) const;
  std::string value(const format::MessagePartRecord& part, const Word* element) const;

  const BundleView& b_;
  Memory memory_;
  Printer printer_;
};

/// The text in a JSON string; other JSON as it is: `User::"ana"`.
std::string without_quotes(const std::string& json);

/// "2026-02-01T00:00:00Z" of a date that is there.
std::optional<std::string> instant(std::int64_t microseconds);

}  // namespace bylaw
