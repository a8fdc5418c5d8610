#pragma once
// A page of the documentation that is derived: with --update it is written, else it has to be what stands there.

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

namespace bylaw::test {

/// `page` is its path in the repository, `script` the command that people call. The program's exit status.
inline int keep_page(int argc, char** argv, const std::string& page, const std::string& wanted, const char* script) {
  const std::string path = BYLAW_SOURCE_DIR "/" + page;
  if (argc > 1 && std::strcmp(argv[1], "--update") == 0) {
    std::ofstream(path, std::ios::binary) << wanted;
    return 0;
  }
  std::ifstream file(path, std::ios::binary);
  const std::string is((std::istreambuf_iterator<char>(file)), {});
  if (is == wanted) return 0;
  std::printf("%s is out of date: run %s --update, and commit what it writes\n", page.c_str(), script);
  return 1;
}

}  // namespace bylaw::test
