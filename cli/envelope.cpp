#include "envelope.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "format/codes.h"

namespace bylaw::cli {
namespace {

using nlohmann::json;

struct Member {
  std::string key;
  std::string_view value;
};

/// Finds the ends of values in a text that is known to be JSON.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Member> members() {
    std::vector<Member> members;
    skip_blanks();
    ++at_;  // {
    for (skip_blanks(); text_[at_] != '}'; skip_blanks()) {
      if (text_[at_] == ',') ++at_;
      skip_blanks();
      const std::string key = json::parse(value()).get<std::string>();
      skip_blanks();
      ++at_;  // :
      skip_blanks();
      members.push_back({key, value()});
    }
    return members;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }

  void skip_string() {
    for (++at_; text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    ++at_;
  }

  std::string_view value() {
    const std::size_t begin = at_;
    std::size_t depth = 0;
    do {
      const char c = text_[at_];
      if (c == '"') {
        skip_string();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
      if (depth == 0 && (c == '}' || c == ']')) break;
    } while (depth > 0 || (at_ < text_.size() && text_[begin] != '"' &&
                           std::string_view(" \t\r\n,]}").find(text_[at_]) == std::string_view::npos));
    return text_.substr(begin, at_ - begin);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

Error error(format::Code code, std::string path, format::Arguments arguments) {
  return {format::info(code).code, std::move(path), format::text(code, arguments), {}};
}

Error not_json(std::string_view line) {
  std::size_t column = 1;
  std::string what = "the text ends too early";
  try {
    [[maybe_unused]] const json never = json::parse(line);
  } catch (const json::parse_error& mistake) {
    column = mistake.byte;
    if (column <= line.size()) what = "something else is wanted here";
  }
  return error(format::Code::NotJson, "", {{"what", what}, {"line", "1"}, {"column", std::to_string(column)}});
}

Error wrong_kind(std::string path, std::string_view seen, std::string_view wanted) {
  return error(format::Code::WrongKind, std::move(path), {{"seen", seen}, {"wanted", wanted}});
}

}  // namespace

std::optional<Error> read_envelope(std::string_view line, Envelope& envelope) {
  if (!json::accept(line)) return not_json(line);
  if (line[line.find_first_not_of(" \t\r\n")] != '{')
    return wrong_kind("", "no object", "an envelope: an object with `request`");
  std::set<std::string> seen;
  std::string_view decision;
  for (const Member& member : Scanner(line).members()) {
    if (member.key != "id" && member.key != "decision" && member.key != "request") continue;
    if (!seen.insert(member.key).second) return error(format::Code::KeyTwice, member.key, {{"key", member.key}});
    if (member.key == "id")
      envelope.id = json::parse(member.value).dump(-1, ' ', false, json::error_handler_t::replace);
    if (member.key == "decision") decision = member.value;
    if (member.key == "request") envelope.request = member.value;
  }
  if (!decision.empty()) {
    const json name = json::parse(decision);
    if (!name.is_string()) return wrong_kind("decision", "no text", "the name of a decision");
    envelope.decision = name.get<std::string>();
  }
  if (seen.contains("request")) return std::nullopt;
  return error(format::Code::Missing, "request",
               {{"field", "request"}, {"rule", "an envelope holds the request that is asked"}});
}

}  // namespace bylaw::cli
