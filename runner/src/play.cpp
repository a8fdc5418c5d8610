#include "play.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <iterator>
#include <mutex>

#include "compare.h"
#include "judge.h"
#include "near_miss.h"
#include "parallel.h"
#include "property/run_property.h"

namespace bylaw::runner {
namespace {

/// Tells how far the run is, a few times a second.
class Progress {
 public:
  Progress(const RunOptions& options, std::size_t total) : tell_(options.progress), total_(total) {}

  void one_more(bool failed) {
    if (!tell_) return;
    constexpr std::chrono::milliseconds kPause{80};
    const std::lock_guard lock(mutex_);
    ++done_;
    failed_ += failed ? 1 : 0;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < kPause) return;
    last_ = now;
    tell_(done_, total_, failed_);
  }

 private:
  const std::function<void(std::size_t, std::size_t, std::size_t)>& tell_;
  std::size_t total_, done_ = 0, failed_ = 0;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// What one thread has for itself.
class Player {
 public:
  Player(const Context& context, Engines engines, const RunOptions& options)
      : context_(context), engines_(std::move(engines)), options_(options), coverage_(context.program) {}

  void play(Turn& turn) {
    const PlannedCase& planned = *turn.planned;
    CaseResult& result = *turn.result;
    const Context context(planned.variant ? planned.variant->program : context_.program, context_);
    Engine& engine = engines_.of(planned.variant, planned.policies);
    const auto start = std::chrono::steady_clock::now();
    PropertyOutcome outcome;
    if (planned.property) outcome = play_runs(context, engine, turn);
    Played played = engine.play(result.decision, result.request_json, *result.entities_json, !coverage_.complete());
    turn.ignored = std::move(played.entity_warnings);
    coverage_.add(played.report, played.explanation);
    result.ms = played.ms;
    judge(context, planned, played.report, options_, result);
    if (planned.property)
      judge_property(context, planned, {outcome.too_few, outcome.other ? &*outcome.other : nullptr, played.report},
                     options_, result);
    if (planned.property) result.ms = milliseconds_since(start);
    turn.default_alone = !planned.property && only_default_denies(planned.expectations, played.report);
    if (!outcome.too_few && !planned.expectations.any && result.status == CaseStatus::Failed &&
        !planned.expectations.show) {
      if (played.explanation.policies.empty())
        played = engine.play(result.decision, result.request_json, *result.entities_json, true);
      const Inspection inspection = engine.inspect(result.decision, result.request_json, *result.entities_json, {});
      add_hints(context, planned, played, inspection, result);
    }
    result.report = std::move(played.report);
    turn.played = true;
  }

  const Coverage& coverage() const { return coverage_; }

 private:
  /// The requests of a property; the one that tells most of it is then played as a scenario.
  PropertyOutcome play_runs(const Context& context, Engine& engine, Turn& turn) {
    const PropertyPlan& plan = *turn.planned->property;
    Engine* const related = plan.relation ? &engines_.of(turn.planned->variant, plan.relation->policies) : nullptr;
    Engine* const assuming = plan.assumed ? &engines_.of(plan.assumed, nullptr) : nullptr;
    const bool keeps = options_.cover || options_.mutate || !options_.generate.empty();
    PropertyOutcome outcome = run_property({context, *turn.planned, engine, related, assuming, options_.seed,
                                            [&](const std::string& request_json, const Report& report) {
                                              coverage_.add(report, {});
                                              if (keeps) turn.keep(request_json, report);
                                            }});
    turn.result->property = outcome.told;
    turn.result->request_json = outcome.request_json;
    return outcome;
  }

  static void add_hints(const Context& context, const PlannedCase& planned, const Played& played,
                        const Inspection& inspection, CaseResult& result) {
    Hints hints = find_hints(context, planned.expectations,
                             {{planned.decision, result.request_json, *result.entities_json, inspection},
                              played.report,
                              played.explanation});
    result.deciders = std::move(hints.deciders);
    result.near_miss = std::move(hints.near_miss);
    std::move(hints.notes.begin(), hints.notes.end(), std::back_inserter(result.notes));
    if (!played.report.error || !planned.entities) return;
    if (const Span place = planned.entities->find(played.report.error->path); place.known())
      result.notes.push_back(
          fmt::format("that entity is described at {}:{}", context.sources[place.source].path(), context.line(place)));
  }

  const Context& context_;
  Engines engines_;
  const RunOptions& options_;
  Coverage coverage_;
};

void lower_to(std::atomic<std::size_t>& value, std::size_t candidate) {
  std::size_t known = value;
  while (candidate < known && !value.compare_exchange_weak(known, candidate)) {
  }
}

}  // namespace

void play(const Context& context, std::vector<Turn>& turns, const Engines& engines, const RunOptions& options,
          Coverage& coverage) {
  const std::size_t workers = worker_count(options.threads, turns.size());
  std::vector<Player> players(workers, Player(context, engines, options));
  std::atomic<std::size_t> first_failure{turns.size()};
  Progress progress(options, turns.size());
  in_parallel(turns.size(), workers, [&](std::size_t i, std::size_t worker) {
    if (options.stop_at_first_failure && i > first_failure) return;
    players[worker].play(turns[i]);
    const bool failed = turns[i].result->status == CaseStatus::Failed;
    if (failed) lower_to(first_failure, i);
    progress.one_more(failed);
  });
  for (const Player& player : players) coverage.merge(player.coverage());
  // What another thread played ahead of the first failure does not count.
  if (options.stop_at_first_failure)
    for (std::size_t i = first_failure + 1; i < turns.size(); ++i) turns[i].played = false;
}

}  // namespace bylaw::runner
