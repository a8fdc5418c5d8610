#include "format/checksum.h"

#include <doctest/doctest.h>

#include <cstring>
#include <vector>

#include "format/bundle.h"

using namespace bylaw::format;

TEST_CASE("each bit and the length count") {
  std::vector<std::byte> bytes(131, std::byte{7});
  const auto whole = checksum(bytes);
  for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
    bytes[i / 8] ^= std::byte{1} << (i % 8);
    CHECK(checksum(bytes) != whole);
    bytes[i / 8] ^= std::byte{1} << (i % 8);
  }
  bytes.push_back(std::byte{0});
  CHECK(checksum(bytes) != whole);
}

TEST_CASE("a file's checksum leaves out its own two fields and nothing else") {
  std::vector<std::byte> file(sizeof(Header) + 10);
  const auto whole = file_checksum(file);
  for (std::size_t i = 0; i < file.size(); ++i) {
    CAPTURE(i);
    file[i] ^= std::byte{1};
    const bool left_out = i >= offsetof(Header, checksum) && i < offsetof(Header, section_count);
    CHECK((file_checksum(file) == whole) == left_out);
    file[i] ^= std::byte{1};
  }
}

TEST_CASE("the checksum of a fixed text never changes") {
  const char text[] = "policy as code";
  CHECK(checksum(std::as_bytes(std::span(text))) == 0x8f89e920f5c01f70);
}
