// Deciding over the sample bundle: what comes out, and what is told of it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "bundle_builder.h"
#include "bylaw/explain.hpp"
#include "bylaw/report.hpp"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;
using nlohmann::json;

namespace {

/// One request to one bundle.
class Ask {
 public:
  explicit Ask(const BundleTables& tables, const json& request, Limits limits = {})
      : world_(link(tables, limits)),
        decision_(*world_.decision("ask")),
        request_memory_(decision_.request_bytes()),
        verdict_memory_(decision_.verdict_bytes()),
        text_(request.dump()),
        request_(decision_, request_memory_),
        verdict_(verdict_memory_) {
    request_.read_json(text_);
    decide(decision_, request_, verdict_);
  }

  const Verdict& verdict() const { return verdict_; }
  const Decision& decision() const { return decision_; }
  const Request& request() const { return request_; }
  Report report() const { return bylaw::report(decision_, request_, verdict_); }
  json told() const { return json::parse(to_json(report())); }
  Explanation explanation() const { return explain(decision_, request_, verdict_); }

  static World link(const BundleTables& tables, Limits limits) {
    const auto bundle = Bundle::from(write_bundle(tables), {limits});
    if (!bundle) FAIL(bundle.error().to_text());
    return *World::link(*bundle, Entities::none());
  }

 private:
  World world_;
  Decision decision_;
  std::vector<std::byte> request_memory_, verdict_memory_;
  std::string text_;
  Request request_;
  Verdict verdict_;
};

const json kRequest = {{"action", "create"},
                       {"life", "30d"},
                       {"now", "2025-06-01T00:00:00Z"},
                       {"org", {{"id", "contoso"}, {"restricted", true}}},
                       {"scopes", {"code"}},
                       {"user", {{"type", "User"}, {"id", "cho"}, {"in", json::array()}}}};

json with(const json& change) {
  json request = kRequest;
  request.merge_patch(change);
  return request;
}

const json kAna = {{"user", {{"id", "ana"}}}};

}  // namespace

TEST_CASE("each rule of the sample") {
  struct Row {
    json change;
    std::string verdict;
    std::vector<std::string> by;
    std::vector<std::string> exempt;
  };
  const Row rows[] = {
      {json::object(), "deny", {"m.restrict.otherwise"}, {}},
      {{{"action", "renew"}}, "allow", {}, {}},
      {{{"org", {{"restricted", false}}}}, "allow", {}, {}},
      {{{"scopes", {"packaging"}}}, "allow", {"m.restrict.packaging"}, {}},
      {{{"scopes", json::array()}}, "deny", {"m.restrict.otherwise"}, {}},
      {kAna, "allow", {}, {"m.restrict.listed"}},
      {{{"user", {{"id", "ana"}}}, {"now", "2019-12-31T23:59:59.999999Z"}}, "deny", {"m.restrict.otherwise"}, {}},
      {{{"user", {{"id", "ana"}}}, {"now", "2030-01-01T00:00:00Z"}}, "deny", {"m.restrict.otherwise"}, {}},
      {{{"user", {{"id", "bo"}}}, {"now", "2030-01-01T00:00:00Z"}}, "allow", {}, {"m.restrict.listed"}},
      {{{"user", {{"id", "ana"}}}, {"life", "366d"}}, "deny", {"m.life.too_long"}, {"m.restrict.listed"}},
      {{{"user", {{"id", "ana"}}}, {"life", "365d"}}, "allow", {}, {"m.restrict.listed"}},
      {{{"life", "31d"}, {"action", "renew"}, {"org", {{"limit", "30d"}}}}, "deny", {"m.life.too_long"}, {}},
      {{{"life", "30d"}, {"action", "renew"}, {"org", {{"limit", "30d"}}}}, "allow", {}, {}},
      {{{"scopes", {"packaging", "x"}}, {"action", "renew"}}, "deny", {"m.texts.unknown"}, {}},
      {{{"scopes", {"x"}}, {"life", "366d"}},
       "deny",
       {"m.life.too_long", "m.restrict.otherwise", "m.texts.unknown"},
       {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.change.dump());
    const Ask ask(sample(), with(row.change));
    CHECK(ask.told()["verdict"] == row.verdict);
    CHECK(ask.report().by == row.by);
    std::vector<std::string> exempt;
    for (const ReportedExemption& exemption : ask.report().exemptions) exempt.push_back(exemption.rule);
    CHECK(exempt == row.exempt);
  }
}

TEST_CASE("the whole result object") {
  const Ask ask(sample(), with({{"scopes", {"x", "code", "w"}}, {"life", "366d"}, {"user", {{"id", "ana"}}}}));
  CHECK(
      to_json(ask.report(), {true, 7, "\"a\""}) ==
      R"({"schema": "bylaw.verdict/1", "line": 7, "id": "a", "decision": "m.ask", "verdict": "deny", )"
      R"("by": ["m.life.too_long", "m.texts.unknown"], )"
      R"("messages": [{"rule": "m.life.too_long", "text": "a life of 366d"}, {"rule": "m.texts.unknown", "text": "w is not a scope"}, )"
      R"({"rule": "m.texts.unknown", "text": "x is not a scope"}], )"
      R"("findings": [{"rule": "m.texts.unknown", "elements": [{"path": "scopes", "value": "w", "entry": null}], "text": "w is not a scope"}, )"
      R"({"rule": "m.texts.unknown", "elements": [{"path": "scopes", "value": "x", "entry": null}], "text": "x is not a scope"}], )"
      R"("findings_cut": 0, "annotations": {}, "entries": [], "obligations": {}, )"
      R"("exemptions": [{"rule": "m.restrict.listed", "lifted": ["m.restrict.otherwise"], "entries": []}], "audit": [], )"
      R"("would_be": {"verdict": "deny", "by": ["m.life.too_long", "m.texts.unknown"]}, "error": null})");
}

TEST_CASE("an invalid request is told with what is wrong, and nothing else") {
  const Ask ask(sample(), with({{"life", nullptr}, {"now", 5}}));
  CHECK(ask.verdict().outcome() == Outcome::Invalid);
  CHECK(ask.verdict().code() == "R0102");
  CHECK(ask.verdict().path() == "life");
  const json told = ask.told();
  CHECK(told["verdict"] == "invalid");
  CHECK(told["by"].empty());
  CHECK(told["would_be"].is_null());
  CHECK(told["error"]["code"] == "R0102");
  CHECK(told["error"]["path"] == "life");
  CHECK(told["error"]["more"].is_array());
}

TEST_CASE("obligations are those of the answer's side") {
  const Ask allowed(sample(), with({{"action", "renew"}}));
  const Slot cap = *allowed.decision().obligation("cap");
  CHECK(allowed.verdict().obligation<Duration>(cap)->microseconds == 365 * 86400000000);
  CHECK(allowed.told()["obligations"]["cap"] == "365d");
  const Ask denied(sample(), kRequest);
  CHECK_FALSE(denied.verdict().obligation<Duration>(cap));
}

TEST_CASE("audited policies decide nothing, and tell what they would") {
  BundleTables tables = sample();
  tables.policies[kLife].mode = ModeCode::Audit;
  tables.policies[kLife].audit_until = 1764547200000000;  // 2025-12-01
  const json long_life = with({{"life", "366d"}, {"action", "renew"}});
  const Ask before(tables, long_life);
  CHECK(before.verdict().allowed());
  CHECK(before.verdict().would_be() == Outcome::Deny);
  REQUIRE(before.verdict().audited().size() == 1);
  CHECK(before.verdict().audited()[0].outcome == Outcome::Deny);
  const json told = before.told();
  CHECK(told["audit"][0]["policy"] == "m.life");
  CHECK(told["audit"][0]["verdict"] == "deny");
  CHECK(told["audit"][0]["by"] == json{"m.life.too_long"});
  CHECK(told["audit"][0]["until"] == "2025-12-01T00:00:00Z");
  CHECK(told["audit"][0]["messages"][0]["text"] == "a life of 366d");
  CHECK(told["would_be"]["by"] == json{"m.life.too_long"});
  CHECK(told["obligations"].empty());
  json later = long_life;
  later["now"] = "2025-12-01T00:00:00Z";
  CHECK(Ask(tables, later).verdict().outcome() == Outcome::Deny);
  CHECK(Ask(tables, later).verdict().audited().empty());
  json short_life = with({{"action", "renew"}});
  CHECK(Ask(tables, short_life).told()["audit"][0]["verdict"].is_null());
}

TEST_CASE("policies that are off or not in force say nothing") {
  BundleTables tables = sample();
  tables.policies[kRestrict].from = 1764547200000000;   // 2025-12-01
  tables.policies[kRestrict].until = 1767225600000000;  // 2026-01-01
  for (const auto& each : std::vector<std::pair<std::string, Outcome>>{{"2025-11-30T23:59:59.999999Z", Outcome::Allow},
                                                                       {"2025-12-01T00:00:00Z", Outcome::Deny},
                                                                       {"2025-12-31T23:59:59.999999Z", Outcome::Deny},
                                                                       {"2026-01-01T00:00:00Z", Outcome::Allow}}) {
    CAPTURE(each.first);
    CHECK(Ask(tables, with({{"now", each.first}})).verdict().outcome() == each.second);
  }
  tables = sample();
  tables.policies[kRestrict].mode = ModeCode::Off;
  CHECK(Ask(tables, kRequest).verdict().allowed());
}

TEST_CASE("findings that do not fit are counted, and the verdict stays") {
  Limits limits;
  limits.findings = 2;
  const Ask ask(sample(), with({{"action", "renew"}, {"scopes", {"w", "x", "y", "z"}}}), limits);
  CHECK(ask.verdict().outcome() == Outcome::Deny);
  CHECK(ask.verdict().findings().size() == 2);
  CHECK(ask.verdict().findings_cut() == 2);
  CHECK(ask.told()["findings_cut"] == 2);
  CHECK(ask.told()["messages"].size() == 2);
}

TEST_CASE("memory of any size") {
  const World world = Ask::link(sample(), {});
  const Decision decision = *world.decision("ask");
  std::vector<std::byte> request_memory(decision.request_bytes());
  Request request(decision, request_memory);
  const std::string text = kRequest.dump();
  request.read_json(text);
  for (std::size_t size = 0; size < decision.verdict_bytes(); size += 7) {
    std::vector<std::byte> memory(size);
    Verdict verdict(memory);
    const Outcome outcome = decide(decision, request, verdict);
    CHECK(verdict.outcome() == outcome);
    if (outcome == Outcome::Invalid)
      CHECK(verdict.code() == "R0901");
    else
      CHECK(verdict.by().size() == 1);
  }
  std::vector<std::byte> memory(decision.verdict_bytes());
  for (std::size_t shift = 0; shift < 8; ++shift) {
    std::vector<std::byte> shifted(decision.verdict_bytes() + shift);
    Verdict verdict(std::span<std::byte>(shifted).subspan(shift));
    CHECK(decide(decision, request, verdict) == Outcome::Deny);
  }
}

TEST_CASE("a verdict that is used again") {
  const World world = Ask::link(sample(), {});
  const Decision decision = *world.decision("ask");
  std::vector<std::byte> request_memory(decision.request_bytes()), verdict_memory(decision.verdict_bytes());
  Request request(decision, request_memory);
  Verdict verdict(verdict_memory);
  CHECK(verdict.outcome() == Outcome::Invalid);
  const std::string denied = kRequest.dump(), allowed = with({{"action", "renew"}}).dump();
  request.read_json(denied);
  CHECK(decide(decision, request, verdict) == Outcome::Deny);
  CHECK(verdict.by().size() == 1);
  request.clear();
  request.read_json(allowed);
  CHECK(decide(decision, request, verdict) == Outcome::Allow);
  CHECK(verdict.by().empty());
  CHECK(verdict.code().empty());
  request.clear();
  CHECK(decide(decision, request, verdict) == Outcome::Invalid);
  CHECK(verdict.obligation<Duration>(*decision.obligation("cap")) == std::nullopt);
}

TEST_CASE("a request of another world is refused") {
  const World world = Ask::link(sample(), {}), other = Ask::link(sample(), {});
  const Decision decision = *world.decision("ask"), foreign = *other.decision("ask");
  std::vector<std::byte> request_memory(decision.request_bytes()), verdict_memory(decision.verdict_bytes());
  Request request(foreign, request_memory);
  Verdict verdict(verdict_memory);
  const std::string text = kRequest.dump();
  request.read_json(text);
  CHECK(decide(decision, request, verdict) == Outcome::Invalid);
  CHECK(verdict.code() == "R0903");
}

TEST_CASE("the verdict as text") {
  const Ask ask(sample(), with({{"scopes", {"x"}}, {"life", "366d"}, {"user", {{"id", "ana"}}}}));
  CHECK(to_text(ask.report(), &ask.decision()) ==
        "deny\n"
        "life.too_long  a life of 366d  (m.bylaw:1)\n"
        "texts.unknown  x is not a scope  (m.bylaw:1)\n"
        "exempt restrict.listed lifted otherwise\n");
  CHECK(to_text(Ask(sample(), with({{"action", "renew"}})).report()) == "allow by default\nobliges cap = 365d\n");
}

TEST_CASE("explanations") {
  const Ask ask(sample(), with({{"action", "renew"}}));
  const Explanation explanation = ask.explanation();
  REQUIRE(explanation.policies.size() == 3);
  CHECK(explanation.policies[kLife].state == PolicyState::Applies);
  CHECK(explanation.policies[kRestrict].state == PolicyState::GuardFalse);
  const RuleTrace& too_long = explanation.policies[kLife].rules[1];
  CHECK_FALSE(too_long.held);
  CHECK(too_long.distance == 1);
  REQUIRE(too_long.first_false);
  CHECK(too_long.conditions[0].text == "life > 365d");
  CHECK(too_long.conditions[0].place.file == "m.bylaw");
  CHECK(to_text(explanation) ==
        "life applies\n"
        "  oblige cap holds  (m.bylaw:1)\n"
        "  deny too_long does not hold: `life > 365d` is false  (m.bylaw:1)\n"
        "restrict does not apply\n"
        "texts applies\n"
        "  deny unknown does not hold  (m.bylaw:1)\n");
}

TEST_CASE("what a rule is called") {
  const Ask ask(sample(), kRequest);
  const RuleInfo info = ask.decision().rule(ask.verdict().by()[0]);
  CHECK(info.name == "m.restrict.otherwise");
  CHECK(info.short_name == "otherwise");
  CHECK(info.policy_name == "m.restrict");
  CHECK(info.file == "m.bylaw");
}
