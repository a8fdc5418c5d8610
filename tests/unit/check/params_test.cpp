// Params: which value counts, and what is told of those that cannot be taken.
#include <bylaw/compiler/project.h>
#include <doctest/doctest.h>

#include "unit/check/checking.h"

namespace bylaw::compiler::testing {
namespace {

const std::string kModule = R"(module shop
import std.identity.{User, Group}
enum Level { low < mid < high }
record Label { name: String  level: Level = mid  note: String? }
param days: Int = 90 in 1..365
param level: Level = low
param owners: Set<User | Group> = {}
param levels: List<Level> max 2 = []
param label: Label = {name: "team"}
param text: String = "none"
param share: Decimal = 0.5
param at: Time = 2026-01-01
param net: Cidr = cidr"10.0.0.0/8"
param files: Glob = glob"*.md"
param judge: Policy = p
private param hidden: Bool = false
const twice: Int = days * 2
decision ask { life: Int  now: Time  default allow }
policy p for ask { deny x when life > twice because "x" }
)";

struct Built : Checked {
  std::optional<Bundle> bundle;

  /// "days=90 level=high": those that were asked for.
  std::string values(const std::vector<std::string>& names) const {
    std::string text;
    for (const std::string& name : names)
      for (const Bundle::Param& param : bundle->params)
        if (param.name == "shop." + name) text += (text.empty() ? "" : " ") + name + "=" + param.value;
    return text;
  }
};

/// `layers` as YAML, the weakest first, over the module.
Built build(const std::vector<std::string>& layers, const std::string& module = kModule) {
  Built built;
  Input& input = built.input;
  input.modules.push_back({input.sources.add("shop.bylaw", module), ""});
  for (const std::string& layer : layers) {
    const auto document = read_yaml(input.sources, input.sources.add("params.yaml", layer), built.diagnostics);
    if (!document) continue;
    if (auto given = param_layer(*document, built.diagnostics)) input.params.push_back(std::move(*given));
  }
  built.program = check(input, built.diagnostics);
  if (!built.diagnostics.has_errors()) built.bundle = lower(built.program, input, built.diagnostics);
  return built;
}

std::string codes_of(const std::string& layer) {
  return build({layer}).codes();
}

}  // namespace

TEST_CASE("params: the last layer that says something counts") {
  const std::vector<std::string> names{"days", "level"};
  CHECK(build({}).values(names) == "days=90 level=low");
  CHECK(build({"days: 7\n"}).values(names) == "days=7 level=low");
  CHECK(build({"days: 7\nlevel: high\n", "days: 8\n"}).values(names) == "days=8 level=high");
  CHECK(build({"shop.days: 7\n", "days: 8\n"}).values(names) == "days=8 level=low");
  CHECK(build({"days: 8\n", "shop.days: 7\n"}).values(names) == "days=7 level=low");
  CHECK(build({"", "{}\n"}).values(names) == "days=90 level=low");
}

TEST_CASE("params: values are read by the declared type") {
  const auto value = [](const std::string& name, const std::string& written) {
    const Built built = build({name + ": " + written + "\n"});
    REQUIRE_MESSAGE(built.bundle, built.rendered());
    return built.values({name});
  };
  CHECK(value("owners", "[Group::dev, 'User::\"a b\"', Group::dev]") == "owners={Group::\"dev\", User::\"a b\"}");
  CHECK(value("levels", "[high, low]") == "levels=[high, low]");
  CHECK(value("label", "{name: cost, note: \"5\"}") == "label={name: \"cost\", level: mid, note: \"5\"}");
  CHECK(value("label", "{name: cost, level: low, note: ~}") == "label={name: \"cost\", level: low, note: absent}");
  CHECK(value("text", "no") == "text=\"no\"");
  CHECK(value("text", "\"\"") == "text=\"\"");
  CHECK(value("share", "1.25") == "share=1.25");
  CHECK(value("at", "2026-05-01") == "at=2026-05-01T00:00:00Z");
  CHECK(value("net", "192.168.0.0/16") == "net=cidr\"192.168.0.0/16\"");
  CHECK(value("files", "docs/**") == "files=glob\"docs/**\"");
  CHECK(value("judge", "shop.p") == "judge=\"shop.p\"");
  CHECK(value("hidden", "true") == "hidden=true");
}

TEST_CASE("params: what cannot be taken") {
  CHECK(codes_of("dasy: 3\n") == "E0802");
  CHECK(codes_of("other.days: 3\n") == "E0802");
  CHECK(codes_of("twice: 3\n") == "E0802");
  CHECK(codes_of("days: 3\nshop.days: 4\n") == "E0804");
  CHECK(codes_of("days: 366\n") == "E0806");
  CHECK(codes_of("days: 0\n") == "E0806");
  CHECK(codes_of("days: [3]\n") == "E0805");
  CHECK(codes_of("days: {a: 3}\n") == "E0805");
  CHECK(codes_of("days: ~\n") == "E0805");
  CHECK(codes_of("days:\n") == "E0805");
  CHECK(codes_of("days: three\n") == "E0418");
  CHECK(codes_of("days: \"3\"\n") == "E0418");
  CHECK(codes_of("level: hihg\n") == "E0418");
  CHECK(codes_of("levels: low\n") == "E0805");
  CHECK(codes_of("levels: [low, low, low]\n") == "E0235");
  CHECK(codes_of("levels: [low, medium]\n") == "E0418");
  CHECK(codes_of("owners: [Team::x]\n") == "E0420");
  CHECK(codes_of("label: {name: a, levle: low}\n") == "E0209");
  CHECK(codes_of("label: {level: low}\n") == "E0230");
  CHECK(codes_of("label: cost\n") == "E0805");
  CHECK(codes_of("judge: p\n") == "E0418");
  CHECK(codes_of("net: 10.0.0.1/8\n") == "E0418");
  CHECK(codes_of("files: '[a'\n") == "E0261");
  CHECK(codes_of("text: \"a\\u200bb\"\n") == "E0805");
  CHECK(codes_of("- days\n") == "E0809");
  CHECK(codes_of("days\n") == "E0809");
}

TEST_CASE("params: one without default must be given, and its place is told") {
  const std::string module = "module shop\nparam days: Int\nparam other: Int = days\n";
  const Built missing = build({}, module);
  CHECK(missing.codes() == "E0801");
  CHECK(missing.rendered().find("shop.bylaw:2:7: error[E0801]: param `days` has no value") != std::string::npos);
  CHECK(missing.rendered().find("`params: {days: ..}`, or with `--param days=..`") != std::string::npos);
  CHECK(build({"days: 3\n"}, module).values({"days", "other"}) == "days=3 other=3");
}

TEST_CASE("params: names of several modules") {
  Input input;
  input.modules.push_back({input.sources.add("a.bylaw", "module a\nparam days: Int = 1\n"), "a"});
  input.modules.push_back({input.sources.add("b/a.bylaw", "module b.a\nparam days: Int = 2\n"), "b.a"});
  const auto codes_with = [&](const std::string& layer) {
    Input copy = input;
    grammar::Diagnostics diagnostics;
    copy.params.push_back(
        *param_layer(*read_yaml(copy.sources, copy.sources.add("p.yaml", layer), diagnostics), diagnostics));
    const Program program = check(copy, diagnostics);
    std::string codes;
    for (const auto& each : diagnostics.all()) codes += grammar::info(each.code).id;
    return codes;
  };
  CHECK(codes_with("days: 3\n") == "E0803");
  CHECK(codes_with("a.days: 3\n") == "");  // the whole name of one, though the tail of another
  CHECK(codes_with("b.a.days: 3\n") == "");
}

TEST_CASE("params: a value that is needed while compiling is the given one") {
  const std::string module =
      "module shop\nparam n: Int = 2\nparam end: Time = 2026-03-01\nparam how: Mode = off\n"
      "decision ask { days: Int  now: Time  default allow }\n"
      "allowlist l: Int requires until <= end { 1 until end }\n"
      "policy p for ask in force until end mode how { deny x when mod(days, n) == 0 and days in l because \"x\" }\n"
      "policy q for ask mode audit until end { deny x when days > n because \"x\" }\n"
      "template t(m: Mode) for ask mode m { deny x when days > 5 because \"x\" }\n"
      "policy r is t(m: how)\n";
  const Built built = build({"n: 3\nend: 2026-04-01\nhow: audit\n"}, module);
  REQUIRE_MESSAGE(built.bundle, built.rendered());
  const Policy& p = built.program.policies[PolicyId{0}];
  CHECK(p.mode == Mode::Audit);
  CHECK(*p.until == 1775001600000000);
  CHECK(*built.program.policies[PolicyId{1}].audit_until == 1775001600000000);
  CHECK(built.program.policies[PolicyId{2}].mode == Mode::Audit);
  REQUIRE(built.bundle->modes.size() == 2);
  CHECK(built.bundle->modes[0].policy == "shop.p");
  CHECK(built.bundle->modes[0].mode == "audit");
  CHECK(built.bundle->modes[1].policy == "shop.r");
  CHECK(built.bundle->modes[1].param == "shop.how");
  CHECK(build({"n: 0\n"}, module).codes() == "E0241");
  CHECK(build({"how: enforce\n"}, module).program.policies[PolicyId{2}].mode == Mode::Enforce);
}

TEST_CASE("params: a module that does not parse hides no param") {
  CHECK(build({"days: 3\n"}, "module shop\nparam days: Int = \n").codes().find("E0802") == std::string::npos);
}

TEST_CASE("params: of the command line") {
  Input input;
  grammar::Diagnostics diagnostics;
  std::string problem;
  CHECK(give_params(input, {"days=30", "a.b=[x, y]", "text=a=b"}, diagnostics, problem));
  REQUIRE(input.params.size() == 1);
  CHECK(input.params[0][0].name == "days");
  CHECK(input.params[0][0].value.text == "30");
  CHECK(input.params[0][1].value.items.size() == 2);
  CHECK(input.params[0][2].value.text == "a=b");
  for (const char* word : {"days", "=3", "da ys=3", "a: 1\nb=3", "{a=3"}) {
    CAPTURE(word);
    CHECK(!give_params(input, {word}, diagnostics, problem));
    CHECK(problem.ends_with("write --param NAME=VALUE"));
  }
  CHECK(!diagnostics.has_errors());
  give_params(input, {"days=[1"}, diagnostics, problem);
  CHECK(diagnostics.has_errors());
}

}  // namespace bylaw::compiler::testing
