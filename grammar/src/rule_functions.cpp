// The rules of rules.h that look closer than a token's kind: operators, and what authors write instead of it.

#include <algorithm>

#include <bylaw/grammar/diagnostics/syntax.h>

#include "operators.h"
#include "rules.h"

namespace bylaw::grammar::rules {
namespace {

bool stand_there(const Parser& parser, TokenIndex at, const std::vector<TokenKind>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto place = static_cast<TokenIndex>(at + i);
    if (parser.kind(place) != tokens[i]) return false;
    if (is_word(tokens[i]) && parser.followed_like_a_name(place)) return false;
  }
  return true;
}

const OperatorTokens* operator_there(const Parser& parser, TokenIndex at,
                                     const std::vector<OperatorTokens>& operators) {
  const auto found = std::find_if(operators.begin(), operators.end(),
                                  [&](const OperatorTokens& op) { return stand_there(parser, at, op.tokens); });
  return found == operators.end() ? nullptr : &*found;
}

/// `x not within y`: `not` stands before the whole comparison.
int misplaced_not(Parser& parser, TokenIndex at) {
  if (parser.kind(at) != K::Not || parser.followed_like_a_name(at)) return kNo;
  const OperatorTokens* compared = operator_there(parser, at + 1, infix_operators());
  if (compared == nullptr) return kNo;
  parser.tell(at, codes::MisplacedNot, {{"operator", std::string(info(compared->op).spelling)}});
  parser.infix(compared->op, at);
  return 1 + static_cast<int>(compared->tokens.size());
}

TokenIndex end_of_message(const Parser& parser, TokenIndex at) {
  std::size_t open = 0;
  for (; parser.kind(at) != K::EndOfFile; ++at) {
    if (parser.kind(at) == K::MessageBegin) ++open;
    if (parser.kind(at) == K::MessageEnd && --open == 0) return at + 1;
  }
  return at;
}

}  // namespace

int after_param_type::take(Parser& parser, TokenIndex at) {
  const TokenKind kind = parser.kind(at);
  const bool fine = kind == K::Assign || kind == K::In || kind == K::EndOfFile || kind == K::At || kind == K::Doc;
  if (!fine && !parser.begins_declaration(at)) parser.missing(at, Missing::Assign);
  return 0;
}

int reserved_as_name::take(Parser& parser, TokenIndex at) {
  switch (parser.kind(at)) {
    case K::And:
    case K::Or:
    case K::Not:
    case K::Within:
    case K::Overlaps:
    case K::Includes:
    case K::Matches:
    case K::Any:
    case K::All:
    case K::No:
    case K::True:
    case K::False:
    case K::This: break;
    default: return kNo;
  }
  parser.tell(at, codes::ReservedName, {{"word", std::string(parser.text(at))}});
  return 1;
}

int close_angle::take(Parser& parser, TokenIndex at) {
  if (parser.kind(at) == K::Greater) return 1;
  if (parser.kind(at) != K::GreaterEqual) return kNo;
  parser.tell(at, codes::BlankBeforeAssign).fix("put a blank between them", parser.span(at), "> =");
  parser.reread(at, K::Assign);
  return 0;
}

int prefix_operator::take(Parser& parser, TokenIndex at) {
  const OperatorTokens* found = operator_there(parser, at, prefix_operators());
  if (found == nullptr) return kNo;
  parser.prefix(found->op, at);
  return static_cast<int>(found->tokens.size());
}

/// After an operand a name on the same line is always a slip.
int mend_after_operand::take(Parser& parser, TokenIndex at) {
  if (parser.kind(at) != K::Identifier || parser.begins_line(at) || parser.followed_like_a_name(at)) return 0;
  parser.mend_word(at, {K::And, K::Or, K::Not, K::Within, K::Overlaps, K::Includes, K::Matches, K::Directly, K::For,
                        K::Where, K::When, K::Unless, K::Because, K::Then, K::Else, K::Inherit});
  return 0;
}

int infix_operator::take(Parser& parser, TokenIndex at) {
  if (parser.kind(at) == K::Assign) {
    parser.tell(at, codes::AssignForEqual).fix("write `==`", parser.span(at), "==");
    parser.infix(Operator::Equal, at);
    return 1;
  }
  const OperatorTokens* found = operator_there(parser, at, infix_operators());
  if (found == nullptr) return misplaced_not(parser, at);
  parser.infix(found->op, at);
  return static_cast<int>(found->tokens.size());
}

int is_not::take(Parser& parser, TokenIndex at) {
  if (parser.kind(at) != K::Not) return kNo;
  DiagnosticBuilder builder = parser.tell(at, codes::IsNot);
  if (parser.kind(at + 1) == K::Set) {
    const Span both = {parser.span(at).source, parser.span(at).begin, parser.span(at + 1).end};
    builder.fix("write `is unset`", both, "unset");
  } else {
    builder.help("`not` stands before the whole: `not x is T`");
  }
  return 1;
}

int lets_go_on::take(const Parser& parser, TokenIndex at) {
  if (parser.kind(at) != K::Let) return kNo;
  std::size_t open = 0;
  for (++at; parser.kind(at) != K::EndOfFile; ++at) {
    switch (parser.kind(at)) {
      case K::LeftBrace:
      case K::LeftParen:
      case K::LeftBracket: ++open; break;
      case K::RightBrace:
      case K::RightParen:
      case K::RightBracket:
        if (open-- == 0) return kNo;
        break;
      case K::When:
      case K::Unless:
      case K::Because:
        if (open == 0 && parser.kind(at - 1) != K::Dot && !parser.followed_like_a_name(at)) return 0;
        break;
      case K::Exempt:
      case K::Allow:
      case K::Deny:
      case K::Oblige:
      case K::Doc:
        if (parser.begins_line(at)) return kNo;
        break;
      default: break;
    }
  }
  return kNo;
}

int tell_misplaced::take(Parser& parser, TokenIndex at) {
  const auto form = [&]() -> std::string_view {
    switch (parser.innermost()) {
      case N::ExemptRule: return "`exempt NAME from .. let .. when .. because ..`";
      case N::AllowRule: return "`allow NAME let .. when .. because ..`";
      case N::DenyRule: return "`deny NAME for each .. let .. when .. unless .. because ..`";
      case N::ObligeRule: return "`oblige NAME let .. field = .. when ..`";
      default: return "`let NAME = ..`";
    }
  };
  parser.tell(at, codes::MisplacedClause, {{"clause", quoted(parser.text(at))}, {"form", std::string(form())}});
  return 0;
}

int tell_misplaced_header::take(Parser& parser, TokenIndex at) {
  auto told = parser.tell(at, codes::MisplacedHeader, {{"clause", quoted(parser.text(at))}});
  if (parser.kind(at) == K::Unless) told.help("a policy says when it applies: `when not (..)`");
  return 0;
}

int selected_word::take(const Parser& parser, TokenIndex at) {
  const K kind = parser.kind(at);
  const K next = parser.kind(at + 1);
  const bool clause = kind == K::Because && (next == K::String || next == K::MessageBegin);
  const bool rule = parser.begins_line(at) && is_reserved(kind) && is_name(next);
  return is_word(kind) && !clause && !rule ? 1 : kNo;
}

int end_of_interpolation::take(Parser& parser, TokenIndex at) {
  if (parser.kind(at) == K::InterpolationEnd) return 1;
  parser.tell(at, codes::InterpolationGoesOn, {{"seen", quoted(parser.text(at))}});
  TokenIndex end = at;
  while (parser.kind(end) != K::EndOfFile && parser.kind(end) != K::InterpolationEnd &&
         parser.kind(end) != K::MessageEnd)
    ++end;
  return static_cast<int>(end - at) + (parser.kind(end) == K::InterpolationEnd ? 1 : 0);
}

int plain_text::take(Parser& parser, TokenIndex at) {
  if (parser.kind(at) == K::String) return 1;
  if (parser.kind(at) != K::MessageBegin) return kNo;
  TokenIndex brace = at;
  while (parser.kind(brace) != K::InterpolationBegin) ++brace;
  parser.tell(brace, codes::BraceInText).fix("write `\\{`", parser.span(brace), "\\{");
  return static_cast<int>(end_of_message(parser, at) - at);
}

int mend_row::take(Parser& parser, TokenIndex at) {
  if (parser.kind(at) != K::Identifier || parser.begins_line(at)) return 0;
  switch (parser.kind(at + 1)) {
    case K::Date:
    case K::DateTime:
    case K::String:
    case K::MessageBegin:
    case K::Identifier: parser.mend_word(at, {K::Since, K::Until, K::Through, K::Owner, K::Because}); return 0;
    default: return 0;
  }
}

int mended_decision_word::take(Parser& parser, TokenIndex at) {
  if (parser.kind(at) != K::Identifier || parser.followed_like_a_name(at)) return kNo;
  return parser.mend_word(at, {K::Obliges, K::Grants, K::Default}) ? 0 : kNo;
}

int no_module::take(Parser& parser, TokenIndex at) {
  const bool told_already = parser.kind(at) == K::EndOfFile && parser.errors().count() != 0;
  if (!told_already) {
    parser.tell(at, codes::NoModule)
        .help("its first line is `module` and the file's path below its folder: `module central.deploy`");
  }
  return 0;
}

}  // namespace bylaw::grammar::rules
