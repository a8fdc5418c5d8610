// Files of entity data: JSON is cut and passed on, YAML is read by the declared types, or by the rules of JSON where
// only a bundle is known.

#include <bylaw/runner/entity_files.h>

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <bylaw/grammar/diagnostics/warnings.h>
#include <bylaw/runner/yaml_json.h>
#include <format/text_forms.h>

#include <map>
#include <nlohmann/json.hpp>

#include "entity_data.h"
#include "entity_document.h"
#include "json_members.h"
#include "suite_set.h"

namespace bylaw::runner {
namespace {

using grammar::SourceId;

constexpr const char* kEntityData = "a map of `Type::id` to parents and attributes";
constexpr const char* kAttributes = "a map of its attributes, `{}` if there are none";

/// What a JSON value is, by its first byte.
std::string_view kind_of_json(char first) {
  switch (first) {
    case '{': return "an object";
    case '[': return "an array";
    case '"': return "a text";
    case 't':
    case 'f': return "a truth value";
    case 'n': return "null";
    default: return "a number";
  }
}

class FileReader {
 public:
  FileReader(EntityTable& table, const grammar::Sources& sources, SourceId file, const EntityTypes& types,
             grammar::Diagnostics& diagnostics)
      : table_(table),
        sources_(sources),
        file_(file),
        program_(types.program),
        bundle_(types.bundle),
        diagnostics_(diagnostics) {}

  void read() {
    const std::string& path = sources_[file_].path();
    const std::string_view bytes = sources_[file_].bytes();
    const std::size_t first = skip_blanks(bytes, 0);
    const bool yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    if (path.ends_with(".csv") || path.ends_with(".bylaws"))
      read_by_types();
    else if (path.ends_with(".json") || (!yaml && first < bytes.size() && bytes[first] == '{'))
      read_json(bytes, first);
    else
      read_yaml();
  }

 private:
  // --- JSON ---

  void read_json(std::string_view bytes, std::size_t first) {
    if (!is_json(bytes)) return;
    if (bytes[first] != '{')
      return wrong_shape(span(first, first + 1), sources_[file_].path(), bytes[first], kEntityData);
    for (const JsonMember& entity : json_members(bytes, first)) {
      const Span place = span(entity.key_begin, entity.key_end);
      const std::optional<std::string> key = entity_name(entity.key, place);
      const char begin = bytes[entity.value_begin];
      if (begin != '{') wrong_shape(span(entity.value_begin, entity.value_end), entity.key, begin, kAttributes);
      if (!key || begin != '{' || !first_of_its_name(*key, entity.key, place)) continue;
      read_attributes(table_.record(*key, place), bytes, entity);
    }
  }

  void read_attributes(EntityRecord& record, std::string_view bytes, const JsonMember& entity) {
    std::map<std::string_view, Span> seen;
    const std::vector<JsonMember> members = json_members(bytes, entity.value_begin);
    for (const JsonMember& member : members) {
      const Span key = span(member.key_begin, member.key_end);
      const auto [known, added] = seen.emplace(member.key, key);
      if (!added) tell_twice(member.key, known->second, key);
      const std::string_view value = bytes.substr(member.value_begin, member.value_end - member.value_begin);
      give(record, member.key, std::string(value), span(member.value_begin, member.value_end));
    }
  }

  bool is_json(std::string_view bytes) {
    if (nlohmann::json::accept(bytes)) return true;
    try {
      [[maybe_unused]] const auto never = nlohmann::json::parse(bytes);
    } catch (const nlohmann::json::parse_error& error) {
      const std::size_t at = std::min(error.byte == 0 ? 0 : error.byte - 1, bytes.size());
      const std::string what = error.what();
      const std::size_t dash = what.find(" - ");
      diagnostics_.report(codes::EntityFileNoJson, span(at, at),
                          {{"problem", dash == std::string::npos ? what : what.substr(dash + 3)}});
    }
    return false;
  }

  void wrong_shape(Span place, const std::string& key, char begin, const char* wanted) {
    diagnostics_.report(codes::WrongShape, place,
                        {{"key", key}, {"seen", std::string(kind_of_json(begin))}, {"wanted", wanted}});
  }

  // --- YAML ---

  void read_yaml() {
    const auto document = compiler::read_yaml(sources_, file_, diagnostics_);
    if (!document || (document->is_scalar() && !document->has_text())) return;
    if (!document->is_map()) return wrong_shape(*document, sources_[file_].path(), kEntityData);
    for (const YamlEntry& entry : document->entries) read_entry(entry);
  }

  void read_entry(const YamlEntry& entry) {
    const std::optional<std::string> key = entity_name(entry.key, entry.key_span);
    if (!key || !first_of_its_name(*key, entry.key, entry.key_span)) return;
    if (entry.value.is_tilde()) return table_.erase(*key);
    if (!entry.value.is_map()) return wrong_shape(entry.value, entry.key, kAttributes);
    EntityRecord& record = table_.record(*key, entry.key_span);
    if (program_ == nullptr) return read_by_json_rules(record, entry.value);
    Context context(*program_, sources_, diagnostics_);
    const auto name = format::read_entity(*key);
    const EntityTypeId type = find_entity_type(context, name->type, all_entity_types(*program_), entry.key_span);
    Values values(context, {});
    give_attributes(values, {type, name->id}, entry.value, record);
  }

  void read_by_json_rules(EntityRecord& record, const YamlNode& attributes) {
    for (const YamlEntry& attribute : attributes.entries)
      if (auto json = yaml_to_json(attribute.value, diagnostics_))
        give(record, attribute.key, *std::move(json), attribute.value.place());
  }

  void wrong_shape(const YamlNode& node, const std::string& key, const char* wanted) {
    diagnostics_.report(codes::WrongShape, node.place(), {{"key", key}, {"seen", describe(node)}, {"wanted", wanted}});
  }

  // --- CSV and snapshots ---

  void read_by_types() {
    if (program_ == nullptr) {
      diagnostics_.report(codes::EntityFileNeedsTypes, {file_, 0, 0})
          .help("name the project, or build one snapshot of all files: `bylaw build --entities`");
      return;
    }
    Context context(*program_, sources_, diagnostics_);
    context.bundle = &bundle_;
    const auto document = read_entity_document(context, file_);
    if (!document) return;
    for (const YamlEntry& entry : document->entries) read_entry(entry);
  }

  // --- names ---

  /// One text for each entity: `User::ana` and `identity.User::"ana"` are the same.
  std::optional<std::string> entity_name(const std::string& key, Span place) {
    if (program_ != nullptr) {
      Context context(*program_, sources_, diagnostics_);
      const auto read = read_entity_key(context, key, place);
      return read ? std::optional(entity_key(*program_, read->type, read->id)) : std::nullopt;
    }
    const auto entity = format::read_entity(key);
    return entity ? format::print_entity(entity->type, entity->id) : key;
  }

  bool first_of_its_name(const std::string& name, const std::string& written, Span place) {
    const auto [known, added] = seen_.emplace(name, place);
    if (!added) tell_twice(written, known->second, place);
    return added;
  }

  void tell_twice(const std::string& key, Span first, Span again) {
    const std::uint32_t line = sources_[file_].place(first.begin).line;
    diagnostics_.report(codes::KeyTwice, again, {{"key", key}, {"line", std::to_string(line)}});
  }

  Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  EntityTable& table_;
  const grammar::Sources& sources_;
  const SourceId file_;
  const Program* program_;
  const Bundle& bundle_;
  grammar::Diagnostics& diagnostics_;
  std::unordered_map<std::string, Span> seen_;
};

}  // namespace

void lay_entity_file(EntityTable& table, const grammar::Sources& sources, grammar::SourceId file,
                     const EntityTypes& types, grammar::Diagnostics& diagnostics) {
  FileReader(table, sources, file, types, diagnostics).read();
}

EntityTable project_entities(const compiler::Project& project, const Program& program, const Bundle& bundle,
                             grammar::Diagnostics& diagnostics) {
  Context context(program, project.input.sources, diagnostics);
  context.bundle = &bundle;
  Values values(context, {});
  return entity_table(values, program, read_project_entities(project, context)).value_or(EntityTable());
}

void tell_refused(const Error& error, const EntityTable& table, grammar::Diagnostics& diagnostics) {
  const auto tell = [&](const Error& one) {
    diagnostics.report(codes::EntityRefused, table.find(one.path),
                       {{"text", one.text}, {"code", std::string(one.code)}});
  };
  tell(error);
  for (const Error& more : error.more) tell(more);
}

void tell_ignored(const std::vector<Error>& warnings, const EntityTable& table, grammar::Diagnostics& diagnostics) {
  for (const Error& warning : warnings)
    diagnostics.report(codes::EntityValueIgnored, table.find(warning.path), {{"text", warning.text}});
}

}  // namespace bylaw::runner
