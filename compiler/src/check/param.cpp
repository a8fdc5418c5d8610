// Params: constants whose values a deployment gives. They are read by the declared types, as the cells of data files
// are. Whether a value is in the declared range is asked where it is known: elaborate/params.cpp.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/params.h>

#include <algorithm>

#include "check/expressions.h"
#include "data/cell_value.h"
#include "data/text_checks.h"

namespace bylaw::compiler {

namespace {

// --- which param is meant ---

std::vector<ConstantId> params_named(const Program& program, const std::string& name) {
  std::vector<ConstantId> found;
  for (std::uint32_t i = 0; i < program.constants.size(); ++i) {
    const Constant& constant = program.constants[ConstantId{i}];
    if (!constant.param) continue;
    const std::string whole = program.qualified(constant);
    if (whole == name) return {ConstantId{i}};
    if (whole.ends_with("." + name)) found.push_back({i});
  }
  return found;
}

/// "; did you mean `days`?", or those that there are, or that there is none.
std::string suggestion(const Program& program, const std::string& name) {
  constexpr std::size_t kFew = 8;
  std::vector<std::string> known;
  for (const Constant& constant : program.constants)
    if (constant.param) known.push_back(constant.name);
  if (known.empty()) return ": no module declares one";
  std::vector<std::string> wide = known;
  for (const Constant& constant : program.constants)
    if (constant.param) wide.push_back(program.qualified(constant));
  const std::string meant = grammar::nearest(name, wide);
  if (!meant.empty()) return "; did you mean `" + meant + "`?";
  if (known.size() > kFew) return "";
  std::string text;
  for (const std::string& each : known) text += (text.empty() ? "`" : ", `") + each + "`";
  return (known.size() == 1 ? "; there is " : "; there are ") + text;
}

/// None if told, or if a module that could not be read may have it.
ConstantId param_of(Checker& checker, const GivenParam& given) {
  const Program& program = checker.program;
  const std::vector<ConstantId> found = params_named(program, given.name);
  if (found.size() == 1) return found[0];
  const bool all_read = std::find(checker.sound.begin(), checker.sound.end(), false) == checker.sound.end();
  if (found.empty() && all_read)
    checker.diagnostics.report(codes::ParamUnknown, given.name_span,
                               {{"param", given.name}, {"suggestion", suggestion(program, given.name)}});
  if (found.size() > 1)
    checker.diagnostics.report(codes::ParamAmbiguous, given.name_span,
                               {{"param", given.name},
                                {"first", program.qualified(program.constants[found[0]])},
                                {"second", program.qualified(program.constants[found[1]])}});
  return {};
}

// --- values ---

/// What a deployment can write: scalars, patterns, entities, records and collections of them.
bool writable(const Program& program, TypeId id) {
  const Type& type = program.types[program.without_optional(id)];
  if (type.kind == TypeKind::Error || is_scalar(type) || is_pattern(type) || type.kind == TypeKind::Policy) return true;
  if (is_collection(type)) return writable(program, type.element);
  if (type.kind != TypeKind::Record || program.records[type.record].either) return false;
  const auto& fields = program.records[type.record].fields;
  return std::all_of(fields.begin(), fields.end(), [&](const Field& field) { return writable(program, field.type); });
}

class ValueReader {
 public:
  ValueReader(Checker& checker, const Constant& param)
      : checker_(checker), name_(param.name), owner_{param.module, param.name} {}

  /// None if told.
  ExprId read(const YamlNode& node, TypeId type) {
    const Type wanted = checker_.program.types[type];
    if (is_collection(wanted)) return collection(node, type, wanted);
    if (wanted.kind == TypeKind::Record) return record(node, type, wanted.record);
    if (!node.has_text()) return tell_shape(node, a_type(checker_.program, type));
    if (const auto bad = find_invisible(node.text)) return tell_shape(node, "a text without " + bad->what);
    return read_cell(checker_, owner_, {node.text, node.place(), node.style == YamlStyle::Quoted}, type);
  }

 private:
  ExprId tell_shape(const YamlNode& node, const std::string& wanted) {
    checker_.diagnostics.report(codes::ParamValue, node.place(),
                                {{"param", name_}, {"wanted", wanted}, {"seen", describe(node)}});
    return {};
  }

  ExprId make_literal(ExprKind kind, const YamlNode& node, TypeId type, std::vector<ExprId> operands) {
    return make(checker_, kind, type, node.place(), std::move(operands));
  }

  ExprId collection(const YamlNode& node, TypeId type, const Type& wanted) {
    if (!node.is_sequence()) return tell_shape(node, "a list, `[..]`");
    std::vector<ExprId> elements;
    bool sound = true;
    for (const YamlNode& item : node.items) {
      elements.push_back(read(item, wanted.element));
      sound = sound && elements.back();
    }
    if (!sound) return {};
    if (elements.size() > wanted.max)
      checker_.diagnostics
          .report(codes::TooManyElements, node.place(),
                  {{"count", std::to_string(elements.size())}, {"max", std::to_string(wanted.max)}})
          .help("declare a larger limit: `max N` after the type");
    return make_literal(wanted.kind == TypeKind::Set ? ExprKind::SetLiteral : ExprKind::ListLiteral, node, type,
                        std::move(elements));
  }

  static bool names(const YamlEntry& entry, const Field& field) {
    return entry.key == field.name || entry.key == field.wire;
  }

  ExprId record(const YamlNode& node, TypeId type, RecordId id) {
    if (!node.is_map()) return tell_shape(node, "a map of the fields of `" + checker_.program.records[id].name + "`");
    const std::vector<Field> fields = checker_.program.records[id].fields;
    bool sound = tell_unknown(node, id, fields);
    std::vector<ExprId> operands;
    for (const Field& field : fields) {
      const auto entry = std::find_if(node.entries.begin(), node.entries.end(),
                                      [&](const YamlEntry& each) { return names(each, field); });
      const bool absent = entry == node.entries.end() || entry->value.is_tilde();
      operands.push_back(absent ? ExprId{} : read(entry->value, checker_.program.without_optional(field.type)));
      if (absent) sound = tell_missing(node, id, field) && sound;
      sound = sound && (absent || operands.back());
    }
    return sound ? make_literal(ExprKind::RecordLiteral, node, type, std::move(operands)) : ExprId{};
  }

  bool tell_unknown(const YamlNode& node, RecordId id, const std::vector<Field>& fields) {
    bool all_known = true;
    for (const YamlEntry& entry : node.entries) {
      if (std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return names(entry, field); })) continue;
      all_known = false;
      auto told = checker_.diagnostics.report(
          codes::UnknownField, entry.key_span,
          {{"owner", "record `" + checker_.program.records[id].name + "`"}, {"field", entry.key}});
      std::vector<std::string> known;
      for (const Field& field : fields) known.push_back(field.name);
      const std::string meant = grammar::nearest(entry.key, known);
      if (!meant.empty()) told.help("did you mean `" + meant + "`?");
    }
    return all_known;
  }

  bool tell_missing(const YamlNode& node, RecordId id, const Field& field) {
    if (field.default_value || checker_.program.is_optional(field.type)) return true;
    // Defaults are checked after params: whether there is one is read off the declaration.
    const auto nodes = checker_.record_nodes[id.index].children(NodeKind::Field);
    for (const NodeRef each : nodes)
      if (each.child(NodeKind::Name).text() == field.name && each.child(NodeKind::Default)) return true;
    checker_.diagnostics.report(
        codes::FieldMissing, node.place(),
        {{"field", field.name}, {"owner", "record `" + checker_.program.records[id].name + "`"}});
    return false;
  }

  Checker& checker_;
  const std::string name_;
  const CellOwner owner_;
};

void tell_no_value(Checker& checker, const Constant& param) {
  checker.diagnostics.report(codes::ParamMissing, param.name_span, {{"param", param.name}})
      .help("give it in bylaw.yaml, `params: {" + param.name + ": ..}`, or with `--param " + param.name + "=..`");
}

/// The value that counts; none if told.
ExprId value_of(Checker& checker, ConstantId id, const Constant& param, ExprId by_default) {
  const auto given = checker.given_params.find(id);
  if (given == checker.given_params.end()) {
    if (!by_default) tell_no_value(checker, param);
    return by_default;
  }
  return ValueReader(checker, param).read(given->second->value, param.type);
}

void check_range(Checker& checker, ConstantId id, const Constant& param, NodeRef node) {
  const NodeRef written = node.expression();
  const LocalId asked = checker.program.locals.add(
      {.name = param.name, .kind = LocalKind::Parameter, .type = param.type, .span = param.name_span});
  const ExprId left = make(checker, ExprKind::LocalUse, param.type, param.name_span);
  checker.program.exprs[left].local = asked;
  const std::uint32_t begin = checker.program.exprs.size();
  const Membership membership = check_membership(checker, {.module = param.module, .constant = true}, left, written);
  checker.constant_ranges.push_back({begin, checker.program.exprs.size()});
  Constant& declared = checker.program.constants[id];
  declared.asked = asked;
  declared.range = membership.condition;
  declared.range_span = written.span();
  declared.range_text = std::string(written.text());
  if (membership.condition || is_error(checker, membership.right)) return;
  checker.diagnostics.report(codes::ParamRangeForm, written.span(),
                             {{"param", param.name},
                              {"type", a_type(checker.program, param.type)},
                              {"found", a_type(checker.program, checker.program.exprs[membership.right].type)}});
}

}  // namespace

void match_params(Checker& checker) {
  for (const ParamLayer& layer : checker.input.params) {
    std::map<ConstantId, const GivenParam*> in_layer;
    for (const GivenParam& given : layer) {
      const ConstantId id = param_of(checker, given);
      if (!id) continue;
      const auto [first, added] = in_layer.emplace(id, &given);
      if (!added)
        checker.diagnostics.report(codes::ParamTwice, given.name_span, {{"param", given.name}})
            .note(first->second->name_span, "first here");
      checker.given_params[id] = first->second;
    }
  }
}

void check_param(Checker& checker, ConstantId id, NodeRef node) {
  const Constant param = checker.program.constants[id];
  const std::uint32_t begin = checker.program.exprs.size();
  ExprId by_default;
  if (const NodeRef written = node.child(NodeKind::Default))
    by_default = check_constant(checker, param.module, written.expression(), param.type);
  checker.constant_exprs.push_back({begin, checker.program.exprs.size()});
  ExprId value;
  if (is_error(checker, param.type)) {
    value = {};
  } else if (!writable(checker.program, param.type)) {
    checker.diagnostics.report(codes::ParamType, param.name_span, {{"type", a_type(checker.program, param.type)}});
  } else {
    value = value_of(checker, id, param, by_default);
    if (const NodeRef range = node.child(NodeKind::ParamRange)) check_range(checker, id, param, range);
  }
  checker.program.constants[id].default_value = by_default;
  checker.program.constants[id].value = value ? value : wrong(checker, node).expr;
}

}  // namespace bylaw::compiler
