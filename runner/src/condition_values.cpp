#include "condition_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <format/text_forms.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "element_text.h"
#include "shape.h"

namespace bylaw::runner {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestValue = 60;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_path_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '.';
}

/// Behind `["app"]` if that stands at `at`.
std::size_t key_end(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "[\"") return at;
  const std::size_t close = text.find('"', at + 2);
  return close == std::string_view::npos || text.substr(close, 2) != "\"]" ? at : close + 2;
}

/// Names with their dots, outside of quotes: "token.expires", "and", "life".
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') quoted = !quoted;
    std::size_t end = at + 1;
    while (is_path_character(text[at]) && end < text.size()) {
      if (const std::size_t key = key_end(text, end); key != end)
        end = key;
      else if (is_path_character(text[end]))
        ++end;
      else
        break;
    }
    if (!quoted && is_letter(text[at])) words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::string print(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array()) {
    std::vector<std::string> items;
    for (const Json& item : value) items.push_back(print(item));
    return fmt::format("[{}]", fmt::join(items, ", "));
  }
  if (!value.is_object() || !value.contains("id")) return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  const std::string id = print(value["id"]);
  return value.contains("type") ? format::print_entity(print(value["type"]), id) : id;
}

class Finder {
 public:
  Finder(const Program& program, const grammar::Sources& sources, DecisionId decision, RuleId rule,
         const std::vector<FoundElement>& elements)
      : program_(program),
        sources_(sources),
        decision_(decision),
        rule_(program.rules[rule]),
        policy_(program.policies[rule_.policy]),
        elements_(elements) {}

  std::string find(const std::string& condition, const Json& request) {
    add_words(condition, request, true);
    const bool alone = told_.size() == 1 && told_.front() == condition;
    return alone ? "" : fmt::format("{}", fmt::join(texts_, ", "));
  }

 private:
  void add_words(std::string_view text, const Json& request, bool lets) {
    for (const std::string& word : words_of(text)) {
      if (std::find(told_.begin(), told_.end(), word) != told_.end()) continue;
      add_value(word, request);
      if (lets) add_let(word, request);
    }
  }

  void add_let(const std::string& word, const Json& request) {
    add_let(policy_.lets, word, request);
    for (const compiler::RuleId rule : policy_.rules) add_let(program_.rules[rule].lets, word, request);
  }

  void add_let(const std::vector<compiler::LocalId>& lets, const std::string& word, const Json& request) {
    for (const compiler::LocalId id : lets) {
      const compiler::Local& let = program_.locals[id];
      if (let.name == word && let.value) add_words(sources_.text(program_.exprs[let.value].span), request, false);
    }
  }

  void add_value(const std::string& word, const Json& request) {
    const std::vector<std::string> steps = split_path(word);
    for (std::size_t i = 0; i < elements_.size() && i < rule_.binders.size(); ++i) {
      const compiler::Local& binder = program_.locals[rule_.binders[i].local];
      if (!steps.empty() && steps.front() == binder.name) return add_element(word, steps, binder.type, elements_[i]);
    }
    Place place = request_place(program_, decision_);
    const Json* value = &request;
    for (const std::string& step : steps) {
      const Field* field = field_at(program_, place, step);
      const bool map = map_kind(program_, place) == MapKind::Map;
      if ((!field && !map) || !value->is_object()) return;
      place = below(program_, place, step);
      const auto found = value->find(map ? step : field->wire);
      if (found == value->end()) {
        if (map || program_.is_optional(field->type)) tell(word, word + " is unset");
        return;
      }
      value = &*found;
    }
    if (value->is_object() && !value->contains("id")) return;
    tell(word, fmt::format("{} is {}", word, shortened(print(*value), kLongestValue)));
  }

  /// An element's own value, or a field of it that has a printed form.
  void add_element(const std::string& word, const std::vector<std::string>& steps, TypeId type,
                   const FoundElement& element) {
    if (steps.size() == 1) {
      if (element.fields.empty())
        tell(word, fmt::format("{} is {}", word, shortened(element.value.text, kLongestValue)));
      return;
    }
    const Field* const field = steps.size() == 2 ? field_at(program_, {type}, steps[1]) : nullptr;
    if (!field) return;
    for (const auto& [name, value] : element.fields)
      if (name == field->wire) return tell(word, fmt::format("{} is {}", word, shortened(value.text, kLongestValue)));
    if (program_.is_optional(field->type) && !element.fields.empty()) tell(word, word + " is unset");
  }

  void tell(const std::string& word, std::string text) {
    told_.push_back(word);
    texts_.push_back(std::move(text));
  }

  const Program& program_;
  const grammar::Sources& sources_;
  DecisionId decision_;
  const compiler::Rule& rule_;
  const compiler::Policy& policy_;
  const std::vector<FoundElement>& elements_;
  std::vector<std::string> told_, texts_;
};

}  // namespace

std::string condition_values(const Program& program, const grammar::Sources& sources, DecisionId decision, RuleId rule,
                             const std::vector<FoundElement>& elements, const std::string& condition,
                             const std::string& request_json) {
  const Json request = Json::parse(request_json, nullptr, false);
  if (!request.is_object()) return "";
  return Finder(program, sources, decision, rule, elements).find(condition, request);
}

}  // namespace bylaw::runner
