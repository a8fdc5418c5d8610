#pragma once
// The code blocks of a Markdown page, and what the words after a fence say of them (docs/README.md lists them).

#include <string>
#include <vector>

namespace bylaw::documentation {

struct Block {
  std::vector<std::string> words;  // after the fence: {"bylaw-error", "E0201"}
  std::string text;
  std::size_t line = 0;  // of the fence

  std::string kind() const { return words.empty() ? "" : words[0]; }
};

struct Page {
  std::string path;  // relative to the tree
  std::vector<Block> blocks;
};

Page read_page(const std::string& root, const std::string& path);

}  // namespace bylaw::documentation
