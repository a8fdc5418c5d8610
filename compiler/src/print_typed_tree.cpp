// The typed tree as text, by module and kind of declaration, for golden files and debugging.

#include <sstream>

#include "print_expression.h"

namespace bylaw::compiler {

namespace {

constexpr std::string_view kStrategyWords[] = {
    "",
#define BYLAW_STRATEGY(name, spelling, merged, use, meaning) spelling,
#include <bylaw/compiler/strategies.def>
#undef BYLAW_STRATEGY
};

std::string_view word(Strategy strategy) {
  return kStrategyWords[static_cast<std::size_t>(strategy)];
}
std::string_view word(Effect effect) {
  return effect == Effect::Allow ? "allow" : "deny";
}

std::string_view word(RuleKind kind) {
  switch (kind) {
    case RuleKind::Exempt: return "exempt";
    case RuleKind::Allow: return "allow";
    case RuleKind::Deny: return "deny";
    case RuleKind::Oblige: return "oblige";
  }
  return "";
}

struct Printer {
  const Program& program;
  std::ostringstream out;

  std::string expression(ExprId id) const { return print_expression(program, id); }
  std::string type(TypeId id) const { return program.type_name(id); }
  void line(int depth, const std::string& text) {
    out << std::string(static_cast<std::size_t>(depth) * 2, ' ') << text << '\n';
  }
  void lets(const std::vector<LocalId>& all, int depth) {
    for (LocalId id : all) line(depth, "let " + program.locals[id].name + " = " + expression(program.locals[id].value));
  }
  void clause(const std::string& name, ExprId id, int depth) {
    if (id) line(depth, name + " " + expression(id));
  }

  void enumeration(const EnumType& declared);
  void fields(const std::vector<Field>& fields);
  void entity(const EntityType& declared);
  void function(const Function& declared);
  void list(const List& declared);
  void decision(const Decision& declared);
  void policy(const Policy& declared);
  void rule(const Rule& declared);
  void message(const std::optional<Message>& message, int depth);
  void notes(const std::vector<Note>& notes, int depth);
  template <class T, class Print>
  void each(const Store<T>& store, ModuleId module, Print print) {
    for (const T& declared : store)
      if (declared.module == module) print(declared);
  }
  void module(ModuleId id);
};

void Printer::enumeration(const EnumType& declared) {
  line(1, std::string(declared.open ? "open " : "") + (declared.scope ? "scope " : "enum ") + declared.name +
              (declared.ordered ? " ordered" : ""));
  for (const Member& member : declared.members) {
    std::string text = member.name;
    if (member.wire != member.name) text += " as " + quoted(member.wire);
    for (std::size_t i = 0; i < member.includes.size(); ++i)
      text += (i ? ", " : " includes ") + declared.members[member.includes[i]].name;
    line(2, text);
  }
}

void Printer::fields(const std::vector<Field>& fields) {
  for (const Field& field : fields) {
    std::string text = field.name + ": " + type(field.type);
    if (field.wire != field.name) text += " as " + quoted(field.wire);
    if (field.default_value) text += " = " + expression(field.default_value);
    if (field.inherit != Strategy::None) text += " inherit " + std::string(word(field.inherit));
    if (field.secret) text += " secret";
    line(2, text);
  }
}

void Printer::entity(const EntityType& declared) {
  std::string text = "entity " + declared.name;
  for (std::size_t i = 0; i < declared.parents.size(); ++i)
    text += (i ? ", " : declared.one_parent ? " in one " : " in ") + program.entities[declared.parents[i]].name;
  line(1, text);
  fields(declared.fields);
}

void Printer::function(const Function& declared) {
  std::string parameters;
  for (LocalId id : declared.parameters)
    parameters += (parameters.empty() ? "" : ", ") + program.locals[id].name + ": " + type(program.locals[id].type);
  line(1, "def " + declared.name + "(" + parameters + "): " + type(declared.result));
  line(2, expression(declared.body));
}

void Printer::list(const List& declared) {
  if (declared.row) {
    line(1, "list " + declared.name);
    fields(program.records[declared.row].fields);
  } else {
    line(1, std::string(declared.intent == ListIntent::Allow ? "allowlist " : "denylist ") + declared.name + ": " +
                type(declared.element));
  }
  for (const Requirement& requirement : declared.requirements) clause("requires", requirement.condition, 2);
  for (const Row& row : declared.rows) {
    std::string text = expression(row.value);
    if (row.since) text += " since " + print_time(*row.since);
    if (row.until) text += " until " + print_time(*row.until);
    if (row.owner) text += " owner " + *row.owner;
    if (row.because) text += " because " + quoted(*row.because);
    line(2, text);
  }
}

void Printer::message(const std::optional<Message>& message, int depth) {
  if (!message) return;
  std::string text = "because";
  for (const MessagePart& part : message->parts) {
    if (!part.text.empty()) text += " " + quoted(part.text);
    if (part.value) text += " {" + expression(part.value) + "}";
  }
  line(depth, text);
}

void Printer::notes(const std::vector<Note>& notes, int depth) {
  for (const Note& note : notes)
    line(depth,
         "@" + program.annotations[note.annotation].name + (note.value ? "(" + expression(note.value) + ")" : ""));
}

void Printer::decision(const Decision& declared) {
  line(1, "decision " + declared.name);
  fields(declared.fields);
  for (const Obligation& obligation : declared.obligations)
    line(2,
         "obliges " + obligation.name + ": " + type(obligation.type) + " by " + std::string(word(obligation.strategy)));
  for (const GrantPath& grant : declared.grants)
    line(2, "grants only from " + grant.module + (grant.below ? ".*" : ""));
  line(2, "default " + std::string(word(declared.default_effect)));
  message(declared.default_message, 3);
}

void Printer::rule(const Rule& declared) {
  std::string text = std::string(word(declared.kind)) + " " + declared.name;
  for (RuleId id : declared.lifts) text += " from " + program.rules[id].name;
  for (const Binder& binder : declared.binders)
    text += (&binder == declared.binders.data() ? " for each " : ", ") + program.locals[binder.local].name + " in " +
            expression(binder.source);
  if (!declared.obligation.empty())
    text += (declared.on_deny ? " on deny " : " ") + declared.obligation + " = " + expression(declared.value);
  line(2, text);
  notes(declared.notes, 3);
  lets(declared.lets, 3);
  clause("when", declared.when, 3);
  clause("unless", declared.unless, 3);
  message(declared.message, 3);
}

void Printer::policy(const Policy& declared) {
  std::string text = "policy " + declared.name + " for";
  for (DecisionId id : declared.decisions) text += " " + program.decisions[id].name;
  if (declared.from) text += " from " + print_time(*declared.from);
  if (declared.until) text += " until " + print_time(*declared.until);
  if (declared.mode == Mode::Off) text += " off";
  if (declared.mode == Mode::Audit) text += " audit";
  if (declared.audit_until) text += " until " + print_time(*declared.audit_until);
  line(1, text);
  notes(declared.notes, 2);
  clause("when", declared.guard, 2);
  lets(declared.lets, 2);
  for (RuleId id : declared.rules) rule(program.rules[id]);
}

void Printer::module(ModuleId id) {
  line(0, "module " + program.modules[id].name);
  each(program.enums, id, [&](const EnumType& declared) { enumeration(declared); });
  each(program.records, id, [&](const RecordType& declared) {
    if (declared.list) return;
    line(1, std::string(declared.open ? "open " : "") + "record " + declared.name);
    fields(declared.fields);
  });
  each(program.entities, id, [&](const EntityType& declared) { entity(declared); });
  each(program.constants, id, [&](const Constant& declared) {
    line(1, (declared.param ? "param " : "const ") + declared.name + ": " + type(declared.type) + " = " +
                expression(declared.value));
  });
  each(program.functions, id, [&](const Function& declared) { function(declared); });
  each(program.annotations, id, [&](const Annotation& declared) {
    line(1, "annotation " + declared.name + (declared.type ? ": " + type(declared.type) : ""));
  });
  each(program.lists, id, [&](const List& declared) { list(declared); });
  each(program.decisions, id, [&](const Decision& declared) { decision(declared); });
  each(program.policies, id, [&](const Policy& declared) { policy(declared); });
  each(program.claims, id, [&](const Claim& declared) {
    line(1, "claim " + declared.name + ": never " + std::string(word(declared.never)) + " " +
                program.decisions[declared.decision].name);
    clause("when", declared.when, 2);
  });
}

}  // namespace

std::string print_typed_tree(const Program& program) {
  Printer printer{program, {}};
  for (std::uint32_t i = 0; i < program.modules.size(); ++i)
    if (!program.modules[ModuleId{i}].standard) printer.module({i});
  return printer.out.str();
}

}  // namespace bylaw::compiler
