// Reading and writing whole files, for compiler, runner and command alike.

#include <bylaw/compiler/project.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <sys/stat.h>
#include <unistd.h>

namespace bylaw::compiler {

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open_file(const std::filesystem::path& path, const char* mode) {
  return {std::fopen(path.c_str(), mode), std::fclose};
}

std::string reason(int error) {
  return std::strerror(error);
}

std::string too_large(std::size_t limit) {
  constexpr std::size_t kMebibyte = 1024 * 1024;
  if (limit % kMebibyte == 0) return "it has more than " + std::to_string(limit / kMebibyte) + " MiB";
  return "it has more than " + std::to_string(limit) + " bytes";
}

}  // namespace

bool read_file(const std::filesystem::path& path, std::size_t limit, std::string& bytes, std::string& problem) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    problem = "it is a folder";
    return false;
  }
  const File file = open_file(path, "rb");
  if (!file) {
    problem = errno == ENOENT ? "there is no such file" : reason(errno);
    return false;
  }
  bytes.clear();
  char block[65536];
  while (const std::size_t count = std::fread(block, 1, sizeof block, file.get())) {
    if (bytes.size() + count > limit) {
      problem = too_large(limit);
      return false;
    }
    bytes.append(block, count);
  }
  if (std::ferror(file.get()) == 0) return true;
  problem = reason(errno);
  return false;
}

bool write_file(const std::filesystem::path& path, std::string_view bytes, std::string& problem) {
  std::string aside = path.string() + ".XXXXXX";
  const int descriptor = mkstemp(aside.data());
  if (descriptor < 0) {
    problem = reason(errno);
    return false;
  }
  bool written = fchmod(descriptor, 0644) == 0;
  while (written && !bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    written = count > 0;
    if (written) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (!written) problem = reason(errno);
  if (::close(descriptor) != 0 && written) problem = reason(errno), written = false;
  if (written && std::rename(aside.c_str(), path.c_str()) != 0) problem = reason(errno), written = false;
  if (!written) ::unlink(aside.c_str());
  return written;
}

}  // namespace bylaw::compiler
