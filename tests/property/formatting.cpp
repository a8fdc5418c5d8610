// Formatting changes nothing but the look: for every project of the tree, as it is and with its tokens pulled apart and
// pushed together at random, the decision IR stays the same, formatting twice is formatting once, and what is in the
// tree has the look already.
#include <bylaw/compiler/compile.h>
#include <bylaw/compiler/decision_ir.h>
#include <bylaw/compiler/project.h>
#include <bylaw/formatter/format.h>
#include <bylaw/grammar/parse.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "reference/generate.h"

namespace {

namespace fs = std::filesystem;
using namespace bylaw;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files_below(const char* folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(BYLAW_SOURCE_DIR) / folder))
    if (entry.is_regular_file() && formatter::kind_of(entry.path().filename().string()) != formatter::FileKind::Other)
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<std::string> formatted(const std::string& path, const std::string& bytes) {
  grammar::Sources sources;
  grammar::Diagnostics diagnostics;
  return formatter::format(sources, sources.add(path, bytes), diagnostics);
}

/// The tokens of a module with other blanks and line ends between them, which mean the same. Where a line ends, one
/// still ends: `x.` before a word, and names behind operands, ask for it. Comments stay.
std::string respaced(const std::string& bytes, std::mt19937& random) {
  grammar::Sources sources;
  grammar::Diagnostics diagnostics;
  const grammar::SourceId id = sources.add("m.bylaw", bytes);
  const grammar::SyntaxTree tree = grammar::parse(sources, id, diagnostics);
  REQUIRE(!diagnostics.has_errors());
  std::string out;
  std::uint32_t end = 0;
  std::size_t texts = 0;  // that are open: their interpolations stand on one line
  for (const grammar::Token& token : tree.tokens) {
    using Kind = grammar::TokenKind;
    const std::string gap = bytes.substr(end, token.begin - end);
    const bool line_ends = gap.find('\n') != std::string::npos;
    if (gap.find("//") != std::string::npos || token.kind == Kind::Doc) {
      out += gap;
    } else if (line_ends) {
      out += std::string(1 + random() % 3, '\n') + std::string(random() % 9, ' ');
    } else if (!gap.empty()) {
      out += texts == 0 && random() % 8 == 0 && end > 0 && bytes[end - 1] == ',' ? "\n"
                                                                                 : std::string(1 + random() % 3, ' ');
    }
    out += bytes.substr(token.begin, token.end - token.begin);
    end = token.end;
    if (token.kind == Kind::MessageBegin) ++texts;
    if (token.kind == Kind::MessageEnd) --texts;
  }
  return out;
}

std::vector<fs::path> projects() {
  std::vector<fs::path> folders;
  for (const char* all : {BYLAW_SOURCE_DIR "/examples", BYLAW_SOURCE_DIR "/tests/projects"})
    for (const auto& entry : fs::directory_iterator(all))
      if (fs::exists(entry.path() / "bylaw.yaml")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

/// The decisions of a project whose modules were changed by `change`, as text; places are no part of it.
template <typename Change>
std::string decisions_of(const fs::path& folder, Change change) {
  compiler::Project project;
  grammar::Diagnostics diagnostics;
  std::string problem;
  REQUIRE(compiler::load_project(folder, project, diagnostics, problem) == compiler::LoadStatus::Loaded);
  compiler::Input input;
  input.project_name = project.input.project_name;
  input.projects = project.input.projects;
  input.params = project.input.params;
  const auto take_over = [&](const compiler::InputFile& file, bool module) {
    const grammar::SourceFile& source = project.input.sources[file.source];
    const std::string bytes(source.bytes());
    compiler::InputFile copy = file;
    copy.source = input.sources.add(source.path(), module ? change(source.path(), bytes) : bytes);
    (module ? input.modules : input.data).push_back(copy);
  };
  for (const compiler::InputFile& file : project.input.modules) take_over(file, true);
  for (const compiler::InputFile& file : project.input.data) take_over(file, false);
  const compiler::Program program = compiler::check(input, diagnostics);
  CHECK_MESSAGE(!diagnostics.has_errors(), grammar::render(diagnostics.sorted(input.sources), input.sources));
  return compiler::ir::print_ir(program, compiler::ir::elaborate(program, diagnostics));
}

}  // namespace

TEST_CASE("examples, the standard library and the tests' projects have the look") {
  for (const char* folder : {"examples", "stdlib", "tests/projects", "cli/init"})
    for (const fs::path& path : files_below(folder)) {
      CAPTURE(path.string());
      const std::string bytes = bytes_of(path);
      const auto text = formatted(path.string(), bytes);
      REQUIRE(text.has_value());
      CHECK_MESSAGE(*text == bytes, "mend it with: bylaw fmt ", path.string());
    }
}

TEST_CASE("formatting once is formatting twice, whatever the look before") {
  std::mt19937 random(7);
  for (const char* folder : {"examples", "stdlib", "tests/projects", "tests/golden"})
    for (const fs::path& path : files_below(folder)) {
      const std::string bytes = bytes_of(path);
      if (formatter::kind_of(path.string()) != formatter::FileKind::Policy || !formatted("m.bylaw", bytes)) continue;
      for (int round = 0; round < 4; ++round) {
        CAPTURE(path.string());
        const std::string other = respaced(bytes, random);
        CAPTURE(other);
        const auto once = formatted("m.bylaw", other);
        REQUIRE(once.has_value());
        REQUIRE(formatted("m.bylaw", *once).value_or("cannot be read") == *once);
      }
    }
}

TEST_CASE("modules of random expressions: read back the same, and formatted once") {
  reference::Random random(3);
  for (int i = 0; i < 60; ++i) {
    const std::string bytes = reference::random_module(random, 10);
    CAPTURE(bytes);
    const auto once = formatted("fuzz.bylaw", bytes);  // throws if a token or comment would change
    REQUIRE(once.has_value());
    REQUIRE(formatted("fuzz.bylaw", *once).value_or("cannot be read") == *once);
  }
}

TEST_CASE("formatting changes no decision") {
  std::mt19937 random(11);
  for (const fs::path& folder : projects()) {
    CAPTURE(folder.string());
    const std::string before = decisions_of(folder, [](const std::string&, const std::string& bytes) { return bytes; });
    const std::string after = decisions_of(folder, [&](const std::string& path, const std::string& bytes) {
      return formatted(path, respaced(bytes, random)).value();
    });
    CHECK(before == after);
  }
}

TEST_CASE("scenario files with other indentation come to look the same") {
  for (const char* folder : {"examples", "tests/projects"})
    for (const fs::path& path : files_below(folder)) {
      if (formatter::kind_of(path.string()) != formatter::FileKind::Scenarios) continue;
      CAPTURE(path.string());
      std::string wide;  // with twice the columns before what a line begins with
      bool line_begins = true;
      const std::string bytes = bytes_of(path);
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        const bool dash = line_begins && bytes.compare(i, 2, "- ") == 0;
        wide += bytes[i];
        if (dash || (line_begins && bytes[i] == ' ')) wide += ' ';
        line_begins = bytes[i] == '\n' || dash || (line_begins && bytes[i] == ' ');
      }
      const auto before = formatted(path.string(), bytes);
      REQUIRE(before.has_value());
      CHECK(formatted(path.string(), wide).value_or("cannot be read") == *before);
    }
}
