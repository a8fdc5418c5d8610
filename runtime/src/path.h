#pragma once
// Where a value stands in what was sent: `token.scopes[1]`, `labels["team"]`, with the sender's spellings.

#include <cstdint>
#include <span>
#include <string_view>

namespace bylaw {

/// One step of a path; those before it lie on the stack of whoever walks.
struct Path {
  const Path* before = nullptr;
  std::string_view key;
  std::uint32_t index = 0;
  enum class Step : std::uint8_t { Root, Key, Index } step = Step::Root;

  Path in(std::string_view name) const& { return {this, name, 0, Step::Key}; }
  Path at(std::uint32_t number) const& { return {this, {}, number, Step::Index}; }
  // A step points to the one before it.
  Path in(std::string_view) && = delete;
  Path at(std::uint32_t) && = delete;
};

/// The path's text, cut to `out`.
std::string_view write_path(const Path& path, std::span<char> out);

}  // namespace bylaw
