// The file as a whole; see verify_cases.h.
#include "verify_cases.h"

#include <doctest/doctest.h>

#include <cstring>
#include <functional>

#include "format/checksum.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

TEST_CASE("the sample is a bundle") {
  CHECK(verdict_on(sample()) == "fine");
}

TEST_CASE("the container") {
  struct FileCase {
    std::string expected;
    std::function<void(std::vector<std::byte>&)> change;
    bool sealed = true;
  };
  const auto header = [](std::vector<std::byte>& file) { return reinterpret_cast<Header*>(file.data()); };
  const auto entry = [](std::vector<std::byte>& file, Section section) {
    return reinterpret_cast<SectionEntry*>(file.data() + sizeof(Header)) + static_cast<int>(section);
  };
  using File = std::vector<std::byte>;
  const FileCase cases[] = {
      {"B0001: not a bundle: the file does not begin as one", [](File& f) { f.clear(); }, false},
      {"B0001: not a bundle: the file does not begin as one", [](File& f) { f[0] = std::byte{'X'}; }},
      {"B0002: made in bundle format 2.0: this runtime reads 1.0", [&](File& f) { header(f)->major = 2; }},
      {"B0002: made in bundle format 1.1: this runtime reads 1.0", [&](File& f) { header(f)->minor = 1; }},
      {"B0003: 100 bytes long where 128 belong: the file was cut, or something was appended",
       [](File& f) { f.resize(100); }, false},
      {"B0007: checksum does not match: the file was damaged or changed", [](File& f) { f.back() ^= std::byte{1}; },
       false},
      {"B0004: the header is not that of a bundle: its language version is newer than this runtime",
       [&](File& f) { header(f)->language = kLanguageVersion + 1; }},
      {"B0004: the header is not that of a bundle: its number of sections is another",
       [&](File& f) { ++header(f)->section_count; }},
      {"B0004: the header is not that of a bundle: reserved words are not zero",
       [&](File& f) { header(f)->reserved[12] = 1; }},
      {"B0004: the header is not that of a bundle: its section table is cut",
       [&](File& f) {
         f.resize(200);
         header(f)->length = 200;
       }},
      {"B0005: section Types: another section stands in its place",
       [&](File& f) { entry(f, Section::Types)->section = 0; }},
      {"B0005: section Types: reserved words are not zero", [&](File& f) { entry(f, Section::Types)->reserved = 1; }},
      {"B0005: section Types: it does not begin where the one before ends",
       [&](File& f) { entry(f, Section::Types)->offset += 64; }},
      {"B0005: section Types: its length is not that of its records",
       [&](File& f) { ++entry(f, Section::Types)->count; }},
      {"B0005: section Transitions: it goes beyond the file's end",
       [&](File& f) {
         entry(f, Section::Transitions)->count += 64;
         entry(f, Section::Transitions)->length += 64 * sizeof(std::uint16_t);
       }},
      {"B0005: section Strings: the padding before it is not zero",
       [&](File& f) { f[entry(f, Section::Strings)->offset - 1] = std::byte{1}; }},
      {"B0005: section Params: something follows it",
       [&](File& f) {
         f.push_back({});
         header(f)->length = f.size();
       }},
  };
  for (const FileCase& c : cases) {
    auto file = write_bundle(sample());
    c.change(file);
    if (c.sealed && file.size() >= sizeof(Header)) seal(file);
    CHECK(verdict_on(file) == c.expected);
  }
}

TEST_CASE("a length that its header does not say") {
  auto file = write_bundle(sample());
  const std::string size = std::to_string(file.size());
  file.push_back({});
  CHECK(verdict_on(file) == "B0003: " + std::to_string(file.size()) + " bytes long where " + size +
                                " belong: the file was cut, or something was appended");
}

TEST_CASE("every cut is refused, and every changed byte is found") {
  const auto file = write_bundle(sample());
  for (std::size_t size = 0; size < file.size(); size += 61)
    CHECK(verdict_on(std::vector<std::byte>(file.begin(), file.begin() + size)) != "fine");
  for (std::size_t at = 0; at < file.size(); at += 17) {
    if (at >= offsetof(Header, sha256) && at < offsetof(Header, section_count)) continue;
    auto changed = file;
    changed[at] ^= std::byte{0x10};
    CHECK(verdict_on(changed) != "fine");
  }
}

TEST_CASE("the layout hash") {
  auto file = write_bundle(sample());
  ++reinterpret_cast<Header*>(file.data())->layout_hash;
  seal(file);
  CHECK(verdict_on(file) == "B0006: types and layout do not fit: its layout hash is not that of its types");
}
