// Lists: rows of one type, a record if the list has columns, dated only where the list says so.

#include "verify.h"

namespace bylaw {
namespace {

using namespace format;

bool is_entry(Kind kind) {
  return kind != Kind::Set && kind != Kind::List && kind != Kind::Map && kind != Kind::Any;
}

bool check_row(TableCheck& check, const ListRecord& list, std::size_t index) {
  const BundleView& b = check.bundle();
  const RowRecord& row = b.rows[index];
  check.at(Section::Rows, index);
  const bool dated = row.since != kNoStart || row.until != kNoEnd;
  return check.in(row.value, b.constants, "its value") &&
         check.need(b.constant_types[row.value] == list.type, "its value is of another type") &&
         check.symbol_or_none(row.owner, "its owner") && check.symbol_or_none(row.because, "its reason") &&
         check.in_or_none(row.span, b.spans, "its place") &&
         check.need(!dated || (list.flags & kListDated) != 0, "it has dates, its list has none") &&
         check.need((row.flags & ~kRowThrough) == 0, "its flags are not known") &&
         check.need(row.reserved == 0, "reserved words are not zero");
}

bool check_list(TableCheck& check, std::size_t index, std::uint32_t& end) {
  const BundleView& b = check.bundle();
  const ListRecord& list = b.lists[index];
  check.at(Section::Lists, index);
  return check.symbol(list.name, "its name") && check.symbol(list.short_name, "its short name") &&
         check.in(list.type, b.types, "its type") &&
         check.need(is_entry(b.types[list.type].kind), "its entries cannot be in a list") &&
         check.next_range(end, list.first_row, list.row_count, b.rows, "its rows") &&
         check.need((list.flags & ~(kListDated | kListDenies)) == 0, "its flags are not known");
}

}  // namespace

bool verify_lists(TableCheck& check) {
  const BundleView& b = check.bundle();
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < b.lists.size(); ++i) {
    if (!check_list(check, i, end)) return false;
    for (std::uint32_t row = b.lists[i].first_row; row < end; ++row)
      if (!check_row(check, b.lists[i], row)) return false;
  }
  check.at(Section::Rows, end);
  return check.need(end == b.rows.size(), "it belongs to no list");
}

}  // namespace bylaw
