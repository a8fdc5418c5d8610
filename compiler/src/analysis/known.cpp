#include "analysis/known.h"

#include <algorithm>

namespace bylaw::compiler::ir {

namespace {

bool is_number(const Value& value) {
  switch (value.kind) {
    case ValueKind::Int:
    case ValueKind::Time:
    case ValueKind::Duration:
    case ValueKind::Decimal:
    case ValueKind::Member: return true;
    default: return false;
  }
}

}  // namespace

void Domain::at_least(std::int64_t bound) {
  least_ = std::max(least_, bound);
}

void Domain::at_most(std::int64_t bound) {
  greatest_ = std::min(greatest_, bound);
}

void Domain::only(const std::set<Value>& values) {
  if (!values_) {
    values_ = values;
    return;
  }
  std::erase_if(*values_, [&](const Value& value) { return !values.contains(value); });
}

void Domain::without(const Value& value) {
  excluded_.insert(value);
}

bool Domain::has(const Value& value) const {
  return !excluded_.contains(value) && (!is_number(value) || (least_ <= value.integer && value.integer <= greatest_));
}

bool Domain::is_empty() const {
  if (values_) return std::none_of(values_->begin(), values_->end(), [&](const Value& v) { return has(v); });
  if (least_ > greatest_) return true;
  const std::uint64_t further = static_cast<std::uint64_t>(greatest_) - static_cast<std::uint64_t>(least_);
  if (further >= excluded_.size()) return false;
  const auto between = [&](const Value& v) { return is_number(v) && least_ <= v.integer && v.integer <= greatest_; };
  return static_cast<std::uint64_t>(std::count_if(excluded_.begin(), excluded_.end(), between)) > further;
}

void Known::assume(TermId condition, bool truth) {
  if (const auto value = terms_.known(condition)) {
    contradiction_ = contradiction_ || *value != truth;
    return;
  }
  const auto [known, is_new] = truths_.emplace(condition.index, truth);
  if (!is_new) {
    contradiction_ = contradiction_ || known->second != truth;
    return;
  }
  const auto operand = [&](unsigned field) { return terms_.operand(condition, field); };
  const Op op = terms_[condition].op;
  if (op == Op::Not) {
    assume(operand(0), !truth);
  } else if (op == (truth ? Op::And : Op::Or)) {
    assume(operand(0), truth);
    assume(operand(1), truth);
  } else if (op == Op::Equal) {
    compare(operand(0), operand(1), truth);
  } else if (op == Op::Less) {
    order(operand(0), operand(1), truth);
  } else if (op == Op::Contains) {
    membership(operand(0), operand(1), truth);
  }
}

bool Known::impossible() const {
  return contradiction_ ||
         std::any_of(domains_.begin(), domains_.end(), [](const auto& entry) { return entry.second.is_empty(); });
}

void Known::compare(TermId a, TermId b, bool truth) {
  if (terms_.constant_of(a)) std::swap(a, b);
  const Value* value = terms_.constant_of(b);
  if (!value || terms_.constant_of(a)) return;
  if (truth)
    domain(a).only({*value});
  else
    domain(a).without(*value);
}

/// `a < b` with that truth, of which one is a constant of a type that is counted.
void Known::order(TermId a, TermId b, bool truth) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max(), kLeast = std::numeric_limits<std::int64_t>::min();
  const Value *left = terms_.constant_of(a), *right = terms_.constant_of(b);
  if ((left == nullptr) == (right == nullptr) || !is_counted(left ? b : a)) return;
  if (right && truth) {
    if (right->integer == kLeast)
      contradiction_ = true;
    else
      domain(a).at_most(right->integer - 1);
  } else if (right) {
    domain(a).at_least(right->integer);
  } else if (truth) {
    if (left->integer == kMost)
      contradiction_ = true;
    else
      domain(b).at_least(left->integer + 1);
  } else {
    domain(b).at_most(left->integer);
  }
}

void Known::membership(TermId element, TermId collection, bool truth) {
  const Value* values = terms_.constant_of(collection);
  if (!values || terms_.constant_of(element)) return;
  if (values->kind != ValueKind::Set && values->kind != ValueKind::List) return;
  if (truth) {
    domain(element).only({values->items.begin(), values->items.end()});
    return;
  }
  for (const Value& value : values->items) domain(element).without(value);
}

/// Of a closed enum: at first all its members.
Domain& Known::domain(TermId term) {
  const auto [entry, is_new] = domains_.try_emplace(term.index);
  if (const EnumType* type = is_new ? enum_of(term) : nullptr; type && !type->open) {
    std::set<Value> members;
    for (std::size_t i = 0; i < type->members.size(); ++i) members.insert(Value::member(static_cast<std::int64_t>(i)));
    entry->second.only(members);
  }
  return entry->second;
}

const EnumType* Known::enum_of(TermId term) const {
  const Type& type = terms_.type_of(term);
  return type.kind == TypeKind::Enum ? &program_.enums[type.enum_id] : nullptr;
}

/// Whether order is that of `Value::integer`, without gaps.
bool Known::is_counted(TermId term) const {
  switch (terms_.type_of(term).kind) {
    case TypeKind::Int:
    case TypeKind::Time:
    case TypeKind::Duration:
    case TypeKind::Decimal: return true;
    case TypeKind::Enum: return !enum_of(term)->open;
    default: return false;
  }
}

}  // namespace bylaw::compiler::ir
