// The declared type reads the scalar: what is written in a scenario, and what the engine gets.
#include <doctest/doctest.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

struct Value {
  std::string type;
  std::string yaml;
  std::string json;  // or the mistake
};

constexpr const char* kTypes = R"(module shop
open scope Area { toys as "area.toys"  books as "area.books" includes toys }
enum Size { small  large }
record Item { name: String  price: Int? }
open record Note { title: String }
entity Person in Team { level: Int? }
entity Team in Team
entity Robot
)";

/// The field `x` of a request whose `now` is 2025-09-10T12:00:00Z, or the first mistake.
std::string read_value(const std::string& type, const std::string& yaml) {
  const std::string policies =
      std::string(kTypes) + "decision d { now: Time?  x: " + type + "  default deny }\npolicy p for d { allow a }\n";
  const std::string scenarios =
      "scenarios:\n  - {name: a, expect: deny, when: {now: 2025-09-10T12:00:00Z, x: " + yaml + "}}\n";
  const auto suites = read(scenarios, policies);
  if (suites->diagnostics.has_errors()) return suites->diagnostics.all().front().text;
  REQUIRE(suites->set.cases.size() == 1);
  const std::string& request = suites->set.cases.front().result.request_json;
  const std::string before = R"({"now": "2025-09-10T12:00:00Z", "x": )";
  REQUIRE(request.substr(0, before.size()) == before);
  return request.substr(before.size(), request.size() - before.size() - 1);
}

TEST_CASE("a text that a request would hold as a number or a Bool is told, and its fix tells it no more") {
  const auto told = [](const std::string& yaml) {
    const auto suites =
        read("scenarios:\n  - {name: a, expect: deny, when: {x: " + yaml + "}}\n",
             std::string(kTypes) + "decision d { x: String  default deny }\npolicy p for d { allow a }\n");
    REQUIRE(!suites->diagnostics.has_errors());
    return suites->diagnostics.all().empty() ? std::string() : suites->diagnostics.all().front().text;
  };
  CHECK(told("8080") == "`8080` is read as a text here, and a request that holds a number is refused");
  CHECK(told("true") == "`true` is read as a text here, and a request that holds a Bool is refused");
  for (const char* plain : {"no", "1.2.3", "8080/tcp", "2025-01-31", "\"8080\"", "'true'"}) CHECK(told(plain) == "");
}

TEST_CASE("values") {
  const Value kValues[] = {
      {"Bool", "true", "true"},
      {"Bool", "no", "`no` is not a Bool: write true or false"},
      {"Bool", "'true'", "`'true'` is not a Bool: write true, without quotes"},
      {"Int", "-12", "-12"},
      {"Int", "1.0", "`1.0` is not an Int: write a whole number of 64 bits, without quotes"},
      {"Int", "9223372036854775808",
       "`9223372036854775808` is not an Int: write a whole number of 64 bits, without quotes"},
      {"String", "no", R"("no")"},
      {"String", "1.10", R"("1.10")"},
      {"String", "'a \"b\" \\ c'", R"("a \"b\" \\ c")"},
      {"String", "[a-z]", "YAML reads `[` here as a list; quote the text: '[a-z]'"},
      {"String", "$name", "no column `name` of this case fills `$name`"},
      {"String", "$$name", R"("$name")"},
      {"String", "'$name'", R"("$name")"},
      {"String", "null", "`null` after `x:`; write `~` to take it away"},
      {"Duration", "1d12h", R"("1d12h")"},
      {"Duration", "P1DT12H", R"("1d12h")"},
      {"Duration", "36", "`36` is not a Duration: write it like `30d` or `1d12h`"},
      {"Time", "2025-01-31", R"("2025-01-31T00:00:00Z")"},
      {"Time", "2025-01-31T09:00:00+02:00", R"("2025-01-31T07:00:00Z")"},
      {"Time", "now", R"("2025-09-10T12:00:00Z")"},
      {"Time", "now + 1d - 1us", R"("2025-09-11T11:59:59.999999Z")"},
      {"Time", "now+36h", R"("2025-09-12T00:00:00Z")"},
      {"Time", "9999-12-31 + 30d", R"("9999-12-31T23:59:59.999999Z")"},
      {"Time", "tomorrow",
       "`tomorrow` is not a Time: write an instant, a date, or a time of the request like `now + 30d`"},
      {"Time", "nwo + 1d", "`nwo + 1d` is not a Time: did you mean `now`?"},
      {"Time", "x + 1d", "`x` is counted from itself: x -> x"},
      {"Size", "small", R"("small")"},
      {"Size", "smal", "`smal` is not a member of Size: did you mean `small`?"},
      {"Size", "{unknown: tiny}", "`{unknown: tiny}` is not a Size: it is not open, so it has no members but its own"},
      {"Area", "toys", R"("area.toys")"},
      {"Area", "area.books", R"("area.books")"},
      {"Area", "{unknown: area.new}", R"("area.new")"},
      {"Area", "{unknown: toys}", "`{unknown: toys}` is not unknown to Area: `toys` is a member; write it alone"},
      {"Set<Area>", "[toys, {unknown: y}]", R"(["area.toys", "y"])"},
      {"Set<Area>", "toys", "`toys` is not a Set<Area>: write a list, `[..]`"},
      {"Item", "{name: a}", R"({"name": "a"})"},
      {"Map<String, Int>", "{a: 1, 'b.c/d': 2, e: ~}", R"({"a": 1, "b.c/d": 2})"},
      {"Map<Area, Item>", "{toys: {name: a}, area.books: {name: b}, other: {name: c}}",
       R"({"area.toys": {"name": "a"}, "area.books": {"name": "b"}, "other": {"name": "c"}})"},
      {"Map<Size, Int>", "{smal: 1}", "`smal` is not a member of Size: did you mean `small`?"},
      {"Map<Area, Int>", "{toys: 1, area.toys: 2}",
       "the field `area.toys` is given twice: `area.toys` is its text in requests"},
      {"Map<String, Int>", "[1]", "`[1]` is not a Map<String, Int>: write its entries, `key: value`"},
      {"Any?", "{a: [1, x, null], b: {c: true}}", R"({"a": [1, "x", null], "b": {"c": true}})"},
      {"Item", "{nam: a}", "the request has no field `x.nam`; did you mean `x.name`?"},
      {"Note", "{title: a, pages: 12, more: {b: [true, x, 007]}}",
       R"({"title": "a", "pages": 12, "more": {"b": [true, "x", 7]}})"},
      {"Person", "Person::bo", R"("Person::\"bo\"")"},
      {"Person", "Person::\"b o\"", R"("Person::\"b o\"")"},
      {"Person", "bo", "`bo` is not a Person: write it like `Person::ana` or `Person::\"ana@contoso.com\"`"},
      {"Person", "Persn::bo", "no entity type `Persn` here; did you mean `Person`?"},
      {"Person", "Robot::r2", "`Robot` cannot stand here, where Person belongs"},
      {"Person | Robot", "Robot::r2", R"("Robot::\"r2\"")"},
      {"Person", "{id: bo, in: Team::a, level: 3}", R"({"id": "bo", "in": ["Team::\"a\""], "level": 3})"},
      {"Person | Robot", "{type: Person, id: bo, in: []}", R"({"type": "Person", "id": "bo", "in": []})"},
      {"Person", "{id: bo, leve: 3}", "Person has no attribute `leve`; did you mean `level`?"},
      {"Robot", "{id: r2, in: []}", "Robot has no parents, so `in` cannot be given"},
      {"Int", "010", "`010` is not an Int: write `10`: a number has no leading zeros"},
      {"Bool", "True", "`True` is not a Bool: write true, without quotes"},
      {"Time", "2026-01-01T00:00:00",
       "`2026-01-01T00:00:00` is not a Time: an instant says its zone: `2026-01-01T00:00:00Z`, or "
       "`2026-01-01T00:00:00+01:00`"},
      {"Time", "2026-1-1", "`2026-1-1` is not a Time: a date has two digits for month and day: `2026-01-01`"},
      {"Int?", "{$json: '5.0'}", "5.0"},
      {"Int?", "{$json: 'null'}", "null"},
  };
  for (const Value& value : kValues) {
    CAPTURE(value.type);
    CAPTURE(value.yaml);
    CHECK(read_value(value.type, value.yaml) == value.json);
  }
}

}  // namespace
}  // namespace bylaw::runner::test
