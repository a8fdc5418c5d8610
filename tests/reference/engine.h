#pragma once
// The engine's whole way, for comparing it with the judge: source text to bundle to verdict, as a service would go it.

#include <bylaw/compiler/compile.h>

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

namespace bylaw::reference {

using SourceText = std::pair<std::string, std::string>;  // path, text

/// A program, checked for the judge and compiled for the engine.
class Engine {
 public:
  /// Null if the sources do not compile; `problem` then holds the rendered diagnostics.
  static std::unique_ptr<Engine> compile(const std::vector<SourceText>& files, std::string& problem);
  /// The same over what a project loader has read.
  static std::unique_ptr<Engine> compile(compiler::Input input, std::string& problem);
  ~Engine();

  const compiler::Program& program() const;
  /// What the compiler warned of, rendered.
  const std::string& warnings() const;
  /// The result object as the command prints it.
  nlohmann::json decide(const std::string& decision, const nlohmann::json& request,
                        const nlohmann::json& entities) const;
  /// The same for texts that need not be JSON, or not as a JSON library would write it.
  nlohmann::json decide_text(const std::string& decision, const std::string& request,
                             const std::string& entities) const;
  /// The judge's answer to the same.
  nlohmann::json judge(const std::string& decision, const nlohmann::json& request,
                       const nlohmann::json& entities) const;

 private:
  Engine();
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Nothing if both say the same; else the first key that differs with both values. `entries` is left to tables of its
/// own.
std::string difference(const nlohmann::json& engine, const nlohmann::json& judge);

}  // namespace bylaw::reference
