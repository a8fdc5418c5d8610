// The `bylaw` command: a table of subcommands, and what is common to them.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <bylaw/grammar/diagnostic.h>

#include "command_line.h"
#include "commands/commands.h"
#include "help.h"
#include "version.h"

namespace bylaw::cli {

const std::vector<Subcommand>& subcommands() {
  static const std::vector<Subcommand> all = {
      {"init",
       "Writes a small project that passes, to begin with. Touches nothing that exists.",
       {{"bylaw init", "into this folder"},
        {"bylaw init policies --ci github", "into another, with a workflow for GitHub Actions"},
        {"bylaw init --ci pre-commit", "in a project: adds a hook, and nothing else"}},
       run_init},
      {"check",
       "Says what is wrong with policies, lists and scenario files. Silent if nothing is.",
       {{"bylaw check", "the project around here"},
        {"bylaw check policies/pat.bylaw", "the project that this file belongs to"},
        {"bylaw check --as-of 2027-01-01", "what will have expired by then"}},
       run_check},
      {"test",
       "Plays scenario files and compares each verdict with what the scenario expects.",
       {{"bylaw test", "all scenarios of the project"},
        {"bylaw test scenarios/renew.scenarios.yaml:16", "the scenario around that line"},
        {"bylaw test -k 'tag:smoke and not rule:freeze' -x", "those that the filter wants, up to the first failure"},
        {"bylaw test --cover", "also what the scenarios leave out, and why"}},
       run_test},
      {"ci",
       "All that a pre-merge check asks: check, format, test, and what ends soon.",
       {{"bylaw ci", "the project around here"},
        {"bylaw ci --report junit=results/junit.xml", "also for the server's page of tests"},
        {"bylaw ci --summary summary.md", "also as Markdown, for a pull request"}},
       run_ci},
      {"eval",
       "Decides requests: one, or one a line.",
       {{"bylaw eval --request request.json", "with the project around here"},
        {"bylaw eval pat.bylawc --requests requests.jsonl", "with a bundle; a result a line as JSON"},
        {"bylaw eval --decision renew --request - --explain", "a request from standard input, explained rule by rule"}},
       run_eval},
      {"build",
       "Compiles a project into one bundle, which services and `bylaw eval` decide with.",
       {{"bylaw build", "writes NAME.bylawc into the project's folder"},
        {"bylaw build -o /srv/pat.bylawc", "to another place"},
        {"bylaw build --entities directory.json -o directory.bylaws", "a snapshot of entity data instead"},
        {"bylaw build --param days=30", "with this value of `param days`"},
        {"bylaw build policies/pat.bylaw -o pat.bylawc", "the project that this file belongs to"}},
       run_build},
      {"fmt",
       "Gives policies and scenario files their one look.",
       {{"bylaw fmt", "all of the project around here"},
        {"bylaw fmt --check", "changes nothing, names what looks otherwise; for a pre-merge check"},
        {"bylaw fmt - < pat.bylaw", "from standard input to standard output, for editors"}},
       run_fmt},
      {"disasm",
       "Prints a bundle as a listing, with the source line of each rule.",
       {{"bylaw disasm pat.bylawc", "the whole bundle"},
        {"bylaw disasm pat.bylawc | less", "page by page"},
        {"bylaw build -o pat.bylawc && bylaw disasm pat.bylawc", "what a project becomes"}},
       run_disasm},
  };
  return all;
}

namespace {

void print_help() {
  fmt::print(
      "bylaw: policy as code for organizations\n\n"
      "  bylaw check                         says what is wrong with the project around here\n"
      "  bylaw test                          plays its scenarios\n"
      "  bylaw eval --request request.json   decides one request\n\n"
      "Commands:\n");
  for (const Subcommand& command : subcommands()) fmt::print("  {:8} {}\n", command.name, command.summary);
  fmt::print(
      "\n`bylaw COMMAND --help` says more of each, `bylaw help scenarios` how scenarios are written. `bylaw --version` "
      "names version, language and bundle format.\n"
      "Exit status: 0 yes, 1 no (a scenario failed), 2 does not compile, 3 wrong usage or unreadable input, 4 nothing "
      "ran, 5 a gate of bylaw.yaml is not met.\n");
}

int unknown_command(const std::string& name) {
  std::vector<std::string> names;
  for (const Subcommand& command : subcommands()) names.push_back(command.name);
  const std::string meant = grammar::nearest(name, names);
  return usage_error(
      fmt::format("bylaw has no command `{}`{}", name, meant.empty() ? "" : fmt::format("; did you mean `{}`?", meant)),
      fmt::format("the commands are {}; bylaw --help says more", fmt::join(names, ", ")));
}

/// `bylaw help`, with a topic or a command behind it.
int help(const std::vector<std::string>& arguments) {
  if (arguments.size() < 2) {
    print_help();
    return kYes;
  }
  std::vector<std::string> names;
  for (const HelpPage& page : help_pages()) {
    names.emplace_back(page.topic);
    if (page.topic != arguments[1]) continue;
    fmt::print("{}", page.text);
    return kYes;
  }
  for (const Subcommand& command : subcommands()) {
    names.push_back(command.name);
    if (command.name == arguments[1]) return command.run(command, {"--help"});
  }
  const std::string meant = grammar::nearest(arguments[1], names);
  return usage_error(fmt::format("there is no help on `{}`{}", arguments[1],
                                 meant.empty() ? "" : fmt::format("; did you mean `{}`?", meant)),
                     fmt::format("there is help on {}", fmt::join(names, ", ")));
}

/// `bylaw` alone: what to do next, from where one stands.
int nothing_asked() {
  std::error_code error;
  bool project = false;
  for (auto folder = std::filesystem::current_path(error); !project && !folder.empty(); folder = folder.parent_path()) {
    project = std::filesystem::exists(folder / "bylaw.yaml", error);
    if (folder == folder.parent_path() || std::filesystem::exists(folder / ".git", error)) break;
  }
  if (project)
    fmt::print(
        "This is a project of policies.\n\n"
        "  bylaw test     plays its scenarios\n"
        "  bylaw check    says what is wrong with it\n"
        "  bylaw ci       all that a pre-merge check asks\n");
  else
    fmt::print(
        "There is no bylaw.yaml here, nor in a folder above.\n\n"
        "  bylaw init     writes a small project to begin with\n");
  fmt::print("  bylaw --help   lists all commands\n");
  return kUsage;
}

int dispatch(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return nothing_asked();
  if (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") return help(arguments);
  if (arguments[0] == "--version") {
    fmt::print("{}\n", version_line());
    return kYes;
  }
  for (const Subcommand& command : subcommands())
    if (command.name == arguments[0]) return command.run(command, {arguments.begin() + 1, arguments.end()});
  return unknown_command(arguments[0]);
}

int told_bug(const std::exception& error) {
  fmt::print(stderr,
             "error: this is a bug in bylaw, not in your files: {}\n"
             "  help: please report it with the command and the files that show it (see SECURITY.md if a bundle may "
             "be hostile)\n",
             error.what());
  return kBug;
}

/// What was printed must have arrived: a full disk or a closed pipe is no success.
int flushed(int status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  std::fputs("error: the results could not be written to standard output\n", stderr);
  return std::max<int>(status, kUsage);
}

}  // namespace
}  // namespace bylaw::cli

int main(int argc, char** argv) {
  using namespace bylaw::cli;
  std::signal(SIGINT, [](int) { std::_Exit(kInterrupted); });
  try {
    return flushed(dispatch({argv + 1, argv + argc}));
  } catch (const std::system_error& error) {
    if (std::ferror(stdout) == 0 && std::ferror(stderr) == 0) return told_bug(error);
    fmt::print(stderr, "error: the results could not be written to standard output: {}\n", error.code().message());
    return kUsage;
  } catch (const std::exception& error) {
    return told_bug(error);
  }
}
