#pragma once
// Files of entity data, as `build --entities` reads them.

#include <bylaw/runner/entity_files.h>

#include <string>
#include <vector>

#include "support.h"

namespace bylaw::runner::test {

struct Read {
  compiler::Project project;
  grammar::Diagnostics diagnostics;
  EntityTable table;
  std::string json;
  std::string told;
  std::string snapshot;  // its bytes, if nothing was refused
};

struct File {
  std::string path, text;
};

/// The files laid over each other, and what files and runtime say of them.
Read read(const std::vector<File>& files, bool with_program = true);

}  // namespace bylaw::runner::test
