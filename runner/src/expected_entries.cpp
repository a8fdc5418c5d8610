#include "expected_entries.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace bylaw::runner {
namespace {

using nlohmann::json;

ListId find_list(Context& context, const YamlEntry& entry) {
  const Program& program = context.program;
  std::vector<std::string> names;
  ListId found;
  for (std::uint32_t i = 0; i < program.lists.size(); ++i) {
    names.push_back(program.lists[ListId{i}].name);
    if (!is_tail(entry.key, program.qualified(program.lists[ListId{i}]))) continue;
    if (found) {
      context.report(codes::AmbiguousList, entry.key_span,
                     {{"name", entry.key},
                      {"first", program.qualified(program.lists[found])},
                      {"second", program.qualified(program.lists[ListId{i}])}});
      return {};
    }
    found = {i};
  }
  if (!found)
    context.report(codes::NoSuchList, entry.key_span,
                   {{"name", entry.key}, {"suggestion", suggestion(entry.key, names)}});
  return found;
}

/// Sets come in the engine's order, and as written.
json sorted(json value) {
  if (value.is_array()) std::sort(value.begin(), value.end());
  return value;
}

bool same(const json& wanted, const json& found) {
  return sorted(wanted) == sorted(found);
}

/// A column of an entry that decided; nothing if it has none of that name.
std::optional<json> column(const ListEntry& entry, const std::string& name) {
  const auto text = [](const std::optional<std::string>& value) { return value ? json(*value) : json(); };
  if (name == "since") return text(entry.since);
  if (name == "until") return text(entry.until);
  if (name == "owner") return text(entry.owner);
  if (name == "because") return text(entry.because);
  const json columns = json::parse(entry.entry.json, nullptr, false);
  if (!columns.is_object() || !columns.contains(name)) return std::nullopt;
  return columns[name];
}

bool is_entry(const Program& program, const ExpectedEntry& wanted, const ListEntry& found) {
  const compiler::List& list = program.lists[wanted.list];
  if (program.qualified(list) != found.list) return false;
  const json value = json::parse(wanted.json, nullptr, false);
  if (!list.row) return same(value, json::parse(found.entry.json, nullptr, false));
  return std::all_of(value.items().begin(), value.items().end(), [&](const auto& item) {
    const auto there = column(found, item.key());
    return there && same(item.value(), *there);
  });
}

std::string describe(const ListEntry& entry) {
  const json value = json::parse(entry.entry.json, nullptr, false);
  const std::string text = value.is_string() ? value.get<std::string>() : entry.entry.text;
  return fmt::format("{} of {}", text, entry.list.substr(entry.list.rfind('.') + 1));
}

/// An entry that several rules met is there once.
std::vector<const ListEntry*> decided(const Report& report) {
  std::vector<const ListEntry*> entries;
  std::set<std::pair<std::string, std::string>> known;
  const auto add = [&](const std::vector<ListEntry>& more) {
    for (const ListEntry& entry : more)
      if (known.emplace(entry.at, entry.list + entry.entry.json).second) entries.push_back(&entry);
  };
  add(report.entries);
  for (const ReportedExemption& exemption : report.exemptions) add(exemption.entries);
  return entries;
}

}  // namespace

ExpectedEntries read_entries(Context& context, const YamlNode& node, Values& values) {
  ExpectedEntries expected{node.place(), {}};
  const auto wrong = [&](const YamlNode& place, const std::string& key, const std::string& wanted) {
    context.report(codes::WrongShape, place.place(),
                   {{"key", key},
                    {"seen", place.has_text() ? fmt::format("`{}`", place.text) : compiler::describe(place)},
                    {"wanted", wanted}});
  };
  if (!node.is_map()) {
    wrong(node, "entries", "a map by list, `{}` for none");
    return expected;
  }
  for (const YamlEntry& entry : node.entries) {
    const ListId list = find_list(context, entry);
    if (!list) continue;
    if (!entry.value.is_sequence()) {
      wrong(entry.value, entry.key, "a list of entries, `[]` for none");
      continue;
    }
    const TypeId type = context.program.lists[list].element;
    for (const YamlNode& item : entry.value.items)
      if (const auto json = values.value(type, item, entry.key))
        expected.entries.push_back({list, *json, source_text(context.sources, item)});
  }
  return expected;
}

EntryDifference compare_entries(const Program& program, const ExpectedEntries& expected, const Report& report) {
  EntryDifference difference;
  std::vector<const ListEntry*> found = decided(report);
  for (const ExpectedEntry& wanted : expected.entries) {
    const auto match = std::find_if(found.begin(), found.end(),
                                    [&](const ListEntry* entry) { return is_entry(program, wanted, *entry); });
    if (match == found.end())
      difference.missing.push_back(fmt::format("{} of {}", wanted.text, program.lists[wanted.list].name));
    else
      found.erase(match);
  }
  for (const ListEntry* entry : found) difference.extra.push_back(describe(*entry));
  return difference;
}

}  // namespace bylaw::runner
