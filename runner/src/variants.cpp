#include "variants.h"

#include <algorithm>

#include "policy_choice.h"

namespace bylaw::runner {
namespace {

constexpr std::string_view kPrefix = "params.";

/// What the case says of params, the weakest layer first.
std::vector<compiler::ParamLayer> layers_of(const Case& source, const Variables& variables,
                                            grammar::Diagnostics& diagnostics) {
  std::vector<compiler::ParamLayer> layers;
  for (const Layer* layer : source.layers())
    if (layer->params)
      if (auto given = compiler::param_layer(layer->params->value, diagnostics)) layers.push_back(std::move(*given));
  std::reverse(layers.begin(), layers.end());
  compiler::ParamLayer cells;
  for (const Cell& cell : source.cells)
    if (is_param_column(cell.column))
      cells.push_back({cell.column.substr(kPrefix.size()), cell.column_span, *cell.value});
  layers.push_back(std::move(cells));
  std::erase_if(layers, [](const compiler::ParamLayer& layer) { return layer.empty(); });
  for (compiler::ParamLayer& layer : layers)
    for (compiler::GivenParam& given : layer) variables.fill(given.value);
  return layers;
}

void write(const YamlNode& node, std::string& text) {
  text += node.is_map() ? '{' : node.is_sequence() ? '[' : node.style == compiler::YamlStyle::Quoted ? '"' : '=';
  text += std::to_string(node.text.size()) + ':' + node.text;
  for (const YamlNode& item : node.items) write(item, text);
  for (const YamlEntry& entry : node.entries) {
    text += std::to_string(entry.key.size()) + ':' + entry.key;
    write(entry.value, text);
  }
  text += ')';
}

std::string key_of(const std::vector<compiler::ParamLayer>& layers) {
  std::map<std::string, const YamlNode*> values;
  for (const compiler::ParamLayer& layer : layers)
    for (const compiler::GivenParam& given : layer) values[given.name] = &given.value;
  std::string key;
  for (const auto& [name, value] : values) {
    key += name;
    write(*value, key);
  }
  return key;
}

/// A mistake that shows in a policy comes from the values of a scenario all the same.
void tell(Context& context, grammar::Diagnostic error, const Case& source) {
  if (error.span.source != source.suite->source)
    error.notes.push_back({source.scenario->name_span, "with the params of this scenario"});
  context.add(std::move(error));
}

/// The module's text is there twice then: the compiler reads the longer one.
void append(compiler::Input& input, const AppendedPolicy& policy, Variant& variant) {
  const grammar::SourceFile& file = input.sources[policy.module];
  std::string bytes = std::string(file.bytes()) + "\n";
  variant.begin = static_cast<std::uint32_t>(bytes.size());
  variant.appended = input.sources.add(file.path(), bytes + policy.text);
  for (compiler::InputFile& module : input.modules)
    if (module.source == policy.module) module.source = variant.appended;
}

PolicyChoice alone(const Program& program, const AppendedPolicy& policy) {
  PolicyChoice choice;
  for (std::uint32_t i = 0; i < program.policies.size(); ++i)
    if (program.policies[compiler::PolicyId{i}].name == policy.name) choice.only.insert(compiler::PolicyId{i});
  return choice;
}

}  // namespace

bool is_param_column(const std::string& column) {
  return column.starts_with(kPrefix);
}

const Variant* Variants::of(Context& context, const Case& source, const Variables& variables) {
  const std::vector<compiler::ParamLayer> layers = layers_of(source, variables, context.diagnostics);
  if (layers.empty()) return nullptr;
  const Variant& variant = compiled(layers, nullptr);
  for (const grammar::Diagnostic& error : variant.errors) tell(context, error, source);
  return variant.errors.empty() ? &variant : nullptr;
}

const Variant& Variants::with(const Case& source, const Variables& variables, const AppendedPolicy& policy) {
  grammar::Diagnostics ignored;  // told with the case
  return compiled(layers_of(source, variables, ignored), &policy);
}

const Variant& Variants::compiled(const std::vector<compiler::ParamLayer>& layers, const AppendedPolicy* policy) {
  const std::lock_guard lock(mutex_);
  const std::string appended =
      policy ? std::to_string(static_cast<std::uint32_t>(policy->module)) + ' ' + policy->text : "";
  std::unique_ptr<Variant>& variant = variants_[key_of(layers) + '\n' + appended];
  if (variant) return *variant;
  variant = std::make_unique<Variant>();
  compiler::Input input = project_.input;
  input.params.insert(input.params.end(), layers.begin(), layers.end());
  if (policy) append(input, *policy, *variant);
  grammar::Diagnostics diagnostics;
  variant->program = compiler::check(input, diagnostics);
  if (policy && !diagnostics.has_errors())
    variant->program = reduced(variant->program, alone(variant->program, *policy));
  if (!diagnostics.has_errors())
    if (auto bundle = compiler::lower(variant->program, input, diagnostics)) variant->bundle = std::move(bundle->bytes);
  for (const grammar::Diagnostic& diagnostic : diagnostics.all())
    if (grammar::info(diagnostic.code).severity == grammar::Severity::Error) variant->errors.push_back(diagnostic);
  return *variant;
}

}  // namespace bylaw::runner
