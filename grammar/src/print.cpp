#include <bylaw/grammar/parse.h>
#include <fmt/format.h>

#include "syntax_errors.h"

namespace bylaw::grammar {

std::string print_tree(const SyntaxTree& tree) {
  std::string out;
  std::vector<std::uint32_t> ends;  // of the nodes that are open
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
    while (!ends.empty() && ends.back() <= i) ends.pop_back();
    const NodeRef node(tree, i);
    out += fmt::format("{:{}}{}", "", ends.size() * 2, name(node.kind()));
    if (node.is(NodeKind::Unary) || node.is(NodeKind::Binary)) {
      out += fmt::format(" {}", info(node.op()).spelling);
    } else if (tree.nodes[i].subtree == 1 && tree.nodes[i].token_count != 0) {
      out += fmt::format(" {}", node.text());
    }
    out += '\n';
    ends.push_back(i + tree.nodes[i].subtree);
  }
  return out;
}

}  // namespace bylaw::grammar
