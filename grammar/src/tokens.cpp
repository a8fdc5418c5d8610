#include "tokens.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace bylaw::grammar {
namespace {

constexpr TokenInfo kTokens[] = {
#define BYLAW_TOKEN(name, text) {text, false, false},
#define BYLAW_KEYWORD(name, text, reserved) {text, true, reserved},
#include <bylaw/grammar/keywords.def>
#undef BYLAW_KEYWORD
#undef BYLAW_TOKEN
};
static_assert(std::size(kTokens) < 128, "the parser reads kinds as characters");

std::unordered_map<std::string_view, TokenKind> words_by_spelling() {
  std::unordered_map<std::string_view, TokenKind> words;
  for (std::size_t i = 0; i < std::size(kTokens); ++i) {
    if (kTokens[i].word) words.emplace(kTokens[i].text, static_cast<TokenKind>(i));
  }
  return words;
}

}  // namespace

const TokenInfo& info(TokenKind kind) {
  return kTokens[static_cast<std::size_t>(kind)];
}

std::size_t token_kind_count() {
  return std::size(kTokens);
}

TokenKind word_kind(std::string_view text) {
  static const std::unordered_map<std::string_view, TokenKind> words = words_by_spelling();
  const auto found = words.find(text);
  return found == words.end() ? TokenKind::Identifier : found->second;
}

std::string describe(TokenKind kind) {
  const TokenInfo& token = info(kind);
  return token.word ? "`" + std::string(token.text) + "`" : std::string(token.text);
}

}  // namespace bylaw::grammar
