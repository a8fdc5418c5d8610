#pragma once
// What is told to the author of a file: a stable code, a place, a cause, and if possible a mend.
// Texts live in `grammar/diagnostics.def`, with named arguments; calls only fill them in.
//
//   diagnostics.report(codes::TypesNotComparable, span, {{"left", "a Duration"}, {"right", "an Int"}})
//       .label("a Duration > an Int: nothing is converted silently")
//       .note(left_span, "a Duration")
//       .fix("write `365d`", right_span, "365d");

#include <bylaw/grammar/source_file.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::grammar {

enum class Severity : std::uint8_t { Error, Warning };

/// A row of `diagnostics.def`, told by its id; the constants stand in `diagnostics/FAMILY.h`.
enum class Code : std::uint32_t;

/// The code whose id is `id`: a letter and four digits.
constexpr Code code_of(std::string_view id) {
  std::uint32_t number = 0;
  for (const char digit : id.substr(1)) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  return static_cast<Code>(static_cast<std::uint32_t>(id[0]) * 10000 + number);
}

/// Filled by `diagnostics/FAMILY.h`.
namespace codes {}

struct CodeInfo {
  std::string_view name;  // "TypesNotComparable"
  std::string_view id;    // "E0201", stable for ever
  Severity severity;
  std::string_view text;  // with `{named}` arguments
};

const CodeInfo& info(Code code);
std::vector<Code> all_codes();

/// A second place that has to do with the first.
struct Note {
  Span span;
  std::string text;
};

/// A replacement of the bytes of `span`.
struct Edit {
  Span span;
  std::string replacement;
};

/// A change that can be applied as it stands.
struct Fix {
  std::string text;
  std::vector<Edit> edits;
};

struct Diagnostic {
  Code code;
  Span span;
  std::string text;   // the table's text with its arguments filled in
  std::string label;  // under the carets; may be empty
  std::vector<Note> notes;
  std::vector<std::string> help;
  std::vector<Fix> fixes;
};

struct Argument {
  std::string_view name;
  std::string value;
};

/// Adds to the diagnostic that was just reported; valid until the next `report`.
class DiagnosticBuilder {
 public:
  explicit DiagnosticBuilder(Diagnostic& diagnostic) : diagnostic_(&diagnostic) {}
  DiagnosticBuilder& label(std::string text);
  DiagnosticBuilder& note(Span span, std::string text);
  DiagnosticBuilder& help(std::string text);
  DiagnosticBuilder& fix(std::string text, Span span, std::string replacement);
  DiagnosticBuilder& fix(std::string text, std::vector<Edit> edits);

 private:
  Diagnostic* diagnostic_;
};

/// Collects in order of report; `sorted()` gives the order in which people read: by file path, place, code.
class Diagnostics {
 public:
  /// Each `{argument}` of the code's text must be given, and none else: asserted.
  DiagnosticBuilder report(Code code, Span span, std::initializer_list<Argument> arguments = {});
  /// What another collection has told.
  void add(Diagnostic diagnostic);
  bool has_errors() const { return errors_ != 0; }
  std::size_t errors() const { return errors_; }
  std::size_t warnings() const { return all_.size() - errors_; }
  const std::vector<Diagnostic>& all() const { return all_; }
  std::vector<Diagnostic> sorted(const Sources& sources) const;

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

/// How `render` writes; the defaults are plain text.
struct RenderOptions {
  bool colour = false;
  std::string path_prefix;  // put before each printed path, so that it is relative to where the reader stands
  std::size_t limit_same_warning = 3;  // further ones of a code are counted: "12 more W0402"
};

/// All diagnostics as people read them, each `path:line:col: error[CODE]: text` with its source lines; no summary line.
std::string render(const std::vector<Diagnostic>& diagnostics, const Sources& sources,
                   const RenderOptions& options = {});

/// The nearest of `candidates` to `name` by edit distance, if near enough to be meant; else empty.
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace bylaw::grammar
