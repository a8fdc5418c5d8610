#pragma once
// What is known of a kind of token: from keywords.def.

#include <bylaw/grammar/syntax_tree.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace bylaw::grammar {

struct TokenInfo {
  std::string_view text;  // of a word its spelling, of another token how messages call it
  bool word;
  bool reserved;
};

const TokenInfo& info(TokenKind kind);
std::size_t token_kind_count();

/// A name or a keyword, reserved or not: what may stand where any word may.
inline bool is_word(TokenKind kind) {
  return kind == TokenKind::Identifier || info(kind).word;
}
inline bool is_reserved(TokenKind kind) {
  return info(kind).reserved;
}
/// A word that may name things.
inline bool is_name(TokenKind kind) {
  return is_word(kind) && !is_reserved(kind);
}

/// The kind of a word: a keyword's, else Identifier.
TokenKind word_kind(std::string_view text);
/// How messages call a token of this kind: "`when`", "a number".
std::string describe(TokenKind kind);

}  // namespace bylaw::grammar
