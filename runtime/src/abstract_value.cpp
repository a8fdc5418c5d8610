#include "abstract_value.h"

#include "format/layout.h"

namespace bylaw {

using namespace format;

AbstractValues::AbstractValues(const BundleView& bundle) : bundle_(bundle), by_type_(bundle.types.size(), kUnset) {}

AbstractId AbstractValues::add(const AbstractValue& value) {
  const auto [place, fresh] = ids_.emplace(value, static_cast<AbstractId>(values_.size()));
  if (fresh) values_.push_back(value);
  return place->second;
}

AbstractId AbstractValues::plain(Class cls) {
  return add({.cls = cls});
}

AbstractId AbstractValues::member(std::uint32_t enumeration) {
  return add({.cls = Class::Member, .ref = enumeration});
}

AbstractId AbstractValues::frame(std::uint32_t shape) {
  return add({.form = AbstractValue::Form::Frame, .ref = shape, .words = frame_words(bundle_.shapes[shape])});
}

AbstractId AbstractValues::total() {
  return add({.cls = Class::Total, .words = 2});
}

AbstractId AbstractValues::part(std::uint32_t words) {
  return add({.cls = Class::Part, .words = words});
}

AbstractId AbstractValues::digits() {
  return add({.cls = Class::Digits, .words = 2});
}

AbstractId AbstractValues::elements(AbstractId element, std::uint32_t max) {
  return add({.cls = Class::Collection, .ref = element, .max = max});
}

AbstractId AbstractValues::rows(const ListRecord& list) {
  return add({.cls = Class::Collection, .ref = of_type(list.type), .max = list.row_count});
}

AbstractId AbstractValues::of_type(std::uint32_t type) {
  if (by_type_[type] == kUnset) by_type_[type] = work_out(type);
  return by_type_[type];
}

/// Types have no cycles and a bounded depth (layout.h), so this ends.
AbstractId AbstractValues::work_out(std::uint32_t type) {
  const TypeRecord& record = bundle_.types[type];
  switch (record.kind) {
    case Kind::Bool: return plain(Class::Bool);
    case Kind::Int: return plain(Class::Int);
    case Kind::Time: return plain(Class::Time);
    case Kind::Duration: return plain(Class::Duration);
    case Kind::Decimal: return plain(Class::Decimal);
    case Kind::String: return plain(Class::Text);
    case Kind::Glob:
    case Kind::Regex: return plain(Class::Pattern);
    case Kind::Enum: return member(record.ref);
    case Kind::Entity: return plain(Class::Entity);
    case Kind::Ip: return add({.cls = Class::Address, .words = record.words});
    case Kind::Cidr: return add({.cls = Class::Network, .words = record.words});
    case Kind::Version: return add({.cls = Class::Version, .words = record.words});
    case Kind::Versions: return plain(Class::Versions);
    case Kind::Record: return frame(record.ref);
    case Kind::Map:
    case Kind::List: return add({.cls = Class::Collection, .ref = of_type(record.ref), .max = record.max});
    case Kind::Any: return kUnset;  // nothing lies there
    case Kind::Set: break;
  }
  const TypeRecord& element = bundle_.types[record.ref];
  if (element.kind == Kind::Enum)
    return add({.cls = Class::Mask, .ref = element.ref, .max = record.max, .words = record.words});
  return add({.cls = Class::Collection, .ref = of_type(record.ref), .max = record.max});
}

bool AbstractValues::same_form(AbstractId a, AbstractId b) const {
  if (a == b) return true;
  if (a >= kInside || b >= kInside) return false;
  AbstractValue x = values_[a], y = values_[b];
  x.max = y.max = 0;
  return x == y;
}

bool AbstractValues::accepts(AbstractId a, AbstractId b) const {
  return a == b || (same_form(a, b) && values_[a].max >= values_[b].max);
}

AbstractId AbstractValues::join(AbstractId a, AbstractId b) {
  if (a == b) return a;
  if (!same_form(a, b)) return kUnset;
  return values_[a].max >= values_[b].max ? a : b;
}

}  // namespace bylaw
