// Mutates policies and reads them: whatever the bytes are, a tree comes whose invariants hold, and every message
// renders.
//   fuzz_syntax [--iterations N] [--seed S] [--only I]      --only plays one iteration again and prints its bytes
// Needs no fuzzing engine; the corpus is every `*.bylaw` of the tree.

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "unit/grammar/parsed.h"

namespace {

namespace fs = std::filesystem;
using bylaw::grammar::NodeRef;
using bylaw::grammar::Parsed;

struct Options {
  unsigned long iterations = 1500;
  unsigned long seed = 1;
  long only = -1;
};

// Read by the signal handler.
unsigned long current_seed = 0;
unsigned long current_iteration = 0;

void tell_where(int) {
  std::fprintf(stderr, "FAIL: rerun with  fuzz_syntax --seed %lu --only %lu\n", current_seed, current_iteration);
  std::_Exit(1);
}

std::vector<std::string> read_corpus() {
  std::vector<fs::path> paths;
  for (const char* folder : {"tests/golden", "examples", "stdlib"}) {
    const fs::path root = fs::path(BYLAW_SOURCE_DIR) / folder;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".bylaw") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> corpus;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return corpus;
}

class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, std::uint64_t seed) : corpus_(corpus), random_(seed) {}

  std::string next() {
    std::string bytes = corpus_[below(corpus_.size())];
    for (std::size_t changes = 1 + below(8); changes > 0; --changes) change(bytes);
    return bytes;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  std::string piece_of(const std::string& bytes) {
    const std::size_t begin = below(bytes.size());
    return bytes.substr(begin, 1 + below(40));
  }

  void change(std::string& bytes) {
    static const std::vector<std::string> kPieces{"{",
                                                  "}",
                                                  "(",
                                                  ")",
                                                  "[",
                                                  "]",
                                                  "\"",
                                                  "'",
                                                  ":",
                                                  "::",
                                                  ".",
                                                  "..",
                                                  ",",
                                                  "=",
                                                  "==",
                                                  "<",
                                                  ">",
                                                  ">=",
                                                  "?",
                                                  "??",
                                                  "|",
                                                  "@",
                                                  "-",
                                                  "*",
                                                  "\n",
                                                  "\r\n",
                                                  " ",
                                                  "\0",
                                                  "\xFF",
                                                  "\xE2\x80\xAE",
                                                  "\xC3\xA9",
                                                  "///",
                                                  "//",
                                                  "/*",
                                                  "#",
                                                  "&&",
                                                  "!",
                                                  ";",
                                                  "\\",
                                                  "\\u{",
                                                  " not ",
                                                  " in ",
                                                  " is ",
                                                  " and ",
                                                  " or ",
                                                  " if ",
                                                  " then ",
                                                  " else ",
                                                  " any ",
                                                  " for ",
                                                  " when ",
                                                  " because ",
                                                  " deny ",
                                                  " policy ",
                                                  " as ",
                                                  " 30d ",
                                                  " 007 ",
                                                  " 2026-13-01 ",
                                                  " allow otherwise ",
                                                  " {x} ",
                                                  "glob\""};
    const std::size_t at = below(bytes.size() + 1);
    switch (below(6)) {
      case 0: bytes.insert(at, kPieces[below(kPieces.size())]); break;
      case 1: bytes.erase(at, 1 + below(20)); break;
      case 2: bytes.insert(at, piece_of(bytes)); break;
      case 3: bytes.insert(at, piece_of(corpus_[below(corpus_.size())])); break;
      case 4:
        if (at < bytes.size()) bytes[at] = static_cast<char>(random_());
        break;
      case 5: bytes.resize(at); break;
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937_64 random_;
};

/// Reads what later stages read of a tree.
std::size_t read_everything(const Parsed& parsed) {
  std::size_t size = parsed.told().size() + print_tree(parsed.tree).size();
  for (std::uint32_t i = 0; i < parsed.tree.nodes.size(); ++i) {
    const NodeRef node(parsed.tree, i);
    size += string_value(node).size() + prefixed_value(node).size() + doc_text(node).size();
  }
  return size;
}

std::string problem_with(const std::string& bytes) {
  const Parsed parsed(bytes);
  std::string broken = broken_invariant(parsed.tree);
  if (!broken.empty()) return broken;
  if (parsed.diagnostics.errors() > 21) return "more mistakes than a file may tell";
  read_everything(parsed);
  const Parsed again(bytes);
  return again.told() == parsed.told() ? std::string() : "two readings differ";
}

Options options_of(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--iterations") options.iterations = std::strtoul(argv[i + 1], nullptr, 10);
    if (name == "--seed") options.seed = std::strtoul(argv[i + 1], nullptr, 10);
    if (name == "--only") options.only = std::strtol(argv[i + 1], nullptr, 10);
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = options_of(argc, argv);
  const std::vector<std::string> corpus = read_corpus();
  if (corpus.empty()) return 1;
  std::signal(SIGABRT, tell_where);
  std::signal(SIGSEGV, tell_where);
  current_seed = options.seed;
  const unsigned long first = options.only < 0 ? 0 : static_cast<unsigned long>(options.only);
  const unsigned long end = options.only < 0 ? options.iterations : first + 1;
  for (current_iteration = first; current_iteration < end; ++current_iteration) {
    const std::string bytes = Mutator(corpus, options.seed * 1000003 + current_iteration).next();
    if (options.only >= 0) std::printf("%s\n----\n", bytes.c_str());
    const std::string problem = problem_with(bytes);
    if (problem.empty()) continue;
    std::fprintf(stderr, "%s\n", problem.c_str());
    tell_where(0);
  }
  std::printf("%lu mutations of %zu files read\n", end - first, corpus.size());
  return 0;
}
