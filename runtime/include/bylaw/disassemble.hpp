#pragma once
// A bundle as a listing, for people: types, decisions, policies, each rule with its source line and its instructions.

#include <bylaw/bylaw.hpp>

#include <string>

namespace bylaw {

std::string disassemble(const Bundle&);

}  // namespace bylaw
