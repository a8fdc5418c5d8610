#include "unit/grammar/parsed.h"

namespace bylaw::grammar {
namespace {

bool is_leaf(NodeRef node) {
  return node.children().empty();
}

}  // namespace

std::string folded(NodeRef node) {
  if (node.is(NodeKind::NameExpr) || node.is(NodeKind::Name)) return std::string(node.text());
  if (is_leaf(node)) return node.is(NodeKind::Error) ? "Error" : std::string(node.text());
  const bool operation = node.is(NodeKind::Binary) || node.is(NodeKind::Unary);
  std::string text = "(" + std::string(operation ? info(node.op()).spelling : name(node.kind()));
  for (const NodeRef child : node.children()) text += " " + folded(child);
  return text + ")";
}

std::string broken_invariant(const SyntaxTree& tree) {
  if (tree.tokens.empty() || tree.tokens.back().kind != TokenKind::EndOfFile) return "the last token is not EndOfFile";
  for (std::size_t i = 0; i < tree.tokens.size(); ++i) {
    const Token& token = tree.tokens[i];
    if (token.begin > token.end || token.end > tree.bytes.size()) return "a token is outside of the bytes";
    if (i > 0 && token.begin < tree.tokens[i - 1].end) return "tokens overlap";
  }
  if (tree.nodes.empty() || tree.nodes[0].kind != NodeKind::File) return "the first node is not the File";
  if (tree.nodes[0].subtree != tree.nodes.size()) return "the File is not the whole tree";
  std::vector<std::uint32_t> open;  // nodes around the current one
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
    const Node& node = tree.nodes[i];
    while (!open.empty() && open.back() + tree.nodes[open.back()].subtree <= i) open.pop_back();
    if (node.subtree == 0 || i + node.subtree > tree.nodes.size()) return "a subtree reaches too far";
    if (node.first_token + node.token_count > tree.tokens.size()) return "a node's tokens reach too far";
    if (node.kind > NodeKind::Where) return "a node of no kind";
    if (!open.empty()) {
      const Node& parent = tree.nodes[open.back()];
      const bool inside = i + node.subtree <= open.back() + parent.subtree && node.first_token >= parent.first_token &&
                          node.first_token + node.token_count <= parent.first_token + parent.token_count;
      if (!inside)
        return "a node reaches out of its parent: " + std::string(name(parent.kind)) + " " +
               std::string(name(node.kind));
    }
    open.push_back(i);
    if (open.size() > 600) return "the tree is too deep";
  }
  return {};
}

}  // namespace bylaw::grammar
