#include "print_value.h"

#include <cstdio>

#include "bundle_data.h"
#include "format/decimal.h"
#include "format/layout.h"
#include "format/text_forms.h"
#include "map.h"
#include "mask.h"
#include "pattern.h"
#include "wide_value.h"
#include "world_data.h"

namespace bylaw {
namespace {

using namespace format;

constexpr std::size_t kLongestText = 256;
constexpr std::uint32_t kMostElements = 10;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

PrintedValue quoted(std::string text) {
  std::string json = json_string(text);
  return {std::move(text), std::move(json)};
}

PrintedValue plain(std::string text) {
  return {text, text};
}

/// Elements as they come: all of them for JSON, the first ten for people.
class PrintedElements {
 public:
  explicit PrintedElements(bool set) : set_(set) {}

  void add(const PrintedValue& element) {
    json_ += (count_ == 0 ? "" : ",") + element.json;
    if (count_ < kMostElements) text_ += (count_ == 0 ? "" : ", ") + element.text;
    ++count_;
  }

  PrintedValue done() {
    if (count_ > kMostElements) text_ += ", .. " + std::to_string(count_ - kMostElements) + " more";
    return {set_ ? "{" + text_ + "}" : "[" + text_ + "]", "[" + json_ + "]"};
  }

 private:
  bool set_;
  std::uint32_t count_ = 0;
  std::string text_, json_;
};

Memory constants_only(const WorldData& world) {
  return {&world, nullptr, nullptr, {nullptr, nullptr, world.constants.data()}};
}

PrintedValue member(const Printer& printer, const EnumRecord& e, Word word) {
  const BundleView& view = printer.world.view();
  if (word >= e.member_count) return quoted(std::string(printer.text(static_cast<Symbol>(word - e.member_count))));
  return quoted(std::string(view.symbol_text(view.members[e.first_member + static_cast<std::uint32_t>(word)].wire)));
}

PrintedValue mask(const Printer& printer, const EnumRecord& e, const Word* place) {
  const Mask members = mask_at(printer.memory, e, place);
  PrintedElements elements(true);
  for (std::uint32_t i = member_from(members, 0); i < members.members; i = member_from(members, i + 1))
    elements.add(member(printer, e, i));
  for (std::uint32_t i = 0; i < members.others.count; ++i)
    elements.add(quoted(std::string(printer.text(static_cast<Symbol>(members.others.data[i])))));
  return elements.done();
}

PrintedValue elements_of(const Printer& printer, const TypeRecord& type, Word word) {
  const BundleView& view = printer.world.view();
  const Collection values = collection(printer.memory, word);
  const std::uint32_t step = stride(view.types[type.ref], view.shapes);
  PrintedElements elements(type.kind == Kind::Set);
  for (std::uint32_t i = 0; i < values.count; ++i)
    elements.add(printer.print_element(type.ref, values.data + std::size_t{i} * step));
  return elements.done();
}

/// `{app: web, tier: db}`; in JSON an object.
PrintedValue entries_of(const Printer& printer, std::uint32_t map_type, Word word) {
  const EntryLayout entry = entry_layout(printer.world.view(), map_type);
  const std::uint32_t key_type = printer.world.view().fields[printer.world.view().shapes[entry.shape].first_field].type;
  const Collection entries = collection(printer.memory, word);
  std::string people = "{", json = "{";
  for (std::uint32_t i = 0; i < entries.count; ++i) {
    const Word* const here = entries.data + std::size_t{i} * entry.stride;
    const PrintedValue key = printer.print(key_type, here + entry.key_at);
    const PrintedValue value = printer.print(entry.value.type, here + entry.value_at);
    json += (i == 0 ? "" : ",") + key.json + ":" + value.json;
    if (i < kMostElements) people += (i == 0 ? "" : ", ") + key.text + ": " + value.text;
  }
  if (entries.count > kMostElements) people += ", .. " + std::to_string(entries.count - kMostElements) + " more";
  return {people + "}", json + "}"};
}

}  // namespace

Printer::Printer(const WorldData& w) : world(w), memory(constants_only(w)) {}

std::string_view Printer::text(Symbol symbol) const {
  return memory.request != nullptr ? symbol_text(memory, symbol) : world.texts[symbol];
}

std::string_view Printer::id(Word entity) const {
  return memory.request != nullptr ? entity_id(memory, entity) : world.rows[entity_row(entity)].id;
}

std::string Printer::entity(Word entity) const {
  const BundleView& view = world.view();
  return print_entity(view.symbol_text(view.entity_types[entity_type(entity)].short_name), id(entity));
}

PrintedValue Printer::print(std::uint32_t type_index, const Word* place) const {
  const BundleView& view = world.view();
  const TypeRecord& type = view.types[type_index];
  switch (type.kind) {
    case Kind::Bool: return plain(*place != 0 ? "true" : "false");
    case Kind::Int: return plain(std::to_string(static_cast<std::int64_t>(*place)));
    case Kind::Time: return quoted(print_instant(static_cast<std::int64_t>(*place)));
    case Kind::Duration: return quoted(print_duration(static_cast<std::int64_t>(*place)));
    case Kind::Decimal: return plain(print_decimal(static_cast<std::int64_t>(*place)));
    case Kind::String: return quoted(std::string(text(static_cast<Symbol>(*place))));
    case Kind::Glob:
    case Kind::Regex: return quoted(std::string(pattern_text(view, *place)));
    case Kind::Enum: return member(*this, view.enums[type.ref], *place);
    case Kind::Entity: return {std::string(id(*place)), json_string(entity(*place))};
    case Kind::List: return elements_of(*this, type, *place);
    case Kind::Map: return entries_of(*this, type_index, *place);
    case Kind::Any: break;
    case Kind::Set:
      if (view.types[type.ref].kind == Kind::Enum) return mask(*this, view.enums[view.types[type.ref].ref], place);
      return elements_of(*this, type, *place);
    case Kind::Ip: return quoted(print_ip(ip_at(place)));
    case Kind::Cidr: return quoted(print_cidr(cidr_at(place)));
    case Kind::Version: return quoted(print_version(version_at(place, [&](Symbol s) { return text(s); })));
    case Kind::Versions: return quoted(std::string(text(static_cast<Symbol>(*place))));
    case Kind::Record: return {"", "null"};
  }
  return {"", "null"};
}

PrintedValue Printer::print_element(std::uint32_t type_index, const Word* place) const {
  const BundleView& view = world.view();
  const TypeRecord& type = view.types[type_index];
  if (type.kind != Kind::Record || (view.shapes[type.ref].flags & kShapeEither) == 0) return print(type_index, place);
  const ShapeRecord& shape = view.shapes[type.ref];
  for (const FieldRecord& field : range(view.fields, shape.first_field, shape.field_count))
    if ((place[field.presence / 64] >> (field.presence % 64) & 1) != 0)
      return print(field.type, place + presence_words(shape) + field.slot);
  return {"", "null"};
}

PrintedValue Printer::print(const MergedObligation& merged) const {
  if (!merged.is_collection) return print(merged.type, merged.words.data());
  PrintedElements elements(merged.is_set);
  for (std::size_t at = 0; at < merged.words.size(); at += merged.step)
    elements.add(print(merged.type, &merged.words[at]));
  return elements.done();
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (is_control(c)) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += code;
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_control(c)) {
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      char code[12];
      std::snprintf(code, sizeof code, "\\u{%x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += code;
    }
  }
  return out;
}

std::string_view cut(std::string_view text) {
  if (text.size() <= kLongestText) return text;
  std::size_t end = kLongestText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace bylaw
