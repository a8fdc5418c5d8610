#include "documentation/page.h"

#include <fstream>
#include <sstream>

namespace bylaw::documentation {

Page read_page(const std::string& root, const std::string& path) {
  Page page{path, {}};
  std::ifstream file(root + "/" + path);
  std::string line, indent;
  bool inside = false, comment = false;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (!inside && line.starts_with("<!--")) comment = true;
    if (comment) {
      comment = line.find("-->") == std::string::npos;
      continue;
    }
    const std::size_t text = line.find_first_not_of(' ');
    const bool fence = text != std::string::npos && line.compare(text, 3, "```") == 0;
    if (!fence) {
      if (inside) page.blocks.back().text += (line.starts_with(indent) ? line.substr(indent.size()) : line) + "\n";
      continue;
    }
    inside = !inside;
    if (!inside) continue;
    indent = line.substr(0, text);
    Block block{.words = {}, .text = {}, .line = number};
    std::istringstream words(line.substr(text + 3));
    for (std::string word; words >> word;) block.words.push_back(word);
    page.blocks.push_back(block);
  }
  return page;
}

}  // namespace bylaw::documentation
