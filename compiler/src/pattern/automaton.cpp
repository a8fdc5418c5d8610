// Subset construction over byte classes, then Hopcroft's minimization. Both are bounded: by states and by work.

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "pattern/nfa.h"

namespace bylaw::compiler::pattern {
namespace {

constexpr std::uint32_t kMostStates = 20000;   // before minimization
constexpr std::uint64_t kMostWork = 20000000;  // states of the NFA that are looked at

/// An automaton under construction: any order of states, none special.
struct Raw {
  std::array<std::uint8_t, format::kByteValues> classes{};
  std::uint32_t class_count = 1;
  std::vector<std::uint32_t> transitions;
  std::vector<bool> accepting;
  std::uint32_t start = 0;
  std::uint32_t states() const { return static_cast<std::uint32_t>(accepting.size()); }
};

struct SetHash {
  std::size_t operator()(const std::vector<StateId>& set) const {
    std::uint64_t hash = set.size();
    for (const StateId state : set) hash = (hash ^ state) * 0x9e3779b97f4a7c15 + (hash >> 31);
    return hash;
  }
};

class Subsets {
 public:
  explicit Subsets(const Nfa& nfa) : nfa_(nfa), seen_(nfa.states.size(), 0) {}

  std::optional<Raw> run() {
    find_classes();
    // The first set is told from an equal later one: `^` holds at the begin alone.
    const StateId first[] = {nfa_.start};
    std::vector<StateId> start = closure(first, true, false);
    add(start, true);
    for (std::uint32_t state = 0; state < raw_.states(); ++state)
      if (!fill(state)) return std::nullopt;
    return std::move(raw_);
  }

 private:
  void find_classes() {
    std::array<bool, format::kByteValues + 1> begins{};
    for (const NfaState& state : nfa_.states)
      if (state.kind == NfaState::Kind::Bytes && state.first <= state.last)
        begins[state.first] = begins[state.last + 1U] = true;
    std::uint32_t number = 0;
    representatives_.push_back(0);
    for (unsigned byte = 0; byte < format::kByteValues; ++byte) {
      if (byte > 0 && begins[byte]) {
        ++number;
        representatives_.push_back(static_cast<std::uint8_t>(byte));
      }
      raw_.classes[byte] = static_cast<std::uint8_t>(number);
    }
    raw_.class_count = number + 1;
  }

  /// All that is reached without a byte, ascending: states that take bytes, ends that wait, and the match.
  template <class States>
  std::vector<StateId> closure(const States& from, bool at_begin, bool at_end) {
    ++mark_;
    open_.assign(std::rbegin(from), std::rend(from));
    std::vector<StateId> result;
    while (!open_.empty()) {
      const StateId id = open_.back();
      open_.pop_back();
      ++work_;
      if (std::exchange(seen_[id], mark_) == mark_) continue;
      const NfaState& state = nfa_.states[id];
      switch (state.kind) {
        case NfaState::Kind::Bytes:
        case NfaState::Kind::Match: result.push_back(id); break;
        case NfaState::Kind::Split:
          open_.push_back(state.other);
          open_.push_back(state.next);
          break;
        case NfaState::Kind::Begin:
          if (at_begin) open_.push_back(state.next);
          break;
        case NfaState::Kind::End:
          if (at_end)
            open_.push_back(state.next);
          else
            result.push_back(id);
          break;
      }
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  bool matches(const std::vector<StateId>& set) const {
    return std::any_of(set.begin(), set.end(),
                       [&](StateId id) { return nfa_.states[id].kind == NfaState::Kind::Match; });
  }

  /// The state of a set; of one that matched, whatever follows, there is one.
  std::uint32_t add(std::vector<StateId>& set, bool first) {
    if (matches(set)) set = {0};  // the state of the match is the first that was built
    const auto next = raw_.states();
    if (!first) {
      const auto [known, added] = known_.try_emplace(set, next);
      if (!added) return known->second;
    }
    raw_.accepting.push_back(matches(closure(set, first, true)));
    raw_.transitions.resize(raw_.transitions.size() + raw_.class_count);
    sets_.push_back(std::move(set));
    return next;
  }

  bool fill(std::uint32_t state) {
    const std::vector<StateId> set = std::move(sets_[state]);
    const bool matched = set.size() == 1 && set[0] == 0;
    std::vector<StateId> next;
    for (std::uint32_t c = 0; c < raw_.class_count; ++c) {
      const std::uint8_t byte = representatives_[c];
      next.clear();
      work_ += set.size();
      for (const StateId id : set) {
        const NfaState& s = nfa_.states[id];
        if (s.kind == NfaState::Kind::Bytes && s.first <= byte && byte <= s.last) next.push_back(s.next);
      }
      if (matched) next = {0};
      std::vector<StateId> closed = closure(next, false, false);
      const std::uint32_t to = add(closed, false);
      raw_.transitions[static_cast<std::size_t>(state) * raw_.class_count + c] = to;
      if (raw_.states() > kMostStates || work_ > kMostWork) return false;
    }
    return true;
  }

  const Nfa& nfa_;
  Raw raw_;
  std::vector<std::uint8_t> representatives_;  // by class
  std::vector<std::vector<StateId>> sets_;     // by state, until it is filled
  std::unordered_map<std::vector<StateId>, std::uint32_t, SetHash> known_;
  std::vector<std::uint32_t> seen_;
  std::vector<StateId> open_;
  std::uint32_t mark_ = 0;
  std::uint64_t work_ = 0;
};

/// Hopcroft: splits blocks of states until each block's states go to the same blocks.
class Minimizer {
 public:
  explicit Minimizer(const Raw& raw) : raw_(raw) {}

  /// By state: the number of its block.
  std::vector<std::uint32_t> run() {
    const std::uint32_t n = raw_.states();
    block_.assign(n, 0);
    invert();
    std::vector<std::uint32_t> accepting, others;
    for (std::uint32_t s = 0; s < n; ++s) (raw_.accepting[s] ? accepting : others).push_back(s);
    for (auto* members : {&accepting, &others})
      if (!members->empty()) add_block(std::move(*members));
    while (!open_.empty()) {
      const auto [block, c] = open_.back();
      open_.pop_back();
      waits_[block][c] = false;
      split_by(block, c);
    }
    return std::move(block_);
  }

 private:
  void invert() {
    const std::size_t edges = raw_.transitions.size();
    const std::uint32_t classes = raw_.class_count;
    first_.assign(edges + 1, 0);
    for (std::size_t e = 0; e < edges; ++e) ++first_[raw_.transitions[e] * std::size_t{classes} + e % classes + 1];
    for (std::size_t i = 1; i <= edges; ++i) first_[i] += first_[i - 1];
    from_.resize(edges);
    std::vector<std::uint32_t> at(first_.begin(), first_.end() - 1);
    for (std::size_t e = 0; e < edges; ++e)
      from_[at[raw_.transitions[e] * std::size_t{classes} + e % classes]++] = static_cast<std::uint32_t>(e / classes);
  }

  void add_block(std::vector<std::uint32_t> members) {
    const auto block = static_cast<std::uint32_t>(members_.size());
    for (const std::uint32_t s : members) block_[s] = block;
    members_.push_back(std::move(members));
    waits_.emplace_back(raw_.class_count, false);
    for (std::uint32_t c = 0; c < raw_.class_count; ++c) wait(block, c);
  }

  void wait(std::uint32_t block, std::uint32_t c) {
    if (waits_[block][c]) return;
    waits_[block][c] = true;
    open_.emplace_back(block, c);
  }

  void split_by(std::uint32_t splitter, std::uint32_t c) {
    std::vector<std::uint32_t> touched;
    hit_.resize(members_.size());
    for (const std::uint32_t to : members_[splitter]) {
      const std::size_t edge = to * std::size_t{raw_.class_count} + c;
      for (std::uint32_t i = first_[edge]; i < first_[edge + 1]; ++i) {
        const std::uint32_t block = block_[from_[i]];
        if (hit_[block].empty()) touched.push_back(block);
        hit_[block].push_back(from_[i]);
      }
    }
    for (const std::uint32_t block : touched) {
      if (hit_[block].size() < members_[block].size()) split(block, hit_[block]);
      hit_[block].clear();
    }
  }

  void split(std::uint32_t block, const std::vector<std::uint32_t>& part) {
    const auto added = static_cast<std::uint32_t>(members_.size());
    for (const std::uint32_t s : part) block_[s] = added;
    std::erase_if(members_[block], [&](std::uint32_t s) { return block_[s] == added; });
    members_.push_back(part);
    waits_.emplace_back(raw_.class_count, false);
    for (std::uint32_t c = 0; c < raw_.class_count; ++c)
      wait(waits_[block][c] || members_[added].size() <= members_[block].size() ? added : block, c);
  }

  const Raw& raw_;
  std::vector<std::uint32_t> block_;                 // by state
  std::vector<std::vector<std::uint32_t>> members_;  // by block
  std::vector<std::vector<std::uint32_t>> hit_;      // by block: its states that go to the splitter
  std::vector<std::uint32_t> first_, from_;          // edges into (state, class)
  std::vector<std::vector<bool>> waits_;             // by block and class: stands in `open_`
  std::vector<std::pair<std::uint32_t, std::uint32_t>> open_;
};

/// One state a block, numbered as format::AutomatonView wants them, among their kind in the order they are met.
std::optional<Automaton> finish(const Raw& raw, const std::vector<std::uint32_t>& block) {
  const auto blocks = static_cast<std::uint32_t>(*std::max_element(block.begin(), block.end()) + 1);
  if (blocks + 1 > format::kMaxStates) return std::nullopt;
  std::vector<std::uint32_t> some(blocks, UINT32_MAX), met;  // a state of each block
  for (std::uint32_t s = 0; s < raw.states(); ++s) {
    if (some[block[s]] != UINT32_MAX) continue;
    some[block[s]] = s;
    met.push_back(block[s]);
  }
  const auto target = [&](std::uint32_t b, std::uint32_t c) {
    return block[raw.transitions[some[b] * std::size_t{raw.class_count} + c]];
  };
  const auto rank = [&](std::uint32_t b) {
    bool stays = true;
    for (std::uint32_t c = 0; c < raw.class_count; ++c) stays = stays && target(b, c) == b;
    return raw.accepting[some[b]] ? (stays ? 3 : 2) : (stays ? 0 : 1);
  };
  Automaton result;
  result.classes = raw.classes;
  result.class_count = raw.class_count;
  std::vector<std::uint32_t> number(blocks), order;
  std::uint32_t next = 1;
  for (int wanted = 0; wanted <= 3; ++wanted) {
    if (wanted == 2) result.first_accepting = next;
    if (wanted == 3) result.always = next;
    for (const std::uint32_t b : met) {
      if (rank(b) != wanted) continue;
      number[b] = wanted == 0 ? format::kDeadState : next++;
      if (wanted != 0) order.push_back(b);
    }
  }
  result.transitions.assign(raw.class_count, format::kDeadState);
  for (const std::uint32_t b : order)
    for (std::uint32_t c = 0; c < raw.class_count; ++c)
      result.transitions.push_back(static_cast<std::uint16_t>(number[target(b, c)]));
  result.start = number[block[raw.start]];
  return result;
}

/// Classes whose bytes go everywhere alike are one.
void join_classes(Automaton& a) {
  std::vector<std::vector<std::uint16_t>> columns;
  std::vector<std::uint8_t> number(a.class_count);
  for (std::uint32_t c = 0; c < a.class_count; ++c) {
    std::vector<std::uint16_t> column;
    for (std::uint32_t s = 0; s < a.states(); ++s) column.push_back(a.transitions[s * a.class_count + c]);
    const auto known = std::find(columns.begin(), columns.end(), column);
    number[c] = static_cast<std::uint8_t>(known - columns.begin());
    if (known == columns.end()) columns.push_back(std::move(column));
  }
  std::vector<std::uint16_t> transitions;
  for (std::uint32_t s = 0; s < a.states(); ++s)
    for (const auto& column : columns) transitions.push_back(column[s]);
  for (std::uint8_t& c : a.classes) c = number[c];
  a.transitions = std::move(transitions);
  a.class_count = static_cast<std::uint32_t>(columns.size());
}

}  // namespace

std::optional<Automaton> build_automaton(const Nfa& nfa) {
  const std::optional<Raw> raw = Subsets(nfa).run();
  if (!raw) return std::nullopt;
  std::optional<Automaton> result = finish(*raw, Minimizer(*raw).run());
  if (result) join_classes(*result);
  return result;
}

}  // namespace bylaw::compiler::pattern
