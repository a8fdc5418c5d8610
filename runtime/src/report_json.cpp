// The documented result object. Keys are always there, in this order; within `bylaw.verdict/1` keys may be added, never
// dropped or changed.

#include "bylaw/report.hpp"
#include "print_value.h"

namespace bylaw {
namespace {

std::string_view word(Outcome outcome) {
  switch (outcome) {
    case Outcome::Invalid: return "invalid";
    case Outcome::Deny: return "deny";
    case Outcome::Allow: return "allow";
  }
  return "invalid";
}

/// Writes objects and arrays; a comma stands wherever something stands before.
class Json {
 public:
  std::string text;

  void key(std::string_view name) {
    comma();
    text += json_string(name) + ": ";
    fresh_ = true;
  }
  void raw(std::string_view json) {
    comma();
    text += json;
    fresh_ = false;
  }
  void string(std::string_view value) { raw(json_string(value)); }
  void string_or_null(const std::optional<std::string>& value) { value ? string(*value) : raw("null"); }
  void open(char bracket) {
    comma();
    text += bracket;
    fresh_ = true;
  }
  void close(char bracket) {
    text += bracket;
    fresh_ = false;
  }

  void pair(std::string_view name, std::string_view value) {
    key(name);
    string(value);
  }
  void pair_or_null(std::string_view name, const std::optional<std::string>& value) {
    key(name);
    string_or_null(value);
  }

  template <class Items, class Each>
  void array(std::string_view name, const Items& items, Each each) {
    key(name);
    open('[');
    for (const auto& item : items) each(item);
    close(']');
  }
  template <class Items, class Each>
  void object(std::string_view name, const Items& items, Each each) {
    key(name);
    open('{');
    for (const auto& item : items) each(item);
    close('}');
  }

 private:
  void comma() {
    if (!fresh_) text += ", ";
    fresh_ = false;
  }
  bool fresh_ = true;
};

class ReportWriter {
 public:
  explicit ReportWriter(Json& json) : json_(json) {}

  void write(const Report& report) {
    if (report.decision.empty())
      json_.pair_or_null("decision", std::optional<std::string>());
    else
      json_.pair("decision", report.decision);
    json_.pair("verdict", word(report.verdict));
    names("by", report.by);
    messages(report.messages);
    findings(report.findings);
    json_.key("findings_cut");
    json_.raw(std::to_string(report.findings_cut));
    annotations(report.annotations);
    entries(report.entries);
    json_.object("obligations", report.obligations, [&](const ReportedObligation& obligation) {
      json_.key(obligation.name);
      json_.raw(obligation.value.json);
    });
    exemptions(report.exemptions);
    json_.array("audit", report.audit, [&](const ReportedAudit& audit) { this->audit(audit); });
    would_be(report);
    error(report);
  }

 private:
  void names(std::string_view key, const std::vector<std::string>& list) {
    json_.array(key, list, [&](const std::string& name) { json_.string(name); });
  }

  void messages(const std::vector<Message>& list) {
    json_.array("messages", list, [&](const Message& message) {
      json_.open('{');
      json_.pair_or_null("rule", message.rule);
      json_.pair("text", message.text);
      json_.close('}');
    });
  }

  void findings(const std::vector<ReportedFinding>& list) {
    json_.array("findings", list, [&](const ReportedFinding& finding) {
      json_.open('{');
      json_.pair("rule", finding.rule);
      json_.array("elements", finding.elements, [&](const FoundElement& element) {
        json_.open('{');
        json_.pair_or_null("path", element.path);
        json_.key("value");
        json_.raw(element.value.json);
        json_.key("entry");
        if (element.entry)
          entry(*element.entry);
        else
          json_.raw("null");
        json_.close('}');
      });
      json_.pair_or_null("text", finding.text);
      json_.close('}');
    });
  }

  void annotations(const std::vector<RuleAnnotations>& list) {
    json_.object("annotations", list, [&](const RuleAnnotations& rule) {
      json_.object(rule.rule, rule.annotations, [&](const auto& annotation) {
        json_.key(annotation.first);
        json_.raw(annotation.second.json);
      });
    });
  }

  void entries(const std::vector<ListEntry>& list) {
    json_.array("entries", list, [&](const ListEntry& each) { entry(each); });
  }

  void entry(const ListEntry& entry) {
    json_.open('{');
    json_.pair("rule", entry.rule);
    json_.pair("list", entry.list);
    json_.key("entry");
    json_.raw(entry.entry.json);
    json_.pair_or_null("since", entry.since);
    json_.pair_or_null("until", entry.until);
    json_.pair_or_null("owner", entry.owner);
    json_.pair_or_null("because", entry.because);
    json_.pair("at", entry.at);
    json_.close('}');
  }

  void exemptions(const std::vector<ReportedExemption>& list) {
    json_.array("exemptions", list, [&](const ReportedExemption& exemption) {
      json_.open('{');
      json_.pair("rule", exemption.rule);
      names("lifted", exemption.lifted);
      entries(exemption.entries);
      json_.close('}');
    });
  }

  void audit(const ReportedAudit& audit) {
    json_.open('{');
    json_.pair("policy", audit.policy);
    json_.pair_or_null("verdict", audit.verdict ? std::optional(std::string(word(*audit.verdict))) : std::nullopt);
    names("by", audit.by);
    json_.pair_or_null("until", audit.until);
    messages(audit.messages);
    findings(audit.findings);
    annotations(audit.annotations);
    entries(audit.entries);
    exemptions(audit.exemptions);
    json_.close('}');
  }

  void would_be(const Report& report) {
    json_.key("would_be");
    if (report.verdict == Outcome::Invalid) return json_.raw("null");
    json_.open('{');
    json_.pair("verdict", word(report.would_be));
    names("by", report.would_be_by);
    json_.close('}');
  }

  void failure(const Error& error) {
    json_.pair("code", error.code);
    json_.pair("path", error.path);
    json_.pair("text", error.text);
  }

  void error(const Report& report) {
    json_.key("error");
    if (!report.error) return json_.raw("null");
    json_.open('{');
    failure(*report.error);
    json_.array("more", report.error->more, [&](const Error& more) {
      json_.open('{');
      failure(more);
      json_.close('}');
    });
    json_.close('}');
  }

  Json& json_;
};

}  // namespace

std::string to_json(const Report& report, const ReportFrame& frame) {
  Json json;
  json.open('{');
  if (frame.schema) json.pair("schema", "bylaw.verdict/1");
  if (frame.line) {
    json.key("line");
    json.raw(std::to_string(*frame.line));
    json.key("id");
    json.raw(frame.id);
  }
  ReportWriter(json).write(report);
  json.close('}');
  return std::move(json.text);
}

}  // namespace bylaw
