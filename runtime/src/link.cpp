// Linking: a snapshot's texts, entities and frames become the World's, and the bundle's literals get rows. Frames are
// verified on the way: by the types of the bundle, which are those of the snapshot if the layout hashes are equal.

#include <algorithm>

#include "fill.h"
#include "format/layout.h"
#include "hash.h"
#include "transcribe.h"
#include "verify.h"
#include "world_parts.h"

namespace bylaw {
namespace {

using format::Code;
using format::Kind;

Error error(Code code, format::Arguments arguments) {
  return {format::info(code).code, {}, format::text(code, arguments), {}};
}

// --- shapes ---

std::string quoted(std::string_view name) {
  return "`" + std::string(name) + "`";
}

/// Which type the snapshot and the bundle do not declare alike.
std::string what_differs(const SnapshotView& snapshot, const BundleView& view) {
  const format::LayoutSource source = layout_source(view);
  std::size_t i = 0;
  for (std::uint32_t type = 0; type < view.entity_types.size(); ++type) {
    const std::string_view name = view.symbol_text(view.entity_types[type].name);
    if (i == snapshot.types.size() || name < snapshot.symbol_text(snapshot.types[i].name))
      return quoted(name) + " was not declared then";
    if (name != snapshot.symbol_text(snapshot.types[i].name)) break;
    if (format::type_hash(source, type) != snapshot.types[i].hash)
      return quoted(name) + " was declared otherwise, or something that its attributes hold";
    ++i;
  }
  if (i < snapshot.types.size()) return quoted(snapshot.symbol_text(snapshot.types[i].name)) + " is not declared now";
  return "its layout hash is not that of its types";
}

// --- entities of the snapshot ---

/// Reads the snapshot's frames.
class SnapshotSource final : public TranscribeSource {
 public:
  SnapshotSource(const SnapshotView& snapshot, const std::vector<Symbol>& symbols)
      : snapshot_(snapshot), symbols_(symbols) {}

  bool is_ordered() const override { return true; }
  bool symbol(Word from, Word& to) override {
    if (from >= symbols_.size()) return false;
    to = symbols_[from];
    return true;
  }
  bool entity(Word from, Word& to) override {
    const std::uint32_t row = entity_row(from);
    if (row == 0 || row > snapshot_.rows.size() || snapshot_.rows[row - 1].type != entity_type(from)) return false;
    to = from;
    return true;
  }
  bool elements(Word from, std::size_t end, std::uint32_t stride, Collection& to) override {
    const auto offset = static_cast<std::size_t>(from >> 32) & 0x3fffffff;
    const auto count = static_cast<std::uint32_t>(from);
    if (from >> 62 != static_cast<Word>(Owner::World) || offset != end) return false;
    const std::size_t all = snapshot_.words.size();
    if (offset > all || std::size_t{count} * stride > all - offset) return false;
    to = {snapshot_.words.data() + offset, count};
    return true;
  }

 private:
  const SnapshotView& snapshot_;
  const std::vector<Symbol>& symbols_;
};

class Linker {
 public:
  Linker(WorldData& world, const SnapshotView& snapshot) : world_(world), view_(world.view()), snapshot_(snapshot) {}

  std::optional<Error> run() {
    if (snapshot_.header->layout_hash != view_.header->layout_hash ||
        snapshot_.types.size() != view_.entity_types.size())
      return error(Code::OtherTypes, {{"what", what_differs(snapshot_, view_)}});
    take_texts();
    take_rows();
    world_.data.reserve(snapshot_.words.size() + 1);  // an empty frame has a place too
    for (std::size_t i = 0; i < snapshot_.rows.size(); ++i) {
      if (!take_frame(i)) return bad_row(i);
      if (!parents_fit(i)) return bad_row(i);
    }
    if (world_.data.size() != snapshot_.words.size()) {
      problem_ = "there are words of no entity";
      return bad_row(snapshot_.rows.size());
    }
    point_to_frames();
    return std::nullopt;
  }

 private:
  void take_texts() {
    for (Symbol symbol = 0; symbol < snapshot_.strings.size(); ++symbol) {
      const std::string_view text = snapshot_.symbol_text(symbol);
      Symbol known = find_text(world_, text, hash_text(world_.seed, text));
      if (known == kNone) {
        known = static_cast<Symbol>(world_.texts.size());
        world_.texts.push_back(text);
      }
      symbols_.push_back(known);
    }
    index_texts(world_);
  }

  void take_rows() {
    world_.rows.reserve(snapshot_.rows.size() + 1);
    for (const format::SnapshotRowRecord& record : snapshot_.rows) {
      EntityRow row;
      row.id = snapshot_.symbol_text(record.id);
      row.hash = hash_entity(world_.seed, record.type, row.id);
      row.word = entity_word(record.type, static_cast<std::uint32_t>(world_.rows.size()));
      world_.rows.push_back(row);
    }
    for (const std::uint32_t row : snapshot_.above) world_.rows[row].has_below = true;
  }

  bool take_frame(std::size_t index) {
    const format::SnapshotRowRecord& record = snapshot_.rows[index];
    if ((record.flags & format::kRowDescribed) == 0) return true;
    const std::uint32_t shape = view_.entity_types[record.type].shape;
    const std::size_t all = snapshot_.words.size(), words = format::frame_words(view_.shapes[shape]);
    if (record.frame != world_.data.size() || record.frame > all || words > all - record.frame) {
      problem_ = "its frame is not where the last one ended";
      return false;
    }
    SnapshotSource source(snapshot_, symbols_);
    Transcriber transcriber(view_, source, world_.data);
    if (transcriber.frame(shape, snapshot_.words.data() + record.frame)) return true;
    problem_ = transcriber.problem();
    return false;
  }

  bool parents_fit(std::size_t index) {
    const std::uint32_t type = snapshot_.rows[index].type;
    const auto possible = parent_types(view_, type);
    const auto given =
        snapshot_.parents.subspan(snapshot_.rows[index].first_parent, snapshot_.rows[index].parent_count);
    problem_ = "its parents cannot be those of its type";
    if (given.size() > 1 && (view_.entity_types[type].flags & format::kEntityOneParent) != 0) return false;
    return std::all_of(given.begin(), given.end(), [&](std::uint32_t row) {
      return std::binary_search(possible.begin(), possible.end(), snapshot_.rows[row - 1].type);
    });
  }

  Error bad_row(std::size_t index) const {
    const std::string number = std::to_string(index);
    return error(Code::BadTable, {{"section", "Rows"}, {"index", number}, {"what", problem_}});
  }

  void point_to_frames() {
    for (std::size_t i = 0; i < snapshot_.rows.size(); ++i)
      if ((snapshot_.rows[i].flags & format::kRowDescribed) != 0)
        world_.rows[i + 1].frame = world_.data.data() + snapshot_.rows[i].frame;
  }

  WorldData& world_;
  const BundleView& view_;
  const SnapshotView& snapshot_;
  std::vector<Symbol> symbols_;
  std::string_view problem_;
};

// --- literals of the bundle ---

/// Makes the entity words of the constants point to rows: there an id stands as a symbol. Each value of the pool is
/// looked at by its type; elements of collections are values of their own.
class Literals {
 public:
  explicit Literals(WorldData& world) : world_(world), view_(world.view()) {}

  void run() {
    world_.constants.assign(view_.constants.begin(), view_.constants.end());
    each([&](const Word&) { ++count_; });
    world_.row_index.reserve(world_.rows.size() + count_);
    for (std::uint32_t row = 1; row < world_.rows.size(); ++row) world_.row_index.add(world_.rows[row].hash, row);
    each([&](Word& word) { word = row_of(word); });
  }

 private:
  template <class Do>
  void each(Do action) {
    for (std::size_t at = 0; at < world_.constants.size(); ++at)
      if (const std::uint32_t type = view_.constant_types[at]; type != format::kNone) each_in(type, at, action);
  }

  template <class Do>
  void each_in(std::uint32_t type_index, std::size_t at, Do action) {
    const format::TypeRecord& type = view_.types[type_index];
    if (type.kind == Kind::Entity) action(world_.constants[at]);
    if (type.kind == Kind::Record)
      each_field(type.ref, place_of(view_, type.ref, world_.constants.data() + at), action);
  }

  template <class Do>
  void each_field(std::uint32_t shape, const Place& place, Do action) {
    for (const format::FieldRecord& field : fields_of(view_, shape)) {
      const format::TypeRecord& type = view_.types[field.type];
      if (field.presence != format::kNone && !place.bit(field.presence)) continue;
      if (type.kind == Kind::Entity) action(place.slots[field.slot]);
      if (type.kind == Kind::Record) each_field(type.ref, place.nested(field), action);
    }
  }

  Word row_of(Word literal) {
    const std::uint32_t type = entity_type(literal);
    const std::string_view id = view_.symbol_text(static_cast<Symbol>(literal));
    const std::uint64_t hash = hash_entity(world_.seed, type, id);
    std::uint32_t row = find_row(world_, type, id, hash);
    if (row == kNone) {
      row = static_cast<std::uint32_t>(world_.rows.size());
      world_.rows.push_back({id, hash, entity_word(type, row), nullptr, false});
      world_.row_index.add(hash, row);
    }
    return entity_word(type, row);
  }

  WorldData& world_;
  const BundleView& view_;
  std::size_t count_ = 0;
};

}  // namespace

std::optional<Error> link_entities(WorldData& world, std::shared_ptr<const EntityData> entities) {
  if (entities != nullptr)
    if (auto problem = Linker(world, entities->view).run()) return problem;
  world.entities = std::move(entities);
  Literals(world).run();
  return std::nullopt;
}

}  // namespace bylaw
