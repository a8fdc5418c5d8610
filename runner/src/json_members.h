#pragma once
// The members of an object of JSON text, with their places: the text is cut, not parsed, so that it reaches the engine
// byte by byte.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::runner {

struct JsonMember {
  std::string key;
  std::size_t key_begin, key_end;      // with its quotes
  std::size_t value_begin, value_end;  // without blanks
};

/// The members of the object that begins at `begin`. The text must be JSON.
std::vector<JsonMember> json_members(std::string_view text, std::size_t begin);

/// The offset of the first byte that is no blank.
std::size_t skip_blanks(std::string_view text, std::size_t at);

/// The text of a JSON string with its quotes.
std::string json_unquote(std::string_view quoted);

}  // namespace bylaw::runner
