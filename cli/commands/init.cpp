// bylaw init: a project that passes `bylaw ci` at once, and files for build services. Touches nothing that exists.
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "commands/commands.h"
#include "init_files.h"

namespace bylaw::cli {
namespace {

namespace fs = std::filesystem;

struct Service {
  std::string_view name;
  std::string_view source;  // in cli/init
  std::string_view target;  // in the project
};
constexpr Service kServices[] = {
    {"github", "ci/github.yml", ".github/workflows/bylaw.yml"},
    {"gitlab", "ci/gitlab.yml", ".gitlab-ci.yml"},
    {"azure", "ci/azure.yml", "azure-pipelines.yml"},
    {"pre-commit", "ci/pre-commit.yaml", ".pre-commit-config.yaml"},
};

struct Options {
  std::string folder = ".";
  std::vector<std::string> services;
};

std::optional<int> read_options(const Subcommand& self, std::vector<std::string> arguments, Options& options) {
  std::vector<std::string> names;
  for (const Service& service : kServices) names.emplace_back(service.name);
  CLI::App app;
  app.add_option("DIR", options.folder, "where (default: here)");
  app.add_option("--ci", options.services, fmt::format("also for this service, any number: {}", fmt::join(names, ", ")))
      ->expected(1)
      ->take_all()
      ->check(CLI::IsMember(names));
  return parse(app, self, std::move(arguments));
}

struct Planned {
  std::string source, target;
};

/// A folder that is a project gets files for services alone.
std::vector<Planned> plan(const Options& options) {
  std::vector<Planned> files;
  const bool is_project = fs::exists(fs::path(options.folder) / "bylaw.yaml");
  for (const InitFile& file : init_files()) {
    const std::string name(file.name);
    if (is_project || name.starts_with("ci/")) continue;
    files.push_back({name, name == "gitignore" ? ".gitignore" : name});
  }
  for (const Service& service : kServices)
    if (std::find(options.services.begin(), options.services.end(), service.name) != options.services.end())
      files.push_back({std::string(service.source), std::string(service.target)});
  return files;
}

std::string text_of(const std::string& source) {
  const std::span<const InitFile> files = init_files();
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const InitFile& file) { return file.name == source; });
  std::string text(found->text);
  constexpr std::string_view kVersion = "@VERSION@";
  if (const std::size_t at = text.find(kVersion); at != std::string::npos)
    text.replace(at, kVersion.size(), BYLAW_VERSION);
  return text;
}

enum class Outcome { Created, WasThere, Refused };

/// Creates the file or leaves it alone; nothing between looking and writing can change that.
Outcome create(const fs::path& path, const std::string& text, std::string& problem) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0 && errno == EEXIST) return Outcome::WasThere;
  bool written = descriptor >= 0;
  for (std::string_view rest = text; written && !rest.empty();) {
    const ssize_t count = ::write(descriptor, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    written = count > 0;
    if (written) rest.remove_prefix(static_cast<std::size_t>(count));
  }
  if (!written) problem = fmt::format("`{}` cannot be written: {}", path.generic_string(), std::strerror(errno));
  if (descriptor >= 0) ::close(descriptor);
  return written ? Outcome::Created : Outcome::Refused;
}

}  // namespace

int run_init(const Subcommand& self, std::vector<std::string> arguments) {
  Options options;
  if (const auto status = read_options(self, std::move(arguments), options)) return *status;
  const fs::path folder = options.folder;
  std::vector<std::string> created, kept;
  std::string problem;
  for (const Planned& file : plan(options)) {
    switch (create(folder / file.target, text_of(file.source), problem)) {
      case Outcome::Created: created.push_back(file.target); break;
      case Outcome::WasThere: kept.push_back(file.target); break;
      case Outcome::Refused: return usage_error(problem);
    }
  }
  if (created.empty())
    fmt::print("Created nothing{}\n", kept.empty() ? ": this is a project already" : "");
  else
    fmt::print("Created {}\n", fmt::join(created, " "));
  if (!kept.empty()) fmt::print("Left alone, since they were there: {}\n", fmt::join(kept, " "));
  for (const Service& service : kServices)
    if (service.name != "pre-commit" && std::find(created.begin(), created.end(), service.target) != created.end())
      fmt::print("Set BYLAW_REPOSITORY in {}: where Bylaw is cloned from\n", service.target);
  if (!created.empty())
    fmt::print("Next: {}bylaw test\n", options.folder == "." ? "" : fmt::format("cd {} && ", options.folder));
  return kYes;
}

}  // namespace bylaw::cli
