// One page with nothing beside it: the figures, what is missing, then every source that has something to cover, with
// its conditions in colour and a badge at each line that holds a rule, a guard or an entry.

#include <bylaw/runner/coverage.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace bylaw::runner {
namespace {

constexpr std::string_view kStyle = R"(
:root { --ground: #fff; --ink: #1c2128; --faint: #69707a; --line: #d8dde3; --full: #c9efd3; --part: #ffe9a8; --none: #ffd0cc; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #15181d; --ink: #dfe3e8; --faint: #8b939d; --line: #333a43; --full: #1d4a2b; --part: #5a4a12; --none: #66231f; }
}
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; } td, th { padding: .15rem .8rem .15rem 0; text-align: left; vertical-align: top; }
a { color: inherit; } h2 { margin-top: 2.5rem; font-size: 1.1rem; }
pre { border: 1px solid var(--line); border-radius: 6px; padding: .6rem 0; overflow-x: auto; font: 13px/1.55 ui-monospace, monospace; }
pre > span { display: block; padding: 0 .8rem; } pre > span:target { outline: 2px solid var(--faint); }
.n { display: inline-block; width: 3.5em; color: var(--faint); user-select: none; }
.b { display: inline-block; width: 4.5em; margin-right: 1em; border-radius: 3px; padding: 0 .3em; text-align: right; user-select: none; }
.full { background: var(--full); } .part { background: var(--part); } .none { background: var(--none); }
mark { color: inherit; border-radius: 2px; }
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string_view grade(const CoverPoint& point) {
  if (point.covered()) return "full";
  const bool some = std::any_of(point.aspects.begin(), point.aspects.end(),
                                [](const CoverAspect& aspect) { return aspect.count != 0; });
  return some ? "part" : "none";
}

/// "none" of any, else "part" of any, else "full".
std::string_view worse(std::string_view a, std::string_view b) {
  if (a == "none" || b == "none") return "none";
  return a == "part" || b == "part" ? "part" : "full";
}

std::string says(const CoverPoint& point) {
  std::string text = point.name;
  if (!point.through.empty()) text += ", " + point.text;
  for (const CoverAspect& aspect : point.aspects) text += fmt::format(", {} {}", aspect.name, aspect.count);
  return point.why.empty() ? text : text + ": " + point.why;
}

/// Points that share a place: the instances of a template, the parts of one def.
struct Mark {
  std::string_view grade = "full";
  std::string title;

  void add(const CoverPoint& point) {
    grade = worse(grade, runner::grade(point));
    title += (title.empty() ? "" : "\n") + says(point);
  }
};

/// Bytes of a line that come before a code point's column.
std::size_t byte_of(std::string_view line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < column && at < line.size(); ++i) {
    ++at;
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

class Page {
 public:
  Page(const CoverageResult& coverage, const grammar::Sources& sources) : coverage_(coverage), sources_(sources) {
    for (const CoverPoint& point : coverage.points) files_[point.place.file].push_back(&point);
  }

  std::string run(std::string_view title) {
    out_ = fmt::format(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width\"><title>{0}</title>"
        "<style>{1}</style>\n<h1>{0}</h1>\n",
        escaped(title), kStyle);
    add_figures();
    add_missing();
    for (const auto& [path, points] : files_) add_file(path, points);
    return out_ + "</html>\n";
  }

 private:
  void add_figures() {
    out_ += fmt::format("<p>{} scenario{}{}</p>\n<table>\n", coverage_.scenarios, coverage_.scenarios == 1 ? "" : "s",
                        coverage_.changed_since.empty()
                            ? ""
                            : ", what changed since <code>" + escaped(coverage_.changed_since) + "</code>");
    for (const CoverMetric& metric : coverage_.metrics) {
      if (metric.total == 0) continue;
      const std::string_view colour = metric.covered == metric.total ? "full" : metric.covered == 0 ? "none" : "part";
      out_ += fmt::format("<tr><td>{}<td>{} of {}<td class=\"{}\">&nbsp;{}%&nbsp;\n", metric_name(metric.kind),
                          metric.covered, metric.total, colour, static_cast<int>(metric.percent()));
    }
    out_ += "</table>\n";
  }

  std::string anchor(const std::string& path, std::uint32_t line) const {
    const auto number = std::distance(files_.begin(), files_.find(path));
    return fmt::format("f{}-{}", number, line);
  }

  void add_missing() {
    if (std::all_of(coverage_.points.begin(), coverage_.points.end(), [](const CoverPoint& p) { return p.covered(); }))
      return;
    out_ += "<h2>Not covered</h2>\n<table>\n";
    for (const CoverPoint& point : coverage_.points) {
      if (point.covered()) continue;
      out_ += fmt::format("<tr><td><a href=\"#{}\">{}:{}</a><td>{}<td><code>{}</code><td>{}\n",
                          anchor(point.place.file, point.place.line), escaped(point.place.file), point.place.line,
                          escaped(point.name), escaped(point.text), escaped(point.why));
    }
    out_ += "</table>\n";
  }

  const grammar::SourceFile* source(const std::string& path) const {
    for (std::uint32_t i = 0; i < sources_.size(); ++i)
      if (sources_[grammar::SourceId{i}].path() == path) return &sources_[grammar::SourceId{i}];
    return nullptr;
  }

  void add_file(const std::string& path, const std::vector<const CoverPoint*>& points) {
    const grammar::SourceFile* const file = source(path);
    if (file == nullptr) return;
    std::map<std::uint32_t, Mark> badges;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<const CoverPoint*, Mark>> conditions;
    for (const CoverPoint* point : points) {
      if (point->kind != CoverKind::Condition) {
        badges[point->place.line].add(*point);
        continue;
      }
      auto& [first, mark] = conditions[{point->place.line, point->place.column}];
      if (first == nullptr) first = point;
      mark.add(*point);
    }
    out_ += fmt::format("<h2>{}</h2>\n<pre>", escaped(path));
    for (std::uint32_t line = 1; line <= file->line_count(); ++line) {
      out_ +=
          fmt::format("<span id=\"{}\"><span class=\"n\">{}</span>{}", anchor(path, line), line, badge(badges, line));
      std::size_t at = 0;
      const std::string_view text = file->line(line);
      for (const auto& [place, marked] : conditions) {
        const SourcePlace& where = marked.first->place;
        if (line < where.line || line > where.end_line) continue;
        const std::size_t from = line == where.line ? byte_of(text, where.column) : text.find_first_not_of(" \t");
        const std::size_t to = line == where.end_line ? byte_of(text, where.end_column) : text.size();
        if (from == std::string_view::npos || from < at || to <= from) continue;
        out_ += escaped(text.substr(at, from - at));
        out_ += fmt::format("<mark class=\"{}\" title=\"{}\">{}</mark>", marked.second.grade,
                            escaped(marked.second.title), escaped(text.substr(from, to - from)));
        at = to;
      }
      out_ += escaped(text.substr(std::min(at, text.size()))) + "</span>";
    }
    out_ += "</pre>\n";
  }

  static std::string badge(const std::map<std::uint32_t, Mark>& badges, std::uint32_t line) {
    const auto found = badges.find(line);
    if (found == badges.end()) return "<span class=\"b\"></span>";
    static const std::map<std::string_view, std::string_view> kWords = {
        {"full", "covered"}, {"part", "partly"}, {"none", "never"}};
    return fmt::format("<span class=\"b {0}\" title=\"{1}\">{2}</span>", found->second.grade,
                       escaped(found->second.title), kWords.at(found->second.grade));
  }

  const CoverageResult& coverage_;
  const grammar::Sources& sources_;
  std::map<std::string, std::vector<const CoverPoint*>> files_;
  std::string out_;
};

}  // namespace

std::string to_html(const CoverageResult& coverage, const grammar::Sources& sources, std::string_view title) {
  return Page(coverage, sources).run(title);
}

}  // namespace bylaw::runner
