// Names against the entity data: an entry of a list that the data lacks is nobody's, and a parent with a typo lies
// above nobody. Nothing else tells: where only names are meant, any name will do.

#include <bylaw/grammar/diagnostics/warnings.h>
#include <bylaw/runner/run.h>

#include <fmt/format.h>
#include <format/text_forms.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "json_text.h"
#include "unknown_names.h"

namespace bylaw::runner {
namespace {

using Json = nlohmann::json;

/// By short type and id.
struct Name {
  std::string type, id;
  friend auto operator<=>(const Name&, const Name&) = default;
};

std::optional<Name> read_name(std::string_view text) {
  const auto name = format::read_entity(text);
  if (!name) return std::nullopt;
  const std::string type(name->type);
  return Name{type.substr(type.rfind('.') + 1), name->id};
}

/// What the text names, whatever it is made of.
template <class Visit>
void each_name(const Json& value, Visit visit) {
  if (value.is_array())
    for (const Json& item : value) each_name(item, visit);
  if (!value.is_string()) return;
  if (const auto name = read_name(value.get_ref<const std::string&>())) visit(*name);
}

/// The names that the data knows: those that it describes, and those that stand as parents.
class Directory {
 public:
  explicit Directory(const EntityTable& table) {
    const Json data = Json::parse(table.json(), nullptr, false);
    if (!data.is_object()) return;
    for (const auto& [key, attributes] : data.items()) {
      if (const auto name = read_name(key)) add(*name);
      if (attributes.is_object() && attributes.contains("in"))
        each_name(attributes["in"], [&](const Name& name) { add(name); });
    }
  }

  bool lacks(const std::string& type, const std::string& id) const {
    return types_.contains(type) && !names_.contains({type, id});
  }

 private:
  void add(const Name& name) {
    types_.insert(name.type);
    names_.insert(name);
  }

  std::set<std::string> types_;
  std::set<Name> names_;
};

class EntryCheck {
 public:
  EntryCheck(const Program& program, const Directory& directory, grammar::Diagnostics& diagnostics)
      : program_(program), directory_(directory), diagnostics_(diagnostics) {}

  void check(const compiler::List& list) {
    for (const compiler::Row& row : list.rows) check(list, row.value, row.value_span);
  }

 private:
  void check(const compiler::List& list, compiler::ExprId id, Span place) {
    if (!id) return;
    const compiler::Expr& expr = program_.exprs[id];
    for (const compiler::ExprId operand : expr.operands) check(list, operand, place);
    if (expr.kind != compiler::ExprKind::EntityLiteral) return;
    const std::string type = program_.type_name(expr.type);
    if (!directory_.lacks(type, expr.text)) return;
    diagnostics_
        .report(codes::EntryUnknown, expr.span.known() ? expr.span : place,
                {{"entry", format::print_entity(type, expr.text)}, {"list", list.name}})
        .help("a typo? If it only stands elsewhere, describe it in the data that `entities` of bylaw.yaml names");
  }

  const Program& program_;
  const Directory& directory_;
  grammar::Diagnostics& diagnostics_;
};

std::string without_digits(std::string text) {
  std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return text;
}

/// The references of entity data to names that nobody describes.
class MistypedNames {
 public:
  MistypedNames(const Program& program, const EntityTable& table) : program_(program), table_(table) {
    for (std::uint32_t i = 0; i < program.exprs.size(); ++i) {
      const compiler::Expr& expr = program.exprs[compiler::ExprId{i}];
      if (expr.kind == compiler::ExprKind::EntityLiteral) known_[short_name_of(expr.type)].insert(expr.text);
    }
  }

  std::vector<MistypedName> find() {
    const Json data = Json::parse(table_.json(), nullptr, false);
    if (!data.is_object()) return {};
    for (const auto& [key, attributes] : data.items())
      if (const auto name = read_name(key)) known_[name->type].insert(name->id);
    for (const auto& [key, attributes] : data.items()) {
      if (!attributes.is_object()) continue;
      for (const auto& [attribute, value] : attributes.items())
        if (attribute == "in" || holds_entities(key, attribute))
          each_name(value, [&, place = fmt::format("[{}].{}", json_quote(key), attribute)](const Name& name) {
            look_at(name, place);
          });
    }
    return std::move(found_);
  }

 private:
  std::string short_name_of(compiler::TypeId type) const {
    const std::string name = program_.type_name(type);
    return name.substr(name.rfind('.') + 1);
  }

  bool holds_entities(const std::string& key, const std::string& attribute) const {
    const auto name = read_name(key);
    if (!name) return false;
    for (const compiler::EntityType& entity : program_.entities) {
      if (entity.name != name->type) continue;
      for (const compiler::Field& field : entity.fields)
        if (field.wire == attribute) return is_entity(field.type);
    }
    return false;
  }

  bool is_entity(compiler::TypeId id) const {
    const compiler::Type& type = program_.types[program_.without_optional(id)];
    if (type.kind == compiler::TypeKind::Set || type.kind == compiler::TypeKind::List) return is_entity(type.element);
    return type.kind == compiler::TypeKind::Entity;
  }

  void look_at(const Name& name, const std::string& place) {
    const std::set<std::string>& known = known_[name.type];
    if (known.contains(name.id) || !seen_.insert(name).second) return;
    std::vector<std::string> near(known.begin(), known.end());
    // `team-2` beside `team-1` is no typo.
    std::erase_if(near, [&](const std::string& id) { return without_digits(id) == without_digits(name.id); });
    const std::string meant = grammar::nearest(name.id, near);
    if (!meant.empty())
      found_.push_back({table_.find(place), name.id, format::print_entity(name.type, name.id),
                        format::print_entity(name.type, meant)});
  }

  const Program& program_;
  const EntityTable& table_;
  std::map<std::string, std::set<std::string>> known_;  // ids by type: described, or named by policies and lists
  std::set<Name> seen_;
  std::vector<MistypedName> found_;
};

}  // namespace

std::vector<MistypedName> mistyped_names(const Program& program, const EntityTable& table) {
  return MistypedNames(program, table).find();
}

void tell(const MistypedName& name, grammar::Diagnostics& diagnostics) {
  diagnostics.report(codes::EntityMistyped, name.place, {{"name", name.name}, {"meant", name.meant}})
      .help("if another one is meant, describe it: `" + name.name + ": {}`");
}

void warn_mistyped_names(const Program& program, const EntityTable& table, grammar::Diagnostics& diagnostics) {
  for (const MistypedName& name : mistyped_names(program, table)) tell(name, diagnostics);
}

void warn_unknown_entries(const Program& program, const EntityTable& table, grammar::Diagnostics& diagnostics) {
  const Directory directory(table);
  EntryCheck check(program, directory, diagnostics);
  for (const compiler::List& list : program.lists) check.check(list);
}

void warn_unknown_entries(const compiler::Project& project, const Program& program, const Bundle& bundle,
                          grammar::Diagnostics& diagnostics) {
  if (project.entity_files.empty()) return;
  grammar::Diagnostics told_elsewhere;  // what is wrong with the data itself
  warn_unknown_entries(program, project_entities(project, program, bundle, told_elsewhere), diagnostics);
}

}  // namespace bylaw::runner
