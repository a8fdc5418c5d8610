#pragma once
// Where lexer and parser tell of mistakes in one file: at most `kMostErrors`, so that garbage ends soon.

#include <bylaw/grammar/diagnostic.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::grammar {

class SyntaxErrors {
 public:
  static constexpr std::size_t kMostErrors = 20;

  SyntaxErrors(SourceId source, std::size_t file_size, Diagnostics& diagnostics)
      : source_(source), file_end_(static_cast<std::uint32_t>(file_size)), diagnostics_(diagnostics) {}

  Span span(std::uint32_t begin, std::uint32_t end) const { return {source_, begin, end}; }
  std::size_t count() const { return count_; }
  /// Nothing further will be told: whoever reads the file may stop.
  bool full() const { return count_ > kMostErrors; }
  bool told_at(std::uint32_t place) const { return told_within(span(place, place)); }
  bool told_within(Span span) const;
  /// When full, the diagnostic goes nowhere.
  DiagnosticBuilder report(Code code, Span span, std::initializer_list<Argument> arguments = {});

 private:
  SourceId source_;
  std::uint32_t file_end_;
  Diagnostics& diagnostics_;
  std::size_t count_ = 0;
  std::vector<std::uint32_t> told_;  // where
  Diagnostic untold_;
};

/// Text of a file as messages quote it: the beginning if it is long.
std::string quoted(std::string_view text);

}  // namespace bylaw::grammar
