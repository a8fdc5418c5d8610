// What is refused before anything runs: each mistake with its code, its place and its text.
#include <doctest/doctest.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

struct Refused {
  std::string scenarios;
  std::string told;
};

const std::string kHead =
    "decision: buy\n"
    "given: {now: 2025-01-01, who: Robot::r, store: {id: s, open: true, size: small}, item: {name: cup, areas: [toys], "
    "price: 5, fragile: false}}\n"
    "scenarios:\n";

TEST_CASE("keys") {
  const Refused kCases[] = {
      {"  - {name: a, expct: deny}\n",
       "S0101 4:15 unknown key `expct`; did you mean `expect`?\n"},  // what it lacks is told once
      {"  - {name: a, given: {}, expect: deny}\n", "S0101 4:15 unknown key `given`; write `when` here\n"},
      {"  - {name: a, input: {}, expect: deny}\n", "S0101 4:15 unknown key `input`; write `when` here\n"},
      {"  - {group: g, when: {}, scenarios: [{name: a, expect: deny}]}\n",
       "S0101 4:16 unknown key `when`; write `given` here\n"},
      {"  - {group: g, expect: deny, scenarios: [{name: a, expect: deny}]}\n",
       "S0101 4:16 unknown key `expect`; it stands in a scenario, below `scenarios`\n"},
      {"  - {name: a, expect: permit}\n", "S0115 4:23 `expect` is `permit`, and takes allow, deny, invalid or show\n"},
      {"  - {name: a, expect: deny, like: web}\n", "S0224 4:35 no request `web` to start from\n"},
      {"  - {name: a, expect: deny, now: 2025-01-02}\n", "S0211 4:29 `buy` has a field `now`: put it into `when`\n"},
      {"  - {expect: deny}\n", "S0302 4:5 this scenario has no `name`\n"},
      {"  - {name: a, expect: deny}\n  - {name: a, expect: deny}\n",
       "S0303 5:12 the name `a` is given twice (first on line 4)\n"},
      {"  - {name: each $who, expect: deny}\n", "S0229 4:12 no column `who` of this case fills `$who`\n"},
      {"  - {name: costs $5, expect: deny}\n", ""},
      {"  - {group: g, scenarios: [{group: h, scenarios: []}]}\n  - {name: a, expect: deny}\n",
       "S0304 4:29 a group inside a group: groups do not nest\n"},
      {"  - {group: g}\n  - {name: a, expect: deny}\n", "S0302 4:5 this group has no `scenarios`\n"},
      {"  - {name: a, expect: deny, when: 3}\n", "S0115 4:35 `when` is a text, and takes a map\n"},
      {"  - {name: a, expect: deny, decision: by}\n", "S0201 4:39 no decision `by`; there are `buy`, `look`\n"},
  };
  for (const Refused& refused : kCases) {
    CAPTURE(refused.scenarios);
    CHECK(told(*read(kHead + refused.scenarios)) == refused.told);
  }
}

TEST_CASE("requests and columns") {
  const Refused kCases[] = {
      {"  - {name: a, expect: deny, when: {itm: {}}}\n",
       "S0210 4:36 the request has no field `itm`; did you mean `item`?\n"},
      {"  - {name: a, expect: deny, when: {item: {pric: 3}}}\n",
       "S0210 4:43 the request has no field `item.pric`; did you mean `item.price`?\n"},
      {"  - {name: a, expect: deny, when: {item: {price: }}}\n",
       "S0109 4:49 nothing after `price:`; write `~` to take it away\n"},
      {"  - {name: a, expect: deny, when: {item: {price: 3}}, each: {item.price: [x]}}\n",
       "S0103 4:75 `x` is not an Int: write a whole number of 64 bits, without quotes\n"},
      {"  - {name: a, expect: deny, when: {item: {price: x}}, each: {item.price: [3]}}\n",
       "S0103 4:50 `x` is not an Int: write a whole number of 64 bits, without quotes\n"},
      {"  - {name: a, expect: deny, each: {prise: [3]}}\n",
       "S0215 4:36 column `prise` is no field of the request; did you mean `item.price`?\n"},
      {"  - {name: a, each: {expct: [deny]}, expect: deny}\n",
       "S0215 4:22 column `expct` is no field of the request; did you mean `expect`?\n"},
      {"  - {name: a, expect: deny, each: {like: [web]}}\n", "S0224 4:43 no request `web` to start from\n"},
      {"  - {name: a, expect: deny, when: {item: {until: now + 1d}, now: item.until}}\n",
       "S0217 4:50 `now` is counted from itself: now -> item.until -> now\n"
       "S0217 4:66 `item.until` is counted from itself: item.until -> now -> item.until\n"},
      {"  - {name: a, expect: deny, when: {item: {until: now + 1d}, now: ~}}\n",
       "S0218 4:50 `now` has no time in this case to count from\n"},
      {"  - {name: a, expect: deny, when: {store: {size: small, how_big: large}}}\n",
       "S0116 4:57 the field `size` is given twice: `how_big` is its text in requests\n"},
      {"  - name: a\n    expect: deny\n    table:\n      - [item.price]\n      - [3, 4]\n",
       "S0214 8:9 this row has 2 cells, and the table 1 columns\n"},
      {"  - name: a\n    expect: deny\n    table:\n      - [item.price]\n",
       "S0305 7:9 this table has columns and no rows\n"},
      {"  - name: a\n    expect: deny\n    table:\n      - [item.price, item.price]\n      - [3, 4]\n",
       "S0102 7:22 `item.price` is given twice (first on line 7)\n"},
  };
  for (const Refused& refused : kCases) {
    CAPTURE(refused.scenarios);
    CHECK(told(*read(kHead + refused.scenarios)) == refused.told);
  }
}

TEST_CASE("expectations") {
  const Refused kCases[] = {
      {"by: [staff.otherwize]",
       "S0204 4:34 decision `buy` has no rule `staff.otherwize`; did you mean `staff.otherwise`?\n"},
      {"by: [soon.closed]", "S0204 4:34 decision `buy` has no rule `soon.closed`\n"},
      {"by: [staff.trusted]", "S0206 4:34 `by` names `staff.trusted`, which is an exempt rule\n"},
      {"by: [care.pause]", "S0206 4:34 `by` names `care.pause`, which is an oblige rule\n"},
      {"by: [staff.cheap]", "S0220 4:33 `by` names `staff.cheap`, which is an allow rule, beside `expect: deny`\n"},
      {"by: {a: b}", "S0101 4:34 unknown key `a`; the keys here are `includes`\n"},
      {"by: {}", "S0115 4:33 `by` is a map, and takes a rule, a list of rules, `default`, or `{includes: [..]}`\n"},
      {"by: [default]", ""},
      {"exempt: [staff.otherwise]", "S0206 4:38 `exempt` names `staff.otherwise`, which is a deny rule\n"},
      {"findings: {staff.otherwise: 1}", "S0207 4:40 `findings` names `staff.otherwise`, a rule without `for each`\n"},
      {"findings: {care.strange: [toyz]}", "S0103 4:55 `toyz` is not a member of Area: did you mean `toys`?\n"},
      {"audit: [staff.otherwise]", "S0209 4:37 `audit` names `staff.otherwise`, whose policy is never audited\n"},
      {"obliges: {wiat: 1d}", "S0212 4:39 decision `buy` obliges no `wiat`; did you mean `wait`?\n"},
      {"obliges: {wait: 1}", "S0103 4:45 `1` is not a Duration: write it like `30d` or `1d12h`\n"},
      {"annotations: {coed: [a]}", "S0203 4:43 no annotation `coed`; did you mean `code`?\n"},
      {"would_be: maybe", "S0115 4:39 `would_be` is `maybe`, and takes allow or deny\n"},
      {"message: {matches: '('}", "S0103 4:48 `(` is not a regex: `(` is not closed\n"},
      {"invalid: {path: now, code: R0102}", "S0213 4:38 `invalid` beside `expect: deny`: they cannot both come true\n"},
  };
  for (const Refused& refused : kCases) {
    CAPTURE(refused.scenarios);
    CHECK(told(*read(kHead + "  - {name: a, expect: deny, " + refused.scenarios + "}\n")) == refused.told);
  }
}

TEST_CASE("one thing that is spelt in two ways is given twice") {
  CHECK(
      told(*read("entities: {Person::bo: {}, Person::\"bo\": {level: 3}}\n" + kHead + "  - {name: a, expect: deny}\n"))
          .starts_with("S0102 1:28 `Person::\"bo\"` is given twice (first on line 1)\n"));
  CHECK(told(*read(kHead + "  - name: a\n    table:\n      - [item.price, 'item[\"price\"]', expect]\n"
                           "      - [1, 2, deny]\n")) ==
        "S0102 6:22 `item[\"price\"]` is given twice (first on line 6)\n");
}

TEST_CASE("a column that the request and scenarios have says which it means") {
  const std::string module =
      "module shop\ndecision d { tags: Set<String>  n: Int  default allow }\n"
      "policy p for d { deny x when \"a\" in tags because \"x\" }\n";
  const auto read_column = [&](const std::string& column) {
    return read("given: {n: 1, tags: []}\nscenarios:\n  - {name: s, expect: deny, each: [{" + column + ": [a]}]}\n",
                module);
  };
  CHECK(told(*read_column("tags")) ==
        "S0232 3:37 column `tags` may be the field of the request or what scenarios have by this name\n");
  const auto field = read_column("request.tags"), key = read_column("scenario.tags");
  CHECK(told(*field) == "");
  CHECK(field->set.cases.front().result.request_json == R"({"n": 1, "tags": ["a"]})");
  CHECK(told(*key) == "");
  CHECK(key->set.cases.front().result.request_json == R"({"n": 1, "tags": []})");
  CHECK(key->set.cases.front().result.tags == std::vector<std::string>{"a"});
}

TEST_CASE("expect: invalid takes `invalid` and nothing else") {
  CHECK(told(*read(kHead + "  - {name: a, expect: invalid}\n")) ==
        "S0302 4:23 this `expect: invalid` has no `invalid`\n");
  CHECK(told(*read(kHead + "  - {name: a, expect: invalid, invalid: {path: now, code: R0102}, by: default}\n")) ==
        "S0213 4:71 `by` beside `expect: invalid`: they cannot both come true\n");
}

TEST_CASE("a default that decides the other way") {
  CHECK(told(*read(kHead + "  - {name: a, expect: allow, by: default}\n")) ==
        "S0213 4:34 `by: default` beside `expect: allow`: they cannot both come true\n");
  CHECK(told(*read(kHead + "  - {name: a, expect: allow, by: []}\n")) ==
        "S0213 4:34 `by: default` beside `expect: allow`: they cannot both come true\n");
  CHECK(told(*read(kHead + "  - {name: a, expect: deny, by: default}\n")) == "");
}

TEST_CASE("a refusal that no request can get is told before anything runs") {
  const auto refusal = [](const std::string& path, const std::string& code) {
    return told(*read(kHead + "  - name: a\n    expect: invalid\n    invalid:\n      path: " + path +
                      "\n      code: " + code + "\n"));
  };
  CHECK(refusal("now", "R0120") == "S0238 8:13 no request is refused with the code `R0120`; did you mean `R0102`?\n");
  CHECK(refusal("item.prise", "R0102") ==
        "S0210 7:13 the request has no field `item.prise`; did you mean `item.price`?\n");
  // What is refused is that the field is unknown.
  for (const char* path : {"item.prise", "now", "item.price", "item.areas[0]", "who", "who.in", "who.in[0]",
                           "store.staff[2]", "store.how_big", "store.size", "'[\"Person::\\\"ana\\\"\"].level'", "''"})
    CHECK_MESSAGE(refusal(path, "R0101") == "", path);
}

TEST_CASE("a policy that is audited at every instant never decides") {
  const std::string head =
      "decision: look\ngiven: {now: 2025-01-01, who: Robot::r, store: {id: s, open: true, size: "
      "small}}\nscenarios:\n";
  CHECK(told(*read(head + "  - {name: a, expect: deny, by: [future.robots]}\n")) ==
        "S0208 4:34 `by` names `future.robots`, whose policy is only audited: it never decides\n");
  CHECK(told(*read(head + "  - {name: a, expect: deny, by: [soon.closed]}\n")) == "");
}

TEST_CASE("entities") {
  const std::string scenarios = "scenarios: [{name: a, decision: look, expect: allow}]\n";
  CHECK(told(*read("entities: {Persn::bo: {}}\n" + scenarios)) ==
        "S0202 1:12 no entity type `Persn` here; did you mean `Person`?\n");
  CHECK(told(*read("entities: {bo: {}}\n" + scenarios)) ==
        "S0103 1:12 `bo` is not an entity: write it like `User::ana` or `User::\"ana@contoso.com\"`\n");
  CHECK(told(*read("entities: {Person::bo: {lvel: 3}}\n" + scenarios)) ==
        "S0221 1:25 Person has no attribute `lvel`; did you mean `level`?\n");
}

TEST_CASE("a mistake is told once, however many cases meet it") {
  CHECK(told(*read(kHead + "  - {name: a, expect: deny, when: {item: {price: x}}, each: {item.name: [a, b, c]}}\n")) ==
        "S0103 4:50 `x` is not an Int: write a whole number of 64 bits, without quotes\n");
}

TEST_CASE("more cases than are played") {
  std::string hundred = "[";
  for (int i = 0; i < 101; ++i) hundred += std::to_string(i) + ",";
  hundred += "101]";
  CHECK(told(*read(kHead + "  - {name: a, expect: deny, each: {item.price: " + hundred + ", notes: " + hundred +
                   "}}\n")) == "S0216 4:35 this scenario has 10404 cases; at most 10,000 are played\n");
}

}  // namespace
}  // namespace bylaw::runner::test
