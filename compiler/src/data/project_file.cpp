#include "data/project_file.h"

#include <bylaw/compiler/yaml_events.h>
#include <bylaw/grammar/diagnostics/projects.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "data/paths.h"
#include "format/text_forms.h"

namespace bylaw::compiler {

namespace {

using grammar::Code;
namespace codes = grammar::codes;

constexpr std::string_view kVersion = BYLAW_VERSION;

bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (text.empty() || !letter(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}
/// What `bylaw test --cover` and `--mutate` measure.
constexpr std::array<std::string_view, 7> kGates = {"rules",   "otherwise",     "conditions", "guards",
                                                    "entries", "changed_rules", "mutants"};

struct Reader {
  grammar::Diagnostics& diagnostics;

  void refuse(const YamlEntry& entry, const YamlNode& node, const std::string& wanted) {
    const grammar::Span place = node.has_text() || !node.is_scalar() ? node.place() : entry.key_span;
    diagnostics.report(codes::ProjectValue, place, {{"key", entry.key}, {"seen", describe(node)}, {"wanted", wanted}});
  }

  /// Strictly a list: one path without brackets would read well today and be refused when it becomes two.
  void paths(const YamlEntry& entry, std::vector<NamedPath>& into, const std::string& example) {
    into.clear();
    if (!entry.value.is_sequence()) {
      refuse(entry, entry.value, "a list of paths, `[" + example + "]`");
      return;
    }
    for (const YamlNode& item : entry.value.items) path(entry, item, into);
  }

  void path(const YamlEntry& entry, const YamlNode& item, std::vector<NamedPath>& into) {
    if (!item.has_text() || item.text.empty()) {
      refuse(entry, item, "paths");
      return;
    }
    std::string text = item.text;
    while (text.size() > 1 && text.ends_with('/')) text.pop_back();
    if (text == "." || text == "/") {
      into.push_back({"", item.place()});
    } else if (const auto normal = project_path("bylaw.yaml", text)) {
      into.push_back({*normal, item.place()});
    } else {
      diagnostics.report(codes::LeavesProject, item.place(), {{"path", item.text}});
    }
  }

  /// The values themselves, or the file that holds them.
  void params(const YamlEntry& entry, ProjectPaths& into) {
    if (!entry.value.has_text()) {
      if (auto layer = param_layer(entry.value, diagnostics)) into.given = std::move(*layer);
      return;
    }
    std::vector<NamedPath> file;
    path(entry, entry.value, file);
    if (!file.empty()) into.params = file.front();
  }

  void dependencies(const YamlEntry& entry, ProjectPaths& into) {
    if (!entry.value.is_map()) {
      refuse(entry, entry.value, "a map of names and folders, `{shared: ../shared-policies}`");
      return;
    }
    for (const YamlEntry& each : entry.value.entries) dependency(entry, each, into);
    std::sort(into.dependencies.begin(), into.dependencies.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
  }

  void dependency(const YamlEntry& entry, const YamlEntry& each, ProjectPaths& into) {
    if (!is_name(each.key) || each.key == "std") {
      const char* reason = each.key == "std" ? "`std` is the standard library"
                                             : "a name is a letter or `_`, then letters, digits and `_`";
      diagnostics.report(codes::DependencyName, each.key_span, {{"name", each.key}, {"reason", reason}});
      return;
    }
    if (!each.value.has_text() || each.value.text.empty() || each.value.text.starts_with('/') ||
        each.value.text.find('\0') != std::string::npos) {
      refuse(entry, each.value, "for each name a folder, relative to this file");
      return;
    }
    std::string folder = each.value.text;
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    into.dependencies.push_back({each.key, each.key_span, {std::move(folder), each.value.place()}});
  }

  void name(const YamlEntry& entry, ProjectFile& file) {
    if (!entry.value.has_text() || entry.value.text.empty())
      refuse(entry, entry.value, "a text");
    else
      file.name = entry.value.text;
  }

  void language(const YamlEntry& entry, ProjectFile& file) {
    std::uint32_t number = 0;
    const std::string& text = entry.value.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (entry.value.style != YamlStyle::Plain || error != std::errc() || end != text.data() + text.size() ||
        number == 0)
      refuse(entry, entry.value, "a number, the version of the language");
    else if (number != file.language)
      diagnostics.report(codes::LanguageNewer, entry.value.place(), {{"language", text}});
  }

  void needs(const YamlEntry& entry) {
    const auto fits = entry.value.has_text() ? version_fits(kVersion, entry.value.text) : std::nullopt;
    if (!fits)
      refuse(entry, entry.value, "a range of versions, `\">= 0.1\"`");
    else if (!*fits)
      diagnostics.report(codes::RequiresNewer, entry.value.place(),
                         {{"wanted", entry.value.text}, {"version", std::string(kVersion)}});
  }

  void expiring(const YamlEntry& entry, ProjectFile& file) {
    const auto length = entry.value.has_text() ? format::read_duration(entry.value.text).value : std::nullopt;
    if (!length || *length < 0)
      refuse(entry, entry.value, "a duration, `30d`");
    else
      file.expiring = *length;
  }

  void gates(const YamlEntry& entry, ProjectFile& file) {
    if (!entry.value.is_map()) {
      refuse(entry, entry.value, "a map, `{rules: 100%}`");
      return;
    }
    check_keys(entry.value, {kGates.begin(), kGates.end()}, {}, diagnostics);
    for (const YamlEntry& gate : entry.value.entries)
      if (std::find(kGates.begin(), kGates.end(), gate.key) != kGates.end()) percent(gate, file);
  }

  void percent(const YamlEntry& gate, ProjectFile& file) {
    const std::string& text = gate.value.text;
    double percent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
    const bool read = gate.value.has_text() && error == std::errc() && std::string_view(end) == "%";
    if (read && percent >= 0 && percent <= 100)
      file.gates.push_back({gate.key, percent, gate.key_span});
    else
      refuse(gate, gate.value, "a share from `0%` to `100%`");
  }

  void ci(const YamlEntry& entry, ProjectFile& file) {
    if (!entry.value.is_map()) {
      refuse(entry, entry.value, "a map, `{base: origin/main}`");
      return;
    }
    check_keys(entry.value, {"base", "new_allow"}, {}, diagnostics);
    for (const YamlEntry& setting : entry.value.entries) {
      const std::string& text = setting.value.text;
      const bool given = setting.value.has_text() && !text.empty();
      if (setting.key == "base") {
        if (given && !text.starts_with('-'))
          file.ci.base = text;
        else
          refuse(setting, setting.value, "a git revision, such as `origin/main`");
      } else if (setting.key == "new_allow") {
        file.ci.forbid_gains = given && text == "forbid";
        if (!given || (text != "forbid" && text != "report")) refuse(setting, setting.value, "`report` or `forbid`");
      }
    }
  }

  void entry(const YamlEntry& entry, ProjectFile& file, ProjectPaths& into) {
    if (entry.key == "name") name(entry, file);
    if (entry.key == "language") language(entry, file);
    if (entry.key == "requires") needs(entry);
    if (entry.key == "policies") paths(entry, into.policies, "policies"), into.policies_span = entry.key_span;
    if (entry.key == "scenarios") paths(entry, into.scenarios, "scenarios");
    if (entry.key == "exclude") paths(entry, into.exclude, "vendor");
    if (entry.key == "expiring") expiring(entry, file);
    if (entry.key == "params") params(entry, into);
    if (entry.key == "dependencies") dependencies(entry, into);
    if (entry.key == "gates") gates(entry, file);
    if (entry.key == "ci") ci(entry, file);
    if (entry.key == "entities") paths(entry, into.entities, "entities/directory.yaml");
  }
};

std::vector<std::string> plain(const std::vector<NamedPath>& paths) {
  std::vector<std::string> texts;
  for (const NamedPath& path : paths) texts.push_back(path.path);
  return texts;
}

using Version = std::array<std::uint32_t, 3>;

std::optional<Version> read_version(std::string_view text) {
  Version version{};
  for (std::size_t part = 0; part < version.size(); ++part) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version[part]);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) return version;
    if (!text.starts_with('.')) return std::nullopt;
    text.remove_prefix(1);
  }
  return std::nullopt;
}

bool holds(const Version& version, std::string_view comparison, const Version& wanted) {
  if (comparison == ">=") return version >= wanted;
  if (comparison == ">") return version > wanted;
  if (comparison == "<=") return version <= wanted;
  if (comparison == "<") return version < wanted;
  return version == wanted;
}

}  // namespace

std::optional<bool> version_fits(std::string_view version, std::string_view wanted) {
  const auto own = read_version(version);
  bool fits = true, any = false;
  while (true) {
    wanted.remove_prefix(std::min(wanted.size(), wanted.find_first_not_of(" ")));
    if (wanted.empty()) return any && own ? std::optional(fits) : std::nullopt;
    const std::size_t length = std::min(wanted.find_first_not_of("<>="), wanted.size());
    const std::string_view comparison = wanted.substr(0, length);
    wanted.remove_prefix(length);
    wanted.remove_prefix(std::min(wanted.size(), wanted.find_first_not_of(" ")));
    const std::size_t end = std::min(wanted.find_first_not_of("0123456789."), wanted.size());
    const auto bound = read_version(wanted.substr(0, end));
    const bool known = comparison == ">=" || comparison == ">" || comparison == "<=" || comparison == "<" ||
                       comparison == "=" || comparison.empty();
    if (!bound || !known) return std::nullopt;
    fits = fits && holds(*own, comparison, *bound);
    any = true;
    wanted.remove_prefix(end);
  }
}

ProjectPaths default_paths() {
  ProjectPaths paths;
  paths.policies.push_back({});
  paths.scenarios.push_back({});
  return paths;
}

bool read_project_file(const grammar::Sources& sources, grammar::SourceId source, ProjectFile& file,
                       ProjectPaths& paths, grammar::Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.errors();
  const auto root = read_yaml(sources, source, diagnostics);
  if (!root) return false;
  const bool empty = root->is_scalar() && root->style == YamlStyle::Empty;
  if (!root->is_map() && !empty)
    diagnostics.report(
        codes::ProjectValue, root->place(),
        {{"key", "bylaw.yaml"}, {"seen", describe(*root)}, {"wanted", "keys, such as `policies: [policies]`"}});
  check_keys(*root,
             {"name", "language", "requires", "policies", "scenarios", "exclude", "entities", "params", "dependencies",
              "expiring", "gates", "ci"},
             {"warnings"}, diagnostics);
  Reader reader{diagnostics};
  for (const YamlEntry& entry : root->entries) reader.entry(entry, file, paths);
  file.policies = plain(paths.policies);
  file.scenarios = plain(paths.scenarios);
  file.exclude = plain(paths.exclude);
  file.entities = plain(paths.entities);
  return diagnostics.errors() == errors;
}

}  // namespace bylaw::compiler
