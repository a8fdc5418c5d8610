#pragma once
// Files that commands write. All of them go through here, so that none replaces what the project is made of.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loading.h"

namespace bylaw::cli {

struct Output {
  std::string file;            // empty or `-`: nothing is written to a file
  bool new_scenarios = false;  // a file of scenarios that is made on purpose
};

/// A status means: leave with it, one of the files is a source of the project, which was told (E0718). To be asked
/// before anything runs; `write_output` asks again, once the run has read all its files.
std::optional<int> check_outputs(const std::vector<Output>& outputs, const Loaded& loaded);

/// Writes aside and renames, and makes the folders above; what went wrong is told.
bool write_output(const Output& output, std::string_view text, const Loaded& loaded);

}  // namespace bylaw::cli
