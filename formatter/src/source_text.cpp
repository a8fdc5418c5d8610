#include "source_text.h"

#include <algorithm>

namespace bylaw::formatter {
namespace {

using grammar::NodeKind;
using grammar::NodeRef;
using Kind = grammar::TokenKind;

bool closes(Kind kind) {
  return kind == Kind::RightBrace || kind == Kind::RightParen || kind == Kind::RightBracket;
}

std::string_view without_blanks_at_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

std::vector<TokenIndex> own_tokens(NodeRef node) {
  std::vector<TokenIndex> tokens;
  TokenIndex at = first_token(node);
  for (const NodeRef child : node.children()) {
    for (; at < first_token(child); ++at) tokens.push_back(at);
    at = std::max(at, end_token(child));
  }
  for (; at < end_token(node); ++at) tokens.push_back(at);
  return tokens;
}

TokenIndex own_token(NodeRef node, Kind kind) {
  for (const TokenIndex token : own_tokens(node))
    if (node.tree().tokens[token].kind == kind) return token;
  return end_token(node);
}

SourceText::SourceText(const grammar::SyntaxTree& tree)
    : tree_(tree), glued_before_(tree.tokens.size()), glued_after_(tree.tokens.size()) {
  std::uint32_t end = tree.bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (const grammar::Token& token : tree.tokens) {
    gaps_.push_back(read_gap(end, token.begin));
    end = token.end;
  }
  mark_signs();
  for (TokenIndex i = 0; i < size(); ++i) blanks_.push_back(takes_blank(i));
}

std::string_view SourceText::text(TokenIndex token) const {
  const grammar::Token& t = tree_.tokens[token];
  const std::string_view all = tree_.bytes.substr(t.begin, t.end - t.begin);
  return t.kind == Kind::Doc ? without_blanks_at_end(all) : all;
}

Gap SourceText::read_gap(std::uint32_t from, std::uint32_t to) const {
  Gap gap;
  std::uint32_t line_ends = from <= 3 ? 1 : 0;  // the file's begin begins a line
  for (std::string_view rest = tree_.bytes.substr(from, to - from); !rest.empty();) {
    if (rest.front() == '\n') ++line_ends;
    if (!rest.starts_with("//")) {
      rest.remove_prefix(1);
      continue;
    }
    const std::string_view comment = rest.substr(0, rest.find('\n'));
    gap.comments.push_back({without_blanks_at_end(comment), line_ends > 0, line_ends > 1});
    rest.remove_prefix(comment.size());
    line_ends = 0;
  }
  gap.line_ends = line_ends;
  return gap;
}

/// Signs whose spacing hangs on what they are part of.
void SourceText::mark_signs() {
  for (std::uint32_t i = 0; i < tree_.nodes.size(); ++i) {
    const NodeRef node(tree_, i);
    switch (node.kind()) {
      case NodeKind::SetType:
      case NodeKind::ListType:
      case NodeKind::MapType:
        for (const TokenIndex token : own_tokens(node)) {
          if (kind(token) == Kind::Less) glued_after_[token] = true;
          if (kind(token) == Kind::Less || kind(token) == Kind::Greater) glued_before_[token] = true;
        }
        break;
      case NodeKind::Unary:
        if (node.op() == grammar::Operator::Negate) glued_after_[first_token(node)] = true;
        break;
      case NodeKind::Call:
      case NodeKind::DefDecl:
      case NodeKind::TemplateDecl:
      case NodeKind::Instance:
      case NodeKind::Note:
        if (const TokenIndex open = own_token(node, Kind::LeftParen); open < end_token(node))
          glued_before_[open] = true;
        break;
      case NodeKind::Index:
        if (const TokenIndex open = own_token(node, Kind::LeftBracket); open < end_token(node))
          glued_before_[open] = true;
        break;
      case NodeKind::ImportNames:
      case NodeKind::Brace:
      case NodeKind::BraceComprehension:
        for (const TokenIndex token : own_tokens(node)) {
          if (kind(token) == Kind::LeftBrace) glued_after_[token] = true;
          if (kind(token) == Kind::RightBrace) glued_before_[token] = true;
        }
        break;
      default: break;
    }
  }
}

bool SourceText::takes_blank(TokenIndex token) const {
  if (token == 0 || glued_before_[token] || glued_after_[token - 1]) return false;
  switch (kind(token)) {
    case Kind::Comma:
    case Kind::RightParen:
    case Kind::RightBracket:
    case Kind::Dot:
    case Kind::DotDot:
    case Kind::Question:
    case Kind::Colon:
    case Kind::ColonColon:
    case Kind::InterpolationBegin:
    case Kind::InterpolationEnd:
    case Kind::MessageText:
    case Kind::MessageEnd:
    case Kind::EndOfFile: return false;
    case Kind::RightBrace: return kind(token - 1) != Kind::LeftBrace;
    default: break;
  }
  switch (kind(token - 1)) {
    case Kind::LeftParen:
    case Kind::LeftBracket:
    case Kind::Dot:
    case Kind::DotDot:
    case Kind::ColonColon:
    case Kind::At:
    case Kind::InterpolationBegin:
    case Kind::InterpolationEnd:
    case Kind::MessageBegin:
    case Kind::MessageText: return false;
    default: return true;
  }
}

bool SourceText::is_trailing_comma(TokenIndex token) const {
  return kind(token) == Kind::Comma && token + 1 < size() && closes(kind(token + 1));
}

std::string SourceText::flat(TokenIndex begin, TokenIndex end) const {
  std::string out;
  for (TokenIndex token = begin; token < end; ++token) {
    if (is_trailing_comma(token)) continue;
    if (!out.empty() && blanks_[token]) out += ' ';
    out += text(token);
  }
  return out;
}

bool SourceText::has_comments(TokenIndex begin, TokenIndex end) const {
  for (TokenIndex token = begin + 1; token < end; ++token)
    if (!gaps_[token].comments.empty()) return true;
  return false;
}

bool SourceText::has_line_ends(TokenIndex begin, TokenIndex end) const {
  for (TokenIndex token = begin + 1; token < end; ++token)
    if (gaps_[token].line_ends > 0 || !gaps_[token].comments.empty()) return true;
  return false;
}

std::string_view SourceText::comment_behind(TokenIndex token) const {
  const Gap& gap = gaps_[token];
  return gap.comments.empty() || gap.comments.front().own_line ? std::string_view() : gap.comments.front().text;
}

}  // namespace bylaw::formatter
