#pragma once
// One request, as it lies in the caller's memory:
//
//   RequestData | frame | data arena, room for lineages behind it | input arena
//
// `input` holds the tree of what was sent (input_tree.h); `data` what was made of it: elements of collections, texts
// that the world does not have, entities of the request. Elements of sets are there once each, ascending: numbers,
// texts by their bytes (symbols of a request have no order), entities by type and id. Entity data is read by the same
// code: then the "request" is the entities themselves, over a world that knows none (world_data.h).

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "arena.h"
#include "bylaw/bylaw.hpp"
#include "format/codes.h"
#include "memory.h"
#include "path.h"

namespace bylaw {

/// A text that only this request has. Its symbol is the number of the world's texts + its own.
struct LocalText {
  std::string_view text;
  std::uint64_t hash;
};

/// An entity that the request describes, or names and the world does not know. `word` is what values hold: of an entity
/// that the world knows its row there, else the number of the world's rows + its own.
struct LocalEntity {
  std::string_view id;
  std::uint64_t hash;
  Word word;
  std::uint32_t frame;    // of its attributes, in `data`; kNone if no object described it
  std::uint32_t given;    // in `data`: a bit for each attribute that some object gave
  std::uint32_t parents;  // in `data`: entity words, ascending, once each
  std::uint32_t parent_count;
  bool has_parents;        // some object gave `in`
  bool must_be_described;  // some reference asks for it
  std::uint32_t number;    // of this record
  Word lineage;            // a list, if the world has lineages and does not know this one
  // Marks of a walk upwards. A request belongs to one thread, so walks may write here.
  mutable std::uint32_t mark;
  mutable std::uint32_t next;

  bool described() const { return frame != kNone; }
};

inline constexpr std::size_t kMaxFailures = 8;
inline constexpr std::size_t kFailureText = 1536;  // bytes of a path and its text; longer ones are cut

/// What was found wrong, the official failure first.
struct Failures {
  std::array<Failure, kMaxFailures> list;
  std::uint32_t count;
  std::array<char, kMaxFailures * kFailureText> text;
};

enum class RequestState : std::uint8_t {
  Sent,  // to be read
  Valid,
  Invalid,  // until clear()
};

struct RequestData {
  const WorldData* world;
  std::uint32_t decision;
  RequestState state;
  bool too_small;   // the caller gave less than request_bytes()
  bool from_host;   // something was set: texts are not checked yet
  bool lenient_in;  // of entity data: a missing `in` is none, and one parent may stand without brackets
  Owner owner;      // what collections made here say of themselves

  Word* frame;
  Arena data;
  std::uint32_t data_words;     // what `data` may take before lineages come
  std::uint32_t lineage_words;  // and what it may take more then
  Arena input;
  std::uint32_t root;                      // in `input`: what was sent; kNone if nothing yet
  std::uint32_t last_array, last_element;  // there: where `add` goes on

  Table<LocalText> texts;
  Index text_index;
  Table<LocalEntity> entities;
  Index entity_index;
  std::uint32_t overlaid;       // entities of the world that the request describes
  mutable std::uint32_t epoch;  // of marks

  Failures failures;
};

/// Reads the request to its end, if that was not done yet; true if it is valid.
bool settle(RequestData& request);

/// Forgets everything.
void clear_request(RequestData& request);
/// Parses what is sent; false if that failed, which is then noted.
bool take_json(RequestData& request, std::string_view json, const Limits& limits);
/// The end of reading: tells what went wrong, or makes the entities whole.
bool conclude(RequestData& request);

/// What a block reads. The request is settled and valid.
Memory memory_of(const RequestData& request);

/// Notes what is wrong, if there is room.
void fail(RequestData& request, format::Code code, const Path& path, format::Arguments arguments);

void fail_at(RequestData& request, format::Code code, std::string_view path, format::Arguments arguments);

/// The symbol of a text, the world's if it has it; kNone if the arena is full.
Symbol intern(RequestData& request, std::string_view text);
std::string_view text_of(const RequestData& request, Symbol symbol);

/// The request's own record of an entity, made if it is not there; null if the arena is full.
LocalEntity* local_entity(RequestData& request, std::uint32_t type, std::string_view id);
/// The request's own record of an entity, or null.
const LocalEntity* find_local(const RequestData& request, Word entity);
std::string_view id_of(const RequestData& request, Word entity);

}  // namespace bylaw
