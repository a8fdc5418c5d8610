// YAML by JSON's rules: what `eval` reads.
#include <bylaw/runner/yaml_json.h>
#include <doctest/doctest.h>

namespace bylaw::runner {
namespace {

std::string convert(const std::string& yaml) {
  grammar::Sources sources;
  grammar::Diagnostics diagnostics;
  const auto document = compiler::read_yaml(sources, sources.add("a.yaml", yaml), diagnostics);
  REQUIRE(document);
  const auto json = yaml_to_json(*document, diagnostics);
  return json ? *json : diagnostics.all().front().text;
}

TEST_CASE("plain scalars by the core rules") {
  const char* const kCases[][2] = {
      {"true", "true"},
      {"FALSE", "false"},
      {"null", "null"},
      {"~", "null"},
      {"yes", "\"yes\""},
      {"'1'", "\"1\""},
      {"12", "12"},
      {"+007", "7"},
      {"-0", "-0"},
      {"0x1F", "31"},
      {"0o17", "15"},
      {"5.0", "5.0"},
      {".5", "0.5"},
      {"1.", "1.0"},
      {"1e3", "1e3"},
      {"1.e-3", "1.0e-3"},
      {"1e", "\"1e\""},
      {"30d", "\"30d\""},
      {"-", "[null]"},
      {"1_000", "\"1_000\""},
      {"+", "\"+\""},
      {".", "\".\""},
      {"a\\b", "\"a\\\\b\""},
      {"[a, {b: 1}]", "[\"a\", {\"b\": 1}]"},
      {"{a: }", "{\"a\": null}"},
      {".inf", "`.inf` has no form in JSON"},
      {"2025-01-01T00:00:00Z", "\"2025-01-01T00:00:00Z\""},
  };
  for (const auto& one : kCases) {
    const std::string yaml = one[0];
    const std::string json = one[1];
    CAPTURE(yaml);
    CHECK(convert(yaml) == json);
  }
}

}  // namespace
}  // namespace bylaw::runner
