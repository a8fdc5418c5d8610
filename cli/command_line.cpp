#include "command_line.h"

#include <bylaw/grammar/diagnostic.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace bylaw::cli {
namespace {

std::string help_text(const CLI::App& app, const Subcommand& self) {
  std::string text = fmt::format("{}\n\nExamples:\n", self.summary);
  std::size_t width = 0;
  for (const Example& example : self.examples) width = std::max(width, example.command.size());
  for (const Example& example : self.examples)
    text += fmt::format("  {:{}}  {}\n", example.command, width, example.meaning);
  return text + "\n" + app.help(fmt::format("bylaw {}", self.name));
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// The word that no option has, if that is what is wrong.
std::string unknown_option(const CLI::App& app, const std::vector<std::string>& arguments) {
  const std::vector<std::string> names = option_names(app);
  for (const std::string& argument : arguments) {
    if (argument == "--") break;
    const std::string name = argument.substr(0, argument.find('='));
    if (!name.starts_with("--")) continue;
    bool known = false;
    for (const std::string& candidate : names) known = known || candidate == name;
    if (!known) return name;
  }
  return {};
}

/// A short option that the command does not have, or a word too many.
int told_extra(const CLI::App& app, const Subcommand& self, const std::string& more) {
  const std::vector<std::string> words = app.remaining();
  const std::string word = words.empty() ? "" : words.front();
  if (!word.starts_with('-'))
    return usage_error(fmt::format("`bylaw {}` takes no further word `{}`", self.name, word), more);
  const std::string option = word.substr(0, 2);
  const bool of_test = self.name != "test" && std::string_view("-k -x -j").find(option) != std::string_view::npos;
  return usage_error(fmt::format("`bylaw {}` has no option `{}`", self.name, option),
                     of_test ? fmt::format("`bylaw test` has it: `bylaw {}` takes all scenarios", self.name) : more);
}

}  // namespace

int usage_error(const std::string& text, const std::string& help) {
  fmt::print(stderr, "error: {}\n", text);
  if (!help.empty()) fmt::print(stderr, "  help: {}\n", help);
  return kUsage;
}

std::optional<int> parse(CLI::App& app, const Subcommand& self, std::vector<std::string> arguments) {
  app.set_help_flag("-h,--help", "print this help");
  const std::vector<std::string> given = arguments;
  for (const std::string& argument : given) {
    if (argument == "--") break;
    if (argument != "--help" && argument != "-h") continue;
    fmt::print("{}", help_text(app, self));
    return kYes;
  }
  const std::string more = fmt::format("bylaw {} --help", self.name);
  if (const std::string option = unknown_option(app, given); !option.empty()) {
    const std::string meant = grammar::nearest(option, option_names(app));
    return usage_error(fmt::format("`bylaw {}` has no option `{}`{}", self.name, option,
                                   meant.empty() ? "" : fmt::format("; did you mean `{}`?", meant)),
                       more);
  }
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // CLI11 takes the words from the back
  } catch (const CLI::ExtrasError&) {
    return told_extra(app, self, more);
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what(), more);
  }
  return std::nullopt;
}

bool colours(int file_descriptor) {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  if (set("NO_COLOR")) return false;
  if (set("FORCE_COLOR")) return true;
  const char* term = std::getenv("TERM");
  return isatty(file_descriptor) != 0 && term != nullptr && std::string_view(term) != "dumb";
}

bool unicode_terminal() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    return locale.find("UTF-8") != std::string_view::npos || locale.find("utf8") != std::string_view::npos ||
           locale.find("UTF8") != std::string_view::npos;
  }
  return false;
}

}  // namespace bylaw::cli
