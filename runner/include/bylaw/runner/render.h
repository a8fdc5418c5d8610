#pragma once
// The two renderings of a result: for people, and as the documented JSON object.

#include <bylaw/runner/result.h>

#include <string>

namespace bylaw::runner {

struct TextOptions {
  bool colour = false;
  bool quiet = false;        // nothing of what passed, the summary line included
  bool utf8 = true;          // `·`, else `-`
  std::size_t slowest = 0;   // how many of the slowest cases are named
  std::size_t in_full = 20;  // how many failures are; the others have a line each. 0: all
  std::string path_prefix;   // before each printed path, so that it is relative to where the reader stands
  bool unwritten = false;    // a file that the run was to write is not there: no success, whatever passed
};

/// Diagnostics, failures with the command that reruns each, then the summary line.
std::string to_text(const RunResult& result, const grammar::Sources& sources, const TextOptions& options = {});
/// What would be played: `path:line: name [cell]`, a case a line.
std::string list_cases(const RunResult& result, const TextOptions& options = {});
/// `{"schema": "bylaw.test/1", ..}`. `version` is that of the command.
std::string to_json(const RunResult& result, const grammar::Sources& sources, std::string_view version);

}  // namespace bylaw::runner
