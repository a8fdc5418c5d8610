#pragma once
// The text of values: each type has one printed form and the forms that are read, and both stand here alone. Used by
// the checker for literals, by the request reader, by scenario files, messages and reports. No locale; reading
// allocates nothing, but for `read_entity`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bylaw::format {

/// Microseconds since 1970-01-01T00:00:00Z of 0001-01-01T00:00:00Z and of 9999-12-31T23:59:59.999999Z.
inline constexpr std::int64_t kFirstInstant = -62135596800000000;
inline constexpr std::int64_t kLastInstant = 253402300799999999;
inline constexpr std::int64_t kDay = 86400000000;

/// RFC 3339 with `Z` or an offset; digits after the sixth are dropped, `:60` is the next second. Nothing if it is no
/// such text, or outside the years 1 to 9999 (also after the offset).
std::optional<std::int64_t> read_instant(std::string_view text);
/// "2026-01-31": the first instant of that day, UTC.
std::optional<std::int64_t> read_date(std::string_view text);
/// "2026-01-31T09:00:00Z", with up to six digits after the second if there are any that are not zero.
std::string print_instant(std::int64_t microseconds);

enum class DurationError : std::uint8_t { Malformed, Overflow };
struct DurationResult {
  std::optional<std::int64_t> value;  // microseconds
  DurationError error = DurationError::Malformed;
};
/// "1d12h": units w d h m s ms us in falling order, each once, `-` in front allowed. Digits only: no `_`, no leading
/// zero.
DurationResult read_duration(std::string_view text);
/// The same, or ISO 8601 without years and months: "P30DT12H".
DurationResult read_wire_duration(std::string_view text);
/// "365d", "1d12h", "0s": falling units from d down (weeks are printed as days).
std::string print_duration(std::int64_t microseconds);

/// `User::"ana@contoso.com"`: how an entity is printed. Quotes and backslashes in the id are escaped.
std::string print_entity(std::string_view type, std::string_view id);
struct EntityText {
  std::string type;  // as written: "User", "identity.User"
  std::string id;
};
/// `User::ana`, `User::"a b"`. Nothing if it is no such text; an empty id is given back as empty.
std::optional<EntityText> read_entity(std::string_view text);

/// The two parts of the text of an entity, as views into it.
struct EntityParts {
  std::string_view type;
  std::string_view id;   // between the quotes, if it has any
  bool escaped = false;  // then `unescape_id` gives the id itself
};
std::optional<EntityParts> split_entity(std::string_view text);
/// Writes the id to `out`, which has room for parts.id.size() bytes; returns how many it took.
std::size_t unescape_id(const EntityParts& parts, char* out);

/// True if the bytes are UTF-8 without NUL and surrogates.
bool valid_text(std::string_view text);

}  // namespace bylaw::format
