#include "causes.h"

#include <bylaw/grammar/diagnostics/expectations.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace bylaw::runner {
namespace {

constexpr std::size_t kMostCauses = 10, kMostNames = 3;

/// Of an entity, not of the one request: it starts with the entity's name in brackets.
bool about_entity(const Error& error) {
  return error.path.rfind("[\"", 0) == 0;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMostNames; ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() <= kMostNames ? text : text + fmt::format(" and {} more", names.size() - kMostNames);
}

}  // namespace

bool Causes::told_before(const CaseResult& one) {
  ++failed_;
  ++causes_[cause_of(one)];
  const std::optional<Error>& error = one.report.error;
  if (!error || !about_entity(*error) || one.report.verdict != Outcome::Invalid) return false;
  return !refused_.insert(fmt::format("{} {} {} {}", one.file, error->code, error->path, error->text)).second;
}

std::string Causes::cause_of(const CaseResult& one) const {
  if (one.report.verdict == Outcome::Invalid && one.report.error)
    return fmt::format("the request is invalid: {} {}: {}", one.report.error->code, one.report.error->path,
                       one.report.error->text);
  if (one.failures.empty()) return "";
  const CaseFailure& failure = one.failures.front();
  const bool verdict = failure.code == grammar::codes::WrongVerdict || failure.code == grammar::codes::OtherRules;
  if (!verdict) return failure.key == "expect" ? failure.text : fmt::format("`{}` is not as expected", failure.key);
  std::vector<std::string> names;
  for (const Decider& decider : one.deciders) names.push_back(result_.short_name(decider.rule));
  if (!names.empty()) return joined(names) + " decided, and was not expected";
  std::vector<std::string> wanted;
  if (one.expected_by)
    for (const std::string& rule : *one.expected_by) wanted.push_back(result_.short_name(rule));
  if (!wanted.empty()) return joined(wanted) + " should have decided, and did not";
  return fmt::format("{} was expected, and the default decided", failure.expected);
}

std::vector<std::string> Causes::lines() const {
  std::vector<std::pair<std::string, std::size_t>> causes(causes_.begin(), causes_.end());
  std::stable_sort(causes.begin(), causes.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> lines{fmt::format("what the {} failures come from (-v tells each in full):", failed_)};
  for (std::size_t i = 0; i < causes.size() && i < kMostCauses; ++i)
    lines.push_back(fmt::format("  {:>5}  {}", causes[i].second, causes[i].first));
  if (causes.size() > kMostCauses)
    lines.push_back(fmt::format("         and {} more causes", causes.size() - kMostCauses));
  return lines;
}

}  // namespace bylaw::runner
