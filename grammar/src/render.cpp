// Diagnostics as people read them: place first, then the source lines with what is underlined, then mends.

#include <bylaw/grammar/diagnostic.h>
#include <bylaw/grammar/visible_text.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "display_text.h"

namespace bylaw::grammar {
namespace {

constexpr std::uint32_t kWidestLine = 160;       // columns of source that are shown
constexpr std::uint32_t kBytesBeforePlace = 60;  // of a line that is cut, how much stands before the place
constexpr std::string_view kCut = "...";

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kYellow = "\x1b[1;33m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kCyan = "\x1b[36m";

struct Underline {
  Span span;
  std::string_view text;
  bool primary;
};

class Renderer {
 public:
  Renderer(const Sources& sources, const RenderOptions& options) : sources_(sources), options_(options) {}

  void add(const Diagnostic& diagnostic) {
    severity_colour_ = info(diagnostic.code).severity == Severity::Error ? kRed : kYellow;
    add_headline(diagnostic);
    if (diagnostic.span.known()) add_excerpt(diagnostic);
    for (const Fix& fix : diagnostic.fixes) add_mend("fix", fix.text);
    for (const std::string& help : diagnostic.help) add_mend("help", help);
  }

  void add_line(std::string_view text) { out_ += fmt::format("{}\n", text); }
  std::string take() { return std::move(out_); }

 private:
  std::string painted(std::string_view colour, std::string_view text) const {
    if (!options_.colour || text.empty()) return std::string(text);
    return fmt::format("{}{}\x1b[0m", colour, text);
  }

  std::string place_text(Span span) const {
    const SourceFile& file = sources_[span.source];
    const LineColumn place = file.place(span.begin);
    // `--param` is a word of the command line, and stands in no folder.
    const std::string prefix = file.path().starts_with("--") ? std::string() : options_.path_prefix;
    const std::string text = fmt::format("{}{}:{}:{}", prefix, file.path(), place.line, place.column);
    return painted(kBold, visible_text(text)) + ": ";
  }

  void add_headline(const Diagnostic& diagnostic) {
    const CodeInfo& code = info(diagnostic.code);
    const std::string_view severity = code.severity == Severity::Error ? "error" : "warning";
    if (diagnostic.span.known()) out_ += place_text(diagnostic.span);
    out_ += painted(severity_colour_, fmt::format("{}[{}]", severity, code.id));
    out_ += fmt::format(": {}\n", visible_text(diagnostic.text));
  }

  void add_mend(std::string_view kind, std::string_view text) {
    out_ += fmt::format("  {} {}\n", painted(kCyan, fmt::format("{}:", kind)), visible_text(text));
  }

  /// The lines of the diagnostic's own file in their order; then, a line each, notes in other files.
  void add_excerpt(const Diagnostic& diagnostic) {
    const SourceFile& file = sources_[diagnostic.span.source];
    std::map<std::uint32_t, std::vector<Underline>> lines;
    lines[file.place(diagnostic.span.begin).line].push_back({diagnostic.span, diagnostic.label, true});
    for (const Note& note : diagnostic.notes) {
      if (note.span.source == diagnostic.span.source) {
        lines[file.place(note.span.begin).line].push_back({note.span, note.text, false});
      }
    }
    if (file.bytes().empty()) lines.clear();  // nothing to show of an empty file, or of one that was not read
    for (auto& [number, underlines] : lines) add_source_line(file, number, underlines);
    for (const Note& note : diagnostic.notes) {
      if (note.span.source != diagnostic.span.source) add_note_elsewhere(note);
    }
  }

  void add_note_elsewhere(const Note& note) {
    out_ += fmt::format("  {}{}\n", note.span.known() ? place_text(note.span) : "", visible_text(note.text));
  }

  void add_source_line(const SourceFile& file, std::uint32_t number, std::vector<Underline>& underlines) {
    const std::string_view line = file.line(number);
    const auto line_begin = static_cast<std::uint32_t>(line.data() - file.bytes().data());
    const std::size_t from = first_byte_shown(line, line_begin, underlines);
    const DisplayLine shown = display_line(line, from, kWidestLine);
    const std::string_view front = from != 0 ? kCut : "";
    const std::string_view back = shown.columns.size() <= line.size() ? kCut : "";
    add_gutter(fmt::format("{:>5}", number));
    out_ += fmt::format("{}{}{}\n", front, shown.text, back);
    std::sort(underlines.begin(), underlines.end(),
              [](const Underline& a, const Underline& b) { return a.span.begin < b.span.begin; });
    add_underlines(underlines, [&](std::uint32_t offset) {
      const std::size_t byte = std::min<std::size_t>(offset - std::min(offset, line_begin), shown.columns.size() - 1);
      return static_cast<std::uint32_t>(front.size()) + shown.columns[byte];
    });
  }

  /// A short line is shown whole; of a long one what stands around its main place.
  static std::size_t first_byte_shown(std::string_view line, std::uint32_t line_begin,
                                      const std::vector<Underline>& underlines) {
    if (line.size() <= kWidestLine) return 0;
    const auto main = std::find_if(underlines.begin(), underlines.end(), [](const Underline& u) { return u.primary; });
    const Span span = main != underlines.end() ? main->span : underlines.front().span;
    const std::size_t place = std::min<std::size_t>(span.begin - std::min(span.begin, line_begin), line.size());
    std::size_t from = place > kWidestLine - kBytesBeforePlace ? place - kBytesBeforePlace : 0;
    while (from > 0 && (static_cast<unsigned char>(line[from]) & 0xC0U) == 0x80U) --from;
    return from;
  }

  void add_gutter(std::string_view number) {
    out_ += painted(kDim, fmt::format("{:>5} |", number));
    out_ += ' ';
  }

  /// One row with all marks and the text of the last; the other texts below, each under its mark, right to left.
  template <typename ColumnOf>
  void add_underlines(const std::vector<Underline>& underlines, ColumnOf column_of) {
    std::string row;
    std::uint32_t column = 0;
    for (const Underline& underline : underlines) {
      const std::uint32_t begin = std::max(column_of(underline.span.begin), column);
      const std::uint32_t end = std::max(column_of(underline.span.end), begin + 1);
      row += std::string(begin - column, ' ');
      row +=
          painted(underline.primary ? severity_colour_ : kDim, std::string(end - begin, underline.primary ? '^' : '-'));
      column = end;
    }
    if (!underlines.back().text.empty()) row += fmt::format(" {}", visible_text(underlines.back().text));
    add_gutter("");
    out_ += row + '\n';
    for (auto it = std::next(underlines.rbegin()); it != underlines.rend(); ++it) {
      if (it->text.empty()) continue;
      add_gutter("");
      out_ += std::string(column_of(it->span.begin), ' ') + visible_text(it->text) + '\n';
    }
  }

  const Sources& sources_;
  const RenderOptions& options_;
  std::string_view severity_colour_ = kRed;
  std::string out_;
};

}  // namespace

std::string render(const std::vector<Diagnostic>& diagnostics, const Sources& sources, const RenderOptions& options) {
  Renderer renderer(sources, options);
  std::map<Code, std::size_t> warnings;
  for (const Diagnostic& diagnostic : diagnostics) {
    const bool warning = info(diagnostic.code).severity == Severity::Warning;
    if (!warning || ++warnings[diagnostic.code] <= options.limit_same_warning) renderer.add(diagnostic);
  }
  for (const auto& [code, count] : warnings) {
    if (count <= options.limit_same_warning) continue;
    renderer.add_line(fmt::format("{} more {}", count - options.limit_same_warning, info(code).id));
  }
  return renderer.take();
}

}  // namespace bylaw::grammar
