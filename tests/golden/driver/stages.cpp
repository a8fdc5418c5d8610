// What each stage answers to a golden file.

#include <bylaw/compiler/compile.h>
#include <bylaw/compiler/decision_ir.h>
#include <bylaw/grammar/parse.h>
#include <bylaw/bylaw.hpp>
#include <bylaw/disassemble.hpp>

#include <algorithm>

#include "golden_file.h"

namespace golden {
namespace {

using bylaw::grammar::Diagnostics;
using bylaw::grammar::SourceId;
using bylaw::grammar::Sources;

Answer diagnostics_of(const Diagnostics& diagnostics, const Sources& sources) {
  return {render(diagnostics.sorted(sources), sources), diagnostics.has_errors()};
}

/// The tree, or what is wrong.
Answer parse(const GoldenFile& file) {
  Sources sources;
  Diagnostics diagnostics;
  std::string trees;
  for (const Part& part : file.parts) {
    const SourceId source = sources.add(part.path, part.bytes);
    trees += print_tree(bylaw::grammar::parse(sources, source, diagnostics));
  }
  return diagnostics.all().empty() ? Answer{trees} : diagnostics_of(diagnostics, sources);
}

bool is_module(const Part& part) {
  return part.path.ends_with(".bylaw");
}

/// "acme.deploy" for acme/deploy.bylaw; nothing for a module that stands alone, which may be called anything.
std::string module_name(const GoldenFile& file, const Part& part) {
  if (!is_module(part) || std::count_if(file.parts.begin(), file.parts.end(), is_module) == 1) return "";
  std::string name = part.path.substr(0, part.path.rfind('.'));
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

/// Modules and data files as a project would name them.
bylaw::compiler::Input input_of(const GoldenFile& file) {
  bylaw::compiler::Input input;
  for (const Part& part : file.parts) {
    const SourceId source = input.sources.add(part.path, part.bytes);
    (is_module(part) ? input.modules : input.data).push_back({source, module_name(file, part)});
  }
  return input;
}

/// What is wrong or doubtful; with `// print: tree` the typed tree too.
Answer check(const GoldenFile& file) {
  bylaw::compiler::Input input = input_of(file);
  Diagnostics diagnostics;
  const bylaw::compiler::Program program = bylaw::compiler::check(input, diagnostics);
  Answer answer = diagnostics_of(diagnostics, input.sources);
  if (!answer.failed && file.print == "tree") answer.text += print_typed_tree(program);
  return answer;
}

/// The decision IR, or what is wrong.
Answer elaborate(const GoldenFile& file) {
  bylaw::compiler::Input input = input_of(file);
  Diagnostics diagnostics;
  const bylaw::compiler::Program program = bylaw::compiler::check(input, diagnostics);
  if (diagnostics.has_errors()) return diagnostics_of(diagnostics, input.sources);
  const bylaw::compiler::ir::ProgramIr ir = bylaw::compiler::ir::elaborate(program, diagnostics);
  if (diagnostics.has_errors()) return diagnostics_of(diagnostics, input.sources);
  return {print_ir(program, ir)};
}

/// The listing of the bundle, which the verifier took, or what is wrong.
Answer lower(const GoldenFile& file) {
  bylaw::compiler::Input input = input_of(file);
  Diagnostics diagnostics;
  const auto compiled = bylaw::compiler::compile(input, diagnostics);
  if (!compiled) return diagnostics_of(diagnostics, input.sources);
  const auto bundle = bylaw::Bundle::from(compiled->bytes);
  return bundle ? Answer{bylaw::disassemble(*bundle)} : Answer{bundle.error().to_text() + "\n", true};
}

}  // namespace

const std::vector<Stage>& stages() {
  static const std::vector<Stage> all{
      {"parse", parse},
      {"check", check},
      {"ir", elaborate},
      {"lower", lower},
  };
  return all;
}

}  // namespace golden
