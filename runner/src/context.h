#pragma once
// What all checks of scenario files share: the program they speak of and the place for what is wrong.

#include <bylaw/compiler/typed_tree.h>
#include <bylaw/compiler/yaml_events.h>
#include <bylaw/grammar/diagnostic.h>

#include <initializer_list>
#include <set>
#include <utility>

namespace bylaw::runner {

using compiler::Program;
using grammar::Code;
namespace codes = grammar::codes;
using grammar::Span;

struct Context {
  const Program& program;
  const grammar::Sources& sources;
  grammar::Diagnostics& diagnostics;

  /// Tells a mistake once, however many cases meet it.
  grammar::DiagnosticBuilder report(Code code, Span span, std::initializer_list<grammar::Argument> arguments = {}) {
    if (told_.insert({code, span}).second) return diagnostics.report(code, span, arguments);
    ignored_ = {};
    return ignored_.report(code, span, arguments);
  }
  /// `compiler::check_keys`, once for each map.
  void check_keys(const compiler::YamlNode& map, const std::vector<std::string>& known,
                  const std::vector<std::string>& later) {
    if (keys_checked_.insert(map.span).second) compiler::check_keys(map, known, later, diagnostics);
  }
  std::uint32_t line(Span span) const { return sources[span.source].place(span.begin).line; }

  Context(const Program& p, const grammar::Sources& s, grammar::Diagnostics& d)
      : program(p), sources(s), diagnostics(d) {}

 private:
  std::set<std::pair<Code, Span>> told_;
  std::set<Span> keys_checked_;
  grammar::Diagnostics ignored_;
};

/// "; did you mean `x`?", or the few that there are, or nothing.
std::string suggestion(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace bylaw::runner
