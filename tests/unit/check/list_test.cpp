// Lists: rows in the source and in CSV files, what they require, whom they ask for the time.

#include <doctest/doctest.h>

#include "unit/check/checking.h"

using namespace bylaw;
using namespace bylaw::compiler;
using compiler::testing::check_source;
using compiler::testing::Checked;

namespace {

struct Case {
  const char* source;
  const char* codes;
};

const std::string kPrelude = R"(
import std.identity.{User, Group}
enum Size { small as "S"  medium  large }
record Box { size: Size }
const end: Time = 2026-03-01
)";

/// A list of type `type` with `requires`, whose rows are in a CSV file.
Checked check_csv(const std::string& type, const std::string& requires_clause, const std::string& csv) {
  Checked checked;
  const std::string source =
      "module test\n" + kPrelude + "allowlist l: " + type + " " + requires_clause + " from \"l.csv\"\n";
  checked.input.modules.push_back({checked.input.sources.add("test.bylaw", source), ""});
  checked.input.data.push_back({checked.input.sources.add("l.csv", csv), ""});
  checked.program = check(checked.input, checked.diagnostics);
  return checked;
}

}  // namespace

TEST_CASE("lists: rows in the source") {
  const Case cases[] = {
      {"allowlist l: User { User::\"a\"  User::\"b\" since 2026-01-01 through 2026-01-31 owner Group::\"s\" because "
       "\"x\" }",
       ""},
      {"allowlist l: User | Group { User::\"a\"  Group::\"b\" }", ""},
      {"allowlist l: String { \"a\"  \"b\" }", ""},
      {"allowlist l: Size { small  Size.large }", ""},
      {"allowlist l: Int { -1  2 }", ""},
      {"allowlist l: User { }", ""},
      {"allowlist l: Box { }", "E0401"},
      {"allowlist l: Set<User> { }", "E0401"},
      {"allowlist l: Int? { }", "E0401"},
      {"allowlist l: User { \"a\" }", "E0202"},
      {"allowlist l: User { Group::\"a\" }", "E0202"},
      {"allowlist l: String { \"a\" until 2026-01-31 }", "E0317"},
      {"allowlist l: String { \"a\" through 2026-01-31T00:00:00Z }", "E0318"},
      {"allowlist l: String { \"a\" until end }", ""},
      {"allowlist l: String { \"a\" through 2026-01-31 until end }", "E0406"},
      {"allowlist l: String { \"a\" since 2026-01-31 since 2026-02-01 }", "E0405"},
      {"allowlist l: String { \"a\" since 2026-04-01 until end }", "E0319"},
      {"allowlist l: String { \"a\" owner \"Group::x\" }", ""},
      {"allowlist l: String { \"a\" owner 3 }", "E0407"},
      {"allowlist l: String { \"a\"  \"b\"  \"a\" }", "W0404"},
      {"allowlist l: String { \"a\" through 2026-01-31  \"a\" since 2026-02-01 }", ""},
      {"allowlist l: String { \"a\" through 2026-02-01  \"a\" since 2026-02-01 }", "W0404"},
      {"denylist l: String { }", ""},
      {"allowlist l: Cidr { cidr\"10.0.0.0/8\"  cidr\"10.1.0.0/16\" }", "W0406"},
      {"allowlist l: Cidr { cidr\"10.1.0.0/16\"  cidr\"10.0.0.0/8\" through 2026-01-31 }", ""},
      {"allowlist l: Cidr { cidr\"10.1.0.0/16\" through 2026-01-30  cidr\"10.0.0.0/8\" through 2026-01-31 }", "W0406"},
      {"allowlist l: Cidr { cidr\"10.0.0.0/8\" through 2026-01-31  cidr\"10.0.0.0/9\"  cidr\"10.1.0.0/16\" }", "W0406"},
      {"allowlist l: Cidr { cidr\"10.0.0.0/8\"  cidr\"11.0.0.0/8\"  cidr\"::/0\" through 2026-01-31 }", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.source));
    const auto checked = check_source(kPrelude + c.source);
    CHECK_MESSAGE(checked.codes() == c.codes, checked.rendered());
  }
}

TEST_CASE("lists: requires") {
  const Case cases[] = {
      {"allowlist l: String requires owner, because { \"a\" owner \"x\" because \"y\" }", ""},
      {"allowlist l: String requires owner, because { \"a\" owner \"x\" }", "E0404"},
      {"allowlist l: String requires owner, because { \"a\" }", "E0404 E0404"},
      {"allowlist l: String requires because { \"a\" because \"\" }", "E0404"},
      {"allowlist l: String requires until { \"a\" through 2026-01-31 }", ""},
      {"allowlist l: String requires until <= since + 180d { \"a\" since 2026-01-01 through 2026-01-31 }", ""},
      {"allowlist l: String requires until <= since + 180d { \"a\" through 2026-01-31 }", "E0404"},
      {"allowlist l: String requires until <= since + 180d { \"a\" }", "E0404 E0404"},
      {"allowlist l: String requires ower { }", "E0402"},
      {"allowlist l: String requires through { }", "E0402"},
      {"allowlist l: String requires entry { }", "E0403"},
      {"allowlist l: String requires until + 3d { }", "E0202"},
      {"allowlist l: String requires until < end { \"a\" through 2026-01-31 }", ""},
      {"allowlist l: Size requires entry != large { small }", ""},
      {"allowlist l: Size requires entry != large { medium }", ""},
      {"allowlist o: User { }  allowlist l: User requires entry in o { }", "E0220"},
      {"allowlist o: User { }  def f(u: User): Bool = u in o  allowlist l: User requires f(entry) { }", "E0220"},
      {"def f(u: User): Bool = u == User::\"a\"  allowlist l: User requires f(entry) { }", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.source));
    const auto checked = check_source(kPrelude + c.source);
    CHECK_MESSAGE(checked.codes() == c.codes, checked.rendered());
  }
}

TEST_CASE("lists: dated ones need the time") {
  const std::string prelude = kPrelude + R"(
allowlist dated: User { User::"a" through 2026-01-31 }
allowlist plain: User { User::"a" }
allowlist to_be_dated: User requires until { }
def on_dated(user: User): Bool = user in dated
decision without { user: User  default allow }
decision with { user: User  now: Time  default allow }
decision maybe { user: User  now: Time?  default allow }
policy base for without, with, maybe { deny base when user == User::"x" because "x" }
)";
  const Case cases[] = {
      {"policy p for with { deny x unless user in dated because \"x\" }", ""},
      {"policy p for without { deny x unless user in plain because \"x\" }", ""},
      {"policy p for without { deny x unless user in dated because \"x\" }", "E0307"},
      {"policy p for without { deny x unless user in to_be_dated because \"x\" }", "E0307"},
      {"policy p for maybe { deny x unless user in dated because \"x\" }", "E0307"},
      {"policy p for with, without { deny x unless user in dated because \"x\" }", "E0307"},
      {"policy p for without { deny x unless on_dated(user) because \"x\" }", "E0307"},
      {"policy p for without { let ok = user in dated  deny x unless ok because \"x\" }", "E0307"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.source));
    const auto checked = check_source(prelude + c.source);
    CHECK_MESSAGE(checked.codes() == c.codes, checked.rendered());
  }
}

TEST_CASE("lists: CSV") {
  struct FileCase {
    const char* type;
    const char* needs;
    const char* csv;
    const char* codes;
  };
  const FileCase cases[] = {
      {"User | Group", "", "entry\nUser::a b@c\nGroup::\"d\"\nidentity.User::x\n", ""},
      {"User", "", "entry\n\"User::\"\"a, b\"\"\"\n\"User::c, d\"\n", ""},
      {"User", "", "entry\nGroup::a\n", "E0420"},
      {"User", "", "entry\nUsr::a\n", "E0420"},
      {"User", "", "entry\na\n", "E0418"},
      {"User", "", "entry\nUser::\n", "E0418"},
      {"User", "", "entry\nUser::\"a\n", "E0411"},
      {"User", "", "entry,owner\n,x\n", "E0419"},
      {"Int", "", "entry\n1\n-2\n", ""},
      {"Int", "", "entry\n01\n", "E0418"},
      {"Int", "", "entry\n1.0\n", "E0418"},
      {"Int", "", "entry\n9223372036854775808\n", "E0418"},
      {"Bool", "", "entry\ntrue\nyes\n", "E0418"},
      {"Duration", "", "entry\n30d\n1d12h\n30\n", "E0418"},
      {"Time", "", "entry\n2026-01-31\n2026-01-31T09:00:00Z\n2026-02-30\n", "E0418"},
      {"Size", "", "entry\nS\nmedium\nlarge\n", ""},
      {"Size", "", "entry\nsmal\n", "E0418"},
      {"String", "", "entry\nx\n\"a, b\"\n", ""},
      {"String", "", "", "E0413"},
      {"String", "", "since\n2026-01-31\n", "E0416"},
      {"String", "", "entry,entry\nx,y\n", "E0415"},
      {"String", "", "entry,onwer\nx,y\n", "E0414"},
      {"String", "", "entry,owner\nx\n", "E0417"},
      {"String", "", "entry,since,through\nx,2026-01-01,2026-01-31\n", ""},
      {"String", "", "entry,until\nx,2026-01-31T00:00:00Z\n", ""},
      {"String", "", "entry,until\nx,2026-01-31\n", "E0317"},
      {"String", "", "entry,through\nx,2026-01-31T00:00:00Z\n", "E0318"},
      {"String", "", "entry,through\nx,tomorrow\n", "E0418"},
      {"String", "", "entry,until,through\nx,2026-01-31T00:00:00Z,2026-01-31\n", "E0406"},
      {"String", "", "entry,until,through\nx,2026-01-31T00:00:00Z,\ny,,2026-01-31\n", ""},
      {"String", "", "entry,since,through\nx,2026-02-01,2026-01-31\n", "E0319"},
      {"String", "requires owner", "entry\nx\n", "E0416"},
      {"String", "requires owner", "entry,owner\nx,\n", "E0404"},
      {"String", "requires owner", "entry,owner\nx,y\n", ""},
      {"String", "requires until", "entry,through\nx,2026-01-31\n", ""},
      {"String", "requires until <= since + 30d", "entry,through\nx,2026-01-31\n", "E0416"},
      {"String", "", "entry\nx\nx\n", "W0404"},
  };
  for (const FileCase& c : cases) {
    CAPTURE(std::string(c.csv));
    const auto checked = check_csv(c.type, c.needs, c.csv);
    CHECK_MESSAGE(checked.codes() == c.codes, checked.rendered());
  }
}

TEST_CASE("lists: what a CSV row becomes") {
  const auto checked = check_csv("User", "",
                                 "entry,since,through,owner,because\n\"User::a, "
                                 "b\",2026-01-01,2026-01-31,Group::secops,INC 1\nUser::c,,,the team,\n");
  REQUIRE_MESSAGE(checked.codes() == "", checked.rendered());
  const List& list = checked.program.lists[ListId{0}];
  CHECK(list.file == "l.csv");
  REQUIRE(list.rows.size() == 2);
  const Row& row = list.rows[0];
  CHECK(checked.program.exprs[row.value].text == "a, b");
  CHECK(row.since == 1767225600000000);
  CHECK(row.until == 1769904000000000);
  CHECK(row.through);
  CHECK(row.owner == "Group::\"secops\"");
  CHECK(row.because == "INC 1");
  CHECK(checked.input.sources.text(row.until_span) == "2026-01-31");
  CHECK(list.rows[1].owner == "the team");
  CHECK(!list.rows[1].because);
  CHECK(!list.rows[1].until);
}

TEST_CASE("lists: files that are not there, and plain text") {
  CHECK(check_source("allowlist l: String from \"gone.csv\"").codes() == "E0701");
  CHECK(check_source("allowlist l: String from \"../gone.csv\"").codes() == "E0703");
  Checked checked;
  checked.input.modules.push_back(
      {checked.input.sources.add("test.bylaw", "module test allowlist l: String from \"l.txt\""), ""});
  checked.input.data.push_back({checked.input.sources.add("l.txt", "x\n"), ""});
  check(checked.input, checked.diagnostics);
  CHECK(checked.codes() == "");
}

TEST_CASE("lists: a denylist of a header alone") {
  Checked checked;
  checked.input.modules.push_back(
      {checked.input.sources.add("test.bylaw", "module test denylist l: String from \"l.csv\""), ""});
  checked.input.data.push_back({checked.input.sources.add("l.csv", "entry\n"), ""});
  check(checked.input, checked.diagnostics);
  CHECK(checked.codes() == "W0401");
}
