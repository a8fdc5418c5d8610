#include "prose.h"

#include <bylaw/grammar/diagnostics/expectations.h>
#include <fmt/format.h>

#include <algorithm>

#include "escape.h"
#include "issues.h"

namespace bylaw::runner {
namespace {

constexpr std::size_t kMostDeciders = 3;

void add(std::string& prose, std::string_view text) {
  if (text.empty()) return;
  if (!prose.empty()) prose += ' ';
  prose += sentence(text);
}

/// As the first word of a sentence, where it is no name.
std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

/// "`n > 10` is false: n is 3": the first condition that did not hold.
std::string unfit_condition(const NearMiss& near) {
  if (near.condition.empty()) return "";
  for (const ConditionMark& mark : near.marks)
    if (!mark.held && !mark.text.empty()) return fmt::format("`{}` is {}", near.condition, mark.text);
  return "";
}

void add_near_miss(std::string& prose, const NearMiss& near) {
  add(prose, near.headline.starts_with("nearest") ? capital(near.headline) : near.headline);  // else a rule's name
  add(prose, unfit_condition(near));
  for (const std::string& remark : near.remarks) add(prose, capital(remark));
}

void add_changes(std::string& prose, const CaseResult& one) {
  const bool verdict = !one.failures.empty() && one.failures.front().key == "expect";
  std::string text;
  for (const RequestChange& change : one.changes)
    text += fmt::format(
        "{} {} (now {})",
        text.empty() ? fmt::format("It would {} with", verdict ? one.failures.front().expected : "pass") : ", or with",
        change.text, change.now);
  add(prose, text);
}

bool about_verdict(const CaseFailure& failure) {
  return failure.code == grammar::codes::WrongVerdict || failure.code == grammar::codes::OtherRules;
}

}  // namespace

std::string sentence(std::string_view text) {
  std::string line;
  for (const char c : on_one_line(text))
    if (c != ' ' || (!line.empty() && line.back() != ' ')) line += c;
  while (!line.empty() && (line.back() == ' ' || line.back() == ':' || line.back() == ',')) line.pop_back();
  if (line.empty() || line.back() == '.' || line.back() == '!' || line.back() == '?') return line;
  return line + ".";
}

std::string prose_of(const grammar::Diagnostic& diagnostic) {
  std::string prose;
  add(prose, diagnostic.text);
  add(prose, capital(diagnostic.label));
  for (const grammar::Fix& fix : diagnostic.fixes) add(prose, "Fix: " + fix.text);
  for (const std::string& help : diagnostic.help) add(prose, "Help: " + help);
  return prose;
}

std::string prose_of(const RunResult& result, const CaseResult& one) {
  std::string prose;
  add(prose, fmt::format("{}: {}", one.title(), failure_line(result, one)));
  for (std::size_t i = 1; i < one.failures.size(); ++i) add(prose, capital(one.failures[i].text));
  if (std::any_of(one.failures.begin(), one.failures.end(), about_verdict))
    for (std::size_t i = 0; i < std::min(one.deciders.size(), kMostDeciders); ++i)
      if (!one.deciders[i].message.empty())
        add(prose, fmt::format("{} says: {}", result.short_name(one.deciders[i].rule), one.deciders[i].message));
  if (one.near_miss) add_near_miss(prose, *one.near_miss);
  for (const std::string& note : one.notes) add(prose, note);
  add_changes(prose, one);
  return prose;
}

}  // namespace bylaw::runner
