#pragma once
// A verdict with everything that people and other programs want to read of it: names, messages, findings, annotations,
// obligations, exemptions, what audited policies would have done. Made after deciding, from the same request;
// allocates, and is slower than deciding: services make it for a refusal or a log line, not for every request.
//
//   bylaw::decide(renew, request, verdict);
//   if (!verdict.allowed())
//     for (const bylaw::Message& m : bylaw::report(renew, request, verdict).messages) reply.add(m.text);

#include <bylaw/bylaw.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bylaw {

/// A value in two forms: as messages print it, and as JSON text (`"365d"`, `true`, `"User::\"ana\""`; `null` for a
/// record).
struct PrintedValue {
  std::string text;
  std::string json;
};

/// What a deciding rule says; one for each finding of a `for each` rule.
struct Message {
  std::optional<std::string> rule;  // full name; none: the `because` of the decision's default
  std::string text;
};

struct ListEntry;

struct FoundElement {
  std::optional<std::string> path;  // "pod.containers[1]"; a set's own path; none if it is not in the request
  PrintedValue value;
  std::vector<std::pair<std::string, PrintedValue>> fields;  // of a record: its fields that have a printed form
  std::shared_ptr<const ListEntry> entry;                    // of a list: the entry that it is
};
struct ReportedFinding {
  std::string rule;
  std::vector<FoundElement> elements;  // one a binder
  std::optional<std::string> text;     // the rule's message for these elements
};

/// A live list entry that made a list test true, the first eight a rule.
struct ListEntry {
  std::string rule;
  std::string list;
  PrintedValue entry;
  std::optional<std::string> since, until, owner, because;
  std::string at;  // "policies/pat.bylaw:39"
};

struct RuleAnnotations {
  std::string rule;
  std::vector<std::pair<std::string, PrintedValue>> annotations;  // a bare one has the value `true`
};

struct ReportedObligation {
  std::string name;
  PrintedValue value;
};

/// A held exempt rule, and the held denies that it lifted (a `deny otherwise` too, if no allow of its policy held).
struct ReportedExemption {
  std::string rule;
  std::vector<std::string> lifted;
  std::vector<ListEntry> entries;
};

struct ReportedAudit {
  std::string policy;
  std::optional<Outcome> verdict;  // none: it abstains
  std::vector<std::string> by;
  std::optional<std::string> until;  // enforced from then on
  std::vector<Message> messages;
  std::vector<ReportedFinding> findings;
  std::vector<RuleAnnotations> annotations;
  std::vector<ListEntry> entries;
  std::vector<ReportedExemption> exemptions;
};

struct Report {
  std::string decision;  // full name; empty if there was none to ask
  Outcome verdict = Outcome::Invalid;
  std::vector<std::string> by;  // full names, ascending by (module, policy, rule)
  std::vector<Message> messages;
  std::vector<ReportedFinding> findings;
  std::uint32_t findings_cut = 0;
  std::vector<RuleAnnotations> annotations;  // of the rules in `by` that have some
  std::vector<ListEntry> entries;            // of the rules in `by`
  std::vector<ReportedObligation> obligations;
  std::vector<ReportedExemption> exemptions;
  std::vector<ReportedAudit> audit;
  Outcome would_be = Outcome::Invalid;
  std::vector<std::string> would_be_by;
  std::optional<Error> error;  // of an invalid one
};

/// Of the verdict that `decide` gave for this very request.
Report report(const Decision&, const Request&, const Verdict&);
/// For what never reached a decision: a line that is no JSON, an unknown decision.
Report invalid_report(Error error);

/// What was given of each entity of the world's entity data, and not what was worked out of it: as
/// `Entities::from_json` reads it.
std::string entities_to_json(const World&);

/// What stands around the result object.
struct ReportFrame {
  bool schema = true;                 // "schema": "bylaw.verdict/1"
  std::optional<std::uint64_t> line;  // "line", and with it "id"
  std::string id = "null";            // JSON text
};

/// The documented object on one line, every key always there. `schema`, `line` and `id` only as the frame says.
std::string to_json(const Report&, const ReportFrame& = {});
/// The verdict, then a line for each rule that decided, each exemption, each audited policy. With `places` also where
/// each rule stands: `(file:line)`, with `path_prefix` before the project's path so that it leads there from where the
/// reader stands.
std::string to_text(const Report&, const Decision* places = nullptr, std::string_view path_prefix = {});

}  // namespace bylaw
