// Compares what the stages answer with the golden files:   golden [--update] [FOLDER | FILE]..
// A path is below tests/golden. --update writes the answers; then read the difference as you would review code.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "golden_file.h"

namespace golden {
namespace {

namespace fs = std::filesystem;

const fs::path& root() {
  static const fs::path path = fs::path(BYLAW_SOURCE_DIR) / "tests" / "golden";
  return path;
}

struct Options {
  bool update = false;
  std::vector<std::string> wanted;
};

std::vector<fs::path> files_of(const Stage& stage) {
  std::vector<fs::path> files;
  const fs::path folder = root() / stage.folder;
  if (!fs::exists(folder)) return files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".bylaw") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// How a file is named to people: its path below tests/golden.
std::string shown(const fs::path& file) {
  return fs::relative(file, root()).generic_string();
}

bool is_wanted(const fs::path& file, const Options& options) {
  if (options.wanted.empty()) return true;
  const std::string name = shown(file);
  return std::any_of(options.wanted.begin(), options.wanted.end(), [&](std::string wanted) {
    constexpr std::string_view kFolder = "tests/golden/";
    if (wanted.starts_with(kFolder)) wanted.erase(0, kFolder.size());
    while (wanted.ends_with('/')) wanted.pop_back();
    return name == wanted || name.starts_with(wanted + "/");
  });
}

std::string read_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The first line that differs, both ways.
void print_difference(const std::string& expected, const std::string& actual) {
  std::size_t line = 1;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < std::min(expected.size(), actual.size()) && expected[i] == actual[i]; ++i) {
    if (expected[i] != '\n') continue;
    ++line;
    begin = i + 1;
  }
  const auto line_at = [begin](const std::string& text) {
    return begin < text.size() ? text.substr(begin, text.find('\n', begin) - begin) : std::string("(the end)");
  };
  std::printf("  line %zu\n  expected  %s\n  actual    %s\n", line, line_at(expected).c_str(), line_at(actual).c_str());
}

void print_way_on(const fs::path& file) {
  std::printf("  rerun   scripts/golden %s\n  update  scripts/golden --update %s\n", shown(file).c_str(),
              shown(file).c_str());
}

bool holds(const Stage& stage, const fs::path& file, bool update) {
  const Answer answer = stage.run(read_golden_file(file));
  const bool named_as_failing = file.filename().string().starts_with("fail_");
  if (answer.failed != named_as_failing) {
    std::printf("FAIL %s: %s\n%s", shown(file).c_str(),
                answer.failed ? "has an error, so its name must begin with fail_"
                              : "has no error, so its name must not begin with fail_",
                answer.text.c_str());
    print_way_on(file);
    return false;
  }
  const fs::path expected_file = fs::path(file).replace_extension(".expected");
  const std::string expected = read_bytes(expected_file);
  const std::string actual = answer.text.empty() ? "nothing is told\n" : answer.text;
  if (expected == actual) return true;
  if (update) {
    std::ofstream(expected_file, std::ios::binary) << actual;
    std::printf("updated %s\n", shown(expected_file).c_str());
    return true;
  }
  std::printf("FAIL %s\n", shown(file).c_str());
  print_difference(expected, actual);
  print_way_on(file);
  return false;
}

int run(const Options& options) {
  std::size_t compared = 0;
  std::size_t failed = 0;
  for (const Stage& stage : stages()) {
    for (const fs::path& file : files_of(stage)) {
      if (!is_wanted(file, options)) continue;
      ++compared;
      if (!holds(stage, file, options.update)) ++failed;
    }
  }
  std::printf("%zu golden files, %zu failed\n", compared, failed);
  if (compared == 0) std::printf("nothing ran: no golden file is named so\n");
  return failed == 0 && compared != 0 ? 0 : 1;
}

}  // namespace
}  // namespace golden

int main(int argc, char** argv) {
  golden::Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--update") {
      options.update = true;
    } else {
      options.wanted.push_back(argument);
    }
  }
  return golden::run(options);
}
