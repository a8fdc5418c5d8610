#include "mutation/data_mutants.h"

#include <bylaw/compiler/strategies.h>

#include <fmt/format.h>
#include <format/text_forms.h>

#include <algorithm>

#include "model/inherited.h"
#include "mutation/term_edits.h"
#include "names.h"

namespace bylaw::runner {
namespace {

using compiler::EntityTypeId;
using compiler::ListId;
using compiler::Mode;
using compiler::PolicyId;
using compiler::Strategy;
using compiler::Value;
using compiler::ValueKind;

using Moment = std::optional<std::int64_t>;

constexpr std::int64_t kSecond = 1000000;

bool in_order(Moment since, Moment until) {
  return !since || !until || *since < *until;
}

/// The time in which a change of a bound makes a difference.
struct Gap {
  Moment from, until;  // open where unset
};

Gap between(std::int64_t a, std::int64_t b) {
  return {std::min(a, b), std::max(a, b)};
}

class Maker {
 public:
  Maker(const Program& program, const grammar::Sources& sources, const ir::ProgramIr& ir, const Since* since,
        Mutants& into)
      : program_(program), sources_(sources), ir_(ir), since_(since), into_(into) {}

  void entries() {
    for (std::uint32_t list = 0; list < program_.lists.size(); ++list) {
      const bool asked = is_asked(ListId{list});
      for (std::uint32_t row = 0; row < program_.lists[ListId{list}].rows.size(); ++row)
        if (wanted(program_.lists[ListId{list}].rows[row].span)) entry(ListId{list}, row, asked);
    }
  }

  void periods() {
    for (std::uint32_t i = 0; i < program_.policies.size(); ++i) {
      const compiler::Policy& policy = program_.policies[PolicyId{i}];
      const Span span = policy.until_span.known() ? policy.until_span : policy.name_span;
      if (policy.mode == Mode::Off || policy.decisions.empty() || !wanted(span)) continue;
      const PolicyTimes times = times_of(policy);
      moved(times.from, [&](Moment to) {
        period({PolicyId{i}, {to, times.until, times.audit_until}}, "in force from", *times.from, to);
      });
      moved(times.until, [&](Moment to) {
        period({PolicyId{i}, {times.from, to, times.audit_until}}, "in force until", *times.until, to);
      });
      if (policy.mode != Mode::Audit) continue;
      moved(times.audit_until, [&](Moment to) {
        period({PolicyId{i}, {times.from, times.until, to}}, "audited until", *times.audit_until, to);
      });
    }
  }

  void inheritances() {
    for (std::uint32_t i = 0; i < program_.entities.size(); ++i) {
      const compiler::EntityType& entity = program_.entities[EntityTypeId{i}];
      for (std::uint32_t field = 0; field < entity.fields.size(); ++field)
        if (entity.fields[field].inherit != Strategy::None && wanted(entity.fields[field].span))
          inheritance({EntityTypeId{i}, field});
    }
  }

 private:
  bool wanted(Span span) const { return !since_ || changed(sources_, span, since_->lines); }

  /// A unit later, a unit earlier, not at all.
  template <class Make>
  void moved(Moment bound, Make make) const {
    if (!bound) return;
    const compiler::TypeId any{0};  // a time's neighbours are those of each type
    for (const Value& value : neighbours(program_, Value::number(ValueKind::Time, *bound), any)) make(value.integer);
    make(std::nullopt);
  }

  // --- entries ---

  void entry(ListId list, std::uint32_t row, bool asked) {
    const compiler::List& declared = program_.lists[list];
    const compiler::Row& entry = declared.rows[row];
    const Span value = entry.value_span.known() ? entry.value_span : entry.span;
    const std::string subject = fmt::format("the entry `{}`", one_line(sources_, value));
    if (covered(list, row, {entry.since, entry.until}))
      ++into_.equivalent;  // another entry says the same
    else
      into_.add(entry.span, program_.qualified(declared), subject + " is removed").entry = ir::OtherEntry{list, row};
    moved(entry.since, [&](Moment to) {
      const Gap gap = to ? between(*to, *entry.since) : Gap{{}, entry.since};
      dated({list, row, true, to, entry.until}, gap, asked, subject + begins(to, *entry.since));
    });
    moved(entry.until, [&](Moment to) {
      const Gap gap = to ? between(*to, *entry.until) : Gap{entry.until, {}};
      dated({list, row, true, entry.since, to}, gap, asked, subject + ends(to, *entry.until));
    });
  }

  static std::string begins(Moment to, std::int64_t from) {
    if (!to) return " has no beginning";
    return fmt::format(" begins at {} instead of {}", format::print_instant(*to), format::print_instant(from));
  }

  static std::string ends(Moment to, std::int64_t from) {
    if (!to) return " never ends";
    return fmt::format(" ends at {} instead of {}", format::print_instant(*to), format::print_instant(from));
  }

  void dated(const ir::OtherEntry& other, Gap gap, bool asked, std::string text) {
    if (!in_order(other.since, other.until)) return;  // it is as if it were not there
    const compiler::List& declared = program_.lists[other.list];
    compiler::Row row = declared.rows[other.row];
    row.since = other.since;
    row.until = other.until;
    // What the list's `requires` refuses would not get far.
    if (!ir::meets_requirements(program_, other.list, row, ir_.lists[other.list.index].values[other.row])) return;
    if (!asked || covered(other.list, other.row, gap)) {
      ++into_.equivalent;
      return;
    }
    Mutant& mutant = into_.add(row.span, program_.qualified(declared), std::move(text));
    mutant.entry = other;
    note_moments(mutant, gap);
  }

  /// Another entry has this one's value, all the time.
  bool covered(ListId list, std::uint32_t row, Gap gap) const {
    const auto& rows = program_.lists[list].rows;
    const auto& values = ir_.lists[list.index].values;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      const bool since = !rows[i].since || (gap.from && *rows[i].since <= *gap.from);
      const bool until = !rows[i].until || (gap.until && *rows[i].until >= *gap.until);
      if (i != row && values[i] == values[row] && since && until) return true;
    }
    return false;
  }

  bool is_asked(ListId list) const {
    return std::any_of(ir_.decisions.begin(), ir_.decisions.end(), [&](const ir::DecisionIr& decision) {
      for (ir::TermId id{0}; id.index < decision.terms.size(); ++id.index)
        if (asks(decision.terms[id], list)) return true;
      return false;
    });
  }

  static void note_moments(Mutant& mutant, Gap gap) {
    if (gap.from) mutant.moments.push_back(*gap.from);
    if (gap.until) mutant.moments.push_back(*gap.until - kSecond);
  }

  // --- periods ---

  void period(const OtherPeriod& other, std::string_view what, std::int64_t from, Moment to) {
    if (!in_order(other.times.from, other.times.until)) return;
    const compiler::Policy& policy = program_.policies[other.policy];
    const Span span = policy.until_span.known() ? policy.until_span : policy.name_span;
    const std::string before = format::print_instant(from);
    Mutant& mutant = into_.add(span, program_.qualified(policy),
                               to ? fmt::format("it is {} {} instead of {}", what, format::print_instant(*to), before)
                                  : fmt::format("`{} {}` is dropped", what, before));
    mutant.period = other;
    note_moments(mutant, to ? between(from, *to) : Gap{from, from});
  }

  // --- inheritance ---

  void inheritance(AttributeName attribute) {
    const compiler::EntityType& entity = program_.entities[attribute.entity];
    const compiler::Field& field = entity.fields[attribute.field];
    const bool read = std::any_of(ir_.decisions.begin(), ir_.decisions.end(),
                                  [&](const ir::DecisionIr& decision) { return reads(decision, attribute); });
    for (const Strategy other : compiler::inherit_strategies(program_, attribute.entity, field.type)) {
      if (other == field.inherit) continue;
      if (!read) {
        ++into_.equivalent;
        continue;
      }
      into_
          .add(field.span, program_.qualified(entity) + "." + field.name,
               fmt::format("`inherit {}` becomes `inherit {}`", compiler::spelling(field.inherit),
                           compiler::spelling(other)))
          .inheritance = OtherInheritance{attribute, other};
    }
  }

  const Program& program_;
  const grammar::Sources& sources_;
  const ir::ProgramIr& ir_;
  const Since* since_;
  Mutants& into_;
};

}  // namespace

bool asks(const ir::Term& term, ListId list) {
  switch (term.op) {
    case ir::Op::Listed:
    case ir::Op::ListedDirectly: return term.b == list.index;
    case ir::Op::Rows: return term.a == list.index;
    default: return false;
  }
}

void add_data_mutants(const Program& program, const grammar::Sources& sources, const ir::ProgramIr& ir,
                      const Since* since, bool inheritance, Mutants& into) {
  Maker maker(program, sources, ir, since, into);
  maker.entries();
  maker.periods();
  if (inheritance) maker.inheritances();
}

}  // namespace bylaw::runner
