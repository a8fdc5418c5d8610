#pragma once
// Bundles of declared types alone, put together by hand: enough to read requests and entity data, without a compiler.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bylaw/bylaw.hpp"
#include "format/bundle_tables.h"

namespace bylaw::test {

using format::Word;
using TypeId = std::uint32_t;

struct SmallField {
  std::string name;
  TypeId type;
  std::string wire = {};  // the name, if empty
  bool optional = false;
  bool own_value = false;  // others inherit it
  format::MergeStrategy inherit = format::MergeStrategy::None;
  std::uint32_t default_constant = format::kNone;
};

struct SmallRow {
  Word value;
  std::int64_t since = format::kNoStart;
  std::int64_t until = format::kNoEnd;
};

class SmallBundle {
 public:
  SmallBundle();

  TypeId scalar(format::Kind kind);
  TypeId set(TypeId element, std::uint32_t max = 4096);
  TypeId list(TypeId element, std::uint32_t max = 4096);
  TypeId enumeration(std::string_view name, std::initializer_list<const char*> members, std::uint32_t flags = 0);
  TypeId record(std::string_view name, const std::vector<SmallField>& fields, bool open = false);
  /// Declared first, so that entities can speak of each other; in ascending order of names.
  std::uint32_t entity(std::string_view name);
  void describe(std::uint32_t entity, const std::vector<std::uint32_t>& parents, const std::vector<SmallField>& fields,
                bool one_parent = false);
  TypeId entities(const std::vector<std::uint32_t>& types);
  void decision(std::string_view name, const std::vector<SmallField>& fields);
  std::uint32_t constant(TypeId type, const std::vector<Word>& words);
  Word literal(std::uint32_t entity, std::string_view id);
  Word text(std::string_view text) { return symbol(text); }
  void rows(std::string_view name, TypeId type, const std::vector<SmallRow>& rows);

  Bundle finish(Limits limits = {}) const;

 private:
  format::Symbol symbol(std::string_view text);
  std::uint32_t shape(std::string_view name, const std::vector<SmallField>& fields, bool open);
  std::uint32_t pool(const std::vector<std::uint32_t>& numbers);

  format::BundleTables tables_;
  std::map<std::string, format::Symbol, std::less<>> symbols_;
};

/// A World of a bundle and entity data; stops the test if that fails.
World world_of(const Bundle& bundle, std::string_view entities = "{}");

/// Code and path of the first failure: "R0102 token.expires", "valid" if there is none.
std::string outcome_of(const World& world, std::string_view decision, std::string_view json);
/// The same of entity data.
std::string outcome_of_data(const Bundle& bundle, std::string_view json);

/// A request with memory of its own.
struct OwnedRequest {
  std::vector<std::byte> memory;
  Request request;
  explicit OwnedRequest(const Decision& decision) : memory(decision.request_bytes()), request(decision, memory) {}
};

}  // namespace bylaw::test
