// Each report of one run that holds everything a name, text or path may bring, compared with tests/golden/reports.
// UPDATE_GOLDEN=1 rewrites them; then read the difference as you would review code.
#include <bylaw/runner/render.h>
#include <bylaw/runner/reports.h>
#include <bylaw/runner/run.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "report/escape.h"
#include "unit/runner/support.h"

namespace bylaw::runner {
namespace {

namespace fs = std::filesystem;

const char* const kModule = R"(module shop
import std.identity.{User}
decision d { principal: User  n: Int  text: String  default allow }
policy p for d {
  deny large    when n > 10 and text != "ok"  because "{n} is <large> & \"{text}\""
  deny hostile  when text == "::error::@all]]>|%"
}
policy q for d {
  deny never  when n == 77
}
)";

const char* const kScenarios = R"(decision: d
given: {principal: User::bo, n: 3, text: plain}
entities: {User::bo: {}}
scenarios:
  - {name: passes, expect: allow}
  - {name: 'fails <b>&amp; "x" ]]> | `y` @team %0A ::error::', when: {n: 11}, expect: allow, about: 'why * it # is'}
  - {name: "control \x01 \e[31m, tab\tand\nline", when: {n: 11}, expect: deny, message: 'another <text>'}
  - {name: "emoji \U0001F512 and \u65E5\u672C", when: {text: '::error::@all]]>|%'}, expect: allow, by: default}
  - {name: is invalid, when: {n: ~}, expect: allow}
  - {name: is skipped, skip: {because: 'waits for #42 & <co>', until: 2030-01-01}, expect: deny}
  - {name: known, failing: {because: 'see T-1 | @x'}, when: {n: 12}, expect: allow}
  - name: a table
    table:
      - [n, expect]
      - [1, allow ]
      - [11, allow]
)";

struct Run {
  compiler::Project project;
  RunResult result;
};

Run run_of(const std::string& policies, const std::string& scenarios) {
  Run run{test::make_project(policies, scenarios), {}};
  RunOptions options;
  options.now = 1764000000000000;
  run.result = runner::run(run.project, {}, options);
  run.result.summary.ms = 12.4;
  for (CaseResult& one : run.result.cases) one.ms = 1.5;
  run.result.bundle = "0123456789abcdef";
  return run;
}

const ReportOptions kOptions{"0.1.0", "teams/a & b/", "https://example.com/blob/main/"};

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void compare(const std::string& name, const std::string& actual) {
  const fs::path path = fs::path(BYLAW_SOURCE_DIR) / "tests/golden/reports" / name;
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << actual;
  CAPTURE(name);
  CHECK(actual == bytes_of(path));
}

const char* extension(std::string_view format) {
  if (format == "junit") return "junit.xml";
  if (format == "json" || format == "sarif") return format == "json" ? "report.json" : "sarif.json";
  if (format == "markdown") return "summary.md";
  return format == "html" ? "page.html" : format == "tap" ? "tap.txt" : format == "azure" ? "azure.txt" : "github.txt";
}

TEST_CASE("each report of a run with everything in it") {
  const Run run = run_of(kModule, kScenarios);
  CHECK(run.result.exit_status() == 1);
  CHECK(run.result.summary.failed == 5);
  CHECK(run.result.summary.skipped == 1);
  CHECK(run.result.summary.known == 1);
  for (const ReportFormat& format : reports())
    compare(std::string("run.") + extension(format.name),
            format.write(run.result, run.project.input.sources, kOptions));
}

TEST_CASE("each report of scenarios that do not compile") {
  const Run run =
      run_of(kModule, "decision: d\nscenarios:\n  - {name: a, expct: allow}\n  - {name: b, expect: maybe}\n");
  CHECK(run.result.exit_status() == 2);
  for (const ReportFormat& format : reports())
    compare(std::string("refused.") + extension(format.name),
            format.write(run.result, run.project.input.sources, kOptions));
}

TEST_CASE("nothing that ran is no report of success") {
  RunResult result;
  result.nothing_ran = "no name of 3 scenarios contains `x` (-k)";
  const grammar::Sources sources;
  for (const ReportFormat& format : reports()) {
    CAPTURE(std::string(format.name));
    const std::string text = format.write(result, sources, kOptions);
    CHECK(text.find("no name of 3 scenarios") != std::string::npos);
  }
  const auto sarif = nlohmann::json::parse(find_report("sarif")->write(result, sources, kOptions));
  CHECK(sarif["runs"][0]["invocations"][0]["executionSuccessful"] == false);
}

TEST_CASE("a run that skips everything is no report of success") {
  const Run run = run_of(kModule, R"(decision: d
given: {principal: User::bo, n: 3, text: plain}
entities: {User::bo: {}}
scenarios:
  - {name: later, skip: {because: 'waits for #42', until: 2030-01-01}, expect: deny}
)");
  CHECK(run.result.exit_status() == 4);
  const auto written = [&](const char* name) {
    return find_report(name)->write(run.result, run.project.input.sources, kOptions);
  };
  for (const ReportFormat& format : reports()) {
    CAPTURE(std::string(format.name));
    CHECK(written(std::string(format.name).c_str()).find("each of 1 scenarios is skipped") != std::string::npos);
  }
  const auto sarif = nlohmann::json::parse(written("sarif"))["runs"][0]["invocations"][0];
  CHECK(sarif["executionSuccessful"] == false);
  CHECK(sarif["toolExecutionNotifications"][0]["level"] == "error");
  CHECK(written("tap").find("Bail out!") != std::string::npos);
  CHECK(written("junit").find("errors=\"1\"") != std::string::npos);
  CHECK(written("junit").find("waits for #42 (until 2030-01-01T00:00:00Z)") != std::string::npos);
  CHECK(written("github").starts_with("::error "));
  CHECK(written("azure").starts_with("##vso[task.logissue type=error]"));
  const auto json = nlohmann::json::parse(written("json"));
  CHECK(json["cases"][0]["result"].is_null());
  CHECK(json["cases"][0]["status"] == "skipped");
}

TEST_CASE("cases that are listed are not called skipped") {
  compiler::Project project = test::make_project(kModule, kScenarios);
  RunOptions options;
  options.list_only = true;
  const RunResult result = runner::run(project, {}, options);
  const auto json = nlohmann::json::parse(find_report("json")->write(result, project.input.sources, kOptions));
  CHECK(json["cases"][0]["status"] == "listed");
  CHECK(json["cases"][0]["result"].is_null());
}

TEST_CASE("SARIF shows no template") {
  const Run run = run_of(kModule, "decision: d\nscenarios:\n  - {name: a, expct: allow}\n");
  const auto sarif =
      nlohmann::json::parse(find_report("sarif")->write(run.result, run.project.input.sources, kOptions));
  for (const auto& rule : sarif["runs"][0]["tool"]["driver"]["rules"]) {
    CHECK(rule["help"]["text"].get<std::string>().find('{') == std::string::npos);
    CHECK(rule["shortDescription"]["text"].get<std::string>().find('{') == std::string::npos);
  }
}

TEST_CASE("no text of a file begins a line, steers the terminal or is a command") {
  const std::string hostile =
      R"("a\n##vso[task.complete result=Succeeded;]\n::stop-commands::x\r\n\e[2J ##[error] \u202E")";
  const Run run = run_of(R"(module shop
decision d { text: String  default allow }
policy p for d { deny x when text == "x"  because "{text}\n::error::y" }
)",
                         "decision: d\nscenarios:\n  - name: " + hostile + "\n    about: " + hostile +
                             "\n    when: {text: " + hostile + "}\n    expect: deny\n    message: " + hostile +
                             "\n  - {name: second, when: {text: x}, expect: allow}\n");
  REQUIRE(run.result.summary.failed == 2);
  const Run refused = run_of(kModule, "decision: d\nscenarios:\n  - {name: a, " + hostile + ": allow}\n");
  REQUIRE(refused.result.diagnostics.has_errors());
  for (const std::string& text : {to_text(run.result, run.project.input.sources, {}), list_cases(run.result, {}),
                                  to_text(refused.result, refused.project.input.sources, {})}) {
    CAPTURE(text);
    CHECK(text.find("##vso[") == std::string::npos);
    CHECK(text.find("##[") == std::string::npos);
    CHECK(text.find('\r') == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\xe2\x80\xae") == std::string::npos);
    CHECK(text.find("\n::") == std::string::npos);
  }
}

TEST_CASE("no report holds what turns the direction of reading") {
  const std::string turned = "\xE2\x80\xAE";
  const std::string name = "\"allow" + turned + " yned\"";
  const Run run = run_of(kModule,
                         "decision: d\ngiven: {principal: User::bo, n: 3, text: a}\nentities: {User::bo: {}}\n"
                         "scenarios:\n  - {name: " +
                             name + ", about: " + name + ", expect: deny}\n");
  for (const ReportFormat& format : reports()) {
    if (format.name == "json") continue;  // data, which its reader shows
    CAPTURE(std::string(format.name));
    const std::string text = format.write(run.result, run.project.input.sources, kOptions);
    CHECK(text.find("202e") != std::string::npos);
    CHECK(text.find(turned) == std::string::npos);
  }
  CHECK(to_text(run.result, run.project.input.sources, {}).find(turned) == std::string::npos);
}

TEST_CASE("JUnit: well-formed, and its counts are those of its cases") {
  const Run run = run_of(kModule, kScenarios);
  pugi::xml_document document;
  REQUIRE(document.load_string(find_report("junit")->write(run.result, run.project.input.sources, kOptions).c_str()));
  const pugi::xml_node suites = document.child("testsuites");
  std::size_t tests = 0, failures = 0, skipped = 0;
  for (const pugi::xml_node suite : suites.children("testsuite"))
    for (const pugi::xml_node one : suite.children("testcase")) {
      ++tests;
      failures += one.child("failure") ? 1 : 0;
      skipped += one.child("skipped") ? 1 : 0;
    }
  CHECK(tests == suites.attribute("tests").as_uint());
  CHECK(tests == run.result.cases.size());
  CHECK(failures == suites.attribute("failures").as_uint());
  CHECK(skipped == 2);
}

TEST_CASE("SARIF: every result has a place, a rule and a fingerprint that lines do not change") {
  const auto results = [](const Run& run) {
    return nlohmann::json::parse(
        find_report("sarif")->write(run.result, run.project.input.sources, kOptions))["runs"][0];
  };
  const nlohmann::json run = results(run_of(kModule, kScenarios));
  const nlohmann::json moved = results(run_of(kModule, std::string("# a line\n\n") + kScenarios));
  CHECK(run["results"].size() == 5);
  for (std::size_t i = 0; i < run["results"].size(); ++i) {
    const nlohmann::json& result = run["results"][i];
    CHECK(result["locations"].size() == 1);
    const nlohmann::json& place = result["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"].get<std::string>().starts_with("teams/a%20%26%20b/"));
    CHECK(place["region"]["startLine"].get<int>() >= 1);
    CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
    CHECK(result["partialFingerprints"] == moved["results"][i]["partialFingerprints"]);
  }
}

TEST_CASE("GitHub: nine of a kind, and how many more there are") {
  std::string scenarios =
      "decision: d\ngiven: {principal: User::bo, n: 3, text: a}\nentities: {User::bo: {}}\nscenarios:\n";
  for (int i = 0; i < 25; ++i) scenarios += "  - {name: case " + std::to_string(i) + ", expect: deny, by: [p.large]}\n";
  const Run run = run_of(kModule, scenarios);
  const std::string text = find_report("github")->write(run.result, run.project.input.sources, kOptions);
  CHECK(std::count(text.begin(), text.end(), '\n') == 10);
  CHECK(text.ends_with("::error title=bylaw::16 more, which the log tells\n"));
}

TEST_CASE("Markdown stays below a mebibyte, and says what it leaves out") {
  std::string scenarios =
      "decision: d\ngiven: {principal: User::bo, n: 3, text: a}\nentities: {User::bo: {}}\nscenarios:\n";
  for (int i = 0; i < 1500; ++i)
    scenarios +=
        "  - {name: case " + std::to_string(i) + " " + std::string(300, '<') + ", expect: deny, by: [p.large]}\n";
  const Run run = run_of(kModule, scenarios);
  const std::string text = find_report("markdown")->write(run.result, run.project.input.sources, kOptions);
  CHECK(text.size() < (1U << 20U));
  CHECK(text.find("left out") != std::string::npos);
}

TEST_CASE("texts on their way into other formats") {
  CHECK(printable("a\tb\nc\r\nd\x01\x7f\xC2\x80\xFF\xED\xA0\x80") ==
        "a\tb\nc\nd\\u{1}\\u{7f}\\u{80}\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(printable("a\xE2\x80\xAE\xE2\x81\xA6z\rb") == "a\\u{202e}\\u{2066}z\\u{d}b");
  CHECK(printable("\xF0\x9F\x94\x92 \xE6\x97\xA5") == "\xF0\x9F\x94\x92 \xE6\x97\xA5");
  CHECK(html("<a href='x'>&\"") == "&#60;a href=&#39;x&#39;&#62;&#38;&#34;");
  CHECK(markdown("a|b\n@c `d`") == "a&#124;b &#64;c &#96;d&#96;");
  CHECK(uri("a b/\xC3\xA9.yaml#1") == "a%20b/%C3%A9.yaml%231");
}

}  // namespace
}  // namespace bylaw::runner
