#pragma once
// What a module's source names of other files, found before anything is checked.

#include <bylaw/compiler/compile.h>
#include <bylaw/grammar/syntax_tree.h>

#include <string>
#include <vector>

namespace bylaw::compiler {

struct NamedFile {
  std::string text;  // as written between the quotes of `from`
  grammar::Span span;
};

struct FilesNamed {
  std::string module_name;           // after `module`
  std::vector<std::string> imports;  // modules, without the standard ones
  std::vector<NamedFile> data;       // `from`, in the order of the file
};

/// Reads the source for its names alone; its mistakes are told when it is checked.
FilesNamed files_named(const grammar::Sources& sources, grammar::SourceId source);

}  // namespace bylaw::compiler
