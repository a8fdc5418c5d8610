#pragma once
// Texts behind `|` and `>`: which lines belong to them.

#include <cstddef>
#include <string_view>

namespace bylaw::formatter {

/// What stands behind the sign: `|2-` says two columns deeper than its key, and no line end at the end.
struct BlockHeader {
  std::size_t deeper = 0;  // 0: as deep as the first line
  bool keeps = false;      // `+`: blank lines at the end belong to the text
};
BlockHeader block_header(std::string_view line);

/// The end of the block whose sign stands at `begin`, without the line end behind it. `value` is what it says.
std::size_t block_end(std::string_view bytes, std::size_t begin, std::string_view value);

}  // namespace bylaw::formatter
