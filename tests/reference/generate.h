#pragma once
// Random programs, entity data and requests for comparing the judge with the engine. Programs are written as source
// text, so that lexer, parser and checker take part. Operators are drawn from operator_types.def: a new row is fuzzed
// without more.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <random>
#include <string>

namespace bylaw::reference {

using Random = std::mt19937_64;

/// A module `fuzz` with a decision `fuzz.ask`, and one policy with `rules` deny rules whose conditions are random and
/// whose messages print a random value.
std::string random_module(Random& random, int rules);
/// Entity data for `fuzz` modules: an object of `Type::id` keys.
nlohmann::json random_entities(Random& random);
/// A valid request of `fuzz.ask` over that entity data.
nlohmann::json random_request(Random& random);

}  // namespace bylaw::reference
