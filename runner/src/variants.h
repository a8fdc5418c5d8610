#pragma once
// Scenarios may give params values of their own. A param is a constant of the build, so the project is compiled once
// more for each set of values that they ask for.

#include <bylaw/compiler/project.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "expand.h"
#include "variables.h"

namespace bylaw::runner {

/// The project with other values of its params. Declarations have the numbers that they have in the project itself.
struct Variant {
  Program program;
  std::vector<std::byte> bundle;
  std::vector<grammar::Diagnostic> errors;  // why it does not compile
  grammar::SourceId appended{0xffffffff};   // a module with more text, if there is one, and where that begins
  std::uint32_t begin = 0;
};

/// A policy that the project does not have, as text at the end of one of its modules.
struct AppendedPolicy {
  grammar::SourceId module{};
  std::string name, text;
};

/// May be asked by several threads.
class Variants {
 public:
  explicit Variants(const compiler::Project& project) : project_(project) {}

  /// The variant that a case asks for. Null if it asks for none, or for one that does not compile (told).
  const Variant* of(Context& context, const Case& source, const Variables& variables);
  /// The variant that a case asks for, with that policy and no other; it may have errors. Its policies and rules are
  /// numbered anew.
  const Variant& with(const Case& source, const Variables& variables, const AppendedPolicy& policy);

 private:
  const Variant& compiled(const std::vector<compiler::ParamLayer>& layers, const AppendedPolicy* policy);

  const compiler::Project& project_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Variant>> variants_;  // by what the layers say
};

/// `params.days`: the value of a param, not of a field.
bool is_param_column(const std::string& column);

}  // namespace bylaw::runner
