// What each stage answers to a golden file.

#include <bylaw/compiler/compile.h>
#include <bylaw/compiler/decision_ir.h>
#include <bylaw/grammar/parse.h>

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

/// Modules and data files as a project would name them.
bylaw::compiler::Input input_of(const GoldenFile& file) {
  bylaw::compiler::Input input;
  for (const Part& part : file.parts) {
    const SourceId source = input.sources.add(part.path, part.bytes);
    const bool module = part.path.ends_with(".bylaw");
    (module ? input.modules : input.data).push_back({source, {}});
  }
  return input;
}

/// What is wrong or doubtful.
Answer check(const GoldenFile& file) {
  bylaw::compiler::Input input = input_of(file);
  Diagnostics diagnostics;
  bylaw::compiler::check(input, diagnostics);
  return diagnostics_of(diagnostics, input.sources);
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

}  // namespace

const std::vector<Stage>& stages() {
  static const std::vector<Stage> all{
      {"parse", parse},
      {"check", check},
      {"ir", elaborate},
  };
  return all;
}

}  // namespace golden
