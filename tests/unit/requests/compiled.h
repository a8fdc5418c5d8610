#pragma once
// The bundle of one module, which must compile.

#include <bylaw/compiler/compile.h>
#include <doctest/doctest.h>
#include <bylaw/bylaw.hpp>

#include <string>

namespace bylaw::test {

inline Bundle compiled_bundle(const std::string& path, const std::string& source) {
  compiler::Input input;
  input.modules.push_back({input.sources.add(path, source), ""});
  grammar::Diagnostics diagnostics;
  const auto compiled = compiler::compile(input, diagnostics);
  if (!compiled) FAIL(grammar::render(diagnostics.sorted(input.sources), input.sources));
  auto bundle = Bundle::from(compiled->bytes);
  if (!bundle) FAIL(bundle.error().to_text());
  return *bundle;
}

}  // namespace bylaw::test
