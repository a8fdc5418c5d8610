#include "telling.h"

#include <algorithm>

#include "bundle_data.h"
#include "format/layout.h"
#include "format/opcodes.h"
#include "format/text_forms.h"
#include "format/text_reading.h"
#include "world_data.h"

namespace bylaw {

using namespace format;

namespace {

struct Finds {
  const BundleView& bundle;
  std::vector<Found>& list;
  std::size_t most;
  std::vector<std::uint32_t> words;  // by binder: of an element; 0 if it is a record

  static void note(void* context, const FoundElements& elements) {
    auto& self = *static_cast<Finds*>(context);
    if (self.list.size() == self.most) return;
    Found found;
    for (std::size_t i = 0; i < self.words.size(); ++i) {
      const Word* place = elements.elements[i];
      if (self.words[i] == 0)
        found.binders.push_back({elements.index[i], {}, place});
      else
        found.binders.push_back({elements.index[i], {place, place + self.words[i]}, nullptr});
      if (elements.list[i] != kNone)
        found.binders.back().row = self.bundle.lists[elements.list[i]].first_row + elements.index[i];
    }
    self.list.push_back(std::move(found));
  }
};

struct RowNotes {
  const BundleView& bundle;
  std::vector<std::uint32_t>& rows;

  static void note(void* context, std::uint32_t list, std::uint32_t row) {
    auto& self = *static_cast<RowNotes*>(context);
    self.rows.push_back(self.bundle.lists[list].first_row + row);
  }
};

void note_test(void* context, const ListTest& test) {
  static_cast<std::vector<ListTest>*>(context)->push_back(test);
}

/// Enough for each block of the bundle.
std::unique_ptr<Word[]> scratch_of(const BundleData& bundle) {
  std::uint32_t words = 0;
  for (const DecisionBounds& bounds : bundle.bounds) words = std::max(words, bounds.scratch);
  return words == 0 ? nullptr : std::make_unique<Word[]>(words);
}

}  // namespace

Telling::Telling(const WorldData& world, const Memory& memory)
    : b_(world.view()), memory_(memory), printer_(world, memory), scratch_(scratch_of(*world.bundle)) {}

std::span<const BinderRecord> Telling::binders(std::uint32_t rule) const {
  return range(b_.binders, b_.rules[rule].first_binder, b_.rules[rule].binder_count);
}

std::vector<Found> Telling::found(std::uint32_t rule, std::size_t most) const {
  return note(rule, most, {.found = Finds::note});
}

std::vector<Found> Telling::elements(std::uint32_t rule) const {
  return note(rule, SIZE_MAX, {.bound = Finds::note});
}

std::vector<Found> Telling::note(std::uint32_t rule, std::size_t most, Recorder recorder) const {
  std::vector<Found> list;
  if ((b_.rules[rule].flags & kRuleForEach) == 0) return list;
  Finds finds{b_, list, most, {}};
  for (const BinderRecord& binder : binders(rule)) {
    const TypeRecord& element = b_.types[type_of_element(binder)];
    finds.words.push_back(element.kind == Kind::Record ? 0 : element.words);
  }
  recorder.context = &finds;
  holds_recording(run(), b_.rules[rule].condition, recorder);
  return list;
}

std::string Telling::message(std::uint32_t index, const Elements& elements) const {
  std::string text;
  for (const MessagePartRecord& part :
       range(b_.message_parts, b_.messages[index].first_part, b_.messages[index].part_count)) {
    text += b_.symbol_text(part.text);
    text += value(part, elements);
  }
  return text;
}

std::string Telling::value(const MessagePartRecord& part, const Elements& elements) const {
  if (part.value == kNone) return {};
  if ((part.flags & kPartSecret) != 0) return "***";
  const bool is_text = b_.blocks[part.value].kind == BlockKind::Text;
  if (is_text || (part.flags & (kPartLower | kPartFold)) != 0) {
    const TextMode mode = (part.flags & kPartLower) != 0  ? TextMode::Lower
                          : (part.flags & kPartFold) != 0 ? TextMode::Fold
                                                          : TextMode::AsIs;
    return std::string(cut(escaped(written({text_of(run(elements), part.value), mode}))));
  }
  std::vector<Word> words(kMaxValueWords);
  value_of(run(elements), part.value, words.data());
  return std::string(cut(escaped(printer_.print(b_.blocks[part.value].type, words.data()).text)));
}

bool Telling::holds(std::uint32_t occurrence, const Elements& elements, std::vector<ListTest>* tests) const {
  return holds_recording(run(elements), b_.occurrences[occurrence].explain,
                         {.context = tests, .listed = tests == nullptr ? nullptr : note_test});
}

std::vector<ListTest> Telling::list_tests(std::uint32_t rule, const Elements& elements) const {
  std::vector<ListTest> all;
  const std::uint32_t root = b_.rules[rule].skeleton;
  if (root == kNone) return all;
  for (const SkeletonRecord& node : range(b_.skeletons, root, b_.skeletons[root].subtree))
    if (node.kind == SkeletonKind::Leaf) holds(node.occurrence, elements, &all);
  return all;
}

std::vector<std::uint32_t> Telling::rows(std::uint32_t rule, const Elements& elements) const {
  std::vector<std::uint32_t> all;
  RowNotes notes{b_, all};
  const std::uint32_t root = b_.rules[rule].skeleton;
  if (root == kNone) return all;
  for (const SkeletonRecord& node : range(b_.skeletons, root, b_.skeletons[root].subtree))
    if (node.kind == SkeletonKind::Leaf)
      holds_recording(run(elements), b_.occurrences[node.occurrence].explain,
                      {.context = &notes, .row = RowNotes::note});
  return all;
}

std::string Telling::place(std::uint32_t span) const {
  if (span == kNone) return {};
  return std::string(b_.symbol_text(b_.spans[span].file)) + ":" + std::to_string(b_.spans[span].line);
}

const ListRecord& Telling::list_of(std::uint32_t row) const {
  std::size_t list = 0;
  while (row - b_.lists[list].first_row >= b_.lists[list].row_count) ++list;  // each row belongs to one
  return b_.lists[list];
}

/// The columns that the list declares: `{scope: Team::"pay", ticket: T-1}`. Those that every list has come last.
PrintedValue Telling::columns(std::uint32_t shape, const Word* frame) const {
  constexpr std::uint32_t kEveryList = 4;
  const ShapeRecord& record = b_.shapes[shape];
  PrintedValue told{"{", "{"};
  const std::uint32_t declared = record.field_count - std::min(record.field_count, kEveryList);
  for (const FieldRecord& field : range(b_.fields, record.first_field, declared)) {
    const bool present = field.presence == kNone || (frame[field.presence / 64] >> (field.presence % 64) & 1) != 0;
    const bool first = told.json.size() == 1;
    const std::string name(b_.symbol_text(field.wire));
    const PrintedValue value =
        present ? printer_.print(field.type, frame + presence_words(record) + field.slot) : PrintedValue{"", "null"};
    told.json += (first ? "" : ", ") + json_string(name) + ": " + value.json;
    if (present) told.text += (told.text.size() == 1 ? "" : ", ") + name + ": " + value.text;
  }
  told.text += "}";
  told.json += "}";
  return told;
}

PrintedValue Telling::entry(std::uint32_t row) const {
  const std::uint32_t type = list_of(row).type;
  const Word* const place = printer_.world.constants.data() + b_.rows[row].value;
  return b_.types[type].kind == Kind::Record ? columns(b_.types[type].ref, place) : printer_.print(type, place);
}

std::string without_quotes(const std::string& json) {
  if (!json.starts_with('"')) return json;
  std::string text;
  for (std::size_t i = 1; i + 1 < json.size(); ++i) {
    if (json[i] == '\\' && (json[i + 1] == '"' || json[i + 1] == '\\')) ++i;
    text += json[i];
  }
  return text;
}

std::optional<std::string> instant(std::int64_t microseconds) {
  if (microseconds == kNoStart || microseconds == kNoEnd) return std::nullopt;
  return print_instant(microseconds);
}

}  // namespace bylaw
