#pragma once
// The service that runs `ci`, as its environment says. Nothing else in the command looks at that environment.

#include <string>

namespace bylaw::cli {

enum class BuildService { None, Github, Gitlab, Azure };

BuildService build_service();
/// How links to the files of this commit begin; empty if that is not known.
std::string link_base(BuildService service);
/// The file to which GitHub Actions wants summaries added; empty elsewhere.
std::string step_summary(BuildService service);

}  // namespace bylaw::cli
