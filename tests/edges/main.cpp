// Every row of docs/language/edges.md, asked of the engine and of the judge, and compared with what the page says.
//
// An expression is evaluated in a policy of its own, under the module above it, with the request and entity data above
// it. What stands in its place may also be
//   a declaration            appended to the module; the result says whether it compiles
//   {"field": ..}            fields of the request that replace those above it, as they are written
//   request ..               a whole request
//   entities {..}            entity data instead of that above
// A result is
//   a value                  as messages print it; a String in quotes
//   absent, set              of an optional value
//   valid                    of a request: it gets a decision
//   invalid CODE at path     of a request or of entity data
//   error CODE               of what does not compile
//   warning CODE             of what compiles, and is warned of
//   compiles                 of a declaration
#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "edges/page.h"
#include "reference/engine.h"

namespace {

using namespace bylaw::edges;
using bylaw::reference::Engine;
using nlohmann::json;

bool is_declaration(const std::string& text) {
  constexpr std::array kWords = {"allowlist", "denylist", "list",    "enum",       "open",     "scope",
                                 "record",    "entity",   "const",   "def",        "param",    "template",
                                 "policy",    "import",   "private", "annotation", "decision", "claim"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](const char* word) { return text.starts_with(std::string(word) + " "); });
}

std::string decision_of(const std::string& module) {
  std::string name, asked;
  std::istringstream words(module);
  for (std::string word, before; words >> word; before = word) {
    if (before == "module" && name.empty()) name = word;
    if (before == "decision" && asked.empty()) asked = word;
  }
  return name + "." + asked;
}

std::string name_of(const std::string& decision) {
  return decision.substr(decision.rfind('.') + 1);
}

/// The request with other fields, whose text is kept as it is written: `5.0` and a key twice are what is asked about.
std::string overlaid(const std::string& request, const std::string& fields) {
  const json whole = json::parse(request);
  json kept = whole;
  for (const auto& [key, value] : whole.items())
    if (fields.find("\"" + key + "\":") != std::string::npos) kept.erase(key);
  std::string text = kept.dump();
  text.pop_back();
  return text + (kept.empty() ? "" : ", ") + fields.substr(fields.find('{') + 1);
}

/// The result as the page would have it.
std::string said_of_request(const json& answer) {
  if (answer["verdict"] != "invalid") return "valid";
  const json& error = answer["error"];
  const std::string path = error["path"].is_string() ? error["path"].get<std::string>() : "";
  return "invalid " + error["code"].get<std::string>() + (path.empty() ? "" : " at " + path);
}

class Checker {
 public:
  int failed = 0;

  void check(const Row& row, const Setting& setting) {
    row_ = &row;
    setting_ = &setting;
    if (row.result.starts_with("error ") || row.result.starts_with("warning ") || is_declaration(row.expression))
      check_compilation();
    else if (row.expression.starts_with("{\""))
      check_request(overlaid(setting.request, row.expression), setting.entities);
    else if (row.expression.starts_with("request "))
      check_request(row.expression.substr(8), setting.entities);
    else if (row.expression.starts_with("entities "))
      check_request(setting.request, row.expression.substr(9));
    else
      check_value();
  }

 private:
  const Row* row_ = nullptr;
  const Setting* setting_ = nullptr;

  void fail(const std::string& text) {
    ++failed;
    std::printf("docs/language/edges.md:%zu: `%s`, by the page %s\n  %s\n", row_->line, row_->expression.c_str(),
                row_->result.c_str(), text.c_str());
  }

  std::string with_rule(const std::string& rule) const {
    return setting_->module + "\npolicy row for " + name_of(decision_of(setting_->module)) + " {\n  deny row " + rule +
           "\n}\n";
  }

  void check_compilation() {
    const bool declares = is_declaration(row_->expression);
    const std::string source = declares ? setting_->module + "\n" + row_->expression + "\n"
                                        : with_rule("because \"{" + row_->expression + "}\"");
    std::string said;
    const auto engine = Engine::compile({{"edges.bylaw", source}}, said);
    if (row_->result == "compiles" || row_->result.starts_with("warning ")) {
      if (!engine) return fail("does not compile:\n" + said);
      if (row_->result == "compiles") return;
      said = engine->warnings();
    } else if (engine) {
      return fail("compiles");
    }
    const std::size_t space = row_->result.find(' ');
    if (space == std::string::npos) return fail("a declaration compiles, or gives an `error` or `warning`");
    if (said.find(row_->result.substr(0, space) + "[" + row_->result.substr(space + 1) + "]") == std::string::npos)
      fail("the compiler says:\n" + said);
  }

  void check_request(const std::string& request, const std::string& entities) {
    std::string problem;
    const auto engine = Engine::compile({{"edges.bylaw", setting_->module}}, problem);
    if (!engine) return fail(problem);
    const std::string said = said_of_request(engine->decide_text(decision_of(setting_->module), request, entities));
    if (said != row_->result) fail("the engine says " + said);
  }

  /// The engine's answer, after the judge has agreed with it.
  json answer(const std::string& rule) {
    std::string problem;
    const auto engine = Engine::compile({{"edges.bylaw", with_rule(rule)}}, problem);
    if (!engine) return fail(problem), json();
    const std::string decision = decision_of(setting_->module);
    const json request = json::parse(setting_->request), entities = json::parse(setting_->entities);
    const json said = engine->decide(decision, request, entities);
    if (said.value("verdict", "invalid") == "invalid") return fail("the request is invalid: " + said.dump()), json();
    const std::string differs = bylaw::reference::difference(said, engine->judge(decision, request, entities));
    if (differs.empty()) return said;
    return fail("engine and judge differ: " + differs), json();
  }

  void check_condition(const std::string& condition, bool wanted) {
    const json said = answer("when " + condition + " because \"\"");
    if (!said.is_null() && (said["verdict"] == "deny") != wanted) fail(wanted ? "does not hold" : "holds");
  }

  void check_value() {
    if (row_->result == "absent" || row_->result == "set")
      return check_condition("(" + row_->expression + ") is unset", row_->result == "absent");
    if (row_->result == "true" || row_->result == "false") check_condition(row_->expression, row_->result == "true");
    const json said = answer("because \"{" + row_->expression + "}\"");
    if (said.is_null()) return;
    const std::string wanted =
        row_->result.starts_with('"') ? json::parse(row_->result).get<std::string>() : row_->result;
    const std::string printed = said["messages"].at(0)["text"];
    if (printed != wanted) fail("engine and judge say " + printed);
  }
};

}  // namespace

int main() {
  const Page page = read_page(BYLAW_SOURCE_DIR "/docs/language/edges.md");
  Checker checker;
  for (const Row& row : page.rows) checker.check(row, page.settings[row.setting]);
  std::printf("%zu edges, %d failed\n", page.rows.size(), checker.failed);
  return checker.failed == 0 && !page.rows.empty() ? 0 : 1;
}
