#pragma once
// The subcommands, a file each.

#include "command_line.h"

namespace bylaw::cli {

int run_check(const Subcommand& self, std::vector<std::string> arguments);
int run_test(const Subcommand& self, std::vector<std::string> arguments);
int run_eval(const Subcommand& self, std::vector<std::string> arguments);
int run_build(const Subcommand& self, std::vector<std::string> arguments);
int run_init(const Subcommand& self, std::vector<std::string> arguments);
int run_ci(const Subcommand& self, std::vector<std::string> arguments);
int run_fmt(const Subcommand& self, std::vector<std::string> arguments);
int run_disasm(const Subcommand& self, std::vector<std::string> arguments);

}  // namespace bylaw::cli
