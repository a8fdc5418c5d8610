// The listing behind `bylaw disasm`. Operands are printed by the operand list of each opcode, so a new row of
// opcodes.def needs nothing here.
#include "bylaw/disassemble.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include "access.h"
#include "bundle_data.h"
#include "format/calendar.h"
#include "format/decimal.h"
#include "format/layout.h"
#include "format/opcodes.h"
#include "format/scratch.h"
#include "format/text_forms.h"
#include "format/text_reading.h"
#include "wide_value.h"

namespace bylaw {
namespace {

using namespace format;

/// How a text is read; empty: as it is.
std::string reading(TextMode mode) {
  constexpr const char* kNames[kTextModes] = {"", "lower", "fold"};
  return kNames[static_cast<std::size_t>(mode)];
}

std::string readings(std::uint32_t modes) {
  const std::string first = reading(first_mode(modes)), second = reading(second_mode(modes));
  return second.empty() ? first : (first.empty() ? "as is" : first) + ", " + second;
}

struct Listing {
  const BundleView& view;
  std::string out;

  std::string text(Symbol symbol) const { return std::string(view.symbol_text(symbol)); }
  void line(const std::string& s) { out += s + "\n"; }

  void information(const Digest& digest);
  void enums();
  void entity_types();
  void lists();
  void decision(const DecisionRecord& decision);
  void policy(const PolicyRecord& policy);
  void rule(const RuleRecord& rule);
  void block(const std::string& title, std::uint32_t index);
  void instruction(const BlockRecord& block, std::uint32_t index, std::map<unsigned, std::uint32_t>& shapes);

  std::string type(std::uint32_t index) const;
  std::string place(std::uint32_t span) const;
  std::string period(const PolicyRecord& policy) const;
  std::string constant(std::uint32_t offset) const;
  std::string value(const TypeRecord& type, std::uint32_t offset) const;
  std::string pattern(Word number) const;
  std::string map_name(const TypeRecord& type) const;
  std::string entries(const TypeRecord& type, Word word) const;
  void patterns();
  std::string entity_names(std::uint32_t set) const;
  std::string operand_text(const Instruction& i, const Operand& operand, const BlockRecord& block,
                           const std::map<unsigned, std::uint32_t>& shapes) const;
  std::string slot_text(std::uint16_t operand, bool presence, const BlockRecord& block,
                        const std::map<unsigned, std::uint32_t>& shapes) const;
  std::string path(std::uint32_t shape, std::uint32_t number, bool presence) const;
};

const char* kind_name(Kind kind) {
  switch (kind) {
    case Kind::Bool: return "Bool";
    case Kind::Int: return "Int";
    case Kind::Time: return "Time";
    case Kind::Duration: return "Duration";
    case Kind::Decimal: return "Decimal";
    case Kind::String: return "String";
    case Kind::Enum: return "enum";
    case Kind::Entity: return "entity";
    case Kind::Record: return "record";
    case Kind::Set: return "Set";
    case Kind::List: return "List";
    case Kind::Ip: return "Ip";
    case Kind::Cidr: return "Cidr";
    case Kind::Version: return "Version";
    case Kind::Versions: return "Versions";
    case Kind::Glob: return "Glob";
    case Kind::Regex: return "Regex";
    case Kind::Map: return "Map";
    case Kind::Any: return "Any";
  }
  return "";
}

std::string Listing::type(std::uint32_t index) const {
  const TypeRecord& t = view.types[index];
  switch (t.kind) {
    case Kind::Enum: return text(view.enums[t.ref].short_name);
    case Kind::Record: {
      const std::string name = text(view.shapes[t.ref].name);
      return name.substr(name.rfind('.') + 1);
    }
    case Kind::Entity: {
      std::string names;
      for (std::uint32_t id : range(view.pool, view.entity_sets[t.ref].first, view.entity_sets[t.ref].count))
        names += (names.empty() ? "" : " | ") + text(view.entity_types[id].short_name);
      return names;
    }
    case Kind::Map: return map_name(t);
    case Kind::Set:
    case Kind::List: return std::string(kind_name(t.kind)) + "<" + type(t.ref) + "> max " + std::to_string(t.max);
    case Kind::Bool:
    case Kind::Int:
    case Kind::Time:
    case Kind::Duration:
    case Kind::Decimal:
    case Kind::String:
    case Kind::Ip:
    case Kind::Cidr:
    case Kind::Version:
    case Kind::Glob:
    case Kind::Regex:
    case Kind::Any:
    case Kind::Versions: return kind_name(t.kind);
  }
  return "";
}

std::string Listing::map_name(const TypeRecord& t) const {
  const std::uint32_t first = view.shapes[view.types[t.ref].ref].first_field;
  return "Map<" + type(view.fields[first].type) + ", " + type(view.fields[first + 1].type) + "> max " +
         std::to_string(t.max);
}

std::string Listing::place(std::uint32_t index) const {
  if (index == kNone) return "";
  const SpanRecord& span = view.spans[index];
  return text(span.file) + ":" + std::to_string(span.line) + ":" + std::to_string(span.column);
}

std::string Listing::period(const PolicyRecord& policy) const {
  std::string said;
  if (policy.from != kNoStart) said += " from " + print_instant(policy.from);
  if (policy.until != kNoEnd) said += " until " + print_instant(policy.until);
  if (!said.empty()) said = ", in force" + said;
  switch (policy.mode) {
    case ModeCode::Enforce: break;
    case ModeCode::Audit: said += ", audited"; break;
    case ModeCode::Off: said += ", off"; break;
  }
  if (policy.audit_until != kNoStart) said += " until " + print_instant(policy.audit_until);
  return said;
}

std::string Listing::pattern(Word number) const {
  if (number == 0) return "no pattern";
  const PatternRecord& record = view.patterns[number - 1];
  if (record.kind == PatternKind::Merged) return text(record.text);
  return (record.kind == PatternKind::Glob ? "glob\"" : "re\"") + text(record.text) + "\"";
}

void Listing::patterns() {
  for (std::size_t i = 0; i < view.patterns.size(); ++i)
    line("pattern " + pattern(i + 1) + "   // " + std::to_string(view.patterns[i].states) + " states, " +
         std::to_string(view.patterns[i].class_count) + " classes of bytes");
  if (!view.patterns.empty()) line("");
}

/// A value of the constant pool, entity words as the compiler wrote them: type and symbol of the id.
std::string Listing::value(const TypeRecord& t, std::uint32_t offset) const {
  const Word word = view.constants[offset];
  const auto number = static_cast<std::int64_t>(word);
  switch (t.kind) {
    case Kind::Bool: return word != 0 ? "true" : "false";
    case Kind::Int: return std::to_string(number);
    case Kind::Time: return print_instant(number);
    case Kind::Duration: return print_duration(number);
    case Kind::Decimal: return print_decimal(number);
    case Kind::String: return "\"" + text(static_cast<Symbol>(word)) + "\"";
    case Kind::Glob:
    case Kind::Regex: return pattern(word);
    case Kind::Enum: return text(view.members[view.enums[t.ref].first_member + static_cast<std::uint32_t>(word)].name);
    case Kind::Entity:
      return print_entity(text(view.entity_types[static_cast<std::uint32_t>(word >> 32)].short_name),
                          text(static_cast<Symbol>(word)));
    case Kind::Ip: return print_ip(ip_at(&view.constants[offset]));
    case Kind::Cidr: return print_cidr(cidr_at(&view.constants[offset]));
    case Kind::Version:
      return print_version(version_at(&view.constants[offset], [&](Symbol s) { return view.symbol_text(s); }));
    case Kind::Versions: return text(static_cast<Symbol>(word));
    case Kind::Record: return "a record";
    case Kind::Any: return "anything";
    case Kind::Map: return entries(t, word);
    case Kind::Set:
    case Kind::List: break;
  }
  const TypeRecord& element = view.types[t.ref];
  std::string elements;
  if (t.kind == Kind::Set && element.kind == Kind::Enum) {
    const EnumRecord& e = view.enums[element.ref];
    for (std::uint32_t m = 0; m < e.member_count; ++m)
      if ((view.constants[offset + m / 64] >> (m % 64) & 1) != 0)
        elements += (elements.empty() ? "" : ", ") + text(view.members[e.first_member + m].name);
    return "{" + elements + "}";
  }
  constexpr std::uint32_t kShown = 8;
  const auto count = static_cast<std::uint32_t>(word);
  const auto first = static_cast<std::uint32_t>(word >> 32) & 0x3fffffff;
  const std::uint32_t words = stride(element, view.shapes);
  for (std::uint32_t i = 0; i < std::min(count, kShown); ++i)
    elements += (elements.empty() ? "" : ", ") + value(element, first + i * words);
  if (count > kShown) elements += ", .. " + std::to_string(count - kShown) + " more";
  return (t.kind == Kind::Set ? "{" : "[") + elements + (t.kind == Kind::Set ? "}" : "]");
}

/// A map of the constants: `{"a": 1, "b": 2}`.
std::string Listing::entries(const TypeRecord& t, Word word) const {
  constexpr std::uint32_t kShown = 8;
  const ShapeRecord& shape = view.shapes[view.types[t.ref].ref];
  const FieldRecord& key = view.fields[shape.first_field];
  const FieldRecord& value_field = view.fields[shape.first_field + 1];
  const auto count = static_cast<std::uint32_t>(word);
  std::uint32_t at = (static_cast<std::uint32_t>(word >> 32) & 0x3fffffff) + presence_words(shape);
  std::string said;
  for (std::uint32_t i = 0; i < std::min(count, kShown); ++i, at += frame_words(shape))
    said += (i == 0 ? "" : ", ") + value(view.types[key.type], at + key.slot) + ": " +
            value(view.types[value_field.type], at + value_field.slot);
  if (count > kShown) said += ", .. " + std::to_string(count - kShown) + " more";
  return "{" + said + "}";
}

std::string Listing::constant(std::uint32_t offset) const {
  const std::uint32_t type_index = view.constant_types[offset];
  return type_index == kNone ? "#" + std::to_string(offset) : value(view.types[type_index], offset);
}

/// The field of a shape at a slot or presence bit: "token.scopes".
std::string Listing::path(std::uint32_t shape_index, std::uint32_t number, bool presence) const {
  const ShapeRecord& shape = view.shapes[shape_index];
  for (const FieldRecord& field : range(view.fields, shape.first_field, shape.field_count)) {
    const TypeRecord& t = view.types[field.type];
    const std::string name = text(field.name);
    if (presence && field.presence == number) return name;
    if (field.explicit_presence != kNone && presence && field.explicit_presence == number) return name + ".own";
    if (!presence && field.explicit_slot != kNone && field.explicit_slot == number) return name + ".own";
    if (t.kind == Kind::Record) {
      const ShapeRecord& inner = view.shapes[t.ref];
      const std::uint32_t begin = presence ? field.nested_presence : field.slot;
      const std::uint32_t size = presence ? inner.presence_bits : inner.slots;
      if (number >= begin && number - begin < size) return name + "." + path(t.ref, number - begin, presence);
    } else if (!presence && number >= field.slot && number - field.slot < t.words) {
      return name;
    }
  }
  return std::to_string(number);
}

std::string Listing::slot_text(std::uint16_t operand_bits, bool presence, const BlockRecord& b,
                               const std::map<unsigned, std::uint32_t>& shapes) const {
  const unsigned base = base_of(operand_bits);
  const std::uint32_t slot = slot_of(operand_bits);
  if (base == kRegisterBase) return "x" + std::to_string(slot);
  if (base == kConstantBase)
    return b.policy == kNone ? "k" + std::to_string(slot) : constant(view.policies[b.policy].constants + slot);
  const auto shape = shapes.find(base);
  if (shape == shapes.end())
    return "b" + std::to_string(base) + (presence || slot != 0 ? "." + std::to_string(slot) : "");
  const std::uint32_t first = presence ? 0 : presence_words(view.shapes[shape->second]);
  const std::string prefix = base == kRequestBase ? "" : "b" + std::to_string(base) + ".";
  return prefix + (slot < first ? std::to_string(slot) : path(shape->second, slot - first, presence));
}

std::string Listing::entity_names(std::uint32_t set) const {
  std::string names;
  for (std::uint32_t id : range(view.pool, view.entity_sets[set].first, view.entity_sets[set].count))
    names += (names.empty() ? "" : " | ") + text(view.entity_types[id].short_name);
  return "{" + names + "}";
}

std::string Listing::operand_text(const Instruction& i, const Operand& operand, const BlockRecord& b,
                                  const std::map<unsigned, std::uint32_t>& shapes) const {
  const std::uint32_t field = field_of(i, operand.field);
  const auto bits = static_cast<std::uint16_t>(field);
  switch (operand.kind) {
    case OperandKind::None: return "";
    case OperandKind::Slot:
    case OperandKind::AnyWord:
    case OperandKind::Ordered:
    case OperandKind::AnyValue:
    case OperandKind::WideValue:
    case OperandKind::Text:
    case OperandKind::Key:
    case OperandKind::Entry:
    case OperandKind::Result: return slot_text(bits, false, b, shapes);
    case OperandKind::Presence: return slot_text(bits, true, b, shapes);
    case OperandKind::InstantOfList:
      return (view.lists[static_cast<Op>(i.op) == Op::EachRow ? i.b : i.imm].flags & kListDated) != 0
                 ? slot_text(bits, false, b, shapes)
                 : "";
    case OperandKind::BaseOut: return "b" + std::to_string(base_of(bits));
    case OperandKind::Enum: return text(view.enums[field].short_name);
    case OperandKind::EntityType: return text(view.entity_types[field].short_name);
    case OperandKind::EntitySet: return entity_names(field);
    case OperandKind::LineageType: return entity_names(view.types[view.types[field].ref].ref);
    case OperandKind::List: return "#" + text(view.lists[field].short_name);
    case OperandKind::Body: return "n=" + std::to_string(field);
    case OperandKind::Links: return std::to_string(field) + (field == 1 ? " operand" : " operands");
    case OperandKind::NumberB: return field == 0 ? "one value" : "stride " + std::to_string(field);
    case OperandKind::TableSize: return std::to_string(table_slots(bits)) + " slots";
    case OperandKind::Scratch: return "s" + std::to_string(field);
    case OperandKind::Stride: return "stride " + std::to_string(field);
    case OperandKind::Number: return std::to_string(field);
    case OperandKind::TextMode: return reading(static_cast<TextMode>(field));
    case OperandKind::TextModes: return readings(field);
    case OperandKind::PartWords: return field == 2 ? "" : std::to_string(field) + " words";
    case OperandKind::Pieces: return std::to_string(field) + (field == 1 ? " piece" : " pieces");
    case OperandKind::PartOf: {
      constexpr const char* kNames[kTextParts] = {"before first", "behind first", "before last", "behind last"};
      const std::string read = readings(modes_of_part(field));
      return kNames[static_cast<std::size_t>(which_part(field))] + (read.empty() ? read : ", " + read);
    }
    case OperandKind::MapType: return type(field);
    case OperandKind::CalendarPart: {
      constexpr const char* kNames[kCalendarParts] = {"year", "month", "day", "hour", "minute"};
      return kNames[field];
    }
    case OperandKind::Words: return field == 1 ? "" : std::to_string(field) + " words";
    case OperandKind::Kind:
      return static_cast<Arithmetic>(field) == Arithmetic::Time       ? "as Time"
             : static_cast<Arithmetic>(field) == Arithmetic::Duration ? "as Duration"
             : static_cast<Arithmetic>(field) == Arithmetic::Decimal  ? "as Decimal"
                                                                      : "as Int";
  }
  return "";
}

void Listing::instruction(const BlockRecord& b, std::uint32_t index, std::map<unsigned, std::uint32_t>& shapes) {
  const Instruction& i = view.code[b.first + index];
  const OpInfo& op = info(static_cast<Op>(i.op));
  std::string operands;
  for (const Operand& operand : op.operands) {
    const std::string printed = operand_text(i, operand, b, shapes);
    if (!printed.empty()) operands += (operands.empty() ? "" : ", ") + printed;
  }
  const auto exit = [&](std::uint16_t distance) { return std::to_string(index + distance); };
  std::string exits;
  if (op.exits != Exits::Value && op.exits != Exits::None) exits = "t=" + exit(i.t) + " f=" + exit(i.f);
  if (op.exits == Exits::Value && i.t != 1) exits = "t=" + exit(i.t);
  const std::uint32_t occurrence = view.test_map[b.first + index];
  std::string condition;
  if (occurrence != kNone && view.spans[view.occurrences[occurrence].use].text != kNone)
    condition = "; " + text(view.spans[view.occurrences[occurrence].use].text);
  char columns[64];
  std::snprintf(columns, sizeof columns, "    %4u  %-12s ", index, std::string(op.name).c_str());
  std::string row = columns + operands;
  if (!exits.empty() || !condition.empty()) row.resize(std::max<std::size_t>(row.size() + 2, 58), ' ');
  row += exits;
  if (!condition.empty()) row.resize(std::max<std::size_t>(row.size() + 2, 74), ' ');
  line(row + condition);
  if (static_cast<Op>(i.op) == Op::Row) shapes[base_of(i.dst)] = view.entity_types[i.imm].shape;
  if (static_cast<Op>(i.op) == Op::Lookup) shapes[base_of(i.dst)] = view.types[view.types[i.imm].ref].ref;
  if (static_cast<Op>(i.op) == Op::Each || static_cast<Op>(i.op) == Op::EachChain) shapes.erase(base_of(i.dst));
  if (static_cast<Op>(i.op) == Op::EachRow) {
    shapes.erase(base_of(i.dst));
    const TypeRecord& entry = view.types[view.lists[i.b].type];
    if (entry.kind == Kind::Record) shapes[base_of(i.dst)] = entry.ref;
  }
}

void Listing::block(const std::string& title, std::uint32_t index) {
  if (index == kNone) return;
  const BlockRecord& b = view.blocks[index];
  line("    " + title);
  std::map<unsigned, std::uint32_t> shapes{{kRequestBase, view.decisions[b.decision].shape}};
  for (std::uint32_t i = 0; i < b.binder_count; ++i)
    if (const TypeRecord& element = view.types[view.types[view.binders[b.first_binder + i].type].ref];
        element.kind == Kind::Record)
      shapes[kFirstBase + i] = element.ref;
  for (std::uint32_t i = 0; i < b.count; ++i) instruction(b, i, shapes);
}

void Listing::rule(const RuleRecord& r) {
  static constexpr const char* kKinds[] = {"exempt", "allow", "deny", "oblige"};
  std::string head = std::string("  ") + kKinds[static_cast<std::uint32_t>(r.kind)] + " " + text(r.short_name);
  if (r.kind == RuleKindCode::Exempt && (r.flags & kRuleLiftsAll) == 0) {
    head += " from";
    for (std::uint32_t lifted : range(view.pool, r.first_lift, r.lift_count))
      head += " " + text(view.rules[lifted].short_name);
  }
  if (r.obligation != kNone)
    head += " " + text(view.obligations[r.obligation].name) + ((r.flags & kRuleOnDeny) != 0 ? " on deny" : "");
  line(head + "  (" + place(r.span) + ")");
  for (const NoteRecord& note : range(view.notes, r.first_note, r.note_count))
    line("    @" + text(note.name) + (note.type == kNone ? "" : "(" + constant(note.constant) + ")"));
  block("condition", r.condition);
  if (r.condition == kNone && (r.flags & kRuleOtherwise) == 0) line("    always");
  block("value", r.value);
  if (r.message == kNone) return;
  const MessageRecord& message = view.messages[r.message];
  std::string template_text;
  for (std::uint32_t i = 0; i < message.part_count; ++i) {
    const MessagePartRecord& part = view.message_parts[message.first_part + i];
    template_text += text(part.text);
    const std::string read = (part.flags & kPartLower) != 0 ? ", lower" : (part.flags & kPartFold) != 0 ? ", fold" : "";
    if (part.value != kNone) template_text += "{" + std::to_string(i) + read + "}";
  }
  line("    because \"" + template_text + "\"");
  for (std::uint32_t i = 0; i < message.part_count; ++i)
    block("{" + std::to_string(i) + "} =", view.message_parts[message.first_part + i].value);
}

void Listing::policy(const PolicyRecord& p) {
  line("");
  line("policy " + text(p.name) + "  (" + place(p.span) + ")" + period(p));
  block("when", p.guard);
  for (const RuleRecord& r : range(view.rules, p.first_rule, p.rule_count)) rule(r);
}

void Listing::decision(const DecisionRecord& d) {
  const ShapeRecord& shape = view.shapes[d.shape];
  line("");
  line("decision " + text(d.name) + ": default " + (d.default_effect == EffectCode::Allow ? "allow" : "deny") +
       ", a frame of " + std::to_string(frame_words(shape)) + " words");
  for (const FieldRecord& field : range(view.fields, shape.first_field, shape.field_count))
    line("    " + text(field.name) + ": " + type(field.type) + ((field.flags & kFieldOptional) != 0 ? "?" : "") +
         (field.wire == field.name ? "" : "  as \"" + text(field.wire) + "\""));
  static constexpr const char* kStrategies[] = {"none", "min", "max", "any", "all"};
  for (const ObligationRecord& o : range(view.obligations, d.first_obligation, d.obligation_count))
    line("    obliges " + text(o.name) + ": " + type(o.type) + " by " +
         kStrategies[static_cast<std::uint32_t>(o.strategy)]);
  for (const PolicyRecord& p : range(view.policies, d.first_policy, d.policy_count)) policy(p);
}

void Listing::enums() {
  for (const EnumRecord& e : view.enums) {
    std::string members;
    for (const MemberRecord& m : range(view.members, e.first_member, e.member_count)) members += " " + text(m.name);
    line(std::string((e.flags & kEnumOpen) != 0 ? "open " : "") + ((e.flags & kEnumScope) != 0 ? "scope " : "enum ") +
         text(e.name) + ":" + members);
  }
}

void Listing::entity_types() {
  for (const EntityTypeRecord& e : view.entity_types) {
    std::string parents;
    for (std::uint32_t parent : range(view.pool, e.first_parent, e.parent_count))
      parents += (parents.empty() ? " in " : ", ") + text(view.entity_types[parent].short_name);
    line("entity " + text(e.name) + parents);
    const ShapeRecord& shape = view.shapes[e.shape];
    for (const FieldRecord& field : range(view.fields, shape.first_field, shape.field_count))
      line("    " + text(field.name) + ": " + type(field.type) + ((field.flags & kFieldOptional) != 0 ? "?" : ""));
  }
}

void Listing::lists() {
  for (const ListRecord& l : view.lists) {
    line("");
    const bool columns = view.types[l.type].kind == Kind::Record;
    const char* const word = columns ? "list " : (l.flags & kListDenies) != 0 ? "denylist " : "allowlist ";
    line(word + text(l.name) + (columns ? "" : ": " + type(l.type)) + ", " + std::to_string(l.row_count) +
         (l.row_count == 1 ? " entry" : " entries"));
    for (const RowRecord& row : range(view.rows, l.first_row, l.row_count)) {
      std::string entry = "    " + value(view.types[l.type], row.value);
      if (row.since != kNoStart) entry += "  since " + print_instant(row.since);
      if (row.until != kNoEnd) entry += "  until " + print_instant(row.until);
      if (row.owner != kNone) entry += "  owner " + text(row.owner);
      if (row.because != kNone) entry += "  because \"" + text(row.because) + "\"";
      line(entry + "  (" + place(row.span) + ")");
    }
  }
}

void Listing::information(const Digest& digest) {
  const InformationRecord& i = view.information[0];
  line("bundle " + text(i.project) + "  " + digest.to_text().substr(0, 8) + "  by " + text(i.compiler));
  line(std::to_string(i.module_count) + " modules, " + std::to_string(i.policy_count) + " policies, " +
       std::to_string(i.rule_count) + " rules, " + std::to_string(i.list_count) + " lists, " +
       std::to_string(view.code.size()) + " instructions");
  for (const SourceFileRecord& source : view.source_files) line("source " + text(source.path));
  for (const ParamRecord& param : view.params) line("param " + text(param.name) + " = " + text(param.value));
  line("");
}

}  // namespace

std::string disassemble(const Bundle& bundle) {
  Listing listing{Access::data(bundle)->view, {}};
  listing.information(bundle.digest());
  listing.enums();
  listing.entity_types();
  listing.patterns();
  listing.lists();
  for (const DecisionRecord& decision : listing.view.decisions) listing.decision(decision);
  return std::move(listing.out);
}

}  // namespace bylaw
