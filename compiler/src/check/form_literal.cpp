// Addresses and versions in the source: `ip"10.0.0.1"`, `cidr"10.0.0.0/8"`, `v"1.2.3"`, `versions">=2.0 <3"`.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/syntax_tree.h>
#include <format/addresses.h>
#include <format/versions.h>

#include "check/expressions.h"
#include "check/form_text.h"

namespace bylaw::compiler {

namespace {

struct Prefix {
  std::string_view spelling;
  TypeKind type;
};
constexpr Prefix kPrefixes[] = {
    {"ip", TypeKind::Ip}, {"cidr", TypeKind::Cidr}, {"v", TypeKind::Version}, {"versions", TypeKind::Versions}};

FormText form_of(const format::AddressResult<format::IpAddress>& read) {
  if (!read.value) return {.problem = std::string(read.problem)};
  return {.canonical = format::print_ip(*read.value)};
}

FormText form_of(const format::AddressResult<format::CidrRange>& read) {
  if (read.value) return {.canonical = format::print_cidr(*read.value)};
  FormText form{.problem = std::string(read.problem)};
  if (read.meant) form.meant = format::print_cidr(*read.meant);
  return form;
}

FormText form_of(const format::VersionResult& read) {
  if (!read.value) return {.problem = std::string(read.problem)};
  return {.canonical = format::print_version(*read.value)};
}

FormText form_of(const format::VersionsResult& read) {
  if (read.value) return {.canonical = format::print_versions(*read.value)};
  return {.problem = "`" + std::string(read.place) + "`: " + std::string(read.problem)};
}

}  // namespace

FormText read_form(TypeKind type, std::string_view text) {
  if (type == TypeKind::Ip) return form_of(format::read_ip(text));
  if (type == TypeKind::Cidr) return form_of(format::read_cidr(text));
  if (type == TypeKind::Version) return form_of(format::read_version(text));
  return form_of(format::read_versions(text));
}

std::string form_literal_of(TypeKind type, const std::string& text) {
  for (const Prefix& prefix : kPrefixes)
    if (prefix.type == type && read_form(type, text).canonical)
      return std::string(prefix.spelling) + "\"" + text + "\"";
  return {};
}

namespace {

/// A range that was written as an address, or the other way round: `cidr"10.0.0.0/8"` for `ip"10.0.0.0/8"`.
std::string other_form(TypeKind type, const std::string& text) {
  if (type == TypeKind::Ip) return form_literal_of(TypeKind::Cidr, text);
  if (type == TypeKind::Cidr) return form_literal_of(TypeKind::Ip, text);
  return {};
}

}  // namespace

std::optional<Checked> check_form_literal(Checker& checker, NodeRef node) {
  const std::string_view spelling = node.text().substr(0, node.text().find('"'));
  for (const Prefix& prefix : kPrefixes) {
    if (prefix.spelling != spelling) continue;
    const TypeId type = checker.program.simple(prefix.type);
    const std::string text(grammar::prefixed_value(node));
    FormText form = read_form(prefix.type, text);
    if (!form.canonical) {
      auto told = checker.diagnostics.report(
          codes::FormMalformed, node.span(),
          {{"text", text}, {"type", a_type(checker.program, type)}, {"problem", form.problem}});
      const std::string meant = std::string(spelling) + "\"" + form.meant + "\"";
      if (!form.meant.empty()) told.fix("write `" + meant + "`", node.span(), meant);
      if (const std::string other = other_form(prefix.type, text); form.meant.empty() && !other.empty())
        told.fix("write `" + other + "`", node.span(), other);
      return wrong(checker, node);
    }
    const ExprId expr = make(checker, ExprKind::FormLiteral, type, node.span());
    checker.program.exprs[expr].text = std::move(*form.canonical);
    return plain(expr);
  }
  return std::nullopt;
}

}  // namespace bylaw::compiler
