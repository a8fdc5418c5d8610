#pragma once
// `bylaw.yaml`: its keys, their defaults, and whether this command is the one that the project asks for.

#include <bylaw/compiler/project.h>

#include <string>
#include <vector>

namespace bylaw::compiler {

/// A path of the project file and where it stands there, so that what is missing can be told in place. A default stands
/// nowhere.
struct NamedPath {
  std::string path;  // a project path; "" is the project's folder
  grammar::Span span;
};

struct ProjectPaths {
  std::vector<NamedPath> policies, scenarios, exclude, entities;
  grammar::Span policies_span;      // of the key, if it is given
  std::optional<NamedPath> params;  // the file with the values of params, or
  ParamLayer given;                 // the values themselves
  struct Dependency {
    std::string name;  // what its imports begin with
    grammar::Span name_span;
    NamedPath folder;  // as written, without `/` at its end; it may lead out of the project
  };
  std::vector<Dependency> dependencies;  // ascending by name
};

/// Reads the project file `source`; true if it can be relied on.
bool read_project_file(const grammar::Sources& sources, grammar::SourceId source, ProjectFile& file,
                       ProjectPaths& paths, grammar::Diagnostics& diagnostics);

/// A project without a file of its own.
ProjectPaths default_paths();

/// True if `version` ("0.1.0") fits `wanted` (">= 0.2 < 1"); nothing if `wanted` is no such text.
std::optional<bool> version_fits(std::string_view version, std::string_view wanted);

}  // namespace bylaw::compiler
