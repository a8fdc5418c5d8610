#pragma once
// One golden file: a `*.bylaw` file with what a stage reads, and beside it `*.expected` with what the stage must
// answer.
//
// A file may hold several: each line `// ==== path` begins another one with that path (`lists/admins.csv` too). Without
// such a line the whole is one module. A line `// print: WHAT` before the first declaration asks a stage for more.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace golden {

struct Part {
  std::string path;
  std::string bytes;
};

struct GoldenFile {
  std::filesystem::path path;
  std::vector<Part> parts;
  std::string print;  // of `// print: WHAT`, else empty
};

GoldenFile read_golden_file(const std::filesystem::path& path);

/// What a stage answers. `failed`: it reported an error; then, and only then, the file's name begins with `fail_`.
struct Answer {
  std::string text;
  bool failed = false;
};

/// Stages by the folder of their golden files (`tests/golden/parse/*.bylaw`). To add one: a function, and a row in
/// stages.cpp.
struct Stage {
  std::string_view folder;
  Answer (*run)(const GoldenFile&);
};
const std::vector<Stage>& stages();

}  // namespace golden
