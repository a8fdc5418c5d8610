#include "parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace bylaw::grammar {
namespace {

constexpr std::size_t kLookahead = 8;  // how far any rule looks beyond its place

std::vector<bool> find_line_begins(std::string_view bytes, const std::vector<Token>& tokens) {
  std::vector<bool> begins;
  std::uint32_t last_end = 0;
  for (const Token& token : tokens) {
    const std::string_view gap = bytes.substr(last_end, token.begin - last_end);
    begins.push_back(begins.empty() || gap.find('\n') != std::string_view::npos);
    last_end = token.end;
  }
  begins.resize(tokens.size() + kLookahead, false);
  return begins;
}

}  // namespace

Parser::Parser(std::string_view bytes, std::vector<Token>& tokens, SyntaxErrors& errors)
    : bytes_(bytes), tokens_(tokens), errors_(errors), begins_line_(find_line_begins(bytes, tokens)) {
  kinds_.reserve(tokens.size() + kLookahead);
  for (const Token& token : tokens) kinds_ += static_cast<char>(token.kind);
  kinds_.append(kLookahead, static_cast<char>(TokenKind::EndOfFile));
}

std::string_view Parser::text(TokenIndex at) const {
  const Token& token = tokens_[std::min<std::size_t>(at, tokens_.size() - 1)];
  return bytes_.substr(token.begin, token.end - token.begin);
}

Span Parser::span(TokenIndex at) const {
  const Token& token = tokens_[std::min<std::size_t>(at, tokens_.size() - 1)];
  return errors_.span(token.begin, token.end);
}

bool Parser::followed_like_a_name(TokenIndex at) const {
  if (kind(at + 1) == TokenKind::Colon) return true;
  return kind(at + 1) == TokenKind::As && kind(at + 2) == TokenKind::String && kind(at + 3) == TokenKind::Colon;
}

void Parser::reread(TokenIndex at, TokenKind kind) {
  kinds_[at] = static_cast<char>(kind);
  tokens_[at].kind = kind;
}

void Parser::open(NodeKind kind, TokenIndex at) {
  open_.push_back(static_cast<std::uint32_t>(events_.size()));
  events_.push_back({Event::Type::Open, kind, {}, at, 0});
}

void Parser::close(TokenIndex at) {
  events_[open_.back()].close = static_cast<std::uint32_t>(events_.size());
  open_.pop_back();
  events_.push_back({Event::Type::Close, {}, {}, at, 0});
}

void Parser::error_node(TokenIndex at) {
  open(NodeKind::Error, at);
  close(at);
}

void Parser::rewind(const Mark& mark) {
  assert(mark.told == errors_.count() && "a rule told of a mistake and then failed");
  events_.resize(mark.events);
  open_.resize(mark.open);
}

}  // namespace bylaw::grammar
