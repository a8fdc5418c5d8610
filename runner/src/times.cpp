#include "times.h"

#include <format/text_forms.h>

#include <algorithm>

namespace bylaw::runner {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_path(char c) {
  return is_letter(c) || c == '.' || (c >= '0' && c <= '9');
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

/// Takes the text up to the first character that does not belong to it.
template <class Belongs>
std::string_view take(std::string_view& text, Belongs belongs) {
  const auto end = std::find_if_not(text.begin(), text.end(), belongs);
  const std::string_view taken = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(taken.size());
  return taken;
}

std::optional<std::int64_t> read_term(std::string_view& text) {
  const char sign = text.front();
  if (sign != '+' && sign != '-') return std::nullopt;
  text.remove_prefix(1);
  skip_blanks(text);
  const std::string_view word = take(text, [](char c) { return c != ' ' && c != '+' && c != '-'; });
  const std::optional<std::int64_t> value = format::read_duration(word).value;
  if (!value) return std::nullopt;
  return sign == '+' ? *value : -*value;
}

}  // namespace

std::optional<TimeText> read_time_text(std::string_view text) {
  TimeText result;
  skip_blanks(text);
  if (text.empty()) return std::nullopt;
  if (is_letter(text.front())) {
    result.path = take(text, is_path);
  } else {
    const std::string_view word = take(text, [](char c) { return c != ' '; });
    result.instant = format::read_instant(word);
    if (!result.instant) result.instant = format::read_date(word);
    if (!result.instant) return std::nullopt;
  }
  for (skip_blanks(text); !text.empty(); skip_blanks(text)) {
    const std::optional<std::int64_t> term = read_term(text);
    if (!term) return std::nullopt;
    result.terms.push_back(*term);
  }
  return result;
}

std::int64_t add_terms(std::int64_t instant, const std::vector<std::int64_t>& terms) {
  for (const std::int64_t term : terms) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(instant, term, &sum)) sum = term < 0 ? format::kFirstInstant : format::kLastInstant;
    instant = std::clamp(sum, format::kFirstInstant, format::kLastInstant);
  }
  return instant;
}

}  // namespace bylaw::runner
