#include "path.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "output.h"

namespace bylaw {
namespace {

bool is_word(std::string_view key) {
  const auto word_byte = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '$';
  };
  return !key.empty() && std::all_of(key.begin(), key.end(), word_byte);
}

void put_quoted(Output& out, std::string_view key) {
  constexpr char kHex[] = "0123456789abcdef";
  out.put("[\"");
  for (const char& c : key) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out.put("\\");
    if (byte >= 0x20 && byte != 0x7f) {
      out.put({&c, 1});
    } else {
      const char escape[] = {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]};
      out.put({escape, sizeof escape});
    }
  }
  out.put("\"]");
}

void put_step(Output& out, const Path& path) {
  switch (path.step) {
    case Path::Step::Root: break;
    case Path::Step::Key:
      if (!is_word(path.key)) return put_quoted(out, path.key);
      if (out.used != 0) out.put(".");
      out.put(path.key);
      break;
    case Path::Step::Index: {
      std::array<char, 12> digits{'['};
      char* end = std::to_chars(digits.data() + 1, digits.data() + 11, path.index).ptr;
      *end++ = ']';
      out.put({digits.data(), static_cast<std::size_t>(end - digits.data())});
      break;
    }
  }
}

// As deep as the values of a request, so the recursion is bounded by Limits::depth.
void put_path(Output& out, const Path& path) {
  if (path.before != nullptr) put_path(out, *path.before);
  put_step(out, path);
}

}  // namespace

std::string_view write_path(const Path& path, std::span<char> out) {
  Output output{out};
  put_path(output, path);
  return output.written();
}

}  // namespace bylaw
