#pragma once
// The verifier: the only way from bytes to a BundleData. What it accepts is harmless: it reads no memory outside the
// bundle, the world and the request, and ends within the bound that is worked out here. Container first, then tables,
// then code; nothing is checked again while deciding. Each check has a test with a bundle that breaks just it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bundle_data.h"
#include "format/codes.h"
#include "format/layout_hash.h"

namespace bylaw {

/// Why a bundle is refused.
struct Fault {
  format::Code code;
  std::string text;
};

/// Where the verifier stands in the tables, and the first thing that it found wrong there.
class TableCheck {
 public:
  explicit TableCheck(const BundleView& bundle) : bundle_(bundle) {}

  const BundleView& bundle() const { return bundle_; }
  const std::optional<Fault>& fault() const { return fault_; }
  void at(format::Section section, std::size_t index) {
    section_ = section;
    index_ = index;
  }

  bool fail(std::string_view what);
  bool fail(Fault fault);
  bool need(bool holds, std::string_view what) { return holds || fail(what); }

  template <class Record>
  bool in(std::uint32_t index, std::span<const Record> table, std::string_view what) {
    return index < table.size() || fail_beyond(what);
  }
  template <class Record>
  bool in_or_none(std::uint32_t index, std::span<const Record> table, std::string_view what) {
    return index == format::kNone || in(index, table, what);
  }
  template <class Record>
  bool range(std::uint32_t first, std::uint32_t count, std::span<const Record> table, std::string_view what) {
    return (count <= table.size() && first <= table.size() - count) || fail_beyond(what);
  }
  /// Records that a table hands out one after the other: `first` must be where the last ones ended.
  template <class Record>
  bool next_range(std::uint32_t& end, std::uint32_t first, std::uint32_t count, std::span<const Record> table,
                  std::string_view what) {
    if (first != end) return fail_gap(what);
    end += count;
    return range(first, count, table, what);
  }
  bool symbol(format::Symbol symbol, std::string_view what) { return in(symbol, bundle_.strings, what); }
  bool symbol_or_none(format::Symbol symbol, std::string_view what) {
    return in_or_none(symbol, bundle_.strings, what);
  }

 private:
  bool fail_beyond(std::string_view what);
  bool fail_gap(std::string_view what);

  const BundleView& bundle_;
  std::optional<Fault> fault_;
  format::Section section_{};
  std::size_t index_ = 0;
};

// Each returns false once a fault was found; later ones rely on what earlier ones checked.
std::optional<Fault> read_container(std::span<const std::byte> bytes, BundleView& bundle);
bool verify_types(TableCheck& check);      // texts, types, entity types, shapes and their layout
bool verify_patterns(TableCheck& check);   // automata; where their types may stand
bool verify_constants(TableCheck& check);  // constants, closures, defaults
bool verify_layout_hash(TableCheck& check);
bool verify_lists(TableCheck& check);
bool verify_policies(TableCheck& check);  // decisions, obligations, policies, rules, blocks, messages, notes, spans
bool verify_debug(TableCheck& check);     // skeletons, occurrences, test map, sources
std::optional<Fault> verify_code(const BundleView& bundle, std::vector<DecisionBounds>& bounds);

/// Everything of the above. `bundle` views `bytes`, which are aligned for every record.
std::optional<Fault> verify(std::span<const std::byte> bytes, BundleView& bundle, std::vector<DecisionBounds>& bounds);

/// Records may share stretches of Pool; this bounds all stretches together, so that checking them is bounded too.
inline std::uint64_t shared_indices(const BundleView& bundle) {
  return 16 * bundle.pool.size() + format::kMaxSlots;
}

/// No binders, or just those of the rule.
inline bool binds_those_of(const format::BlockRecord& block, const format::RuleRecord* rule) {
  return block.binder_count == 0 ||
         (rule != nullptr && block.first_binder == rule->first_binder && block.binder_count == rule->binder_count);
}

/// The type of a value, if it may begin at this word of a frame of the shape; kNone for presence words, the inside of
/// values, and an entity's own values beside merged ones.
std::uint32_t type_at(const BundleView& bundle, std::uint32_t shape, std::uint32_t word);

/// What the layout hash is worked out from.
format::LayoutSource layout_source(const BundleView& bundle);

/// Whether values of the type can be merged by the strategy, in whatever order they come.
bool merges(const BundleView& bundle, format::MergeStrategy strategy, const format::TypeRecord& type);

/// The words that a value of the type has where it stands alone: of a record a whole frame.
std::uint32_t words_of(const BundleView& bundle, std::uint32_t type);

}  // namespace bylaw
