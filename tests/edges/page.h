#pragma once
// The page of edges (docs/language/edges.md): its modules and data, and the rows of its tables.

#include <cstddef>
#include <string>
#include <vector>

namespace bylaw::edges {

/// What the rows below it are about: a `bylaw` block, and the `json request` and `json entities` blocks after it.
struct Setting {
  std::string module;
  std::string request;
  std::string entities = "{}";
  std::size_t line = 0;
};

/// A row `| expression | result | why |`.
struct Row {
  std::string expression;
  std::string result;
  std::size_t line = 0;
  std::size_t setting = 0;  // index of Page::settings
};

struct Page {
  std::vector<Setting> settings;
  std::vector<Row> rows;
};

Page read_page(const std::string& path);

}  // namespace bylaw::edges
