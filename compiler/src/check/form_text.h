#pragma once
// Texts of Ip, Cidr, Version and Versions, as literals and cells of list files give them.

#include <bylaw/compiler/typed_tree.h>

#include <optional>
#include <string>
#include <string_view>

namespace bylaw::compiler {

struct FormText {
  std::optional<std::string> canonical = {};  // the one printed form
  std::string problem = {};                   // why there is none
  std::string meant = {};                     // a text that was probably meant
};

FormText read_form(TypeKind type, std::string_view text);

}  // namespace bylaw::compiler
