#include <doctest/doctest.h>

#include "entity_reading.h"

namespace bylaw::runner::test {
namespace {

TEST_CASE("later files win entity by entity and attribute by attribute") {
  const Read read_files = read({
      {"a.json", R"({"User::ana": {"in": ["Group::dev"], "admin": true}, "Group::dev": {"level": 4}})"},
      {"b.yaml", "User::\"ana\": {admin: false}\ndirectory.User::bo: {admin: true, in: Group::dev}\n"},
      {"c.yaml", "Group::dev: {level: ~}\nUser::bo: ~\n"},
  });
  CHECK(read_files.told.empty());
  CHECK(read_files.json == R"({"User::\"ana\"": {"in": ["Group::dev"], "admin": false}, "Group::\"dev\"": {}})");
}

TEST_CASE("JSON reaches the engine byte by byte") {
  const std::string value = R"({ "in" : [ "Group::a,b}\"" ], "admin":true , "level": -12 })";
  const Read read_file = read({{"a.json", "\t{ \"User::\\u0061\" :" + value + "}\n"}});
  CHECK(read_file.json == R"({"User::\"a\"": {"in": [ "Group::a,b}\"" ], "admin": true, "level": -12}})");
}

struct RefusedCase {
  std::string path, text, told;
};

const RefusedCase kRefused[] = {
    {"a.json", "{\n  \"User::a\": {\"admin\": true,}\n}",
     "S0241 2:29 this is not JSON: unexpected '}'; expected string literal\n"},
    {"a.json", "", "S0241 1:1 this is not JSON: unexpected end of input; expected '[', '{', or a literal\n"},
    {"a.json", "[]", "S0115 1:1 `a.json` is an array, and takes a map of `Type::id` to parents and attributes\n"},
    {"a.json", R"({"User::a": 7})",
     "S0115 1:13 `User::a` is a number, and takes a map of its attributes, `{}` if there are none\n"},
    {"a.json", R"({"Usr::a": {}})", "S0202 1:2 no entity type `Usr` here; did you mean `User`?\n"},
    {"a.json", R"({"ana": {}})",
     "S0103 1:2 `ana` is not an entity: write it like `User::ana` or `User::\"ana@contoso.com\"`\n"},
    {"a.json", "{\"User::a\": {\"admin\": true},\n \"User::\\\"a\\\"\": {\"admin\": false}}",
     "S0102 2:2 `User::\"a\"` is given twice (first on line 1)\n"},
    {"a.json", R"({"User::a": {"admin": true, "admin": true}})",
     "S0102 1:29 `admin` is given twice (first on line 1)\n"},
    {"a.json", "{\"User::a\": {\n  \"admin\": 1}}", "S0240 2:12 a number where a Bool is wanted (R0103)\n"},
    {"a.json", "{\"User::a\": {\n  \"admin\": true, \"amdin\": 1}}",
     "S0240 2:27 `amdin` is not a field of `directory.User`; did you mean `admin`? (R0101)\n"},
    {"a.yaml", "User::a: {admin: 1}", "S0103 1:18 `1` is not a Bool: write true or false\n"},
    {"a.yaml", "User::a: {admin: true, seen: now + 1d}", "S0218 1:30 `now` has no time in this case to count from\n"},
    {"a.yaml", "User::a:\n  level: 1\n", "S0240 1:1 `admin` is missing: it has no default (R0102)\n"},
    {"a.yaml", "Site::a:\n  open: true\n  owners: [User::\"b@c\"]\n",
     "S0240 3:11 nobody describes `User::\"b@c\"`: its type has attributes, so the request or the entity data "
     "describes it (R0201)\n"},
};

TEST_CASE("what is wrong with a file is told where it stands") {
  for (const RefusedCase& c : kRefused) {
    CAPTURE(c.text);
    CHECK(read({{c.path, c.text}}).told == c.told);
  }
}

TEST_CASE("the last file that gave a value is the place of its mistakes") {
  const Read read_files = read(
      {{"a.json", R"({"User::a": {"admin": true, "level": 3}})"}, {"b.json", "{\n\"User::a\":\n{\"level\": \"x\"}}"}});
  CHECK(read_files.told == "S0240 3:11 a text where an Int is wanted (R0103)\n");
}

TEST_CASE("values that do not count are told") {
  const std::string file = "Group::dev: {level: 3}\nUser::ana:\n  in: Group::dev\n  admin: true\n  level: 5\n";
  CHECK(read({{"a.yaml", file}}).told ==
        "W0810 5:10 `level` of `User::\"ana\"` is 5, but 3 counts: above it stands less, and it inherits by `min`\n");
}

TEST_CASE("without a program YAML is read by the rules of JSON") {
  CHECK(read({{"a.yaml", "User::a: {admin: true, in: [Group::g]}\nGroup::g: {}\n"}}, false).told.empty());
  CHECK(read({{"a.yaml", "User::a: {admin: \"true\"}\n"}}, false).told ==
        "S0240 1:18 a text where a Bool is wanted (R0103)\n");
}

TEST_CASE("a snapshot gives what was given, and other files can be laid over it") {
  const std::string given =
      "Group::top: {level: 3}\nGroup::dev: {in: Group::top}\n"
      "User::ana: {in: Group::dev, admin: true, level: 5}\nSite::main: {open: true, owners: [User::ana, Group::dev]}\n";
  const Read first = read({{"a.yaml", given}});
  REQUIRE(!first.snapshot.empty());
  const Read same = read({{"a.bylaws", first.snapshot}});
  CHECK(same.json ==
        R"({"Group::\"dev\"": {"in": ["directory.Group::\"top\""]}, "Group::\"top\"": {"level": 3}, )"
        R"("Site::\"main\"": {"open": true, "owners": ["directory.Group::\"dev\"", "directory.User::\"ana\""]}, )"
        R"("User::\"ana\"": {"in": ["directory.Group::\"dev\""], "level": 5, "admin": true}})");
  CHECK(same.snapshot == first.snapshot);
  const Read over = read({{"a.bylaws", first.snapshot}, {"b.yaml", "Group::top: {level: 9}\nSite::main: ~\n"}});
  CHECK(over.told.empty());
  CHECK(over.json.find(R"("Group::\"top\"": {"level": 9})") != std::string::npos);
  CHECK(over.json.find("Site") == std::string::npos);
}

TEST_CASE("maps, records in them and what is only there go through a snapshot and back") {
  const Read first = read({{"a.json", R"({"User::ana": {"admin": true}, "Site::main": {"open": true,
      "limits": {"high": 2, "low": 1}, "extra": [1, {"z": null}],
      "notes": {"b \"q\"": {"text": "x", "by": "User::ana", "tags": ["t", "t"]}, "a": {"text": "y"}}}})"}});
  REQUIRE_MESSAGE(first.told.empty(), first.told);
  const Read again = read({{"a.bylaws", first.snapshot}});
  CHECK(again.told.empty());
  CHECK(again.snapshot == first.snapshot);
}

TEST_CASE("a snapshot of other declarations, or none, is refused at its file") {
  CHECK(read({{"a.bylaws", "User::ana: {}\n"}}).told ==
        "S0240 1:1 not a snapshot of entity data: the file does not begin as one (B0011)\n");
}

}  // namespace
}  // namespace bylaw::runner::test
