#pragma once
// The tokens of a module, what stands between them, and where a blank belongs.

#include <bylaw/grammar/syntax_tree.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::formatter {

using TokenIndex = std::uint32_t;

struct Comment {
  std::string_view text;  // from `//` on, without blanks at its end
  bool own_line;          // nothing stands before it on its line
  bool after_blank_line;
};

/// What stands before a token.
struct Gap {
  std::vector<Comment> comments;
  std::uint32_t line_ends = 0;  // behind the last comment
  bool has_blank_line() const {
    return line_ends > 1 || (!comments.empty() && comments.front().own_line && comments.front().after_blank_line);
  }
};

class SourceText {
 public:
  explicit SourceText(const grammar::SyntaxTree& tree);

  const grammar::SyntaxTree& tree() const { return tree_; }
  grammar::TokenKind kind(TokenIndex token) const { return tree_.tokens[token].kind; }
  std::string_view text(TokenIndex token) const;
  TokenIndex size() const { return static_cast<TokenIndex>(tree_.tokens.size()); }
  const Gap& gap(TokenIndex token) const { return gaps_[token]; }
  /// Whether a blank stands between this token and the one before, if both are on one line.
  bool blank_before(TokenIndex token) const { return blanks_[token]; }
  /// A comma that only a bracket follows.
  bool is_trailing_comma(TokenIndex token) const;

  /// The tokens [begin, end) on one line.
  std::string flat(TokenIndex begin, TokenIndex end) const;
  /// Whether a comment stands between two of the tokens [begin, end).
  bool has_comments(TokenIndex begin, TokenIndex end) const;
  /// Whether a line ends between two of the tokens [begin, end).
  bool has_line_ends(TokenIndex begin, TokenIndex end) const;
  /// The comment at the end of the line of the token before `token`; may be empty.
  std::string_view comment_behind(TokenIndex token) const;

 private:
  Gap read_gap(std::uint32_t from, std::uint32_t to) const;
  void mark_signs();
  bool takes_blank(TokenIndex token) const;

  const grammar::SyntaxTree& tree_;
  std::vector<Gap> gaps_;
  std::vector<bool> blanks_;
  std::vector<bool> glued_before_, glued_after_;  // signs whose node says so: `Set<T>`, `f(`, `-1`, `{a}`
};

inline TokenIndex first_token(grammar::NodeRef node) {
  return node.tree().nodes[node.index()].first_token;
}
inline TokenIndex end_token(grammar::NodeRef node) {
  const grammar::Node& data = node.tree().nodes[node.index()];
  return data.first_token + data.token_count;
}
/// The tokens of a node that none of its children has.
std::vector<TokenIndex> own_tokens(grammar::NodeRef node);
/// The first of them of that kind, or the node's end.
TokenIndex own_token(grammar::NodeRef node, grammar::TokenKind kind);

}  // namespace bylaw::formatter
