#pragma once
// Texts between JSON's quotes: checked, compared and unescaped byte by byte.

#include <cstdint>
#include <string_view>

namespace bylaw {

/// What is wrong with the escapes or bytes of a text; empty if nothing. `at` is where, from its begin.
std::string_view text_mistake(std::string_view raw, std::size_t& at);

/// Gives the bytes that a checked text stands for, one after the other.
class Unescaper {
 public:
  explicit Unescaper(std::string_view raw) : rest_(raw) {}

  bool next(char& out) {
    if (pending_ == 0 && !fill()) return false;
    out = bytes_[--pending_];
    return true;
  }

 private:
  bool fill();
  void encode(std::uint32_t code_point);
  std::uint32_t take_hex();

  std::string_view rest_;
  char bytes_[4];  // of one character, last byte first
  unsigned pending_ = 0;
};

bool same_text(std::string_view raw, std::string_view other_raw);
int compare_texts(std::string_view raw, std::string_view other_raw);

}  // namespace bylaw
