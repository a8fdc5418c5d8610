#pragma once
// Files that scenario files name: fixtures (`use`) and entity data (`entities`). Each is read once, whoever names it.

#include <bylaw/compiler/project.h>

#include <map>
#include <memory>

#include "suite.h"

namespace bylaw::runner {

class NamedFiles {
 public:
  NamedFiles(compiler::Project& project, Context& context) : project_(project), context_(context) {}

  /// Finds and reads whatever the suite names, and says which files these are. What is wrong is told.
  std::vector<std::string> resolve(Suite& suite);

 private:
  void resolve(const Suite& suite, Layer& layer);
  const Fixtures* fixtures(const Suite& suite, const YamlNode& path);
  Fixtures read_fixtures(const YamlNode& document, Span place);
  /// The document of the file; null if it cannot be read or is no map.
  const YamlNode* document(const Suite& suite, const YamlNode& path, const char* wanted);

  compiler::Project& project_;
  Context& context_;
  std::vector<std::string> used_;                                           // by the suite that is being resolved
  std::map<grammar::SourceId, std::unique_ptr<const YamlNode>> documents_;  // null: cannot be read
  std::map<const YamlNode*, std::unique_ptr<const Fixtures>> fixtures_;     // by document
};

}  // namespace bylaw::runner
