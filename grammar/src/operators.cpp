#include "operators.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "tokens.h"

namespace bylaw::grammar {
namespace {

constexpr Operator kOperators[] = {
#define BYLAW_OPERATOR(name, spelling, precedence, associativity) Operator::name,
#include <bylaw/grammar/operators.def>
#undef BYLAW_OPERATOR
};

TokenKind kind_of(std::string_view spelling) {
  const TokenKind word = word_kind(spelling);
  if (word != TokenKind::Identifier) return word;
  const std::string described = "`" + std::string(spelling) + "`";
  for (std::size_t i = 0; i < token_kind_count(); ++i) {
    const auto kind = static_cast<TokenKind>(i);
    if (info(kind).text == described) return kind;
  }
  return TokenKind::Bad;
}

std::vector<TokenKind> tokens_of(std::string_view spelling) {
  std::vector<TokenKind> tokens;
  while (!spelling.empty()) {
    const std::size_t end = std::min(spelling.find(' '), spelling.size());
    tokens.push_back(kind_of(spelling.substr(0, end)));
    spelling.remove_prefix(std::min(end + 1, spelling.size()));
  }
  return tokens;
}

std::vector<OperatorTokens> operators(bool prefix) {
  std::vector<OperatorTokens> result;
  for (const Operator op : kOperators) {
    const bool is_prefix = info(op).associativity == Associativity::Prefix;
    if (is_prefix == prefix && op != Operator::Is) result.push_back({op, tokens_of(info(op).spelling)});
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const OperatorTokens& a, const OperatorTokens& b) { return a.tokens.size() > b.tokens.size(); });
  return result;
}

}  // namespace

const std::vector<OperatorTokens>& infix_operators() {
  static const std::vector<OperatorTokens> result = operators(false);
  return result;
}

const std::vector<OperatorTokens>& prefix_operators() {
  static const std::vector<OperatorTokens> result = operators(true);
  return result;
}

}  // namespace bylaw::grammar
