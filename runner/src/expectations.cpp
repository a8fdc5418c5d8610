#include "expectations.h"

#include "read_layer.h"

#include <bylaw/compiler/pattern.h>
#include <bylaw/grammar/diagnostics/scenarios.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace bylaw::runner {
namespace {

using compiler::Mode;
using compiler::Policy;
using compiler::Rule;
using compiler::RuleKind;

class Reader {
 public:
  Reader(Context& context, DecisionId decision, Values& values, const PolicyChoiceOrAll& policies, Expectations& out)
      : context_(context),
        program_(context.program),
        decision_(decision),
        values_(values),
        policies_(policies),
        out_(out) {}

  void read(const std::string& key, const YamlNode& node) {
    if (key == "expect") read_expect(node);
    if (key == "by") read_by(node);
    if (key == "exempt") out_.exempt = read_rules(key, node, &Reader::may_exempt);
    if (key == "audit") out_.audit = read_rules(key, node, &Reader::may_be_audited);
    if (key == "would_be") read_would_be(node);
    if (key == "invalid") out_.invalid = runner::read_invalid(context_, decision_, node);
    if (key == "obliges") read_obliges(node);
    if (key == "message") read_message(node);
    if (key == "annotations") read_annotations(node);
    if (key == "findings") read_findings(node);
    if (key == "entries") out_.entries = read_entries(context_, node, values_);
  }

 private:
  void wrong_shape(const std::string& key, const YamlNode& node, const std::string& wanted) {
    context_.report(codes::WrongShape, node.place(), {{"key", key}, {"seen", seen(node)}, {"wanted", wanted}});
  }

  std::string seen(const YamlNode& node) const {
    return node.has_text() ? fmt::format("`{}`", node.text) : describe(node);
  }

  void read_expect(const YamlNode& node) {
    out_.expect_span = node.place();
    out_.show = node.has_text() && node.text == "show";
    if (out_.show) return;
    for (const Verdict verdict : {Verdict::Allow, Verdict::Deny, Verdict::Invalid}) {
      if (!node.has_text() || node.text != word(verdict)) continue;
      out_.expect = verdict;
      return;
    }
    wrong_shape("expect", node, "allow, deny, invalid or show");
  }

  void read_would_be(const YamlNode& node) {
    out_.would_be_span = node.place();
    for (const Verdict verdict : {Verdict::Allow, Verdict::Deny})
      if (node.has_text() && node.text == word(verdict)) out_.would_be = verdict;
    if (!out_.would_be) wrong_shape("would_be", node, "allow or deny");
  }

  // --- rules ---

  using Check = void (Reader::*)(RuleId, const YamlNode&);

  void wrong_kind(const char* key, RuleId rule, const YamlNode& node) {
    const Rule& r = program_.rules[rule];
    context_
        .report(codes::WrongKindOfRule, node.place(),
                {{"key", key}, {"rule", short_name(program_, rule)}, {"kind", kind_of(r)}})
        .note(r.name_span, "the rule");
  }

  void may_decide(RuleId rule, const YamlNode& node) {
    const Rule& r = program_.rules[rule];
    const Policy& policy = program_.policies[r.policy];
    if (r.kind != RuleKind::Deny && r.kind != RuleKind::Allow) {
      wrong_kind("by", rule, node);
    } else if (policy.mode == Mode::Off || (policy.mode == Mode::Audit && !policy.audit_until)) {
      const char* mode = policy.mode == Mode::Off ? "off" : "only audited";
      context_.report(codes::RuleNeverDecides, node.place(), {{"rule", short_name(program_, rule)}, {"mode", mode}})
          .note(policy.name_span, "the policy");
    }
  }

  void may_exempt(RuleId rule, const YamlNode& node) {
    if (program_.rules[rule].kind != RuleKind::Exempt) wrong_kind("exempt", rule, node);
  }

  void may_be_audited(RuleId rule, const YamlNode& node) {
    const Rule& r = program_.rules[rule];
    const Policy& policy = program_.policies[r.policy];
    if (r.kind != RuleKind::Deny && r.kind != RuleKind::Allow) {
      wrong_kind("audit", rule, node);
    } else if (policy.mode != Mode::Audit) {
      context_.report(codes::RuleNotAudited, node.place(), {{"rule", short_name(program_, rule)}})
          .note(policy.name_span, "the policy");
    }
  }

  ExpectedRules read_rules(const std::string& key, const YamlNode& node, Check check) {
    ExpectedRules expected;
    expected.span = node.place();
    if (!node.is_sequence() && !node.has_text()) {
      wrong_shape(key, node, "a rule or a list of rules, `[]` for none");
      return expected;
    }
    for (const YamlNode& item : node.is_sequence() ? node.items : std::vector<YamlNode>{node}) {
      ++expected.named;
      if (!item.has_text()) {
        wrong_shape(key, item, "the name of a rule");
      } else if (const RuleId rule = find_rule(context_, decision_, item.text, item.place())) {
        if (takes_part(program_, policies_, rule))
          (this->*check)(rule, item);
        else
          context_.report(codes::PolicyLeftOut, item.place(), {{"key", key}, {"rule", short_name(program_, rule)}});
        expected.rules.push_back(rule);
      }
    }
    return expected;
  }

  void read_by(const YamlNode& node) {
    const bool alone = node.is_sequence() && node.items.size() == 1;
    const YamlNode& word_of = alone ? node.items.front() : node;
    if (word_of.has_text() && word_of.text == "default") {
      out_.by = ExpectedRules{node.place(), {}, 0, false};
      return;
    }
    const YamlNode* includes = node.is_map() && node.entries.size() == 1 ? node.find("includes") : nullptr;
    if (!includes && node.is_map() && !node.entries.empty()) return context_.check_keys(node, {"includes"}, {});
    if (!includes && !node.is_sequence() && !node.has_text()) {
      wrong_shape("by", node, "a rule, a list of rules, `default`, or `{includes: [..]}`");
      return;
    }
    out_.by = read_rules("by", includes ? *includes : node, &Reader::may_decide);
    out_.by->includes = includes != nullptr;
  }

  // --- messages ---

  static bool is_matcher(const YamlNode& node) {
    return node.is_map() && node.entries.size() == 1 && (node.find("contains") || node.find("matches"));
  }

  std::optional<TextMatch> read_match(const std::string& key, const YamlNode& node) {
    if (node.has_text()) return TextMatch{TextMatch::Kind::Is, node.text};
    const YamlNode* text = is_matcher(node) ? &node.entries.front().value : nullptr;
    if (!text || !text->has_text()) {
      wrong_shape(key, node, "a text, `{contains: ..}` or `{matches: ..}`");
      return std::nullopt;
    }
    if (node.find("contains")) return TextMatch{TextMatch::Kind::Contains, text->text};
    const auto pattern = compiler::compiled({compiler::PatternKind::Regex, text->text});
    if (!pattern->error) return TextMatch{TextMatch::Kind::Matches, text->text};
    auto told = context_.report(codes::ValueNotRead, text->place(),
                                {{"text", text->text}, {"type", "a regex"}, {"rule", pattern->error->what}});
    if (!pattern->error->help.empty()) told.help(pattern->error->help);
    return std::nullopt;
  }

  void read_message(const YamlNode& node) {
    if (!node.is_map() || is_matcher(node)) {
      if (const auto match = read_match("message", node)) out_.messages.push_back({node.place(), {}, {*match}, false});
      return;
    }
    for (const YamlEntry& entry : node.entries) {
      const RuleId rule = find_rule(context_, decision_, entry.key, entry.key_span);
      if (rule) read_rule_messages(rule, entry);
    }
  }

  void read_rule_messages(RuleId rule, const YamlEntry& entry) {
    ExpectedMessage expected{entry.value.place(), rule, {}, entry.value.is_sequence()};
    if (!expected.list) {
      if (const auto match = read_match(entry.key, entry.value)) expected.matches.push_back(*match);
    }
    for (const YamlNode& item : entry.value.items)
      if (const auto match = read_match(entry.key, item)) expected.matches.push_back(*match);
    out_.messages.push_back(std::move(expected));
  }

  // --- values: annotations, obligations ---

  const compiler::Annotation* find_annotation(const YamlEntry& entry) {
    std::vector<std::string> names;
    for (const compiler::Annotation& annotation : program_.annotations) {
      if (is_tail(entry.key, program_.qualified(annotation))) return &annotation;
      names.push_back(annotation.name);
    }
    context_.report(codes::NoSuchAnnotation, entry.key_span,
                    {{"name", entry.key}, {"suggestion", suggestion(entry.key, names)}});
    return nullptr;
  }

  /// A bare note has no type: whether it is there is all there is to say.
  std::optional<std::string> note_value(const compiler::Annotation& annotation, const YamlNode& node) {
    if (annotation.type) return values_.value(annotation.type, node, annotation.name);
    if (node.has_text() && node.text == "true") return "true";
    wrong_shape(annotation.name, node, "true, as the note has no value");
    return std::nullopt;
  }

  void read_annotation(RuleId rule, const YamlEntry& entry) {
    const compiler::Annotation* annotation = find_annotation(entry);
    if (!annotation) return;
    ExpectedAnnotation expected{entry.value.place(), rule, annotation->name, {}};
    const bool list = entry.value.is_sequence() && !rule;
    const std::size_t count = list ? entry.value.items.size() : 1;
    for (std::size_t i = 0; i < count; ++i)
      if (const auto json = note_value(*annotation, list ? entry.value.items[i] : entry.value))
        expected.values.push_back(*json);
    out_.annotations.push_back(std::move(expected));
  }

  void read_annotations(const YamlNode& node) {
    if (!node.is_map()) return wrong_shape("annotations", node, "a map by annotation or by rule");
    for (const YamlEntry& entry : node.entries) {
      if (entry.key.find('.') == std::string::npos) {
        read_annotation({}, entry);
      } else if (const RuleId rule = find_rule(context_, decision_, entry.key, entry.key_span)) {
        if (!entry.value.is_map()) wrong_shape(entry.key, entry.value, "a map of its annotations");
        for (const YamlEntry& note : entry.value.entries) read_annotation(rule, note);
      }
    }
  }

  /// A value of the declared type; of `collect`, the list of what all rules said.
  std::optional<std::string> obligation_value(const compiler::Obligation& obligation, const YamlEntry& entry) {
    if (obligation.strategy != compiler::Strategy::Collect)
      return values_.value(obligation.type, entry.value, entry.key);
    if (!entry.value.is_sequence()) {
      wrong_shape(entry.key, entry.value, "a list, as `collect` keeps what each rule says");
      return std::nullopt;
    }
    std::string json;
    for (const YamlNode& item : entry.value.items) {
      const auto value = values_.value(obligation.type, item, entry.key);
      if (!value) return std::nullopt;
      json += (json.empty() ? "" : ",") + *value;
    }
    return "[" + json + "]";
  }

  void read_obliges(const YamlNode& node) {
    if (!node.is_map()) return wrong_shape("obliges", node, "a map of all obligations, `{}` for none");
    out_.obliges = ExpectedObligations{node.place(), {}};
    for (const YamlEntry& entry : node.entries) {
      std::vector<std::string> names;
      const compiler::Obligation* obligation = nullptr;
      for (const compiler::Obligation& o : program_.decisions[decision_].obligations) {
        names.push_back(o.name);
        if (o.name == entry.key) obligation = &o;
      }
      if (!obligation) {
        context_.report(codes::NoSuchObligation, entry.key_span,
                        {{"decision", program_.decisions[decision_].name},
                         {"name", entry.key},
                         {"suggestion", suggestion(entry.key, names)}});
      } else if (const auto json = obligation_value(*obligation, entry)) {
        out_.obliges->values[entry.key] = *json;
      }
    }
  }

  // --- findings ---

  void read_findings(const YamlNode& node) {
    if (!node.is_map()) return wrong_shape("findings", node, "a map by rule, `{}` for none");
    out_.findings = ExpectedFindings{node.place(), {}};
    for (const YamlEntry& entry : node.entries) {
      const RuleId rule = find_rule(context_, decision_, entry.key, entry.key_span);
      if (!rule) continue;
      if (program_.rules[rule].binders.empty()) {
        context_.report(codes::RuleWithoutForEach, entry.key_span, {{"rule", short_name(program_, rule)}})
            .note(program_.rules[rule].name_span, "the rule");
      } else {
        read_rule_findings(rule, entry);
      }
    }
  }

  void read_rule_findings(RuleId rule, const YamlEntry& entry) {
    ExpectedFinding expected;
    expected.span = entry.value.place();
    expected.rule = rule;
    std::vector<TypeId> types;  // of elements, by binder
    for (const compiler::Binder& binder : program_.rules[rule].binders) {
      types.push_back(program_.locals[binder.local].type);
      expected.records.push_back(program_.types[types.back()].kind == TypeKind::Record &&
                                 !program_.either_of(types.back()));
    }
    const YamlNode* includes =
        entry.value.is_map() && entry.value.entries.size() == 1 ? entry.value.find("includes") : nullptr;
    const YamlNode& list = includes ? *includes : entry.value;
    expected.includes = includes != nullptr;
    if (!list.is_sequence()) {
      expected.count = read_count(list);
      if (!expected.count) wrong_shape(entry.key, list, "a list of elements, how many, or `{includes: [..]}`");
    }
    for (const YamlNode& item : list.items)
      if (auto elements = read_elements(types, item, entry.key)) expected.elements.push_back(std::move(*elements));
    out_.findings->by_rule.push_back(std::move(expected));
  }

  /// The elements of one finding: a list of them if the rule binds several.
  std::optional<std::vector<std::string>> read_elements(const std::vector<TypeId>& types, const YamlNode& node,
                                                        const std::string& key) {
    if (types.size() > 1 && (!node.is_sequence() || node.items.size() != types.size())) {
      wrong_shape(key, node, fmt::format("a list of {} elements, one for each name of the rule", types.size()));
      return std::nullopt;
    }
    std::vector<std::string> elements;
    for (std::size_t i = 0; i < types.size(); ++i) {
      const auto json = values_.value(types[i], types.size() > 1 ? node.items[i] : node, key);
      if (!json) return std::nullopt;
      elements.push_back(*json);
    }
    return elements;
  }

  static std::optional<std::size_t> read_count(const YamlNode& node) {
    std::size_t count = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, count);
    if (!node.has_text() || error != std::errc() || stop != end) return std::nullopt;
    return count;
  }

  Context& context_;
  const Program& program_;
  DecisionId decision_;
  Values& values_;
  const PolicyChoiceOrAll& policies_;
  Expectations& out_;
};

/// What can never come true together is told before anything runs.
void check_together(Context& context, const ExpectationNodes& nodes, const Expectations& expectations) {
  const auto invalid = nodes.find("invalid");
  if (expectations.show) return;
  if (expectations.expect != Verdict::Invalid) {
    if (invalid != nodes.end())
      context.report(codes::ExpectationsClash, invalid->second->place(),
                     {{"key", "invalid"}, {"other", fmt::format("expect: {}", word(expectations.expect))}});
    return;
  }
  if (invalid == nodes.end())
    context.report(codes::MissingKey, expectations.expect_span, {{"holder", "`expect: invalid`"}, {"key", "invalid"}});
  for (const auto& [key, node] : nodes)
    if (key != "expect" && key != "invalid")
      context.report(codes::ExpectationsClash, node->place(), {{"key", key}, {"other", "expect: invalid"}});
}

/// Rules that decide the other way, or a default that does.
void check_by_side(Context& context, DecisionId decision, const Expectations& expectations) {
  if (!expectations.by || expectations.show || expectations.expect == Verdict::Invalid) return;
  const compiler::Decision& asked = context.program.decisions[decision];
  const bool allows = asked.default_effect == compiler::Effect::Allow;
  const bool by_default = expectations.by->named == 0 && !expectations.by->includes && expectations.by->span.known();
  if (by_default && allows != (expectations.expect == Verdict::Allow))
    context
        .report(codes::ExpectationsClash, expectations.by->span,
                {{"key", "by: default"}, {"other", fmt::format("expect: {}", word(expectations.expect))}})
        .help(fmt::format("the default of `{}` is {}", asked.name, allows ? "allow" : "deny"));
  const RuleKind wanted = expectations.expect == Verdict::Allow ? RuleKind::Allow : RuleKind::Deny;
  for (const RuleId rule : expectations.by->rules) {
    const Rule& r = context.program.rules[rule];
    if (r.kind == wanted || (r.kind != RuleKind::Allow && r.kind != RuleKind::Deny)) continue;
    context.report(
        codes::RuleOfOtherSide, expectations.by->span,
        {{"rule", short_name(context.program, rule)}, {"kind", kind_of(r)}, {"verdict", word(expectations.expect)}});
  }
}

}  // namespace

const char* word(Verdict verdict) {
  switch (verdict) {
    case Verdict::Invalid: return "invalid";
    case Verdict::Deny: return "deny";
    case Verdict::Allow: return "allow";
  }
  return "";
}

Expectations read_expectations(Context& context, DecisionId decision, const ExpectationNodes& nodes, Values& values,
                               const ExpectationPlace& place) {
  Expectations expectations;
  Reader reader(context, decision, values, place.policies, expectations);
  for (const std::string& key : expectation_keys())
    if (const auto found = nodes.find(key); found != nodes.end()) reader.read(key, *found->second);
  if (nodes.count("expect") == 0 && place.tell_missing)
    context.report(codes::MissingKey, place.lacks, {{"holder", place.is_row ? "row" : "scenario"}, {"key", "expect"}});
  if (expectations.expect_span.known()) check_together(context, nodes, expectations);
  if (nodes.count("expect") != 0) check_by_side(context, decision, expectations);
  return expectations;
}

}  // namespace bylaw::runner
