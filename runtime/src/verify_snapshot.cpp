#include "verify_snapshot.h"

#include <string>

#include "format/text_forms.h"
#include "memory.h"

namespace bylaw {
namespace {

using namespace format;

Fault bad_record(SnapshotSection section, std::size_t index, std::string_view what) {
  const std::string number = std::to_string(index);
  const char* name = kSnapshotSections[static_cast<std::size_t>(section)].name;
  return {Code::BadTable, text(Code::BadTable, {{"section", name}, {"index", number}, {"what", what}})};
}

/// Each check tells what is wrong with one record, or nothing.
class SnapshotCheck {
 public:
  explicit SnapshotCheck(const SnapshotView& snapshot) : s_(snapshot) {}

  std::optional<Fault> run() {
    strings();
    types();
    closures();
    rows();
    return std::move(fault_);
  }

 private:
  bool need(bool holds, std::string_view what) {
    if (!holds && !fault_) fault_ = bad_record(section_, index_, what);
    return holds;
  }

  void strings() {
    section_ = SnapshotSection::Strings;
    std::size_t end = 0;
    for (index_ = 0; index_ < s_.strings.size() && !fault_; ++index_) {
      const StringRecord& record = s_.strings[index_];
      if (!need(record.offset == end && record.length <= s_.text.size() - end, "its text is not where the last ended"))
        return;
      end += record.length;
      const std::string_view text = s_.symbol_text(static_cast<Symbol>(index_));
      need(valid_text(text), "its text is not UTF-8");
      need(index_ == 0 || s_.symbol_text(static_cast<Symbol>(index_ - 1)) < text, "texts do not ascend");
    }
    need(end == s_.text.size(), "there is text behind the last one");
  }

  void types() {
    section_ = SnapshotSection::Types;
    for (index_ = 0; index_ < s_.types.size() && !fault_; ++index_) {
      const SnapshotTypeRecord& type = s_.types[index_];
      need(type.name < s_.strings.size(), "its name is beyond the table");
      need(type.reserved == 0, "reserved words are not zero");
      need(index_ == 0 || s_.types[index_ - 1].name < type.name, "types do not ascend");
    }
  }

  void closures() {
    section_ = SnapshotSection::Closures;
    std::uint64_t end = 0;
    for (index_ = 0; index_ < s_.closures.size() && !fault_; ++index_) {
      const ClosureRecord& closure = s_.closures[index_];
      if (!need(closure.first == end && closure.count <= s_.above.size() - end,
                "its rows are not where the last ended"))
        return;
      end += closure.count;
      need(closure.reserved == 0, "reserved words are not zero");
      need(are_rows(s_.above.subspan(closure.first, closure.count)), "its rows do not ascend, or are none");
    }
    need(end == s_.above.size(), "there are rows of no closure");
  }

  void rows() {
    section_ = SnapshotSection::Rows;
    std::uint64_t end = 0;
    for (index_ = 0; index_ < s_.rows.size() && !fault_; ++index_) {
      if (!row(s_.rows[index_], end)) return;
      end += s_.rows[index_].parent_count;
    }
    need(end == s_.parents.size(), "there are parents of no entity");
  }

  bool row(const SnapshotRowRecord& row, std::uint64_t end) {
    return need(row.type < s_.types.size(), "its type is beyond the table") &&
           need(row.id < s_.strings.size() && s_.strings[row.id].length != 0, "it has no id") &&
           need((row.flags & ~kRowDescribed) == 0, "its flags are not known") &&
           need((row.flags & kRowDescribed) != 0 || row.frame == 0, "it has a frame and is not described") &&
           need(row.closure < s_.closures.size(), "its closure is beyond the table") &&
           need(row.first_parent == end && row.parent_count <= s_.parents.size() - end,
                "its parents are not where the last ended") &&
           need(are_rows(s_.parents.subspan(row.first_parent, row.parent_count)),
                "its parents do not ascend, or are none") &&
           need(index_ == 0 || before(s_.rows[index_ - 1], row), "entities do not ascend");
  }

  static bool before(const SnapshotRowRecord& a, const SnapshotRowRecord& b) {
    return a.type != b.type ? a.type < b.type : a.id < b.id;
  }

  bool are_rows(std::span<const std::uint32_t> rows) const {
    std::uint32_t last = 0;
    for (const std::uint32_t row : rows) {
      if (row <= last || row > s_.rows.size()) return false;
      last = row;
    }
    return true;
  }

  const SnapshotView& s_;
  std::optional<Fault> fault_;
  SnapshotSection section_{};
  std::size_t index_ = 0;
};

}  // namespace

std::optional<Fault> verify_snapshot(std::span<const std::byte> bytes, SnapshotView& snapshot) {
  if (auto fault = read_snapshot_container(bytes, snapshot)) return fault;
  return SnapshotCheck(snapshot).run();
}

}  // namespace bylaw
