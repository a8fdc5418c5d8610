#include <bylaw/runner/watch.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace bylaw::runner {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kScenarios = ".scenarios.yaml";

bool can_matter(const fs::path& path) {
  static const std::set<std::string> kKinds = {".bylaw", ".yaml", ".yml", ".json", ".csv", ".txt"};
  return kKinds.count(path.extension().string()) != 0;
}

bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

}  // namespace

FileTimes file_times(const fs::path& folder) {
  FileTimes times;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code of_file;
    if (is_hidden(it->path())) {
      if (it->is_directory(of_file)) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file(of_file) || !can_matter(it->path())) continue;
    const auto time = it->last_write_time(of_file).time_since_epoch().count();
    const auto size = it->file_size(of_file);
    if (!of_file) times[it->path().lexically_relative(folder).generic_string()] = {time, size};
  }
  return times;
}

std::vector<std::string> changed_files(const FileTimes& before, const FileTimes& after) {
  std::vector<std::string> changed;
  for (const auto& [path, state] : after) {
    const auto known = before.find(path);
    if (known == before.end() || known->second != state) changed.push_back(path);
  }
  for (const auto& [path, state] : before)
    if (after.count(path) == 0) changed.push_back(path);
  std::sort(changed.begin(), changed.end());
  return changed;
}

std::optional<std::vector<Selection>> touched(const std::vector<std::string>& changed,
                                              const std::map<std::string, std::vector<std::string>>& uses) {
  std::set<std::string> files;
  for (const std::string& path : changed) {
    bool known = false;
    if (path.ends_with(kScenarios)) {
      files.insert(path);
      known = true;
    }
    for (const auto& [file, used] : uses) {
      if (std::find(used.begin(), used.end(), path) == used.end()) continue;
      files.insert(file);
      known = true;
    }
    if (!known) return std::nullopt;
  }
  std::vector<Selection> selections;
  for (const std::string& file : files) selections.push_back({file, 0});
  return selections;
}

}  // namespace bylaw::runner
