// From entities that were read to the tables of a snapshot: numbered by type and id, closed upwards, frames translated.

#include <algorithm>
#include <unordered_map>

#include "components.h"
#include "format/layout.h"
#include "format/layout_hash.h"
#include "transcribe.h"
#include "verify.h"
#include "world_data.h"

namespace bylaw {
namespace {

using format::SnapshotTables;

/// Texts that are used, and after `number` their symbols: ascending by bytes.
class TextNumbers {
 public:
  void use(std::string_view text) { numbers_.try_emplace(text, 0); }
  Symbol of(std::string_view text) const { return numbers_.find(text)->second; }

  void number(SnapshotTables& tables) {
    std::vector<std::string_view> texts;
    for (const auto& [text, unused] : numbers_) texts.push_back(text);
    std::sort(texts.begin(), texts.end());
    for (Symbol symbol = 0; symbol < texts.size(); ++symbol) {
      numbers_[texts[symbol]] = symbol;
      tables.strings.push_back(
          {static_cast<std::uint32_t>(tables.text.size()), static_cast<std::uint32_t>(texts[symbol].size())});
      tables.text.insert(tables.text.end(), texts[symbol].begin(), texts[symbol].end());
    }
  }

 private:
  std::unordered_map<std::string_view, Symbol> numbers_;
};

/// Reads the arenas of what was read. A first walk only notes which texts and entities are used: literals of the bundle
/// that no default holds are among the entities, and no part of the data.
class FilledSource final : public TranscribeSource {
 public:
  FilledSource(const RequestData& filled, TextNumbers& texts, std::vector<bool>& used,
               const std::vector<std::uint32_t>& rows)
      : filled_(filled), memory_(memory_of(filled)), texts_(texts), used_(used), rows_(rows) {}

  bool noting = true;

  bool is_ordered() const override { return false; }
  bool symbol(Word from, Word& to) override {
    const std::string_view text = text_of(filled_, static_cast<Symbol>(from));
    if (noting) texts_.use(text);
    to = noting ? 0 : texts_.of(text);
    return true;
  }
  bool entity(Word from, Word& to) override {
    const std::uint32_t number = find_local(filled_, from)->number;
    if (noting) used_[number] = true;
    to = entity_word(entity_type(from), noting ? 0 : rows_[number]);
    return true;
  }
  bool elements(Word from, std::size_t, std::uint32_t, Collection& to) override {
    to = collection(memory_, from);
    return true;
  }

 private:
  const RequestData& filled_;
  const Memory memory_;
  TextNumbers& texts_;
  std::vector<bool>& used_;
  const std::vector<std::uint32_t>& rows_;
};

/// All above each entity, by rows. Entities with the same parents have the same above them: they share it, and so do
/// all members of a cycle.
class Closure {
 public:
  Closure(SnapshotTables& tables, const std::vector<std::uint32_t>& rows, const Components& components)
      : tables_(tables), rows_(rows), components_(components) {}

  void run() {
    const auto& order = components_.order;
    for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
      while (last < order.size() && components_.of[order[last]] == components_.of[order[first]]) ++last;
      std::vector<std::uint32_t> members;
      for (std::size_t i = first; i < last; ++i)
        if (rows_[order[i]] != 0) members.push_back(rows_[order[i]]);
      if (!members.empty()) close(members);
    }
  }

 private:
  std::span<const std::uint32_t> parents(std::uint32_t row) const {
    const auto& record = tables_.rows[row - 1];
    return std::span(tables_.parents).subspan(record.first_parent, record.parent_count);
  }

  void close(std::vector<std::uint32_t>& members) {
    std::sort(members.begin(), members.end());
    const std::uint32_t row = members[0];
    const auto known = parents(row);
    const bool cycle = members.size() > 1 || std::binary_search(known.begin(), known.end(), row);
    std::uint32_t closure = cycle ? kNone : shared(known);
    if (closure == kNone) {
      closure = add(members, cycle);
      if (!cycle) by_parents_.emplace(hash(known), row);
    }
    for (const std::uint32_t member : members) tables_.rows[member - 1].closure = closure;
  }

  std::uint32_t shared(std::span<const std::uint32_t> parents_wanted) const {
    const auto [begin, end] = by_parents_.equal_range(hash(parents_wanted));
    for (auto known = begin; known != end; ++known) {
      const auto here = parents(known->second);
      if (std::equal(here.begin(), here.end(), parents_wanted.begin(), parents_wanted.end()))
        return tables_.rows[known->second - 1].closure;
    }
    return kNone;
  }

  static std::uint64_t hash(std::span<const std::uint32_t> rows) {
    std::uint64_t hash = rows.size();
    for (const std::uint32_t row : rows) hash = (hash ^ row) * 0x9fb21c651e98df25 + (hash >> 29);
    return hash;
  }

  std::uint32_t add(const std::vector<std::uint32_t>& members, bool cycle) {
    std::vector<std::uint32_t> all, sum;
    const auto join = [&](std::span<const std::uint32_t> more) {
      sum.clear();
      std::set_union(all.begin(), all.end(), more.begin(), more.end(), std::back_inserter(sum));
      all.swap(sum);
    };
    if (cycle) join(members);
    for (const std::uint32_t member : members) {
      join(parents(member));
      for (const std::uint32_t parent : parents(member))
        if (!cycle || !std::binary_search(members.begin(), members.end(), parent)) join(above(parent));
    }
    const auto number = static_cast<std::uint32_t>(tables_.closures.size());
    tables_.closures.push_back({tables_.above.size(), static_cast<std::uint32_t>(all.size()), 0});
    tables_.above.insert(tables_.above.end(), all.begin(), all.end());
    return number;
  }

  std::span<const std::uint32_t> above(std::uint32_t row) const {
    const format::ClosureRecord& closure = tables_.closures[tables_.rows[row - 1].closure];
    return std::span(tables_.above).subspan(closure.first, closure.count);
  }

  SnapshotTables& tables_;
  const std::vector<std::uint32_t>& rows_;
  const Components& components_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_parents_;  // the first row with such parents
};

class Snapshot {
 public:
  explicit Snapshot(const RequestData& filled) : filled_(filled), view_(filled.world->view()) {}

  std::optional<SnapshotTables> make() {
    used_.resize(filled_.entities.count);
    FilledSource source(filled_, texts_, used_, rows_);
    if (!note_used(source)) return std::nullopt;
    number_rows();
    for (const std::uint32_t number : order_) texts_.use(entity(number).id);
    for (const auto& type : view_.entity_types) texts_.use(view_.symbol_text(type.name));
    texts_.number(tables_);
    source.noting = false;
    tables_.words.clear();
    add_types();
    add_rows();
    add_frames(source);
    close();
    return std::move(tables_);
  }

 private:
  const LocalEntity& entity(std::uint32_t number) const { return filled_.entities.at(filled_.data, number); }

  /// Described, a parent, or the value of an attribute.
  bool note_used(FilledSource& source) {
    Transcriber transcriber(view_, source, tables_.words);
    for (std::uint32_t number = 0; number < used_.size(); ++number) {
      const LocalEntity& here = entity(number);
      if (!here.described()) continue;
      used_[number] = true;
      for (std::uint32_t i = 0; i < here.parent_count; ++i)
        used_[find_local(filled_, filled_.data.words[here.parents + i])->number] = true;
      const std::uint32_t shape = view_.entity_types[entity_type(here.word)].shape;
      if (!transcriber.frame(shape, filled_.data.words + here.frame)) return false;
    }
    return true;
  }

  void number_rows() {
    for (std::uint32_t number = 0; number < used_.size(); ++number)
      if (used_[number]) order_.push_back(number);
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      const std::uint32_t left = entity_type(entity(a).word), right = entity_type(entity(b).word);
      return left != right ? left < right : entity(a).id < entity(b).id;
    });
    rows_.resize(used_.size());
    for (std::uint32_t i = 0; i < order_.size(); ++i) rows_[order_[i]] = i + 1;
  }

  void add_frames(FilledSource& source) {
    Transcriber transcriber(view_, source, tables_.words);
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const LocalEntity& here = entity(order_[i]);
      if (!here.described()) continue;
      tables_.rows[i].frame = tables_.words.size();
      const std::uint32_t shape = view_.entity_types[entity_type(here.word)].shape;
      transcriber.frame(shape, filled_.data.words + here.frame);
    }
  }

  void add_types() {
    const format::LayoutSource source = layout_source(view_);
    for (std::uint32_t i = 0; i < view_.entity_types.size(); ++i)
      tables_.types.push_back(
          {format::type_hash(source, i), texts_.of(view_.symbol_text(view_.entity_types[i].name)), 0});
  }

  void add_rows() {
    for (const std::uint32_t number : order_) {
      const LocalEntity& here = entity(number);
      const auto first = static_cast<std::uint32_t>(tables_.parents.size());
      for (std::uint32_t i = 0; i < here.parent_count; ++i) {
        const Word parent = filled_.data.words[here.parents + i];
        tables_.parents.push_back(rows_[find_local(filled_, parent)->number]);
      }
      std::sort(tables_.parents.begin() + first, tables_.parents.end());
      tables_.rows.push_back({0, entity_type(here.word), texts_.of(here.id), first, here.parent_count, 0,
                              here.described() ? format::kRowDescribed : 0U});
    }
  }

  void close() {
    std::vector<Word> room(8 * std::size_t{filled_.entities.count} + 64);
    Arena arena{room.data(), static_cast<std::uint32_t>(room.size()), 0, false};
    Closure(tables_, rows_, find_components(filled_, arena)).run();
  }

  const RequestData& filled_;
  const BundleView& view_;
  SnapshotTables tables_;
  TextNumbers texts_;
  std::vector<bool> used_;            // by number
  std::vector<std::uint32_t> order_;  // numbers of entities, by row
  std::vector<std::uint32_t> rows_;   // the other way round
};

}  // namespace

std::optional<SnapshotTables> make_snapshot(const RequestData& filled) {
  return Snapshot(filled).make();
}

}  // namespace bylaw
