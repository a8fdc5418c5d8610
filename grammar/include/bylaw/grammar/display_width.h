#pragma once
// How wide a text stands in a terminal.

#include <cstdint>
#include <string_view>

namespace bylaw::grammar {

/// The columns of a text without line ends: wide letters take two, combining marks none.
std::uint32_t display_width(std::string_view text);

}  // namespace bylaw::grammar
