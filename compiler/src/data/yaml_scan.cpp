#include "data/yaml_scan.h"

#include <algorithm>

namespace bylaw::compiler::yaml {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_space(char c) {
  return is_blank(c) || c == '\n' || c == '\r';
}

std::size_t double_quoted_end(std::string_view bytes, std::size_t at) {
  for (++at; at < bytes.size(); ++at) {
    if (bytes[at] == '\\')
      ++at;
    else if (bytes[at] == '"')
      return at + 1;
  }
  return std::string_view::npos;
}

std::size_t single_quoted_end(std::string_view bytes, std::size_t at) {
  for (++at; at < bytes.size(); ++at) {
    if (bytes[at] != '\'') continue;
    if (at + 1 >= bytes.size() || bytes[at + 1] != '\'') return at + 1;
    ++at;
  }
  return std::string_view::npos;
}

std::size_t quoted_end(std::string_view bytes, std::size_t at) {
  return bytes[at] == '"' ? double_quoted_end(bytes, at) : single_quoted_end(bytes, at);
}

std::size_t line_end(std::string_view bytes, std::size_t at) {
  while (at < bytes.size() && bytes[at] != '\n' && bytes[at] != '\r') ++at;
  return at;
}

/// A plain scalar's line ends are folded into blanks; everything else stands as it is.
std::size_t plain_end(std::string_view bytes, std::size_t at, std::string_view text) {
  for (std::size_t i = 0; i < text.size() && at < bytes.size();) {
    if (is_space(text[i]) || is_space(bytes[at])) {
      while (i < text.size() && is_space(text[i])) ++i;
      while (at < bytes.size() && is_space(bytes[at])) ++at;
    } else {
      ++i, ++at;
    }
  }
  return std::min(at, bytes.size());
}

}  // namespace

std::size_t skip_space(std::string_view bytes, std::size_t at) {
  while (at < bytes.size()) {
    if (bytes[at] == '#')
      at = line_end(bytes, at);
    else if (is_space(bytes[at]))
      ++at;
    else
      break;
  }
  return at;
}

std::size_t word_end(std::string_view bytes, std::size_t at) {
  while (at < bytes.size() && !is_space(bytes[at]) &&
         std::string_view(",[]{}").find(bytes[at]) == std::string_view::npos)
    ++at;
  return at;
}

std::size_t skip_anchor(std::string_view bytes, std::size_t at) {
  if (at < bytes.size() && bytes[at] == '&') return skip_space(bytes, word_end(bytes, at));
  return at;
}

std::size_t scalar_end(std::string_view bytes, std::size_t at, std::string_view text) {
  switch (scalar_style(bytes, at)) {
    case YamlStyle::Quoted: return std::min(bytes.size(), quoted_end(bytes, at));
    case YamlStyle::Block: return line_end(bytes, at);
    case YamlStyle::Plain:
    case YamlStyle::Tilde:
    case YamlStyle::Null:
    case YamlStyle::Empty: break;
  }
  return plain_end(bytes, at, text);
}

std::size_t flow_end(std::string_view bytes, std::size_t at, char close) {
  for (at = skip_space(bytes, at); at < bytes.size() && (bytes[at] == ',' || bytes[at] == ':');)
    at = skip_space(bytes, at + 1);
  return at < bytes.size() && bytes[at] == close ? at + 1 : at;
}

YamlStyle scalar_style(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size()) return YamlStyle::Plain;
  if (bytes[at] == '"' || bytes[at] == '\'') return YamlStyle::Quoted;
  if (bytes[at] == '|' || bytes[at] == '>') return YamlStyle::Block;
  return YamlStyle::Plain;
}

YamlStyle null_style(std::string_view bytes, std::size_t at, bool is_key) {
  for (std::string_view word : {"~", "null", "Null", "NULL"}) {
    if (!bytes.substr(std::min(at, bytes.size())).starts_with(word)) continue;
    std::size_t after = at + word.size();
    while (after < bytes.size() && is_blank(bytes[after])) ++after;
    const bool next_key = !is_key && after < bytes.size() && bytes[after] == ':';
    if (!next_key) return word == "~" ? YamlStyle::Tilde : YamlStyle::Null;
  }
  return YamlStyle::Empty;
}

std::size_t indenting_tab(std::string_view bytes, std::size_t at) {
  std::size_t begin = std::min(at, bytes.size());
  while (begin > 0 && bytes[begin - 1] != '\n') --begin;
  for (; begin < at && is_blank(bytes[begin]); ++begin)
    if (bytes[begin] == '\t') return begin;
  return std::string_view::npos;
}

bool bracket_closes(std::string_view bytes, std::size_t at) {
  std::size_t depth = 0;
  while (at < bytes.size()) {
    const char c = bytes[at];
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return true;
    const bool quote = c == '"' || c == '\'';
    at = quote ? quoted_end(bytes, at) : c == '#' && at > 0 && is_space(bytes[at - 1]) ? line_end(bytes, at) : at + 1;
  }
  return false;
}

bool quote_closes(std::string_view bytes, std::size_t at) {
  return quoted_end(bytes, at) != std::string_view::npos;
}

}  // namespace bylaw::compiler::yaml
