#pragma once
// Values as a scenario writes them.

#include <string>
#include <string_view>
#include <vector>

namespace bylaw::runner {

/// The text, in quotes if YAML or a scenario would read something else.
std::string yaml_text(std::string_view text);
/// JSON as YAML within one line; nothing of it is quoted that need not be.
std::string yaml_of_json(const std::string& json);
/// `[a, b]`
std::string yaml_list(const std::vector<std::string>& items);

/// `{a: 1, b: 2}`, entry by entry.
class YamlMap {
 public:
  void add(std::string_view key, std::string_view value);
  bool empty() const { return text_.empty(); }
  std::string text() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

}  // namespace bylaw::runner
