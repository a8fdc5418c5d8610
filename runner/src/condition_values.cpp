#include "condition_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <format/text_forms.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "element_text.h"
#include "entity_values.h"
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

struct Word {
  std::string text;
  bool inside = false;  // `in` or `not in` stands behind it
};

bool before_in(std::string_view rest) {
  return rest.substr(0, 4) == " in " || rest.substr(0, 8) == " not in ";
}

/// Names with their dots, outside of quotes: "token.expires", "and", "life".
std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
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
    if (!quoted && is_letter(text[at]))
      words.push_back({std::string(text.substr(at, end - at)), before_in(text.substr(end))});
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

/// White space, line ends among it, as one space.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space || (!line.empty() && line.back() != ' ')) line += space ? ' ' : c;
  }
  return line;
}

class Finder {
 public:
  Finder(const Program& program, const grammar::Sources& sources, const AskedValues& asked, RuleId rule,
         const std::vector<FoundElement>& elements)
      : program_(program),
        sources_(sources),
        asked_(asked),
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
    for (const Word& word : words_of(text)) {
      if (is_told(word.text)) continue;
      add_value(word, request);
      if (lets) add_let(word.text, request);
      if (!is_told(word.text)) add_declared(word.text);
    }
  }

  bool is_told(const std::string& word) const { return std::find(told_.begin(), told_.end(), word) != told_.end(); }

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

  void add_value(const Word& word, const Json& request) {
    const std::vector<std::string> steps = split_path(word.text);
    for (std::size_t i = 0; i < elements_.size() && i < rule_.binders.size(); ++i) {
      const compiler::Local& binder = program_.locals[rule_.binders[i].local];
      if (!steps.empty() && steps.front() == binder.name)
        return add_element(word.text, steps, binder.type, elements_[i]);
    }
    Place place = request_place(program_, asked_.decision);
    const Json* value = &request;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Field* field = field_at(program_, place, steps[i]);
      const bool map = map_kind(program_, place) == MapKind::Map;
      if (!field && !map) return;
      const std::optional<format::EntityText> entity = entity_of(place, *value);
      if (entity && (!value->is_object() || !value->contains(field ? field->wire : steps[i])))
        return add_attribute(word.text, *entity, {steps.begin() + static_cast<std::ptrdiff_t>(i), steps.end()});
      if (!value->is_object()) return;
      const auto found = value->find(map ? steps[i] : field->wire);
      if (found == value->end()) {
        if (map || program_.is_optional(field->type)) tell(word.text, word.text + " is unset");
        return;
      }
      place = below(program_, place, steps[i]);
      value = &*found;
    }
    if (value->is_object() && !value->contains("id")) return;
    std::string text = fmt::format("{} is {}", word.text, shortened(print(*value), kLongestValue));
    if (const auto entity = entity_of(place, *value); entity && word.inside)
      text += entities().above(entity->type, entity->id);
    tell(word.text, std::move(text));
  }

  EntityValues entities() const { return {program_, asked_.inspection, asked_.entities_json}; }

  /// The entity that a request names there: as text, of one type also by its id alone, or with its attributes.
  std::optional<format::EntityText> entity_of(Place place, const Json& value) const {
    const Type* type = type_at(program_, place);
    if (!type || type->kind != TypeKind::Entity) return std::nullopt;
    if (value.is_object() && value.contains("type") && value.contains("id"))
      return format::EntityText{print(value["type"]), print(value["id"])};
    if (value.is_string()) {
      const std::string text = value.get<std::string>();
      if (auto entity = format::read_entity(text)) return format::EntityText{entity->type, entity->id};
      if (type->entities.size() == 1) return format::EntityText{program_.entities[type->entities.front()].name, text};
    }
    return std::nullopt;
  }

  void add_attribute(const std::string& word, const format::EntityText& entity, const std::vector<std::string>& steps) {
    const std::string value = entities().attribute(entity.type, entity.id, steps);
    if (!value.empty()) tell(word, fmt::format("{} is {}", word, value));
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

  /// A list or a constant that the name means here: of the own module, or the only one.
  void add_declared(const std::string& word) {
    if (const compiler::List* list = declared<compiler::List>(program_.lists, word)) {
      const std::size_t entries = list->rows.size();
      tell(word, entries == 0 ? word + " is empty"
                              : fmt::format("{} has {} {}", word, entries, entries == 1 ? "entry" : "entries"));
    } else if (const compiler::Constant* constant = declared<compiler::Constant>(program_.constants, word)) {
      const Span span = constant->value ? program_.exprs[constant->value].span : Span();
      if (span.known())
        tell(word, fmt::format("{} is {}", word, shortened(one_line(sources_.text(span)), kLongestValue)));
    }
  }

  template <class T, class Store>
  const T* declared(const Store& all, const std::string& word) const {
    const T* found = nullptr;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      const T& one = all[compiler::Id<T>{i}];
      if (!is_tail(word, program_.qualified(one))) continue;
      if (one.module == policy_.module) return &one;
      if (found) return nullptr;
      found = &one;
    }
    return found;
  }

  void tell(const std::string& word, std::string text) {
    told_.push_back(word);
    texts_.push_back(std::move(text));
  }

  const Program& program_;
  const grammar::Sources& sources_;
  const AskedValues& asked_;
  const compiler::Rule& rule_;
  const compiler::Policy& policy_;
  const std::vector<FoundElement>& elements_;
  std::vector<std::string> told_, texts_;
};

}  // namespace

std::string condition_values(const Program& program, const grammar::Sources& sources, const AskedValues& asked,
                             RuleId rule, const std::vector<FoundElement>& elements, const std::string& condition) {
  const Json request = Json::parse(asked.request_json, nullptr, false);
  if (!request.is_object()) return "";
  return Finder(program, sources, asked, rule, elements).find(condition, request);
}

}  // namespace bylaw::runner
