#pragma once
// What reports and explanations share: a decided request, run again rule by rule, with what happens on the way.

#include <memory>
#include <string>
#include <vector>

#include "bylaw/report.hpp"
#include "print_value.h"
#include "verdict_data.h"
#include "vm.h"

namespace bylaw {

/// Elements that the binders of a `for each` rule are bound to at one time.
struct Found {
  struct Element {
    std::uint32_t index;                // of a list: of the row in it
    std::vector<Word> words;            // of an element that is no record
    const Word* frame;                  // of a record; else null
    std::uint32_t row = format::kNone;  // of an entry of a list: in Rows
    const Word* place() const { return frame != nullptr ? frame : words.data(); }
  };
  std::vector<Element> binders;  // one a binder

  Elements places() const {
    Elements places = {};
    for (std::size_t i = 0; i < binders.size(); ++i) places[i] = binders[i].place();
    return places;
  }
};

class Telling {
 public:
  Telling(const WorldData& world, const Memory& memory);

  const Memory& memory() const { return memory_; }
  /// For a block that is run again, with the elements that a rule has bound.
  Run run(const Elements& elements = {}) const { return {memory_, b_, elements, scratch_.get()}; }
  const BundleView& bundle() const { return b_; }
  const Printer& printer() const { return printer_; }
  std::string name(std::uint32_t rule) const { return std::string(b_.symbol_text(b_.rules[rule].name)); }

  /// The elements with which the rule holds, at most `most`; none for a rule without `for each`.
  std::vector<Found> found(std::uint32_t rule, std::size_t most) const;
  /// All elements that it looks at.
  std::vector<Found> elements(std::uint32_t rule) const;
  /// A message, with the element that the rule was found by, if any.
  std::string message(std::uint32_t message, const Elements& elements) const;
  /// The list tests among the conditions of the rule, each condition run by itself.
  std::vector<ListTest> list_tests(std::uint32_t rule, const Elements& elements) const;
  /// Whether an occurrence's condition is true, and its list tests.
  bool holds(std::uint32_t occurrence, const Elements& elements, std::vector<ListTest>* tests = nullptr) const;

  /// The rows that came to the end of a test in the conditions of the rule, in Rows.
  std::vector<std::uint32_t> rows(std::uint32_t rule, const Elements& elements) const;

  /// "policies/pat.bylaw:39"
  std::string place(std::uint32_t span) const;
  const format::ListRecord& list_of(std::uint32_t row) const;
  PrintedValue entry(std::uint32_t row) const;
  /// The binders of a rule.
  std::span<const format::BinderRecord> binders(std::uint32_t rule) const;
  std::uint32_t type_of_element(const format::BinderRecord& binder) const { return b_.types[binder.type].ref; }

 private:
  std::vector<Found> note(std::uint32_t rule, std::size_t most, Recorder recorder) const;
  PrintedValue columns(std::uint32_t shape, const Word* frame) const;
  std::string value(const format::MessagePartRecord& part, const Elements& elements) const;

  const BundleView& b_;
  Memory memory_;
  Printer printer_;
  std::unique_ptr<Word[]> scratch_;
};

/// The text in a JSON string; other JSON as it is: `User::"ana"`.
std::string without_quotes(const std::string& json);

/// "2026-02-01T00:00:00Z" of a date that is there.
std::optional<std::string> instant(std::int64_t microseconds);

}  // namespace bylaw
