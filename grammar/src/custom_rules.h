#pragma once
// The rules that PEGTL does not have: tokens and words, nodes, and the three that make recovery possible
// (`expect`: told if missing; `items`: goes on at the next item; `deeper`: counted nesting).

#include <tao/pegtl.hpp>

#include "parser.h"

namespace bylaw::grammar::rules {

namespace p = tao::pegtl;
using p::at;
using p::not_at;
using p::opt;
using p::seq;
using p::sor;
using p::star;

template <typename Input>
void go_to(Input& in, const Parser& parser, TokenIndex index) {
  in.bump(index - parser.index(in.current()));
}

/// Drops the events of an attempt that failed.
template <typename Rule>
struct Control : p::normal<Rule> {
  static constexpr bool enable = false;

  template <p::apply_mode A, p::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control_, typename Input>
  static bool match(Input& in, Parser& parser) {
    const Parser::Mark mark = parser.mark();
    const bool matched = p::match<Rule, A, M, Action, Control_>(in, parser);
    if (!matched) parser.rewind(mark);
    return matched;
  }
};

/// A rule that is a function of the parser and the place: answers how many tokens it takes, or `kNo`.
inline constexpr int kNo = -1;
template <typename Self>
struct function_rule {
  using rule_t = Self;
  using subs_t = p::empty_list;

  template <p::apply_mode A, p::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control_, typename Input>
  static bool match(Input& in, Parser& parser) {
    const int taken = Self::take(parser, parser.index(in.current()));
    if (taken == kNo) return false;
    in.bump(static_cast<std::size_t>(taken));
    return true;
  }
};

template <TokenKind kKind>
struct token : function_rule<token<kKind>> {
  static int take(const Parser& parser, TokenIndex at) { return parser.kind(at) == kKind ? 1 : kNo; }
};

/// A keyword, where it is none of the words that are followed like a name.
template <TokenKind kKind>
struct word : function_rule<word<kKind>> {
  static int take(const Parser& parser, TokenIndex at) {
    return parser.kind(at) == kKind && !parser.followed_like_a_name(at) ? 1 : kNo;
  }
};

struct name_token : function_rule<name_token> {
  static int take(const Parser& parser, TokenIndex at) { return is_name(parser.kind(at)) ? 1 : kNo; }
};

struct word_token : function_rule<word_token> {
  static int take(const Parser& parser, TokenIndex at) { return is_word(parser.kind(at)) ? 1 : kNo; }
};

/// Gives the innermost open node its kind.
template <NodeKind kKind>
struct become : function_rule<become<kKind>> {
  static int take(Parser& parser, TokenIndex) {
    parser.become(kKind);
    return 0;
  }
};

/// If a word stands there that is nearly one of these, it is told and read as that one. Always true, takes nothing.
template <TokenKind... kKinds>
struct mend : function_rule<mend<kKinds...>> {
  static int take(Parser& parser, TokenIndex at) {
    if (parser.kind(at) == TokenKind::Identifier && !parser.followed_like_a_name(at)) parser.mend_word(at, {kKinds...});
    return 0;
  }
};

/// True if nothing stands there that was nearly one of these words.
template <TokenKind... kKinds>
struct mended : function_rule<mended<kKinds...>> {
  static int take(Parser& parser, TokenIndex at) {
    const bool name = parser.kind(at) != TokenKind::Identifier || parser.followed_like_a_name(at);
    return !name && parser.mend_word(at, {kKinds...}) ? 0 : kNo;
  }
};

template <NodeKind kKind, typename... Rules>
struct node {
  using rule_t = node;
  using subs_t = p::type_list<Rules...>;

  template <p::apply_mode A, p::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control_, typename Input>
  static bool match(Input& in, Parser& parser) {
    parser.open(kKind, parser.index(in.current()));
    if (!Control_<seq<Rules...>>::template match<A, M, Action, Control_>(in, parser)) return false;
    parser.close(parser.index(in.current()));
    return true;
  }
};

/// The rule, or it is told that this is missing.
template <typename Rule, Missing kMissing>
struct expect {
  using rule_t = expect;
  using subs_t = p::type_list<Rule>;

  template <p::apply_mode A, p::rewind_mode, template <typename...> class Action, template <typename...> class Control_,
            typename Input>
  static bool match(Input& in, Parser& parser) {
    if (!Control_<Rule>::template match<A, p::rewind_mode::required, Action, Control_>(in, parser)) {
      parser.missing(parser.index(in.current()), kMissing);
    }
    return true;
  }
};

/// The same for what readers count on: an Error node stands for it.
template <typename Rule, Missing kMissing>
struct expect_node {
  using rule_t = expect_node;
  using subs_t = p::type_list<Rule>;

  template <p::apply_mode A, p::rewind_mode, template <typename...> class Action, template <typename...> class Control_,
            typename Input>
  static bool match(Input& in, Parser& parser) {
    if (!Control_<Rule>::template match<A, p::rewind_mode::required, Action, Control_>(in, parser)) {
      const TokenIndex at = parser.index(in.current());
      parser.missing(at, kMissing);
      parser.error_node(at);
    }
    return true;
  }
};

/// A bracket, the rules if they match, and the bracket's other half, or it is told where the first one stands.
template <TokenKind kOpening, TokenKind kClosing, typename... Rules>
struct bracketed {
  using rule_t = bracketed;
  using subs_t = p::type_list<Rules...>;

  template <p::apply_mode A, p::rewind_mode, template <typename...> class Action, template <typename...> class Control_,
            typename Input>
  static bool match(Input& in, Parser& parser) {
    const TokenIndex opening = parser.index(in.current());
    if (parser.kind(opening) != kOpening) return false;
    in.bump();
    (void)Control_<opt<Rules...>>::template match<A, p::rewind_mode::required, Action, Control_>(in, parser);
    const TokenIndex end = parser.index(in.current());
    if (parser.kind(end) == kClosing) {
      in.bump();
    } else {
      parser.unclosed(end, opening);
      go_to(in, parser, parser.skip_to_closing(end, kClosing));
    }
    return true;
  }
};

/// Braces with any number of items. What is no item is told, and reading goes on at the next one.
template <Items kItems, typename Item>
struct items {
  using rule_t = items;
  using subs_t = p::type_list<Item>;

  template <p::apply_mode A, p::rewind_mode, template <typename...> class Action, template <typename...> class Control_,
            typename Input>
  static bool match(Input& in, Parser& parser) {
    const TokenIndex opening = parser.index(in.current());
    if (parser.kind(opening) != TokenKind::LeftBrace) return false;
    in.bump();
    while (!at_end(parser, parser.index(in.current()))) {
      const TokenIndex before = parser.index(in.current());
      const bool matched = Control_<Item>::template match<A, p::rewind_mode::required, Action, Control_>(in, parser);
      const TokenIndex after = parser.index(in.current());
      if (matched && after != before) continue;
      parser.no_item(after, kItems);
      go_to(in, parser, parser.skip_to_item(after, kItems));
    }
    const TokenIndex end = parser.index(in.current());
    if (parser.kind(end) == TokenKind::RightBrace) {
      in.bump();
    } else {
      parser.unclosed(end, opening);
    }
    return true;
  }

 private:
  static bool at_end(const Parser& parser, TokenIndex at) {
    const TokenKind kind = parser.kind(at);
    return kind == TokenKind::RightBrace || kind == TokenKind::EndOfFile || parser.begins_declaration(at);
  }
};

/// What no rule can make an item of: told, and skipped to the next item.
template <Items kItems>
struct no_item : function_rule<no_item<kItems>> {
  static int take(Parser& parser, TokenIndex at) {
    parser.no_item(at, kItems);
    const TokenKind kind = parser.kind(at);
    const bool list_ends =
        kItems != Items::Declarations && (kind == TokenKind::RightBrace || parser.begins_declaration(at));
    if (list_ends || kind == TokenKind::EndOfFile) return 0;
    return static_cast<int>(parser.skip_to_item(at, kItems) - at);
  }
};

/// A rule that may contain itself: at most `Parser::kDeepest` levels, what is deeper is told and skipped.
template <typename Rule>
struct deeper {
  using rule_t = deeper;
  using subs_t = p::type_list<Rule>;

  template <p::apply_mode A, p::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control_, typename Input>
  static bool match(Input& in, Parser& parser) {
    if (!parser.enter()) {
      const TokenIndex at = parser.index(in.current());
      parser.error_node(at);
      go_to(in, parser, parser.too_deep(at));
      return true;
    }
    const bool matched = Control_<Rule>::template match<A, M, Action, Control_>(in, parser);
    parser.leave();
    return matched;
  }
};

/// Tells something about the token there and takes nothing.
template <Code kCode>
struct tell : function_rule<tell<kCode>> {
  static int take(Parser& parser, TokenIndex at) {
    parser.tell(at, kCode);
    return 0;
  }
};

}  // namespace bylaw::grammar::rules
