#include "merge.h"

#include <algorithm>
#include <bit>

#include "format/layout.h"

namespace bylaw {

using format::EnumRecord;
using format::Kind;
using format::MergeStrategy;
using format::TypeRecord;

namespace {

constexpr std::uint32_t kOwnWords = 1, kOver = 2;  // in the head of a value

const Word* elements(const Memory& memory, Word set) {
  return collection(memory, set).data;
}

std::uint32_t count_of(Word set) {
  return static_cast<std::uint32_t>(set);
}

std::uint32_t offset_of(Word set) {
  return static_cast<std::uint32_t>(set >> 32) & 0x3fffffff;
}

}  // namespace

bool MergedValues::begin(RequestData& request, const Inherited& what, std::uint32_t count) {
  request_ = &request;
  what_ = what;
  words_ = request.world->view().types[what.type].words;
  stride_ = kHead + words_;
  first_ = request.input.allocate_zeroed(std::size_t{stride_} * count);
  return first_ != kNone;
}

void MergedValues::take(std::uint32_t group, const Word* value) {
  Word* const into = head(group);
  if (into[0] != 0) return merge(into, value);
  into[0] = 1;
  std::copy_n(value, words_, into + kHead);
}

void MergedValues::take(std::uint32_t group, std::uint32_t other) {
  if (!any(other)) return;
  take(group, value(other));
  head(group)[kOver] |= head(other)[kOver];
}

void MergedValues::merge(Word* into, const Word* value) {
  Word* const known = into + kHead;
  switch (what_.strategy) {
    case MergeStrategy::Min:
      if (compare(memory(), what_.type, value, known) < 0) std::copy_n(value, words_, known);
      return;
    case MergeStrategy::Max:
      if (compare(memory(), what_.type, value, known) > 0) std::copy_n(value, words_, known);
      return;
    case MergeStrategy::Any: *known |= *value; return;
    case MergeStrategy::All: *known &= *value; return;
    case MergeStrategy::Union:
    case MergeStrategy::Intersect: return merge_sets(into, value);
    case MergeStrategy::None:
    case MergeStrategy::Nearest:
    case MergeStrategy::Farthest:
    case MergeStrategy::Collect: return;
  }
}

void MergedValues::merge_sets(Word* into, const Word* value) {
  const BundleView& view = request_->world->view();
  const std::uint32_t element = view.types[what_.type].ref;
  if (view.types[element].kind == Kind::Enum) return merge_masks(into, value);
  if (what_.strategy == MergeStrategy::Union) {
    unite(into, into[kHead], *value, element);
    if (count_of(into[kHead]) > view.types[what_.type].max) into[kOver] = 1;
  } else {
    intersect(into[kHead], *value, element);
  }
}

void MergedValues::merge_masks(Word* into, const Word* value) {
  const BundleView& view = request_->world->view();
  const TypeRecord& type = view.types[what_.type];
  const EnumRecord& e = view.enums[view.types[type.ref].ref];
  const std::uint32_t bits = format::mask_bit_words(e);
  Word* const known = into + kHead;
  const bool unites = what_.strategy == MergeStrategy::Union;
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < bits; ++i) {
    known[i] = unites ? known[i] | value[i] : known[i] & value[i];
    count += static_cast<std::size_t>(std::popcount(known[i]));
  }
  if ((e.flags & format::kEnumOpen) != 0) {
    if (unites) {
      unite(into, known[bits], value[bits], kNone);
    } else {
      intersect(known[bits], value[bits], kNone);
    }
    const Word bit = Word{1} << e.member_count % 64;
    Word& last = known[e.member_count / 64];
    count -= (last & bit) != 0 ? 1 : 0;
    last = count_of(known[bits]) != 0 ? last | bit : last & ~bit;
    count += count_of(known[bits]);
  }
  if (count > type.max) into[kOver] = 1;
}

/// Where the element is among ascending ones, or belongs. `type` is kNone for texts.
std::uint32_t MergedValues::find(Collection set, const Word* element, std::uint32_t type, std::uint32_t step,
                                 bool& found) const {
  const Memory all = memory();
  const auto order = [&](const Word* other) {
    if (type != kNone) return compare(all, type, other, element);
    return symbol_text(all, static_cast<Symbol>(*other)).compare(symbol_text(all, static_cast<Symbol>(*element)));
  };
  std::uint32_t low = 0, high = set.count;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const int at = order(set.data + std::size_t{middle} * step);
    if (at == 0) {
      found = true;
      return middle;
    }
    (at < 0 ? low : high) = at < 0 ? middle + 1 : middle;
  }
  found = false;
  return low;
}

/// A copy with room for `more` elements, unless this one is ours and has it.
bool MergedValues::make_room(Word* head, Word& set, std::uint32_t step, std::uint32_t more) {
  const std::uint32_t count = count_of(set);
  if ((count + more) * step <= head[kOwnWords]) return true;
  const std::uint32_t words = 2 * (count + more) * step;
  const std::uint32_t place = request_->data.allocate(words);
  if (place == kNone) return false;
  const Word* const from = elements(memory(), set);
  std::copy_n(from, std::size_t{count} * step, request_->data.words + place);
  head[kOwnWords] = words;
  set = collection_word(request_->owner, place, count);
  return true;
}

/// Element by element: what is added in all is bounded by what was given, and a set by the limit of its type.
void MergedValues::unite(Word* head, Word& set, Word other, std::uint32_t element) {
  const BundleView& view = request_->world->view();
  const std::uint32_t step = element == kNone ? 1 : format::stride(view.types[element], view.shapes);
  const std::uint32_t limit = view.types[what_.type].max;
  for (std::uint32_t i = 0; i < count_of(other); ++i) {
    const Word* const added = elements(memory(), other) + std::size_t{i} * step;
    bool found = false;
    const std::uint32_t at = find(collection(memory(), set), added, element, step, found);
    if (found) continue;
    const std::uint32_t count = count_of(set);
    if (count > limit) return;  // told already
    if (!make_room(head, set, step, 1)) return;
    Word* const words = request_->data.words + offset_of(set);
    std::copy_backward(words + std::size_t{at} * step, words + std::size_t{count} * step,
                       words + std::size_t{count + 1} * step);
    std::copy_n(added, step, words + std::size_t{at} * step);
    set = collection_word(request_->owner, offset_of(set), count + 1);
  }
}

/// Into new words once: what two sets have in common only becomes less.
void MergedValues::intersect(Word& set, Word other, std::uint32_t element) {
  const BundleView& view = request_->world->view();
  const std::uint32_t step = element == kNone ? 1 : format::stride(view.types[element], view.shapes);
  const std::uint32_t room = request_->data.allocate(std::size_t{count_of(set)} * step);
  if (room == kNone) return;
  const Memory all = memory();
  const Collection known = collection(all, set), others = collection(all, other);
  Word* const out = request_->data.words + room;
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < known.count; ++i) {
    bool found = false;
    const Word* const word = known.data + std::size_t{i} * step;
    find(others, word, element, step, found);
    if (found) std::copy_n(word, step, out + std::size_t{step} * count++);
  }
  request_->data.used -= (known.count - count) * step;
  set = collection_word(request_->owner, room, count);
}

}  // namespace bylaw
