// The algebra of deciding: two policies with every combination of rule outcomes, engine against judge, and its laws.
#include <doctest/doctest.h>

#include <bit>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reference/engine.h"

namespace {

using namespace bylaw::reference;
using nlohmann::json;

// Each rule holds if its own Bool of the request does, so that requests enumerate outcomes.
const std::vector<std::string> kSwitches = {"g1", "e1", "f1", "d1", "x1", "a1", "g2", "e2", "d2", "a2"};

struct Form {
  const char* otherwise1;
  const char* otherwise2;
  const char* mode2;
  const char* default_effect;
};

std::string source(const Form& form) {
  std::string text = "module algebra\ndecision ask {\n";
  for (const std::string& name : kSwitches) text += "  " + name + ": Bool\n";
  text += "  default " + std::string(form.default_effect) + "\n}\n";
  text +=
      "policy one for ask when g1 {\n  exempt all_of_it when e1\n  exempt part from first when f1\n  deny first when "
      "d1 because \"d1\"\n"
      "  deny second when x1 because \"x1\"\n  allow some when a1\n  " +
      std::string(form.otherwise1) + "\n}\n";
  text += "policy two for ask " + std::string(form.mode2) +
          " when g2 {\n  exempt all_of_it when e2\n  deny first when d2 because \"d2\"\n  allow some when a2\n  " +
          std::string(form.otherwise2) + "\n}\n";
  return text;
}

json request(unsigned bits) {
  json object = json::object();
  for (std::size_t i = 0; i < kSwitches.size(); ++i) object[kSwitches[i]] = (bits >> i & 1) != 0;
  return object;
}

constexpr const char* kDeny = "deny otherwise because \"otherwise\"";
constexpr const char* kAllow = "allow otherwise";

}  // namespace

TEST_CASE("two policies, every combination of rule outcomes: engine and judge agree") {
  const Form forms[] = {{kDeny, kAllow, "", "deny"},       {kAllow, kDeny, "", "allow"}, {"", kDeny, "", "allow"},
                        {kDeny, "", "mode audit", "deny"}, {"", "", "", "allow"},        {kDeny, kDeny, "", "allow"},
                        {"", kAllow, "mode audit", "deny"}};
  for (const Form& form : forms) {
    std::string problem;
    const auto engine = Engine::compile({{"algebra.bylaw", source(form)}}, problem);
    REQUIRE_MESSAGE(engine, problem);
    std::size_t disagreements = 0;
    for (unsigned bits = 0; bits < 1u << kSwitches.size() && disagreements == 0; ++bits) {
      const std::string differs =
          difference(engine->decide("algebra.ask", request(bits), {}), engine->judge("algebra.ask", request(bits), {}));
      CHECK_MESSAGE(differs.empty(), source(form), request(bits).dump(), differs);
      disagreements += differs.empty() ? 0 : 1;
    }
  }
}

TEST_CASE("laws: an exemption never takes an allow away, a deny never gives one") {
  std::string problem;
  const auto engine = Engine::compile({{"algebra.bylaw", source({kDeny, kAllow, "", "deny"})}}, problem);
  REQUIRE_MESSAGE(engine, problem);
  const auto allowed = [&](unsigned bits) {
    return engine->decide("algebra.ask", request(bits), {})["verdict"] == "allow";
  };
  const auto bit = [](const std::string& name) {
    return 1u << (std::find(kSwitches.begin(), kSwitches.end(), name) - kSwitches.begin());
  };
  for (unsigned bits = 0; bits < 1u << kSwitches.size(); bits += 3) {
    for (const char* exempt : {"e1", "f1", "e2"})
      if (allowed(bits))
        CHECK_MESSAGE(allowed(bits | bit(exempt)), exempt, " took an allow away from ", request(bits).dump());
    for (const char* deny : {"d1", "x1", "d2"})
      if (!allowed(bits)) CHECK_MESSAGE(!allowed(bits | bit(deny)), deny, " gave an allow to ", request(bits).dump());
  }
}

TEST_CASE("laws: an audit policy changes no verdict, and `by` is empty iff the default decides") {
  std::string problem;
  const auto audited = Engine::compile({{"algebra.bylaw", source({kDeny, kDeny, "mode audit", "allow"})}}, problem);
  REQUIRE_MESSAGE(audited, problem);
  const auto off = Engine::compile({{"algebra.bylaw", source({kDeny, kDeny, "mode off", "allow"})}}, problem);
  REQUIRE_MESSAGE(off, problem);
  for (unsigned bits = 0; bits < 1u << kSwitches.size(); bits += 7) {
    const json with = audited->decide("algebra.ask", request(bits), {});
    const json without = off->decide("algebra.ask", request(bits), {});
    CHECK(with["verdict"] == without["verdict"]);
    CHECK(with["by"] == without["by"]);
    if (with["by"].empty()) CHECK(with["verdict"] == "allow");
  }
}
