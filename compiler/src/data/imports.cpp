#include "data/imports.h"

#include <bylaw/grammar/parse.h>

namespace bylaw::compiler {

using grammar::NodeKind;
using grammar::NodeRef;

namespace {

std::string joined(NodeRef path) {
  std::string text;
  if (!path) return text;
  for (NodeRef name : path.children(NodeKind::Name)) text += (text.empty() ? "" : ".") + std::string(name.text());
  return text;
}

}  // namespace

FilesNamed files_named(const grammar::Sources& sources, grammar::SourceId source) {
  grammar::Diagnostics told_later;
  const grammar::SyntaxTree tree = grammar::parse(sources, source, told_later);
  FilesNamed named;
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
    const NodeRef node(tree, i);
    if (node.is(NodeKind::Module)) named.module_name = joined(node.child(NodeKind::Path));
    if (node.is(NodeKind::Import)) {
      const std::string module = joined(node.child(NodeKind::Path));
      if (!module.empty() && !module.starts_with("std.")) named.imports.push_back(module);
    }
    if (!node.is(NodeKind::FromFile)) continue;
    if (const NodeRef text = node.child(NodeKind::StringLiteral))
      named.data.push_back({grammar::string_value(text), text.span()});
  }
  return named;
}

}  // namespace bylaw::compiler
