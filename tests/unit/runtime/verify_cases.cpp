#include "verify_cases.h"

#include <doctest/doctest.h>

#include <cstring>

#include "format/checksum.h"

namespace bylaw::test {

using namespace format;

std::string verdict_on(const std::vector<std::byte>& file) {
  std::vector<Word> memory(file.size() / sizeof(Word) + 1);  // aligned as a Bundle's copy is
  if (!file.empty()) std::memcpy(memory.data(), file.data(), file.size());
  BundleView view;
  std::vector<DecisionBounds> bounds;
  const auto fault = verify({reinterpret_cast<const std::byte*>(memory.data()), file.size()}, view, bounds);
  return fault ? std::string(info(fault->code).code) + ": " + fault->text : "fine";
}

std::string verdict_on(const BundleTables& tables) {
  return verdict_on(write_bundle(tables));
}

void seal(std::vector<std::byte>& file) {
  const std::uint64_t sum = file_checksum(file);
  std::memcpy(file.data() + offsetof(Header, checksum), &sum, sizeof sum);
}

void check_all(const std::vector<Case>& cases, std::optional<std::uint64_t> hash) {
  for (const Case& c : cases) {
    CAPTURE(c.name);
    BundleTables tables = sample();
    c.change(tables);
    CHECK(verdict_on(hash ? write_bundle(tables, *hash) : write_bundle(tables)) == c.expected);
  }
}

}  // namespace bylaw::test
