#pragma once
// Decides request texts one after the other against a bundle and entity data, and reports each.

#include <bylaw/bylaw.hpp>
#include <bylaw/report.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bylaw::cli {

class Decider {
 public:
  explicit Decider(World world) : world_(std::move(world)) {}

  /// The names to ask for, as short as they can be.
  std::vector<std::string> decision_names() const;
  const World& world() const { return world_; }
  /// Decides the request (JSON text) of the named decision, or of the only one. An unknown decision is a report with
  /// R0004.
  Report decide(const std::optional<std::string>& decision, std::string_view request);
  /// What the last `decide` asked, for an explanation; null if it reached no decision.
  struct Desk;
  const Desk* last() const { return last_; }

  struct Desk {
    explicit Desk(const Decision& decision);
    Decision decision;
    std::vector<std::byte> request_memory, verdict_memory;
    Request request;
    Verdict verdict;
  };

 private:
  Desk* desk(const std::string& name, Error& error);
  World world_;
  std::map<std::string, std::unique_ptr<Desk>> desks_;  // by the name asked for
  const Desk* last_ = nullptr;
};

}  // namespace bylaw::cli
