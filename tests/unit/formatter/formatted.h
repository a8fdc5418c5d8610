#pragma once
// A text and what formatting makes of it, for tests.

#include <bylaw/formatter/format.h>
#include <doctest/doctest.h>

#include <string>

namespace bylaw::formatter {

/// What `bytes` become, which formatting again must leave alone; or, if they cannot be read, what is told.
inline std::string formatted(const std::string& path, const std::string& bytes) {
  std::string last = bytes;
  std::string first;
  for (int round = 0; round < 2; ++round) {
    grammar::Sources sources;
    grammar::Diagnostics diagnostics;
    const grammar::SourceId id = sources.add(path, last);
    const std::optional<std::string> text = format(sources, id, diagnostics);
    if (!text) return grammar::render(diagnostics.sorted(sources), sources);
    if (round == 0) first = *text;
    if (round == 1) CHECK(*text == first);
    last = *text;
  }
  return first;
}

}  // namespace bylaw::formatter
