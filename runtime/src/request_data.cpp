#include "request_data.h"

#include "hash.h"
#include "world_data.h"

namespace bylaw {
namespace {

std::uint32_t symbol_count(const WorldData& world) {
  return static_cast<std::uint32_t>(world.texts.size());
}
std::uint32_t row_count(const WorldData& world) {
  return static_cast<std::uint32_t>(world.rows.size());
}

}  // namespace

void fail(RequestData& request, format::Code code, const Path& path, format::Arguments arguments) {
  std::array<char, 1024> room;
  fail_at(request, code, write_path(path, room), arguments);
}

void fail_at(RequestData& request, format::Code code, std::string_view path, format::Arguments arguments) {
  Failures& failures = request.failures;
  if (failures.count == kMaxFailures) return;
  // Each failure has its share of the room, so that a long one cannot hide the next.
  const std::span<char> room = std::span<char>(failures.text).subspan(failures.count * kFailureText, kFailureText);
  const std::size_t length = std::min(path.size(), kFailureText / 2);
  std::copy_n(path.data(), length, room.data());
  const std::string_view text = format::write_text(code, arguments, room.subspan(length));
  failures.list[failures.count++] = {format::info(code).code, {room.data(), length}, text};
}

Symbol intern(RequestData& request, std::string_view text) {
  const WorldData& world = *request.world;
  const std::uint64_t hash = hash_text(world.seed, text);
  if (const Symbol symbol = find_text(world, text, hash); symbol != kNone) return symbol;
  const auto same = [&](std::uint32_t i) {
    const LocalText& local = request.texts.at(request.data, i);
    return local.hash == hash && local.text == text;
  };
  std::uint32_t number = request.text_index.find(request.data, hash, same);
  if (number == kNone) {
    number = request.texts.add(request.data, {text, hash});
    const auto hash_of = [&](std::uint32_t i) { return request.texts.at(request.data, i).hash; };
    if (number == kNone || !request.text_index.add(request.data, hash, number, hash_of)) return kNone;
  }
  return symbol_count(world) + number;
}

std::string_view text_of(const RequestData& request, Symbol symbol) {
  const std::uint32_t known = symbol_count(*request.world);
  return symbol < known ? request.world->texts[symbol] : request.texts.at(request.data, symbol - known).text;
}

LocalEntity* local_entity(RequestData& request, std::uint32_t type, std::string_view id) {
  const std::uint64_t hash = hash_entity(request.world->seed, type, id);
  const auto same = [&](std::uint32_t i) {
    const LocalEntity& local = request.entities.at(request.data, i);
    return local.hash == hash && entity_type(local.word) == type && local.id == id;
  };
  std::uint32_t number = request.entity_index.find(request.data, hash, same);
  if (number != kNone) return &request.entities.at(request.data, number);

  LocalEntity added{id, hash, 0, kNone, kNone, 0, 0, false, false, request.entities.count, 0, 0, kNone};
  const std::uint32_t row = find_row(*request.world, type, id, hash);
  added.word = entity_word(type, row != kNone ? row : row_count(*request.world) + request.entities.count);
  number = request.entities.add(request.data, added);
  const auto hash_of = [&](std::uint32_t i) { return request.entities.at(request.data, i).hash; };
  if (number == kNone || !request.entity_index.add(request.data, hash, number, hash_of)) return nullptr;
  return &request.entities.at(request.data, number);
}

const LocalEntity* find_local(const RequestData& request, Word entity) {
  const std::uint32_t row = entity_row(entity);
  const std::uint32_t known = row_count(*request.world);
  if (row >= known) return &request.entities.at(request.data, row - known);
  if (request.entities.count == 0) return nullptr;
  const auto same = [&](std::uint32_t i) { return request.entities.at(request.data, i).word == entity; };
  const std::uint32_t number = request.entity_index.find(request.data, request.world->rows[row].hash, same);
  return number == kNone ? nullptr : &request.entities.at(request.data, number);
}

std::string_view id_of(const RequestData& request, Word entity) {
  const std::uint32_t row = entity_row(entity);
  const std::uint32_t known = row_count(*request.world);
  return row < known ? request.world->rows[row].id : request.entities.at(request.data, row - known).id;
}

}  // namespace bylaw
