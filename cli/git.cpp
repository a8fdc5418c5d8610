#include "git.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

extern char** environ;

namespace bylaw::cli {
namespace {

struct Answer {
  bool started = false;
  int status = -1;
  std::string text;
};

/// Runs git without a shell, and reads what it says on standard output. `settings`: NAME=VALUE, over the environment.
Answer git(const std::filesystem::path& folder, const std::vector<std::string>& words,
           std::vector<std::string> settings = {}) {
  std::vector<std::string> all{"git", "-C", folder.string(), "-c", "core.quotepath=off"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : all) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  std::vector<char*> environment;
  for (std::string& setting : settings) environment.push_back(setting.data());
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view name = std::string_view(*one).substr(0, std::string_view(*one).find('=') + 1);
    const bool over = std::any_of(settings.begin(), settings.end(),
                                  [&](const std::string& setting) { return setting.starts_with(name); });
    if (!over) environment.push_back(*one);
  }
  environment.push_back(nullptr);

  Answer answer;
  int pipes[2];
  if (pipe2(pipes, O_CLOEXEC) != 0) return answer;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipes[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  answer.started = posix_spawnp(&child, "git", &actions, nullptr, arguments.data(), environment.data()) == 0;
  posix_spawn_file_actions_destroy(&actions);
  close(pipes[1]);
  char buffer[4096];
  for (ssize_t count = 0; answer.started && (count = read(pipes[0], buffer, sizeof buffer)) > 0;)
    answer.text.append(buffer, static_cast<std::size_t>(count));
  close(pipes[0]);
  if (answer.started && waitpid(child, &answer.status, 0) != child) answer.status = -1;
  return answer;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

/// How the history is brought in, where the checkout of a CI leaves it out.
std::string deepen_help() {
  if (is_set("GITHUB_ACTIONS")) return "in GitHub Actions give `actions/checkout` the input `fetch-depth: 0`";
  if (is_set("GITLAB_CI")) return "in GitLab CI set the variable `GIT_DEPTH: 0` for this job";
  if (is_set("TF_BUILD")) return "in Azure Pipelines write `- checkout: self` with `fetchDepth: 0`";
  return "`git fetch --unshallow` brings the rest";
}

/// "@@ -3,0 +4,2 @@": first and last line of the new side; nothing if it has none.
std::optional<std::pair<std::uint32_t, std::uint32_t>> new_side(std::string_view header) {
  const std::size_t plus = header.find('+');
  if (plus == std::string_view::npos) return std::nullopt;
  const char* at = header.data() + plus + 1;
  const char* const end = header.data() + header.size();
  std::uint32_t first = 0, count = 1;
  const auto read = std::from_chars(at, end, first);
  if (read.ec != std::errc()) return std::nullopt;
  if (read.ptr != end && *read.ptr == ',') std::from_chars(read.ptr + 1, end, count);
  // Lines were only taken away: what stands around the gap has changed.
  if (count == 0) return std::pair(first, first + 1);
  return std::pair(first, first + count - 1);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void read_diff(const std::string& diff, runner::ChangedLines& into) {
  std::string path;
  for (const std::string_view line : lines_of(diff)) {
    if (line.starts_with("+++ ")) {
      path = line.substr(4);
      if (path.ends_with('\t')) path.pop_back();  // git marks the end of a path with blanks
    } else if (line.starts_with("@@ ")) {
      if (const auto range = new_side(line.substr(3))) into[path].push_back(*range);
    }
  }
}

Answer find_commit(const std::filesystem::path& folder, const std::string& revision) {
  return git(folder, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
}

/// Git has no file of the folder and is told to have none.
bool is_ignored(const std::filesystem::path& folder) {
  return git(folder, {"check-ignore", "--quiet", "."}).status == 0 && git(folder, {"ls-files", "--", "."}).text.empty();
}

}  // namespace

Parted parted_from(const std::filesystem::path& folder, const std::string& base) {
  Parted result;
  const Answer inside = git(folder, {"rev-parse", "--is-inside-work-tree"});
  if (!inside.started || inside.status == 127 << 8) {
    result.problem = "`git` cannot be run";
    result.help = "what changed is asked of git: install it, or leave the revision away";
    return result;
  }
  if (inside.status != 0) {
    result.problem = fmt::format("`{}` is not in a git repository", folder.string());
    return result;
  }
  const bool shallow = first_line(git(folder, {"rev-parse", "--is-shallow-repository"}).text) == "true";
  Answer known = find_commit(folder, base);
  // The clone of a service has the branches of its remote alone.
  if (known.status != 0 && !base.starts_with('-')) known = find_commit(folder, "refs/remotes/origin/" + base);
  if (known.status != 0) {
    result.problem = fmt::format("git knows no revision `{}`{}", base, shallow ? ": this clone is shallow" : "");
    result.help = shallow ? deepen_help() : "is it fetched? `git fetch origin` brings the branches of a remote";
    return result;
  }
  const Answer parted = git(folder, {"merge-base", first_line(known.text), "HEAD"});
  if (parted.status != 0) {
    result.problem = fmt::format("`{}` and HEAD have no commit in common{}", base,
                                 shallow ? ": this clone is shallow, so git does not see where they parted" : "");
    if (shallow) result.help = deepen_help();
    return result;
  }
  result.commit = first_line(parted.text);
  return result;
}

std::string path_in_repository(const std::filesystem::path& folder) {
  return first_line(git(folder, {"rev-parse", "--show-prefix"}).text);
}

bool write_commit(const std::filesystem::path& folder, const std::string& commit, bool all,
                  const std::filesystem::path& into) {
  // An index of its own, so that the repository's stays as it is.
  const std::vector<std::string> own{"GIT_INDEX_FILE=" + (into / ".index").string(), "GIT_NO_LAZY_FETCH=1"};
  const std::filesystem::path top = first_line(git(folder, {"rev-parse", "--show-toplevel"}).text);
  if (top.empty() || git(folder, {"read-tree", commit}, own).status != 0) return false;
  const std::string prefix = "--prefix=" + into.string() + "/";
  return git(all ? top : folder, {"checkout-index", "--all", "--quiet", prefix}, own).status == 0;
}

ChangedSince changed_since(const std::filesystem::path& folder, const std::string& base) {
  ChangedSince result;
  const Parted parted = parted_from(folder, base);
  result.problem = parted.problem;
  result.help = parted.help;
  if (!result.problem.empty()) return result;
  if (is_ignored(folder)) {
    result.problem = fmt::format("git ignores `{}`, so it does not know what changed there", folder.string());
    result.help = "`git check-ignore -v` names the line of .gitignore: take it away, or put the project elsewhere";
    return result;
  }
  const Answer diff = git(folder, {"diff", "--no-color", "--no-ext-diff", "--no-renames", "--no-prefix", "-U0",
                                   "--relative", parted.commit, "--", "."});
  if (diff.status != 0) {
    result.problem = fmt::format("`git diff {}` failed", base);
    return result;
  }
  read_diff(diff.text, result.lines);
  const Answer fresh = git(folder, {"ls-files", "-z", "--others", "--exclude-standard"});
  for (std::size_t at = 0; at < fresh.text.size();) {
    const std::size_t end = std::min(fresh.text.find('\0', at), fresh.text.size());
    result.lines[fresh.text.substr(at, end - at)].push_back({1, std::numeric_limits<std::uint32_t>::max()});
    at = end + 1;
  }
  return result;
}

}  // namespace bylaw::cli
