#include <bylaw/runner/entity_files.h>
#include <doctest/doctest.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const char* const kTypes = R"(module directory
entity Group in Group { level: Int? inherit min }
entity User in Group { level: Int? inherit min  admin: Bool }
entity Site in one Site { open: Bool  owners: Set<User | Group> = {} }
decision enter { who: User  default deny }
policy admins for enter { allow admin when who.admin }
)";

struct Read {
  compiler::Project project;
  grammar::Diagnostics diagnostics;
  EntityTable table;
  std::string json;
  std::string told;
};

struct File {
  std::string path, text;
};

/// The files laid over each other, and what files and runtime say of them.
Read read(const std::vector<File>& files, bool with_program = true) {
  Read result;
  const grammar::SourceId module = result.project.input.sources.add("directory.bylaw", kTypes);
  result.project.input.modules.push_back({module, "directory"});
  const compiler::Program program = compiler::check(result.project.input, result.diagnostics);
  const auto compiled = compiler::lower(program, result.project.input, result.diagnostics);
  REQUIRE(compiled);
  result.diagnostics = {};
  const grammar::Sources& sources = result.project.input.sources;
  for (const File& file : files)
    lay_entity_file(result.table, sources, result.project.input.sources.add(file.path, file.text),
                    with_program ? &program : nullptr, result.diagnostics);
  result.json = result.table.json();
  if (!result.diagnostics.has_errors()) {
    const auto entities = Entities::from_json(*Bundle::from(compiled->bytes), result.json);
    if (entities) {
      const auto ignored = entities->warnings();
      tell_ignored({ignored.begin(), ignored.end()}, result.table, result.diagnostics);
    } else {
      tell_refused(entities.error(), result.table, result.diagnostics);
    }
  }
  result.told = told(result.project, result.diagnostics);
  return result;
}

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

}  // namespace
}  // namespace bylaw::runner::test
