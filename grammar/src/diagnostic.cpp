#include <bylaw/grammar/diagnostic.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>

namespace bylaw::grammar {
namespace {

constexpr CodeInfo kCodes[] = {
#define BYLAW_DIAGNOSTIC(name, id, severity, text) {#name, id, Severity::severity, text},
#include <bylaw/grammar/diagnostics.def>
#undef BYLAW_DIAGNOSTIC
};

/// Sorted, since comparing each with each is more than a compiler works out.
constexpr bool ids_are_unique() {
  std::array<std::string_view, std::size(kCodes)> ids;
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = kCodes[i].id;
  std::sort(ids.begin(), ids.end());
  return std::adjacent_find(ids.begin(), ids.end()) == ids.end();
}
static_assert(ids_are_unique(), "two rows of diagnostics.def have one code");

/// The name in `{name}` at the front of `text`; empty if the brace there is a brace.
std::string_view argument_name(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && ((text[length] >= 'a' && text[length] <= 'z') || text[length] == '_')) ++length;
  if (length == 1 || length == text.size() || text[length] != '}') return {};
  return text.substr(1, length - 1);
}

std::string fill_in(std::string_view text, std::initializer_list<Argument> arguments) {
  std::string filled;
  [[maybe_unused]] std::size_t used = 0;
  while (!text.empty()) {
    const std::string_view name = text.front() == '{' ? argument_name(text) : std::string_view();
    if (name.empty()) {
      filled += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto found =
        std::find_if(arguments.begin(), arguments.end(), [&](const Argument& a) { return a.name == name; });
    assert(found != arguments.end() && "an argument of a diagnostic's text is not given");
    if (found != arguments.end()) filled += found->value;
    used |= std::size_t{1} << (found - arguments.begin());
    text.remove_prefix(name.size() + 2);
  }
  assert(used == (std::size_t{1} << arguments.size()) - 1 && "an argument that the diagnostic's text does not have");
  return filled;
}

}  // namespace

const CodeInfo& info(Code code) {
  const CodeInfo* const found =
      std::find_if(std::begin(kCodes), std::end(kCodes), [&](const CodeInfo& row) { return code_of(row.id) == code; });
  assert(found != std::end(kCodes));
  return *found;
}

std::vector<Code> all_codes() {
  std::vector<Code> codes;
  for (const CodeInfo& row : kCodes) codes.push_back(code_of(row.id));
  return codes;
}

DiagnosticBuilder& DiagnosticBuilder::label(std::string text) {
  diagnostic_->label = std::move(text);
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::note(Span span, std::string text) {
  diagnostic_->notes.push_back({span, std::move(text)});
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::help(std::string text) {
  diagnostic_->help.push_back(std::move(text));
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::fix(std::string text, Span span, std::string replacement) {
  return fix(std::move(text), {Edit{span, std::move(replacement)}});
}

DiagnosticBuilder& DiagnosticBuilder::fix(std::string text, std::vector<Edit> edits) {
  diagnostic_->fixes.push_back({std::move(text), std::move(edits)});
  return *this;
}

DiagnosticBuilder Diagnostics::report(Code code, Span span, std::initializer_list<Argument> arguments) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.span = span;
  diagnostic.text = fill_in(info(code).text, arguments);
  add(std::move(diagnostic));
  return DiagnosticBuilder(all_.back());
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (info(diagnostic.code).severity == Severity::Error) ++errors_;
  all_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Diagnostics::sorted(const Sources& sources) const {
  const auto key = [&](const Diagnostic& d) {
    const std::string_view path = d.span.known() ? std::string_view(sources[d.span.source].path()) : std::string_view();
    return std::tuple(path, d.span.begin, d.span.end, info(d.code).id);
  };
  std::vector<Diagnostic> result = all_;
  std::stable_sort(result.begin(), result.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  return result;
}

}  // namespace bylaw::grammar
