#include "entity_data.h"

#include <bylaw/compiler/yaml_events.h>
#include <bylaw/runner/run.h>
#include <bylaw/runner/yaml_json.h>
#include <fmt/core.h>

#include <filesystem>
#include <fstream>

#include "command_line.h"

namespace bylaw::cli {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kLargestFile = 256u << 20;

bool is_json_path(const std::string& path) {
  return path.ends_with(".json");
}

bool looks_like_json(const std::string& bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string::npos && bytes[first] == '{';
}

/// As the project would name it, so that the prefix of all its paths leads there.
std::string path_in(const compiler::Project& project, const std::string& path) {
  if (project.folder.empty()) return path;
  std::error_code error;
  const fs::path relative = fs::relative(fs::absolute(path, error), project.folder, error);
  return error || relative.empty() ? path : relative.generic_string();
}

/// Lays the files over the table; false if one cannot be read: `problem`.
bool lay_files(const std::vector<std::string>& files, Loaded& loaded, const runner::EntityTypes& types,
               runner::EntityTable& table, grammar::Diagnostics& diagnostics, std::string& problem) {
  grammar::Sources& sources = loaded.project.input.sources;
  for (const std::string& path : files) {
    std::string bytes;
    if (!compiler::read_file(path, kLargestFile, bytes, problem)) {
      problem = fmt::format("`{}` cannot be read: {}", path, problem);
      return false;
    }
    const grammar::SourceId source = sources.add(path_in(loaded.project, path), std::move(bytes));
    runner::lay_entity_file(table, sources, source, types, diagnostics);
  }
  return true;
}

}  // namespace

bool is_snapshot(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char magic[5] = {};
  return path.ends_with(".bylaws") || (file.read(magic, 5) && std::string_view(magic, 5) == "BYLAS");
}

std::optional<int> read_entity_files(const std::vector<std::string>& files, Loaded& loaded, bool has_program,
                                     const Bundle& bundle, bool warnings, std::optional<Entities>& entities,
                                     bool names) {
  const compiler::Program* const program = has_program ? &loaded.program : nullptr;
  grammar::Diagnostics diagnostics;
  std::string problem;
  runner::EntityTable table;
  if (has_program) table = runner::project_entities(loaded.project, loaded.program, bundle, diagnostics);
  if (!lay_files(files, loaded, {program, bundle}, table, diagnostics, problem)) return usage_error(problem);
  if (!diagnostics.has_errors()) {
    const Result<Entities> read = Entities::from_json(bundle, table.json());
    if (read) {
      const auto ignored = read->warnings();
      runner::tell_ignored({ignored.begin(), ignored.end()}, table, diagnostics);
      entities = *read;
      if (names) runner::warn_unknown_entries(loaded.program, table, diagnostics);
      if (names) runner::warn_mistyped_names(loaded.program, table, diagnostics);
    } else {
      runner::tell_refused(read.error(), table, diagnostics);
    }
  }
  tell(diagnostics, loaded, stderr, warnings);
  return entities ? std::nullopt : std::optional<int>(kDoesNotCompile);
}

std::optional<std::string> read_document(const std::string& path, const std::string& bytes, grammar::Sources& sources,
                                         grammar::Diagnostics& diagnostics) {
  if (is_json_path(path) || (!path.ends_with(".yaml") && !path.ends_with(".yml") && looks_like_json(bytes)))
    return bytes;
  const grammar::SourceId source = sources.add(path, bytes);
  const auto document = compiler::read_yaml(sources, source, diagnostics);
  return document ? runner::yaml_to_json(*document, diagnostics) : std::nullopt;
}

}  // namespace bylaw::cli
