// From a verdict to everything that people and programs want to read of it.

#include "bylaw/report.hpp"

#include <algorithm>
#include <set>

#include "access.h"
#include "bundle_data.h"
#include "format/layout.h"
#include "found_elements.h"
#include "request_data.h"
#include "telling.h"
#include "world_data.h"

namespace bylaw {
namespace {

using namespace format;

constexpr std::size_t kMostEntries = 8;  // of a rule

class Reporter {
 public:
  Reporter(const WorldData& world, const Memory& memory, const VerdictData& verdict)
      : telling_(world, memory),
        b_(world.view()),
        memory_(memory),
        v_(verdict),
        decision_(b_.decisions[verdict.decision]) {}

  Report run() {
    Report report;
    report.decision = b_.symbol_text(decision_.name);
    report.verdict = v_.outcome;
    report.by = names(v_.by);
    report.messages = messages(v_.by);
    if (v_.by.empty() && decision_.default_message != kNone)
      report.messages.push_back({std::nullopt, telling_.message(decision_.default_message, {})});
    report.findings = findings(v_.by);
    report.findings_cut = v_.findings_cut;
    report.annotations = annotations(v_.by);
    report.entries = entries(v_.by);
    report.obligations = obligations();
    for (const Exemption& exemption : v_.exemptions) report.exemptions.push_back(exempted(exemption));
    for (const Audited& audited : v_.audited) report.audit.push_back(audit(audited));
    report.would_be = v_.would_be;
    report.would_be_by = would_be_by();
    return report;
  }

 private:
  std::vector<std::string> names(std::span<const RuleId> rules) const {
    std::vector<std::string> list;
    for (const RuleId rule : rules) list.push_back(telling_.name(rule.index));
    return list;
  }

  /// The elements of a rule that the verdict has room for.
  std::vector<Found> found(RuleId rule) const {
    const auto kept = static_cast<std::size_t>(
        std::count_if(v_.findings.begin(), v_.findings.end(), [&](const Finding& f) { return f.rule == rule; }));
    return telling_.found(rule.index, kept);
  }

  bool for_each(RuleId rule) const { return (b_.rules[rule.index].flags & kRuleForEach) != 0; }

  std::vector<Message> messages(std::span<const RuleId> rules) const {
    std::vector<Message> list;
    for (const RuleId rule : rules) {
      const std::uint32_t message = b_.rules[rule.index].message;
      if (message == kNone) continue;
      if (!for_each(rule)) list.push_back({telling_.name(rule.index), telling_.message(message, {})});
      for (const Found& element : found(rule))
        list.push_back({telling_.name(rule.index), telling_.message(message, element.places())});
    }
    return list;
  }

  // --- findings ---

  std::vector<ReportedFinding> findings(std::span<const RuleId> rules) const {
    std::vector<ReportedFinding> list;
    for (const RuleId rule : rules) {
      const std::uint32_t message = b_.rules[rule.index].message;
      for (const Found& element : found(rule)) {
        ReportedFinding finding{telling_.name(rule.index), found_elements(rule.index, element), std::nullopt};
        if (message != kNone) finding.text = telling_.message(message, element.places());
        list.push_back(std::move(finding));
      }
    }
    return list;
  }

  std::vector<FoundElement> found_elements(std::uint32_t rule, const Found& found) const {
    std::vector<FoundElement> all = bylaw::found_elements(telling_, rule, found);
    for (std::size_t i = 0; i < all.size(); ++i)
      if (const std::uint32_t row = found.binders[i].row; row != kNone)
        all[i].entry = std::make_shared<const ListEntry>(entry(rule, row));
    return all;
  }

  // --- annotations, entries ---

  std::vector<RuleAnnotations> annotations(std::span<const RuleId> rules) const {
    std::vector<RuleAnnotations> list;
    for (const RuleId rule : rules) {
      const RuleRecord& record = b_.rules[rule.index];
      if (record.note_count == 0) continue;
      RuleAnnotations told{telling_.name(rule.index), {}};
      for (const NoteRecord& note : range(b_.notes, record.first_note, record.note_count))
        told.annotations.emplace_back(b_.symbol_text(note.name), note_value(note));
      list.push_back(std::move(told));
    }
    return list;
  }

  PrintedValue note_value(const NoteRecord& note) const {
    if (note.type == kNone) return {"true", "true"};
    return telling_.printer().print(note.type, telling_.printer().world.constants.data() + note.constant);
  }

  std::vector<ListEntry> entries(std::span<const RuleId> rules) const {
    std::vector<ListEntry> list;
    for (const RuleId rule : rules)
      for (const std::uint32_t row : rows(rule)) list.push_back(entry(rule.index, row));
    return list;
  }

  /// The live rows that made list tests of the rule true, the first ones.
  std::vector<std::uint32_t> rows(RuleId rule) const {
    std::vector<ListTest> tests;
    if (!for_each(rule)) tests = telling_.list_tests(rule.index, {});
    for (const Found& element : found(rule)) {
      const auto more = telling_.list_tests(rule.index, element.places());
      tests.insert(tests.end(), more.begin(), more.end());
    }
    std::set<std::uint32_t> rows;
    const auto add = [&](const std::vector<std::uint32_t>& more) { rows.insert(more.begin(), more.end()); };
    if (!for_each(rule)) add(telling_.rows(rule.index, {}));
    for (const Found& one : found(rule)) {
      for (const Found::Element& element : one.binders)
        if (element.row != kNone) rows.insert(element.row);
      add(telling_.rows(rule.index, one.places()));
    }
    for (const ListTest& test : tests) {
      if (!test.held) continue;
      std::uint32_t some[kMostEntries];
      const std::uint32_t count = listed_rows(memory_, test.list, test.value, test.now, test.directly, some);
      rows.insert(some, some + std::min<std::size_t>(count, kMostEntries));
    }
    std::vector<std::uint32_t> first(rows.begin(), rows.end());
    if (first.size() > kMostEntries) first.resize(kMostEntries);
    return first;
  }

  ListEntry entry(std::uint32_t rule, std::uint32_t index) const {
    const RowRecord& row = b_.rows[index];
    ListEntry told{telling_.name(rule), {}, telling_.entry(index), instant(row.since), instant(row.until), {}, {}, {}};
    told.list = b_.symbol_text(telling_.list_of(index).name);
    if (row.owner != kNone) told.owner = b_.symbol_text(row.owner);
    if (row.because != kNone) told.because = b_.symbol_text(row.because);
    told.at = telling_.place(row.span);
    return told;
  }

  // --- obligations, exemptions, audit ---

  std::vector<ReportedObligation> obligations() const {
    std::vector<ReportedObligation> list;
    for (std::uint32_t i = 0; i < decision_.obligation_count; ++i) {
      const ObligationRecord& record = b_.obligations[decision_.first_obligation + i];
      const MergedObligation merged = merge_obliged(telling_.memory(), v_, i);
      if (merged.given) list.push_back({std::string(b_.symbol_text(record.name)), telling_.printer().print(merged)});
    }
    return list;
  }

  ReportedExemption exempted(const Exemption& exemption) const {
    return {telling_.name(exemption.rule.index), names(exemption.lifted), entries({&exemption.rule, 1})};
  }

  ReportedAudit audit(const Audited& audited) const {
    const PolicyRecord& policy = b_.policies[audited.policy.index];
    ReportedAudit told;
    told.policy = b_.symbol_text(policy.name);
    told.verdict = audited.outcome;
    told.by = names(audited.by);
    told.until = instant(policy.audit_until);
    told.messages = messages(audited.by);
    told.findings = findings(audited.by);
    told.annotations = annotations(audited.by);
    told.entries = entries(audited.by);
    for (const Exemption& exemption : v_.audited_exemptions)
      if (b_.rules[exemption.rule.index].policy == audited.policy.index) told.exemptions.push_back(exempted(exemption));
    return told;
  }

  std::vector<std::string> would_be_by() const {
    std::vector<std::string> list;
    for (std::uint32_t i = 0; i < decision_.rule_count; ++i) {
      if ((v_.rules[i] & kDecides) == 0) continue;
      const RuleRecord& rule = b_.rules[decision_.first_rule + i];
      if (v_.policies[rule.policy - decision_.first_policy].outcome == v_.would_be)
        list.push_back(telling_.name(decision_.first_rule + i));
    }
    return list;
  }

  Telling telling_;
  const BundleView& b_;
  const Memory& memory_;
  const VerdictData& v_;
  const DecisionRecord& decision_;
};

Error error_of(const Failure& failure) {
  return {failure.code, std::string(failure.path), std::string(failure.text), {}};
}

/// The first failure, and further ones that stand beside it.
Error error_of(const VerdictData* verdict, const Request& request) {
  if (verdict == nullptr) return {info(Code::MemoryFull).code, {}, std::string(info(Code::MemoryFull).text), {}};
  Error error = error_of(verdict->failure);
  const auto failures = request.failures();
  if (failures.empty() || failures[0].code != error.code || failures[0].path != verdict->failure.path) return error;
  for (const Failure& failure : failures.subspan(1)) error.more.push_back(error_of(failure));
  return error;
}

}  // namespace

Report report(const Decision& decision, const Request& request, const Verdict& verdict) {
  const VerdictData* data = Access::data(verdict);
  if (verdict.outcome() == Outcome::Invalid) {
    Report report = invalid_report(error_of(data, request));
    report.decision = decision.name();
    return report;
  }
  const Memory memory = memory_of(*Access::data(request));
  return Reporter(*Access::world(decision), memory, *data).run();
}

Report invalid_report(Error error) {
  Report report;
  report.error = std::move(error);
  return report;
}

}  // namespace bylaw
