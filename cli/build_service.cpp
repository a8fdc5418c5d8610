#include "build_service.h"

#include <cstdlib>

namespace bylaw::cli {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Empty if a part is missing.
std::string joined(const std::string& repository, const std::string& between, const std::string& commit) {
  return repository.empty() || commit.empty() ? "" : repository + between + commit + "/";
}

}  // namespace

BuildService build_service() {
  if (variable("GITHUB_ACTIONS") == "true") return BuildService::Github;
  if (!variable("GITLAB_CI").empty()) return BuildService::Gitlab;
  return variable("TF_BUILD").empty() ? BuildService::None : BuildService::Azure;
}

std::string link_base(BuildService service) {
  switch (service) {
    case BuildService::Github: {
      const std::string repository = variable("GITHUB_REPOSITORY");
      if (repository.empty()) return "";
      return joined(variable("GITHUB_SERVER_URL") + "/" + repository, "/blob/", variable("GITHUB_SHA"));
    }
    case BuildService::Gitlab: return joined(variable("CI_PROJECT_URL"), "/-/blob/", variable("CI_COMMIT_SHA"));
    case BuildService::Azure:
    case BuildService::None: return "";
  }
  return "";
}

std::string step_summary(BuildService service) {
  return service == BuildService::Github ? variable("GITHUB_STEP_SUMMARY") : "";
}

}  // namespace bylaw::cli
