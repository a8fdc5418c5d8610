// The file as a whole: header, checksum, and sections where they must be. Every length is compared before it is used.

#include <cstring>

#include "format/checksum.h"
#include "verify.h"

namespace bylaw {
namespace {

using namespace format;

Fault bad_section(std::uint32_t section, std::string_view what) {
  return {Code::BadSection, text(Code::BadSection, {{"section", kSections[section].name}, {"what", what}})};
}

std::optional<Fault> check_header(std::span<const std::byte> bytes, Header& header) {
  if (bytes.size() < sizeof kMagic || std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0)
    return Fault{Code::NotABundle, text(Code::NotABundle, {})};
  const auto wrong_length = [&](std::uint64_t said) {
    return Fault{Code::WrongLength,
                 text(Code::WrongLength, {{"seen", std::to_string(bytes.size())}, {"said", std::to_string(said)}})};
  };
  if (bytes.size() < sizeof header) return wrong_length(sizeof header);
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.major != kFormatMajor || header.minor > kFormatMinor) {
    const std::string seen = std::to_string(header.major) + "." + std::to_string(header.minor);
    const std::string known = std::to_string(kFormatMajor) + "." + std::to_string(kFormatMinor);
    return Fault{Code::OtherFormat, text(Code::OtherFormat, {{"seen", seen}, {"known", known}})};
  }
  if (header.length != bytes.size()) return wrong_length(header.length);
  return std::nullopt;
}

std::optional<Fault> check_rest_of_header(std::span<const std::byte> bytes, const Header& header) {
  if (header.checksum != file_checksum(bytes)) return Fault{Code::BadChecksum, text(Code::BadChecksum, {})};
  const auto bad = [](std::string_view what) {
    return Fault{Code::BadHeader, text(Code::BadHeader, {{"what", what}})};
  };
  if (header.language > kLanguageVersion) return bad("its language version is newer than this runtime");
  if (header.section_count != kSectionCount) return bad("its number of sections is another");
  for (const std::uint32_t word : header.reserved)
    if (word != 0) return bad("reserved words are not zero");
  if (bytes.size() < sizeof header + kSectionCount * sizeof(SectionEntry)) return bad("its section table is cut");
  return std::nullopt;
}

bool all_zero(std::span<const std::byte> bytes) {
  for (const std::byte byte : bytes)
    if (byte != std::byte{0}) return false;
  return true;
}

/// `end` is where the section before this one ended.
std::optional<Fault> check_entry(std::span<const std::byte> bytes, std::uint32_t section, const SectionEntry& entry,
                                 std::uint64_t& end) {
  const std::uint64_t begin = (end + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
  if (entry.section != section) return bad_section(section, "another section stands in its place");
  if (entry.reserved != 0) return bad_section(section, "reserved words are not zero");
  if (entry.offset != begin) return bad_section(section, "it does not begin where the one before ends");
  if (entry.length != entry.count * kSections[section].record_size)
    return bad_section(section, "its length is not that of its records");
  if (begin > bytes.size() || entry.length > bytes.size() - begin)
    return bad_section(section, "it goes beyond the file's end");
  if (!all_zero(bytes.subspan(end, begin - end))) return bad_section(section, "the padding before it is not zero");
  end = begin + entry.length;
  return std::nullopt;
}

template <class Record>
std::span<const Record> records(std::span<const std::byte> bytes, const SectionEntry& entry) {
  return {reinterpret_cast<const Record*>(bytes.data() + entry.offset), entry.count};
}

}  // namespace

std::optional<Fault> read_container(std::span<const std::byte> bytes, BundleView& bundle) {
  Header header;
  if (auto fault = check_header(bytes, header)) return fault;
  if (auto fault = check_rest_of_header(bytes, header)) return fault;
  SectionEntry entries[kSectionCount];
  std::memcpy(entries, bytes.data() + sizeof header, sizeof entries);
  std::uint64_t end = sizeof header + sizeof entries;
  for (std::uint32_t section = 0; section < kSectionCount; ++section)
    if (auto fault = check_entry(bytes, section, entries[section], end)) return fault;
  if (end != bytes.size()) return bad_section(kSectionCount - 1, "something follows it");
  bundle.header = reinterpret_cast<const Header*>(bytes.data());
#define BYLAW_SECTION(name, record, member, says) \
  bundle.member = records<record>(bytes, entries[static_cast<std::size_t>(Section::name)]);
#include "format/sections.def"
#undef BYLAW_SECTION
  return std::nullopt;
}

}  // namespace bylaw
