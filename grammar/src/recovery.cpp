// Where reading goes on after a mistake. All of these look at kinds of tokens and at where lines begin: people start
// declarations, rules and fields on lines of their own.

#include <algorithm>

#include <bylaw/grammar/diagnostics/syntax.h>

#include "parser.h"

namespace bylaw::grammar {
namespace {

bool is_declaration_word(TokenKind kind) {
  switch (kind) {
    case TokenKind::Scope:
    case TokenKind::Enum:
    case TokenKind::Record:
    case TokenKind::Entity:
    case TokenKind::Const:
    case TokenKind::Param:
    case TokenKind::Def:
    case TokenKind::Annotation:
    case TokenKind::Allowlist:
    case TokenKind::Denylist:
    case TokenKind::List:
    case TokenKind::Decision:
    case TokenKind::Policy:
    case TokenKind::Template:
    case TokenKind::Claim: return true;
    default: return false;
  }
}

/// What follows the name of a declaration, and never two words of a list of members.
bool follows_declared_name(TokenKind kind) {
  switch (kind) {
    case TokenKind::LeftBrace:
    case TokenKind::LeftParen:
    case TokenKind::Colon:
    case TokenKind::Assign:
    case TokenKind::For:
    case TokenKind::Is:
    case TokenKind::In: return true;
    default: return false;
  }
}

bool is_opening(TokenKind kind) {
  return kind == TokenKind::LeftBrace || kind == TokenKind::LeftParen || kind == TokenKind::LeftBracket;
}

bool is_closing(TokenKind kind) {
  return kind == TokenKind::RightBrace || kind == TokenKind::RightParen || kind == TokenKind::RightBracket;
}

bool begins_rule(TokenKind kind) {
  return kind == TokenKind::Exempt || kind == TokenKind::Allow || kind == TokenKind::Deny ||
         kind == TokenKind::Oblige || kind == TokenKind::Let;
}

}  // namespace

bool Parser::begins_declaration(TokenIndex at) const {
  constexpr TokenIndex kMostDocs = 100;
  for (TokenIndex docs = 0; kind(at) == TokenKind::Doc && docs < kMostDocs; ++docs) ++at;
  if (!begins_line(at)) return false;
  if (kind(at) == TokenKind::Private) ++at;
  if (kind(at) == TokenKind::Open) ++at;
  const bool named = is_declaration_word(kind(at)) && is_word(kind(at + 1)) && !begins_line(at + 1);
  return named && follows_declared_name(kind(at + 2));
}

bool Parser::begins_item(TokenIndex at, Items items) const {
  const TokenKind k = kind(at);
  if (items == Items::Rules && begins_rule(k)) return !followed_like_a_name(at);
  if (!begins_line(at)) return false;
  if (k == TokenKind::Doc || k == TokenKind::At) return true;
  switch (items) {
    case Items::Declarations:
      return (is_declaration_word(k) || k == TokenKind::Private || k == TokenKind::Open || k == TokenKind::Import) &&
             !followed_like_a_name(at);
    case Items::Fields: return is_word(k) && followed_like_a_name(at);
    case Items::DecisionFields:
      return (is_word(k) && followed_like_a_name(at)) || k == TokenKind::Obliges || k == TokenKind::Grants ||
             k == TokenKind::Default;
    case Items::Members: return is_word(k);
    case Items::Rows: return true;
    case Items::Rules: return false;
  }
  return false;
}

TokenIndex Parser::skip_to_item(TokenIndex at, Items items) const {
  const TokenKind first = kind(at);
  if (first == TokenKind::EndOfFile) return at;
  const bool stray = first == TokenKind::Comma || (items == Items::Declarations && first == TokenKind::RightBrace);
  if (stray) return at + 1;
  std::size_t open = is_opening(first) ? 1 : 0;
  for (++at; kind(at) != TokenKind::EndOfFile; ++at) {
    if (begins_declaration(at)) return at;
    if (open == 0 && begins_item(at, items)) return at;
    if (items == Items::Rules && begins_line(at) && begins_rule(kind(at))) return at;
    if (is_opening(kind(at))) ++open;
    if (!is_closing(kind(at))) continue;
    // Behind a brace that nothing opened declarations go on; it belongs to what was told.
    if (open == 0 && kind(at) == TokenKind::RightBrace) return items == Items::Declarations ? at + 1 : at;
    if (open > 0) --open;
  }
  return at;
}

TokenIndex Parser::skip_to_closing(TokenIndex at, TokenKind closing) const {
  constexpr TokenIndex kSoon = 200;
  std::size_t open = 0;
  for (TokenIndex i = at; i < at + kSoon && kind(i) != TokenKind::EndOfFile; ++i) {
    if (begins_declaration(i) || begins_rule(kind(i))) return at;
    if (kind(i) == TokenKind::When || kind(i) == TokenKind::Unless || kind(i) == TokenKind::Because) return at;
    if (kind(i) == TokenKind::InterpolationEnd) return at;
    if (open == 0 && kind(i) == closing) return i + 1;
    if (is_opening(kind(i))) ++open;
    if (is_closing(kind(i)) && open-- == 0) return at;
  }
  return at;
}

/// Goes to the next rule or declaration; what encloses the deep place is not told to be unclosed there.
TokenIndex Parser::too_deep(TokenIndex at) {
  told_too_deep_ = true;
  tell(at, codes::TooDeep, {{"limit", std::to_string(kDeepest)}}).help("name parts of it with `let` or `def`");
  if (kind(at) != TokenKind::EndOfFile) ++at;
  while (kind(at) != TokenKind::EndOfFile && !begins_declaration(at)) {
    if (begins_line(at) && begins_rule(kind(at))) break;
    ++at;
  }
  last_told_ = at;
  return at;
}

}  // namespace bylaw::grammar
