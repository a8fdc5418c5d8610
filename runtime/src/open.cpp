// From a file or bytes to a Bundle: a private copy first, then verified, so that what is verified is what is read.

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "access.h"
#include "bundle_data.h"
#include "format/scratch.h"
#include "verify_snapshot.h"
#include "world_data.h"

namespace bylaw {
namespace {

using namespace format;

/// Sections are 64-aligned in the file; records have members of at most 8 bytes, so words are aligned enough.
static_assert(alignof(Header) <= alignof(Word) && alignof(PolicyRecord) <= alignof(Word));

Error error(const Fault& fault) {
  return {info(fault.code).code, {}, fault.text, {}};
}

std::unique_ptr<Word[]> memory_for(std::size_t bytes) {
  return std::make_unique<Word[]>(bytes / sizeof(Word) + 1);
}

std::span<std::byte> bytes_in(const std::unique_ptr<Word[]>& memory, std::size_t size) {
  return {reinterpret_cast<std::byte*>(memory.get()), size};
}

Result<std::shared_ptr<const BundleData>> verified(std::unique_ptr<Word[]> memory, std::size_t size, const Open& open) {
  auto data = std::make_shared<BundleData>();
  data->memory = std::move(memory);
  data->limits = open.limits;
  data->limits.elements = std::min(data->limits.elements, format::kMostTableValues);
  if (auto fault = verify(bytes_in(data->memory, size), data->view, data->bounds)) return error(*fault);
  return std::shared_ptr<const BundleData>(std::move(data));
}

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

Error cannot_read(const char* file, std::string_view reason) {
  return error({Code::CannotReadFile, text(Code::CannotReadFile, {{"file", file}, {"reason", reason}})});
}

/// In steps, so that neither pipes nor files that grow are a special case; a file that is no bundle is left after its
/// first bytes.
Result<std::vector<std::byte>> read_all(const char* name, const char (&magic)[8]) {
  const File file(std::fopen(name, "rb"));
  if (!file) return cannot_read(name, std::strerror(errno));
  std::vector<std::byte> bytes;
  std::size_t size = 0;
  for (std::size_t step = 1 << 16;; step = bytes.size()) {
    bytes.resize(size + step);
    const std::size_t got = std::fread(bytes.data() + size, 1, step, file.get());
    size += got;
    const bool foreign = size >= sizeof magic && std::memcmp(bytes.data(), magic, sizeof magic) != 0;
    if (got < step || foreign) break;
  }
  if (std::ferror(file.get()) != 0) return cannot_read(name, std::strerror(errno));
  bytes.resize(size);
  return bytes;
}

Result<Entities> verified_entities(std::span<const std::byte> bytes, std::vector<Error> warnings) {
  auto data = std::make_shared<EntityData>();
  data->memory = memory_for(bytes.size());
  data->size = bytes.size();
  data->warnings = std::move(warnings);
  if (!bytes.empty()) std::memcpy(data->memory.get(), bytes.data(), bytes.size());
  if (auto fault = verify_snapshot(bytes_in(data->memory, bytes.size()), data->view)) return error(*fault);
  return Access::entities(std::move(data));
}

}  // namespace

Entities Entities::none() {
  return Access::entities(nullptr);
}

Result<Entities> Entities::from(std::span<const std::byte> bytes) {
  return verified_entities(bytes, {});
}

Result<Entities> Entities::open(const char* file) {
  const auto bytes = read_all(file, kSnapshotMagic);
  if (!bytes) return bytes.error();
  return from(*bytes);
}

Result<Entities> Entities::from_json(const Bundle& bundle, std::string_view json) {
  std::vector<Error> warnings;
  const auto bytes = read_entity_data(Access::data(bundle), json, warnings);
  if (!bytes) return bytes.error();
  return verified_entities(*bytes, std::move(warnings));
}

std::span<const std::byte> Entities::bytes() const {
  return data_ == nullptr ? std::span<const std::byte>() : bytes_in(data_->memory, data_->size);
}

EntityCounts Entities::counts() const {
  if (data_ == nullptr) return {};
  const SnapshotView& view = data_->view;
  const auto described = std::count_if(view.rows.begin(), view.rows.end(), [](const format::SnapshotRowRecord& row) {
    return (row.flags & format::kRowDescribed) != 0;
  });
  return {view.rows.size(), static_cast<std::size_t>(described), view.parents.size()};
}

std::span<const Error> Entities::warnings() const {
  return data_ == nullptr ? std::span<const Error>() : data_->warnings;
}

Result<Bundle> Bundle::from(std::span<const std::byte> bytes, const Open& open) {
  auto memory = memory_for(bytes.size());
  if (!bytes.empty()) std::memcpy(memory.get(), bytes.data(), bytes.size());
  const auto data = verified(std::move(memory), bytes.size(), open);
  if (!data) return data.error();
  return Access::bundle(*data);
}

Result<Bundle> Bundle::open(const char* file, const Open& open) {
  const auto bytes = read_all(file, kMagic);
  if (!bytes) return bytes.error();
  return from(*bytes, open);
}

Digest Bundle::digest() const {
  Digest digest;
  std::memcpy(digest.bytes.data(), data_->view.header->sha256, digest.bytes.size());
  return digest;
}

}  // namespace bylaw
