// Every code block of README and docs is compiled, played or run, as the words after its fence say:
//   bylaw [FILE]            a complete module; it must compile, and is written to FILE of the page's folder
//   bylaw-part              a fragment; with the nearest `bylaw` block above it, it must compile
//   bylaw-error CODE        a fragment; with that block it must give an error of this code, and no other error
//   message                 lines that must stand in what the `bylaw-error` block above makes the checker print
//   yaml scenario [FILE]    a scenario file; played against that block, every case must pass
//   yaml FILE, csv FILE ..  any other file of the page's folder (a scenario block may use *.fixtures.yaml of it); text
//                           FILE: a module that does not compile by itself
//   json                    JSON
//   cpp                     C++ that compiles against the runtime's headers
//   console                 commands behind `$ ` and what they print, run in the page's folder; of the pages of an
//                           example, from the top of the tree
//   sh                      commands for the reader's machine: each `bylaw` subcommand and option in them must exist
//   text, cmake, none       not tested
#include <bylaw/compiler/project.h>
#include <bylaw/runner/render.h>
#include <bylaw/runner/run.h>
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "documentation/page.h"

namespace {

namespace fs = std::filesystem;
using namespace bylaw;
using namespace bylaw::documentation;

const std::string kRoot = BYLAW_SOURCE_DIR;

std::vector<std::string> pages() {
  std::vector<std::string> found;
  for (const char* folder : {"", "docs", "examples"}) {
    const fs::path top = fs::path(kRoot) / folder;
    const auto add = [&](const fs::path& path) {
      if (path.extension() == ".md") found.push_back(fs::relative(path, kRoot).generic_string());
    };
    if (std::string(folder).empty())
      for (const auto& entry : fs::directory_iterator(top)) add(entry.path());
    else
      for (const auto& entry : fs::recursive_directory_iterator(top)) add(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// A folder of its own for the files of a page.
class Folder {
 public:
  explicit Folder(const std::string& page) {
    std::string name = page;
    std::replace(name.begin(), name.end(), '/', '_');
    // A name of its own: two trees may be tested at once.
    std::string pattern = (fs::temp_directory_path() / ("bylaw-documentation-" + name + "-XXXXXX")).string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = fs::canonical(pattern);
  }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }
  void write(const std::string& file, const std::string& text) const {
    const fs::path path = path_ / file;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  fs::path new_folder() {
    const fs::path path = path_ / ("." + std::to_string(++count_));
    fs::create_directories(path);
    return path;
  }

 private:
  fs::path path_;
  int count_ = 0;
};

/// What the commands print on somebody's own machine, even when this test runs on a build service.
std::string run_in(const fs::path& folder, const std::string& command) {
  const std::string whole = "unset CI GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITLAB_CI TF_BUILD; cd '" + folder.string() +
                            "' && PATH='" BYLAW_BINARY_DIR
                            "':$PATH NO_COLOR=1 LC_ALL=C.UTF-8; export PATH NO_COLOR LC_ALL; { " +
                            command + "\n} 2>&1";
  std::string output;
  FILE* pipe = popen(whole.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe) != nullptr) output += buffer.data();
  pclose(pipe);
  return output;
}

/// The codes of all errors, and all diagnostics as text.
std::vector<std::string> compile_errors(const std::string& text, std::string& rendered) {
  compiler::Input input;
  input.modules.push_back({input.sources.add("page.bylaw", text), ""});
  grammar::Diagnostics diagnostics;
  compiler::compile(input, diagnostics);
  rendered = grammar::render(diagnostics.sorted(input.sources), input.sources);
  std::vector<std::string> codes;
  for (const grammar::Diagnostic& diagnostic : diagnostics.all())
    if (info(diagnostic.code).severity == grammar::Severity::Error) codes.emplace_back(info(diagnostic.code).id);
  return codes;
}

void play(const std::string& module, const std::string& scenarios, const fs::path& folder, const std::string& where) {
  const std::string name =
      module.substr(module.find("module ") + 7, module.find('\n', module.find("module ")) - module.find("module ") - 7);
  std::string path = name + ".bylaw";
  std::replace(path.begin(), path.end() - 6, '.', '/');
  fs::create_directories((folder / path).parent_path());
  std::ofstream(folder / "bylaw.yaml") << "name: page\n";
  std::ofstream(folder / path) << module;
  std::ofstream(folder / "page.scenarios.yaml") << scenarios;
  compiler::Project project;
  grammar::Diagnostics loaded;
  std::string problem;
  REQUIRE_MESSAGE(compiler::load_project(folder, project, loaded, problem) == compiler::LoadStatus::Loaded, where,
                  problem);
  const runner::RunResult result = runner::run(project, loaded, {});
  CHECK_MESSAGE(result.exit_status() == 0, where, "\n", runner::to_text(result, project.input.sources));
  CHECK_MESSAGE(result.summary.total > 0, where);
}

/// Without what differs from one run or build to the next: milliseconds, and the number of a bundle.
std::string steady(const std::string& text) {
  const std::string timeless = std::regex_replace(text, std::regex("[0-9]+ ms"), "N ms");
  return std::regex_replace(timeless, std::regex("\\([0-9a-f]{8}\\)"), "(NUMBER)");
}

void run_transcript(const Block& block, const fs::path& folder, const std::string& where) {
  std::istringstream lines(block.text);
  std::string command, expected;
  const auto compare = [&] {
    if (!command.empty()) CHECK_MESSAGE(steady(run_in(folder, command)) == steady(expected), where, ": ", command);
  };
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("$ ")) {
      expected += line + "\n";
      continue;
    }
    compare();
    command = line.substr(2);
    expected.clear();
  }
  compare();
}

/// Options that a `bylaw` command line of the block uses must be in that subcommand's help.
void check_options(const Block& block, const fs::path& folder, const std::string& where) {
  std::istringstream lines(block.text);
  for (std::string line; std::getline(lines, line);) {
    line = line.substr(0, line.find(" #"));
    std::smatch call;
    if (!std::regex_search(line, call, std::regex("(?:^|[ /;|])bylaw ([a-z]+)"))) continue;
    const std::string help = run_in(folder, "bylaw " + call[1].str() + " --help");
    CHECK_MESSAGE(help.find("Examples:") != std::string::npos, where, ": no command `", call[1].str(), "`");
    const std::regex option("(--[a-z-]+)");
    const std::string rest = call.suffix();
    for (auto it = std::sregex_iterator(rest.begin(), rest.end(), option); it != std::sregex_iterator(); ++it)
      CHECK_MESSAGE(help.find((*it)[1].str()) != std::string::npos, where, ": no option ", (*it)[1].str());
  }
}

void compile_cpp(const Block& block, Folder& folder, const std::string& where) {
  const fs::path work = folder.new_folder();
  std::ofstream(work / "block.cpp") << block.text;
  const std::string output =
      run_in(work, "c++ -std=c++20 -fsyntax-only -Wall -I'" + kRoot + "/runtime/include' block.cpp && echo compiles");
  CHECK_MESSAGE(output == "compiles\n", where, "\n", output);
}

/// Each line of the block is part of what the checker said.
void check_message(const Block& block, const std::string& said, const std::string& where) {
  std::istringstream lines(block.text);
  for (std::string line; std::getline(lines, line);)
    CHECK_MESSAGE(said.find(line) != std::string::npos, where, "\n", said);
}

/// `rendered` has what the checker said of the last block that it checked.
void test_block(const Block& block, const std::string& module, Folder& folder, const std::string& where,
                std::string& rendered) {
  const std::string kind = block.kind();
  if (kind == "bylaw") {
    CHECK_MESSAGE(compile_errors(block.text, rendered).empty(), where, "\n", rendered);
  } else if (kind == "bylaw-part") {
    CHECK_MESSAGE(compile_errors(module + block.text, rendered).empty(), where, "\n", rendered);
  } else if (kind == "bylaw-error") {
    REQUIRE(block.words.size() == 2);
    const std::vector<std::string> codes = compile_errors(module + block.text, rendered);
    CHECK_MESSAGE(codes == std::vector<std::string>{block.words[1]}, where, "\n", rendered);
  } else if (kind == "message") {
    check_message(block, rendered, where);
  } else if (kind == "yaml" && block.words.size() > 1 && block.words[1] == "scenario") {
    const fs::path work = folder.new_folder();
    for (const auto& entry : fs::directory_iterator(folder.path()))
      if (entry.path().string().ends_with(".fixtures.yaml")) fs::copy(entry.path(), work);
    play(module, block.text, work, where);
  } else if (kind == "json") {
    CHECK_MESSAGE(nlohmann::json::accept(block.text), where);
  } else if (kind == "cpp") {
    compile_cpp(block, folder, where);
  } else if (kind == "console") {
    run_transcript(block, where.starts_with("examples/") ? fs::path(kRoot) : folder.path(), where);
  } else if (kind == "sh") {
    check_options(block, folder.path(), where);
  } else {
    const bool known =
        kind.empty() || kind == "text" || kind == "yaml" || kind == "csv" || kind == "jsonl" || kind == "cmake";
    CHECK_MESSAGE(known, where, ": no test knows what a `", kind, "` block is");
  }
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return std::string((std::istreambuf_iterator<char>(file)), {});
}

/// Whether a heading of the page has this anchor, by the rule of the sites that show Markdown: lower case, no marks,
/// hyphens for blanks.
bool has_heading(const std::string& text, const std::string& anchor) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("#")) continue;
    std::string name = "#";
    for (const char c : line.substr(line.find_first_not_of('#') + 1))
      if (c == ' ' || c == '-')
        name += '-';
      else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')
        name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (name == anchor) return true;
  }
  return false;
}

/// A C++ lambda in a block looks like a link.
std::string without_code(const std::string& text) {
  std::string prose;
  bool code = false;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) code = !code;
    if (!code) prose += line + "\n";
  }
  return prose;
}

}  // namespace

TEST_CASE("code blocks of the documentation") {
  for (const std::string& path : pages()) {
    const Page page = read_page(kRoot, path);
    Folder folder(path);
    std::string module, rendered;
    for (const Block& block : page.blocks) {
      if (block.kind() == "bylaw") module = block.text;
      const std::string last = block.words.empty() ? "" : block.words.back();
      if (last.find('.') != std::string::npos) folder.write(last, block.text);
      test_block(block, module, folder, path + ":" + std::to_string(block.line), rendered);
    }
  }
}

TEST_CASE("links of the documentation lead somewhere") {
  const std::regex link("\\]\\(([^)#]*)(#[^)]*)?\\)");
  for (const std::string& path : pages()) {
    const std::string text = without_code(text_of(fs::path(kRoot) / path));
    for (auto it = std::sregex_iterator(text.begin(), text.end(), link); it != std::sregex_iterator(); ++it) {
      const std::string target = (*it)[1].str(), anchor = (*it)[2].str();
      if (target.find("://") != std::string::npos) continue;
      const fs::path file = target.empty() ? fs::path(kRoot) / path : (fs::path(kRoot) / path).parent_path() / target;
      CHECK_MESSAGE(fs::exists(file), path, ": ", target);
      if (!anchor.empty() && fs::exists(file))
        CHECK_MESSAGE(has_heading(text_of(file), anchor), path, ": ", target, anchor);
    }
  }
}
