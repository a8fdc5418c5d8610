// bylaw build: a project to a bundle file.
#include <fmt/core.h>

#include <stdexcept>

#include "commands/commands.h"
#include "entity_data.h"
#include "loading.h"

namespace bylaw::cli {
namespace {

std::string default_output(const compiler::Project& project, const char* suffix) {
  std::string name = project.file.name;
  if (name.empty()) name = project.folder.filename().string();
  return (project.folder / (name.empty() ? "bundle" : name)).string() + suffix;
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

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

int build_bundle(const Loaded& loaded, const compiler::Bundle& bundle, const std::string& output, bool quiet) {
  std::string problem;
  if (!compiler::write_file(output, text_of(bundle.bytes), problem)) return usage_error(problem);
  if (!quiet) tell_what_went_in(loaded, bundle, output);
  return kYes;
}

/// Linked once, so that nothing is written that would be refused.
int build_snapshot(const std::vector<std::string>& files, Loaded& loaded, const compiler::Bundle& compiled,
                   const std::string& output, bool quiet) {
  const Result<Bundle> bundle = Bundle::from(compiled.bytes);
  if (!bundle) throw std::runtime_error("the compiler wrote a bundle that is refused: " + bundle.error().to_text());
  std::optional<Entities> entities;
  if (const auto status = read_entity_files(files, loaded, true, *bundle, !quiet, entities)) return *status;
  if (const Result<World> world = World::link(*bundle, *entities); !world)
    throw std::runtime_error("the snapshot that was made is refused: " + world.error().to_text());
  std::string problem;
  if (!compiler::write_file(output, text_of(entities->bytes()), problem)) return usage_error(problem);
  if (quiet) return kYes;
  const EntityCounts counts = entities->counts();
  fmt::print(stderr, "built {}: {}, {} described, {}, {}\n", output, plural(counts.entities, "entity", "entities"),
             counts.described, plural(counts.parents, "parent", "parents"),
             plural(entities->bytes().size(), "byte", "bytes"));
  return kYes;
}

}  // namespace

int run_build(const Subcommand& self, std::vector<std::string> arguments) {
  std::string path = ".", output;
  std::vector<std::string> entities;
  bool quiet = false, verbose = false;
  CLI::App app;
  app.add_option("PROJECT", path, "a project's folder, or a file in it (default: the project around here)");
  app.add_option("-o,--output", output,
                 "the file to write (default: NAME.bylawc in the project's folder, NAME.bylaws with --entities)");
  app.add_option("--entities", entities,
                 "write no bundle but a snapshot of entity data: these files (YAML or JSON), over that of the project");
  app.add_flag("-q,--quiet", quiet, "say nothing but errors");
  app.add_flag("-v,--verbose", verbose, "also: the configuration found, files read, what was not entered");
  if (const auto status = parse(app, self, std::move(arguments))) return *status;

  Loaded loaded;
  compiler::Bundle bundle;
  if (const auto status = load_and_compile(path, loaded, bundle, !quiet)) return *status;
  if (verbose) tell_what_was_read(loaded);
  if (output.empty()) output = default_output(loaded.project, entities.empty() ? ".bylawc" : ".bylaws");
  if (!entities.empty()) return build_snapshot(entities, loaded, bundle, output, quiet);
  return build_bundle(loaded, bundle, output, quiet);
}

}  // namespace bylaw::cli
