#pragma once
// What all subcommands share: how help is laid out, how wrong usage is told, exit statuses, colours.

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace bylaw::cli {

/// Exit statuses; if several hold, the first of Bug, Usage, DoesNotCompile, NothingRan, No, Gate.
enum Exit : int {
  kYes = 0,
  kNo = 1,              // the answer is no: a scenario failed, --fail-on-deny
  kDoesNotCompile = 2,  // policies, lists or scenarios; or a file that they name is missing
  kUsage = 3,           // wrong usage, unreadable input, a missing file that the command line names
  kNothingRan = 4,
  kGate = 5,  // a gate of bylaw.yaml is not met
  kBug = 70,
  kInterrupted = 130,
};

struct Example {
  std::string command;
  std::string meaning;
};

struct Subcommand {
  std::string name;
  std::string summary;  // one line, for the list of commands
  std::vector<Example> examples;
  int (*run)(const Subcommand& self, std::vector<std::string> arguments);
};

/// All subcommands, in the order in which help lists them.
const std::vector<Subcommand>& subcommands();

/// Parses the words after the subcommand's name. A status means: leave with it (help was printed, or the mistake told).
std::optional<int> parse(CLI::App& app, const Subcommand& self, std::vector<std::string> arguments);

/// `error: text`, and on the next lines `help: ..`; on standard error. Gives kUsage.
int usage_error(const std::string& text, const std::string& help = {});

/// Colours for this stream: only for people (a terminal, no NO_COLOR, no TERM=dumb; FORCE_COLOR insists).
bool colours(int file_descriptor);
/// The locale can show `·`; else `-` is printed.
bool unicode_terminal();

}  // namespace bylaw::cli
