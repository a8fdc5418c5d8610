#pragma once
// Random patterns and texts over few signs, so that they meet.

#include <random>
#include <string>

namespace bylaw::test {

using Random = std::mt19937_64;

std::string random_regex(Random& random, int depth);
std::string random_glob(Random& random, int depth);
std::string random_text(Random& random);

}  // namespace bylaw::test
