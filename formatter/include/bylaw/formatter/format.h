#pragma once
// The one look of Bylaw sources and of scenario files; docs/formatting.md has its rules.
//
// Nothing but blanks, line ends and the commas before a closing bracket changes: tokens, comments and the spelling of
// scalars stay, and each result is read back and compared before it is given. So formatting changes no decision, and
// formatting twice changes nothing.

#include <bylaw/grammar/diagnostic.h>

#include <optional>
#include <string>
#include <string_view>

namespace bylaw::formatter {

/// What kinds of files have a look.
enum class FileKind { Policy, Scenarios, Other };

/// By the name: `*.bylaw`; `*.scenarios.yaml` and `*.fixtures.yaml`.
FileKind kind_of(std::string_view path);

/// A Bylaw module. Nothing if it has syntax errors: they are told.
std::optional<std::string> format_policy(const grammar::Sources& sources, grammar::SourceId source,
                                         grammar::Diagnostics& diagnostics);

/// A scenario file, or one of fixtures. Nothing if it is not the YAML that is read here: the mistakes are told.
std::optional<std::string> format_scenarios(const grammar::Sources& sources, grammar::SourceId source,
                                            grammar::Diagnostics& diagnostics);

/// Whichever of the two the file's name says; nothing, and nothing told, for another kind.
std::optional<std::string> format(const grammar::Sources& sources, grammar::SourceId source,
                                  grammar::Diagnostics& diagnostics);

/// What `diff -u` prints of two versions of a file; empty if they are equal.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace bylaw::formatter
