#pragma once
// Where lexer and parser tell of mistakes in one file: at most `kMostErrors`, so that garbage ends soon.

#include <bylaw/grammar/diagnostic.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace bylaw::grammar {

class SyntaxErrors {
 public:
  static constexpr std::size_t kMostErrors = 20;

  SyntaxErrors(SourceId source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  Span span(std::uint32_t begin, std::uint32_t end) const { return {source_, begin, end}; }
  std::size_t count() const { return count_; }
  /// Nothing further will be told: whoever reads the file may stop.
  bool full() const { return count_ > kMostErrors; }
  /// When full, the diagnostic goes nowhere.
  DiagnosticBuilder report(Code code, Span span, std::initializer_list<Argument> arguments = {});

 private:
  SourceId source_;
  Diagnostics& diagnostics_;
  std::size_t count_ = 0;
  Diagnostic untold_;
};

/// Text of a file as messages quote it: the beginning if it is long.
std::string quoted(std::string_view text);

}  // namespace bylaw::grammar
