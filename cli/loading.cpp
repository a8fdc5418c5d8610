#include "loading.h"

#include <bylaw/compiler/compile.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "command_line.h"

namespace bylaw::cli {
namespace {

std::string prefix_to(const std::filesystem::path& folder) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  const std::filesystem::path relative = std::filesystem::relative(folder, here, error);
  if (error || relative.empty()) return folder.generic_string() + "/";
  return relative == "." ? "" : relative.generic_string() + "/";
}

std::string plural(std::size_t count, const char* word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

std::string counts(const grammar::Diagnostics& diagnostics, const Loaded& loaded, bool warnings) {
  std::string text = plural(diagnostics.errors(), "error");
  if (warnings) text += ", " + plural(diagnostics.warnings(), "warning");
  return text + " in " + plural(loaded.project.input.sources.size(), "file");
}

}  // namespace

void add_param_option(CLI::App& app, std::vector<std::string>& params) {
  app.add_option("--param", params, "a value of a `param`, NAME=VALUE, over that of bylaw.yaml; may be repeated")
      ->allow_extra_args(false);
}

std::string counts(const Loaded& loaded, bool warnings) {
  return counts(loaded.diagnostics, loaded, warnings);
}

void tell(const Loaded& loaded, std::FILE* stream, bool warnings) {
  tell(loaded.diagnostics, loaded, stream, warnings);
}

void tell(const grammar::Diagnostics& diagnostics, const Loaded& loaded, std::FILE* stream, bool warnings) {
  const grammar::Sources& sources = loaded.project.input.sources;
  std::vector<grammar::Diagnostic> told = diagnostics.sorted(sources);
  if (!warnings)
    std::erase_if(told,
                  [](const grammar::Diagnostic& d) { return info(d.code).severity == grammar::Severity::Warning; });
  if (told.empty()) return;
  const grammar::RenderOptions options{.colour = colours(fileno(stream)), .path_prefix = loaded.prefix};
  fmt::print(stream, "{}{}\n", grammar::render(told, sources, options), counts(diagnostics, loaded, warnings));
}

void tell_what_was_read(const Loaded& loaded) {
  const compiler::Project& project = loaded.project;
  fmt::print(stderr, "project {}{}\n", project.folder.string(),
             project.has_file ? " (bylaw.yaml)" : ": no bylaw.yaml, so the defaults");
  for (std::uint32_t i = 0; i < project.input.sources.size(); ++i)
    fmt::print(stderr, "read {}\n", project.input.sources[grammar::SourceId{i}].path());
  for (const std::string& path : project.not_entered) fmt::print(stderr, "not entered: {}\n", path);
}

std::optional<int> load(const std::string& path, Loaded& loaded, bool tell_why) {
  std::string problem;
  const compiler::LoadStatus status = compiler::load_project(path, loaded.project, loaded.diagnostics, problem);
  if (status == compiler::LoadStatus::Missing) return usage_error(problem);
  loaded.prefix = prefix_to(loaded.project.folder);
  if (!compiler::give_params(loaded.project.input, loaded.params, loaded.diagnostics, problem))
    return usage_error(problem);
  if (loaded.project.single_file && tell_why)
    fmt::print(stderr, "no bylaw.yaml above `{}`: this is that file and its imports, not a project\n", path);
  if (status == compiler::LoadStatus::Loaded && !loaded.diagnostics.has_errors()) return std::nullopt;
  if (tell_why) tell(loaded, stderr, true);
  return kDoesNotCompile;
}

std::optional<int> load_and_compile(const std::string& path, Loaded& loaded, compiler::Bundle& bundle, bool warnings) {
  if (const auto status = load(path, loaded)) return status;
  loaded.program = compiler::check(loaded.project.input, loaded.diagnostics);
  std::optional<compiler::Bundle> compiled;
  if (!loaded.diagnostics.has_errors())
    compiled = compiler::lower(loaded.program, loaded.project.input, loaded.diagnostics);
  if (!compiled) {
    tell(loaded, stderr, true);
    return kDoesNotCompile;
  }
  if (warnings) tell(loaded, stderr, true);
  bundle = std::move(*compiled);
  return std::nullopt;
}

}  // namespace bylaw::cli
