#include "format/container.h"

#include <cstring>

#include "format/checksum.h"

namespace bylaw::format {
namespace {

std::size_t aligned(std::size_t at) {
  return (at + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

Header header_for(const char (&magic)[8], std::uint64_t layout_hash, std::size_t length, std::size_t sections) {
  Header header{};
  std::memcpy(header.magic, magic, sizeof magic);
  header.major = kFormatMajor;
  header.minor = kFormatMinor;
  header.language = kLanguageVersion;
  header.length = length;
  header.layout_hash = layout_hash;
  header.section_count = static_cast<std::uint32_t>(sections);
  return header;
}

}  // namespace

std::vector<std::byte> write_container(const char (&magic)[8], std::uint64_t layout_hash,
                                       std::span<const SectionInfo> sections,
                                       std::span<const std::span<const std::byte>> bytes) {
  std::vector<SectionEntry> entries;
  std::size_t end = sizeof(Header) + sizeof(SectionEntry) * sections.size();
  for (std::uint32_t i = 0; i < sections.size(); ++i) {
    const std::size_t offset = aligned(end);
    const auto count = static_cast<std::uint32_t>(bytes[i].size() / sections[i].record_size);
    entries.push_back({i, count, offset, bytes[i].size(), 0});
    end = offset + bytes[i].size();
  }
  std::vector<std::byte> file(end);
  Header header = header_for(magic, layout_hash, end, sections.size());
  std::memcpy(file.data(), &header, sizeof header);
  std::memcpy(file.data() + sizeof header, entries.data(), sizeof(SectionEntry) * entries.size());
  for (std::size_t i = 0; i < sections.size(); ++i)
    if (!bytes[i].empty()) std::memcpy(file.data() + entries[i].offset, bytes[i].data(), bytes[i].size());
  header.checksum = file_checksum(file);
  std::memcpy(file.data(), &header, sizeof header);
  return file;
}

}  // namespace bylaw::format
