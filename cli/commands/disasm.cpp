// bylaw disasm: a bundle as a listing.
#include <fmt/core.h>
#include <bylaw/bylaw.hpp>
#include <bylaw/disassemble.hpp>

#include "commands/commands.h"

namespace bylaw::cli {

int run_disasm(const Subcommand& self, std::vector<std::string> arguments) {
  std::string path;
  CLI::App app;
  app.add_option("BUNDLE", path, "a bundle (*.bylawc), as `bylaw build` writes it")->required();
  if (const auto status = parse(app, self, std::move(arguments))) return *status;
  const Result<Bundle> bundle = Bundle::open(path.c_str());
  if (!bundle)
    return usage_error(bundle.error().to_text(),
                       bundle.error().code.empty() ? "" : "a project becomes a bundle with `bylaw build`");
  fmt::print("{}", disassemble(*bundle));
  return kYes;
}

}  // namespace bylaw::cli
