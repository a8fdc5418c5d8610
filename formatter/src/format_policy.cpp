#include <bylaw/formatter/format.h>
#include <bylaw/grammar/parse.h>

#include <stdexcept>

#include "policy_writer.h"

namespace bylaw::formatter {
namespace {

using Kind = grammar::TokenKind;

/// What formatting must not change: tokens without commas before closing brackets, and comments.
std::string essence(const SourceText& source) {
  std::string out;
  for (TokenIndex token = 0; token < source.size(); ++token) {
    for (const Comment& comment : source.gap(token).comments) (out += comment.text) += '\n';
    if (source.is_trailing_comma(token)) continue;
    (out += source.text(token)) += '\n';
  }
  return out;
}

std::string_view line_end(std::string_view bytes) {
  const std::size_t first = bytes.find('\n');
  return first != std::string_view::npos && first > 0 && bytes[first - 1] == '\r' ? "\r\n" : "\n";
}

}  // namespace

FileKind kind_of(std::string_view path) {
  if (path.ends_with(".bylaw")) return FileKind::Policy;
  const bool scenarios = path.ends_with(".scenarios.yaml") || path.ends_with(".fixtures.yaml");
  return scenarios ? FileKind::Scenarios : FileKind::Other;
}

std::optional<std::string> format_policy(const grammar::Sources& sources, grammar::SourceId id,
                                         grammar::Diagnostics& diagnostics) {
  grammar::Diagnostics own;
  const grammar::SyntaxTree tree = grammar::parse(sources, id, own);
  if (own.has_errors()) {
    (void)grammar::parse(sources, id, diagnostics);
    return std::nullopt;
  }
  const SourceText source(tree);
  std::string formatted = PolicyWriter(source).write().joined(line_end(tree.bytes));

  grammar::Sources again;
  const grammar::SourceId again_id = again.add(sources[id].path(), formatted);
  grammar::Diagnostics none;
  const grammar::SyntaxTree read_back = grammar::parse(again, again_id, none);
  if (none.has_errors() || essence(SourceText(read_back)) != essence(source))
    throw std::logic_error("formatting would change `" + sources[id].path() + "`, so it was left alone");
  return formatted;
}

}  // namespace bylaw::formatter
