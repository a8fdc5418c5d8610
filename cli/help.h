#pragma once
// `bylaw help TOPIC`: pages about what no single command is about.

#include <span>
#include <string_view>

namespace bylaw::cli {

struct HelpPage {
  std::string_view topic;
  std::string_view summary;
  std::string_view text;
};

std::span<const HelpPage> help_pages();

}  // namespace bylaw::cli
