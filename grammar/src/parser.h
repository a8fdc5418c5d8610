#pragma once
// The state that the rules over tokens work on: kinds of tokens, the events of the tree, and what was told.
// Rules are predictive: once a rule has passed its first words it never fails, it tells what is missing and goes on. So
// no mistake is told in an attempt that is given up, and no text is read twice but for a few words ahead.

#include <bylaw/grammar/syntax_tree.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "messages.h"
#include "syntax_errors.h"
#include "tokens.h"

namespace bylaw::grammar {

using TokenIndex = std::uint32_t;

/// Kinds of events that are no nodes: `build_tree` folds them.
inline constexpr NodeKind kFlatExpression = static_cast<NodeKind>(0xfff0);  // operands, operators and prefixes in a row
inline constexpr NodeKind kFlatPrimary = static_cast<NodeKind>(0xfff1);     // an atom, then what selects of it
inline constexpr NodeKind kPlainType = static_cast<NodeKind>(0xfff2);  // a type that is not optional: its only child
inline constexpr NodeKind kNothing = static_cast<NodeKind>(0xfff3);    // what turned out to be no item

struct Event {
  enum class Type : std::uint8_t { Open, Close, Infix, Prefix };
  Type type;
  NodeKind kind;        // of Open
  Operator op;          // of Infix and Prefix
  TokenIndex token;     // the first one of the node or operator; of Close: the one after the node
  std::uint32_t close;  // of Open: the index of its Close
};

class Parser {
 public:
  static constexpr std::size_t kDeepest = 256;

  Parser(std::string_view bytes, std::vector<Token>& tokens, SyntaxErrors& errors);

  // --- tokens ---
  /// The kinds of all tokens as characters, for PEGTL: EndOfFile a few times at the end, so that looking ahead is safe.
  const std::string& kinds() const { return kinds_; }
  TokenIndex index(const char* current) const { return static_cast<TokenIndex>(current - kinds_.data()); }
  TokenKind kind(TokenIndex at) const { return static_cast<TokenKind>(kinds_[at]); }
  std::string_view text(TokenIndex at) const;
  Span span(TokenIndex at) const;
  bool begins_line(TokenIndex at) const { return begins_line_[at]; }
  /// A keyword there is a name: it is followed by `:`, or by `as` TEXT `:`.
  bool followed_like_a_name(TokenIndex at) const;
  /// A declaration begins there, whatever is still open. Only asked where no declaration is expected.
  bool begins_declaration(TokenIndex at) const;
  /// Reads a token as another kind from now on.
  void reread(TokenIndex at, TokenKind kind);

  // --- events ---
  void open(NodeKind kind, TokenIndex at);
  void close(TokenIndex at);
  void become(NodeKind kind) { events_[open_.back()].kind = kind; }
  NodeKind innermost() const { return events_[open_.back()].kind; }
  void infix(Operator op, TokenIndex at) { events_.push_back({Event::Type::Infix, {}, op, at, 0}); }
  void prefix(Operator op, TokenIndex at) { events_.push_back({Event::Type::Prefix, {}, op, at, 0}); }
  void error_node(TokenIndex at);
  struct Mark {
    std::size_t events;
    std::size_t open;
    std::size_t told;
  };
  Mark mark() const { return {events_.size(), open_.size(), errors_.count()}; }
  void rewind(const Mark& mark);
  const std::vector<Event>& events() const { return events_; }

  // --- nesting ---
  bool enter() { return depth_ < kDeepest && ++depth_ != 0; }
  void leave() { --depth_; }
  bool told_too_deep() const { return told_too_deep_; }

  // --- telling ---
  /// At most one mistake a token. When there was one, or the token is Bad (told by the lexer), it goes nowhere.
  DiagnosticBuilder tell(TokenIndex at, Code code, std::initializer_list<Argument> arguments = {});
  void missing(TokenIndex at, Missing what);
  void unclosed(TokenIndex at, TokenIndex opening);
  void no_item(TokenIndex at, Items items);
  /// If the word there is nearly one of `words`, tells so and reads it as that one.
  bool mend_word(TokenIndex at, const std::vector<TokenKind>& words);
  SyntaxErrors& errors() { return errors_; }

  // --- recovering: each answers the index of the token to go on with ---
  /// After what cannot begin an item: the next item, or the end of the list of items. Always after `at`.
  TokenIndex skip_to_item(TokenIndex at, Items items) const;
  /// Behind the bracket that closes the one open at `at`, if it comes soon and before another item; else `at`.
  TokenIndex skip_to_closing(TokenIndex at, TokenKind closing) const;
  TokenIndex too_deep(TokenIndex at);

 private:
  bool begins_item(TokenIndex at, Items items) const;
  std::string seen(TokenIndex at) const;
  bool silent(TokenIndex at);
  std::string_view unquoted_id(TokenIndex at) const;

  std::string_view bytes_;
  std::vector<Token>& tokens_;
  SyntaxErrors& errors_;
  std::string kinds_;
  std::vector<bool> begins_line_;
  std::vector<Event> events_;
  std::vector<std::uint32_t> open_;  // indices of Open events whose Close is still to come
  std::size_t depth_ = 0;
  bool told_too_deep_ = false;
  static constexpr TokenIndex kNone = 0xffffffff;
  TokenIndex last_told_ = kNone;
  Diagnostic untold_{};
};

}  // namespace bylaw::grammar
