#include "order.h"

#include <algorithm>
#include <string_view>

#include "format/layout.h"
#include "mask.h"
#include "wide_value.h"
#include "world_data.h"

namespace bylaw {
namespace {

using namespace format;

template <class T>
int three_way(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

int compare_texts(std::string_view a, std::string_view b) {
  return three_way(a.compare(b), 0);
}

int compare_members(const Memory& memory, const EnumRecord& e, Word a, Word b) {
  const bool declared = a < e.member_count || b < e.member_count;
  if (declared || a == b) return three_way(a, b);
  return compare_texts(symbol_text(memory, static_cast<Symbol>(a - e.member_count)),
                       symbol_text(memory, static_cast<Symbol>(b - e.member_count)));
}

int compare_entities(const Memory& memory, Word a, Word b) {
  if (entity_type(a) != entity_type(b)) return three_way(entity_type(a), entity_type(b));
  return a == b ? 0 : compare_texts(entity_id(memory, a), entity_id(memory, b));
}

int compare_versions(const Memory& memory, const Word* a, const Word* b) {
  const auto text = [&](Symbol symbol) { return symbol_text(memory, symbol); };
  const auto order = format::compare(version_at(a, text), version_at(b, text));
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

int compare_sets(const Memory& memory, std::uint32_t type, const Word* a, const Word* b) {
  const BundleView& view = memory.world->view();
  const std::uint32_t element = view.types[type].ref, step = stride(view.types[element], view.shapes);
  const std::vector<Word> left = elements_of_set(memory, type, a), right = elements_of_set(memory, type, b);
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); i += step)
    if (const int order = compare(memory, element, &left[i], &right[i]); order != 0) return order;
  return three_way(left.size(), right.size());
}

}  // namespace

int compare(const Memory& memory, std::uint32_t type_index, const Word* a, const Word* b) {
  const BundleView& view = memory.world->view();
  const TypeRecord& type = view.types[type_index];
  switch (type.kind) {
    case Kind::Bool:
    case Kind::Int:
    case Kind::Time:
    case Kind::Duration:
    case Kind::Decimal: return three_way(static_cast<std::int64_t>(*a), static_cast<std::int64_t>(*b));
    case Kind::String:
      return *a == *b ? 0
                      : compare_texts(symbol_text(memory, static_cast<Symbol>(*a)),
                                      symbol_text(memory, static_cast<Symbol>(*b)));
    case Kind::Enum: return compare_members(memory, view.enums[type.ref], *a, *b);
    case Kind::Entity: return compare_entities(memory, *a, *b);
    case Kind::Ip: return three_way(ip_at(a), ip_at(b));
    case Kind::Cidr: return three_way(cidr_at(a), cidr_at(b));
    case Kind::Version: return compare_versions(memory, a, b);
    case Kind::Versions:
      return compare_texts(symbol_text(memory, static_cast<Symbol>(*a)), symbol_text(memory, static_cast<Symbol>(*b)));
    case Kind::Set: return compare_sets(memory, type_index, a, b);
    case Kind::Glob:
    case Kind::Regex:
    case Kind::List:
    case Kind::Map:
    case Kind::Any:
    case Kind::Record: return 0;  // no order: never asked
  }
  return 0;
}

std::vector<Word> elements_of_set(const Memory& memory, std::uint32_t type_index, const Word* set) {
  const BundleView& view = memory.world->view();
  const TypeRecord& element = view.types[view.types[type_index].ref];
  if (element.kind != Kind::Enum) {
    const Collection values = collection(memory, *set);
    return {values.data, values.data + std::size_t{values.count} * stride(element, view.shapes)};
  }
  const EnumRecord& e = view.enums[element.ref];
  const Mask mask = mask_at(memory, e, set);
  std::vector<Word> members;
  for (std::uint32_t i = member_from(mask, 0); i < mask.members; i = member_from(mask, i + 1)) members.push_back(i);
  for (std::uint32_t i = 0; i < mask.others.count; ++i) members.push_back(e.member_count + mask.others.data[i]);
  return members;
}

}  // namespace bylaw
