// What the SARIF standard asks of a report, and services besides; reports_test.cpp compares whole reports.
#include <bylaw/grammar/diagnostics/expectations.h>
#include <bylaw/runner/reports.h>
#include <bylaw/runner/run.h>
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "report/sarif_rules.h"
#include "unit/runner/support.h"

namespace bylaw::runner {
namespace {

const char* const kShop = R"(module shop
import std.identity.{User}
decision d { principal: User  n: Int  text: String  default allow }
policy p for d { deny large when n > 10 and text != "ok"  because "{n} is large" }
)";

const std::string kHead =
    "decision: d\ngiven: {principal: User::bo, n: 3, text: a}\nentities: {User::bo: {}}\nscenarios:\n";

/// Scenarios that fail, one for each name.
std::string failing(const std::vector<std::string>& names) {
  std::string text = kHead;
  for (const std::string& name : names) text += "  - {name: \"" + name + "\", expect: deny, by: [p.large]}\n";
  return text;
}

struct SarifRun {
  compiler::Project project;
  RunResult result;

  explicit SarifRun(const std::string& scenarios) : project(test::make_project(kShop, scenarios)) {
    RunOptions options;
    options.now = 1764000000000000;
    result = runner::run(project, {}, options);
  }
  nlohmann::json sarif(const ReportOptions& options = {"0.1.0", "teams/", ""}) const {
    return nlohmann::json::parse(find_report("sarif")->write(result, project.input.sources, options))["runs"][0];
  }
};

TEST_CASE("SARIF: no name is a placeholder or a link") {
  const nlohmann::json run = SarifRun(failing({"{0} is {x}", "[link](1) [n=1]", "plain [n=1]"})).sarif();
  const auto text = [&](std::size_t i) { return run["results"][i]["message"]["text"].get<std::string>(); };
  CHECK(text(0).starts_with("{{0}} is {{x}}: expected deny, got allow by default."));
  CHECK(text(1).starts_with("\\[link\\](1) \\[n=1\\]: expected deny, got allow by default."));
  CHECK(text(2).starts_with("plain [n=1]: expected deny"));
}

TEST_CASE("SARIF: a message is one paragraph, which says what was decided and why") {
  const nlohmann::json run = SarifRun(failing({"few", "a\\nb"})).sarif();
  CHECK(run["results"][0]["message"]["text"] ==
        "few: expected deny, got allow by default. Nearest rule that would deny: p.large, 1 of 2 conditions holds. "
        "`n > 10` is false: n is 3. It would deny with n = 11 (now 3).");
  for (const auto& result : run["results"]) {
    const auto text = result["message"]["text"].get<std::string>();
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find("^^") == std::string::npos);
  }
}

TEST_CASE("SARIF: results that are alike have fingerprints of their own, in which no line stands") {
  const auto fingerprints = [](const std::string& scenarios) {
    std::vector<std::string> all;
    const nlohmann::json run = SarifRun(scenarios).sarif();
    for (const auto& result : run["results"]) {
      CHECK(result["partialFingerprints"].size() == 1);  // none that a service would compare with its own
      all.push_back(result["partialFingerprints"]["bylaw/v1"]);
    }
    return all;
  };
  const std::string unknown = kHead + "  - {name: a, expct: deny}\n  - {name: b, expct: deny}\n";
  const std::vector<std::string> alike = fingerprints(unknown);
  REQUIRE(alike.size() >= 2);
  CHECK(std::set<std::string>(alike.begin(), alike.end()).size() == alike.size());
  const std::string twice = "decision: d\ndecision: d\n";  // "(first on line 1)"
  const std::vector<std::string> first = fingerprints(twice);
  REQUIRE(first.size() == 1);
  CHECK(first == fingerprints("# a line\n\n" + twice));
}

TEST_CASE("SARIF: every rule says what it is about") {
  const nlohmann::json run = SarifRun(failing({"x"})).sarif();
  REQUIRE(run["tool"]["driver"]["rules"].size() == 1);
  const nlohmann::json& rule = run["tool"]["driver"]["rules"][0];
  CHECK(rule["shortDescription"]["text"] == "wrong verdict");
  CHECK(rule["fullDescription"]["text"] ==
        "wrong verdict: expected …, got …. It is about an expectation of a scenario that did not come true.");
  CHECK(rule["help"]["text"].get<std::string>().find("docs/scenarios.md") != std::string::npos);
  CHECK(run["automationDetails"]["id"] == "bylaw/test/");
}

TEST_CASE("every code is of a family") {
  for (const grammar::Code code : grammar::all_codes()) {
    const RuleTexts texts = rule_texts(info(code));
    CAPTURE(std::string(info(code).id));
    CHECK(texts.full.find("about .") == std::string::npos);
    CHECK(texts.full.size() <= 1024);
    CHECK(texts.full != texts.summary);
  }
}

TEST_CASE("SARIF: every region has an end, and what the command line says has no place") {
  SarifRun run(failing({"x"}));
  const nlohmann::json plain = run.sarif();
  for (const auto& result : plain["results"])
    for (const auto& place : {result["locations"][0], result["relatedLocations"][0]})
      CHECK(place["physicalLocation"]["region"].contains("endColumn"));
  grammar::Diagnostics diagnostics;
  std::string problem;
  REQUIRE(compiler::give_params(run.project.input, {"x=1"}, diagnostics, problem));
  run.result = runner::run(run.project, diagnostics, {});
  const nlohmann::json refused = run.sarif();
  REQUIRE(refused["results"].size() == 1);
  CHECK(refused["results"][0]["ruleId"] == "E0802");
  CHECK(!refused["results"][0].contains("locations"));
}

TEST_CASE("SARIF: what is asked of the project as a whole is a result") {
  SarifRun run(kHead + "  - {name: a, expect: allow}\n");
  run.result.gates.push_back({"rules", 100, 50, {}});
  run.result.gates.push_back({"conditions", 10, 50, {}});
  ReportOptions options{"0.1.0", "teams/", ""};
  options.command = "ci";
  options.faults.push_back({grammar::codes::NotFormatted, "teams/x.bylaw", "this file has not its one look"});
  const nlohmann::json sarif = run.sarif(options);
  REQUIRE(sarif["results"].size() == 2);
  CHECK(sarif["results"][0]["ruleId"] == "T0201");
  CHECK(sarif["results"][0]["message"]["text"] == "gate `rules`: 50% of at least 100%.");
  CHECK(sarif["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "teams/x.bylaw");
  CHECK(sarif["automationDetails"]["id"] == "bylaw/ci/");
}

TEST_CASE("SARIF: no more results than services take, and how many are left out") {
  SarifRun run(failing({"x"}));
  const CaseResult one = run.result.cases.front();
  run.result.cases.assign(25003, one);
  const nlohmann::json sarif = run.sarif();
  CHECK(sarif["results"].size() == 25000);
  const nlohmann::json& invocation = sarif["invocations"][0];
  CHECK(invocation["toolExecutionNotifications"][0]["message"]["text"] ==
        "3 more results are left out: services take 25000");
  CHECK(invocation["executionSuccessful"] == true);
}

}  // namespace
}  // namespace bylaw::runner
