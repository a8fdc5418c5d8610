#pragma once
// JSON as text. Values of a case are spliced, never parsed: `{$json: '..'}` must reach the engine byte by byte.

#include <string>
#include <string_view>
#include <vector>

namespace bylaw::runner {

/// The text in quotes, escaped.
std::string json_quote(std::string_view text);
std::string json_array(const std::vector<std::string>& items);

/// `{"a": 1}`, member by member, in order of adding.
class JsonObject {
 public:
  void add(std::string_view key, std::string_view json);
  std::string text() const { return text_ + "}"; }

 private:
  std::string text_ = "{";
};

}  // namespace bylaw::runner
