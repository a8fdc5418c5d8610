#include "model/places.h"

#include <algorithm>

#include "model/terms.h"

namespace bylaw::runner {

using compiler::EntityTypeId;
using compiler::Value;
using compiler::ValueKind;
using ir::Op;
using ir::TermId;

namespace {

/// What an optional path is read through.
TermId without_get(const ir::Terms& terms, TermId id) {
  while (terms[id].op == Op::Get) id = terms.operand(id, 0);
  return id;
}

class Writer {
 public:
  Writer(const Program& program, const std::vector<ir::ListIr>& lists, CaseModel& model)
      : program_(program), lists_(lists), model_(model), terms_(model.decision->terms) {}

  bool write(TermId place, const Value& value) {
    const TermId id = without_get(terms_, place);
    const ir::Term& term = terms_[id];
    if (term.op == Op::Request) {
      model_.request[term.a] = value;
      if (model_.decision->now == term.a) model_.now = value.integer;
      return true;
    }
    if (term.op != Op::Select) return false;
    const TermId base = terms_.operand(id, 0);
    Value held = value_at(program_, lists_, model_, base);
    if (held.kind == ValueKind::Absent) return false;
    if (EntityTypeId{term.c}) {
      model_.given.set(held, term.b, value);
      return model_.entities.set(held, term.b, value);
    }
    if (term.b >= held.items.size()) return false;
    if (is_union_part(program_, terms_, id)) {  // of a union one is set, and nothing else
      if (value.kind == ValueKind::Absent) return false;
      std::fill(held.items.begin(), held.items.end(), Value::absent());
    }
    held.items[term.b] = value;
    return write(base, held);
  }

 private:
  const Program& program_;
  const std::vector<ir::ListIr>& lists_;
  CaseModel& model_;
  const ir::Terms& terms_;
};

}  // namespace

bool is_place(const ir::Terms& terms, TermId id) {
  const ir::Term& term = terms[id];
  if (term.op == Op::Request) return true;
  return (term.op == Op::Select || term.op == Op::Get) && is_place(terms, terms.operand(id, 0));
}

bool is_union_part(const Program& program, const ir::Terms& terms, PlaceTerm place) {
  const ir::Term& term = terms[place];
  return term.op == Op::Select && !EntityTypeId{term.c} && program.either_of(terms[terms.operand(place, 0)].type);
}

std::vector<PlaceTerm> places_in(const Program& program, const ir::Terms& terms, TermId root) {
  std::vector<PlaceTerm> places;
  for_each_term(terms, root, [&](TermId id) {
    if (!is_place(terms, id)) return;
    TermId place = without_get(terms, id);
    if (is_union_part(program, terms, place)) place = without_get(terms, terms.operand(place, 0));
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  });
  return places;
}

std::optional<CaseModel> with_value(const Program& program, const std::vector<ir::ListIr>& lists,
                                    const CaseModel& model, PlaceTerm place, const Value& value) {
  CaseModel changed = model;
  if (!Writer(program, lists, changed).write(place, value)) return std::nullopt;
  return changed;
}

Value value_at(const Program& program, const std::vector<ir::ListIr>& lists, const CaseModel& model, PlaceTerm place) {
  ir::Evaluation evaluation = model.evaluation(program, lists);
  return ir::evaluate(evaluation, without_get(model.decision->terms, place));
}

compiler::TypeId declared_type(const Program& program, const ir::DecisionIr& decision, PlaceTerm place) {
  const ir::Term& term = decision.terms[place];
  if (term.op == Op::Request) return program.decisions[decision.decision].fields[term.a].type;
  return decision.terms.field(place).type;
}

}  // namespace bylaw::runner
