#include "obligations.h"

#include <algorithm>

#include "format/layout.h"
#include "order.h"
#include "world_data.h"

namespace bylaw {

using namespace format;

namespace {

Word merged(MergeStrategy strategy, Word a, Word b) {
  const auto x = static_cast<std::int64_t>(a), y = static_cast<std::int64_t>(b);
  switch (strategy) {
    case MergeStrategy::Min: return x < y ? a : b;
    case MergeStrategy::Max: return x < y ? b : a;
    case MergeStrategy::Any: return a | b;
    case MergeStrategy::All: return a & b;
    case MergeStrategy::None:
    case MergeStrategy::Union:
    case MergeStrategy::Intersect:
    case MergeStrategy::Nearest:
    case MergeStrategy::Farthest:
    case MergeStrategy::Collect: break;  // kept
  }
  return a;
}

bool is_of_sets(MergeStrategy strategy) {
  return strategy == MergeStrategy::Union || strategy == MergeStrategy::Intersect;
}

/// Elements one after the other, each of `step` words, as items that can be sorted.
std::vector<const Word*> items(const std::vector<Word>& words, std::uint32_t step) {
  std::vector<const Word*> list;
  for (std::size_t at = 0; at + step <= words.size(); at += step) list.push_back(&words[at]);
  return list;
}

std::vector<Word> together(const std::vector<const Word*>& list, std::uint32_t step) {
  std::vector<Word> words;
  for (const Word* item : list) words.insert(words.end(), item, item + step);
  return words;
}

class Merging {
 public:
  Merging(const Memory& memory, const ObligationRecord& record)
      : memory_(memory), view_(memory.world->view()), record_(record) {
    result_.is_set = is_of_sets(record.strategy);
    result_.is_collection = result_.is_set || record.strategy == MergeStrategy::Collect;
    result_.type = result_.is_set ? view_.types[record.type].ref : record.type;
    result_.step = view_.types[result_.type].words;
  }

  void take(const Word* value) {
    const bool first = !std::exchange(result_.given, true);
    const std::uint32_t words = view_.types[record_.type].words;
    switch (record_.strategy) {
      case MergeStrategy::Union: append(elements_of_set(memory_, record_.type, value)); return;
      case MergeStrategy::Intersect: return first ? append(elements_of_set(memory_, record_.type, value)) : cut(value);
      case MergeStrategy::Collect: append({value, value + words}); return;
      case MergeStrategy::Min:
        if (first || compare(memory_, record_.type, value, result_.words.data()) < 0)
          result_.words.assign(value, value + words);
        return;
      case MergeStrategy::Max:
        if (first || compare(memory_, record_.type, value, result_.words.data()) > 0)
          result_.words.assign(value, value + words);
        return;
      case MergeStrategy::Any:
      case MergeStrategy::All:
      case MergeStrategy::None:
      case MergeStrategy::Nearest:
      case MergeStrategy::Farthest: return;
    }
  }

  MergedObligation done() {
    if (!result_.is_collection) return std::move(result_);
    auto list = items(result_.words, result_.step);
    const auto before = [&](const Word* a, const Word* b) { return compare(memory_, result_.type, a, b) < 0; };
    const auto same = [&](const Word* a, const Word* b) { return compare(memory_, result_.type, a, b) == 0; };
    std::sort(list.begin(), list.end(), before);
    list.erase(std::unique(list.begin(), list.end(), same), list.end());
    result_.words = together(list, result_.step);
    return std::move(result_);
  }

 private:
  void append(const std::vector<Word>& words) { result_.words.insert(result_.words.end(), words.begin(), words.end()); }

  void cut(const Word* value) {
    const std::vector<Word> other = elements_of_set(memory_, record_.type, value);
    const auto others = items(other, result_.step);
    auto list = items(result_.words, result_.step);
    std::erase_if(list, [&](const Word* item) {
      return std::none_of(others.begin(), others.end(),
                          [&](const Word* o) { return compare(memory_, result_.type, item, o) == 0; });
    });
    result_.words = together(list, result_.step);
  }

  const Memory& memory_;
  const BundleView& view_;
  const ObligationRecord& record_;
  MergedObligation result_;
};

}  // namespace

std::uint32_t kept_words(const BundleView& bundle, const ObligationRecord& obligation) {
  const std::uint32_t words = bundle.types[obligation.type].words;
  const bool kept = words > 1 || is_of_sets(obligation.strategy) || obligation.strategy == MergeStrategy::Collect;
  return kept ? 1 + words : 0;
}

void oblige(const Run& run, VerdictData& verdict) {
  const DecisionRecord& decision = run.bundle.decisions[verdict.decision];
  std::size_t kept = 0;
  for (std::uint32_t i = 0; i < decision.rule_count; ++i) {
    const RuleRecord& rule = run.bundle.rules[decision.first_rule + i];
    if (rule.kind != RuleKindCode::Oblige || (verdict.rules[i] & kHeld) == 0) continue;
    const Outcome side = (rule.flags & kRuleOnDeny) != 0 ? Outcome::Deny : Outcome::Allow;
    if (side != verdict.outcome) continue;
    if (verdict.policies[rule.policy - decision.first_policy].standing != Standing::Enforced) continue;
    ObligedValue& value = verdict.obligations[rule.obligation - decision.first_obligation];
    const ObligationRecord& obligation = run.bundle.obligations[rule.obligation];
    if (kept_words(run.bundle, obligation) != 0) {
      verdict.obliged[kept] = rule.obligation - decision.first_obligation;
      kept += 1 + value_of(run, rule.value, &verdict.obliged[kept + 1]);
    } else {
      const Word word = word_of(run, rule.value);
      value.word = value.given ? merged(obligation.strategy, value.word, word) : word;
    }
    value.given = true;
  }
  verdict.obliged = verdict.obliged.first(kept);
}

MergedObligation merge_obliged(const Memory& memory, const VerdictData& verdict, std::uint32_t index) {
  const BundleView& view = memory.world->view();
  const DecisionRecord& decision = view.decisions[verdict.decision];
  const ObligationRecord& record = view.obligations[decision.first_obligation + index];
  Merging merging(memory, record);
  if (kept_words(view, record) == 0) {
    MergedObligation single = merging.done();
    single.given = verdict.obligations[index].given;
    single.words = {verdict.obligations[index].word};
    return single;
  }
  for (std::size_t at = 0; at < verdict.obliged.size();) {
    const auto of = static_cast<std::uint32_t>(verdict.obliged[at]);
    if (of == index) merging.take(&verdict.obliged[at + 1]);
    at += kept_words(view, view.obligations[decision.first_obligation + of]);
  }
  return merging.done();
}

}  // namespace bylaw
