// The grammar as EBNF, from the types of the rules: what is printed is what runs.
// A rule with a name of its own (`struct policy : ..`) becomes a line; rules that only tell or look ahead print
// nothing.

#include <bylaw/grammar/parse.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "operators.h"
#include "rules.h"

namespace bylaw::grammar {
namespace {

namespace p = tao::pegtl;

/// How tightly a text binds: what stands around it may need brackets.
enum class Shape { Nothing, Atom, Sequence, Choice };
struct Text {
  Shape shape = Shape::Nothing;
  std::string text;
};

struct Line {
  std::string name;
  std::string text;
};

class Printer {
 public:
  std::vector<Line> lines;

  /// The text of a rule where another one uses it.
  template <typename Rule>
  Text use();

  template <typename Rule>
  void define(const std::string& name);

  /// Puts the texts of aliases in their places: a rule that contains itself is printed before they are known.
  void resolve_aliases();

 private:
  std::set<std::string> defined_;
  std::map<std::string, Text> aliases_;
};

std::string grouped(const Text& text, Shape loosest) {
  return text.shape > loosest ? "(" + text.text + ")" : text.text;
}

Text joined(const std::vector<Text>& parts, Shape shape, std::string_view separator) {
  std::vector<Text> kept;
  for (const Text& part : parts) {
    if (part.shape != Shape::Nothing) kept.push_back(part);
  }
  if (kept.empty()) return {};
  if (kept.size() == 1) return kept.front();
  std::string text;
  // Within a sequence choices need brackets, within a choice nothing does.
  const Shape loosest = shape == Shape::Choice ? Shape::Choice : Shape::Sequence;
  for (const Text& part : kept) text += (text.empty() ? "" : std::string(separator)) + grouped(part, loosest);
  return {shape, text};
}

/// One word or one other rule: needs no line of its own.
bool is_alias(const Text& text) {
  return text.shape == Shape::Atom && text.text.find(' ') == std::string::npos &&
         std::string_view("+*]").find(text.text.back()) == std::string_view::npos;
}

Text in_brackets(const Text& inner) {
  if (inner.shape == Shape::Nothing) return {};
  return {Shape::Atom, "[" + inner.text + "]"};
}

Text repeated(const Text& inner, char mark) {
  if (inner.shape == Shape::Nothing) return {};
  return {Shape::Atom, grouped(inner, Shape::Atom) + mark};
}

Text terminal(TokenKind kind) {
  const std::string described = describe(kind);
  if (described.starts_with('`')) return {Shape::Atom, "\"" + described.substr(1, described.size() - 2) + "\""};
  switch (kind) {
    case TokenKind::Doc: return {Shape::Atom, "DOC"};
    case TokenKind::Int: return {Shape::Atom, "INT"};
    case TokenKind::Decimal: return {Shape::Atom, "DECIMAL"};
    case TokenKind::Duration: return {Shape::Atom, "DURATION"};
    case TokenKind::Date: return {Shape::Atom, "DATE"};
    case TokenKind::DateTime: return {Shape::Atom, "DATETIME"};
    case TokenKind::String: return {Shape::Atom, "STRING"};
    case TokenKind::Prefixed: return {Shape::Atom, "PREFIXED"};
    case TokenKind::MessageText: return {Shape::Atom, "TEXT"};
    case TokenKind::MessageBegin: return {Shape::Atom, "'\"'"};
    case TokenKind::MessageEnd: return {Shape::Atom, "'\"'"};
    default: return {};
  }
}

Text operators(const std::vector<OperatorTokens>& operators) {
  std::vector<Text> choices;
  for (const OperatorTokens& op : operators) {
    std::vector<Text> tokens;
    for (const TokenKind kind : op.tokens) tokens.push_back(terminal(kind));
    choices.push_back(joined(tokens, Shape::Sequence, " "));
  }
  return joined(choices, Shape::Choice, " | ");
}

// What each kind of rule prints. `Form` of a rule's own type (`rule_t`), with the rules below it.
template <typename Rule>
struct Form {
  static Text print(Printer&) { return {}; }  // looks ahead or tells
};

template <typename... Rules>
Text sequence(Printer& printer) {
  return joined({printer.use<Rules>()...}, Shape::Sequence, " ");
}

template <typename... Rules>
struct Form<p::internal::seq<Rules...>> {
  static Text print(Printer& printer) { return sequence<Rules...>(printer); }
};
template <typename... Rules>
struct Form<p::internal::sor<Rules...>> {
  static Text print(Printer& printer) { return joined({printer.use<Rules>()...}, Shape::Choice, " | "); }
};
template <typename... Rules>
struct Form<p::internal::opt<Rules...>> {
  static Text print(Printer& printer) { return in_brackets(sequence<Rules...>(printer)); }
};
template <typename... Rules>
struct Form<p::internal::star<Rules...>> {
  static Text print(Printer& printer) { return repeated(sequence<Rules...>(printer), '*'); }
};
template <typename... Rules>
struct Form<p::internal::plus<Rules...>> {
  static Text print(Printer& printer) { return repeated(sequence<Rules...>(printer), '+'); }
};

template <TokenKind kKind>
struct Form<rules::token<kKind>> {
  static Text print(Printer&) { return terminal(kKind); }
};
template <TokenKind kKind>
struct Form<rules::word<kKind>> {
  static Text print(Printer&) { return terminal(kKind); }
};
template <NodeKind kKind, typename... Rules>
struct Form<rules::node<kKind, Rules...>> {
  static Text print(Printer& printer) { return sequence<Rules...>(printer); }
};
template <typename Rule, Missing kMissing>
struct Form<rules::expect<Rule, kMissing>> {
  static Text print(Printer& printer) { return printer.use<Rule>(); }
};
template <typename Rule, Missing kMissing>
struct Form<rules::expect_node<Rule, kMissing>> {
  static Text print(Printer& printer) { return printer.use<Rule>(); }
};
template <typename Rule>
struct Form<rules::deeper<Rule>> {
  static Text print(Printer& printer) { return printer.use<Rule>(); }
};
/// Rules that tell if they are missing: they are not optional though the parser goes on without.
template <typename Rule>
inline constexpr bool kExpected = false;
template <typename Rule, Missing kMissing>
inline constexpr bool kExpected<rules::expect_node<Rule, kMissing>> = true;

template <TokenKind kOpening, TokenKind kClosing, typename... Rules>
struct Form<rules::bracketed<kOpening, kClosing, Rules...>> {
  static Text print(Printer& printer) {
    const Text inner = sequence<Rules...>(printer);
    constexpr bool kNeeded = (kExpected<typename Rules::rule_t> && ...);
    return joined({terminal(kOpening), kNeeded ? inner : in_brackets(inner), terminal(kClosing)}, Shape::Sequence, " ");
  }
};
template <Items kItems, typename Item>
struct Form<rules::items<kItems, Item>> {
  static Text print(Printer& printer) {
    return joined({terminal(TokenKind::LeftBrace), repeated(printer.use<Item>(), '*'), terminal(TokenKind::RightBrace)},
                  Shape::Sequence, " ");
  }
};

// Functions of the parser that take tokens.
template <>
struct Form<rules::name_token> {
  static Text print(Printer&) { return {Shape::Atom, "NAME"}; }
};
template <>
struct Form<rules::word_token> {
  static Text print(Printer&) { return {Shape::Atom, "WORD"}; }
};
template <>
struct Form<rules::selected_word> : Form<rules::word_token> {};
template <>
struct Form<rules::member_word> : Form<rules::word_token> {};
template <>
struct Form<rules::plain_text> {
  static Text print(Printer&) { return {Shape::Atom, "STRING"}; }
};
template <>
struct Form<rules::close_angle> {
  static Text print(Printer&) { return {Shape::Atom, "\">\""}; }
};
template <>
struct Form<rules::end_of_interpolation> {
  static Text print(Printer&) { return {Shape::Atom, "\"}\""}; }
};
template <>
struct Form<rules::prefix_operator> {
  static Text print(Printer&) { return operators(prefix_operators()); }
};
template <>
struct Form<rules::infix_operator> {
  static Text print(Printer&) { return operators(infix_operators()); }
};

// Mends print nothing, and neither do alternatives that are there to tell of a mistake.
template <typename Rule>
inline constexpr bool kMends = false;
template <TokenKind... kKinds>
inline constexpr bool kMends<rules::mended<kKinds...>> = true;
template <>
inline constexpr bool kMends<rules::mended_declaration> = true;
template <>
inline constexpr bool kMends<rules::mended_decision_word> = true;
template <>
inline constexpr bool kMends<rules::misplaced_clause> = true;
template <>
inline constexpr bool kMends<rules::misplaced_header> = true;
template <>
inline constexpr bool kMends<rules::late_import> = true;
template <>
inline constexpr bool kMends<rules::second_module> = true;
template <>
inline constexpr bool kMends<rules::optional_element> = true;
template <>
inline constexpr bool kMends<rules::needless_question> = true;
template <>
inline constexpr bool kMends<rules::late_default> = true;
template <typename First, typename... Rest>
inline constexpr bool kMends<p::seq<First, Rest...>> = kMends<First>;

/// Functions of the parser that deserve a line.
template <typename Rule>
inline constexpr bool kNamed =
    std::is_same_v<Rule, rules::infix_operator> || std::is_same_v<Rule, rules::prefix_operator>;

/// The rule's name in the grammar, empty for a template that has none of its own.
template <typename Rule>
std::string own_name() {
  std::string name(p::demangle<Rule>());
  constexpr std::string_view kSpace = "bylaw::grammar::rules::";
  if (!name.starts_with(kSpace) || name.find('<') != std::string::npos) return {};
  name.erase(0, kSpace.size());
  while (name.ends_with('_')) name.pop_back();
  return name;
}

template <typename Rule>
Text Printer::use() {
  if constexpr (kMends<Rule>) {
    return {};
  } else {
    const std::string name = own_name<Rule>();
    constexpr bool kHasParts = kNamed<Rule> || !std::is_same_v<typename Rule::subs_t, p::empty_list>;
    if (name.empty() || !kHasParts) return Form<typename Rule::rule_t>::print(*this);
    define<Rule>(name);
    const auto alias = aliases_.find(name);
    return alias != aliases_.end() ? alias->second : Text{Shape::Atom, name};
  }
}

template <typename Rule>
void Printer::define(const std::string& name) {
  if (!defined_.insert(name).second) return;
  const std::size_t line = lines.size();
  lines.push_back({name, {}});
  const Text text = Form<typename Rule::rule_t>::print(*this);
  if (is_alias(text)) {
    aliases_.emplace(name, text);  // its line stays empty and is not printed
  } else {
    lines[line].text = text.text;
  }
}

void Printer::resolve_aliases() {
  for (Line& line : lines) {
    std::string resolved;
    for (std::size_t at = 0; at < line.text.size();) {
      const std::size_t end =
          std::min(line.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", at), line.text.size());
      const std::string word = line.text.substr(at, end - at);
      const auto alias = aliases_.find(word);
      const bool quoted = at > 0 && line.text[at - 1] == '"';
      resolved += alias != aliases_.end() && !quoted ? alias->second.text : word;
      if (end < line.text.size()) resolved += line.text[end];
      at = end + 1;
    }
    line.text = resolved;
  }
}

}  // namespace

std::string print_ebnf() {
  Printer printer;
  (void)printer.use<rules::file>();
  printer.resolve_aliases();
  std::string out;
  for (const Line& line : printer.lines) {
    if (!line.text.empty()) out += fmt::format("{:<22} = {}\n", line.name, line.text);
  }
  return out;
}

}  // namespace bylaw::grammar
