#include "edges/page.h"

#include <fstream>

namespace bylaw::edges {

namespace {

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The text of a cell without the back quotes around it.
std::string cell_text(const std::string& cell) {
  const std::string text = trimmed(cell);
  const bool code = text.size() >= 2 && text.front() == '`' && text.back() == '`';
  return code ? trimmed(text.substr(1, text.size() - 2)) : text;
}

/// The cells between the bars; `\|` is a bar within one.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> found;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell += line[++i];
    } else if (line[i] == '|') {
      found.push_back(cell_text(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return found;
}

/// Where the text of the block that a fence opens belongs; nowhere if no row needs it.
std::string* place_of(const std::string& fence, std::size_t line, Page& page) {
  if (fence == "```bylaw") {
    page.settings.push_back({});
    page.settings.back().line = line;
    return &page.settings.back().module;
  }
  if (page.settings.empty()) return nullptr;
  if (fence == "```json request") return &page.settings.back().request;
  if (fence != "```json entities") return nullptr;
  page.settings.back().entities.clear();
  return &page.settings.back().entities;
}

void read_row(const std::string& line, std::size_t number, Page& page) {
  const std::vector<std::string> found = cells(line);
  if (found.size() != 3 || found[0] == "expression" || found[0].starts_with("---") || page.settings.empty()) return;
  page.rows.push_back({found[0], found[1], number, page.settings.size() - 1});
}

}  // namespace

Page read_page(const std::string& path) {
  Page page;
  std::ifstream file(path);
  std::string line;
  bool inside = false;
  std::string* block = nullptr;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("```")) {
      inside = !inside;
      block = inside ? place_of(line, number, page) : nullptr;
    } else if (inside) {
      if (block != nullptr) *block += line + "\n";
    } else if (line.starts_with("|")) {
      read_row(line, number, page);
    }
  }
  return page;
}

}  // namespace bylaw::edges
