#include "format/bundle_tables.h"

#include <cstdlib>
#include <cstring>
#include <span>

#include "format/checksum.h"
#include "format/layout.h"

namespace bylaw::format {
namespace {

std::size_t aligned(std::size_t at) {
  return (at + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

std::vector<std::span<const std::byte>> bytes_of(const BundleTables& tables) {
  return {
#define BYLAW_SECTION(name, record, member, says) std::as_bytes(std::span(tables.member)),
#include "format/sections.def"
#undef BYLAW_SECTION
  };
}

Header header_for(std::uint64_t layout_hash, std::size_t length) {
  Header header{};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.major = kFormatMajor;
  header.minor = kFormatMinor;
  header.language = kLanguageVersion;
  header.length = length;
  header.layout_hash = layout_hash;
  header.section_count = kSectionCount;
  return header;
}

}  // namespace

void lay_out_or_stop(BundleTables& tables) {
  if (lay_out({tables.enums, tables.types, tables.shapes, tables.fields})) std::abort();
}

std::uint64_t layout_hash(const BundleTables& t) {
  return layout_hash({t.types, t.enums, t.members, t.entity_sets, t.entity_types, t.shapes, t.fields, t.pool, t.strings,
                      std::string_view(t.text.data(), t.text.size())});
}

std::vector<std::byte> write_bundle(const BundleTables& tables) {
  return write_bundle(tables, layout_hash(tables));
}

std::vector<std::byte> write_bundle(const BundleTables& tables, std::uint64_t hash) {
  const auto sections = bytes_of(tables);
  std::vector<SectionEntry> entries;
  std::size_t end = sizeof(Header) + sizeof(SectionEntry) * sections.size();
  for (std::uint32_t i = 0; i < sections.size(); ++i) {
    const std::size_t offset = aligned(end);
    const auto count = static_cast<std::uint32_t>(sections[i].size() / kSections[i].record_size);
    entries.push_back({i, count, offset, sections[i].size(), 0});
    end = offset + sections[i].size();
  }
  std::vector<std::byte> file(end);
  Header header = header_for(hash, end);
  std::memcpy(file.data(), &header, sizeof header);
  std::memcpy(file.data() + sizeof header, entries.data(), sizeof(SectionEntry) * entries.size());
  for (std::size_t i = 0; i < sections.size(); ++i)
    if (!sections[i].empty()) std::memcpy(file.data() + entries[i].offset, sections[i].data(), sections[i].size());
  header.checksum = file_checksum(file);
  std::memcpy(file.data(), &header, sizeof header);
  return file;
}

}  // namespace bylaw::format
