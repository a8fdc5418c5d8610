// Addresses and versions of scenarios. YAML would read `1.10` as a number: the text as it is written counts.

#include <format/addresses.h>
#include <format/versions.h>

#include "values.h"

namespace bylaw::runner {

using compiler::TypeKind;

std::optional<std::string> Values::scalar_form(TypeKind type, const YamlNode& node) {
  std::string name = "an Ip", problem = "write it like `10.0.0.1` or `2001:db8::1`";
  if (type == TypeKind::Cidr) name = "a Cidr", problem = "write it like `10.0.0.0/8` or `2001:db8::/32`";
  if (type == TypeKind::Version) name = "a Version", problem = "write it like `1.2.3`";
  if (type == TypeKind::Versions) name = "Versions", problem = "write it like `>=2.0 <3`";
  if (node.is_scalar()) {
    std::string_view found;
    if (type == TypeKind::Ip) found = format::read_ip(node.text).problem;
    if (type == TypeKind::Cidr) found = format::read_cidr(node.text).problem;
    if (type == TypeKind::Version) found = format::read_version(node.text).problem;
    if (type == TypeKind::Versions) found = format::read_versions(node.text).problem;
    if (found.empty()) return json_quote(node.text);
    problem = found;
  }
  not_read(node, name, problem);
  return std::nullopt;
}

}  // namespace bylaw::runner
