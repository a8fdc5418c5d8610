#pragma once
// The syntax tree: all tokens of a file and, over them, nodes in preorder in one vector. Nothing of the text is lost:
// what lies between two tokens is blank or comment and can be read from the bytes.
//
// A node's children, in order, are said in `node_kinds.def`. Readers walk with `NodeRef`:
//   for (NodeRef member : scope.children(NodeKind::Member)) names.push_back(member.child(NodeKind::Name).text());

#include <bylaw/grammar/source_file.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::grammar {

enum class TokenKind : std::uint8_t {
#define BYLAW_TOKEN(name, text) name,
#define BYLAW_KEYWORD(name, text, reserved) name,
#include <bylaw/grammar/keywords.def>
#undef BYLAW_KEYWORD
#undef BYLAW_TOKEN
};

/// Operators of expressions, one a row of `operators.def`.
enum class Operator : std::uint8_t {
#define BYLAW_OPERATOR(name, spelling, precedence, associativity) name,
#include <bylaw/grammar/operators.def>
#undef BYLAW_OPERATOR
};

enum class Associativity : std::uint8_t { Left, Right, None, Prefix };

struct OperatorInfo {
  std::string_view spelling;  // "not in"
  int precedence;             // larger binds tighter
  Associativity associativity;
};
const OperatorInfo& info(Operator op);

enum class NodeKind : std::uint16_t {
#define BYLAW_NODE(name, children) name,
#include <bylaw/grammar/node_kinds.def>
#undef BYLAW_NODE
};
std::string_view name(NodeKind kind);

struct Token {
  TokenKind kind;
  std::uint32_t begin;
  std::uint32_t end;
};

struct Node {
  NodeKind kind;
  Operator op;  // of Unary and Binary, else meaningless
  std::uint32_t first_token;
  std::uint32_t token_count;  // 0 for a node that stands for something missing
  std::uint32_t subtree;      // nodes of this subtree, itself included
};

struct SyntaxTree {
  SourceId source;
  std::string_view bytes;  // of the file; must outlive the tree
  std::vector<Token> tokens;
  std::vector<Node> nodes;  // nodes[0] is the File
};

/// A node of a tree, or none (false). Cheap to copy; valid as long as its tree.
class NodeRef {
 public:
  NodeRef() = default;
  NodeRef(const SyntaxTree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

  explicit operator bool() const { return tree_ != nullptr; }
  NodeKind kind() const { return node().kind; }
  bool is(NodeKind kind) const { return tree_ != nullptr && node().kind == kind; }
  Operator op() const { return node().op; }
  TokenKind first_token() const { return tree_->tokens[node().first_token].kind; }
  /// From the first token's begin to the last one's end. Of an empty node: the empty place before its first token.
  Span span() const;
  std::string_view text() const;
  const SyntaxTree& tree() const { return *tree_; }
  std::uint32_t index() const { return index_; }

  std::vector<NodeRef> children() const;
  std::vector<NodeRef> children(NodeKind kind) const;
  /// The first child of that kind, or none.
  NodeRef child(NodeKind kind) const;
  bool has(NodeKind kind) const { return static_cast<bool>(child(kind)); }
  /// The n-th child, or none.
  NodeRef child_at(std::size_t n) const;
  /// The only or first child that is an expression or a type (see `is_expression`), or none.
  NodeRef expression() const;

 private:
  const Node& node() const { return tree_->nodes[index_]; }
  const SyntaxTree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

/// True for the kinds of `node_kinds.def`'s section "expressions" (Error among them).
bool is_expression(NodeKind kind);
/// True for the kinds of section "types".
bool is_type(NodeKind kind);

/// The text that a String token or node means, escapes resolved. The lexer has already told of bad escapes.
std::string string_value(NodeRef string_literal);
/// The text of a PREFIXED literal between its quotes, raw.
std::string_view prefixed_value(NodeRef prefixed_literal);
/// The text of a Doc node: its lines without `///`.
std::string doc_text(NodeRef doc);

}  // namespace bylaw::grammar
