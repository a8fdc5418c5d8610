#include <bylaw/grammar/diagnostic.h>
#include <bylaw/runner/filter.h>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "names.h"

namespace bylaw::runner {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

bool is_quote(char c) {
  return c == '"' || c == '\'';
}

struct Token {
  enum class Kind { Word, Open, Close, And, Or, Not, End } kind = Kind::End;
  std::string text;           // of a word, quotes taken away
  std::size_t separator = 0;  // of the first unquoted `:` or `=`, or npos
};

/// One word: up to a blank or a bracket; quotes keep these in.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  /// False if a quote does not close.
  bool next(Token& token) {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
    token = {};
    if (rest_.empty()) return true;
    if (rest_.front() == '(' || rest_.front() == ')') {
      token.kind = rest_.front() == '(' ? Token::Kind::Open : Token::Kind::Close;
      rest_.remove_prefix(1);
      return true;
    }
    return word(token);
  }

 private:
  bool word(Token& token) {
    bool quoted = false;
    token.kind = Token::Kind::Word;
    token.separator = std::string::npos;
    while (!rest_.empty() && !is_blank(rest_.front()) && rest_.front() != '(' && rest_.front() != ')') {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (is_quote(c)) {
        quoted = true;
        if (!quotation(c, token.text)) return false;
        continue;
      }
      if ((c == ':' || c == '=') && token.separator == std::string::npos) token.separator = token.text.size();
      token.text += c;
    }
    if (quoted) return true;
    if (token.text == "and") token.kind = Token::Kind::And;
    if (token.text == "or") token.kind = Token::Kind::Or;
    if (token.text == "not") token.kind = Token::Kind::Not;
    return true;
  }

  bool quotation(char quote, std::string& text) {
    while (!rest_.empty() && rest_.front() != quote) {
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      text += rest_.front();
      rest_.remove_prefix(1);
    }
    if (rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view rest_;
};

/// `price` or `item.price` for the column `item.price`.
bool names_column(const std::string& name, const std::string& column) {
  return is_tail(name, column);
}

}  // namespace

class FilterReader {
 public:
  FilterReader(std::string_view text, std::string& problem) : words_(text), problem_(problem) {}

  std::optional<Filter> run() {
    if (!advance()) return std::nullopt;
    if (token_.kind == Token::Kind::End) {
      add({});
      return std::move(filter_);
    }
    if (!either()) return std::nullopt;
    if (token_.kind == Token::Kind::Close) return fail("a bracket closes that never opened");
    if (token_.kind != Token::Kind::End) return fail("write `and` or `or` before " + shown());
    return std::move(filter_);
  }

 private:
  using Kind = Filter::Kind;
  static constexpr int kDeepest = 64;

  std::nullopt_t fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    return std::nullopt;
  }

  std::string shown() const {
    switch (token_.kind) {
      case Token::Kind::Word: return "`" + token_.text + "`";
      case Token::Kind::Open: return "`(`";
      case Token::Kind::Close: return "`)`";
      case Token::Kind::And: return "`and`";
      case Token::Kind::Or: return "`or`";
      case Token::Kind::Not: return "`not`";
      case Token::Kind::End: return "the end";
    }
    return {};
  }

  bool advance() {
    if (words_.next(token_)) return true;
    fail("a quote does not close");
    return false;
  }

  std::size_t add(Filter::Node node) {
    filter_.nodes_.push_back(std::move(node));
    return filter_.nodes_.size() - 1;
  }

  std::optional<std::size_t> joined(Token::Kind word, Kind kind, std::optional<std::size_t> (FilterReader::*part)()) {
    std::optional<std::size_t> left = (this->*part)();
    while (left && token_.kind == word) {
      if (!advance()) return std::nullopt;
      const auto right = (this->*part)();
      if (!right) return std::nullopt;
      left = add({kind, *left, *right, {}, {}});
    }
    return left;
  }

  std::optional<std::size_t> either() { return joined(Token::Kind::Or, Kind::Or, &FilterReader::both); }
  std::optional<std::size_t> both() { return joined(Token::Kind::And, Kind::And, &FilterReader::one); }

  std::optional<std::size_t> one() {
    if (++depth_ > kDeepest) return fail("this nests deeper than 64");
    const auto result = inner();
    --depth_;
    return result;
  }

  std::optional<std::size_t> inner() {
    if (token_.kind == Token::Kind::Not) {
      if (!advance()) return std::nullopt;
      const auto part = one();
      return part ? std::optional(add({Kind::Not, *part, 0, {}, {}})) : std::nullopt;
    }
    if (token_.kind == Token::Kind::Open) {
      if (!advance()) return std::nullopt;
      const auto part = either();
      if (!part) return std::nullopt;
      if (token_.kind != Token::Kind::Close) return fail("a bracket does not close");
      return advance() ? part : std::nullopt;
    }
    if (token_.kind != Token::Kind::Word) return fail("a word is missing before " + shown());
    return term();
  }

  std::optional<std::size_t> term() {
    Filter::Node node = node_of(token_);
    if (!advance()) return std::nullopt;
    const bool goes_on = node.kind == Kind::Name || node.kind == Kind::Column;  // these may have blanks
    while (goes_on && token_.kind == Token::Kind::Word) {
      node.text += " " + token_.text;
      if (!advance()) return std::nullopt;
    }
    return add(std::move(node));
  }

  static Filter::Node node_of(const Token& token) {
    Filter::Node node;
    node.kind = Kind::Name;
    node.text = token.text;
    if (token.separator == std::string::npos || token.separator == 0) return node;
    const std::string head = token.text.substr(0, token.separator);
    if (token.text[token.separator] == '=') {
      node.kind = Kind::Column;
      node.column = head;
    } else if (head == "tag") {
      node.kind = Kind::Tag;
    } else if (head == "rule") {
      node.kind = Kind::Rule;
    } else if (head == "decision") {
      node.kind = Kind::Decision;
    }
    if (node.kind != Kind::Name) node.text = token.text.substr(token.separator + 1);
    return node;
  }

  Words words_;
  std::string& problem_;
  Token token_;
  Filter filter_;
  int depth_ = 0;
};

std::optional<Filter> Filter::parse(std::string_view text, std::string& problem) {
  return FilterReader(text, problem).run();
}

bool Filter::holds(const Node& node, const CaseResult& one) const {
  switch (node.kind) {
    case Kind::Everything: return true;
    case Kind::And: return holds(nodes_[node.left], one) && holds(nodes_[node.right], one);
    case Kind::Or: return holds(nodes_[node.left], one) || holds(nodes_[node.right], one);
    case Kind::Not: return !holds(nodes_[node.left], one);
    case Kind::Name: return one.title().find(node.text) != std::string::npos;
    case Kind::Tag: return std::find(one.tags.begin(), one.tags.end(), node.text) != one.tags.end();
    case Kind::Decision: return is_tail(node.text, one.decision);
    case Kind::Rule:
      return std::any_of(one.rules.begin(), one.rules.end(), [&](const std::string& rule) {
        return is_tail(node.text, rule) || is_tail(node.text, std::string_view(rule).substr(0, rule.rfind('.')));
      });
    case Kind::Column:
      return std::any_of(one.cell.begin(), one.cell.end(), [&](const auto& cell) {
        return names_column(node.column, cell.first) && cell.second == node.text;
      });
  }
  return false;
}

bool Filter::wants(const CaseResult& one) const {
  return nodes_.empty() || holds(nodes_.back(), one);
}

namespace {

std::string did_you_mean(const std::string& name, const std::set<std::string>& candidates) {
  const std::string near = grammar::nearest(name, {candidates.begin(), candidates.end()});
  return near.empty() || near == name ? "" : fmt::format("; did you mean `{}`?", near);
}

/// The last words of a name: `door`, `door.dear` of `shop.door.dear`.
void add_tails(const std::string& name, std::set<std::string>& tails) {
  for (std::size_t dot = name.size(); (dot = name.rfind('.', dot - 1)) != std::string::npos && dot != 0;)
    tails.insert(name.substr(dot + 1));
  tails.insert(name);
}

/// `tags:smoke`, which is a part of a name as it stands.
std::string misspelt_kind(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return "";
  const std::string near = grammar::nearest(text.substr(0, colon), {"tag", "rule", "decision"});
  return near.empty() ? "" : fmt::format("; did you mean `{}{}`?", near, text.substr(colon));
}

}  // namespace

NeverMet Filter::never_met(const std::vector<const CaseResult*>& cases) const {
  for (const Node& node : nodes_) {
    if (node.kind == Kind::And || node.kind == Kind::Or || node.kind == Kind::Not) continue;
    if (std::any_of(cases.begin(), cases.end(), [&](const CaseResult* one) { return holds(node, *one); })) continue;
    std::set<std::string> known;
    switch (node.kind) {
      case Kind::Tag:
        for (const CaseResult* one : cases) known.insert(one->tags.begin(), one->tags.end());
        return {fmt::format("has the tag `{}`", node.text), did_you_mean(node.text, known)};
      case Kind::Rule:
        for (const CaseResult* one : cases)
          for (const std::string& rule : one->rules) {
            add_tails(rule, known);
            add_tails(rule.substr(0, rule.rfind('.')), known);
          }
        return {fmt::format("names a rule `{}` in what it expects", node.text), did_you_mean(node.text, known)};
      case Kind::Decision:
        for (const CaseResult* one : cases) add_tails(one->decision, known);
        return {fmt::format("asks a decision `{}`", node.text), did_you_mean(node.text, known)};
      case Kind::Column:
        for (const CaseResult* one : cases)
          for (const auto& [column, text] : one->cell) add_tails(column, known);
        return {fmt::format("has `{}` in a column `{}`", node.text, node.column), did_you_mean(node.column, known)};
      default: return {fmt::format("contains `{}`", node.text), misspelt_kind(node.text)};
    }
  }
  return {};
}

std::string term_of(const CaseResult& one) {
  std::string term;
  for (const auto& [column, text] : one.cell) {
    const bool simple = std::all_of(text.begin(), text.end(), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
             std::string_view(".:-_/@+").find(c) != std::string_view::npos;
    });
    std::string value = simple && !text.empty() ? text : "\"";
    if (value == "\"") {
      for (const char c : text) value += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
      value += '"';
    }
    term += fmt::format("{}{}={}", term.empty() ? "" : " and ", column, value);
  }
  return term;
}

}  // namespace bylaw::runner
