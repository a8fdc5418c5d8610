// The public Request: memory, what was sent, and when it is read.

#include <array>
#include <charconv>
#include <cstring>
#include <new>

#include "access.h"
#include "fill.h"
#include "format/layout.h"
#include "input_tree.h"
#include "lineage.h"
#include "world_data.h"

namespace bylaw {
namespace {

using format::Code;

constexpr std::size_t kLeastWords = 64;  // of both arenas, to begin at all

std::uint32_t frame_words_of(const WorldData& world, std::uint32_t decision) {
  const BundleView& view = world.view();
  return format::frame_words(view.shapes[view.decisions[decision].shape]);
}

std::size_t arena_words(const WorldData& world) {
  return words_for(world.limits().arena_bytes) + kLeastWords;
}

/// What a tree needs at most, for what fits into the arena.
std::size_t input_words(const WorldData& world) {
  return 2 * arena_words(world);
}

std::string_view print_number(std::uint64_t number, std::span<char> out) {
  const char* const end = std::to_chars(out.data(), out.data() + out.size(), number).ptr;
  return {out.data(), static_cast<std::size_t>(end - out.data())};
}

void fail_syntax(RequestData& request, std::string_view text, const TextFault& fault) {
  std::uint64_t line = 1, column = 1;
  for (const char& c : text.substr(0, fault.at)) {
    if (c == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
      ++column;
    }
  }
  std::array<char, 24> lines, columns;
  fail(request, Code::NotJson, {},
       {{"what", fault.what}, {"line", print_number(line, lines)}, {"column", print_number(column, columns)}});
}

void fail_limit(RequestData& request, std::string_view what, std::uint64_t limit) {
  std::array<char, 24> digits;
  fail(request, Code::OverLimit, {}, {{"what", what}, {"limit", print_number(limit, digits)}});
}

void fail_memory(RequestData& request) {
  if (request.too_small) {
    fail(request, Code::MemoryFull, {}, {});
  } else {
    fail_limit(request, "too much memory for one request, in bytes", request.world->limits().arena_bytes);
  }
}

void fail_text(RequestData& request, std::string_view text, const TextFault& fault) {
  switch (fault.code) {
    case Code::NotJson: return fail_syntax(request, text, fault);
    case Code::KeyTwice: return fail_at(request, Code::KeyTwice, fault.path, {{"key", fault.key}});
    default: return fail_limit(request, fault.what, fault.limit);
  }
}

/// Forgets what was made of the input, not the input itself.
void forget_filled(RequestData& request) {
  request.data.clear();
  request.data.capacity = request.data_words;
  request.texts.count = 0;
  request.text_index = {};
  request.entities.count = 0;
  request.entity_index = {};
  request.overlaid = 0;
  request.failures.count = 0;
}

bool give_up(RequestData& request) {
  request.state = RequestState::Invalid;
  return false;
}

bool give_up_for_memory(RequestData& request) {
  request.failures.count = 0;
  fail_memory(request);
  return give_up(request);
}

bool give_up_for_lineages(RequestData& request) {
  if (request.too_small) return give_up_for_memory(request);
  const bool one = !request.data.full && !request.input.full;
  fail_limit(request, one ? "entities above one of the request, and itself" : "entities above those of the request",
             one ? format::kMostInLineage : kMostInLineages);
  return give_up(request);
}

Status too_small() {
  const format::CodeInfo& code = format::info(Code::MemoryFull);
  return Status(Failure{code.code, {}, code.text});
}

Status status_of(const RequestData& request) {
  return request.state == RequestState::Invalid ? Status(request.failures.list[0]) : Status();
}

void host_gives(RequestData& request, Given given) {
  request.state = RequestState::Sent;
  request.from_host = true;
  switch (given) {
    case Given::Taken: return;
    case Given::TooDeep: fail_limit(request, "values nested too deep", request.world->limits().depth); break;
    case Given::NoMemory: fail_memory(request); break;
    case Given::OtherDecision: fail(request, Code::OtherDecision, {}, {}); break;
  }
  request.state = RequestState::Invalid;
}

}  // namespace

void clear_request(RequestData& request) {
  forget_filled(request);
  request.input.clear();
  request.root = kNone;
  request.last_array = request.last_element = kNone;
  request.from_host = false;
  request.state = RequestState::Sent;
}

bool take_json(RequestData& request, std::string_view json, const Limits& limits) {
  clear_request(request);
  std::array<char, 1024> path;
  TextFault fault{Code::OverLimit, {}};
  request.root = read_json_tree(json, limits, request.input, path, fault);
  if (request.root != kNone) return true;
  if (fault.what.empty() && fault.path.empty()) return give_up_for_memory(request);
  fail_text(request, json, fault);
  return give_up(request);
}

bool settle(RequestData& request) {
  if (request.state != RequestState::Sent) return request.state == RequestState::Valid;
  forget_filled(request);
  if (request.root == kNone) request.root = add_object(request.input);
  if (request.root == kNone || request.input.full) return give_up_for_memory(request);
  Filler(request).read_request();
  return conclude(request);
}

bool conclude(RequestData& request) {
  if (request.data.full || request.input.full) return give_up_for_memory(request);
  if (request.failures.count != 0) return give_up(request);
  if (!complete_entities(request)) return give_up_for_memory(request);
  if (request.failures.count != 0) return give_up(request);
  // Of what the rest left over nothing is lent, so that the limit of lineages is the same whatever else is asked.
  if (request.lineage_words != 0) request.data.capacity = request.data.used + request.lineage_words;
  if (!add_lineages(request)) return give_up_for_lineages(request);
  request.state = RequestState::Valid;
  return true;
}

std::size_t Decision::request_bytes() const {
  const std::size_t words =
      frame_words_of(*world_, index_) + arena_words(*world_) + lineage_words(*world_) + input_words(*world_);
  return sizeof(RequestData) + sizeof(Word) * (words + 1);
}

Request::Request(const Decision& decision, std::span<std::byte> memory) {
  const WorldData& world = *Access::world(decision);
  void* begin = memory.data();
  std::size_t size = memory.size();
  const std::uint32_t frame = frame_words_of(world, Access::index(decision));
  const std::size_t least = sizeof(RequestData) + sizeof(Word) * (frame + kLeastWords);
  if (std::align(alignof(RequestData), least, begin, size) == nullptr) return;

  data_ = new (begin) RequestData;
  data_->world = &world;
  data_->decision = Access::index(decision);
  data_->owner = Owner::Request;
  data_->lenient_in = false;
  data_->epoch = 0;
  data_->frame = reinterpret_cast<Word*>(static_cast<std::byte*>(begin) + sizeof(RequestData));
  const std::size_t rest = (size - sizeof(RequestData)) / sizeof(Word) - frame;
  data_->too_small = rest < arena_words(world) + lineage_words(world) + input_words(world);
  const std::size_t for_data = data_->too_small ? rest / 3 : arena_words(world);
  const std::size_t for_lineages = data_->too_small ? 0 : lineage_words(world);
  const std::size_t for_input = data_->too_small ? rest - for_data : input_words(world);
  data_->data_words = static_cast<std::uint32_t>(for_data);
  data_->lineage_words = static_cast<std::uint32_t>(for_lineages);
  data_->data = {data_->frame + frame, data_->data_words, 0, false};
  data_->input = {data_->data.words + for_data + for_lineages, static_cast<std::uint32_t>(for_input), 0, false};
  clear_request(*data_);
}

void Request::clear() {
  if (data_ != nullptr) clear_request(*data_);
}

Status Request::read_json(std::string_view json) {
  if (data_ == nullptr) return too_small();
  if (data_->state == RequestState::Invalid) return status_of(*data_);
  if (take_json(*data_, json, data_->world->limits())) settle(*data_);
  return status_of(*data_);
}

Status Request::set(Slot slot, const Value& value) {
  if (data_ == nullptr) return too_small();
  if (data_->state == RequestState::Invalid) return status_of(*data_);
  host_gives(*data_, set_value(*data_, Access::id(slot), value));
  return status_of(*data_);
}

Status Request::add(Slot slot, const Value& value) {
  if (data_ == nullptr) return too_small();
  if (data_->state == RequestState::Invalid) return status_of(*data_);
  host_gives(*data_, add_element(*data_, Access::id(slot), value));
  return status_of(*data_);
}

Status Request::check() {
  if (data_ == nullptr) return too_small();
  settle(*data_);
  return status_of(*data_);
}

std::span<const Failure> Request::failures() const {
  if (data_ == nullptr) return {};
  return {data_->failures.list.data(), data_->failures.count};
}

}  // namespace bylaw
