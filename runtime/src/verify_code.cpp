// Code, one block after the other. Jumps only go forward, so each instruction is looked at once, with all that is known
// on every path to it: which bases are bound to what, which registers hold what. Where paths meet, what they agree on
// is kept. A loop's body is looked at once too: at `next` everything that was known before the loop must still hold.

#include <array>
#include <memory>

#include "abstract_value.h"
#include "format/calendar.h"
#include "format/layout.h"
#include "format/text_reading.h"
#include "obligations.h"
#include "verify.h"

namespace bylaw {
namespace {

using namespace format;

struct State {
  std::array<AbstractId, kRegisters> registers;
  std::array<AbstractId, 16> bases;  // the frame, or the element, that a base is bound to

  State() {
    registers.fill(kUnset);
    bases.fill(kUnset);
  }
};

std::uint64_t add(std::uint64_t a, std::uint64_t b) {
  return a + b < a ? UINT64_MAX : a + b;
}
std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

/// A block, or the body of a loop in it. Jumps stay inside.
struct Region {
  std::uint32_t begin, end;
  std::uint32_t depth = 0;
  const Region* outer = nullptr;   // of a body: where its loop stands
  std::uint64_t cost = 0;          // instructions that one run can take
  AbstractId collection = kUnset;  // of a body: what its loop runs over
  State entry;                     // of a body: what is known when an element is bound
  std::optional<State> stopped;    // of a body: what is known where `stop` leads to, if one does
};

class CodeCheck {
 public:
  explicit CodeCheck(const BundleView& bundle) : b_(bundle), values_(bundle) {}

  /// The most instructions that a run of the block can take; nothing if it is refused.
  /// `rule`: the `for each` rule whose condition it is, or null.
  std::optional<std::uint64_t> block(std::uint32_t index, const RuleRecord* rule) {
    block_ = &b_.blocks[index];
    index_ = index;
    for_each_ = rule;
    pending_.clear();
    pending_.resize(block_->count);
    pending_[0] = std::make_unique<State>(first_state());
    Region whole{.begin = 0, .end = block_->count, .entry = {}, .stopped = {}};
    if (!region(whole)) return std::nullopt;
    return whole.cost;
  }

  const std::optional<Fault>& fault() const { return fault_; }

 private:
  const Instruction& at(std::uint32_t pc) const { return b_.code[block_->first + pc]; }

  bool fail(std::string_view what) {
    const std::uint16_t op = at(pc_).op;
    const std::string name = known_op(op) ? std::string(kOps[op].name) : std::to_string(op);
    const std::string block = std::to_string(index_), index = std::to_string(pc_);
    if (!fault_)
      fault_ =
          Fault{Code::BadCode, text(Code::BadCode, {{"block", block}, {"index", index}, {"op", name}, {"what", what}})};
    return false;
  }
  bool need(bool holds, std::string_view what) { return holds || fail(what); }

  State first_state() {
    State state;
    state.bases[kRequestBase] = values_.frame(b_.decisions[block_->decision].shape);
    for (std::uint32_t i = 0; i < block_->binder_count; ++i)
      state.bases[kFirstBase + i] = element_of(values_.of_type(b_.binders[block_->first_binder + i].type));
    return state;
  }

  AbstractId element_of(AbstractId collection) {
    const AbstractValue& value = values_[collection];
    return value.cls == Class::Mask ? values_.member(value.ref) : value.ref;
  }

  // --- regions and jumps ---

  bool region(Region& region) {
    for (std::uint32_t pc = region.begin; pc < region.end;) {
      pc_ = pc;
      if (!form(at(pc))) return false;
      const bool loops = info(static_cast<Op>(at(pc).op)).exits == Exits::Loop;
      if (loops && !body_fits(region, at(pc).imm)) return false;
      region.cost = add(region.cost, 1);
      const auto state = std::move(pending_[pc]);
      if (state != nullptr && !(loops ? loop(region, *state) : step(region, *state))) return false;
      if (state == nullptr && !need(!loops, "no path leads to this loop")) return false;
      pc += loops ? 1 + at(pc).imm : 1;
    }
    return true;
  }

  bool body_fits(const Region& region, std::uint32_t body) {
    if (!need(body > 0 && body < region.end - pc_, "its body is empty or goes beyond its region")) return false;
    for (std::uint32_t inside = pc_ + 1; inside <= pc_ + body; ++inside)
      if (!need(pending_[inside] == nullptr, "a jump leads into its body")) return false;
    return need(region.depth < kMaxLoops, "loops are nested too deeply");
  }

  /// The operation is known, and fields that it does not use are zero.
  bool form(const Instruction& in) {
    if (!need(known_op(in.op), "the operation is not known")) return false;
    const OpInfo& op = info(static_cast<Op>(in.op));
    for (const Field field : {Field::Dst, Field::A, Field::B, Field::Imm})
      if (!uses(op, field) && !need(field_of(in, field) == 0, "a field that it does not use is not zero")) return false;
    const bool uses_f = op.exits != Exits::Value && op.exits != Exits::None;
    return need((op.exits != Exits::None || in.t == 0) && (uses_f || in.f == 0), "it has an exit too many");
  }

  bool jump(const Region& region, const State& state, std::uint32_t distance) {
    if (!need(distance > 0 && distance < region.end - pc_, "a jump leads back or out of its region")) return false;
    auto& target = pending_[pc_ + distance];
    if (target == nullptr)
      target = std::make_unique<State>(state);
    else
      meet(*target, state);
    return true;
  }

  /// Keeps what both know.
  void meet(State& into, const State& other) {
    for (std::size_t i = 0; i < into.bases.size(); ++i)
      if (into.bases[i] != other.bases[i]) into.bases[i] = kUnset;
    for (std::size_t i = 0; i < into.registers.size(); ++i)
      into.registers[i] = values_.join(into.registers[i], other.registers[i]);
    drop_parts(into);
  }

  /// A value of several words is there as a whole or not at all.
  void drop_parts(State& state) {
    for (std::uint32_t i = 0; i < kRegisters;) {
      const AbstractId id = state.registers[i];
      const std::uint32_t words = id >= kInside ? 1 : values_[id].words;
      if (id < kInside && whole(state, i, words)) {
        i += words == 0 ? 1 : words;
      } else {
        state.registers[i++] = kUnset;
      }
    }
  }

  static bool whole(const State& state, std::uint32_t at, std::uint32_t words) {
    if (words > kRegisters - at) return false;
    for (std::uint32_t i = at + 1; i < at + words; ++i)
      if (state.registers[i] != kInside) return false;
    return true;
  }

  // --- steps ---

  bool step(Region& region, State& state) {
    const Instruction& in = at(pc_);
    const OpInfo& op = info(static_cast<Op>(in.op));
    if (!operands(in, state) || !together(in, state)) return false;
    if (op.exits == Exits::Maybe && !jump(region, state, in.f)) return false;  // before its result is written
    write(in, state);
    switch (op.exits) {
      case Exits::Test: return jump(region, state, in.t) && jump(region, state, in.f);
      case Exits::Value:
      case Exits::Maybe: return jump(region, state, in.t);
      case Exits::None: return end(region, state, in);
      case Exits::Loop: break;
    }
    return fail("a loop stands where none can");
  }

  bool loop(Region& region, State& state) {
    const std::uint32_t pc = pc_;
    const Instruction& in = at(pc);
    if (!operands(in, state) || !together(in, state)) return false;
    if (!need(in.t > in.imm && in.f > in.imm, "an exit leads into its body")) return false;
    Region body{.begin = pc + 1,
                .end = pc + 1 + in.imm,
                .depth = region.depth + 1,
                .collection = collection_of(in, state),
                .entry = state,
                .stopped = {}};
    body.outer = &region;
    body.entry.bases[base_of(in.dst)] = element_of(body.collection);
    pending_[pc + 1] = std::make_unique<State>(body.entry);
    if (!this->region(body)) return false;
    region.cost = add(region.cost, multiply(body.cost, values_[body.collection].max));
    pc_ = pc;
    return leave(region, state, in.f, in.dst) && (!body.stopped || leave(region, *body.stopped, in.t, in.dst));
  }

  /// What a loop runs over; the rows of a list are a collection of what its entries are.
  AbstractId collection_of(const Instruction& in, const State& state) {
    if (static_cast<Op>(in.op) != Op::EachRow) return read(state, in.a);
    return values_.rows(b_.lists[in.b]);
  }

  /// Behind a loop its base is bound to nothing.
  bool leave(const Region& region, State& state, std::uint32_t distance, std::uint16_t dst) {
    state.bases[base_of(dst)] = kUnset;
    return jump(region, state, distance);
  }

  bool end(Region& region, const State& state, const Instruction& in) {
    const bool in_body = region.depth > 0;
    switch (static_cast<Op>(in.op)) {
      case Op::Next: return need(in_body, "it stands in no loop") && still_holds(region, state);
      case Op::Find: return find(region, state);
      case Op::Stop:
        if (!need(in_body, "it stands in no loop")) return false;
        if (region.stopped)
          meet(*region.stopped, state);
        else
          region.stopped = state;
        return true;
      case Op::Hold:
        return ends_block(BlockKind::Condition, in_body) && need(for_each_ == nullptr, "its rule is a `for each`");
      case Op::End: return ends_block(BlockKind::Condition, in_body);
      case Op::Give:
        return ends_block(BlockKind::Value, in_body) &&
               need(values_.same_form(values_.of_type(block_->type), read(state, in.a)),
                    "its value is of another type than its block");
      default: return fail("it ends no path");
    }
  }

  bool find(const Region& region, const State& state) {
    if (!need(for_each_ != nullptr, "its rule is no `for each`") ||
        !need(region.depth == for_each_->binder_count, "it does not stand in its rule's loops"))
      return false;
    for (const Region* loop = &region; loop->depth > 0; loop = loop->outer) {
      const BinderRecord& binder = b_.binders[for_each_->first_binder + loop->depth - 1];
      if (!need(values_.same_form(values_.of_type(binder.type), loop->collection),
                "its loops run over other elements than its rule"))
        return false;
    }
    return still_holds(region, state);
  }

  bool ends_block(BlockKind kind, bool in_body) {
    return need(!in_body, "it stands in a loop") && need(block_->kind == kind, "it ends another kind of block");
  }

  /// What was known before the loop is true of the next element too.
  bool still_holds(const Region& body, const State& state) {
    const unsigned own = base_of(at(body.begin - 1).dst);
    for (unsigned i = 0; i < state.bases.size(); ++i)
      if (i != own && body.entry.bases[i] != kUnset &&
          !need(state.bases[i] == body.entry.bases[i], "its loop binds a base that was bound before to something else"))
        return false;
    for (std::size_t i = 0; i < kRegisters; ++i)
      if (body.entry.registers[i] != kUnset &&
          !need(values_.accepts(body.entry.registers[i], state.registers[i]), "its loop changes what a register holds"))
        return false;
    return true;
  }

  // --- operands ---

  /// What the operand holds; kUnset if it cannot be read.
  AbstractId read(const State& state, std::uint16_t operand) {
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

  AbstractId constant(std::uint32_t slot) {
    if (block_->policy == kNone || slot >= b_.policies[block_->policy].constant_count) return kUnset;
    const std::uint32_t type = b_.constant_types[b_.policies[block_->policy].constants + slot];
    return type == kNone ? kUnset : values_.of_type(type);
  }

  bool readable(const State& state, std::uint16_t operand) {
    const AbstractId id = read(state, operand);
    return need(id < kInside && values_[id].form == AbstractValue::Form::Plain, "it reads what is not there");
  }

  Class class_of(const State& state, std::uint16_t operand) { return values_[read(state, operand)].cls; }

  bool operands(const Instruction& in, const State& state) {
    for (const Operand& operand : info(static_cast<Op>(in.op)).operands)
      if (!this->operand(operand, in, state)) return false;
    return true;
  }

  bool operand(const Operand& operand, const Instruction& in, const State& state) {
    const std::uint32_t value = field_of(in, operand.field);
    const auto place = static_cast<std::uint16_t>(value);
    switch (operand.kind) {
      case OperandKind::None:
      case OperandKind::Number:
      case OperandKind::Body: return true;
      case OperandKind::Slot:
        return readable(state, place) &&
               need(class_of(state, place) == operand.cls, "it reads a value of another class");
      case OperandKind::Presence: return presence(state, place);
      case OperandKind::AnyWord:
        return readable(state, place) && need(one_word(class_of(state, place)), "it reads no single word");
      case OperandKind::Ordered:
        return readable(state, place) && need(is_number(class_of(state, place)), "it reads no number");
      case OperandKind::AnyValue: return readable(state, place);
      case OperandKind::WideValue:
        return readable(state, place) && need(is_wide(class_of(state, place)), "it reads no value of several words");
      case OperandKind::Entry:
        return readable(state, place) &&
               need(class_of(state, place) != Class::Mask && class_of(state, place) != Class::Collection,
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
      case OperandKind::TextMode: return need(value < kTextModes, "its way to read a text is not known");
      case OperandKind::List: return need(value < b_.lists.size(), "its list is beyond the table");
    }
    return fail("an operand is not known");
  }

  static bool one_word(Class cls) { return cls != Class::Mask && cls != Class::Collection && !is_wide(cls); }
  static bool is_wide(Class cls) { return cls == Class::Address || cls == Class::Network || cls == Class::Version; }
  static bool is_number(Class cls) {
    return cls == Class::Int || cls == Class::Time || cls == Class::Duration || cls == Class::Decimal ||
           cls == Class::Member;
  }

  bool presence(const State& state, std::uint16_t operand) {
    const unsigned base = base_of(operand);
    const bool frame = base <= kLastBase && state.bases[base] != kUnset &&
                       values_[state.bases[base]].form == AbstractValue::Form::Frame;
    return need(frame && slot_of(operand) < b_.shapes[values_[state.bases[base]].ref].presence_bits,
                "it reads a presence bit that is not there");
  }

  bool instant(const Instruction& in, const State& state, std::uint16_t operand) {
    const std::uint32_t list = static_cast<Op>(in.op) == Op::EachRow ? in.b : in.imm;
    if (!need(list < b_.lists.size(), "its list is beyond the table")) return false;
    if ((b_.lists[list].flags & kListDated) == 0) return need(operand == 0, "its list has no dates, and it an instant");
    return readable(state, operand) && need(class_of(state, operand) == Class::Time, "its instant is no Time");
  }

  /// Either as many words as a has, or one.
  std::uint32_t result_words(const Instruction& in) const { return static_cast<Op>(in.op) == Op::Move ? in.imm : 1; }

  bool result(const Instruction& in, const State&, std::uint16_t operand) {
    const std::uint32_t words = result_words(in);
    return need(base_of(operand) == kRegisterBase && words <= kRegisters && slot_of(operand) <= kRegisters - words,
                "its result goes beyond the registers");
  }

  /// An element of one word, as the whole-set tests and `has` compare them.
  bool word_elements(const State& state, std::uint16_t operand) {
    const AbstractValue& element = values_[element_of(read(state, operand))];
    return need(element.form == AbstractValue::Form::Plain && one_word(element.cls),
                "its elements are no single words");
  }

  bool stride_fits(const State& state, const Instruction& in) {
    return need(in.b == values_[element_of(read(state, in.a))].words && in.b > 0, "its stride is another");
  }

  // --- what operands must have in common ---

  bool together(const Instruction& in, const State& state) {
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
      case Op::Has: return word_elements(state, in.b) && of_elements(state, class_of(state, in.a), in.b);
      case Op::SubsetSet:
      case Op::OverlapSet:
      case Op::EqSet: return word_elements(state, in.a) && of_elements(state, element_class(state, in.a), in.b);
      case Op::ReachAny: return of_elements(state, Class::Entity, in.b);
      case Op::MatchAny: return of_elements(state, Class::Pattern, in.b);
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
      case Op::Each:
      case Op::EachRow:
      case Op::Next:
      case Op::Stop:
      case Op::Find:
      case Op::Hold:
      case Op::End:
      case Op::Give: return true;
    }
    return fail("the operation is not known");
  }

  bool of_enum(const State& state, std::uint16_t operand, std::uint32_t enumeration) {
    return need(values_[read(state, operand)].ref == enumeration, "it reads a member or mask of another enum");
  }

  bool unknown(const Instruction& in, const State& state) {
    const EnumRecord& e = b_.enums[values_[read(state, in.a)].ref];
    return need((e.flags & kEnumOpen) != 0 && in.imm == e.member_count, "it does not fit its enum");
  }

  Class element_class(const State& state, std::uint16_t operand) {
    return values_[element_of(read(state, operand))].cls;
  }

  bool of_elements(const State& state, Class cls, std::uint16_t collection) {
    return word_elements(state, collection) &&
           need(element_class(state, collection) == cls, "its elements are of another class");
  }

  bool wide_elements(const State& state, std::uint16_t collection, Class cls) {
    const AbstractValue& element = values_[element_of(read(state, collection))];
    return need(element.form == AbstractValue::Form::Plain && element.cls == cls && is_wide(cls),
                "its elements are of another class");
  }

  bool equal_wide_sets(const Instruction& in, const State& state) {
    return wide_elements(state, in.a, element_class(state, in.a)) &&
           wide_elements(state, in.b, element_class(state, in.a)) &&
           need(in.imm == values_[element_of(read(state, in.a))].words, "its elements have another number of words");
  }

  /// What may be asked of a list: the class of its entries; of version ranges a version.
  static bool asks(Class value, Class entry) {
    if (entry == Class::Pattern) return value == Class::Text;
    return entry == Class::Versions ? value == Class::Version : value == entry;
  }

  bool listed(const Instruction& in, const State& state) {
    const AbstractId entry = values_.of_type(b_.lists[in.imm].type);
    return need(values_[entry].form == AbstractValue::Form::Plain, "its list has columns") &&
           need(asks(class_of(state, in.a), values_[entry].cls), "its list has entries of another class");
  }

  // --- effects ---

  void write(const Instruction& in, State& state) {
    const OpInfo& op = info(static_cast<Op>(in.op));
    if (static_cast<Op>(in.op) == Op::Row) {
      state.bases[base_of(in.dst)] = values_.frame(b_.entity_types[in.imm].shape);
    } else if (uses(op, Field::Dst)) {
      const std::uint32_t slot = slot_of(in.dst);
      const AbstractId value = result_value(in, state);
      state.registers[slot] = value;
      for (std::uint32_t i = 1; i < values_[value].words; ++i) state.registers[slot + i] = kInside;
      drop_parts(state);
    }
  }

  AbstractId result_value(const Instruction& in, const State& state) {
    switch (static_cast<Op>(in.op)) {
      case Op::Move:
      case Op::Min:
      case Op::Max: return read(state, in.a);
      case Op::Div:
      case Op::Mod:
      case Op::Calendar: return values_.plain(Class::Int);
      case Op::ToDecimal:
      case Op::Quantity: return values_.plain(Class::Decimal);
      case Op::AddMonths: return values_.plain(Class::Time);
      case Op::Weekday: return values_.member(in.imm);
      default: return result_of(in.imm);  // arithmetic of a kind
    }
  }

  AbstractId result_of(std::uint32_t kind) {
    switch (static_cast<Arithmetic>(kind)) {
      case Arithmetic::Int: return values_.plain(Class::Int);
      case Arithmetic::Time: return values_.plain(Class::Time);
      case Arithmetic::Duration: return values_.plain(Class::Duration);
      case Arithmetic::Decimal: return values_.plain(Class::Decimal);
    }
    return kUnset;
  }

  const BundleView& b_;
  AbstractValues values_;
  const BlockRecord* block_ = nullptr;
  std::uint32_t index_ = 0;
  const RuleRecord* for_each_ = nullptr;
  std::uint32_t pc_ = 0;
  std::vector<std::unique_ptr<State>> pending_;  // by instruction: what the paths seen so far bring there
  std::optional<Fault> fault_;
};

Fault not_one_rule(std::uint32_t block) {
  return {Code::BadTable,
          text(Code::BadTable, {{"section", "Blocks"},
                                {"index", std::to_string(block)},
                                {"what", "it is the condition of two rules, one of them a `for each`"}})};
}

/// By block: the `for each` rule whose condition it is.
std::optional<Fault> loops_of_blocks(const BundleView& b, std::vector<const RuleRecord*>& rules) {
  std::vector<bool> used(b.blocks.size());
  rules.assign(b.blocks.size(), nullptr);
  for (const RuleRecord& rule : b.rules) {
    if (rule.condition == kNone) continue;
    if (used[rule.condition] && (rules[rule.condition] != nullptr || rule.binder_count != 0))
      return not_one_rule(rule.condition);
    used[rule.condition] = true;
    if (rule.binder_count != 0) rules[rule.condition] = &rule;
  }
  return std::nullopt;
}

/// Every guard, condition and value once.
std::uint64_t cost_of_decision(const BundleView& b, const DecisionRecord& decision,
                               const std::vector<std::uint64_t>& costs) {
  std::uint64_t all = 0;
  for (const PolicyRecord& policy : range(b.policies, decision.first_policy, decision.policy_count))
    if (policy.guard != kNone) all = add(all, costs[policy.guard]);
  for (const RuleRecord& rule : range(b.rules, decision.first_rule, decision.rule_count)) {
    if (rule.condition != kNone) all = add(all, costs[rule.condition]);
    if (rule.value != kNone) all = add(all, costs[rule.value]);
  }
  return all;
}

/// The exempts of a policy that lift everything tell one list of what they lift.
DecisionBounds bounds_of(const BundleView& b, const DecisionRecord& decision, const std::vector<std::uint64_t>& costs) {
  DecisionBounds bounds{.instructions = cost_of_decision(b, decision, costs)};
  for (const RuleRecord& rule : range(b.rules, decision.first_rule, decision.rule_count)) {
    if (rule.kind == RuleKindCode::Deny) ++bounds.lifted;
    if (rule.kind == RuleKindCode::Oblige) bounds.obliged += kept_words(b, b.obligations[rule.obligation]);
    if (rule.kind != RuleKindCode::Exempt) continue;
    ++bounds.exempts;
    if ((rule.flags & kRuleLiftsAll) == 0) bounds.lifted += rule.lift_count;
  }
  return bounds;
}

}  // namespace

std::optional<Fault> verify_code(const BundleView& bundle, std::vector<DecisionBounds>& bounds) {
  std::vector<const RuleRecord*> rules;
  if (auto fault = loops_of_blocks(bundle, rules)) return fault;
  std::vector<std::uint64_t> costs(bundle.blocks.size());
  CodeCheck check(bundle);
  for (std::uint32_t i = 0; i < bundle.blocks.size(); ++i) {
    const auto cost = check.block(i, rules[i]);
    if (!cost) return check.fault();
    costs[i] = *cost;
  }
  bounds.clear();
  for (const DecisionRecord& decision : bundle.decisions) bounds.push_back(bounds_of(bundle, decision, costs));
  return std::nullopt;
}

}  // namespace bylaw
