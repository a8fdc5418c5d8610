#include "excerpt.h"

#include <bylaw/grammar/visible_text.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace bylaw::runner {
namespace {

std::uint32_t code_points(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), begins));
}

/// What a terminal shows of a line, a column a code point: no tab, no control character, and U+FFFD for those that turn
/// the direction of reading.
std::string shown(std::string_view line) {
  std::string text;
  for (std::size_t begin = 0, end = 0; begin < line.size(); begin = end) {
    for (end = begin + 1; end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U;) ++end;
    const std::string_view c = line.substr(begin, end - begin);
    if (c.size() == 1 && (static_cast<unsigned char>(c[0]) < 0x20 || c[0] == 0x7f))
      text += ' ';
    else
      text += c.size() == 1 || grammar::visible_text(c) == c ? c : std::string_view("\xEF\xBF\xBD");
  }
  for (const std::string_view command : {"##vso[", "##["})
    for (std::size_t at = text.find(command); at != std::string::npos; at = text.find(command, at))
      text[at + command.size() - 1] = '(';  // services look for it within a line; it keeps its width
  return text;
}

}  // namespace

std::string paint(const TextOptions& options, std::string_view colour, std::string_view text) {
  if (!options.colour || text.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", colour, text);
}

const grammar::SourceFile* Excerpts::find(const std::string& path) const {
  for (std::uint32_t i = 0; i < sources_.size(); ++i)
    if (sources_[grammar::SourceId{i}].path() == path) return &sources_[grammar::SourceId{i}];
  return nullptr;
}

std::string Excerpts::source_line(const grammar::SourceFile& file, std::uint32_t number,
                                  const std::vector<Underline>& underlines) const {
  std::string row;
  std::uint32_t column = 1;
  std::vector<const Underline*> told;
  for (const Underline& underline : underlines) {
    if (underline.column < column) continue;
    const std::uint32_t end = std::max(underline.end, underline.column + 1);
    row += std::string(underline.column - column, ' ');
    row +=
        paint(options_, underline.held ? kDim : kRed, std::string(end - underline.column, underline.held ? '-' : '^'));
    column = end;
    if (!underline.text.empty()) told.push_back(&underline);
  }
  const std::string gutter = paint(options_, kDim, fmt::format("{:>5} |", number));
  const std::string blank = paint(options_, kDim, fmt::format("{:>5} |", ""));
  std::string marked = fmt::format("{} {}\n{} {}", gutter, shown(file.line(number)), blank, row);
  // Behind another underline it would seem to be told of that one.
  if (told.size() == 1 && told.front()->column == underlines.back().column)
    return fmt::format("{} {}\n", marked, grammar::visible_text(told.front()->text));
  for (const Underline* underline : told)
    marked += fmt::format("\n{} {}{}", blank, std::string(underline->column - 1, ' '),
                          grammar::visible_text(underline->text));
  return marked + "\n";
}

std::string Excerpts::expectation(grammar::Span span, const std::string& text) const {
  const grammar::SourceFile& file = sources_[span.source];
  const grammar::LineColumn begin = file.place(span.begin);
  grammar::LineColumn end = file.place(span.end);
  if (end.line != begin.line) end = {begin.line, code_points(file.line(begin.line)) + 1};
  return source_line(file, begin.line, {{begin.column, end.column, false, text}});
}

std::string Excerpts::conditions(const std::vector<ConditionMark>& marks) const {
  std::map<std::pair<std::string, std::uint32_t>, std::vector<Underline>> lines;
  for (const ConditionMark& mark : marks) {
    const grammar::SourceFile* file = find(mark.place.file);
    if (!file || mark.place.line == 0 || mark.place.line > file->line_count()) continue;
    const bool one_line = mark.place.end_line == mark.place.line;
    const std::uint32_t end = one_line ? mark.place.end_column : code_points(file->line(mark.place.line)) + 1;
    lines[{mark.place.file, mark.place.line}].push_back({mark.place.column, end, mark.held, mark.text});
  }
  std::string out;
  for (auto& [place, underlines] : lines) {
    std::sort(underlines.begin(), underlines.end(),
              [](const Underline& a, const Underline& b) { return a.column < b.column; });
    out += source_line(*find(place.first), place.second, underlines);
  }
  return out;
}

}  // namespace bylaw::runner
