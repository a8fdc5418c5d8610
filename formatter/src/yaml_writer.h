#pragma once
// A YAML file from its tokens: indentation by two, one blank after each comma and colon, the rows of tables in columns.
// Which lines there are is the author's choice.

#include <vector>

#include "lines.h"
#include "yaml_tokens.h"

namespace bylaw::formatter {

Lines write_yaml(const std::vector<YamlToken>& tokens);

}  // namespace bylaw::formatter
