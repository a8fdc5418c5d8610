#include "compare.h"

#include <bylaw/compiler/pattern.h>
#include <bylaw/grammar/diagnostics/expectations.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <set>

#include "element_text.h"

namespace bylaw::runner {
namespace {

using Names = std::set<std::string>;

Verdict verdict_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::Invalid: return Verdict::Invalid;
    case Outcome::Deny: return Verdict::Deny;
    case Outcome::Allow: return Verdict::Allow;
  }
  return Verdict::Invalid;
}

std::string join(const Names& names) {
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

std::string join_by(const Names& rules) {
  return rules.empty() ? "default" : join(rules);
}

std::string quoted_list(const std::vector<std::string>& texts) {
  if (texts.empty()) return "none";
  std::vector<std::string> quoted;
  for (const std::string& text : texts) quoted.push_back(fmt::format("\"{}\"", text));
  return fmt::format("{}", fmt::join(quoted, ", "));
}

/// Two JSON texts say one value. Sets come sorted from the engine and as written from the scenario.
bool same_json(const std::string& a, const std::string& b) {
  if (a == b) return true;
  nlohmann::json left = nlohmann::json::parse(a, nullptr, false);
  nlohmann::json right = nlohmann::json::parse(b, nullptr, false);
  if (left.is_discarded() || right.is_discarded()) return false;
  for (nlohmann::json* value : {&left, &right})
    if (value->is_array()) std::sort(value->begin(), value->end());
  return left == right;
}

/// "vso.new" for the JSON text "\"vso.new\"": as people read it.
std::string plain(const std::string& json) {
  const nlohmann::json value = nlohmann::json::parse(json, nullptr, false);
  return value.is_string() ? value.get<std::string>() : json;
}

bool matches(const TextMatch& match, const std::string& text) {
  switch (match.kind) {
    case TextMatch::Kind::Is: return text == match.text;
    case TextMatch::Kind::Contains: return text.find(match.text) != std::string::npos;
    case TextMatch::Kind::Matches: {
      const auto pattern = compiler::compiled({compiler::PatternKind::Regex, match.text});
      return pattern->automaton && pattern->automaton->accepts({text});
    }
  }
  return false;
}

std::string describe(const TextMatch& match) {
  switch (match.kind) {
    case TextMatch::Kind::Is: return fmt::format("\"{}\"", match.text);
    case TextMatch::Kind::Contains: return fmt::format("a text with \"{}\"", match.text);
    case TextMatch::Kind::Matches: return fmt::format("a text that matches {}", match.text);
  }
  return {};
}

class Comparison {
 public:
  Comparison(const Context& context, const Expectations& expected, const Report& report)
      : context_(context), program_(context.program), expected_(expected), report_(report) {}

  std::vector<CaseFailure> run() {
    if (expected_.expect != verdict_of(report_.verdict)) {
      verdict_failure();
    } else if (expected_.expect == Verdict::Invalid) {
      compare_invalid();
    } else {
      compare_by();
      if (expected_.findings) compare_findings();
      for (const ExpectedMessage& message : expected_.messages) compare_message(message);
      for (const ExpectedAnnotation& annotation : expected_.annotations) compare_annotation(annotation);
      if (expected_.obliges) compare_obligations();
      if (expected_.exempt) compare_exemptions();
      if (expected_.entries) compare_list_entries();
      compare_audit();
    }
    return std::move(failures_);
  }

 private:
  /// Without `what` the code's text speaks for itself.
  CaseFailure& fail(Code code, const char* key, Span span, const std::string& expected, const std::string& actual,
                    const std::string& what = {}) {
    grammar::Diagnostics told;
    if (what.empty())
      told.report(code, span, {{"expected", expected}, {"actual", actual}});
    else
      told.report(code, span, {{"what", what}, {"expected", expected}, {"actual", actual}});
    const std::uint32_t line = span.known() ? context_.line(span) : 0;
    failures_.push_back({code, key, span, line, expected, actual, told.all().back().text, {}, {}});
    return failures_.back();
  }

  static void set_differences(CaseFailure& failure, const Names& expected, const Names& actual) {
    std::set_difference(expected.begin(), expected.end(), actual.begin(), actual.end(),
                        std::back_inserter(failure.missing));
    std::set_difference(actual.begin(), actual.end(), expected.begin(), expected.end(),
                        std::back_inserter(failure.extra));
  }

  void set_failure(Code code, const char* key, Span span, const Names& expected, const Names& actual,
                   const std::string& what) {
    set_differences(fail(code, key, span, join(expected), join(actual), what), expected, actual);
  }

  Names short_names(const std::vector<RuleId>& rules) const {
    Names names;
    for (const RuleId rule : rules) names.insert(short_name(program_, rule));
    return names;
  }

  Names short_names(const std::vector<std::string>& rules) const {
    Names names;
    for (const std::string& rule : rules) names.insert(short_rule_name(program_, rule));
    return names;
  }

  // --- verdict ---

  void verdict_failure() {
    CaseFailure& failure = fail(codes::WrongVerdict, "expect", expected_.expect_span, word(expected_.expect),
                                describe_actual(program_, report_));
    failure.actual = word(verdict_of(report_.verdict));
  }

  void compare_invalid() {
    if (!expected_.invalid || !report_.error) return;
    const ExpectedInvalid& invalid = *expected_.invalid;
    if (invalid.path == report_.error->path && invalid.code == report_.error->code) return;
    fail(codes::OtherInvalid, "invalid", invalid.span, fmt::format("{} {}", invalid.code, invalid.path),
         fmt::format("{} {}: {}", report_.error->code, report_.error->path, report_.error->text));
  }

  void compare_by() {
    if (!expected_.by) return;
    const Names expected = short_names(expected_.by->rules);
    const Names actual = short_names(report_.by);
    const bool included = std::includes(actual.begin(), actual.end(), expected.begin(), expected.end());
    if (expected_.by->includes ? included : expected == actual) return;
    const std::string side = word(expected_.expect);
    CaseFailure& failure = fail(codes::OtherRules, "by", expected_.by->span,
                                side + (expected_.by->includes ? " by at least " : " by ") + join_by(expected),
                                side + " by " + join_by(actual));
    set_differences(failure, expected, actual);
    if (expected_.by->includes) failure.extra.clear();
  }

  // --- messages, annotations, obligations ---

  std::vector<std::string> messages_of(RuleId rule) const {
    std::vector<std::string> texts;
    for (const Message& message : report_.messages)
      if (!rule || message.rule == full_name(program_, rule)) texts.push_back(message.text);
    return texts;
  }

  static bool all_in_order(const std::vector<TextMatch>& wanted, const std::vector<std::string>& texts) {
    return wanted.size() == texts.size() &&
           std::equal(wanted.begin(), wanted.end(), texts.begin(),
                      [](const TextMatch& match, const std::string& text) { return matches(match, text); });
  }

  void compare_message(const ExpectedMessage& message) {
    const std::vector<std::string> texts = messages_of(message.rule);
    const auto found = [&](const std::string& text) {
      return !message.matches.empty() && matches(message.matches.front(), text);
    };
    if (message.list ? all_in_order(message.matches, texts) : std::any_of(texts.begin(), texts.end(), found)) return;
    std::vector<std::string> wanted;
    for (const TextMatch& match : message.matches) wanted.push_back(describe(match));
    const std::string what = message.rule ? "message of " + short_name(program_, message.rule) : "message";
    fail(codes::OtherMessage, "message", message.span, fmt::format("{}", fmt::join(wanted, ", ")), quoted_list(texts),
         what);
  }

  std::vector<std::string> annotation_values(const ExpectedAnnotation& annotation) const {
    std::vector<std::string> values;
    for (const RuleAnnotations& of_rule : report_.annotations) {
      if (annotation.rule && of_rule.rule != full_name(program_, annotation.rule)) continue;
      for (const auto& [name, value] : of_rule.annotations)
        if (name == annotation.name) values.push_back(value.json);
    }
    return values;
  }

  void compare_annotation(const ExpectedAnnotation& annotation) {
    const std::vector<std::string> values = annotation_values(annotation);
    const auto missing_from = [](const std::vector<std::string>& all) {
      return [&all](const std::string& value) {
        return std::none_of(all.begin(), all.end(), [&](const std::string& v) { return same_json(v, value); });
      };
    };
    const bool same = std::none_of(values.begin(), values.end(), missing_from(annotation.values)) &&
                      std::none_of(annotation.values.begin(), annotation.values.end(), missing_from(values));
    if (same) return;
    Names expected, actual;
    for (const std::string& value : annotation.values) expected.insert(plain(value));
    for (const std::string& value : values) actual.insert(plain(value));
    const std::string of_rule = annotation.rule ? " of " + short_name(program_, annotation.rule) : "";
    set_failure(codes::OtherMessage, "annotations", annotation.span, expected, actual,
                fmt::format("annotation {}{}", annotation.name, of_rule));
  }

  void compare_obligations() {
    const auto& wanted = expected_.obliges->values;
    bool same = wanted.size() == report_.obligations.size();
    Names expected, actual;
    for (const auto& [name, json] : wanted) expected.insert(fmt::format("{}: {}", name, plain(json)));
    for (const ReportedObligation& obligation : report_.obligations) {
      const auto found = wanted.find(obligation.name);
      same = same && found != wanted.end() && same_json(found->second, obligation.value.json);
      actual.insert(fmt::format("{}: {}", obligation.name, obligation.value.text));
    }
    if (!same)
      set_failure(codes::OtherObligations, "obliges", expected_.obliges->span, expected, actual, "obligations");
  }

  // --- exemptions, audit ---

  void compare_exemptions() {
    std::vector<std::string> held;
    for (const ReportedExemption& exemption : report_.exemptions) held.push_back(exemption.rule);
    const Names expected = short_names(expected_.exempt->rules);
    const Names actual = short_names(held);
    if (expected != actual)
      set_failure(codes::OtherExemptions, "exempt", expected_.exempt->span, expected, actual, "exempt");
  }

  void compare_list_entries() {
    EntryDifference difference = compare_entries(program_, *expected_.entries, report_);
    if (difference.missing.empty() && difference.extra.empty()) return;
    const auto texts = [](const std::vector<std::string>& all) {
      return all.empty() ? std::string("no others") : fmt::format("{}", fmt::join(all, ", "));
    };
    CaseFailure& failure = fail(codes::OtherExemptions, "entries", expected_.entries->span, texts(difference.missing),
                                texts(difference.extra), "entries");
    failure.missing = std::move(difference.missing);
    failure.extra = std::move(difference.extra);
  }

  void compare_audit() {
    std::vector<std::string> by;
    for (const ReportedAudit& audit : report_.audit) by.insert(by.end(), audit.by.begin(), audit.by.end());
    if (expected_.audit) {
      const Names expected = short_names(expected_.audit->rules);
      const Names actual = short_names(by);
      if (expected != actual) set_failure(codes::OtherAudit, "audit", expected_.audit->span, expected, actual, "audit");
    }
    if (expected_.would_be && *expected_.would_be != verdict_of(report_.would_be))
      fail(codes::OtherAudit, "would_be", expected_.would_be_span, word(*expected_.would_be),
           word(verdict_of(report_.would_be)), "would_be");
  }

  // --- findings ---

  std::vector<const ReportedFinding*> found_of(const std::string& rule) const {
    std::vector<const ReportedFinding*> found;
    for (const ReportedFinding& finding : report_.findings)
      if (finding.rule == rule) found.push_back(&finding);
    return found;
  }

  static bool is_finding(const ExpectedFinding& expected, const std::vector<std::string>& wanted,
                         const ReportedFinding& found) {
    if (wanted.size() != found.elements.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (!is_element(expected.records[i], wanted[i], found.elements[i])) return false;
    return true;
  }

  static bool is_element(bool record, const std::string& wanted, const FoundElement& found) {
    if (!record) return same_json(wanted, found.value.json);
    const nlohmann::json fields = nlohmann::json::parse(wanted, nullptr, false);
    if (!fields.is_object()) return false;
    return std::all_of(fields.items().begin(), fields.items().end(), [&](const auto& item) {
      return std::any_of(found.fields.begin(), found.fields.end(), [&](const auto& field) {
        return field.first == item.key() && same_json(item.value().dump(), field.second.json);
      });
    });
  }

  static std::string describe_finding(const ReportedFinding& found) {
    if (found.elements.size() == 1) return element_text(found.elements.front());
    std::vector<std::string> elements;
    for (const FoundElement& element : found.elements) elements.push_back(element_text(element));
    return fmt::format("[{}]", fmt::join(elements, ", "));
  }

  static std::string describe_wanted(const std::vector<std::string>& wanted) {
    if (wanted.size() == 1) return plain(wanted.front());
    std::vector<std::string> elements;
    for (const std::string& element : wanted) elements.push_back(plain(element));
    return fmt::format("[{}]", fmt::join(elements, ", "));
  }

  void compare_rule_findings(const ExpectedFinding& expected) {
    const std::string rule = short_name(program_, expected.rule);
    std::vector<const ReportedFinding*> found = found_of(full_name(program_, expected.rule));
    if (expected.count) {
      if (*expected.count != found.size())
        fail(codes::OtherFindings, "findings", expected.span, std::to_string(*expected.count),
             std::to_string(found.size()), "findings of " + rule);
      return;
    }
    std::vector<std::string> missing, extra;
    const std::size_t total = found.size();
    for (const std::vector<std::string>& wanted : expected.elements) {
      const auto match = std::find_if(found.begin(), found.end(),
                                      [&](const ReportedFinding* f) { return is_finding(expected, wanted, *f); });
      if (match == found.end())
        missing.push_back(describe_wanted(wanted));
      else
        found.erase(match);
    }
    if (!expected.includes)
      for (const ReportedFinding* finding : found) extra.push_back(describe_finding(*finding));
    if (missing.empty() && extra.empty()) return;
    CaseFailure& failure =
        fail(codes::OtherFindings, "findings", expected.span, fmt::format("{} elements", expected.elements.size()),
             fmt::format("{} elements", total), "findings of " + rule);
    failure.missing = std::move(missing);
    failure.extra = std::move(extra);
  }

  void compare_findings() {
    Names listed;
    for (const ExpectedFinding& expected : expected_.findings->by_rule) {
      listed.insert(full_name(program_, expected.rule));
      compare_rule_findings(expected);
    }
    Names others;
    for (const ReportedFinding& finding : report_.findings)
      if (listed.count(finding.rule) == 0) others.insert(finding.rule);
    for (const std::string& rule : others) {
      CaseFailure& failure =
          fail(codes::OtherFindings, "findings", expected_.findings->span, "none",
               std::to_string(found_of(rule).size()), "findings of " + short_rule_name(program_, rule));
      for (const ReportedFinding* finding : found_of(rule)) failure.extra.push_back(describe_finding(*finding));
    }
  }

  const Context& context_;
  const Program& program_;
  const Expectations& expected_;
  const Report& report_;
  std::vector<CaseFailure> failures_;
};

}  // namespace

std::vector<CaseFailure> compare(const Context& context, const Expectations& expected, const Report& report) {
  if (expected.any) return {};
  return Comparison(context, expected, report).run();
}

bool only_default_denies(const Expectations& expected, const Report& report) {
  return !expected.show && expected.expect == Verdict::Deny && !expected.by && report.verdict == Outcome::Deny &&
         report.by.empty();
}

std::string describe_actual(const Program& program, const Report& report) {
  if (report.verdict == Outcome::Invalid) {
    if (!report.error) return "invalid";
    return fmt::format("invalid: {} {}: {}", report.error->code, report.error->path, report.error->text);
  }
  Names names;
  for (const std::string& rule : report.by) names.insert(short_rule_name(program, rule));
  return fmt::format("{} by {}", word(verdict_of(report.verdict)), join_by(names));
}

}  // namespace bylaw::runner
