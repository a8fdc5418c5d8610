// Where the values of params come from: a map in bylaw.yaml, a file that it names, a word of a command line.

#include <bylaw/grammar/diagnostics/params.h>

#include "data/project_file.h"

namespace bylaw::compiler {

namespace codes = grammar::codes;

namespace {

/// The file that a word of a command line is read as: how messages name it.
constexpr const char* kCommandLine = "--param";

}  // namespace

std::optional<ParamLayer> param_layer(const YamlNode& node, grammar::Diagnostics& diagnostics) {
  ParamLayer layer;
  if (node.is_scalar() && node.style == YamlStyle::Empty) return layer;
  if (!node.is_map()) {
    diagnostics.report(codes::ParamForm, node.place(), {{"seen", describe(node)}});
    return std::nullopt;
  }
  for (const YamlEntry& entry : node.entries) layer.push_back({entry.key, entry.key_span, entry.value});
  return layer;
}

bool give_params(Input& input, const std::vector<std::string>& words, grammar::Diagnostics& diagnostics,
                 std::string& problem) {
  ParamLayer layer;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const bool plain = equals != 0 && equals != std::string::npos && word.find('\n') == std::string::npos &&
                       word.find_first_of(": #\"'{}[]") >= equals;
    if (!plain) {
      problem = "`--param " + word + "`: write --param NAME=VALUE";
      return false;
    }
    const auto source = input.sources.add(kCommandLine, word.substr(0, equals) + ": " + word.substr(equals + 1));
    const auto document = read_yaml(input.sources, source, diagnostics);
    const auto given = document ? param_layer(*document, diagnostics) : std::nullopt;
    if (given) layer.insert(layer.end(), given->begin(), given->end());
  }
  if (!layer.empty()) input.params.push_back(std::move(layer));
  return true;
}

}  // namespace bylaw::compiler
