#include "pattern/nfa.h"

#include <array>
#include <map>
#include <utility>

#include "format/text_reading.h"

namespace bylaw::compiler::pattern {
namespace {

constexpr std::size_t kMostNfaStates = 200000;

using Bytes = std::pair<std::uint8_t, std::uint8_t>;

/// Calls `use` with each sequence of byte ranges that encodes the code points from `first` to `last`.
template <class Use>
void each_sequence(char32_t first, char32_t last, Use use) {
  constexpr char32_t kEnds[] = {0x7f, 0x7ff, 0xffff, kLastCodePoint};
  for (const char32_t end : kEnds) {
    if (first <= end && last > end) {
      each_sequence(first, end, use);
      first = end + 1;
    }
  }
  for (unsigned shift = 6; shift <= 18 && last >= 0x80; shift += 6) {
    const char32_t low = (char32_t{1} << shift) - 1;
    if ((first & ~low) == (last & ~low)) continue;
    if ((first & low) != 0) {
      each_sequence(first, first | low, use);
      return each_sequence((first | low) + 1, last, use);
    }
    if ((last & low) != low) {
      each_sequence(first, (last & ~low) - 1, use);
      return each_sequence(last & ~low, last, use);
    }
  }
  unsigned char from[4], to[4];
  const unsigned count = format::encode(first, from);
  format::encode(last, to);
  std::vector<Bytes> bytes;
  for (unsigned i = 0; i < count; ++i) bytes.emplace_back(from[i], to[i]);
  use(bytes);
}

/// Builds from the end: each function gives the state that accepts the part and then goes on at `next`.
class Builder {
 public:
  std::optional<Nfa> run(const Tree& tree) {
    const StateId match = add({NfaState::Kind::Match});
    const StateId whole = build(tree, match);
    const StateId loop = add({NfaState::Kind::Split, 0, 0, whole, 0});
    const StateId any = add({NfaState::Kind::Bytes, 0, 255, loop});
    nfa_.states[loop].other = any;
    nfa_.start = loop;
    if (failed_) return std::nullopt;
    return std::move(nfa_);
  }

 private:
  StateId add(NfaState state) {
    if (nfa_.states.size() >= kMostNfaStates) {
      failed_ = true;
      return 0;
    }
    nfa_.states.push_back(state);
    return static_cast<StateId>(nfa_.states.size() - 1);
  }

  StateId build(const Tree& tree, StateId next) {
    if (failed_) return 0;
    switch (tree.kind) {
      case Tree::Kind::Empty: return next;
      case Tree::Kind::Set: return set(tree.set, next);
      case Tree::Kind::Begin: return add({NfaState::Kind::Begin, 0, 0, next});
      case Tree::Kind::End: return add({NfaState::Kind::End, 0, 0, next});
      case Tree::Kind::Repeat: return repeat(tree, next);
      case Tree::Kind::Sequence:
        for (auto child = tree.children.rbegin(); child != tree.children.rend(); ++child) next = build(*child, next);
        return next;
      case Tree::Kind::Alternatives: break;
    }
    StateId result = build(tree.children.back(), next);
    for (std::size_t i = tree.children.size() - 1; i-- > 0;)
      result = add({NfaState::Kind::Split, 0, 0, build(tree.children[i], next), result});
    return result;
  }

  StateId repeat(const Tree& tree, StateId next) {
    const Tree& child = tree.children[0];
    StateId result = next;
    if (tree.most == kUnbounded) {
      const StateId loop = add({NfaState::Kind::Split, 0, 0, 0, next});
      const StateId body = build(child, loop);
      if (failed_) return 0;
      nfa_.states[loop].next = body;
      result = loop;
    } else {
      for (int i = tree.least; i < tree.most; ++i)
        result = add({NfaState::Kind::Split, 0, 0, build(child, result), next});
    }
    for (int i = 0; i < tree.least; ++i) result = build(child, result);
    return result;
  }

  StateId set(const CodeSet& set, StateId next) {
    std::map<std::pair<Bytes, StateId>, StateId> known;  // equal ends are one
    const auto bytes = [&](Bytes range, StateId then) {
      const auto [place, added] = known.try_emplace({range, then}, 0);
      if (added) place->second = add({NfaState::Kind::Bytes, range.first, range.second, then});
      return place->second;
    };
    std::vector<StateId> starts;
    for (const CodeRange range : set.ranges())
      each_sequence(range.first, range.last, [&](const std::vector<Bytes>& sequence) {
        StateId at = next;
        for (auto part = sequence.rbegin(); part != sequence.rend(); ++part) at = bytes(*part, at);
        starts.push_back(at);
      });
    if (starts.empty()) return add({NfaState::Kind::Bytes, 1, 0, next});  // no sign at all: never left
    StateId result = starts.back();
    for (std::size_t i = starts.size() - 1; i-- > 0;) result = add({NfaState::Kind::Split, 0, 0, starts[i], result});
    return result;
  }

  Nfa nfa_;
  bool failed_ = false;
};

}  // namespace

std::optional<Nfa> build_nfa(const Tree& tree) {
  return Builder().run(tree);
}

}  // namespace bylaw::compiler::pattern
