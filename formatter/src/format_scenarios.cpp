#include <bylaw/compiler/yaml_events.h>
#include <bylaw/formatter/format.h>

#include <stdexcept>

#include "yaml_writer.h"

namespace bylaw::formatter {
namespace {

using compiler::YamlNode;

/// The file with `\n` at the ends of its lines and without a byte order mark.
std::string plain(std::string_view bytes) {
  std::string out;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] != '\r' || i + 1 == bytes.size() || bytes[i + 1] != '\n') out += bytes[i];
  return out;
}

void describe(const YamlNode& node, std::string& out) {
  out += node.flow ? 'f' : 'b';
  out += node.alias_span.known() ? '*' : '=';
  out += static_cast<char>('0' + static_cast<int>(node.kind));
  out += static_cast<char>('0' + static_cast<int>(node.style));
  out += std::to_string(node.text.size()) + ":" + node.text;
  for (const YamlNode& item : node.items) describe(item, out);
  for (const compiler::YamlEntry& entry : node.entries) {
    out += static_cast<char>('0' + static_cast<int>(entry.key_style));
    out += std::to_string(entry.key.size()) + ":" + entry.key;
    describe(entry.value, out);
  }
  out += '.';
}

/// A file may end within a block of text, without the line end that the text would have: that end would change it.
bool ends_in_block(std::string_view bytes, const std::vector<YamlToken>& tokens) {
  return !tokens.empty() && tokens.back().kind == YamlToken::Kind::BlockScalar && !bytes.ends_with('\n');
}

/// What formatting must not change: the document, and its tokens, comments among them, but for commas before brackets.
std::string essence(const YamlNode& root, const std::vector<YamlToken>& tokens) {
  std::string out;
  describe(root, out);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const YamlToken& token = tokens[i];
    if (token.kind == YamlToken::Kind::Comma && i + 1 < tokens.size() && tokens[i + 1].kind == YamlToken::Kind::Close)
      continue;
    const bool many_lines = token.text.find('\n') != std::string_view::npos;  // the document has its text
    (out += '\n') += many_lines ? "" : token.text;
  }
  return out;
}

struct ReadYaml {
  grammar::Sources sources;
  grammar::Diagnostics diagnostics;
  std::optional<YamlNode> root;
  std::vector<YamlToken> tokens;

  ReadYaml(const std::string& path, std::string bytes) {
    const grammar::SourceId id = sources.add(path, std::move(bytes));
    root = compiler::read_yaml(sources, id, diagnostics);
    if (root) tokens = yaml_tokens(sources[id].bytes(), *root);
  }
};

}  // namespace

std::optional<std::string> format_scenarios(const grammar::Sources& sources, grammar::SourceId id,
                                            grammar::Diagnostics& diagnostics) {
  const std::string_view bytes = sources[id].bytes();
  const ReadYaml before(sources[id].path(), plain(bytes));
  if (!before.root || before.diagnostics.has_errors()) {
    (void)compiler::read_yaml(sources, id, diagnostics);
    return std::nullopt;
  }
  const bool lone_return = before.sources[grammar::SourceId{0}].bytes().find('\r') != std::string_view::npos;
  if (ends_in_block(bytes, before.tokens) || lone_return) return std::string(bytes);
  const Lines lines = write_yaml(before.tokens);
  const ReadYaml after(sources[id].path(), lines.joined("\n"));
  if (!after.root || essence(*before.root, before.tokens) != essence(*after.root, after.tokens))
    throw std::logic_error("formatting would change `" + sources[id].path() + "`, so it was left alone");
  const std::size_t first = bytes.find('\n');
  return lines.joined(first != std::string_view::npos && first > 0 && bytes[first - 1] == '\r' ? "\r\n" : "\n");
}

std::optional<std::string> format(const grammar::Sources& sources, grammar::SourceId source,
                                  grammar::Diagnostics& diagnostics) {
  switch (kind_of(sources[source].path())) {
    case FileKind::Policy: return format_policy(sources, source, diagnostics);
    case FileKind::Scenarios: return format_scenarios(sources, source, diagnostics);
    case FileKind::Other: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace bylaw::formatter
