#include "commands/cover.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "git.h"

namespace bylaw::cli {
namespace {

using runner::CoverFormat;

std::optional<CoverFormat> format_of(const CoverOptions& options) {
  const std::string& name = options.format;
  if (name == "html") return CoverFormat::Html;
  if (name == "lcov") return CoverFormat::Lcov;
  if (name == "json") return CoverFormat::Json;
  if (name == "text" || options.file.empty()) return CoverFormat::Text;
  if (options.file.ends_with(".html")) return CoverFormat::Html;
  if (options.file.ends_with(".info") || options.file.ends_with(".lcov")) return CoverFormat::Lcov;
  if (options.file.ends_with(".json")) return CoverFormat::Json;
  if (options.file.ends_with(".txt")) return CoverFormat::Text;
  return std::nullopt;
}

std::string rendered(const CoverOptions& options, const Loaded& loaded, const runner::CoverageResult& coverage) {
  const std::string& name = loaded.project.file.name;
  switch (*format_of(options)) {
    case CoverFormat::Text:
      return runner::to_text(coverage, {.colour = options.file.empty() && colours(STDOUT_FILENO),
                                        .path_prefix = options.file.empty() ? loaded.prefix : ""});
    case CoverFormat::Html:
      return runner::to_html(coverage, loaded.project.input.sources, name.empty() ? "Coverage" : "Coverage of " + name);
    case CoverFormat::Lcov: return runner::to_lcov(coverage);
    case CoverFormat::Json: return runner::to_json(coverage, BYLAW_VERSION);
  }
  return "";
}

}  // namespace

std::vector<std::string> take_cover(std::vector<std::string> arguments, CoverOptions& options) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  const auto takes = [](const std::string& word, const std::string& option, bool& flag, std::string& file) {
    if (word != option && !word.starts_with(option + "=")) return false;
    flag = true;
    if (word != option) file = word.substr(option.size() + 1);
    return true;
  };
  const auto rest = std::remove_if(arguments.begin(), end, [&](const std::string& word) {
    return takes(word, "--cover", options.cover, options.file) ||
           takes(word, "--mutate", options.mutate, options.mutate_file);
  });
  arguments.erase(rest, end);
  return arguments;
}

void add_cover_options(CLI::App& app, CoverOptions& options) {
  app.add_flag("--cover", options.cover,
               "what the scenarios show of rules, conditions, guards and lists; --cover=FILE writes it");
  app.add_option("--cover-format", options.format, "of --cover: text, html, lcov or json (default: as FILE ends)")
      ->check(CLI::IsMember({"text", "html", "lcov", "json"}));
  app.add_option("--cover-changed,--changed", options.changed,
                 "of --cover and --mutate: only what changed since this git revision")
      ->type_name("BASE");
  app.add_option("--generate", options.generate, "prints scenarios for this rule, or for `all`, ready to be reviewed")
      ->type_name("RULE");
  app.add_option("-o,--output", options.output, "of --generate: the scenarios go into this file, which must be new")
      ->type_name("FILE");
  app.add_flag("--force", options.force, "of --generate -o: FILE may be there already, and is written over");
  app.add_flag("--mutate", options.mutate, "changes the rules a little, and tells what no scenario notices");
}

namespace {

/// A file that somebody has reviewed is not written over by one that nobody has.
std::optional<int> check_output(const CoverOptions& options) {
  if (options.output.empty()) {
    if (options.force) return usage_error("--force is about -o FILE, which is not given");
    return std::nullopt;
  }
  if (options.generate.empty()) return usage_error("-o says where --generate writes, which is not given");
  std::error_code error;
  if (options.force || !std::filesystem::exists(options.output, error)) return std::nullopt;
  return usage_error(fmt::format("`{}` is there already", options.output),
                     "name a new file, or --force to write over it");
}

}  // namespace

std::optional<int> prepare_cover(const CoverOptions& options, const Loaded& loaded, runner::RunOptions& run) {
  run.mutate = options.mutate;
  run.generate = options.generate;
  run.cover = options.cover || !options.format.empty() ||
              (!options.changed.empty() && !options.mutate && options.generate.empty());
  if (const auto status = check_output(options)) return status;
  if (!format_of(options))
    return usage_error(fmt::format("`--cover={}`: its end says no format", options.file),
                       "end it in .html, .info, .json or .txt, or say --cover-format");
  if (options.changed.empty()) return std::nullopt;
  ChangedSince changed = changed_since(loaded.project.folder, options.changed);
  if (!changed.problem.empty()) return usage_error(changed.problem, changed.help);
  run.changed = runner::Since{options.changed, std::move(changed.lines)};
  return std::nullopt;
}

namespace {

Output generated_into(const CoverOptions& options) {
  return {options.output, true};
}

std::string rendered(const CoverOptions& options, const Loaded& loaded, const runner::MutationResult& mutation,
                     std::FILE* stream) {
  if (stream != nullptr)
    return runner::to_text(mutation, {.colour = colours(fileno(stream)), .path_prefix = loaded.prefix});
  return options.mutate_file.ends_with(".json") ? runner::to_json(mutation, BYLAW_VERSION)
                                                : runner::to_text(mutation, runner::MutationTextOptions());
}

}  // namespace

void add_outputs(const CoverOptions& options, std::vector<Output>& outputs) {
  outputs.push_back(generated_into(options));
  for (const std::string& file : {options.file, options.mutate_file}) outputs.push_back({file});
}

std::optional<int> tell_generated(const CoverOptions& options, const Loaded& loaded, const runner::RunResult& result) {
  if (!result.not_generated.empty()) return usage_error(result.not_generated);
  if (result.generated.empty()) return std::nullopt;
  if (options.output.empty()) {
    fmt::print("{}", result.generated);
    return kYes;
  }
  if (!write_output(generated_into(options), result.generated, loaded)) return kUsage;
  fmt::print(stderr, "written to {}: review each scenario\n", options.output);
  return kYes;
}

bool write_cover(const CoverOptions& options, const Loaded& loaded, const runner::RunResult& result) {
  bool written = true;
  if (result.coverage && !options.file.empty())
    written = write_output({options.file}, rendered(options, loaded, *result.coverage), loaded);
  if (result.mutation && !options.mutate_file.empty())
    written =
        write_output({options.mutate_file}, rendered(options, loaded, *result.mutation, nullptr), loaded) && written;
  return written;
}

void tell_cover(const CoverOptions& options, const Loaded& loaded, const runner::RunResult& result, std::FILE* stream) {
  if (result.coverage && options.file.empty()) fmt::print(stream, "{}", rendered(options, loaded, *result.coverage));
  if (result.mutation && options.mutate_file.empty())
    fmt::print(stream, "{}", rendered(options, loaded, *result.mutation, stream));
  if (!result.mutation && options.mutate && result.summary.failed != 0)
    fmt::print(stream, "No mutants were made: they are judged by scenarios that pass.\n");
  for (const runner::GateResult& gate : result.gates)
    if (!gate.met())
      fmt::print(stream, "GATE  {} {:.4g}% of at least {:.4g}% (gates of bylaw.yaml)\n", gate.name, gate.have,
                 gate.want);
}

}  // namespace bylaw::cli
