#include "generate/candidates.h"

#include <algorithm>

#include "model/terms.h"

namespace bylaw::runner {

using compiler::Program;
using compiler::Value;
using compiler::ValueKind;
using ir::Op;
using ir::TermId;

namespace {

constexpr std::size_t kMostPooled = 24, kMostSteps = 400;

bool is_number(ValueKind kind) {
  return kind == ValueKind::Int || kind == ValueKind::Time || kind == ValueKind::Duration || kind == ValueKind::Decimal;
}

}  // namespace

SeenValues Candidates::look(const CaseModel& model, TermId term) const {
  SeenValues seen;
  for (const Value& entity : model.entities.all()) seen.entities.insert(entity);
  add_seen(program_, player_.ir().lists, decision_.terms, term, seen);
  seen.now = model.now;
  add_unique(seen.constants, Value::number(ValueKind::Time, model.now));
  return seen;
}

std::vector<RequestStep> Candidates::steps(const CaseModel& model, TermId term,
                                           const std::vector<TermId>& collections) const {
  const SeenValues seen = look(model, term);
  std::vector<PlaceTerm> places = places_in(program_, decision_.terms, term);
  for (const TermId collection : collections)
    for (const PlaceTerm place : places_in(program_, decision_.terms, collection))
      if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  // What decides which entries are live is read without a term.
  std::vector<RequestStep> result = edges(model, term);
  if (decision_.now)
    for (TermId id{0}; id.index < decision_.terms.size(); ++id.index)
      if (decision_.terms[id].op == Op::Request && decision_.terms[id].a == *decision_.now &&
          std::find(places.begin(), places.end(), id) == places.end())
        places.push_back(id);
  for (const PlaceTerm place : places) {
    const Value current = value_at(program_, player_.ir().lists, model, place);
    std::vector<Value> values = types_.options(declared_type(program_, decision_, place), current, seen);
    if (const auto pooled = pool_.find(place); pooled != pool_.end()) {
      std::size_t count = 0;
      for (const Value& value : pooled->second)
        if (count++ < kMostPooled) add_unique(values, value);
    }
    for (Value& value : values)
      if (value != current && result.size() < kMostSteps) result.push_back({place, std::move(value)});
  }
  return result;
}

std::vector<RequestStep> Candidates::edges(const CaseModel& model, TermId root) const {
  std::vector<RequestStep> result;
  ir::Evaluation evaluation = model.evaluation(program_, player_.ir().lists);
  for_each_term(decision_.terms, root, [&](TermId id) {
    const ir::Term& term = decision_.terms[id];
    if (term.op != Op::Less && term.op != Op::Equal) return;
    for (std::uint32_t level = 0; level < 31; ++level)
      if (decision_.terms.reads_element(id, level)) return;
    const Value a = ir::evaluate(evaluation, decision_.terms.operand(id, 0));
    const Value b = ir::evaluate(evaluation, decision_.terms.operand(id, 1));
    if (!is_number(a.kind) || !is_number(b.kind)) return;
    const std::int64_t difference = compiler::saturated::subtract(ValueKind::Int, b.integer, a.integer);
    for (const PlaceTerm place : places_in(program_, decision_.terms, id)) {
      const Value current = value_at(program_, player_.ir().lists, model, place);
      if (!is_number(current.kind)) continue;
      for (const std::int64_t turn : {difference, -difference})
        for (const std::int64_t beside : {std::int64_t{0}, step_of(current.kind), -step_of(current.kind)}) {
          const std::int64_t to = compiler::saturated::add(current.kind, current.integer,
                                                           compiler::saturated::add(ValueKind::Int, turn, beside));
          if (to != current.integer) result.push_back({place, Value::number(current.kind, to)});
        }
    }
  });
  return result;
}

}  // namespace bylaw::runner
