#pragma once
// The numbers of texts. They ascend by bytes, so they are known only when all texts are: what refers to texts is made
// twice, first to collect them, then with their numbers. (Patching numbers afterwards would need a second list of every
// field that holds one.)

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "format/bundle_tables.h"

namespace bylaw::compiler::lowering {

class Symbols {
 public:
  Symbols() { of(""); }  // symbol 0 is the empty text: what an absent String reads as

  format::Symbol of(std::string_view text);
  /// Ends the collecting: from here on `of` gives the final numbers, of texts that are known.
  void number();
  /// The Text and Strings sections.
  void write(format::BundleTables& tables) const;

 private:
  std::map<std::string, format::Symbol, std::less<>> texts_;
};

}  // namespace bylaw::compiler::lowering
