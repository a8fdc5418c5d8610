#include "checking.h"

#include <bylaw/compiler/expiry.h>
#include <bylaw/runner/run.h>

namespace bylaw::cli {

void check_project(Loaded& loaded, std::int64_t as_of) {
  compiler::Input& input = loaded.project.input;
  loaded.program = compiler::check(input, loaded.diagnostics);
  if (loaded.diagnostics.has_errors()) return;
  const auto compiled = compiler::lower(loaded.program, input, loaded.diagnostics);
  const auto bundle = compiled ? Bundle::from(compiled->bytes) : Result<Bundle>(Error{});
  if (!bundle) return;
  compiler::warn_expired(loaded.program, as_of, loaded.project.file.expiring, loaded.diagnostics);
  runner::check_scenarios(loaded.project, loaded.program, *bundle, loaded.diagnostics);
  runner::warn_unknown_entries(loaded.project, loaded.program, *bundle, loaded.diagnostics);
}

}  // namespace bylaw::cli
