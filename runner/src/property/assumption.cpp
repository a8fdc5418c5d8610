#include "property/assumption.h"

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <fmt/format.h>

#include <algorithm>

namespace bylaw::runner {
namespace {

constexpr const char* kPolicy = "assumed_by_a_property";

/// The condition as a policy, and where in its text the condition begins.
struct AssumedText {
  std::string text;
  std::uint32_t begin = 0;
};

AssumedText policy_text(const Program& program, DecisionId decision, const std::string& condition) {
  AssumedText result;
  result.text = fmt::format("policy {} for {} {{\n  deny holds when (", kPolicy, program.decisions[decision].name);
  result.begin = static_cast<std::uint32_t>(result.text.size());
  result.text += condition + "\n)\n}\n";
  return result;
}

/// A place of the compiled text where the scenario file has it; the whole condition where that cannot be said.
class Places {
 public:
  Places(const Context& context, const YamlNode& node, const Variant& variant, std::uint32_t begin)
      : context_(context), node_(node), variant_(variant), begin_(variant.begin + begin) {}

  Span of(Span span) const {
    const auto length = static_cast<std::uint32_t>(node_.text.size());
    const std::string_view written = context_.sources.text(node_.span);
    const std::size_t found = node_.alias_span.known() ? std::string_view::npos : written.find(node_.text);
    const bool within = span.source == variant_.appended && span.begin >= begin_ && span.end <= begin_ + length;
    if (!within || found == std::string_view::npos) return node_.place();
    const std::uint32_t shift = node_.span.begin + static_cast<std::uint32_t>(found);
    return {node_.span.source, span.begin - begin_ + shift, span.end - begin_ + shift};
  }

  /// What the project has too.
  std::optional<Span> of_project(Span span, grammar::SourceId module) const {
    if (span.source == variant_.appended && span.end <= variant_.begin) return Span{module, span.begin, span.end};
    const bool known = static_cast<std::uint32_t>(span.source) < context_.sources.size();
    return known && span.source != variant_.appended ? std::optional(span) : std::nullopt;
  }

 private:
  const Context& context_;
  const YamlNode& node_;
  const Variant& variant_;
  std::uint32_t begin_;
};

}  // namespace

const Variant* assumed(Context& context, const PropertySource& property, Variants& variants) {
  const YamlNode& node = property.source.scenario->property->assume->value;
  if (!node.has_text()) {
    context.report(codes::WrongShape, node.place(),
                   {{"key", "assume"}, {"seen", describe(node)}, {"wanted", "a condition, such as `age >= 18`"}});
    return nullptr;
  }
  const Program& program = context.program;
  const AssumedText text = policy_text(program, property.source.decision, node.text);
  const grammar::SourceId module = program.decisions[property.source.decision].name_span.source;
  AppendedPolicy policy;
  policy.module = module;
  policy.name = kPolicy;
  policy.text = text.text;
  const Variant& variant = variants.with(property.source, property.variables, policy);
  const Places places(context, node, variant, text.begin);
  for (grammar::Diagnostic error : variant.errors) {
    error.span = places.of(error.span);
    std::vector<grammar::Note> notes;
    for (grammar::Note& note : error.notes)
      if (const auto span = places.of_project(note.span, module)) notes.push_back({*span, std::move(note.text)});
    error.notes = std::move(notes);
    error.fixes.clear();
    context.add(std::move(error));
  }
  return variant.errors.empty() ? &variant : nullptr;
}

}  // namespace bylaw::runner
