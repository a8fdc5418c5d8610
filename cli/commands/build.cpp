// bylaw build: a project to a bundle file.
#include <bylaw/runner/schema.h>
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "commands/commands.h"
#include "entity_data.h"
#include "loading.h"
#include "outputs.h"

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

/// Where a value of a param comes from: "default", "--param", "bylaw.yaml:4".
std::string origin(grammar::Span given, const grammar::Sources& sources) {
  if (!given.known()) return "default";
  const grammar::SourceFile& file = sources[given.source];
  if (file.path().starts_with("--")) return file.path();
  return fmt::format("{}:{}", file.path(), file.place(given.begin).line);
}

void tell_what_went_in(const Loaded& loaded, const compiler::Bundle& bundle, const std::string& output) {
  fmt::print(stderr, "built {} ({}): {}, {}, {}, {}\n", output, bundle.digest.substr(0, 8),
             plural(bundle.modules, "module", "modules"), plural(bundle.policies, "policy", "policies"),
             plural(bundle.rules, "rule", "rules"), plural(bundle.lists, "list", "lists"));
  const grammar::Sources& sources = loaded.project.input.sources;
  for (const compiler::Bundle::Param& param : bundle.params)
    fmt::print(stderr, "param {} = {} ({})\n", param.name, param.value, origin(param.given, sources));
  for (const compiler::Bundle::SetMode& set : bundle.modes)
    fmt::print(stderr, "policy {} is in mode {} (param {})\n", set.policy, set.mode, set.param);
  for (const std::string& path : loaded.project.not_entered) fmt::print(stderr, "not entered: {}\n", path);
}

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

int build_bundle(const Loaded& loaded, const compiler::Bundle& bundle, const std::string& output, bool quiet) {
  if (!write_output({output}, text_of(bundle.bytes), loaded)) return kUsage;
  if (!quiet) tell_what_went_in(loaded, bundle, output);
  return kYes;
}

/// Linked once, so that nothing is written that would be refused.
int build_snapshot(const std::vector<std::string>& files, Loaded& loaded, const compiler::Bundle& compiled,
                   const std::string& output, bool quiet) {
  const Result<Bundle> bundle = Bundle::from(compiled.bytes);
  if (!bundle) throw std::runtime_error("the compiler wrote a bundle that is refused: " + bundle.error().to_text());
  std::optional<Entities> entities;
  if (const auto status = read_entity_files(files, loaded, true, *bundle, !quiet, entities, true)) return *status;
  if (const Result<World> world = World::link(*bundle, *entities); !world)
    throw std::runtime_error("the snapshot that was made is refused: " + world.error().to_text());
  if (!write_output({output}, text_of(entities->bytes()), loaded)) return kUsage;
  if (quiet) return kYes;
  const EntityCounts counts = entities->counts();
  fmt::print(stderr, "built {}: {}, {} described, {}, {}\n", output, plural(counts.entities, "entity", "entities"),
             counts.described, plural(counts.parents, "parent", "parents"),
             plural(entities->bytes().size(), "byte", "bytes"));
  return kYes;
}

/// A schema for each decision, named after it: by the shortest name that no other has.
int build_schemas(const Loaded& loaded, const std::string& folder, bool quiet) {
  const compiler::Program& program = loaded.program;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return usage_error(fmt::format("`{}`: {}", folder, error.message()));
  for (std::uint32_t i = 0; i < program.decisions.size(); ++i) {
    const compiler::DecisionId id{i};
    const std::string& name = program.decisions[id].name;
    const auto same = std::count_if(program.decisions.begin(), program.decisions.end(),
                                    [&](const compiler::Decision& other) { return other.name == name; });
    const std::string file =
        fmt::format("{}/{}.schema.json", folder, same == 1 ? name : program.qualified(program.decisions[id]));
    if (!write_output({file}, runner::scenario_schema(program, id), loaded)) return kUsage;
    if (!quiet) fmt::print(stderr, "built {}\n", file);
  }
  return kYes;
}

}  // namespace

int run_build(const Subcommand& self, std::vector<std::string> arguments) {
  std::string path = ".", output, emit = "bundle";
  std::vector<std::string> entities;
  bool quiet = false, verbose = false;
  Loaded loaded;
  CLI::App app;
  add_param_option(app, loaded.params);
  app.add_option("PROJECT", path, "a project's folder, or a file in it (default: the project around here)");
  app.add_option("-o,--output", output,
                 "the file to write (default: NAME.bylawc in the project's folder, NAME.bylaws with --entities)");
  app.add_option("--emit", emit,
                 "bundle, or schema: JSON Schemas of scenario files for editors, one a decision, into the folder -o "
                 "(default: .bylaw in the project's folder)")
      ->check(CLI::IsMember({"bundle", "schema"}));
  app.add_option(
      "--entities", entities,
      "write no bundle but a snapshot of entity data: these files (YAML, JSON, CSV), over that of the project");
  app.add_flag("-q,--quiet", quiet, "say nothing but errors");
  app.add_flag("-v,--verbose", verbose, "also: the configuration found, files read, what was not entered");
  if (const auto status = parse(app, self, std::move(arguments))) return *status;

  compiler::Bundle bundle;
  if (const auto status = load_and_compile(path, loaded, bundle, !quiet)) return *status;
  if (verbose) tell_what_was_read(loaded);
  if (emit == "schema") {
    if (!entities.empty()) return usage_error("--emit schema and --entities do not go together");
    return build_schemas(loaded, output.empty() ? (loaded.project.folder / ".bylaw").string() : output, quiet);
  }
  if (output.empty()) output = default_output(loaded.project, entities.empty() ? ".bylawc" : ".bylaws");
  if (!entities.empty()) return build_snapshot(entities, loaded, bundle, output, quiet);
  return build_bundle(loaded, bundle, output, quiet);
}

}  // namespace bylaw::cli
