#include "found_elements.h"

#include "bundle_data.h"
#include "format/layout.h"
#include "world_data.h"

namespace bylaw {
namespace {

using namespace format;

class Teller {
 public:
  explicit Teller(const Telling& telling) : telling_(telling), b_(telling.bundle()) {}

  FoundElement tell(const BinderRecord& binder, const Found::Element& element,
                    const std::vector<FoundElement>& before) const {
    const std::uint32_t type = telling_.type_of_element(binder);
    const bool map = b_.types[binder.type].kind == Kind::Map;
    FoundElement told{path_of(binder, element.index, before),
                      map ? key_of(type, element.place()) : telling_.printer().print_element(type, element.place()),
                      {},
                      {}};
    const bool record =
        b_.types[type].kind == Kind::Record && (b_.shapes[b_.types[type].ref].flags & kShapeEither) == 0;
    if (!map && record) add_fields(told, b_.types[type].ref, element.place());
    return told;
  }

 private:
  /// Where an element stands in the request, if it does; `before` are those of the binders before.
  std::optional<std::string> path_of(const BinderRecord& binder, std::uint32_t index,
                                     const std::vector<FoundElement>& before) const {
    if (binder.path_count == 0) return std::nullopt;
    if (binder.parent != kNone && !before[binder.parent].path) return std::nullopt;
    std::string path = binder.parent == kNone ? "" : *before[binder.parent].path;
    path += b_.symbol_text(b_.pool[binder.first_path]);
    if (b_.types[binder.type].kind == Kind::List) path += "[" + std::to_string(index) + "]";
    return path;
  }

  /// Of an entry of a map.
  PrintedValue key_of(std::uint32_t entry, const Word* frame) const {
    const ShapeRecord& shape = b_.shapes[b_.types[entry].ref];
    const FieldRecord& key = b_.fields[shape.first_field];
    return telling_.printer().print(key.type, frame + presence_words(shape) + key.slot);
  }

  void add_fields(FoundElement& told, std::uint32_t shape, const Word* frame) const {
    const ShapeRecord& record = b_.shapes[shape];
    for (const FieldRecord& field : range(b_.fields, record.first_field, record.field_count)) {
      const bool present = field.presence == kNone || (frame[field.presence / 64] >> (field.presence % 64) & 1) != 0;
      if (!present || b_.types[field.type].kind == Kind::Record) continue;
      PrintedValue value = (field.flags & kFieldSecret) != 0
                               ? PrintedValue{"***", "\"***\""}
                               : telling_.printer().print(field.type, frame + presence_words(record) + field.slot);
      told.fields.emplace_back(b_.symbol_text(field.wire), std::move(value));
    }
  }

  const Telling& telling_;
  const BundleView& b_;
};

}  // namespace

std::vector<FoundElement> found_elements(const Telling& telling, std::uint32_t rule, const Found& found) {
  const Teller teller(telling);
  std::vector<FoundElement> all;
  for (std::size_t i = 0; i < found.binders.size(); ++i)
    all.push_back(teller.tell(telling.binders(rule)[i], found.binders[i], all));
  return all;
}

}  // namespace bylaw
