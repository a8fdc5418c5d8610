// The loop. For who edits it:
// - A case is a few lines that name an operation; what needs more is a function in mask.h, saturating.h or memory.h.
// - A test adds t or f, a value adds t, a loop enters its body at the next instruction, `next` goes on behind its
// `each`.
// - Nothing here allocates, throws or checks what the verifier has shown; accessors assert it.
// - Operands of one instruction are read before its result is written: dst may be a or b.
// - There is no `default`: the compiler names this place when opcodes.def gets a row.
// - Recording is a template parameter, so that deciding pays nothing for it.

#include "vm.h"

#include <algorithm>
#include <cstring>

#include "format/calendar.h"
#include "format/decimal.h"
#include "lineage.h"
#include "machine_texts.h"
#include "map.h"
#include "mask.h"
#include "pattern.h"
#include "saturating.h"
#include "scratch.h"
#include "vm_state.h"
#include "wide_value.h"

namespace bylaw {
namespace {

using namespace format;
using namespace machine;

struct Ending {
  bool holds = false;
  const Word* value = nullptr;  // of `give`
};

/// Where a loop's body begins: behind its links.
const Instruction* body_of(const Instruction* each) {
  return each + 1 + (static_cast<Op>(each->op) == Op::EachChain ? each->b : 0);
}

/// Deciding: the first element that is found ends the block.
struct Deciding {
  static constexpr bool kStopsAtFind = true;
  void found(const Machine&) {}
  void listed(const ListTest&) {}
  void bound(const Machine&, const Instruction*) {}
  bool met(const Loop&) { return true; }
};

FoundElements elements_of(const Machine& m) {
  FoundElements elements{.count = m.depth};
  for (unsigned i = 0; i < m.depth; ++i) {
    const Instruction& each = *m.loops[i].each;
    elements.index[i] = m.loops[i].index;
    elements.list[i] = static_cast<Op>(each.op) == Op::EachRow ? each.b : kNone;
    elements.elements[i] = m.bases[base_of(m.loops[i].each->dst)];
  }
  return elements;
}

/// Of a block with `find`: the `each` of the loop that it stands in; null without.
const Instruction* loop_of_find(const BundleView& bundle, const BlockRecord& block) {
  const auto code = range(bundle.code, block.first, block.count);
  const auto is_find = [](const Instruction& in) { return static_cast<Op>(in.op) == Op::Find; };
  const auto find = std::find_if(code.begin(), code.end(), is_find) - code.begin();
  const Instruction* innermost = nullptr;
  for (std::ptrdiff_t i = 0; i < find && find < std::ssize(code); ++i) {
    const Instruction& in = code[static_cast<std::size_t>(i)];
    const bool loops = info(static_cast<Op>(in.op)).exits == Exits::Loop;
    if (loops && find - i <= static_cast<std::ptrdiff_t>(in.imm)) innermost = &in;
  }
  return innermost;
}

struct Recording {
  static constexpr bool kStopsAtFind = false;
  const Recorder& recorder;
  const Instruction* innermost;  // of the rule's loops
  bool found_any = false;
  void found(const Machine& m) {
    found_any = true;
    if (recorder.found != nullptr) recorder.found(recorder.context, elements_of(m));
  }
  void listed(const ListTest& test) {
    if (recorder.listed != nullptr) recorder.listed(recorder.context, test);
  }
  /// A row came to `stop`: the loop goes on, for others may. False then.
  bool met(Loop& loop) {
    if (static_cast<Op>(loop.each->op) != Op::EachRow) return true;
    loop.met = true;
    note_row(loop);
    return false;
  }
  void note_row(const Loop& loop) {
    if (recorder.row != nullptr && static_cast<Op>(loop.each->op) == Op::EachRow)
      recorder.row(recorder.context, loop.each->b, loop.index);
  }
  /// After a step of a loop that leads to `pc`.
  void bound(const Machine& m, const Instruction* pc) {
    if (recorder.bound != nullptr && innermost != nullptr && pc == body_of(innermost))
      recorder.bound(recorder.context, elements_of(m));
  }
};

Mask mask(const Machine& m, std::uint16_t operand, std::uint32_t enumeration) {
  return mask_at(m.memory, m.bundle.enums[enumeration], m.place(operand));
}

Version version(const Machine& m, std::uint16_t operand) {
  return version_at(m.place(operand), [&](Symbol symbol) { return symbol_text(m.memory, symbol); });
}

bool is_type(const BundleView& bundle, Word entity, std::uint32_t set) {
  const auto types = range(bundle.pool, bundle.entity_sets[set].first, bundle.entity_sets[set].count);
  return std::find(types.begin(), types.end(), entity_type(entity)) != types.end();
}

/// The attributes of an entity of this type; of another one the zero row.
const Word* attributes(const Machine& m, Word entity, std::uint32_t type) {
  return entity_frame(m.memory, entity_type(entity) == type ? entity : entity_word(type, 0));
}

ListValue list_value(const Machine& m, const Instruction& in) {
  ListValue value;
  const Kind kind = m.bundle.types[m.bundle.lists[in.imm].type].kind;
  if (static_cast<Op>(in.op) == Op::ListedIp) {
    const Word* address = m.place(in.a);
    value.words = {address[0], address[1], 128};
  } else {
    std::copy_n(m.place(in.a), words_asked(kind), value.words.begin());
  }
  return value;
}

template <class Recording>
bool is_listed(const Machine& m, const Instruction& in, bool directly, Recording& recording) {
  const bool dated = (m.bundle.lists[in.imm].flags & kListDated) != 0;
  const std::int64_t now = dated ? m.number(in.b) : 0;
  const ListValue value = list_value(m, in);
  const bool result = listed(m.memory, in.imm, value, now, directly);
  recording.listed({in.imm, value, now, directly, result});
  return result;
}

// --- loops ---

/// Binds the next element; false if there is none.
bool advance_elements(Machine& m, Loop& loop) {
  if (loop.left == 0) return false;
  --loop.left;
  m.bind(loop.each->dst, loop.next);
  loop.next += loop.each->b;
  return true;
}

bool advance_members(Machine& m, Loop& loop) {
  const Mask members{loop.next, m.bundle.enums[loop.each->b].member_count, 0, loop.others};
  loop.bit = member_from(members, loop.bit);
  if (loop.bit < members.members) {
    loop.member = loop.bit++;
  } else if (loop.left > 0) {
    loop.member = members.members + loop.others.data[loop.others.count - loop.left--];
  } else {
    return false;
  }
  m.bind(loop.each->dst, &loop.member);
  return true;
}

/// The next row that lives.
bool advance_rows(Machine& m, Loop& loop) {
  const ListRecord& list = m.bundle.lists[loop.each->b];
  const bool dated = (list.flags & kListDated) != 0;
  const std::int64_t now = dated ? m.number(loop.each->a) : 0;
  for (; loop.index < list.row_count; ++loop.index) {
    const RowRecord& row = m.bundle.rows[list.first_row + loop.index];
    if (dated && (now < row.since || now >= row.until)) continue;
    m.bind(loop.each->dst, m.memory.arenas[static_cast<unsigned>(Owner::Constants)] + row.value);
    return true;
  }
  return false;
}

/// Each operand is read when its turn comes.
bool advance_chain(Machine& m, Loop& loop) {
  while (loop.left == 0) {
    if (loop.link == loop.each->b) return false;
    const Instruction& link = loop.each[++loop.link];
    loop.stride = link.b;
    const Collection elements = link.b == 0 ? Collection{m.place(link.a), 1} : m.elements(link.a);
    loop.next = elements.data;
    loop.left = elements.count;
  }
  --loop.left;
  m.bind(loop.each->dst, loop.next);
  loop.next += loop.stride;
  return true;
}

bool advance(Machine& m, Loop& loop) {
  ++loop.index;
  switch (static_cast<Op>(loop.each->op)) {
    case Op::EachRow: return advance_rows(m, loop);
    case Op::Each: return advance_elements(m, loop);
    case Op::EachChain: return advance_chain(m, loop);
    default: return advance_members(m, loop);
  }
}

/// Where a loop goes on: into its body with the next element, or out of it.
const Instruction* next_element(Machine& m) {
  Loop& loop = m.innermost();
  if (advance(m, loop)) return body_of(loop.each);
  --m.depth;
  return loop.each + (loop.met ? loop.each->t : loop.each->f);
}

const Instruction* enter(Machine& m, const Instruction* each) {
  Loop& loop = m.loops[m.depth++];
  loop = {};
  loop.each = each;
  loop.index = UINT32_MAX;  // before the first
  if (static_cast<Op>(each->op) == Op::Each) {
    const Collection elements = m.elements(each->a);
    loop.next = elements.data;
    loop.left = elements.count;
  } else if (static_cast<Op>(each->op) == Op::EachMember) {
    const Mask members = mask(m, each->a, each->b);
    loop.next = members.bits;
    loop.others = members.others;
    loop.left = members.others.count;
  }
  return next_element(m);
}

const Instruction* leave(Machine& m) {
  const Instruction* each = m.innermost().each;
  --m.depth;
  return each + each->t;
}

// --- the loop ---

template <class Recording>
Ending run(Machine& m, const Instruction* pc, Recording& recording) {
  for (;;) {
    const Instruction& in = *pc;
    bool test = false;  // each test sets it; g++ cannot see that no other opcode falls out of the switch
    switch (static_cast<Op>(in.op)) {
      case Op::True: test = m.word(in.a) != 0; break;
      case Op::Present: test = m.present(in.a); break;
      case Op::Unknown: test = m.word(in.a) >= in.imm; break;
      case Op::Empty: test = m.elements(in.a).count == 0; break;
      case Op::EmptyMask: test = is_empty(mask(m, in.a, in.imm)); break;

      case Op::Eq: test = m.word(in.a) == m.word(in.b); break;
      case Op::Lt: test = m.number(in.a) < m.number(in.b); break;
      case Op::InMask: test = contains(mask(m, in.b, in.imm), m.word(in.a)); break;
      case Op::SubsetMask: test = is_within(mask(m, in.a, in.imm), mask(m, in.b, in.imm)); break;
      case Op::OverlapMask: test = overlaps(mask(m, in.a, in.imm), mask(m, in.b, in.imm)); break;
      case Op::EqMask: test = is_equal(mask(m, in.a, in.imm), mask(m, in.b, in.imm)); break;
      case Op::Includes: test = includes(m.memory, m.bundle.enums[in.imm], m.word(in.a), m.word(in.b)); break;
      case Op::SetIncludes:
        test = some_includes(m.memory, m.bundle.enums[in.imm], mask(m, in.a, in.imm), m.word(in.b));
        break;
      case Op::Has: test = contains(m.elements(in.b), m.word(in.a)); break;
      case Op::SubsetSet: test = is_within(m.elements(in.a), m.elements(in.b)); break;
      case Op::OverlapSet: test = overlaps(m.elements(in.a), m.elements(in.b)); break;
      case Op::EqSet: test = is_equal(m.elements(in.a), m.elements(in.b)); break;

      case Op::IsType: test = is_type(m.bundle, m.word(in.a), in.imm); break;
      case Op::Reach: test = reaches(m.memory, m.word(in.a), m.word(in.b)); break;
      case Op::ReachAny: test = reaches_any(m.memory, m.word(in.a), m.elements(in.b)); break;
      case Op::Parent: test = has_parent(m.memory, m.word(in.a), m.word(in.b)); break;
      case Op::Listed: test = is_listed(m, in, false, recording); break;
      case Op::ListedDirectly: test = is_listed(m, in, true, recording); break;
      case Op::ListedIp: test = is_listed(m, in, false, recording); break;

      case Op::Eq2: test = same_words(m.place(in.a), m.place(in.b), in.imm); break;
      case Op::Has2: test = contains_words(m.elements(in.b), m.place(in.a), in.imm); break;
      case Op::EqSet2: test = is_equal_wide(m.elements(in.a), m.elements(in.b), in.imm); break;
      case Op::LtVersion: test = compare(version(m, in.a), version(m, in.b)) < 0; break;
      case Op::InCidr: test = is_inside(ip_at(m.place(in.a)), cidr_at(m.place(in.b))); break;
      case Op::CidrInCidr: test = is_inside(cidr_at(m.place(in.a)), cidr_at(m.place(in.b))); break;
      case Op::InVersions:
        test = versions_contain(symbol_text(m.memory, static_cast<Symbol>(m.word(in.b))), version(m, in.a));
        break;

      case Op::Match:
        test = with_text(m, in.a, in.imm, [&](const auto& text) { return matches(m.bundle, m.word(in.b), text); });
        break;
      case Op::MatchAny:
        test =
            with_text(m, in.a, in.imm, [&](const auto& text) { return matches_any(m.bundle, m.elements(in.b), text); });
        break;

      case Op::Prefix:
        test = with_texts(m, in, in.imm, [](const auto& a, const auto& b) { return has_prefix(a, b); });
        break;
      case Op::Suffix:
        test = with_texts(m, in, in.imm, [](const auto& a, const auto& b) { return has_suffix(a, b); });
        break;
      case Op::Contains:
        test = with_texts(m, in, in.imm, [&](const auto& a, const auto& b) { return has_part(m.memory, a, b); });
        break;
      case Op::EqFolded:
        test = with_texts(m, in, in.imm, [](const auto& a, const auto& b) { return equal(a, b); });
        break;
      case Op::HasFolded:
        test = with_text(m, in.a, in.imm, [&](const auto& text) { return has_text(m.memory, m.elements(in.b), text); });
        break;

      case Op::Move:
        std::memmove(m.registers + slot_of(in.dst), m.place(in.a), in.imm * sizeof(Word));
        pc += in.t;
        continue;
      case Op::Add:
        m.set(in.dst,
              static_cast<Word>(saturating_add(static_cast<Arithmetic>(in.imm), m.number(in.a), m.number(in.b))));
        pc += in.t;
        continue;
      case Op::Sub:
        m.set(in.dst,
              static_cast<Word>(saturating_subtract(static_cast<Arithmetic>(in.imm), m.number(in.a), m.number(in.b))));
        pc += in.t;
        continue;
      case Op::Mul:
        m.set(in.dst,
              static_cast<Word>(saturating_multiply(static_cast<Arithmetic>(in.imm), m.number(in.a), m.number(in.b))));
        pc += in.t;
        continue;
      case Op::Neg:
        m.set(in.dst, static_cast<Word>(saturating_negate(static_cast<Arithmetic>(in.imm), m.number(in.a))));
        pc += in.t;
        continue;
      case Op::Min:
        m.set(in.dst, static_cast<Word>(std::min(m.number(in.a), m.number(in.b))));
        pc += in.t;
        continue;
      case Op::Max:
        m.set(in.dst, static_cast<Word>(std::max(m.number(in.a), m.number(in.b))));
        pc += in.t;
        continue;
      case Op::Div:
        m.set(in.dst, static_cast<Word>(floored_divide(m.number(in.a), m.number(in.b))));
        pc += in.t;
        continue;
      case Op::Mod:
        m.set(in.dst, static_cast<Word>(floored_modulo(m.number(in.a), m.number(in.b))));
        pc += in.t;
        continue;
      case Op::ToDecimal:
        m.set(in.dst, static_cast<Word>(decimal_from(m.number(in.a))));
        pc += in.t;
        continue;
      case Op::AddMonths:
        m.set(in.dst, static_cast<Word>(add_months(m.number(in.a), m.number(in.b))));
        pc += in.t;
        continue;
      case Op::Calendar:
        m.set(in.dst, static_cast<Word>(calendar_part(static_cast<CalendarPart>(in.imm), m.number(in.a))));
        pc += in.t;
        continue;
      case Op::Weekday:
        m.set(in.dst, static_cast<Word>(weekday(m.number(in.a))));
        pc += in.t;
        continue;
      case Op::Length:
        m.set(in.dst, with_text(m, in.a, 0, [](const auto& read) { return count_code_points(read.text); }));
        pc += in.t;
        continue;
      case Op::Quantity: pc += quantity(m, in) ? in.t : in.f; continue;
      case Op::Integer: pc += integer(m, in) ? in.t : in.f; continue;
      case Op::Part: pc += part(m, in) ? in.t : in.f; continue;
      case Op::Whole:
        whole(m, in);
        pc += in.t;
        continue;
      case Op::Spelling:
        m.set_part(in.dst, spelling(m, in));
        pc += in.t;
        continue;
      case Op::Id:
        m.set_part(in.dst, whole_text(m.memory, with_form(TextForm::Id, m.word(in.a))));
        pc += in.t;
        continue;
      case Op::Digits:
        m.set_digits(in.dst, m.word(in.a));
        pc += in.t;
        continue;
      case Op::Join:
        write_joined(m.memory, m.registers + slot_of(in.dst), in.imm);
        pc += in.t;
        continue;
      case Op::Row:
        m.bind(in.dst, attributes(m, m.word(in.a), in.imm));
        pc += in.t;
        continue;
      case Op::Lookup:
        m.bind(in.dst, entry(m, in));
        pc += in.t;
        continue;

      case Op::Count:
        m.set(in.dst, m.elements(in.a).count);
        pc += in.t;
        continue;
      case Op::CountMask:
        m.set(in.dst, count(mask(m, in.a, in.imm)));
        pc += in.t;
        continue;
      case Op::Forget:
        forget(m.scratch + in.imm, in.b);
        pc += in.t;
        continue;
      case Op::Fresh: test = is_fresh(m.scratch + in.imm, in.b, m.place(in.a)); break;
      case Op::Widen:
        m.set_total(in.dst, m.number(in.a));
        pc += in.t;
        continue;
      case Op::Sum:
        m.set_total(in.dst, m.total(in.dst) + m.number(in.a));
        pc += in.t;
        continue;
      case Op::Clamp:
        m.set(in.dst, static_cast<Word>(clamped(m.total(in.a))));
        pc += in.t;
        continue;

      case Op::Link: return {};  // no path leads to one
      case Op::Lineage:
        m.set(in.dst, lineage(m.memory, m.word(in.a)));
        pc += in.t;
        continue;

      case Op::Each:
      case Op::EachChain:
      case Op::EachMember:
      case Op::EachRow:
        pc = enter(m, pc);
        recording.bound(m, pc);
        continue;
      case Op::Next:
        pc = next_element(m);
        recording.bound(m, pc);
        continue;
      case Op::Stop:
        pc = recording.met(m.innermost()) ? leave(m) : next_element(m);
        recording.bound(m, pc);
        continue;
      case Op::Find:
        if (Recording::kStopsAtFind) return {.holds = true};
        recording.found(m);
        pc = next_element(m);
        recording.bound(m, pc);
        continue;

      case Op::Hold: return {.holds = true};
      case Op::End: return {.holds = false};
      case Op::Give: return {.holds = true, .value = m.place(in.a)};
    }
    pc += test ? in.t : in.f;
  }
}

}  // namespace

bool holds(const Run& r, std::uint32_t block) {
  const BlockRecord& record = r.bundle.blocks[block];
  Machine machine(r, record);
  Deciding deciding;
  return run(machine, &r.bundle.code[record.first], deciding).holds;
}

bool holds_recording(const Run& r, std::uint32_t block, const Recorder& recorder) {
  const BlockRecord& record = r.bundle.blocks[block];
  Machine machine(r, record);
  Recording recording{recorder, recorder.bound != nullptr ? loop_of_find(r.bundle, record) : nullptr};
  return run(machine, &r.bundle.code[record.first], recording).holds || recording.found_any;
}

std::uint32_t value_of(const Run& r, std::uint32_t block, Word* out) {
  const BlockRecord& record = r.bundle.blocks[block];
  Machine machine(r, record);
  Deciding deciding;
  const Word* value = run(machine, &r.bundle.code[record.first], deciding).value;
  const std::uint32_t words = r.bundle.types[record.type].words;
  std::memcpy(out, value, words * sizeof(Word));
  return words;
}

std::string text_of(const Run& r, std::uint32_t block) {
  const BlockRecord& record = r.bundle.blocks[block];
  Machine machine(r, record);
  Deciding deciding;
  const JoinedText text(r.memory, run(machine, &r.bundle.code[record.first], deciding).value);
  return written(ReadPieces{text.pieces()});
}

Word word_of(const Run& r, std::uint32_t block) {
  const BlockRecord& record = r.bundle.blocks[block];
  Machine machine(r, record);
  Deciding deciding;
  return *run(machine, &r.bundle.code[record.first], deciding).value;
}

}  // namespace bylaw
