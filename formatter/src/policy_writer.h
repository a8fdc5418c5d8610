#pragma once
// A module, declaration by declaration, as lines. declarations.cpp has what stands at the margin, bodies.cpp fields,
// members and entries, rules.cpp rules.

#include <functional>
#include <string>
#include <vector>

#include "expressions.h"
#include "lines.h"
#include "source_text.h"

namespace bylaw::formatter {

inline constexpr std::uint32_t kStep = 2;
inline constexpr std::uint32_t kContinuation = 4;

/// Something that has lines of its own: a declaration, or an item of a body.
struct Item {
  grammar::NodeRef node;
  TokenIndex begin;  // its documentation and notes included
  TokenIndex head;   // without them
  TokenIndex end;
  bool kept;  // comments stand inside of it: the author's lines stay
};

class PolicyWriter {
 public:
  explicit PolicyWriter(const SourceText& source) : source_(source) {}

  Lines write();

 private:
  // declarations.cpp
  void declaration(const Item& item);
  void with_body(const Item& item, TokenIndex open);
  void list_declaration(const Item& item);  // lists.cpp
  void without_body(const Item& item);
  std::vector<std::string> policy_header(const Item& item, TokenIndex end, std::string_view behind) const;
  bool one_line(const Item& item, TokenIndex open);
  struct ListParts;
  ListParts parts_of_list(const Item& item) const;
  bool list_on_one_line(const Item& item, const ListParts& parts);
  void list_columns(const Item& item, const ListParts& parts);
  TokenIndex body_begin(const Item& item) const;

  // bodies.cpp
  void body(grammar::NodeRef node, TokenIndex open, TokenIndex close);
  void fields(const std::vector<Item>& items, TokenIndex open);
  void members(const std::vector<Item>& items, TokenIndex open);
  void enum_lines(grammar::NodeRef node, const std::vector<Item>& items, TokenIndex open, TokenIndex close);
  void table(const std::vector<Item>& items, TokenIndex open, const std::vector<std::uint32_t>& gaps,
             const std::function<std::vector<std::string>(const Item&)>& cells,
             const std::function<std::vector<std::string>(const Item&, const std::string&)>& broken);
  void entries(const std::vector<Item>& items, TokenIndex open);  // lists.cpp
  void entry_section(const std::vector<Item>& items, std::size_t begin, std::size_t end, TokenIndex open);
  std::vector<Item> items_of(grammar::NodeRef node, TokenIndex open, TokenIndex close) const;
  std::string flat_items(grammar::NodeRef node, TokenIndex open, TokenIndex close) const;

  // rules.cpp
  void rules(const std::vector<Item>& items, TokenIndex open);
  void rule_section(const std::vector<Item>& items, std::size_t begin, std::size_t end, TokenIndex open);
  void let_section(const std::vector<Item>& items, std::size_t begin, std::size_t end, TokenIndex open);

  // what all have
  /// Comments and blank lines before a token; no blank line if `first` in its body.
  void before(TokenIndex token, std::uint32_t indent, bool first, bool blank_lines = true);
  /// The same, and documentation and notes of the item.
  void lead(const Item& item, std::uint32_t indent, bool first);
  /// Tokens with the author's lines and comments.
  void keep(TokenIndex begin, TokenIndex end, std::uint32_t indent);
  Item item_of(grammar::NodeRef node, bool notes_apart) const;
  /// Items one after the other, sections of them divided by blank lines.
  std::vector<std::size_t> section_ends(const std::vector<Item>& items) const;
  bool is_first(const Item& item, TokenIndex open) const { return item.begin == open + 1; }

  const SourceText& source_;
  Lines lines_;
};

}  // namespace bylaw::formatter
