// Code, one block after the other. Jumps only go forward, so each instruction is looked at once, with all that is known
// on every path to it: which bases are bound to what, which registers hold what. Where paths meet, what they agree on
// is kept. A loop's body is looked at once too: at `next` everything that was known before the loop must still hold.

#include <algorithm>
#include <map>
#include <memory>

#include "abstract_value.h"
#include "bounds.h"
#include "format/scratch.h"
#include "verify.h"
#include "verify_operands.h"

namespace bylaw {
namespace {

using namespace format;

/// A block, or the body of a loop in it. Jumps stay inside.
struct Region {
  std::uint32_t begin, end;
  std::uint32_t depth = 0;
  const Region* outer = nullptr;     // of a body: where its loop stands
  unsigned own = kRequestBase;       // of a body: what its loop binds
  std::uint64_t cost = 0;            // instructions that one run can take
  AbstractId collection = kUnset;    // of a body: what its loop runs over
  CodeState entry;                   // of a body: what is known when an element is bound
  std::optional<CodeState> stopped;  // of a body: what is known where `stop` leads to, if one does
};

class CodeCheck {
 public:
  explicit CodeCheck(const BundleView& bundle) : b_(bundle), values_(bundle), operands_(bundle, values_) {}

  /// What a run of the block can take; nothing if it is refused.
  /// `rule`: the `for each` rule whose condition it is, or null.
  std::optional<BlockBounds> block(std::uint32_t index, const RuleRecord* rule) {
    block_ = &b_.blocks[index];
    index_ = index;
    for_each_ = rule;
    operands_.begin(*block_);
    tables_.clear();
    scratch_ = 0;
    pending_.clear();
    pending_.resize(block_->count);
    pending_[0] = std::make_unique<CodeState>(first_state());
    Region whole{.begin = 0, .end = block_->count, .entry = {}, .stopped = {}};
    if (!region(whole)) return std::nullopt;
    return BlockBounds{whole.cost, scratch_};
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

  CodeState first_state() {
    CodeState state;
    state.bases[kRequestBase] = values_.frame(b_.decisions[block_->decision].shape);
    for (std::uint32_t i = 0; i < block_->binder_count; ++i)
      state.bases[kFirstBase + i] = operands_.element_of(values_.of_type(b_.binders[block_->first_binder + i].type));
    return state;
  }

  // --- regions and jumps ---

  bool region(Region& region) {
    for (std::uint32_t pc = region.begin; pc < region.end;) {
      pc_ = pc;
      if (!form(at(pc))) return false;
      const bool loops = info(static_cast<Op>(at(pc).op)).exits == Exits::Loop;
      if (loops && !body_fits(region, at(pc).imm)) return false;
      region.cost = bound_sum(region.cost, 1);
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

  bool jump(const Region& region, const CodeState& state, std::uint32_t distance) {
    if (!need(distance > 0 && distance < region.end - pc_, "a jump leads back or out of its region")) return false;
    auto& target = pending_[pc_ + distance];
    if (target == nullptr)
      target = std::make_unique<CodeState>(state);
    else
      meet(*target, state);
    return true;
  }

  /// Keeps what both know.
  void meet(CodeState& into, const CodeState& other) {
    for (std::size_t i = 0; i < into.bases.size(); ++i)
      if (into.bases[i] != other.bases[i]) into.bases[i] = kUnset;
    for (std::size_t i = 0; i < into.registers.size(); ++i)
      into.registers[i] = values_.join(into.registers[i], other.registers[i]);
    drop_parts(into);
  }

  /// A value of several words is there as a whole or not at all.
  void drop_parts(CodeState& state) {
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

  static bool whole(const CodeState& state, std::uint32_t at, std::uint32_t words) {
    if (words > kRegisters - at) return false;
    for (std::uint32_t i = at + 1; i < at + words; ++i)
      if (state.registers[i] != kInside) return false;
    return true;
  }

  // --- steps ---

  bool step(Region& region, CodeState& state) {
    const Instruction& in = at(pc_);
    const OpInfo& op = info(static_cast<Op>(in.op));
    if (!operands_.check(in, state)) return fail(operands_.problem());
    if (!table(region, in)) return false;
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

  // --- tables in scratch memory ---

  struct ScratchTable {
    std::uint16_t size;
    std::uint32_t depth;  // of the region in which it was emptied
    std::uint64_t most;   // values that it may have to hold
  };

  /// A table holds what comes between two times that it is emptied.
  bool table(const Region& region, const Instruction& in) {
    if (static_cast<Op>(in.op) == Op::Forget) {
      tables_[in.imm] = {in.b, region.depth, 0};
      scratch_ = std::max(scratch_, in.imm + table_words(in.b));
    }
    if (static_cast<Op>(in.op) != Op::Fresh) return true;
    const auto known = tables_.find(in.imm);
    if (!need(known != tables_.end() && known->second.size == in.b && known->second.depth <= region.depth,
              "its table was not emptied before"))
      return false;
    std::uint64_t times = 1;
    for (const Region* loop = &region; loop->depth > known->second.depth; loop = loop->outer)
      times = bound_product(times, values_[loop->collection].max);
    known->second.most = bound_sum(known->second.most, times);
    return need(std::min<std::uint64_t>(known->second.most, kMostTableValues) <= table_slots(in.b),
                "its table has too little room");
  }

  bool loop(Region& region, CodeState& state) {
    const std::uint32_t pc = pc_;
    const Instruction& in = at(pc);
    if (!operands_.check(in, state)) return fail(operands_.problem());
    if (!need(in.t > in.imm && in.f > in.imm, "an exit leads into its body")) return false;
    const bool chain = static_cast<Op>(in.op) == Op::EachChain;
    Region body{.begin = pc + 1 + (chain ? in.b : 0U),
                .end = pc + 1 + in.imm,
                .depth = region.depth + 1,
                .own = base_of(in.dst),
                .collection = collection_of(in, state),
                .entry = state,
                .stopped = {}};
    if (body.collection == kUnset) return fail(operands_.problem());
    body.outer = &region;
    body.entry.bases[base_of(in.dst)] = operands_.element_of(body.collection);
    pending_[body.begin] = std::make_unique<CodeState>(body.entry);
    if (!this->region(body)) return false;
    region.cost = bound_sum(region.cost, bound_product(body.cost, values_[body.collection].max));
    pc_ = pc;
    return leave(region, state, in.f, in.dst) && (!body.stopped || leave(region, *body.stopped, in.t, in.dst));
  }

  /// What a loop runs over; the rows of a list are a collection of what its entries are.
  AbstractId collection_of(const Instruction& in, const CodeState& state) {
    switch (static_cast<Op>(in.op)) {
      case Op::EachRow: return values_.rows(b_.lists[in.b]);
      case Op::EachChain: return operands_.chain(in, &in + 1, state);
      default: return operands_.read(state, in.a);
    }
  }

  /// Behind a loop its base is bound to nothing.
  bool leave(const Region& region, CodeState& state, std::uint32_t distance, std::uint16_t dst) {
    state.bases[base_of(dst)] = kUnset;
    return jump(region, state, distance);
  }

  bool end(Region& region, const CodeState& state, const Instruction& in) {
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
        if (block_->kind == BlockKind::Text)
          return ends_block(BlockKind::Text, in_body) && need(operands_.gives_text(state, in.a), "it gives no text");
        return ends_block(BlockKind::Value, in_body) &&
               need(values_.same_form(values_.of_type(block_->type), operands_.read(state, in.a)),
                    "its value is of another type than its block");
      default: return fail("it ends no path");
    }
  }

  bool find(const Region& region, const CodeState& state) {
    if (!need(for_each_ != nullptr, "its rule is no `for each`") ||
        !need(region.depth == for_each_->binder_count, "it does not stand in its rule's loops"))
      return false;
    for (const Region* loop = &region; loop->depth > 0; loop = loop->outer) {
      const BinderRecord& binder = b_.binders[for_each_->first_binder + loop->depth - 1];
      const AbstractId declared = operands_.element_of(values_.of_type(binder.type));
      if (!need(values_.same_form(declared, operands_.element_of(loop->collection)),
                "its loops run over other elements than its rule"))
        return false;
    }
    return still_holds(region, state);
  }

  bool ends_block(BlockKind kind, bool in_body) {
    return need(!in_body, "it stands in a loop") && need(block_->kind == kind, "it ends another kind of block");
  }

  /// What was known before the loop is true of the next element too.
  bool still_holds(const Region& body, const CodeState& state) {
    const unsigned own = body.own;
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

  // --- effects ---

  void write(const Instruction& in, CodeState& state) {
    const OpInfo& op = info(static_cast<Op>(in.op));
    if (static_cast<Op>(in.op) == Op::Row) {
      state.bases[base_of(in.dst)] = values_.frame(b_.entity_types[in.imm].shape);
    } else if (static_cast<Op>(in.op) == Op::Lookup) {
      state.bases[base_of(in.dst)] = values_.frame(b_.types[b_.types[in.imm].ref].ref);
    } else if (uses(op, Field::Dst)) {
      const std::uint32_t slot = slot_of(in.dst);
      const AbstractId value = operands_.result_value(in, state);
      state.registers[slot] = value;
      for (std::uint32_t i = 1; i < values_[value].words; ++i) state.registers[slot + i] = kInside;
      drop_parts(state);
    }
  }

  const BundleView& b_;
  AbstractValues values_;
  OperandCheck operands_;
  const BlockRecord* block_ = nullptr;
  std::uint32_t index_ = 0;
  const RuleRecord* for_each_ = nullptr;
  std::uint32_t pc_ = 0;
  std::map<std::uint32_t, ScratchTable> tables_;  // by where they begin
  std::uint32_t scratch_ = 0;
  std::vector<std::unique_ptr<CodeState>> pending_;  // by instruction: what the paths seen so far bring there
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

}  // namespace

std::optional<Fault> verify_code(const BundleView& bundle, std::vector<DecisionBounds>& bounds) {
  std::vector<const RuleRecord*> rules;
  if (auto fault = loops_of_blocks(bundle, rules)) return fault;
  std::vector<BlockBounds> blocks(bundle.blocks.size());
  CodeCheck check(bundle);
  for (std::uint32_t i = 0; i < bundle.blocks.size(); ++i) {
    const auto found = check.block(i, rules[i]);
    if (!found) return check.fault();
    blocks[i] = *found;
  }
  bounds.clear();
  for (std::uint32_t i = 0; i < bundle.decisions.size(); ++i) bounds.push_back(bounds_of(bundle, i, blocks));
  return std::nullopt;
}

}  // namespace bylaw
