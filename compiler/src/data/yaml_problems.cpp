#include "data/yaml_problems.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <algorithm>
#include <string>

#include "data/yaml_scan.h"

namespace bylaw::compiler {

namespace {

struct Wording {
  std::string_view seen;     // how yaml-cpp's text begins
  std::string_view problem;  // the same for an author
  std::string_view help;
};

constexpr Wording kWordings[] = {
    {"illegal map value", "a key and its colon cannot stand here",
     "keys of one map begin in the same column; quote a text that holds `: `"},
    {"illegal map key", "a key cannot stand here", "keys of one map begin in the same column"},
    {"illegal block entry", "a `-` cannot begin an item here", "items of one list begin in the same column"},
    {"end of map flow not found", "this `{` is not closed", "close it with `}`, or quote the text"},
    {"end of sequence flow not found", "this `[` is not closed", "close it with `]`, or quote the text"},
    {"end of map not found", "this line is neither a key of the map above nor outside of it",
     "keys of one map begin in the same column"},
    {"end of sequence not found", "this line is neither an item of the list above nor outside of it",
     "items of one list begin in the same column"},
    {"illegal flow end", "this bracket closes nothing", "quote a text that holds brackets"},
    {"illegal EOF in scalar", "the quote that opens a text is never closed", ""},
    {"illegal document indicator in scalar", "the quote that opens a text is never closed", ""},
    {"unknown escape character", "this escape means nothing in a quoted text",
     "write `\\\\` for a backslash, or use single quotes"},
    {"bad character found while scanning hex number", "this escape needs hexadecimal digits", ""},
    {"invalid unicode", "this escape names no character", ""},
    {"unknown token", "a text cannot begin with this character", "quote the text"},
    {"the referenced anchor is not defined", "no anchor of this name stands above", ""},
    {"alias not found after *", "a text cannot begin with `*`", "quote the text"},
    {"anchor not found after &", "a text cannot begin with `&`", "quote the text"},
    {"illegal character found while scanning alias", "this character cannot stand in the name of an alias",
     "quote a text that begins with `*`"},
    {"illegal character found while scanning anchor", "this character cannot stand in the name of an anchor",
     "quote a text that begins with `&`"},
    {"cannot assign multiple", "a value has at most one anchor", ""},
    {"aliases can't have any content", "nothing can stand beside an alias", ""},
    {"unexpected character in block scalar", "nothing can stand behind the `|` or `>` of a text", ""},
    {"illegal tab", "a tab indents this line", "indent with blanks"},
};

std::size_t find_tab(std::string_view bytes, std::size_t last_end, std::size_t at) {
  const std::size_t tab = yaml::indenting_tab(bytes, at);
  if (tab != std::string_view::npos) return tab;
  for (std::size_t line = bytes.find('\n', std::min(last_end, bytes.size())); line < at;
       line = bytes.find('\n', line + 1)) {
    const std::size_t first = bytes.find_first_not_of(" \t", line + 1);
    if (first > at) break;
    const std::size_t indent = yaml::indenting_tab(bytes, first);
    if (indent != std::string_view::npos) return indent;
  }
  return std::string_view::npos;
}

/// `-<TAB>key: value`: behind the dash no tab may stand where a map begins.
std::size_t tab_behind_dash(std::string_view bytes, std::size_t at) {
  const std::size_t line = bytes.rfind('\n', std::min(at, bytes.size() - 1));
  const std::size_t first = bytes.find_first_not_of(" -", line == std::string_view::npos ? 0 : line + 1);
  return first < at && bytes[first] == '\t' ? first : std::string_view::npos;
}

}  // namespace

void tell_syntax(std::string_view bytes, grammar::SourceId source, const SyntaxPlaces& places, std::string_view message,
                 grammar::Diagnostics& diagnostics) {
  const auto span = [&](std::size_t begin) {
    const auto end = static_cast<std::uint32_t>(std::min(begin + 1, bytes.size()));
    return grammar::Span{source, static_cast<std::uint32_t>(std::min<std::size_t>(begin, end)), end};
  };
  std::size_t tab = find_tab(bytes, places.last_end, places.at);
  if (tab == std::string_view::npos && !bytes.empty()) tab = tab_behind_dash(bytes, places.at);
  if (tab != std::string_view::npos) {
    diagnostics.report(grammar::codes::TabIndents, span(tab)).help("indent with blanks");
    return;
  }
  const bool in_bracket = message.ends_with("flow not found") && places.open_bracket < bytes.size();
  const grammar::Span place = span(in_bracket ? places.open_bracket : places.at);
  for (const Wording& wording : kWordings) {
    if (!message.starts_with(wording.seen)) continue;
    auto told = diagnostics.report(grammar::codes::YamlSyntax, place, {{"problem", std::string(wording.problem)}});
    if (!wording.help.empty()) told.help(std::string(wording.help));
    return;
  }
  diagnostics.report(grammar::codes::YamlSyntax, place, {{"problem", "this cannot be read as YAML"}});
}

}  // namespace bylaw::compiler
