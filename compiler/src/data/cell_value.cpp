#include "data/cell_value.h"

#include <bylaw/grammar/diagnostics/lists.h>

#include <bylaw/grammar/syntax_tree.h>

#include <algorithm>
#include <charconv>

#include "check/form_text.h"
#include "check/typing.h"
#include "format/decimal.h"
#include "format/text_forms.h"

namespace bylaw::compiler {

namespace {

class CellReader {
 public:
  CellReader(Checker& checker, const CellOwner& owner, const CellText& cell, TypeId type)
      : checker_(checker), owner_(owner), cell_(cell), type_id_(type), type_(checker.program.types[type]) {}

  ExprId read() {
    const bool text_like = type_.kind == TypeKind::String;
    if (cell_.text.empty() && !text_like) {
      checker_.diagnostics.report(codes::CellEmpty, cell_.span);
      return {};
    }
    switch (type_.kind) {
      case TypeKind::Bool: return bool_value();
      case TypeKind::Int: return int_value();
      case TypeKind::String: return constant(ExprKind::StringLiteral, 0, cell_.text);
      case TypeKind::Time: return time_value();
      case TypeKind::Duration: return duration_value();
      case TypeKind::Enum: return member_value();
      case TypeKind::Entity: return entity_value();
      case TypeKind::Ip:
      case TypeKind::Cidr:
      case TypeKind::Version:
      case TypeKind::Versions: return form_value();
      case TypeKind::Decimal: return decimal_value();
      case TypeKind::Glob:
      case TypeKind::Regex: return pattern_expr(checker_, type_.kind, cell_.text, cell_.span);
      case TypeKind::Policy: return policy_value();
      case TypeKind::Error:
      case TypeKind::Record:
      case TypeKind::Set:
      case TypeKind::List:
      case TypeKind::Map:
      case TypeKind::Any:
      case TypeKind::Optional: break;
    }
    return {};
  }

 private:
  ExprId constant(ExprKind kind, std::int64_t integer, std::string text = {}) {
    return add_expr(checker_,
                    {.kind = kind, .type = type_id_, .span = cell_.span, .integer = integer, .text = std::move(text)});
  }

  void tell(const std::string& type, const std::string& help) { tell_cell(checker_, cell_, type, help); }

  ExprId bool_value() {
    if (!cell_.quoted && (cell_.text == "true" || cell_.text == "false"))
      return constant(ExprKind::BoolLiteral, cell_.text == "true");
    tell("a Bool", "write `true` or `false`");
    return {};
  }

  ExprId int_value() {
    std::int64_t number = 0;
    const std::string& text = cell_.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string digits = text.substr(text.starts_with('-') ? 1 : 0);
    const bool zeros = digits.size() > 1 && digits[0] == '0';
    if (!cell_.quoted && error == std::errc() && end == text.data() + text.size() && !zeros)
      return constant(ExprKind::IntLiteral, number);
    tell("an Int", error == std::errc::result_out_of_range ? "it has more than 64 bits" : "write digits alone");
    return {};
  }

  ExprId time_value() {
    const auto instant = read_cell_instant(checker_, cell_);
    return instant ? constant(ExprKind::TimeLiteral, *instant) : ExprId{};
  }

  ExprId duration_value() {
    const format::DurationResult duration = format::read_duration(cell_.text);
    if (duration.value) return constant(ExprKind::DurationLiteral, *duration.value);
    tell("a Duration", "write `30d` or `1d12h`");
    return {};
  }

  ExprId decimal_value() {
    const format::DecimalResult decimal = format::read_decimal(cell_.text);
    if (!cell_.quoted && decimal.value) return constant(ExprKind::DecimalLiteral, *decimal.value);
    tell("a Decimal", decimal.error == format::DecimalError::Overflow
                          ? "it has more than 64 bits of ten-thousandths"
                          : "write digits, with at most four after the point");
    return {};
  }

  ExprId form_value() {
    FormText form = read_form(type_.kind, cell_.text);
    if (form.canonical) return constant(ExprKind::FormLiteral, 0, std::move(*form.canonical));
    tell(a_type(checker_.program, type_id_), form.problem + (form.meant.empty() ? "" : ": write `" + form.meant + "`"));
    return {};
  }

  ExprId member_value() {
    const EnumType& type = checker_.program.enums[type_.enum_id];
    for (std::size_t i = 0; i < type.members.size(); ++i)
      if (type.members[i].name == cell_.text || type.members[i].wire == cell_.text)
        return constant(ExprKind::MemberLiteral, static_cast<std::int64_t>(i));
    std::vector<std::string> known;
    for (const Member& member : type.members) {
      known.push_back(member.name);
      known.push_back(member.wire);
    }
    const std::string meant = grammar::nearest(cell_.text, known);
    std::string help = meant.empty() ? "" : "did you mean `" + meant + "`?";
    if (meant.empty() && type.members.size() <= 8)
      for (const Member& member : type.members)
        help += (help.empty() ? "its members are `" : ", `") + member.wire + "`";
    tell("a member of " + type.name, help);
    return {};
  }

  // --- entities ---

  ExprId entity_value() {
    const std::size_t colons = cell_.text.find("::");
    if (colons == std::string::npos) {
      tell("an entity", "write `" + checker_.program.entities[type_.entities[0]].name + "::" + cell_.text + "`");
      return {};
    }
    const EntityTypeId entity = entity_type(cell_.text.substr(0, colons));
    if (!entity) {
      tell_entity_type(cell_.text.substr(0, colons));
      return {};
    }
    const auto id = entity_id(cell_.text.substr(colons + 2));
    if (!id) return {};
    const TypeId one = checker_.program.intern({.kind = TypeKind::Entity, .entities = {entity}, .names_only = true});
    const ExprId expr = constant(ExprKind::EntityLiteral, 0, *id);
    checker_.program.exprs[expr].type = one;
    return expr;
  }

  std::optional<std::string> entity_id(const std::string& written) {
    std::string id = written;
    if (id.starts_with('"')) {
      const auto quoted = format::read_entity(cell_.text);
      if (!quoted) {
        tell("an entity",
             "the quote does not close; a cell that holds a comma is put in quotes itself: `\"User::a, b\"`");
        return std::nullopt;
      }
      id = quoted->id;
    }
    if (!id.empty()) return id;
    tell("an entity", "its id is empty");
    return std::nullopt;
  }

  /// Among the types that the place takes, by name or by a tail of the whole name.
  EntityTypeId entity_type(const std::string& name) const {
    for (EntityTypeId id : type_.entities) {
      if (checker_.program.entities[id].name == name) return id;
      const std::string whole = checker_.program.qualified(checker_.program.entities[id]);
      if (whole == name || whole.ends_with("." + name)) return id;
    }
    return {};
  }

  void tell_entity_type(const std::string& name) {
    std::vector<std::string> known;
    for (EntityTypeId id : type_.entities) known.push_back(checker_.program.entities[id].name);
    const std::string meant = grammar::nearest(name, known);
    auto told = checker_.diagnostics.report(
        codes::CellEntityType, cell_.span,
        {{"type", name}, {"list", owner_.list}, {"types", checker_.program.type_name(type_id_)}});
    if (!meant.empty()) told.help("did you mean `" + meant + "`?");
  }

  // --- policies: by full name, since a file stands in no module ---

  ExprId policy_value() {
    for (std::uint32_t i = 0; i < checker_.program.policies.size(); ++i) {
      if (checker_.program.qualified(checker_.program.policies[PolicyId{i}]) != cell_.text) continue;
      const ExprId expr = constant(ExprKind::PolicyLiteral, 0);
      checker_.program.exprs[expr].policy = {i};
      return expr;
    }
    tell("a policy", policy_help());
    return {};
  }

  std::string policy_help() const {
    std::vector<std::string> known;
    for (const Policy& policy : checker_.program.policies) {
      known.push_back(checker_.program.qualified(policy));
      if (policy.name == cell_.text) return "write its full name: `" + known.back() + "`";
    }
    const std::string meant = grammar::nearest(cell_.text, known);
    if (!meant.empty()) return "did you mean `" + meant + "`?";
    return known.empty() ? "there are none" : "in a file a policy has its full name, such as `" + known.front() + "`";
  }

  Checker& checker_;
  const CellOwner& owner_;
  const CellText& cell_;
  TypeId type_id_;
  const Type type_;
};

}  // namespace

void tell_cell(Checker& checker, const CellText& cell, const std::string& type, const std::string& help) {
  auto told = checker.diagnostics.report(codes::CellValue, cell.span, {{"text", cell.text}, {"type", type}});
  if (!help.empty()) told.help(help);
}

ExprId read_cell(Checker& checker, const CellOwner& owner, const CellText& cell, TypeId type) {
  return CellReader(checker, owner, cell, type).read();
}

std::optional<std::int64_t> read_cell_instant(Checker& checker, const CellText& cell) {
  if (const auto day = format::read_date(cell.text)) return day;
  if (const auto instant = format::read_instant(cell.text)) return instant;
  tell_cell(checker, cell, "an instant", "write a day, `2026-01-31`, or an instant, `2026-01-31T09:00:00Z`");
  return std::nullopt;
}

}  // namespace bylaw::compiler
