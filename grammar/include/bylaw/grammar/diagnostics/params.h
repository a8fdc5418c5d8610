#pragma once
// The codes of diagnostics/params.def as constants; a file includes the families that it reports, so that a new
// row elsewhere does not rebuild it.

#include <bylaw/grammar/diagnostic.h>

namespace bylaw::grammar::codes {

#define BYLAW_DIAGNOSTIC(name, id, severity, text) inline constexpr Code name = code_of(id);
#include <bylaw/grammar/diagnostics/params.def>
#undef BYLAW_DIAGNOSTIC

}  // namespace bylaw::grammar::codes
