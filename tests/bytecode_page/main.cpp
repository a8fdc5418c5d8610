// docs/bytecode.md is derived from opcodes.def, sections.def and codes.def. Without arguments this says whether the
// page is up to date; with --update it rewrites it.
#include <string>

#include "../derived_page.h"
#include "format/bundle.h"
#include "format/codes.h"
#include "format/opcodes.h"

namespace {

using namespace bylaw::format;

std::string row(std::initializer_list<std::string> cells) {
  std::string text = "|";
  for (const std::string& cell : cells) {
    text += " ";
    for (const char c : cell) text += c == '|' ? std::string("\\|") : std::string(1, c);
    text += " |";
  }
  return text + "\n";
}

std::string field_name(Field field) {
  switch (field) {
    case Field::Dst: return "dst";
    case Field::A: return "a";
    case Field::B: return "b";
    case Field::Imm: return "imm";
  }
  return "";
}

std::string class_name(Class cls) {
  switch (cls) {
    case Class::Bool: return "Bool";
    case Class::Int: return "Int";
    case Class::Time: return "Time";
    case Class::Duration: return "Duration";
    case Class::Decimal: return "Decimal";
    case Class::Text: return "text";
    case Class::Member: return "member";
    case Class::Entity: return "entity";
    case Class::Mask: return "mask";
    case Class::Collection: return "collection";
    case Class::Address: return "address";
    case Class::Network: return "range of addresses";
    case Class::Version: return "version";
    case Class::Pattern: return "pattern";
    case Class::Versions: return "ranges of versions";
    case Class::Total: return "total";
    case Class::Part: return "part";
    case Class::Digits: return "digits";
  }
  return "";
}

std::string operand_name(const Operand& operand) {
  switch (operand.kind) {
    case OperandKind::None: return "";
    case OperandKind::Slot: return class_name(operand.cls);
    case OperandKind::Presence: return "presence bit";
    case OperandKind::AnyWord: return "one word";
    case OperandKind::Ordered: return "ordered";
    case OperandKind::AnyValue: return "any value";
    case OperandKind::Text: return "text or part";
    case OperandKind::Key: return "key";
    case OperandKind::WideValue: return "several words";
    case OperandKind::Entry: return "entry";
    case OperandKind::InstantOfList: return "instant";
    case OperandKind::Result: return "register, written";
    case OperandKind::BaseOut: return "base, bound";
    case OperandKind::Enum: return "enum";
    case OperandKind::Stride: return "stride";
    case OperandKind::Number: return "number";
    case OperandKind::Words: return "words";
    case OperandKind::Kind: return "kind";
    case OperandKind::EntitySet: return "entity set";
    case OperandKind::EntityType: return "entity type";
    case OperandKind::LineageType: return "list of entities";
    case OperandKind::List: return "list";
    case OperandKind::Body: return "instructions";
    case OperandKind::TextMode: return "reading";
    case OperandKind::TextModes: return "readings of a and b";
    case OperandKind::MapType: return "type of a map";
    case OperandKind::PartWords: return "words";
    case OperandKind::Pieces: return "number of pieces";
    case OperandKind::PartOf: return "part of a text";
    case OperandKind::CalendarPart: return "part of an instant";
    case OperandKind::Links: return "links";
    case OperandKind::NumberB: return "number";
    case OperandKind::TableSize: return "size of a table";
    case OperandKind::Scratch: return "word of scratch memory";
  }
  return "";
}

std::string operands(const OpInfo& op) {
  std::string text;
  for (const Operand& operand : op.operands)
    if (operand.kind != OperandKind::None)
      text += (text.empty() ? "" : ", ") + field_name(operand.field) + ": " + operand_name(operand);
  return text;
}

std::string exits(const OpInfo& op) {
  switch (op.exits) {
    case Exits::Test: return "t, f";
    case Exits::Value: return "t";
    case Exits::Maybe: return "t: with the value, f: without";
    case Exits::Loop: return "t: stopped, f: exhausted";
    case Exits::None: return "none";
  }
  return "";
}

std::string page() {
  std::string text =
      "# Bundle and bytecode\n\n"
      "This page is derived from `runtime/format/`: do not edit it, run `scripts/bytecode-page --update`.\n\n"
      "A bundle (`*.bylawc`) is one contiguous little-endian file: a header of " +
      std::to_string(sizeof(Header)) + " bytes, a table of " + std::to_string(kSectionCount) + " entries of " +
      std::to_string(sizeof(SectionEntry)) + " bytes, and the sections in the order below, each aligned to " +
      std::to_string(kSectionAlignment) + " bytes with zeros between. The format's version is " +
      std::to_string(kFormatMajor) + "." + std::to_string(kFormatMinor) +
      "; another major version or a larger minor one is refused. The header holds a checksum that finds accidents, and "
      "a SHA-256 that names the "
      "bundle in reports. What each record means is said in `runtime/format/bundle.h`.\n\n"
      "The runtime copies a bundle and verifies all of it before it believes any of it: container, tables, then code, "
      "in one pass. What is accepted "
      "cannot read outside its memory, ends within a bound that is known before, and decides nothing by a rule that "
      "the listing does not show.\n\n"
      "## Sections\n\n| section | record | holds |\n| --- | --- | --- |\n";
#define BYLAW_SECTION(name, record, member, says) text += row({"`" #name "`", "`" #record "`", says});
#include "format/sections.def"
#undef BYLAW_SECTION
  text +=
      "\n## Instructions\n\n"
      "An instruction has " +
      std::to_string(sizeof(Instruction)) +
      " bytes: `u16 op, u16 dst, u16 a, u16 b, u32 imm, u16 t, u16 f`. `dst`, `a` and `b` are a base (4 bits) and a "
      "slot (12 bits): base 0 is the "
      "request's frame, 1 to 13 are bound frames, 14 the policy's constants, 15 registers. `t` and `f` are forward "
      "distances, so no code can loop; "
      "`each` is the only repetition, over a collection whose size is bounded. A test goes to `t` or `f`; a value goes "
      "on at `t`. Unused fields are "
      "zero. Numbers, once given, are never reused.\n\n"
      "| number | instruction | operands | goes to | meaning |\n| --- | --- | --- | --- | --- |\n";
  for (std::size_t i = 0; i < kOpCount; ++i)
    text += row({std::to_string(i), "`" + std::string(kOps[i].name) + "`", operands(kOps[i]), exits(kOps[i]),
                 std::string(kOps[i].meaning)});
  text +=
      "\n## Codes\n\nWhat the runtime says of requests and entity data (R) and of bundles (B).\n\n| code | text |\n| "
      "--- | --- |\n";
  for (const CodeInfo& code : kCodes) text += row({std::string(code.code), std::string(code.text)});
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  return bylaw::test::keep_page(argc, argv, "docs/bytecode.md", page(), "scripts/bytecode-page");
}
