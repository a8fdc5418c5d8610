// bylaw build: a project to a bundle file.
#include <fmt/core.h>

#include "commands/commands.h"
#include "loading.h"

namespace bylaw::cli {
namespace {

std::string default_output(const compiler::Project& project) {
  std::string name = project.file.name;
  if (name.empty()) name = project.folder.filename().string();
  return (project.folder / (name.empty() ? "bundle" : name)).string() + ".bylawc";
}

std::string plural(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

void tell_what_went_in(const Loaded& loaded, const compiler::Bundle& bundle, const std::string& output) {
  fmt::print(stderr, "built {} ({}): {}, {}, {}, {}\n", output, bundle.digest.substr(0, 8),
             plural(bundle.modules, "module", "modules"), plural(bundle.policies, "policy", "policies"),
             plural(bundle.rules, "rule", "rules"), plural(bundle.lists, "list", "lists"));
  for (const std::string& path : loaded.project.not_entered) fmt::print(stderr, "not entered: {}\n", path);
}

}  // namespace

int run_build(const Subcommand& self, std::vector<std::string> arguments) {
  std::string path = ".", output;
  bool quiet = false, verbose = false;
  CLI::App app;
  app.add_option("PROJECT", path, "a project's folder, or a file in it (default: the project around here)");
  app.add_option("-o,--output", output, "the bundle to write (default: NAME.bylawc in the project's folder)");
  app.add_flag("-q,--quiet", quiet, "say nothing but errors");
  app.add_flag("-v,--verbose", verbose, "also: the configuration found, files read, what was not entered");
  if (const auto status = parse(app, self, std::move(arguments))) return *status;

  Loaded loaded;
  compiler::Bundle bundle;
  if (const auto status = load_and_compile(path, loaded, bundle, !quiet)) return *status;
  if (verbose) tell_what_was_read(loaded);
  if (output.empty()) output = default_output(loaded.project);
  std::string problem;
  const std::string_view bytes(reinterpret_cast<const char*>(bundle.bytes.data()), bundle.bytes.size());
  if (!compiler::write_file(output, bytes, problem)) return usage_error(problem);
  if (!quiet) tell_what_went_in(loaded, bundle, output);
  return kYes;
}

}  // namespace bylaw::cli
