// What each stage answers to a golden file.

#include <bylaw/compiler/compile.h>
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

}  // namespace

const std::vector<Stage>& stages() {
  static const std::vector<Stage> all{
      {"parse", parse},
  };
  return all;
}

}  // namespace golden
