#include <bylaw/grammar/parse.h>

#include "build_tree.h"
#include "lexer.h"
#include "rules.h"
#include "shape.h"

namespace bylaw::grammar {
namespace {

void read_file(Parser& parser) {
  using Input = tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf, const char*>;
  const std::string& kinds = parser.kinds();
  Input in(kinds.data(), kinds.data() + kinds.size(), "");
  (void)tao::pegtl::parse<rules::file, tao::pegtl::nothing, rules::Control>(in, parser);
}

}  // namespace

SyntaxTree parse(const Sources& sources, SourceId source, Diagnostics& diagnostics) {
  SyntaxErrors errors(source, sources[source].bytes().size(), diagnostics);
  SyntaxTree tree;
  tree.source = source;
  tree.bytes = sources[source].bytes();
  tree.tokens = tokenize(tree.bytes, errors);
  Parser parser(tree.bytes, tree.tokens, errors);
  read_file(parser);
  build_tree(parser, tree, errors);
  check_shape(tree, errors);
  return tree;
}

}  // namespace bylaw::grammar
