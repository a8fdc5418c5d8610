// Which rule a failure names, and what it says of the elements of a `for each`.
#include <bylaw/runner/render.h>
#include <doctest/doctest.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const std::string kPods =
    "module shop\n"
    "open record Container { name: String  image: String  privileged: Bool? }\n"
    "decision admit { containers: List<Container>  tags: Set<String> = {}  count: Int  default allow }\n"
    "policy images for admit {\n"
    "  exempt small when count < 3\n"
    "  exempt tiny when count < 2\n"
    "  deny foreign for each c in containers when c.image == \"nginx\" because \"from elsewhere\"\n"
    "  deny privileged for each c in containers when (c.privileged ?? false) and c.name != \"ok\" because \"no\"\n"
    "  deny tagged for each t in tags when t == \"bad\" because \"no\"\n"
    "}\n"
    "policy elsewhere for admit when count > 100 { deny web for each c in containers when c.name == \"web\" because "
    "\"no\" }\n";

/// The text of the one failure.
std::string failure(const std::string& scenario) {
  compiler::Project project = make_project(kPods,
                                           "given: {count: 9, containers: [{name: web, image: a}, {name: mesh, image: "
                                           "b, privileged: false}]}\nscenarios:\n  - " +
                                               scenario + "\n");
  const RunResult result = run(project, {}, {});
  REQUIRE(result.cases.size() == 1);
  return to_text(result, project.input.sources, {});
}

bool says(const std::string& text, const std::string& part) {
  INFO(text);
  const bool found = text.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

TEST_CASE("a rule that any expectation names is told before one that is nearer") {
  says(failure("{name: a, expect: deny}"), "nearest rule that would deny: images.foreign; as near: images.privileged");
  says(failure("{name: a, expect: deny, by: [images.tagged]}"), "nearest rule that would deny: images.tagged\n");
  says(failure("{name: a, expect: deny, findings: {images.tagged: [bad]}}"), "would deny: images.tagged\n");
  says(failure("{name: a, expect: deny, message: {images.tagged: no}}"), "would deny: images.tagged\n");
  // That it finds nothing is no reason to tell of it.
  says(failure("{name: a, expect: deny, findings: {images.tagged: 0}}"), "would deny: images.foreign; as near");
}

TEST_CASE("what the default shall deny is not told as what a rule would") {
  compiler::Project project = make_project(
      "module shop\ndecision d { n: Int  default deny }\n"
      "policy p for d { allow small when n < 9  deny odd when n == 77  because \"odd\" }\n",
      "scenarios:\n  - {name: a, when: {n: 3}, expect: deny, by: default}\n");
  const std::string text = to_text(run(project, {}, {}), project.input.sources, {});
  says(text, "p.small decided");
  CHECK_MESSAGE(text.find("nearest rule") == std::string::npos, text);
}

TEST_CASE("of equally near rules the first is told, and the others are named") {
  const std::string text = failure(
      "{name: a, when: {count: 2, containers: [{name: web, image: nginx}]}, expect: deny, by: [images.foreign]}");
  says(text, "images.foreign did not decide: images.small lifted it");
  says(failure("{name: a, when: {containers: [{name: web, image: nginx}]}, expect: allow}"),
       "nearest: the exemption images.small would lift it; as near: images.tiny\n");
}

TEST_CASE("of a `for each` the nearest element is told, and what the condition read of it") {
  const std::string text = failure("{name: a, expect: deny, by: [images.privileged]}");
  says(text, "images.privileged, 1 of 2 conditions holds\n");
  says(text, "false: c.privileged is unset\n");
  says(text, "  for c = containers[0]: {name: web, image: a}\n");
  says(failure("{name: a, when: {tags: [x]}, expect: deny, by: [images.tagged]}"), "  for t in tags: x\n");
  says(failure("{name: a, expect: deny, by: [images.tagged]}"), "  its `for each` has no elements\n");
}

TEST_CASE("a `for each` rule that decided says for which element") {
  const std::string text =
      failure("{name: a, when: {containers: [{name: web, image: nginx}, {name: b, image: nginx}]}, expect: allow}");
  says(text,
       "images.foreign decided: from elsewhere\n"
       "    7 |   deny foreign for each c in containers when c.image == \"nginx\" because \"from elsewhere\"\n"
       "      |                                              ------------------ c.image is nginx\n"
       "    for c = containers[0]: {name: web, image: nginx} and 1 more\n");
}

TEST_CASE("values of both sides: what an entity holds and inherits, what it lies in, lists and constants") {
  const std::string policies =
      "module shop\n"
      "entity Group in Group {}\n"
      "entity User in Group {}\n"
      "allowlist friends: User {\n  User::\"x\"\n  User::\"y\"\n}\n"
      "const few: Set<Int> = {1, 2}\n"
      "decision d { who: User  n: Int  default deny }\n"
      "policy p for d {\n"
      "  allow member when who in Group::\"b\"\n"
      "  allow friend when who in friends and n == 7\n"
      "  deny many when n not in few because \"many\"\n"
      "}\n";
  compiler::Project project =
      make_project(policies,
                   "entities: {Group::a: {in: [Group::c]}, Group::c: {}, User::ana: {in: Group::a}}\n"
                   "scenarios:\n  - {name: a, when: {who: User::ana, n: 3}, expect: allow}\n"
                   "  - {name: b, when: {who: User::ana, n: 1}, expect: allow, by: [p.member]}\n"
                   "  - {name: c, when: {who: User::ana, n: 7}, expect: allow, by: [p.friend]}\n");
  const RunResult result = run(project, {}, {});
  const std::string text = to_text(result, project.input.sources, {});
  says(text, "who is User::\"ana\", which is in Group::\"a\", Group::\"c\"");
  says(text, "friends has 2 entries");
  says(text, "few is {1, 2}");
}

}  // namespace
}  // namespace bylaw::runner::test
