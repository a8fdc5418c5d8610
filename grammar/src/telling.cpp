// How the parser tells of mistakes.

#include <fmt/format.h>

#include <bylaw/grammar/diagnostics/syntax.h>

#include "parser.h"

namespace bylaw::grammar {
namespace {

bool is_rule_word(TokenKind kind) {
  return kind == TokenKind::Exempt || kind == TokenKind::Allow || kind == TokenKind::Deny || kind == TokenKind::Oblige;
}

bool is_clause_word(TokenKind kind) {
  return kind == TokenKind::For || kind == TokenKind::When || kind == TokenKind::Unless || kind == TokenKind::Because;
}

TokenKind closing_of(TokenKind opening) {
  if (opening == TokenKind::LeftParen) return TokenKind::RightParen;
  return opening == TokenKind::LeftBracket ? TokenKind::RightBracket : TokenKind::RightBrace;
}

}  // namespace

/// What stands there, as a message calls it.
std::string Parser::seen(TokenIndex at) const {
  switch (kind(at)) {
    case TokenKind::EndOfFile:
    case TokenKind::Doc:
    case TokenKind::MessageEnd:
    case TokenKind::MessageBegin:
    case TokenKind::InterpolationEnd: return describe(kind(at));
    default: return quoted(text(at));
  }
}

/// One mistake a token: further ones there are mostly what follows from the first. Bad ones the lexer has told.
bool Parser::silent(TokenIndex at) {
  const bool told = at == last_told_ || kind(at) == TokenKind::Bad || errors_.told_at(span(at).begin);
  last_told_ = at;
  return told;
}

DiagnosticBuilder Parser::tell(TokenIndex at, Code code, std::initializer_list<Argument> arguments) {
  if (!silent(at)) return errors_.report(code, span(at), arguments);
  untold_ = {};
  return DiagnosticBuilder(untold_);
}

/// `build-eng` of `Group::build-eng`: all that stands together from there on.
std::string_view Parser::unquoted_id(TokenIndex at) const {
  TokenIndex last = at;
  const auto belongs = [&](TokenIndex next) {
    return span(next).begin == span(last).end && (is_name(kind(next)) || text(next) == "-" || text(next) == ".");
  };
  while (belongs(last + 1)) ++last;
  return {text(at).data(), span(last).end - span(at).begin};
}

void Parser::missing(TokenIndex at, Missing what) {
  if (silent(at)) return;
  const MissingInfo& missing = info(what);
  const std::string wanted(missing.what);
  // What is missing at the end of a line is shown there, not where the next line begins.
  const bool at_line_end = at > 0 && (begins_line(at) || kind(at) == TokenKind::EndOfFile);
  const Span after = at > 0 ? errors_.span(span(at - 1).end, span(at - 1).end) : span(at);
  DiagnosticBuilder builder =
      at_line_end ? errors_.report(codes::MissingAfter, after, {{"wanted", wanted}, {"seen", seen(at - 1)}})
                  : errors_.report(codes::MissingBefore, span(at), {{"seen", seen(at)}, {"wanted", wanted}});
  if (kind(at) == TokenKind::Doc) builder.help("a comment that documents nothing begins with `//`");
  const bool name_wanted = wanted.find("name") != std::string::npos;
  if (name_wanted && is_reserved(kind(at)) && !at_line_end) builder.label("a word of the language, never a name");
  const bool colon_wanted = what == Missing::FieldColon || what == Missing::TypeColon;
  if (colon_wanted && !at_line_end && is_name(kind(at))) {
    builder.fix("write `:` before it", after, ":");
  } else if (what == Missing::EntityId && !at_line_end && is_name(kind(at))) {
    const std::string_view id = unquoted_id(at);
    const std::string mended = fmt::format("\"{}\"", id);
    const std::uint32_t begin = span(at).begin;
    builder.fix(fmt::format("write `{}`", mended), errors_.span(begin, begin + static_cast<std::uint32_t>(id.size())),
                mended);
  } else if (what == Missing::BinderIn && kind(at) == TokenKind::Comma) {
    builder.help(
        "a map is gone through by its keys: `any k in m: m[k] == ..`; each name has its own `in`: `any x in xs, y in "
        "ys: ..`");
  } else if (!missing.example.empty()) {
    builder.help(std::string(missing.example));
  }
}

void Parser::unclosed(TokenIndex at, TokenIndex opening) {
  if (silent(at)) return;
  const std::string open = describe(kind(opening));
  const std::string closing = describe(closing_of(kind(opening)));
  if (kind(at) == TokenKind::EndOfFile) {
    errors_.report(codes::UnclosedAtEnd, span(opening), {{"opening", open}}).label("no " + closing + " closes it");
  } else {
    DiagnosticBuilder builder = errors_.report(codes::Unclosed, span(at), {{"seen", seen(at)}, {"closing", closing}});
    builder.note(span(opening), open + " is still open");
    if (kind(at) == TokenKind::For && kind(opening) == TokenKind::LeftParen)
      builder.help("a comprehension stands in brackets of its own: `count([x.size for x in xs])`");
  }
}

void Parser::no_item(TokenIndex at, Items items) {
  const TokenKind seen_kind = kind(at);
  if (seen_kind == TokenKind::Comma) {
    tell(at, codes::StrayComma, {{"item", std::string(info(items).item)}}).fix("remove it", span(at), "");
  } else if (items == Items::Declarations && is_rule_word(seen_kind)) {
    DiagnosticBuilder builder = tell(at, codes::RuleOutside, {{"rule", seen(at)}});
    if (at > 0 && kind(at - 1) == TokenKind::RightBrace) builder.note(span(at - 1), "the policy ends here");
  } else if (items == Items::Declarations && seen_kind == TokenKind::RightBrace) {
    tell(at, codes::ClosesNothing, {{"closing", seen(at)}}).fix("remove it", span(at), "");
  } else if (items == Items::Rules && is_clause_word(seen_kind)) {
    tell(at, codes::ClauseOutside, {{"clause", seen(at)}}).help(std::string(info(items).help));
  } else if (seen_kind == TokenKind::RightBrace || seen_kind == TokenKind::EndOfFile || begins_declaration(at)) {
    if (!silent(at)) errors_.report(codes::DocumentsNothing, span(at - 1), {});
  } else {
    std::string_view foreign;
    if (items == Items::Rules) foreign = foreign_rule_word(text(at));
    if (items == Items::Rules && foreign.empty() && at > 0) foreign = foreign_rule_word(text(at - 1));  // `some x in`
    tell(at, codes::NoItem, {{"seen", seen(at)}, {"item", std::string(info(items).item)}})
        .help(std::string(foreign.empty() ? info(items).help : foreign));
  }
}

bool Parser::mend_word(TokenIndex at, const std::vector<TokenKind>& words) {
  if (at == last_told_) return false;
  std::vector<std::string> spellings;
  for (const TokenKind word : words) spellings.emplace_back(info(word).text);
  const std::string meant = nearest(text(at), spellings);
  if (meant.empty()) return false;
  tell(at, codes::MisspeltWord, {{"seen", seen(at)}}).fix(fmt::format("did you mean `{}`", meant), span(at), meant);
  reread(at, word_kind(meant));
  return true;
}

}  // namespace bylaw::grammar
