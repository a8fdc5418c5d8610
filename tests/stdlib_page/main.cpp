// docs/stdlib.md: the standard modules as their own `///` comments tell them.

#include <bylaw/grammar/parse.h>
#include <bylaw/stdlib/standard_modules.h>

#include <algorithm>
#include <string>

#include "derived_page.h"

namespace {

using namespace bylaw::grammar;

std::string path_text(NodeRef path) {
  std::string text;
  for (const NodeRef name : path.children(NodeKind::Name)) text += (text.empty() ? "" : ".") + std::string(name.text());
  return text;
}

/// On one line, without comments.
std::string one_line(std::string_view text) {
  std::string line;
  bool blank = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "//") i = std::min(text.find('\n', i), text.size() - 1);
    blank = blank || text[i] == ' ' || text[i] == '\n';
    if (text[i] == ' ' || text[i] == '\n') continue;
    if (blank && !line.empty()) line += ' ';
    blank = false;
    line += text[i];
  }
  return line;
}

/// What there is to know of a declaration before its value: where it ends in the source.
std::uint32_t end_of_signature(NodeRef node) {
  std::uint32_t end = node.child(NodeKind::Name).span().end;
  for (const NodeRef child : node.children()) {
    const bool part = is_type(child.kind()) || child.is(NodeKind::Parents) || child.is(NodeKind::Parameter) ||
                      child.is(NodeKind::For);
    if (part) end = std::max(end, child.span().end);
  }
  return end;
}

/// Fields and members tell more than a name; of constants and functions the type is what callers need.
bool told_whole(NodeRef node) {
  return node.is(NodeKind::RecordDecl) || node.is(NodeKind::EnumDecl) || node.is(NodeKind::ScopeDecl) ||
         node.is(NodeKind::EntityDecl) || node.is(NodeKind::DecisionDecl);
}

std::string signature(NodeRef node, const SourceFile& file) {
  const Span span = node.span();
  std::uint32_t begin = span.begin;
  if (const NodeRef doc = node.child(NodeKind::Doc)) begin = doc.span().end;
  const std::uint32_t end = told_whole(node) ? span.end : end_of_signature(node);
  std::string text = one_line(file.bytes().substr(begin, end - begin));
  if (node.is(NodeKind::TemplateDecl) && text.find(')') == std::string::npos) text += "()";
  return text;
}

std::string cell(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

bool is_declaration(NodeRef node) {
  return node.has(NodeKind::Name) && !node.is(NodeKind::Import) && !node.is(NodeKind::Module);
}

std::string doc_of(NodeRef node) {
  const NodeRef doc = node.child(NodeKind::Doc);
  return doc ? doc_text(doc) : "";
}

std::string section(const bylaw::stdlib::StandardModule& module) {
  Sources sources;
  Diagnostics diagnostics;
  const SourceId source = sources.add(std::string(module.path), std::string(module.source));
  const SyntaxTree tree = parse(sources, source, diagnostics);
  const NodeRef root(tree, 0);
  std::string text = "\n## " + path_text(root.child(NodeKind::Module).child(NodeKind::Path)) + "\n" + doc_of(root) +
                     "\n\n| | |\n| --- | --- |\n";
  for (const NodeRef node : root.children())
    if (is_declaration(node) && !node.has(NodeKind::Private))
      text += "| `" + cell(signature(node, sources[source])) + "` | " + cell(doc_of(node)) + " |\n";
  return text;
}

std::string page() {
  std::string text =
      "# The standard library\n\n"
      "This page is derived from the comments of `stdlib/*.bylaw`: do not edit it, run `scripts/stdlib-page "
      "--update`.\n\n"
      "The standard modules are Bylaw source that stands in the compiler: `import std.time` reads no file. Only what a "
      "project imports becomes part of its bundle. Their scenarios are in `tests/projects/stdlib`.\n";
  for (const bylaw::stdlib::StandardModule& module : bylaw::stdlib::standard_modules()) text += section(module);
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  return bylaw::test::keep_page(argc, argv, "docs/stdlib.md", page(), "scripts/stdlib-page");
}
