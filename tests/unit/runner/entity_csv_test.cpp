#include <doctest/doctest.h>

#include "entity_reading.h"

namespace bylaw::runner::test {
namespace {

TEST_CASE("a line of CSV is an entity; `;` stands between several values") {
  const Read read_files = read({
      {"all.csv",
       "type,id,in,admin,level,owners,open\n"
       "Group,dev,,,4,,\n"
       "Group,a;b,,,,,\n"
       "User,ana@contoso.com,Group::dev;Group::\"a;b\",true,,,\n"
       "Site,main,,,,User::\"ana@contoso.com\"; Group::dev,true\n"
       "directory.Site,annex,Site::main,,,\"\",false\n"},
      {"x/User.csv", "id,admin,in\nbo,false,Group::dev\n"},
  });
  CHECK(read_files.told.empty());
  CHECK(read_files.json ==
        R"({"Group::\"dev\"": {"level": 4}, "Group::\"a;b\"": {}, )"
        R"("User::\"ana@contoso.com\"": {"in": ["Group::\"dev\"", "Group::\"a;b\""], "admin": true}, )"
        R"("Site::\"main\"": {"owners": ["User::\"ana@contoso.com\"", "Group::\"dev\""], "open": true}, )"
        R"("Site::\"annex\"": {"in": ["Site::\"main\""], "owners": [], "open": false}, )"
        R"("User::\"bo\"": {"admin": false, "in": ["Group::\"dev\""]}})");
}

struct CsvCase {
  std::string path, text, told;
};

const CsvCase kRefused[] = {
    {"User.csv", "", "E0413 1:1 this file is empty: its first line names the columns\n"},
    {"User.csv", "admin\ntrue\n", "E0416 1:1 column `id` is missing\n"},
    {"User.csv", "id,admin,id\n", "E0415 1:10 column `id` stands here twice\n"},
    {"User.csv", "id,admn\n", "S0221 1:4 User has no attribute `admn`; did you mean `admin`?\n"},
    {"User.csv", "id,open\n",
     "S0221 1:4 User has no attribute `open`; there are `type`, `id`, `in`, `level`, `admin`, `seen`\n"},
    {"people.csv", "id\nana\n",
     "S0242 1:1 whose entities are these? There is no column `type`, and `people` is no entity type\n"},
    {"User.csv", "id,admin\nana\n", "E0417 2:1 this line has 1 cell, and the header names 2 columns\n"},
    {"User.csv", "id,admin\n,true\n", "S0103 2:1 `` is not an id: an id is not empty\n"},
    {"User.csv", "id,admin\nUser::ana,true\n",
     "S0103 2:1 `User::ana` is not an id: the type is known, write the id alone: `ana`\n"},
    {"User.csv", "id,admin\nana,yes\n", "S0103 2:5 `yes` is not a Bool: write true or false\n"},
    {"User.csv", "id,admin,in\nana,true,dev\n",
     "S0103 2:10 `dev` is not a Group: write it like `Group::ana` or `Group::\"ana@contoso.com\"`\n"},
    {"User.csv", "id,admin,level\nana,true, 7\n", "E0412 2:10 blanks stand around the text of this cell\n"},
    {"all.csv", "type,id,open\nUsr,ana,\n", "S0202 2:1 no entity type `Usr` here; did you mean `User`?\n"},
    {"all.csv", "type,id,open\nUser,ana,true\n",
     "S0221 2:10 User has no attribute `open`; there are `in`, `level`, `admin`, `seen`\n"},
    {"User.csv", "id,admin\nana,true\nana,false\n", "S0102 3:1 `User::\"ana\"` is given twice (first on line 2)\n"},
    {"User.csv", "id,admin,level\nana,true,7\nbo,,\n", "S0240 3:1 `admin` is missing: it has no default (R0102)\n"},
};

TEST_CASE("what is wrong with a line is told where it stands") {
  for (const CsvCase& c : kRefused) {
    CAPTURE(c.text);
    CHECK(read({{c.path, c.text}}).told == c.told);
  }
}

TEST_CASE("CSV needs the declared types") {
  CHECK(read({{"User.csv", "id,admin\nana,true\n"}}, false).told ==
        "S0244 1:1 CSV is read by the declared types, and a bundle alone does not say them\n");
}

}  // namespace
}  // namespace bylaw::runner::test
