#include "data/walk.h"

#include <bylaw/grammar/diagnostics/projects.h>

#include <algorithm>
#include <set>

#include "data/paths.h"

namespace bylaw::compiler {

namespace fs = std::filesystem;
using grammar::Code;
namespace codes = grammar::codes;

namespace {

constexpr std::string_view kModule = ".bylaw";
constexpr std::string_view kScenarios = ".scenarios.yaml";
constexpr std::string_view kBundle = ".bylawc";
constexpr std::size_t kMaxDepth = 64;  // of folders

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

bool is_wanted(std::string_view name, Wanted wanted) {
  const std::string_view suffix = wanted == Wanted::Modules ? kModule : kScenarios;
  return name.size() > suffix.size() && name.ends_with(suffix);
}

/// "a.b.c" -> a, b, c.
std::vector<std::string> parts_of(const std::string& name) {
  std::vector<std::string> parts{""};
  for (char c : name) {
    if (c == '.')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

bool near(const std::string& text, const std::string& word) {
  return text == word || grammar::nearest(text, {word}) == word;
}

bool looks_like_module(const std::vector<std::string>& parts) {
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (parts[i] == "bylaw") return true;  // x.bylaw.txt, and x.BYLAW once it is lower case
  return parts.size() > 1 && near(parts.back(), "bylaw") && parts.back() != "bylawc";
}

bool looks_like_scenarios(const std::vector<std::string>& parts) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size();
    if (parts[i] == "scenarios" && !last && parts[i + 1] == "yaml") return true;
    if (near(parts[i], "scenarios") && i + 2 == parts.size() && (near(parts.back(), "yaml") || parts.back() == "yml"))
      return true;
  }
  return false;
}

class Walker {
 public:
  Walker(Walk& walk, Wanted wanted) : walk_(walk), wanted_(wanted) {}

  void walk(const std::string& path) {
    enter(path, 0);
    // Links come last, and each folder is entered once, by whatever way: links between siblings have as many ways to
    // one folder as there are orders of their names.
    for (std::size_t next = 0; next < links_.size(); ++next) {
      const Link link = links_[next];
      if (entered_.contains(canonical(link.path)))
        pass_over(link.path, "a link to a folder that is read already");
      else
        visit_folder(link.path, link.depth);
    }
  }

  std::vector<std::string> take() {
    std::sort(found_.begin(), found_.end());
    return std::move(found_);
  }

 private:
  struct Link {
    std::string path;
    std::size_t depth;
  };

  void enter(const std::string& path, std::size_t depth) {
    if (!entered_.insert(canonical(path)).second) return;
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator it(walk_.folder / path, error), end; !error && it != end; it.increment(error))
      names.push_back(it->path().filename().string());
    if (error) tell(codes::FileUnreadable, path, {{"path", path}, {"reason", error.message()}});
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) visit(path.empty() ? name : path + "/" + name, name, depth);
  }

  void tell(Code code, const std::string& path, std::initializer_list<grammar::Argument> arguments) {
    const auto source = walk_.sources.add(from_project(path), "");
    walk_.diagnostics.report(code, {source, 0, 0}, arguments);
  }

  std::string from_project(const std::string& path) const { return walk_.at.empty() ? path : walk_.at + "/" + path; }

  void pass_over(const std::string& path, const char* why) {
    const std::string line = from_project(path) + " (" + why + ")";
    if (std::find(walk_.not_entered.begin(), walk_.not_entered.end(), line) == walk_.not_entered.end())
      walk_.not_entered.push_back(line);
  }

  bool excluded(const std::string& path) const {
    for (const NamedPath& exclude : walk_.exclude)
      if (is_below(path, exclude.path)) return true;
    return false;
  }

  fs::path canonical(const std::string& path) const {
    std::error_code error;
    return fs::canonical(walk_.folder / path, error);
  }

  bool leads_back(const std::string& link) const {
    return lies_within(canonical(link), (walk_.folder / link).parent_path());
  }

  void visit(const std::string& path, const std::string& name, std::size_t depth) {
    if (excluded(path)) return pass_over(path, "excluded");
    std::error_code error;
    const bool folder = fs::is_directory(walk_.folder / path, error);
    if (name.starts_with('.')) {
      if (folder && name != ".git") pass_over(path, "a dot folder");
      return;
    }
    const bool link = fs::is_symlink(walk_.folder / path, error);
    if (link && (folder || is_wanted(name, wanted_)) && !lies_within(walk_.folder, walk_.folder / path))
      return tell(codes::LeavesProject, path, {{"path", path}});
    if (link && folder && leads_back(path))
      return tell(codes::FileUnreadable, path,
                  {{"path", path}, {"reason", "this link leads to a folder that holds it"}});
    if (!folder) return visit_file(path, name);
    link ? links_.push_back({path, depth}) : visit_folder(path, depth);
  }

  void visit_folder(const std::string& path, std::size_t depth) {
    std::error_code error;
    if (fs::exists(walk_.folder / path / "bylaw.yaml", error)) return pass_over(path, "a project of its own");
    if (depth >= kMaxDepth)
      return tell(codes::FileUnreadable, path, {{"path", path}, {"reason", "folders nest deeper than 64"}});
    enter(path, depth + 1);
  }

  void visit_file(const std::string& path, const std::string& name) {
    if (is_wanted(name, wanted_)) {
      found_.push_back(path);
    } else if (const std::string suffix = misspelt_suffix(name, wanted_); !suffix.empty()) {
      tell(codes::SuffixMisspelt, path,
           {{"name", name}, {"what", wanted_ == Wanted::Modules ? "a module" : "a scenario file"}, {"suffix", suffix}});
    }
  }

  Walk& walk_;
  Wanted wanted_;
  std::vector<std::string> found_;
  std::set<fs::path> entered_;  // canonical
  std::vector<Link> links_;     // to folders, not yet followed
};

}  // namespace

std::string misspelt_suffix(std::string_view name, Wanted wanted) {
  if (is_wanted(name, wanted) || name.ends_with('~') || name.ends_with(kBundle)) return {};
  const std::vector<std::string> parts = parts_of(lower(name));
  const bool similar = wanted == Wanted::Modules ? looks_like_module(parts) : looks_like_scenarios(parts);
  if (!similar) return {};
  return std::string(wanted == Wanted::Modules ? kModule : kScenarios);
}

namespace {

// Deep enough for a file that was put beside its folder, and no walk through everything that a large repository holds.
constexpr std::size_t kOutsideDepth = 3;

void add_outside(const Walk& walk, const std::vector<NamedPath>& roots, Wanted wanted, const std::string& folder,
                 std::size_t depth, std::vector<std::string>& found) {
  const auto is_in = [&](const std::vector<NamedPath>& named, const std::string& path) {
    return std::any_of(named.begin(), named.end(), [&](const NamedPath& each) { return is_below(path, each.path); });
  };
  std::error_code error;
  for (fs::directory_iterator it(walk.folder / folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    const std::string path = folder.empty() ? name : folder + "/" + name;
    std::error_code ignored;
    if (name.starts_with('.') || is_in(roots, path) || is_in(walk.exclude, path) || it->is_symlink(ignored)) continue;
    if (it->is_regular_file(ignored) && is_wanted(name, wanted)) found.push_back(path);
    if (!it->is_directory(ignored) || depth >= kOutsideDepth || fs::exists(it->path() / "bylaw.yaml", ignored))
      continue;
    add_outside(walk, roots, wanted, path, depth + 1, found);
  }
}

}  // namespace

std::vector<std::string> find_outside(const Walk& walk, const std::vector<NamedPath>& roots, Wanted wanted) {
  std::vector<std::string> found;
  add_outside(walk, roots, wanted, "", 0, found);
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> find_files(Walk& walk, const NamedPath& root, Wanted wanted) {
  Walker walker(walk, wanted);
  walker.walk(root.path);
  return walker.take();
}

}  // namespace bylaw::compiler
