// bylaw fmt: the one look of policies and scenario files.
#include <bylaw/formatter/format.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>

#include "commands/commands.h"
#include "formatting.h"
#include "loading.h"

namespace bylaw::cli {
namespace {

constexpr const char* kModule = "stdin.bylaw";

struct Options {
  std::vector<std::string> paths;
  std::string name = kModule;
  bool check = false, diff = false, quiet = false;
};

std::optional<int> read_options(const Subcommand& self, std::vector<std::string> arguments, Options& options) {
  CLI::App app;
  app.add_option("PATH", options.paths,
                 "files, or folders with all below them (default: the project around here); - for standard input");
  app.add_flag("--check", options.check, "change nothing, name the files that look otherwise, and leave with 1");
  app.add_flag("--diff", options.diff, "change nothing, print what would change");
  app.add_option("--name", options.name, "what standard input is called: x.scenarios.yaml for scenarios");
  app.add_flag("-q,--quiet", options.quiet, "do not name the files that were changed");
  if (const auto status = parse(app, self, std::move(arguments))) return status;
  if (std::find(options.paths.begin(), options.paths.end(), "-") != options.paths.end() && options.paths.size() > 1)
    return usage_error("`-` stands alone: standard input is one file");
  if (formatter::kind_of(options.name) == formatter::FileKind::Other)
    return usage_error(fmt::format("--name `{}` is no *.bylaw, *.scenarios.yaml or *.fixtures.yaml", options.name));
  return std::nullopt;
}

void tell_mistakes(const Formatted& file) {
  const grammar::RenderOptions how{.colour = colours(STDERR_FILENO), .path_prefix = ""};
  fmt::print(stderr, "{}", grammar::render(file.diagnostics.sorted(file.sources), file.sources, how));
}

/// Some line begins as the first one of a module does.
bool says_module(const std::string& bytes) {
  return bytes.starts_with("module ") || bytes.find("\nmodule ") != std::string::npos;
}

int format_standard_input(const Options& options) {
  const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  Formatted file;
  format_bytes(options.name, bytes, file);
  if (!file.text) {
    tell_mistakes(file);
    if (options.name == kModule && !says_module(bytes))
      fmt::print(stderr, "  help: standard input is read as a module; of scenarios say --name x.scenarios.yaml\n");
    return kDoesNotCompile;
  }
  if (options.diff) fmt::print("{}", formatter::unified_diff(options.name, bytes, *file.text));
  if (!options.diff && !options.check) fmt::print("{}", *file.text);
  return options.check && *file.text != bytes ? kNo : kYes;
}

struct Counts {
  std::size_t changed = 0, broken = 0;
};

/// One file; false if the disk refused.
bool format_file(const Options& options, const std::string& path, Counts& counts, std::string& problem) {
  Formatted file;
  if (!format_path(path, file, problem)) return false;
  if (!file.text) {
    tell_mistakes(file);
    ++counts.broken;
    return true;
  }
  if (*file.text == file.before) return true;
  ++counts.changed;
  if (options.diff) fmt::print("{}", formatter::unified_diff(path, file.before, *file.text));
  if (options.check && !options.diff) fmt::print("{}\n", path);
  if (options.check || options.diff) return true;
  if (!replace_file(path, *file.text, problem)) return false;
  if (!options.quiet) fmt::print(stderr, "formatted {}\n", path);
  return true;
}

}  // namespace

int run_fmt(const Subcommand& self, std::vector<std::string> arguments) {
  Options options;
  if (const auto status = read_options(self, std::move(arguments), options)) return *status;
  if (options.paths == std::vector<std::string>{"-"}) return format_standard_input(options);

  std::vector<std::string> files;
  std::string problem;
  if (!find_sources(options.paths, files, problem)) return usage_error(problem);
  if (files.empty()) {
    fmt::print(stderr, "nothing to format: no *.bylaw, *.scenarios.yaml or *.fixtures.yaml there\n");
    return kNothingRan;
  }
  Counts counts;
  for (const std::string& path : files)
    if (!format_file(options, path, counts, problem)) return usage_error(problem);
  if (counts.broken > 0) {
    fmt::print(stderr, "{} of {} left alone: they cannot be read\n", counts.broken,
               files.size() == 1 ? "1 file" : fmt::format("{} files", files.size()));
    return kDoesNotCompile;
  }
  if (!options.check || counts.changed == 0) return kYes;
  fmt::print(stderr, "{} of {} not formatted; `bylaw fmt` does it\n", counts.changed,
             files.size() == 1 ? "1 file is" : fmt::format("{} files are", files.size()));
  return kNo;
}

}  // namespace bylaw::cli
