#include "path.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "suggest.h"

using namespace bylaw;

namespace {

std::string text(const Path& path) {
  std::array<char, 64> room;
  return std::string(write_path(path, room));
}

std::string nearest(std::string_view given, std::initializer_list<const char*> names) {
  Suggestion near(given);
  for (const char* name : names) near.offer(name);
  std::array<char, 128> room;
  return std::string(near.write(room));
}

}  // namespace

TEST_CASE("paths are spelled as the sender spelled them") {
  const Path root, token = root.in("token"), scopes = token.in("scopes"), second = scopes.at(1);
  CHECK(text(root) == "");
  CHECK(text(token) == "token");
  CHECK(text(second) == "token.scopes[1]");
  CHECK(text(second.in("x-y")) == "token.scopes[1].x-y");
  CHECK(text(root.at(0)) == "[0]");
  CHECK(text(root.in("a b")) == "[\"a b\"]");
  CHECK(text(token.in("a.b")) == "token[\"a.b\"]");
  CHECK(text(token.in("")) == "token[\"\"]");
  CHECK(text(token.in("q\"\\\n")) == "token[\"q\\\"\\\\\\u000a\"]");
  CHECK(text(root.in(std::string(100, 'x'))) == std::string(64, 'x'));
}

TEST_CASE("the nearest name, or all if they are few") {
  CHECK(nearest("creat", {"create", "extend"}) == "; did you mean `create`?");
  CHECK(nearest("Create", {"create", "extend"}) == "; did you mean `create`?");
  CHECK(nearest("craete", {"create", "extend"}) == "; did you mean `create`?");
  CHECK(nearest("no", {"on", "yes"}) == "; did you mean `on`?");
  CHECK(nearest("destroy", {"create", "extend"}) == "; it can be `create` or `extend`");
  CHECK(nearest("destroy", {"create"}) == "; it can be `create`");
  CHECK(nearest("destroy", {"a", "b", "c", "d", "e", "f", "g"}) == "");
  CHECK(nearest("destroy", {}) == "");
}
