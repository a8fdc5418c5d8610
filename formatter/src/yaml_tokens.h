#pragma once
// The tokens of a YAML file that has been read: its scalars as they are spelt, the signs between them, its comments.

#include <bylaw/compiler/yaml_events.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace bylaw::formatter {

struct YamlToken {
  enum class Kind : std::uint8_t { Scalar, BlockScalar, Word, Dash, Colon, Comma, Open, Close, Comment };
  Kind kind;              // Word: anchors, aliases, markers of documents
  std::string_view text;  // of the file
  std::uint32_t line;     // where it begins, from 0
  std::uint32_t column;
};

/// A scalar of several lines is one token. `bytes` has `\n` at the ends of its lines.
std::vector<YamlToken> yaml_tokens(std::string_view bytes, const compiler::YamlNode& root);

}  // namespace bylaw::formatter
