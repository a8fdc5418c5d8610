// Records and maps are compared by what lies in them, until there are values that one term compares:
//   a == b, of records       for each field: if a.f is set then b.f is set and a.f == b.f else not b.f is set
//   a within b, of maps      not any k in a: not (b[k] is set and a[k] == b[k])
//   a == b, of maps          the same, and not any k in b: not a[k] is set

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {

/// Values of one type, or of such as the checker compares.
TermId Elaborator::equal_values(TermId a, TermId b, Span place) {
  if (a == b) return terms_.boolean(true);
  if (!enter(place)) return terms_.boolean(false);
  const TypeKind kind = terms_.type_of(a).kind;
  TermId result;
  if (kind == TypeKind::Optional) {
    const TermId there = terms_.is_set(b);
    const TermId alike = terms_.both(there, equal_values(terms_.get(a), terms_.get(b), place));
    result = terms_.choose(terms_.is_set(a), alike, terms_.negation(there));
  } else if (kind == TypeKind::Record) {
    result = equal_records(a, b, place);
  } else if (kind == TypeKind::Map) {
    const TermId there = entries_in(a, b, place, false);
    result = terms_.both(there, entries_in(b, a, place, true));
  } else {
    result = terms_.equal(a, b);
  }
  --depth_;
  return result;
}

TermId Elaborator::equal_records(TermId a, TermId b, Span place) {
  TermId result = terms_.boolean(true);
  for (const Field& field : program_.records[terms_.type_of(a).record].fields) {
    const TermId left = terms_.select(a, {}, field.name, field.type);
    result = terms_.both(result, equal_values(left, terms_.select(b, {}, field.name, field.type), place));
  }
  return result;
}

/// Each key of map a is one of map b, and unless only the keys count, with an equal value.
TermId Elaborator::entries_in(TermId a, TermId b, Span place, bool keys_alone) {
  const std::uint32_t level = level_++;
  const TermId entry = terms_.element(level, terms_.type_of(a).element);
  const TermId key = terms_.key_of(entry);
  const TermId found = terms_.lookup(b, key);
  TermId alike = terms_.is_set(found);
  if (!keys_alone) {
    const TypeId value = program_.records[terms_.type_of(entry).record].fields[1].type;
    const TermId own = terms_.get(terms_.select(entry, {}, "value", value));
    alike = terms_.both(alike, equal_values(own, terms_.get(found), place));
  }
  --level_;
  return terms_.negation(terms_.any(a, terms_.negation(alike), level));
}

}  // namespace bylaw::compiler::ir
