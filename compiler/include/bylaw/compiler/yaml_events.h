#pragma once
// Strict YAML: a document as a plain tree with the place of every key and value. Read from yaml-cpp's events, never
// from its `YAML::Node`, which keeps duplicate keys silently, reads `[User::"a, b"]` as two entries without a word and
// forgets where an alias stood. Scalars stay texts: the declared type of a place reads them, not YAML.

#include <bylaw/grammar/diagnostic.h>
#include <bylaw/grammar/source_file.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::compiler {

enum class YamlKind : std::uint8_t { Scalar, Sequence, Map };

/// How a scalar is written. The last three have no text: YAML gives them one value, the author means different things.
enum class YamlStyle : std::uint8_t {
  Plain,   // abc
  Quoted,  // "abc" or 'abc'
  Block,   // | or > and the lines below
  Tilde,   // ~
  Null,    // the word null (Null, NULL)
  Empty,   // nothing after the colon or dash
};

struct YamlEntry;

struct YamlNode {
  YamlKind kind = YamlKind::Scalar;
  YamlStyle style = YamlStyle::Empty;  // of a Scalar
  bool flow = false;                   // of a Sequence or Map: written with brackets
  std::string text;                    // of a Scalar; empty for Tilde, Null and Empty
  grammar::Span span;
  grammar::Span alias_span;        // where the `*name` stands that brought this node here, else unknown
  std::vector<YamlNode> items;     // of a Sequence
  std::vector<YamlEntry> entries;  // of a Map, in the order of the file

  bool is_scalar() const { return kind == YamlKind::Scalar; }
  bool is_sequence() const { return kind == YamlKind::Sequence; }
  bool is_map() const { return kind == YamlKind::Map; }
  /// A scalar that is `~`.
  bool is_tilde() const { return is_scalar() && style == YamlStyle::Tilde; }
  /// A scalar that has a text (it may be the empty text "").
  bool has_text() const { return is_scalar() && style <= YamlStyle::Block; }
  /// Where a message about this node points: the alias that brought it, else the node.
  grammar::Span place() const { return alias_span.known() ? alias_span : span; }
  /// The value of a key of a Map, or null.
  const YamlNode* find(std::string_view key) const;
  const YamlEntry* find_entry(std::string_view key) const;
};

struct YamlEntry {
  std::string key;
  YamlStyle key_style = YamlStyle::Plain;
  grammar::Span key_span;
  YamlNode value;
};

/// Reads the one document of a file. A file without any gives an Empty scalar. Nothing if something was refused (it was
/// told): duplicate and merge keys, tags, a second document, tabs that indent, an unclosed quote in `Type::"..`, more
/// than 10,000 nodes through aliases, nesting deeper than 64, and what is no YAML at all.
std::optional<YamlNode> read_yaml(const grammar::Sources& sources, grammar::SourceId source,
                                  grammar::Diagnostics& diagnostics);

/// Tells of each key of `map` that is not known (with the nearest one that is), and of keys of later versions. True if
/// every key is known.
bool check_keys(const YamlNode& map, const std::vector<std::string>& known, const std::vector<std::string>& later,
                grammar::Diagnostics& diagnostics);

/// "a text", "a list", "a map", "`~`", "nothing": what a node is, for messages.
std::string describe(const YamlNode& node);

}  // namespace bylaw::compiler
