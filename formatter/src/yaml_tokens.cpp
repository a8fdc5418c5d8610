#include "yaml_tokens.h"

#include "block_scalar.h"

#include <algorithm>
#include <map>

namespace bylaw::formatter {
namespace {

using compiler::YamlNode;
using compiler::YamlStyle;
using Kind = YamlToken::Kind;

struct Atom {
  std::uint32_t end;
  Kind kind;
};
using Atoms = std::map<std::uint32_t, Atom>;  // by where they begin

void put(Atoms& atoms, grammar::Span span, Kind kind) {
  if (span.known() && span.begin < span.end) atoms.insert({span.begin, {span.end, kind}});
}

void collect(std::string_view bytes, const YamlNode& node, Atoms& atoms) {
  if (node.alias_span.known()) return put(atoms, node.alias_span, Kind::Word);
  if (node.is_scalar() && node.style == YamlStyle::Block) {
    grammar::Span whole = node.span;  // which ends with the line of the sign
    whole.end = static_cast<std::uint32_t>(block_end(bytes, whole.begin, node.text));
    return put(atoms, whole, Kind::BlockScalar);
  }
  if (node.is_scalar()) return put(atoms, node.span, Kind::Scalar);
  for (const YamlNode& item : node.items) collect(bytes, item, atoms);
  for (const compiler::YamlEntry& entry : node.entries) {
    put(atoms, entry.key_span, Kind::Scalar);
    collect(bytes, entry.value, atoms);
  }
}

Kind sign(char c) {
  switch (c) {
    case '-': return Kind::Dash;
    case ':': return Kind::Colon;
    case ',': return Kind::Comma;
    case '[':
    case '{': return Kind::Open;
    case ']':
    case '}': return Kind::Close;
    default: return Kind::Word;
  }
}

class Scanner {
 public:
  Scanner(std::string_view bytes, const Atoms& atoms) : bytes_(bytes), atoms_(atoms) {}

  std::vector<YamlToken> run() {
    while (at_ < bytes_.size()) step();
    return std::move(tokens_);
  }

 private:
  void step() {
    if (const auto atom = atoms_.find(static_cast<std::uint32_t>(at_)); atom != atoms_.end())
      return take(atom->second.kind, atom->second.end - at_);
    const char c = bytes_[at_];
    if (c == '\n' || c == ' ' || c == '\t' || c == '\r') return pass(1);
    if (c == '#') return take(Kind::Comment, line_end() - at_);
    const Kind kind = sign(c);
    if (kind != Kind::Word && !bytes_.substr(at_).starts_with("---")) return take(kind, 1);
    std::size_t end = at_;
    while (end < bytes_.size() && std::string_view(" \t\n,[]{}").find(bytes_[end]) == std::string_view::npos) ++end;
    take(kind == Kind::Word || kind == Kind::Dash ? Kind::Word : kind, std::max<std::size_t>(end - at_, 1));
  }

  void take(Kind kind, std::size_t size) {
    std::string_view text = bytes_.substr(at_, size);
    const std::uint32_t length = static_cast<std::uint32_t>(size);
    if (kind != Kind::BlockScalar) text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
    tokens_.push_back({kind, text, line_, static_cast<std::uint32_t>(at_ - line_begin_)});
    pass(length);
  }

  void pass(std::size_t size) {
    for (const std::size_t end = at_ + size; at_ < end; ++at_) {
      if (bytes_[at_] != '\n') continue;
      ++line_;
      line_begin_ = at_ + 1;
    }
  }

  std::size_t line_end() const { return std::min(bytes_.find('\n', at_), bytes_.size()); }

  std::string_view bytes_;
  const Atoms& atoms_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 0;
  std::vector<YamlToken> tokens_;
};

}  // namespace

std::vector<YamlToken> yaml_tokens(std::string_view bytes, const compiler::YamlNode& root) {
  Atoms atoms;
  collect(bytes, root, atoms);
  return Scanner(bytes, atoms).run();
}

}  // namespace bylaw::formatter
