// The file as a whole: header, checksum, and sections where they must be. Every length is compared before it is used.

#include <cstring>

#include "format/checksum.h"
#include "verify.h"
#include "verify_snapshot.h"

namespace bylaw {
namespace {

using namespace format;

/// A file of these sections: of a bundle, or of a snapshot.
struct FileKind {
  const char (&magic)[8];
  std::span<const SectionInfo> sections;
  Code not_one;
};

constexpr FileKind kBundleFile{kMagic, kSections, Code::NotABundle};
constexpr FileKind kSnapshotFile{kSnapshotMagic, kSnapshotSections, Code::NotASnapshot};

Fault bad_section(const SectionInfo& section, std::string_view what) {
  return {Code::BadSection, text(Code::BadSection, {{"section", section.name}, {"what", what}})};
}

std::optional<Fault> check_header(std::span<const std::byte> bytes, const FileKind& kind, Header& header) {
  if (bytes.size() < sizeof kind.magic || std::memcmp(bytes.data(), kind.magic, sizeof kind.magic) != 0)
    return Fault{kind.not_one, text(kind.not_one, {})};
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

std::optional<Fault> check_rest_of_header(std::span<const std::byte> bytes, const FileKind& kind,
                                          const Header& header) {
  if (header.checksum != file_checksum(bytes)) return Fault{Code::BadChecksum, text(Code::BadChecksum, {})};
  const auto bad = [](std::string_view what) {
    return Fault{Code::BadHeader, text(Code::BadHeader, {{"what", what}})};
  };
  if (header.language > kLanguageVersion) return bad("its language version is newer than this runtime");
  if (header.section_count != kind.sections.size()) return bad("its number of sections is another");
  for (const std::uint32_t word : header.reserved)
    if (word != 0) return bad("reserved words are not zero");
  if (bytes.size() < sizeof header + kind.sections.size() * sizeof(SectionEntry))
    return bad("its section table is cut");
  return std::nullopt;
}

bool all_zero(std::span<const std::byte> bytes) {
  for (const std::byte byte : bytes)
    if (byte != std::byte{0}) return false;
  return true;
}

/// `end` is where the section before this one ended.
std::optional<Fault> check_entry(std::span<const std::byte> bytes, const SectionInfo& section, std::uint32_t index,
                                 const SectionEntry& entry, std::uint64_t& end) {
  const std::uint64_t begin = (end + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
  if (entry.section != index) return bad_section(section, "another section stands in its place");
  if (entry.reserved != 0) return bad_section(section, "reserved words are not zero");
  if (entry.offset != begin) return bad_section(section, "it does not begin where the one before ends");
  if (entry.length != entry.count * section.record_size)
    return bad_section(section, "its length is not that of its records");
  if (begin > bytes.size() || entry.length > bytes.size() - begin)
    return bad_section(section, "it goes beyond the file's end");
  if (!all_zero(bytes.subspan(end, begin - end))) return bad_section(section, "the padding before it is not zero");
  end = begin + entry.length;
  return std::nullopt;
}

std::optional<Fault> check_file(std::span<const std::byte> bytes, const FileKind& kind,
                                std::span<SectionEntry> entries) {
  Header header;
  if (auto fault = check_header(bytes, kind, header)) return fault;
  if (auto fault = check_rest_of_header(bytes, kind, header)) return fault;
  std::memcpy(entries.data(), bytes.data() + sizeof header, entries.size_bytes());
  std::uint64_t end = sizeof header + entries.size_bytes();
  for (std::uint32_t i = 0; i < entries.size(); ++i)
    if (auto fault = check_entry(bytes, kind.sections[i], i, entries[i], end)) return fault;
  if (end != bytes.size()) return bad_section(kind.sections.back(), "something follows it");
  return std::nullopt;
}

template <class Record>
std::span<const Record> records(std::span<const std::byte> bytes, const SectionEntry& entry) {
  return {reinterpret_cast<const Record*>(bytes.data() + entry.offset), entry.count};
}

}  // namespace

std::optional<Fault> read_container(std::span<const std::byte> bytes, BundleView& bundle) {
  SectionEntry entries[kSectionCount];
  if (auto fault = check_file(bytes, kBundleFile, entries)) return fault;
  bundle.header = reinterpret_cast<const Header*>(bytes.data());
#define BYLAW_SECTION(name, record, member, says) \
  bundle.member = records<record>(bytes, entries[static_cast<std::size_t>(Section::name)]);
#include "format/sections.def"
#undef BYLAW_SECTION
  return std::nullopt;
}

std::optional<Fault> read_snapshot_container(std::span<const std::byte> bytes, SnapshotView& snapshot) {
  SectionEntry entries[kSnapshotSectionCount];
  if (auto fault = check_file(bytes, kSnapshotFile, entries)) return fault;
  snapshot.header = reinterpret_cast<const Header*>(bytes.data());
#define BYLAW_SNAPSHOT_SECTION(name, record, member, says) \
  snapshot.member = records<record>(bytes, entries[static_cast<std::size_t>(SnapshotSection::name)]);
#include "format/snapshot_sections.def"
#undef BYLAW_SNAPSHOT_SECTION
  return std::nullopt;
}

}  // namespace bylaw
