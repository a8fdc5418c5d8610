#pragma once
// `$name` in a scenario stands for the cell of the column `name`: as a whole value anywhere, and within the name, the
// text `about` and messages. `$$` is a dollar.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "expand.h"

namespace bylaw::runner {

/// The name of a node that is `$name` and nothing else. A quoted text is none: it is what it says.
std::optional<std::string> variable(const YamlNode& node);
/// The names that stand in a text.
std::set<std::string> variables_in(const std::string& text);
/// Adds the names of whole values in a tree, of `texts` also those within its texts.
void add_variables(const YamlNode& node, bool texts, std::set<std::string>& names);
/// A whole value in the tree begins with a dollar, so that `fill` has something to do.
bool mentions_variables(const YamlNode& node);
/// A name that a free column can have.
bool is_variable_name(const std::string& column);

/// The columns of one case, by which `$name` is filled.
class Variables {
 public:
  Variables(Context& context, const std::vector<Cell>& cells);

  /// Replaces whole values by the cells that they name. A name without a column is told.
  void fill(YamlNode& node) const;
  /// The same within texts too: for messages.
  void fill_texts(YamlNode& node) const;
  std::string filled(const std::string& text, Span place) const;
  /// The node, or the cell that it names.
  const YamlNode& resolve(const YamlNode& node) const;

 private:
  const YamlNode* find(const std::string& name) const;
  const YamlNode* find(const std::string& name, Span place) const;

  Context& context_;
  const std::vector<Cell>& cells_;
};

}  // namespace bylaw::runner
