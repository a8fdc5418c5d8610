#pragma once
// The runtime, as the runner uses it: one bundle, and a world for each state of the entities.

#include <bylaw/explain.hpp>
#include <bylaw/inspect.hpp>
#include <bylaw/report.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace bylaw::runner {

struct Played {
  Report report;
  std::vector<Error> entity_warnings;  // of entities that were not seen before
  Explanation explanation;             // empty if it was not asked for, or the request is invalid
  double ms = 0;
};

class Engine {
 public:
  static Result<Engine> open(const std::vector<std::byte>& bundle);
  const Bundle& bundle() const { return bundle_; }

  /// Decides one case. What the entities or the request lack makes an invalid report, never a failure of the run.
  Played play(const std::string& decision, const std::string& request_json, const std::string& entities_json,
              bool explained);
  /// What the request holds once it was read, with the entities named by `also`; empty if it is invalid.
  Inspection inspect(const std::string& decision, const std::string& request_json, const std::string& entities_json,
                     const std::vector<EntityName>& also);

 private:
  explicit Engine(Bundle bundle) : bundle_(std::move(bundle)) {}
  const Result<World>& world(const std::string& entities_json, std::vector<Error>& warnings);

  Bundle bundle_;
  std::map<std::string, Result<World>> worlds_;
  std::vector<std::byte> request_memory_, verdict_memory_;
};

}  // namespace bylaw::runner
