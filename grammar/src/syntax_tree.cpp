#include <bylaw/grammar/syntax_tree.h>

#include <algorithm>

#include "display_text.h"

namespace bylaw::grammar {
namespace {

constexpr OperatorInfo kOperators[] = {
#define BYLAW_OPERATOR(name, spelling, precedence, associativity) {spelling, precedence, Associativity::associativity},
#include <bylaw/grammar/operators.def>
#undef BYLAW_OPERATOR
};

constexpr std::string_view kNodeNames[] = {
#define BYLAW_NODE(name, children) #name,
#include <bylaw/grammar/node_kinds.def>
#undef BYLAW_NODE
};

void append_utf8(std::string& out, char32_t c) {
  const auto byte = [&out](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
  }
  byte(0x80 | (c & 0x3F));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Appends what the escape at the front of `text` (a backslash and more) means; returns its length.
std::size_t append_escape(std::string& out, std::string_view text) {
  if (text[1] != 'u') {
    out += text[1] == 'n' ? '\n' : text[1] == 't' ? '\t' : text[1];
    return 2;
  }
  char32_t value = 0;
  std::size_t at = std::min<std::size_t>(3, text.size());
  for (; at < text.size() && hex_digit(text[at]) >= 0 && value <= 0x10FFFF; ++at) {
    value = value * 16 + static_cast<char32_t>(hex_digit(text[at]));
  }
  if (value <= 0x10FFFF) append_utf8(out, value);
  return std::min(at + 1, text.size());
}

std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      at += append_escape(out, text.substr(at));
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::string_view without_quotes(std::string_view text) {
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) return text;
  const char quote = text.front();
  text.remove_prefix(1);
  if (text.ends_with(quote)) text.remove_suffix(1);
  return text;
}

}  // namespace

const OperatorInfo& info(Operator op) {
  return kOperators[static_cast<std::size_t>(op)];
}

std::string_view name(NodeKind kind) {
  return kNodeNames[static_cast<std::size_t>(kind)];
}

bool is_expression(NodeKind kind) {
  return kind >= NodeKind::Error && kind <= NodeKind::BracketComprehension;
}

bool is_type(NodeKind kind) {
  return kind >= NodeKind::OptionalType && kind <= NodeKind::NamedType;
}

Span NodeRef::span() const {
  const Node& n = node();
  const Token& first = tree_->tokens[n.first_token];
  if (n.token_count == 0) return {tree_->source, first.begin, first.begin};
  return {tree_->source, first.begin, tree_->tokens[n.first_token + n.token_count - 1].end};
}

std::string_view NodeRef::text() const {
  const Span s = span();
  return tree_->bytes.substr(s.begin, s.end - s.begin);
}

std::vector<NodeRef> NodeRef::children() const {
  std::vector<NodeRef> result;
  if (tree_ == nullptr) return result;
  const std::uint32_t end = index_ + node().subtree;
  for (std::uint32_t at = index_ + 1; at < end; at += tree_->nodes[at].subtree) result.emplace_back(*tree_, at);
  return result;
}

std::vector<NodeRef> NodeRef::children(NodeKind kind) const {
  std::vector<NodeRef> result = children();
  std::erase_if(result, [kind](NodeRef child) { return !child.is(kind); });
  return result;
}

NodeRef NodeRef::child(NodeKind kind) const {
  if (tree_ == nullptr) return {};
  const std::uint32_t end = index_ + node().subtree;
  for (std::uint32_t at = index_ + 1; at < end; at += tree_->nodes[at].subtree) {
    if (tree_->nodes[at].kind == kind) return {*tree_, at};
  }
  return {};
}

NodeRef NodeRef::child_at(std::size_t n) const {
  if (tree_ == nullptr) return {};
  const std::uint32_t end = index_ + node().subtree;
  for (std::uint32_t at = index_ + 1; at < end; at += tree_->nodes[at].subtree) {
    if (n-- == 0) return {*tree_, at};
  }
  return {};
}

NodeRef NodeRef::expression() const {
  if (tree_ == nullptr) return {};
  const std::uint32_t end = index_ + node().subtree;
  for (std::uint32_t at = index_ + 1; at < end; at += tree_->nodes[at].subtree) {
    if (is_expression(tree_->nodes[at].kind) || is_type(tree_->nodes[at].kind)) return {*tree_, at};
  }
  return {};
}

std::string string_value(NodeRef string_literal) {
  if (!string_literal) return {};
  const bool quoted = string_literal.first_token() != TokenKind::MessageText;
  return without_escapes(quoted ? without_quotes(string_literal.text()) : string_literal.text());
}

std::string_view prefixed_value(NodeRef prefixed_literal) {
  if (!prefixed_literal) return {};
  const std::string_view text = prefixed_literal.text();
  return without_quotes(text.substr(std::min(text.find('"'), text.size())));
}

std::string doc_text(NodeRef doc) {
  std::string out;
  if (!doc) return out;
  std::string_view text = doc.text();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    if (!line.starts_with("///")) continue;  // a plain comment between two lines of documentation
    line.remove_prefix(3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

}  // namespace bylaw::grammar
