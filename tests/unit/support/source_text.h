#pragma once
// Programs as texts, for tests of what comes behind the checker.

#include <bylaw/compiler/compile.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace bylaw::tests {

using SourceText = std::pair<std::string, std::string>;  // path, text

/// Declarations that the tables of conditions below speak of.
inline constexpr const char* kPrelude = R"(module t

enum Action { read  write  admin }
enum Level { low < mid < high }
open scope Scope {
  a  as "s.a"
  b  includes a
  c  includes b
}
const some_scopes: Set<Scope> = {a, b}
const numbers: Set<Int> = {3, 1, 2, 3}

record Inner { n: Int?  s: String }
record Item { name: String  level: Level  size: Int  tags: Set<String> }
record Token {
  scopes:  Set<Scope>
  full:    Bool
  created: Time
  expires: Time
  note:    String?
  inner:   Inner?
}
entity Team in Team { size: Int  limit: Duration? inherit min }
entity User in Team { age: Int?  boss: User?  strict: Bool  teams: Set<Team> = {}  team: Team? }
entity Bot in Team { strict: Bool }

allowlist friends: User | Team { User::"ana" since 2025-01-01  Team::"ops" }
allowlist colours: String { "red"  "blue" }

def older(u: User, than: Int): Bool = (u.age ?? 0) > than
def both(x: Bool, y: Bool): Bool = x and y

decision ask {
  who:     User | Bot
  user:    User
  team:    Team
  action:  Action
  level:   Level
  token:   Token
  scope:   Scope
  flag:    Bool
  i:       Int
  j:       Int
  s:       String
  ints:    Set<Int>
  people:  Set<User>
  teams:   Set<Team>
  items:   List<Item> max 64
  maybe:   Int?
  bits:    Set<Int>?
  now:     Time
  obliges  cap: Duration by min
  obliges  ok: Bool by any
  default  allow
}
)";

/// The prelude with one policy whose body is `body`.
inline std::string policy_text(const std::string& body) {
  return std::string(kPrelude) + "\npolicy p for ask {\n" + body + "\n}\n";
}
inline std::string condition_text(const std::string& condition) {
  return policy_text("  deny r when " + condition + "  because \"no\"");
}

/// One compilation, kept together because diagnostics speak of sources.
struct Compilation {
  compiler::Input input;
  grammar::Diagnostics diagnostics;
  compiler::Program program;

  explicit Compilation(const std::vector<SourceText>& files) {
    for (const auto& [path, text] : files) input.modules.push_back({input.sources.add(path, text), ""});
    program = compiler::check(input, diagnostics);
    INFO(told());
    REQUIRE(!diagnostics.has_errors());
  }
  explicit Compilation(const std::string& text) : Compilation(std::vector<SourceText>{{"t.bylaw", text}}) {}

  std::string told() const { return render(diagnostics.sorted(input.sources), input.sources); }
  /// The codes of the errors, in order of place.
  std::vector<std::string> errors() const {
    std::vector<std::string> codes;
    for (const grammar::Diagnostic& diagnostic : diagnostics.sorted(input.sources))
      if (info(diagnostic.code).severity == grammar::Severity::Error) codes.emplace_back(info(diagnostic.code).id);
    return codes;
  }
};

}  // namespace bylaw::tests
