#include "decider.h"

#include <bylaw/grammar/diagnostic.h>
#include <fmt/core.h>
#include <fmt/format.h>

#include "format/codes.h"

namespace bylaw::cli {

Decider::Desk::Desk(const Decision& asked)
    : decision(asked),
      request_memory(asked.request_bytes()),
      verdict_memory(asked.verdict_bytes()),
      request(decision, request_memory),
      verdict(verdict_memory) {}

std::vector<std::string> Decider::decision_names() const {
  std::vector<std::string> names;
  for (std::string_view full : world_.decisions()) {
    const std::string tail(full.substr(full.rfind('.') + 1));
    names.push_back(world_.decision(tail) ? tail : std::string(full));
  }
  return names;
}

Decider::Desk* Decider::desk(const std::string& name, Error& error) {
  if (const auto known = desks_.find(name); known != desks_.end()) return known->second.get();
  Result<Decision> decision = world_.decision(name);
  if (!decision) {
    error = decision.error();
    return nullptr;
  }
  return desks_.emplace(name, std::make_unique<Desk>(*decision)).first->second.get();
}

Report Decider::decide(const std::optional<std::string>& decision, std::string_view request) {
  last_ = nullptr;
  const std::vector<std::string_view> all = world_.decisions();
  if (!decision && all.size() != 1) {
    const std::string text =
        all.empty() ? "the bundle has no decision"
                    : fmt::format("no decision is named, and there are several: {}", fmt::join(decision_names(), ", "));
    return invalid_report({format::info(format::Code::NoSuchDecision).code, "", text, {}});
  }
  Error error;
  Desk* asked = desk(decision ? *decision : std::string(all[0]), error);
  if (asked == nullptr) return invalid_report(std::move(error));
  asked->request.clear();
  asked->request.read_json(request);  // a failure sticks: decide answers invalid with it
  bylaw::decide(asked->decision, asked->request, asked->verdict);
  last_ = asked;
  return report(asked->decision, asked->request, asked->verdict);
}

}  // namespace bylaw::cli
