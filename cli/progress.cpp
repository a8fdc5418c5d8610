#include "progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "command_line.h"

namespace bylaw::cli {

bool running_in_ci() {
  const char* value = std::getenv("CI");
  const std::string text = value == nullptr ? "" : value;
  return !text.empty() && text != "0" && text != "false";
}

ProgressBar::ProgressBar(bool quiet) {
  const char* term = std::getenv("TERM");
  shown_ = !quiet && !running_in_ci() && isatty(STDERR_FILENO) != 0 && term != nullptr && std::string(term) != "dumb";
}

std::function<void(std::size_t, std::size_t, std::size_t)> ProgressBar::teller() {
  if (!shown_) return {};
  return [this](std::size_t done, std::size_t total, std::size_t failed) { draw(done, total, failed); };
}

void ProgressBar::draw(std::size_t done, std::size_t total, std::size_t failed) {
  constexpr std::size_t kWidth = 30;
  const std::size_t full = total == 0 ? kWidth : done * kWidth / total;
  const char* block = unicode_terminal() ? "█" : "#";
  const char* gap = unicode_terminal() ? "░" : ".";
  std::string bar;
  for (std::size_t i = 0; i < kWidth; ++i) bar += i < full ? block : gap;
  const std::string failures = failed == 0 ? "" : fmt::format(", {} failed", failed);
  fmt::print(stderr, "\r\x1b[K{} {}/{}{}", bar, done, total, failures);
  std::fflush(stderr);
  drawn_ = true;
}

void ProgressBar::clear() {
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
  drawn_ = false;
}

}  // namespace bylaw::cli
