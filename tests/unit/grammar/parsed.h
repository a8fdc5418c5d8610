#pragma once
// A text and what the parser makes of it, for tests.

#include <bylaw/grammar/parse.h>

#include <string>
#include <utility>
#include <vector>

namespace bylaw::grammar {

struct Parsed {
  Sources sources;
  SourceId id;
  Diagnostics diagnostics;
  SyntaxTree tree;

  explicit Parsed(std::string bytes) : id(sources.add("test.bylaw", std::move(bytes))) {
    tree = parse(sources, id, diagnostics);
  }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;

  NodeRef root() const { return {tree, 0}; }
  /// "E0021 E0037": the codes in the order of their places.
  std::string codes() const {
    std::string text;
    for (const Diagnostic& d : diagnostics.sorted(sources)) {
      text += (text.empty() ? "" : " ") + std::string(info(d.code).id);
    }
    return text;
  }
  std::string told() const { return render(diagnostics.sorted(sources), sources); }
};

inline Parsed parsed_expression(std::string_view expression) {
  return Parsed("module m\nconst x: T = " + std::string(expression) + "\n");
}

/// `(+ a (* b c))`: how an expression was folded.
std::string folded(NodeRef expression);

/// What must hold of every tree, whatever the bytes: empty, or what does not hold.
std::string broken_invariant(const SyntaxTree& tree);

}  // namespace bylaw::grammar
