// The IR as text: terms as they nest, conditions as they were written with their leaves' terms.

#include <bylaw/compiler/decision_ir.h>

#include "format/decimal.h"
#include "format/text_forms.h"
#include "format/text_reading.h"

namespace bylaw::compiler::ir {
namespace {

std::string print_pattern(const Value& value) {
  if (pattern_code(value) == PatternCode::None) return "no pattern";
  return std::string(prefix(pattern_of(value).kind)) + '"' + value.text + '"';
}

std::string print_items(const Program& program, const Value& value, TypeId element, const char* open,
                        const char* close) {
  std::string text = open;
  for (std::size_t i = 0; i < value.items.size(); ++i)
    text += (i == 0 ? "" : ", ") + print_value(program, value.items[i], element);
  return text + close;
}

std::string print_map(const Program& program, const Value& value, TypeId type) {
  std::string text = "{";
  for (const Value& entry : value.items)
    text += (text.size() == 1 ? "" : ", ") + print_value(program, entry.items[0], program.key_type(type)) + ": " +
            print_value(program, entry.items[1], program.value_type(type));
  return text + "}";
}

std::string print_record(const Program& program, const Value& value, TypeId type) {
  const auto& fields = program.records[program.types[type].record].fields;
  std::string text = "{";
  for (std::size_t i = 0; i < fields.size(); ++i)
    text += (i == 0 ? "" : ", ") + fields[i].name + ": " + print_value(program, value.items[i], fields[i].type);
  return text + "}";
}

std::string_view form_prefix(TypeKind kind) {
  switch (kind) {
    case TypeKind::Ip: return "ip";
    case TypeKind::Cidr: return "cidr";
    case TypeKind::Version: return "v";
    default: return "versions";
  }
}

}  // namespace

std::string print_value(const Program& program, const Value& value, TypeId type) {
  const Type& t = program.types[program.without_optional(type)];
  switch (value.kind) {
    case ValueKind::Absent: return "absent";
    case ValueKind::Bool: return value.is_true() ? "true" : "false";
    case ValueKind::Int: return std::to_string(value.integer);
    case ValueKind::Time: return format::print_instant(value.integer);
    case ValueKind::Duration: return format::print_duration(value.integer);
    case ValueKind::Decimal: return format::print_decimal(value.integer);
    case ValueKind::String: return '"' + value.text + '"';
    case ValueKind::Form: return std::string(form_prefix(t.kind)) + '"' + value.text + '"';
    case ValueKind::Pattern: return print_pattern(value);
    case ValueKind::Member: return program.enums[t.enum_id].members[static_cast<std::size_t>(value.integer)].name;
    case ValueKind::Entity: return format::print_entity(program.entities[value.entity_type].name, value.text);
    case ValueKind::Set: return print_items(program, value, t.element, "{", "}");
    case ValueKind::List: return print_items(program, value, t.element, "[", "]");
    case ValueKind::Map: return print_map(program, value, program.without_optional(type));
    case ValueKind::Record: return print_record(program, value, program.without_optional(type));
  }
  return {};
}

namespace {

class Printer {
 public:
  Printer(const Program& program, const Terms& terms, const Decision* decision)
      : program_(program), terms_(terms), decision_(decision) {}

  std::string term(TermId id) const {
    const Term& t = terms_[id];
    switch (t.op) {
      case Op::Constant: return print_value(program_, terms_.value(id), t.type);
      case Op::Request: return decision_ ? decision_->fields[t.a].name : "request:" + std::to_string(t.a);
      case Op::Element: return "element:" + std::to_string(t.a);
      case Op::Select: return term(terms_.operand(id, 0)) + "." + terms_.field(id).name;
      case Op::IsType: return call(id, type_names(id));
      case Op::Rows: return "rows(" + program_.lists[ListId{t.a}].name + ")";
      case Op::Listed:
      case Op::ListedDirectly: return call(id, ", " + program_.lists[ListId{t.b}].name);
      case Op::Calendar: return call(id, ", " + std::to_string(t.c));
      case Op::Part: {
        constexpr const char* kNames[format::kTextParts] = {"before", "after", "before_last", "after_last"};
        return call(id, std::string(", ") + kNames[t.c]);
      }
      case Op::Any:
      case Op::Flat: return call(id, ", element:" + std::to_string(t.c));
      case Op::Compose:
      case Op::Elements:
      case Op::Chain: return std::string(info(t.op).name) + "(" + elements(id) + ")";
      default: return call(id, "");
    }
  }

 private:
  std::string call(TermId id, const std::string& more) const {
    const OpInfo& op = info(terms_[id].op);
    std::string text;
    for (unsigned i = 0; i < 3; ++i)
      if (op.fields[i] == FieldUse::Term) text += (text.empty() ? "" : ", ") + term(terms_.operand(id, i));
    return std::string(op.name) + "(" + text + more + ")";
  }

  std::string type_names(TermId id) const {
    std::string text;
    for (const EntityTypeId type : terms_.types(id)) text += ", " + program_.entities[type].name;
    return text;
  }

  std::string elements(TermId id) const {
    std::string text;
    for (const TermId element : terms_.elements(id)) text += (text.empty() ? "" : ", ") + term(element);
    return text;
  }

  const Program& program_;
  const Terms& terms_;
  const Decision* decision_;
};

class ProgramPrinter {
 public:
  ProgramPrinter(const Program& program, const DecisionIr& ir)
      : program_(program), ir_(ir), printer_(program, ir.terms, &program.decisions[ir.decision]) {}

  std::string print() {
    line(0, "decision " + program_.qualified(program_.decisions[ir_.decision]));
    if (ir_.default_message) line(1, "default because " + message(*ir_.default_message));
    for (const PolicyIr& policy : ir_.policies) print(policy);
    return std::move(text_);
  }

 private:
  void line(std::size_t indent, const std::string& text) { text_ += std::string(indent * 2, ' ') + text + "\n"; }

  void print(const PolicyIr& policy) {
    line(1, "policy " + program_.qualified(program_.policies[policy.policy]));
    if (!policy.guard.empty()) {
      line(2, "when");
      condition(policy.guard, 0, 3);
    }
    for (const RuleIr& rule : policy.rules) print(rule);
  }

  void print(const RuleIr& rule) {
    static constexpr const char* kKinds[] = {"exempt ", "allow ", "deny ", "oblige "};
    const Rule& declared = program_.rules[rule.rule];
    line(2, kKinds[static_cast<std::size_t>(declared.kind)] + declared.name);
    for (const TermId collection : rule.collections) line(3, "for each " + printer_.term(collection));
    for (const Sieve& sieve : rule.sieves) line(3, "each once: " + printer_.term(sieve.value));
    if (!rule.condition.empty()) condition(rule.condition, 0, 3);
    if (rule.value) line(3, declared.obligation + " = " + printer_.term(rule.value));
    if (rule.message) line(3, "because " + message(*rule.message));
  }

  void condition(const Condition& nodes, std::size_t index, std::size_t indent) {
    const Node& node = nodes[index];
    static constexpr const char* kNames[] = {"true", "false", "", "not", "and", "or"};
    if (node.kind != NodeKind::Leaf) {
      line(indent, kNames[static_cast<std::size_t>(node.kind)]);
    } else {
      const Occurrence& occurrence = ir_.occurrences[node.occurrence];
      const std::string origin = occurrence.use == occurrence.definition ? "" : "   // written elsewhere";
      line(indent, "[" + occurrence.path + "] " + printer_.term(occurrence.term) + origin);
    }
    each_child(nodes, index, [&](std::size_t child) { condition(nodes, child, indent + 1); });
  }

  std::string message(const Message& message) const {
    std::string text;
    for (const MessagePart& part : message.parts) {
      text += part.text;
      if (part.value) text += std::string(part.secret ? "{secret " : "{") + printer_.term(part.value) + "}";
    }
    return '"' + text + '"';
  }

  const Program& program_;
  const DecisionIr& ir_;
  Printer printer_;
  std::string text_;
};

}  // namespace

std::string print_term(const Program& program, const Terms& terms, TermId term) {
  return Printer(program, terms, nullptr).term(term);
}

std::string print_ir(const Program& program, const ProgramIr& ir) {
  std::string text;
  for (const DecisionIr& decision : ir.decisions) text += ProgramPrinter(program, decision).print();
  return text;
}

}  // namespace bylaw::compiler::ir
