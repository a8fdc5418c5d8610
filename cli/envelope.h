#pragma once
// Lines of `--requests --envelope`: {"id": any, "decision": "renew", "request": {..}}, whose other keys are ignored, so
// that a decision log can be played as it is. The request is handed on as it stands, byte for byte: its own reader
// judges it.

#include <bylaw/bylaw.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace bylaw::cli {

struct Envelope {
  std::string id = "null";  // JSON text
  std::optional<std::string> decision;
  std::string_view request;  // JSON text, of the line
};

/// Reads one line; the envelope views it. `envelope.id` is set as far as it could be read, also if there is an error.
std::optional<Error> read_envelope(std::string_view line, Envelope& envelope);

}  // namespace bylaw::cli
