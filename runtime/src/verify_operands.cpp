#include "verify_operands.h"

#include <algorithm>

#include "format/calendar.h"
#include "format/layout.h"
#include "format/lineage.h"
#include "format/scratch.h"
#include "format/text_reading.h"
#include "verify.h"

namespace bylaw {

using namespace format;

namespace {

bool is_wide(Class cls) {
  return cls == Class::Address || cls == Class::Network || cls == Class::Version;
}

bool one_word(Class cls) {
  return cls != Class::Mask && cls != Class::Collection && cls != Class::Total && cls != Class::Part &&
         cls != Class::Digits && !is_wide(cls);
}

bool is_text(Class cls) {
  return cls == Class::Text || cls == Class::Part;
}

bool is_number(Class cls) {
  return cls == Class::Int || cls == Class::Time || cls == Class::Duration || cls == Class::Decimal ||
         cls == Class::Member;
}

/// What may be asked of a list: the class of its entries; of version ranges a version.
bool asks(Class value, Class entry) {
  if (entry == Class::Pattern) return value == Class::Text;
  return entry == Class::Versions ? value == Class::Version : value == entry;
}

}  // namespace

bool OperandCheck::need(bool holds, std::string_view what) {
  if (!holds) problem_ = what;
  return holds;
}

AbstractId OperandCheck::element_of(AbstractId collection) {
  const AbstractValue& value = values_[collection];
  return value.cls == Class::Mask ? values_.member(value.ref) : value.ref;
}

// --- operands ---

AbstractId OperandCheck::read(const CodeState& state, std::uint16_t operand) {
  const unsigned base = base_of(operand);
  const std::uint32_t slot = slot_of(operand);
  if (base == kRegisterBase) return slot < kRegisters ? state.registers[slot] : kUnset;
  if (base == kConstantBase) return constant(slot);
  const AbstractId bound = state.bases[base];
  if (bound == kUnset) return kUnset;
  if (values_[bound].form == AbstractValue::Form::Plain) return slot == 0 ? bound : kUnset;
  const std::uint32_t type = type_at(b_, values_[bound].ref, slot);
  return type == kNone ? kUnset : values_.of_type(type);
}

AbstractId OperandCheck::constant(std::uint32_t slot) {
  if (block_->policy == kNone || slot >= b_.policies[block_->policy].constant_count) return kUnset;
  const std::uint32_t type = b_.constant_types[b_.policies[block_->policy].constants + slot];
  return type == kNone ? kUnset : values_.of_type(type);
}

bool OperandCheck::readable(const CodeState& state, std::uint16_t operand) {
  const AbstractId id = read(state, operand);
  return need(id < kInside && values_[id].form == AbstractValue::Form::Plain, "it reads what is not there");
}

Class OperandCheck::class_of(const CodeState& state, std::uint16_t operand) {
  return values_[read(state, operand)].cls;
}

bool OperandCheck::operands(const Instruction& in, const CodeState& state) {
  for (const Operand& operand : info(static_cast<Op>(in.op)).operands)
    if (!this->operand(operand, in, state)) return false;
  return true;
}

bool OperandCheck::operand(const Operand& operand, const Instruction& in, const CodeState& state) {
  const std::uint32_t value = field_of(in, operand.field);
  const auto place = static_cast<std::uint16_t>(value);
  switch (operand.kind) {
    case OperandKind::None:
    case OperandKind::Number:
    case OperandKind::NumberB:
    case OperandKind::Links:
    case OperandKind::Body: return true;
    case OperandKind::TableSize: return need(known_table_size(place), "the size of its table is not known");
    case OperandKind::Scratch:
      return need(value <= kMaxScratchWords - table_words(in.b), "its table goes beyond the scratch memory");
    case OperandKind::Slot:
      return readable(state, place) && need(class_of(state, place) == operand.cls, "it reads a value of another class");
    case OperandKind::Presence: return presence(state, place);
    case OperandKind::AnyWord:
      return readable(state, place) && need(one_word(class_of(state, place)), "it reads no single word");
    case OperandKind::Ordered:
      return readable(state, place) && need(is_number(class_of(state, place)), "it reads no number");
    case OperandKind::AnyValue: return readable(state, place);
    case OperandKind::Text:
      return readable(state, place) && need(is_text(class_of(state, place)), "it reads a value of another class");
    case OperandKind::Key:
      return readable(state, place) &&
             need(one_word(class_of(state, place)) || is_text(class_of(state, place)), "it reads no single word");
    case OperandKind::WideValue:
      return readable(state, place) && need(is_wide(class_of(state, place)), "it reads no value of several words");
    case OperandKind::Entry:
      return readable(state, place) && need(one_word(class_of(state, place)) || is_wide(class_of(state, place)),
                                            "it reads no value that a list could have");
    case OperandKind::InstantOfList: return instant(in, state, place);
    case OperandKind::Result: return result(in, state, place);
    case OperandKind::BaseOut:
      return need(base_of(place) >= kFirstBase && base_of(place) <= kLastBase && slot_of(place) == 0,
                  "it binds no base");
    case OperandKind::Words:
      return need(value == values_[read(state, in.a)].words, "its value has another number of words");
    case OperandKind::Kind: return need(value < kArithmeticKinds, "its kind is not known");
    case OperandKind::CalendarPart: return need(value < kCalendarParts, "there is no such part");
    case OperandKind::Enum: return need(value < b_.enums.size(), "its enum is beyond the table");
    case OperandKind::Stride: return stride_fits(state, in);
    case OperandKind::EntitySet: return need(value < b_.entity_sets.size(), "its entity set is beyond the table");
    case OperandKind::EntityType: return need(value < b_.entity_types.size(), "its entity type is beyond the table");
    case OperandKind::LineageType: return lineage_type(value);
    case OperandKind::TextMode: return need(value < kTextModes, "its way to read a text is not known");
    case OperandKind::TextModes: return need(value < kTextModes * kTextModes, "its way to read two texts is not known");
    case OperandKind::PartWords:
      return need(value >= 2 && value <= words_of_pieces(kMostPieces), "its part has another number of words");
    case OperandKind::Pieces: return need(value > 0 && value <= kMostPieces, "it puts together none or too many");
    case OperandKind::PartOf:
      return need(value < kTextParts * kTextModes * kTextModes, "there is no such part of a text");
    case OperandKind::MapType:
      return need(value < b_.types.size() && b_.types[value].kind == Kind::Map, "its type is no map");
    case OperandKind::List: return need(value < b_.lists.size(), "its list is beyond the table");
  }
  return need(false, "an operand is not known");
}

bool OperandCheck::lineage_type(std::uint32_t type) {
  return need(type < b_.types.size() && b_.types[type].kind == Kind::List &&
                  b_.types[b_.types[type].ref].kind == Kind::Entity && b_.types[type].max >= kMostInLineage,
              "its type is no list of entities, or too short");
}

bool OperandCheck::presence(const CodeState& state, std::uint16_t operand) {
  const unsigned base = base_of(operand);
  const bool frame =
      base <= kLastBase && state.bases[base] != kUnset && values_[state.bases[base]].form == AbstractValue::Form::Frame;
  return need(frame && slot_of(operand) < b_.shapes[values_[state.bases[base]].ref].presence_bits,
              "it reads a presence bit that is not there");
}

bool OperandCheck::instant(const Instruction& in, const CodeState& state, std::uint16_t operand) {
  const std::uint32_t list = static_cast<Op>(in.op) == Op::EachRow ? in.b : in.imm;
  if (!need(list < b_.lists.size(), "its list is beyond the table")) return false;
  if ((b_.lists[list].flags & kListDated) == 0) return need(operand == 0, "its list has no dates, and it an instant");
  return readable(state, operand) && need(class_of(state, operand) == Class::Time, "its instant is no Time");
}

/// As many words as a has, those of a total, a part or digits, or one.
std::uint32_t OperandCheck::result_words(const Instruction& in, const CodeState& state) {
  switch (static_cast<Op>(in.op)) {
    case Op::Move:
    case Op::Whole: return in.imm;
    case Op::Join: return words_of_pieces(std::min(in.imm, kMostPieces));
    case Op::Part: return std::max(2U, words_of_part(state, in.a));
    case Op::Widen:
    case Op::Sum:
    case Op::Spelling:
    case Op::Id:
    case Op::Digits: return 2;
    default: return 1;
  }
}

/// 0 of what is no part.
std::uint32_t OperandCheck::words_of_part(const CodeState& state, std::uint16_t operand) {
  const AbstractId id = read(state, operand);
  return id < kInside && values_[id].cls == Class::Part ? values_[id].words : 0;
}

/// Parts of two words, or digits, stand where `join` puts them together.
bool OperandCheck::joined(const Instruction& in, const CodeState& state) {
  for (std::uint32_t i = 0; i < in.imm; ++i) {
    const AbstractId piece = state.registers[slot_of(in.dst) + words_of_pieces(i)];
    const bool fits = piece == values_.part(2) || piece == values_.digits();
    if (!need(fits, "one of its pieces is no part")) return false;
  }
  return true;
}

bool OperandCheck::result(const Instruction& in, const CodeState& state, std::uint16_t operand) {
  const std::uint32_t words = result_words(in, state);
  return need(base_of(operand) == kRegisterBase && words <= kRegisters && slot_of(operand) <= kRegisters - words,
              "its result goes beyond the registers");
}

/// An element of one word, as the whole-set tests and `has` compare them.
bool OperandCheck::word_elements(const CodeState& state, std::uint16_t operand) {
  const AbstractValue& element = values_[element_of(read(state, operand))];
  return need(element.form == AbstractValue::Form::Plain && one_word(element.cls), "its elements are no single words");
}

bool OperandCheck::stride_fits(const CodeState& state, const Instruction& in) {
  return need(in.b == values_[element_of(read(state, in.a))].words && in.b > 0, "its stride is another");
}

// --- what operands must have in common ---

bool OperandCheck::together(const Instruction& in, const CodeState& state) {
  switch (static_cast<Op>(in.op)) {
    case Op::Eq:
    case Op::Lt:
    case Op::Eq2: return need(class_of(state, in.a) == class_of(state, in.b), "its operands are of two classes");
    case Op::Min:
    case Op::Max: return need(read(state, in.a) == read(state, in.b), "its operands are of two kinds");
    case Op::Has2: return wide_elements(state, in.b, class_of(state, in.a));
    case Op::EqSet2: return equal_wide_sets(in, state);
    case Op::Weekday:
      return need(b_.enums[in.imm].member_count == kWeekdays && (b_.enums[in.imm].flags & kEnumOpen) == 0,
                  "its enum has other members than seven days");
    case Op::Unknown: return unknown(in, state);
    case Op::Includes:
    case Op::SetIncludes:
      return of_enum(state, in.a, in.imm) && of_enum(state, in.b, in.imm) &&
             need(b_.enums[in.imm].closure != kNone, "its enum has no order of inclusion");
    case Op::InMask:
    case Op::SubsetMask:
    case Op::OverlapMask:
    case Op::EqMask: return of_enum(state, in.a, in.imm) && of_enum(state, in.b, in.imm);
    case Op::EmptyMask: return of_enum(state, in.a, in.imm);
    case Op::EachMember: return of_enum(state, in.a, in.b);
    case Op::CountMask: return of_enum(state, in.a, in.imm);
    case Op::EachRow: return need(base_of(in.a) != base_of(in.dst), "its instant lies in what it binds");
    case Op::EachChain: return need(in.b > 0 && in.b < in.imm, "it has no operand, or no body behind them");
    case Op::Sum: return need(class_of_register(state, in.dst) == Class::Total, "it adds to what is no total");
    case Op::Clamp: return need(static_cast<Arithmetic>(in.imm) != Arithmetic::Time, "it gives a Time");
    case Op::Fresh:
      return need((one_word(class_of(state, in.a)) || is_wide(class_of(state, in.a))) &&
                      values_[read(state, in.a)].words == table_value_words(in.b),
                  "its table holds values of another size");
    case Op::Spelling: return of_enum(state, in.a, in.imm);
    case Op::Join: return joined(in, state);
    case Op::Whole: return need(words_of_part(state, in.a) <= in.imm, "its part has more words");
    case Op::Has: return word_elements(state, in.b) && of_elements(state, class_of(state, in.a), in.b);
    case Op::SubsetSet:
    case Op::OverlapSet:
    case Op::EqSet: return word_elements(state, in.a) && of_elements(state, element_class(state, in.a), in.b);
    case Op::ReachAny: return of_elements(state, Class::Entity, in.b);
    case Op::MatchAny: return of_elements(state, Class::Pattern, in.b);
    case Op::HasFolded: return of_elements(state, Class::Text, in.b);
    case Op::Lookup: return lookup(in, state);
    case Op::Listed:
    case Op::ListedDirectly: return listed(in, state);
    case Op::ListedIp:
      return need(values_[values_.of_type(b_.lists[in.imm].type)].cls == Class::Network,
                  "its list has entries of another class");
    case Op::LtVersion:
    case Op::InCidr:
    case Op::CidrInCidr:
    case Op::InVersions:
    case Op::Match:
    case Op::Prefix:
    case Op::Suffix:
    case Op::Contains:
    case Op::EqFolded:
    case Op::Part:
    case Op::Id:
    case Op::Digits:
    case Op::Integer:
    case Op::Length:
    case Op::True:
    case Op::Present:
    case Op::Empty:
    case Op::IsType:
    case Op::Reach:
    case Op::Parent:
    case Op::Move:
    case Op::Add:
    case Op::Sub:
    case Op::Mul:
    case Op::Neg:
    case Op::Div:
    case Op::Mod:
    case Op::ToDecimal:
    case Op::AddMonths:
    case Op::Calendar:
    case Op::Quantity:
    case Op::Row:
    case Op::Lineage:
    case Op::Each:
    case Op::Link:
    case Op::Count:
    case Op::Forget:
    case Op::Widen:
    case Op::Next:
    case Op::Stop:
    case Op::Find:
    case Op::Hold:
    case Op::End:
    case Op::Give: return true;
  }
  return need(false, "the operation is not known");
}

std::optional<Class> OperandCheck::class_of_register(const CodeState& state, std::uint16_t operand) {
  const AbstractId id = read(state, operand);
  return id < kInside ? std::optional(values_[id].cls) : std::nullopt;
}

/// What an `each_chain` goes through; kUnset with a problem. Its links are read while its body runs, so they lie
/// elsewhere than what it binds.
AbstractId OperandCheck::chain(const Instruction& in, const Instruction* links, const CodeState& state) {
  AbstractId element = kUnset;
  std::uint64_t most = 0;
  for (std::uint32_t i = 0; i < in.b; ++i) {
    const Instruction& link = links[i];
    const bool form =
        link.op == static_cast<std::uint16_t>(Op::Link) && link.dst == 0 && link.imm == 0 && link.t == 0 && link.f == 0;
    if (!need(form, "one of its operands is no link") || !readable(state, link.a) ||
        !need(base_of(link.a) != base_of(in.dst), "one of its operands lies in what it binds"))
      return kUnset;
    const AbstractValue& value = values_[read(state, link.a)];
    const bool single = link.b == 0;
    if (!need(single || (value.cls == Class::Collection && values_[value.ref].words == link.b),
              "one of its operands has another stride"))
      return kUnset;
    most += single ? 1 : value.max;
    const AbstractId own = single ? read(state, link.a) : value.ref;
    element = i == 0 ? own : values_.join(element, own);
    if (!need(element != kUnset, "its operands have elements of two classes")) return kUnset;
  }
  return values_.elements(element, static_cast<std::uint32_t>(std::min<std::uint64_t>(most, UINT32_MAX)));
}

bool OperandCheck::of_enum(const CodeState& state, std::uint16_t operand, std::uint32_t enumeration) {
  return need(values_[read(state, operand)].ref == enumeration, "it reads a member or mask of another enum");
}

bool OperandCheck::unknown(const Instruction& in, const CodeState& state) {
  const EnumRecord& e = b_.enums[values_[read(state, in.a)].ref];
  return need((e.flags & kEnumOpen) != 0 && in.imm == e.member_count, "it does not fit its enum");
}

Class OperandCheck::element_class(const CodeState& state, std::uint16_t operand) {
  return values_[element_of(read(state, operand))].cls;
}

bool OperandCheck::of_elements(const CodeState& state, Class cls, std::uint16_t collection) {
  return word_elements(state, collection) &&
         need(element_class(state, collection) == cls, "its elements are of another class");
}

bool OperandCheck::wide_elements(const CodeState& state, std::uint16_t collection, Class cls) {
  const AbstractValue& element = values_[element_of(read(state, collection))];
  return need(element.form == AbstractValue::Form::Plain && element.cls == cls && is_wide(cls),
              "its elements are of another class");
}

bool OperandCheck::equal_wide_sets(const Instruction& in, const CodeState& state) {
  return wide_elements(state, in.a, element_class(state, in.a)) &&
         wide_elements(state, in.b, element_class(state, in.a)) &&
         need(in.imm == values_[element_of(read(state, in.a))].words, "its elements have another number of words");
}

bool OperandCheck::listed(const Instruction& in, const CodeState& state) {
  const AbstractId entry = values_.of_type(b_.lists[in.imm].type);
  return need(values_[entry].form == AbstractValue::Form::Plain, "its list has columns") &&
         need(asks(class_of(state, in.a), values_[entry].cls), "its list has entries of another class");
}

bool OperandCheck::lookup(const Instruction& in, const CodeState& state) {
  const ShapeRecord& entry = b_.shapes[b_.types[b_.types[in.imm].ref].ref];
  const AbstractValue& wanted = values_[values_.of_type(b_.fields[entry.first_field].type)];
  const AbstractValue key = values_[read(state, in.b)];
  return need(values_.same_form(read(state, in.a), values_.of_type(in.imm)), "it reads another map") &&
         need((key.cls == wanted.cls && key.ref == wanted.ref) || (key.cls == Class::Part && wanted.cls == Class::Text),
              "its key is of another class");
}

bool OperandCheck::gives_text(const CodeState& state, std::uint16_t operand) {
  return is_text(class_of(state, operand));
}

AbstractId OperandCheck::result_value(const Instruction& in, const CodeState& state) {
  switch (static_cast<Op>(in.op)) {
    case Op::Move:
    case Op::Min:
    case Op::Max: return read(state, in.a);
    case Op::Div:
    case Op::Mod:
    case Op::Length:
    case Op::Integer:
    case Op::Count:
    case Op::CountMask:
    case Op::Calendar: return values_.plain(Class::Int);
    case Op::Widen:
    case Op::Sum: return values_.total();
    case Op::Part:
    case Op::Whole:
    case Op::Join: return values_.part(result_words(in, state));
    case Op::Spelling:
    case Op::Id: return values_.part(2);
    case Op::Digits: return values_.digits();
    case Op::ToDecimal:
    case Op::Quantity: return values_.plain(Class::Decimal);
    case Op::AddMonths: return values_.plain(Class::Time);
    case Op::Weekday: return values_.member(in.imm);
    case Op::Lineage: return values_.of_type(in.imm);
    default: return result_of(in.imm);  // arithmetic of a kind
  }
}

AbstractId OperandCheck::result_of(std::uint32_t kind) {
  switch (static_cast<Arithmetic>(kind)) {
    case Arithmetic::Int: return values_.plain(Class::Int);
    case Arithmetic::Time: return values_.plain(Class::Time);
    case Arithmetic::Duration: return values_.plain(Class::Duration);
    case Arithmetic::Decimal: return values_.plain(Class::Decimal);
  }
  return kUnset;
}

}  // namespace bylaw
