#include "lower/symbols.h"

namespace bylaw::compiler::lowering {

format::Symbol Symbols::of(std::string_view text) {
  if (const auto found = texts_.find(text); found != texts_.end()) return found->second;
  texts_.emplace(text, 0);
  return 0;
}

void Symbols::number() {
  format::Symbol next = 0;
  for (auto& [text, symbol] : texts_) symbol = next++;
}

void Symbols::write(format::BundleTables& tables) const {
  for (const auto& [text, symbol] : texts_) {
    tables.strings.push_back({static_cast<std::uint32_t>(tables.text.size()), static_cast<std::uint32_t>(text.size())});
    tables.text.insert(tables.text.end(), text.begin(), text.end());
  }
}

}  // namespace bylaw::compiler::lowering
