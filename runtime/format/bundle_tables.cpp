#include "format/bundle_tables.h"

#include <cstdlib>
#include <span>

#include "format/container.h"
#include "format/layout.h"
#include "format/layout_hash.h"

namespace bylaw::format {
namespace {

std::vector<std::span<const std::byte>> bytes_of(const BundleTables& tables) {
  return {
#define BYLAW_SECTION(name, record, member, says) std::as_bytes(std::span(tables.member)),
#include "format/sections.def"
#undef BYLAW_SECTION
  };
}

}  // namespace

void lay_out_or_stop(BundleTables& tables) {
  if (lay_out({tables.enums, tables.types, tables.shapes, tables.fields})) std::abort();
}

std::uint64_t layout_hash(const BundleTables& t) {
  return layout_hash(LayoutSource{t.types, t.enums, t.members, t.entity_sets, t.entity_types, t.shapes, t.fields,
                                  t.pool, t.strings, t.constants, std::string_view(t.text.data(), t.text.size())});
}

std::vector<std::byte> write_bundle(const BundleTables& tables) {
  return write_bundle(tables, layout_hash(tables));
}

std::vector<std::byte> write_bundle(const BundleTables& tables, std::uint64_t hash) {
  return write_container(kMagic, hash, kSections, bytes_of(tables));
}

}  // namespace bylaw::format
