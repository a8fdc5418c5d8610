#include <bylaw/compiler/project.h>
#include <bylaw/runner/last_run.h>

namespace bylaw::runner {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargest = std::size_t{64} << 20U;

fs::path file_in(const fs::path& project_folder) {
  return project_folder / ".bylaw" / "failed";
}

std::string escaped(const std::string& text) {
  std::string line;
  for (const char c : text) line += c == '\n' ? "\\n" : c == '\\' ? "\\\\" : std::string(1, c);
  return line;
}

std::string unescaped(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool pair = line[i] == '\\' && i + 1 < line.size();
    if (!pair)
      text += line[i];
    else
      text += line[++i] == 'n' ? '\n' : line[i];
  }
  return text;
}

}  // namespace

std::optional<std::set<std::string>> read_failed(const fs::path& project_folder) {
  std::string bytes, problem;
  std::set<std::string> failed;
  if (!compiler::read_file(file_in(project_folder), kLargest, bytes, problem)) return std::nullopt;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    if (end != begin) failed.insert(unescaped(std::string_view(bytes).substr(begin, end - begin)));
    begin = end + 1;
  }
  return failed;
}

std::string remember_failed(const fs::path& project_folder, const RunResult& result) {
  if (result.listed || result.cases.empty()) return "";
  const std::optional<std::set<std::string>> before = read_failed(project_folder);
  std::set<std::string> after;
  if (before && !result.everything) after = *before;
  for (const CaseResult& one : result.cases) {
    after.erase(identity(one));
    if (one.status == CaseStatus::Failed) after.insert(identity(one));
  }
  if (after == before) return "";
  std::string bytes, problem;
  for (const std::string& one : after) bytes += escaped(one) + "\n";
  std::error_code error;
  fs::create_directories(file_in(project_folder).parent_path(), error);
  if (error) return error.message();
  return compiler::write_file(file_in(project_folder), bytes, problem) ? "" : problem;
}

}  // namespace bylaw::runner
