#pragma once
// Where in the source the nodes of YAML end: yaml-cpp's events say only where they begin.

#include <bylaw/compiler/yaml_events.h>

#include <cstddef>
#include <string_view>

namespace bylaw::compiler::yaml {

/// Past blanks, line ends and comments.
std::size_t skip_space(std::string_view bytes, std::size_t at);
/// Past `&anchor` and the blanks after it, to where the node itself begins.
std::size_t skip_anchor(std::string_view bytes, std::size_t at);
/// The end of the word of `*alias` or `&anchor` that begins at `at`.
std::size_t word_end(std::string_view bytes, std::size_t at);
/// The end of a scalar with the value `text` that begins at `at`.
std::size_t scalar_end(std::string_view bytes, std::size_t at, std::string_view text);
/// Past the bracket that closes a flow collection, whose last child ends at `at`.
std::size_t flow_end(std::string_view bytes, std::size_t at, char close);
/// How the scalar that begins at `at` is written.
YamlStyle scalar_style(std::string_view bytes, std::size_t at);
/// How a null is written that an event places at `at`: `~`, a word, or nothing. The event of nothing stands at the next
/// token, which may be a key that is called `null`.
YamlStyle null_style(std::string_view bytes, std::size_t at, bool is_key);
/// The offset of a tab within the blanks that begin the line of `at`, or npos.
std::size_t indenting_tab(std::string_view bytes, std::size_t at);
/// The quoted scalar that begins at `at` has its closing quote (yaml-cpp takes the end of the file for one).
/// The bracket at `at` has its closing one, brackets and quotes in between counted.
bool bracket_closes(std::string_view bytes, std::size_t at);

bool quote_closes(std::string_view bytes, std::size_t at);

}  // namespace bylaw::compiler::yaml
