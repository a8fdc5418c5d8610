// A report against expectations: which code, which words.
#include "compare.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const std::string kHead =
    "decision: buy\n"
    "given: {now: 2025-01-01, who: Robot::r, store: {id: s, open: true, size: small}, item: {name: cup, areas: [toys], "
    "price: 5, fragile: false}}\n"
    "scenarios:\n";

PrintedValue text_value(const std::string& text) {
  return {text, fmt::format("\"{}\"", text)};
}

/// Denied by two rules, one of which found two elements, with everything that a report can hold.
Report full_report() {
  Report report;
  report.verdict = Outcome::Deny;
  report.by = {"shop.care.strange", "shop.staff.otherwise"};
  report.messages = {{"shop.care.strange", "x is no area"},
                     {"shop.care.strange", "y is no area"},
                     {"shop.staff.otherwise", "r may not buy cup"}};
  report.findings = {{"shop.care.strange", {{"item.areas", text_value("x"), {}}}, "x is no area"},
                     {"shop.care.strange", {{"item.areas", text_value("y"), {}}}, "y is no area"}};
  report.annotations = {{"shop.staff.otherwise", {{"code", text_value("staffOnly")}}}};
  report.obligations = {{"wait", text_value("2d")}};
  report.exemptions = {{"shop.staff.trusted", {}, {}}};
  report.would_be = Outcome::Deny;
  return report;
}

std::string compare_with(const std::string& expectations, const Report& report) {
  const auto suites = read(kHead + "  - {name: a, " + expectations + "}\n");
  REQUIRE_MESSAGE(told(*suites).empty(), told(*suites));
  std::string text;
  for (const CaseFailure& failure : compare(*suites->context, suites->set.cases.front().expectations, report)) {
    text += fmt::format("{} {}: {}", grammar::info(failure.code).id, failure.key, failure.text);
    if (!failure.missing.empty()) text += fmt::format(" - {}", fmt::join(failure.missing, ","));
    if (!failure.extra.empty()) text += fmt::format(" + {}", fmt::join(failure.extra, ","));
    text += "\n";
  }
  return text;
}

TEST_CASE("what comes true says nothing") {
  const char* const kTrue[] = {
      "expect: deny",
      "expect: deny, by: [staff.otherwise, care.strange]",
      "expect: deny, by: {includes: [care.strange]}",
      "expect: deny, findings: {care.strange: [{unknown: y}, {unknown: x}]}",
      "expect: deny, findings: {care.strange: 2}",
      "expect: deny, findings: {care.strange: {includes: [{unknown: x}]}}",
      "expect: deny, message: r may not buy cup",
      "expect: deny, message: {contains: y is no}",
      "expect: deny, message: {matches: '^r may'}",
      "expect: deny, message: {care.strange: [x is no area, {matches: y.*}]}",
      "expect: deny, message: {care.strange: y is no area}",
      "expect: deny, annotations: {code: [staffOnly]}",
      "expect: deny, annotations: {staff.otherwise: {code: staffOnly}}",
      "expect: deny, obliges: {wait: 48h}",
      "expect: deny, exempt: [staff.trusted]",
      "expect: deny, audit: [], would_be: deny",
  };
  for (const std::string expectations : kTrue) {
    CAPTURE(expectations);
    CHECK(compare_with(expectations, full_report()) == "");
  }
}

TEST_CASE("what does not come true is told with its code") {
  const char* const kWrong[][2] = {
      {"expect: allow, by: [staff.cheap], obliges: {}",
       "T0101 expect: expected allow, got deny by care.strange, staff.otherwise\n"},
      {"expect: invalid, invalid: {path: now, code: R0102}",
       "T0101 expect: expected invalid, got deny by care.strange, staff.otherwise\n"},
      {"expect: deny, by: default",
       "T0102 by: expected deny by default, got deny by care.strange, staff.otherwise + "
       "care.strange,staff.otherwise\n"},
      {"expect: deny, by: [care.strange]",
       "T0102 by: expected deny by care.strange, got deny by care.strange, staff.otherwise + staff.otherwise\n"},
      {"expect: deny, message: no",
       "T0103 message: message: expected \"no\", got \"x is no area\", \"y is no area\", "
       "\"r may not buy cup\"\n"},
      {"expect: deny, message: {care.strange: [y is no area, x is no area]}",
       "T0103 message: message of care.strange: expected \"y is no area\", \"x is no area\", got \"x is no area\", \"y "
       "is "
       "no area\"\n"},
      {"expect: deny, annotations: {code: []}",
       "T0103 annotations: annotation code: expected none, got staffOnly + staffOnly\n"},
      {"expect: deny, obliges: {}", "T0104 obliges: obligations: expected none, got wait: 2d + wait: 2d\n"},
      {"expect: deny, obliges: {wait: 1d}",
       "T0104 obliges: obligations: expected wait: 1d, got wait: 2d - wait: 1d + wait: 2d\n"},
      {"expect: deny, would_be: allow", "T0105 would_be: would_be: expected allow, got deny\n"},
      {"expect: deny, exempt: []", "T0106 exempt: exempt: expected none, got staff.trusted + staff.trusted\n"},
      {"expect: deny, findings: {}", "T0110 findings: findings of care.strange: expected none, got 2 + x,y\n"},
      {"expect: deny, findings: {care.strange: 3}", "T0110 findings: findings of care.strange: expected 3, got 2\n"},
      {"expect: deny, findings: {care.strange: [{unknown: x}, {unknown: z}]}",
       "T0110 findings: findings of care.strange: expected 2 elements, got 2 elements - z + y\n"},
  };
  for (const auto& one : kWrong) {
    const std::string expectations = one[0];
    CAPTURE(expectations);
    CHECK(compare_with(expectations, full_report()) == one[1]);
  }
}

TEST_CASE("invalid for another reason") {
  Report report;
  report.error = Error{"R0102", "item.price", "`price` is missing", {}};
  CHECK(compare_with("expect: invalid, invalid: {path: item.price, code: R0102}", report) == "");
  CHECK(compare_with("expect: invalid, invalid: {path: item, code: R0102}", report) ==
        "T0107 invalid: expected invalid by R0102 item, got R0102 item.price: `price` is missing\n");
  CHECK(compare_with("expect: allow", report) ==
        "T0101 expect: expected allow, got invalid: R0102 item.price: `price` is missing\n");
}

TEST_CASE("a deny that only the default gives, unsaid") {
  Expectations expected;
  Report report;
  report.verdict = Outcome::Deny;
  CHECK(only_default_denies(expected, report));
  expected.by = ExpectedRules{};
  CHECK(!only_default_denies(expected, report));
}

}  // namespace
}  // namespace bylaw::runner::test
