#pragma once
// What all checks of scenario files share: the program they speak of and the place for what is wrong.

#include <bylaw/compiler/typed_tree.h>
#include <bylaw/compiler/yaml_events.h>
#include <bylaw/grammar/diagnostic.h>
#include <bylaw/bylaw.hpp>

#include <initializer_list>
#include <memory>
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
  const Bundle* bundle = nullptr;  // the program compiled, where snapshots are to be read

  /// Tells a mistake once, however many cases meet it.
  grammar::DiagnosticBuilder report(Code code, Span span, std::initializer_list<grammar::Argument> arguments = {}) {
    if (told_->places.insert({code, span}).second) return diagnostics.report(code, span, arguments);
    told_->ignored = {};
    return told_->ignored.report(code, span, arguments);
  }
  /// What the compiler told, once.
  void add(grammar::Diagnostic diagnostic) {
    if (told_->places.insert({diagnostic.code, diagnostic.span}).second) diagnostics.add(std::move(diagnostic));
  }
  /// `compiler::check_keys`, once for each map.
  void check_keys(const compiler::YamlNode& map, const std::vector<std::string>& known,
                  const std::vector<std::string>& later) {
    if (told_->keys_checked.insert(map.span).second) compiler::check_keys(map, known, later, diagnostics);
  }
  std::uint32_t line(Span span) const { return sources[span.source].place(span.begin).line; }

  Context(const Program& p, const grammar::Sources& s, grammar::Diagnostics& d)
      : program(p), sources(s), diagnostics(d) {}

  /// About another program, with what was told already.
  Context(const Program& p, const Context& other)
      : program(p), sources(other.sources), diagnostics(other.diagnostics), told_(other.told_) {}

 private:
  struct Told {
    std::set<std::pair<Code, Span>> places;
    std::set<Span> keys_checked;
    grammar::Diagnostics ignored;
  };
  std::shared_ptr<Told> told_ = std::make_shared<Told>();
};

/// "; did you mean `x`?", or the few that there are, or nothing.
std::string suggestion(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace bylaw::runner
