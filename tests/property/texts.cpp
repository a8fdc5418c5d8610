// Functions of texts at their edges: every pair of awkward texts, in engine and judge, and what is known by heart.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reference/engine.h"

namespace {

using namespace bylaw::reference;
using nlohmann::json;

constexpr const char* kTexts = R"(module texts
const numbers: Map<String, Int> = {"admin": 3, "dmin": 2, "": 1, "äß": 5, "sk": 0}
const names: Set<String> = {"admin", "straße", "sk", ""}
allowlist people: String { "admin"  "äß" since 2020-01-01  "sk" through 2021-01-01 }
allowlist shapes: Glob { glob"adm*"  glob"?ß" }
enum Sort { one  two as "2" }
decision ask { mixed_as: Sort = Sort.two  a: String  b: String  some: Set<String>  row: List<String>  mixed: Bool  now: Time  default allow }
policy values for ask {
  let low = lower(a)
  let either = if mixed then fold(a) else fold(b)
  let both = "{a}/{b}"
  let number = "{length(a)}-{mixed_as}{a}"
  deny composed   because "{both}|{number}|{lower(both)}|{length("{a}{b}{a}")}|{after("{a}{b}", "d") ?? "-"}|{before_last(fold(both), fold(b)) ?? "-"}"
  deny is_both    when both == "admin/min" or "{b}{a}" in names or both in people or lower("{a}{b}") matches glob"adm*"  because "x"
  deny has_both   when contains(b, "{a}n") or starts_with("{a}{b}", b) or ends_with(fold("{b}{a}"), fold(a))  because "x"
  deny keyed      when (numbers["{a}{b}"] ?? 0) > 1 or (numbers["d{after(a, "d") ?? b}"] ?? 0) > 1  because "x"
  deny chosen_of  when (if mixed then both else a) == b or (before(if mixed then "{a}d" else b, "d") ?? b) == a  because "x"
  let head = before(a, b)
  let tail = after_last(fold(a), fold(b))
  let some_part = if mixed then before(a, "d") ?? b else after(b, "a") ?? a
  deny beside     because "{before(a, b) ?? "-"}|{after(a, b) ?? "-"}|{before_last(a, b) ?? "-"}|{after_last(a, b) ?? "-"}"
  deny beside_low because "{before(lower(a), b) ?? "-"}|{after(fold(a), fold(b)) ?? "-"}|{before_last(lower(a), lower(b)) ?? "-"}|{tail ?? "-"}"
  deny nested     because "{before(after(a, "a"), "m") ?? "-"}|{after_last(before_last(b, "i"), "d") ?? "-"}|{some_part}|{lower(some_part)}|{length(some_part)}"
  deny head_is    when head is set and (head == b or starts_with(b, head) or head in names or head in people)  because "{head}"
  deny head_like  when head is unset or head matches glob"?*" or fold(head) in shapes     because "x"
  deny tail_is    when tail is set and tail == fold(b)     because "{tail}"
  deny looked_up  when (numbers[some_part] ?? 0) > (numbers[before(a, "x") ?? "sk"] ?? 1)  because "x"
  deny each_part for each n in some when (after(n, "a") ?? "") in some or any m in some: before(m, n) is set  because "{before(n, b) ?? "-"}"
  deny printed    because "{lower(a)}|{fold(a)}|{length(a)}|{low}|{either}|{fold("ÄB")}"
  deny parts      when contains(a, b) or contains(lower(a), b) or contains(a, fold(b)) or contains(fold(a), lower(b))  because "x"
  deny part       when contains(a, b)                     because "x"
  deny begins     when starts_with(fold(a), fold(b))      because "x"
  deny begins_as  when starts_with(a, b)                  because "x"
  deny ends       when ends_with(lower(a), b)             because "x"
  deny ends_as    when ends_with(a, b)                    because "x"
  deny equal      when lower(a) == lower(b)               because "x"
  deny folded     when fold(a) == fold(b)                 because "x"
  deny crossed    when fold(a) == lower(b)                because "x"
  deny half       when low != b                           because "x"
  deny chosen     when either == b                        because "x"
  deny in_names   when fold(a) in names                   because "x"
  deny in_some    when lower(a) in some and low not in {b, "x"}  because "x"
  deny in_row     when fold(a) in row                     because "x"
  deny in_people  when fold(a) in people                  because "x"
  deny in_shapes  when fold(a) in shapes                  because "x"
  deny matched    when lower(a) matches glob"*ad*" or fold(a) matches {glob"s?", glob"**ss"}  because "x"
  deny any_of     when any n in some: fold(n) == fold(a)  because "x"
  deny each for each n in some when ends_with(lower(n), lower(b)) and length(n) > length(b)  because "{fold(n)}"
  deny constant   when contains("abc", "bc") and starts_with(lower("ABC"), "ab") and length("äöü") == 3  because "x"
}
)";

json texts(const std::vector<std::string>& all, std::size_t from, std::size_t count) {
  json list = json::array();
  for (std::size_t i = 0; i < count; ++i) list.push_back(all[(from + i * 3) % all.size()]);
  return list;
}

}  // namespace

TEST_CASE("functions of texts: engine and judge agree") {
  std::string problem;
  const auto engine = Engine::compile({{"texts.bylaw", kTexts}}, problem);
  REQUIRE_MESSAGE(engine, problem);
  const std::vector<std::string> all = {"",
                                        "a",
                                        "admin",
                                        "ADMIN",
                                        "Admin",
                                        "min",
                                        "straße",
                                        "STRASSE",
                                        "STRAẞE",
                                        "ſk",
                                        "\u212a",
                                        "K",
                                        "ss",
                                        "ß",
                                        "Äß",
                                        "äẞ",
                                        "e\u0301",
                                        "é",
                                        "😀",
                                        "x😀y",
                                        "İ",
                                        "i",
                                        "ı",
                                        "Σ",
                                        "σς",
                                        std::string(40, 'a'),
                                        std::string(39, 'a') + "B",
                                        "aab",
                                        "sK",
                                        "\u1e9e"};
  for (std::size_t x = 0; x < all.size(); ++x)
    for (std::size_t y = 0; y < all.size(); ++y) {
      const json request = {{"a", all[x]},
                            {"b", all[y]},
                            {"some", texts(all, x + y, y % 4)},
                            {"row", texts(all, y, x % 4)},
                            {"mixed", (x + y) % 2 == 0},
                            {"now", "2026-01-01T00:00:00Z"}};
      const std::string differs =
          difference(engine->decide("texts.ask", request, {}), engine->judge("texts.ask", request, {}));
      REQUIRE_MESSAGE(differs.empty(), request.dump() << "\n" << differs);
    }
}

TEST_CASE("what lower, fold and length give") {
  std::string problem;
  const auto engine = Engine::compile({{"texts.bylaw", kTexts}}, problem);
  REQUIRE_MESSAGE(engine, problem);
  const auto printed = [&](const std::string& a, const std::string& b, bool mixed) {
    const json answer = engine->decide("texts.ask",
                                       {{"a", a},
                                        {"b", b},
                                        {"some", json::array()},
                                        {"row", json::array()},
                                        {"mixed", mixed},
                                        {"now", "2026-01-01T00:00:00Z"}},
                                       {});
    for (const json& message : answer.at("messages"))
      if (message.at("rule") == "texts.values.printed") return message.at("text").get<std::string>();
    return answer.dump();
  };
  CHECK(printed("ÄbC", "Q", true) == "Äbc|äbc|3|Äbc|äbc|äb");
  CHECK(printed("ſ\u212aẞ", "Q", false) == "ſ\u212aẞ|skß|3|ſ\u212aẞ|q|äb");
  CHECK(printed("😀", "", false) == "😀|😀|1|😀||äb");
}
