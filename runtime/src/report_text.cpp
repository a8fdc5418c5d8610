// The verdict for people: a line for it, then one for each rule that decided, each exemption, each audited policy.

#include "access.h"
#include "bundle_data.h"
#include "bylaw/report.hpp"
#include "telling.h"
#include "world_data.h"

namespace bylaw {
namespace {

using namespace format;

class TextWriter {
 public:
  TextWriter(const Report& report, const Decision* places, std::string_view path_prefix)
      : report_(report), places_(places), path_prefix_(path_prefix) {}

  std::string write() {
    switch (report_.verdict) {
      case Outcome::Invalid: return invalid();
      case Outcome::Deny: text_ = "deny"; break;
      case Outcome::Allow: text_ = "allow"; break;
    }
    if (report_.by.empty()) text_ += " by default";
    text_ += '\n';
    for (const std::string& rule : report_.by) rule_lines(rule, report_.messages, report_.entries);
    if (report_.by.empty())
      for (const Message& message : report_.messages) line("default  " + message.text);
    if (report_.findings_cut > 0) line(std::to_string(report_.findings_cut) + " more findings did not fit");
    for (const ReportedObligation& obligation : report_.obligations)
      line("obliges " + obligation.name + " = " + obligation.value.text);
    for (const ReportedExemption& exemption : report_.exemptions) exempted(exemption);
    for (const ReportedAudit& audit : report_.audit) audited(audit);
    return std::move(text_);
  }

 private:
  void line(const std::string& text) { text_ += text + '\n'; }

  static std::string without(const std::string& name, std::size_t parts) {
    std::size_t at = name.size();
    for (std::size_t i = 0; i < parts && at != std::string::npos; ++i)
      at = at == 0 ? std::string::npos : name.rfind('.', at - 1);
    return at == std::string::npos ? name : name.substr(at + 1);
  }
  static std::string rule_name(const std::string& full) { return without(full, 2); }
  static std::string last(const std::string& full) { return without(full, 1); }

  std::string invalid() {
    line("invalid: this request never gets a decision");
    if (!report_.error) return std::move(text_);
    error(*report_.error);
    for (const Error& more : report_.error->more) error(more);
    return std::move(text_);
  }

  void error(const Error& error) {
    line(std::string(error.code) + (error.path.empty() ? "" : " " + error.path) + ": " + error.text);
  }

  std::string place(const std::string& rule) const {
    if (places_ == nullptr) return {};
    const BundleView& view = Access::world(*places_)->view();
    const DecisionRecord& decision = view.decisions[Access::index(*places_)];
    for (const RuleRecord& record : range(view.rules, decision.first_rule, decision.rule_count))
      if (record.span != kNone && view.symbol_text(record.name) == rule)
        return "  (" + std::string(path_prefix_) + std::string(view.symbol_text(view.spans[record.span].file)) + ":" +
               std::to_string(view.spans[record.span].line) + ")";
    return {};
  }

  void rule_lines(const std::string& rule, const std::vector<Message>& messages,
                  const std::vector<ListEntry>& entries) {
    bool told = false;
    for (const Message& message : messages) {
      if (message.rule != rule) continue;
      line(rule_name(rule) + "  " + message.text + place(rule));
      told = true;
    }
    if (!told) line(rule_name(rule) + place(rule));
    for (const ListEntry& entry : entries)
      if (entry.rule == rule) line("  " + entry_text(entry));
  }

  /// `User::"ana" in break_glass until 2026-02-01T00:00:00Z, owner Group::"secops", INC-4711`
  static std::string entry_text(const ListEntry& entry) {
    const bool columns = entry.entry.json.starts_with('{');
    std::string text = (columns ? entry.entry.text : without_quotes(entry.entry.json)) + " in " + last(entry.list);
    if (entry.since) text += " since " + *entry.since;
    if (entry.until) text += " until " + *entry.until;
    if (entry.owner) text += ", owner " + *entry.owner;
    if (entry.because) text += ", " + *entry.because;
    return text;
  }

  void exempted(const ReportedExemption& exemption) {
    std::string text = "exempt " + rule_name(exemption.rule);
    if (exemption.lifted.empty()) text += " held, and lifted nothing";
    for (std::size_t i = 0; i < exemption.lifted.size(); ++i)
      text += (i == 0 ? " lifted " : ", ") + last(exemption.lifted[i]);
    for (std::size_t i = 0; i < exemption.entries.size(); ++i)
      text += (i == 0 ? ": " : "; ") + entry_text(exemption.entries[i]);
    line(text);
  }

  void audited(const ReportedAudit& audit) {
    const std::string until = audit.until ? ", and will from " + *audit.until : "";
    if (!audit.verdict) return line("audit " + last(audit.policy) + " would decide nothing");
    const std::string would = *audit.verdict == Outcome::Deny ? " would deny" : " would allow";
    for (const std::string& rule : audit.by) {
      line("audit " + rule_name(rule) + would + until);
      for (const Message& message : audit.messages)
        if (message.rule == rule) line("  " + message.text);
    }
  }

  const Report& report_;
  const Decision* places_;
  std::string_view path_prefix_;
  std::string text_;
};

}  // namespace

std::string to_text(const Report& report, const Decision* places, std::string_view path_prefix) {
  return TextWriter(report, places, path_prefix).write();
}

}  // namespace bylaw
