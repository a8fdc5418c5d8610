// LCOV's tracefile: rules are functions, conditions are branches (true, false, decisive), entries and rules give lines
// their counts. Readers such as genhtml, Codecov and IDEs want nothing more.

#include <bylaw/runner/coverage.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace bylaw::runner {
namespace {

struct File {
  std::vector<const CoverPoint*> functions, branches;
  std::map<std::uint32_t, std::size_t> lines;
};

bool is_rule(const CoverPoint& point) {
  return point.kind == CoverKind::Rule || point.kind == CoverKind::Otherwise;
}

/// Of a condition: how often it was asked; of the rest what its only or first aspect says.
std::size_t hits(const CoverPoint& point) {
  return is_rule(point) || point.kind == CoverKind::Entry ? point.aspects[0].count
                                                          : point.aspects[0].count + point.aspects[1].count;
}

std::string record(const std::string& path, const File& file) {
  std::string out = fmt::format("TN:\nSF:{}\n", path);
  std::size_t hit = 0;
  for (const CoverPoint* point : file.functions) out += fmt::format("FN:{},{}\n", point->place.line, point->name);
  for (const CoverPoint* point : file.functions) {
    out += fmt::format("FNDA:{},{}\n", hits(*point), point->name);
    hit += point->covered() ? 1 : 0;
  }
  out += fmt::format("FNF:{}\nFNH:{}\n", file.functions.size(), hit);
  std::size_t branches = 0;
  hit = 0;
  for (std::size_t block = 0; block < file.branches.size(); ++block) {
    const CoverPoint& point = *file.branches[block];
    for (std::size_t i = 0; i < point.aspects.size(); ++i) {
      const std::size_t count = point.aspects[i].count;
      out +=
          fmt::format("BRDA:{},{},{},{}\n", point.place.line, block, i, hits(point) == 0 ? "-" : std::to_string(count));
      ++branches;
      hit += count != 0 ? 1 : 0;
    }
  }
  out += fmt::format("BRF:{}\nBRH:{}\n", branches, hit);
  hit = 0;
  for (const auto& [line, count] : file.lines) {
    out += fmt::format("DA:{},{}\n", line, count);
    hit += count != 0 ? 1 : 0;
  }
  return out + fmt::format("LF:{}\nLH:{}\nend_of_record\n", file.lines.size(), hit);
}

}  // namespace

std::string to_lcov(const CoverageResult& coverage) {
  std::map<std::string, File> files;
  for (const CoverPoint& point : coverage.points) {
    File& file = files[point.place.file];
    if (is_rule(point))
      file.functions.push_back(&point);
    else if (point.kind != CoverKind::Entry)
      file.branches.push_back(&point);
    std::size_t& count = file.lines[point.place.line];
    count = std::max(count, hits(point));
  }
  std::string out;
  for (const auto& [path, file] : files) out += record(path, file);
  return out;
}

}  // namespace bylaw::runner
