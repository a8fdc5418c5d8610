// Each operation of the machine: a block with just it, over a request.
#include "vm.h"

#include <doctest/doctest.h>

#include <limits>

#include "access.h"
#include "bundle_builder.h"
#include "bundle_data.h"
#include "bylaw/bylaw.hpp"
#include "format/scratch.h"
#include "mask.h"
#include "request_data.h"
#include "saturating.h"
#include "world_data.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

namespace {

constexpr const char* kRequest =
    R"({"action": "renew", "life": "30d", "now": "2025-06-01T00:00:00Z", "org": {"id": "contoso", "restricted": true, "limit": "7d"},
        "scopes": ["code_write", "x"], "user": {"id": "cho", "in": ["Group::dev"]}})";

const BundleTables kSample = sample();
const std::uint16_t kLifeSlot = request(kSample, kLifeField), kNowSlot = request(kSample, kNowField),
                    kOrgSlot = request(kSample, kOrgField), kScopesSlot = request(kSample, kScopesField),
                    kUserSlot = request(kSample, kUserField), kActionSlot = request(kSample, kActionField);

/// Puts values into the constants of the block's policy, one after the other.
class Bench {
 public:
  Bench() : tables_(kSample) {
    tables_.policies[kLife].constants = static_cast<std::uint32_t>(tables_.constants.size());
    tables_.policies[kLife].constant_count = 0;
  }

  std::uint16_t value(std::uint32_t type, const std::vector<Word>& words) {
    const std::uint32_t at = add_constant(tables_, type, words);
    PolicyRecord& policy = tables_.policies[kLife];
    policy.constant_count = static_cast<std::uint32_t>(tables_.constants.size()) - policy.constants;
    return constant(at - policy.constants);
  }
  std::uint16_t elements(std::uint32_t type, const std::vector<Word>& words) {
    const std::uint32_t element = tables_.types[type].ref;
    Word first = tables_.constants.size();
    for (const Word word : words) value(element, {word});
    return value(type, {Word{2} << 62 | first << 32 | words.size()});
  }
  std::uint32_t type(TypeRecord record) {
    tables_.types.push_back(record);
    return static_cast<std::uint32_t>(tables_.types.size() - 1);
  }
  Word entity(std::uint32_t entity_type, std::string_view id) const {
    return Word{entity_type} << 32 | symbol(tables_, id);
  }
  BundleTables& tables() { return tables_; }

  /// Whether the code ends in `hold`. It is the condition of `too_long`.
  bool holds(std::vector<Instruction> code) {
    // `cap` reads a constant of the policy that is no longer where it was.
    replace(tables_, kCap, {instruction(Op::Give, {.a = kLifeSlot})});
    replace(tables_, kTooLong, code);
    const auto bundle = Bundle::from(write_bundle(tables_));
    if (!bundle) FAIL(bundle.error().to_text());
    const World world = *World::link(*bundle, Entities::none());
    const Decision decision = *world.decision("ask");
    std::vector<std::byte> memory(decision.request_bytes());
    Request request(decision, memory);
    const Status read = request.read_json(kRequest);
    if (!read) FAIL(read.text());
    if (!request.check()) FAIL(request.check().text());
    const Memory m = memory_of(*Access::data(request));
    std::vector<Word> scratch(Access::world(decision)->bundle->bounds[0].scratch, ~Word{0});
    return bylaw::holds({m, Access::world(decision)->view(), {}, scratch.data()}, kTooLong);
  }
  bool test(Op op, Fields fields) {
    fields.t = 1;
    fields.f = 2;
    return holds({instruction(op, fields), instruction(Op::Hold), instruction(Op::End)});
  }

 private:
  BundleTables tables_;
};

constexpr Word kDays = 86400000000;

}  // namespace

TEST_CASE("words") {
  Bench b;
  const auto d30 = b.value(kDuration, {30 * kDays}), d31 = b.value(kDuration, {31 * kDays}),
             minus = b.value(kDuration, {static_cast<Word>(-1)}), yes = b.value(kBool, {1}), no = b.value(kBool, {0});
  CHECK(b.test(Op::True, {.a = yes}));
  CHECK_FALSE(b.test(Op::True, {.a = no}));
  CHECK(b.test(Op::Eq, {.a = kLifeSlot, .b = d30}));
  CHECK_FALSE(b.test(Op::Eq, {.a = kLifeSlot, .b = d31}));
  CHECK(b.test(Op::Lt, {.a = kLifeSlot, .b = d31}));
  CHECK_FALSE(b.test(Op::Lt, {.a = kLifeSlot, .b = d30}));
  CHECK(b.test(Op::Lt, {.a = minus, .b = d30}));
}

TEST_CASE("masks") {
  Bench b;
  const auto code = b.value(kScopes, {0b001, 0}), both = b.value(kScopes, {0b011, 0}), none = b.value(kScopes, {0, 0}),
             packaging = b.value(kScopes, {0b100, 0});
  // The request's scopes are code_write and an unknown text.
  const auto texts =
      b.elements(b.type({Kind::List, kText, 10, 1}), {symbol(b.tables(), "0"), symbol(b.tables(), "ana")});
  const Word others = Word{2} << 62 | (Word{b.tables().policies[kLife].constants} + slot_of(texts) - 2) << 32 | 2;
  const auto open = b.value(kScopes, {0b1011, others});
  CHECK_FALSE(b.test(Op::EmptyMask, {.a = code, .imm = 1}));
  CHECK(b.test(Op::EmptyMask, {.a = none, .imm = 1}));
  CHECK_FALSE(b.test(Op::SubsetMask, {.a = kScopesSlot, .b = both, .imm = 1}));
  CHECK_FALSE(b.test(Op::SubsetMask, {.a = kScopesSlot, .b = open, .imm = 1}));
  CHECK(b.test(Op::SubsetMask, {.a = kScopesSlot, .b = kScopesSlot, .imm = 1}));
  CHECK(b.test(Op::SubsetMask, {.a = open, .b = open, .imm = 1}));
  CHECK(b.test(Op::SubsetMask, {.a = code, .b = both, .imm = 1}));
  CHECK(b.test(Op::SubsetMask, {.a = code, .b = open, .imm = 1}));
  CHECK_FALSE(b.test(Op::SubsetMask, {.a = none, .b = both, .imm = 1}));
  CHECK(b.test(Op::OverlapMask, {.a = kScopesSlot, .b = both, .imm = 1}));
  CHECK_FALSE(b.test(Op::OverlapMask, {.a = kScopesSlot, .b = code, .imm = 1}));
  CHECK_FALSE(b.test(Op::OverlapMask, {.a = none, .b = none, .imm = 1}));
  CHECK(b.test(Op::EqMask, {.a = kScopesSlot, .b = kScopesSlot, .imm = 1}));
  CHECK(b.test(Op::EqMask, {.a = open, .b = open, .imm = 1}));
  CHECK_FALSE(b.test(Op::EqMask, {.a = kScopesSlot, .b = open, .imm = 1}));
  CHECK_FALSE(b.test(Op::EqMask, {.a = code, .b = both, .imm = 1}));
  const auto member = b.value(kScope, {0}), write = b.value(kScope, {1}), pack = b.value(kScope, {2}),
             unknown = b.value(kScope, {3 + Word{symbol(b.tables(), "ana")}});
  CHECK(b.test(Op::InMask, {.a = member, .b = both, .imm = 1}));
  CHECK_FALSE(b.test(Op::InMask, {.a = pack, .b = both, .imm = 1}));
  CHECK(b.test(Op::InMask, {.a = unknown, .b = open, .imm = 1}));
  CHECK_FALSE(b.test(Op::InMask, {.a = unknown, .b = both, .imm = 1}));
  CHECK_FALSE(b.test(Op::InMask, {.a = unknown, .b = kScopesSlot, .imm = 1}));
  CHECK(b.test(Op::Unknown, {.a = unknown, .imm = 3}));
  CHECK_FALSE(b.test(Op::Unknown, {.a = pack, .imm = 3}));
  CHECK(b.test(Op::Includes, {.a = write, .b = member, .imm = 1}));
  CHECK(b.test(Op::Includes, {.a = write, .b = write, .imm = 1}));
  CHECK_FALSE(b.test(Op::Includes, {.a = member, .b = write, .imm = 1}));
  CHECK_FALSE(b.test(Op::Includes, {.a = unknown, .b = unknown, .imm = 1}));
  CHECK(b.test(Op::SetIncludes, {.a = kScopesSlot, .b = member, .imm = 1}));
  CHECK_FALSE(b.test(Op::SetIncludes, {.a = kScopesSlot, .b = pack, .imm = 1}));
  CHECK(b.test(Op::SetIncludes, {.a = packaging, .b = pack, .imm = 1}));
  CHECK_FALSE(b.test(Op::SetIncludes, {.a = open, .b = unknown, .imm = 1}));
}

TEST_CASE("collections") {
  Bench b;
  const auto ints = b.type({Kind::Set, kInt, 10, 1});
  const auto minus = b.elements(ints, {static_cast<Word>(-1), 3, 5}), some = b.elements(ints, {3, 5}),
             other = b.elements(ints, {4, 5}), none = b.elements(ints, {}), same = b.elements(ints, {3, 5});
  const auto three = b.value(kInt, {3}), four = b.value(kInt, {4});
  CHECK(b.test(Op::Has, {.a = three, .b = some}));
  CHECK_FALSE(b.test(Op::Has, {.a = four, .b = some}));
  CHECK_FALSE(b.test(Op::Has, {.a = four, .b = none}));
  CHECK(b.test(Op::SubsetSet, {.a = some, .b = minus}));
  CHECK_FALSE(b.test(Op::SubsetSet, {.a = minus, .b = some}));
  CHECK_FALSE(b.test(Op::SubsetSet, {.a = none, .b = some}));
  CHECK(b.test(Op::OverlapSet, {.a = some, .b = other}));
  CHECK_FALSE(b.test(Op::OverlapSet, {.a = none, .b = some}));
  CHECK(b.test(Op::EqSet, {.a = some, .b = same}));
  CHECK(b.test(Op::EqSet, {.a = none, .b = none}));
  CHECK_FALSE(b.test(Op::EqSet, {.a = some, .b = other}));
  CHECK(b.test(Op::Empty, {.a = none}));
  CHECK_FALSE(b.test(Op::Empty, {.a = some}));
}

TEST_CASE("entities") {
  Bench b;
  const auto cho = b.value(kUser, {b.entity(kUserType, "bo")});
  const auto users = b.elements(kUsers, {b.entity(kUserType, "ana"), b.entity(kUserType, "bo")});
  CHECK(b.test(Op::IsType, {.a = kUserSlot, .imm = 0}));
  CHECK_FALSE(b.test(Op::IsType, {.a = kUserSlot, .imm = 1}));
  CHECK(b.test(Op::Reach, {.a = kUserSlot, .b = kUserSlot}));
  CHECK_FALSE(b.test(Op::Reach, {.a = kUserSlot, .b = cho}));
  CHECK(b.test(Op::ReachAny, {.a = cho, .b = users}));
  CHECK_FALSE(b.test(Op::ReachAny, {.a = kUserSlot, .b = users}));
  CHECK(b.test(Op::Has, {.a = cho, .b = users}));
  CHECK_FALSE(b.test(Op::Parent, {.a = kUserSlot, .b = cho}));
  CHECK_FALSE(b.test(Op::ListedDirectly, {.a = kUserSlot, .b = kNowSlot}));
  CHECK(b.test(Op::ListedDirectly, {.a = cho, .b = kNowSlot}));
  CHECK(b.test(Op::Listed, {.a = cho, .b = kNowSlot}));
}

TEST_CASE("rows of entities: of another type the zero row") {
  Bench b;
  const auto limit =
      static_cast<std::uint16_t>(presence_words(b.tables().shapes[kOrgShape]) + b.tables().fields[0].slot);
  const auto d7 = b.value(kDuration, {7 * kDays}), d0 = b.value(kDuration, {0});
  const auto row = [&](std::uint16_t entity) {
    return instruction(Op::Row, {.dst = bound(1), .a = entity, .imm = kOrgType, .t = 1});
  };
  const auto is = [&](std::uint16_t wanted) {
    return instruction(Op::Eq, {.a = bound(1, limit), .b = wanted, .t = 1, .f = 2});
  };
  const auto present = instruction(Op::Present, {.a = bound(1, 0), .t = 1, .f = 2});
  const auto hold = instruction(Op::Hold), end = instruction(Op::End);
  CHECK(b.holds({row(kOrgSlot), present, hold, end}));
  CHECK(b.holds({row(kOrgSlot), is(d7), hold, end}));
  CHECK_FALSE(b.holds({row(kUserSlot), present, hold, end}));
  CHECK(b.holds({row(kUserSlot), is(d0), hold, end}));
}

TEST_CASE("loops") {
  Bench b;
  const auto ints = b.type({Kind::Set, kInt, 10, 1});
  const auto some = b.elements(ints, {3, 5, 7}), none = b.elements(ints, {});
  const auto five = b.value(kInt, {5}), fifteen = b.value(kInt, {15}), zero = b.value(kInt, {0}),
             six = b.value(kInt, {6});
  const auto each = [](std::uint16_t set, std::uint32_t body, std::uint16_t t, std::uint16_t f, unsigned base = 1) {
    return instruction(Op::Each, {.dst = bound(base), .a = set, .b = 1, .imm = body, .t = t, .f = f});
  };
  const auto hold = instruction(Op::Hold), end = instruction(Op::End), next = instruction(Op::Next),
             stop = instruction(Op::Stop);
  const auto eq = [](std::uint16_t x, std::uint16_t y, std::uint16_t t = 1, std::uint16_t f = 2) {
    return instruction(Op::Eq, {.a = x, .b = y, .t = t, .f = f});
  };
  const auto any = [&](std::uint16_t set, std::uint16_t wanted) {
    return b.holds({each(set, 3, 4, 5), eq(bound(1), wanted), stop, next, hold, end});
  };
  CHECK(any(some, five));
  CHECK_FALSE(any(some, six));
  CHECK_FALSE(any(none, five));
  const auto sum = [&](std::uint16_t set, std::uint16_t wanted) {
    return b.holds({instruction(Op::Move, {.dst = reg(0), .a = zero, .imm = 1, .t = 1}), each(set, 2, 3, 3),
                    instruction(Op::Add, {.dst = reg(0), .a = reg(0), .b = bound(1), .t = 1}), next, eq(reg(0), wanted),
                    hold, end});
  };
  CHECK(sum(some, fifteen));
  CHECK(sum(none, zero));
  // All pairs: the inner loop begins anew for each outer element.
  const auto pairs = b.value(kInt, {9});
  CHECK(b.holds({instruction(Op::Move, {.dst = reg(0), .a = zero, .imm = 1, .t = 1}),
                 instruction(Op::Move, {.dst = reg(1), .a = b.value(kInt, {1}), .imm = 1, .t = 1}), each(some, 4, 5, 5),
                 each(some, 2, 3, 3, 2), instruction(Op::Add, {.dst = reg(0), .a = reg(0), .b = reg(1), .t = 1}), next,
                 next, eq(reg(0), pairs), hold, end}));
  // Members of a mask: declared ones in order, then the others.
  const auto write = b.value(kScope, {1});
  const auto members =
      instruction(Op::EachMember, {.dst = bound(1), .a = kScopesSlot, .b = 1, .imm = 3, .t = 4, .f = 5});
  CHECK(b.holds({members, eq(bound(1), write), stop, next, hold, end}));
  CHECK(b.holds({members, instruction(Op::Unknown, {.a = bound(1), .imm = 3, .t = 1, .f = 2}), stop, next, hold, end}));
  CHECK_FALSE(b.holds({members, eq(bound(1), b.value(kScope, {0})), stop, next, hold, end}));
}

TEST_CASE("arithmetic") {
  Bench b;
  const auto d30 = b.value(kDuration, {30 * kDays}), d60 = b.value(kDuration, {60 * kDays}), two = b.value(kInt, {2}),
             minus = b.value(kDuration, {static_cast<Word>(-30 * static_cast<std::int64_t>(kDays))});
  const auto hold = instruction(Op::Hold), end = instruction(Op::End);
  const auto gives = [&](Op op, Fields fields, std::uint16_t wanted) {
    fields.dst = reg(5);
    fields.imm = static_cast<std::uint32_t>(Arithmetic::Duration);
    fields.t = 1;
    return b.holds(
        {instruction(op, fields), instruction(Op::Eq, {.a = reg(5), .b = wanted, .t = 1, .f = 2}), hold, end});
  };
  CHECK(gives(Op::Add, {.a = kLifeSlot, .b = d30}, d60));
  CHECK(gives(Op::Sub, {.a = d60, .b = kLifeSlot}, d30));
  CHECK(gives(Op::Mul, {.a = d30, .b = two}, d60));
  CHECK(gives(Op::Neg, {.a = d30}, minus));
}

TEST_CASE("saturation") {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min(),
                         kMost = std::numeric_limits<std::int64_t>::max();
  constexpr auto kInt = Arithmetic::Int, kTime = Arithmetic::Time, kDuration = Arithmetic::Duration;
  CHECK(saturating_add(kInt, kMost, 1) == kMost);
  CHECK(saturating_add(kInt, kLeast, -1) == kLeast);
  CHECK(saturating_add(kInt, kMost, kLeast) == -1);
  CHECK(saturating_subtract(kInt, kLeast, 1) == kLeast);
  CHECK(saturating_subtract(kInt, 0, kLeast) == kMost);
  CHECK(saturating_subtract(kInt, -1, kLeast) == kMost);
  CHECK(saturating_multiply(kInt, kMost, 2) == kMost);
  CHECK(saturating_multiply(kInt, kMost, -2) == kLeast);
  CHECK(saturating_multiply(kInt, kLeast, -1) == kMost);
  CHECK(saturating_multiply(kDuration, kLeast, kLeast) == kMost);
  CHECK(saturating_negate(kInt, kLeast) == kMost);
  CHECK(saturating_negate(kInt, kMost) == kLeast + 1);
  CHECK(saturating_add(kTime, 253402300799999999, 1) == 253402300799999999);
  CHECK(saturating_add(kTime, 0, kMost) == 253402300799999999);
  CHECK(saturating_subtract(kTime, 0, kMost) == -62135596800000000);
  CHECK(saturating_subtract(kTime, -62135596800000000, 1) == -62135596800000000);
}

TEST_CASE("wide masks") {
  const EnumRecord e{0, 0, 0, 130, kEnumOpen, kNone};
  Word words[4] = {Word{1} << 63, 0, 0b111, 0};  // 63, 128, 129, and the bit for others
  const Memory memory{nullptr, nullptr, nullptr, {words, words, words}};
  const Mask mask = mask_at(memory, e, words);
  CHECK(mask.words == 3);
  CHECK(member_from(mask, 0) == 63);
  CHECK(member_from(mask, 64) == 128);
  CHECK(member_from(mask, 129) == 129);
  CHECK(member_from(mask, 130) == 130);
  CHECK(contains(mask, 63));
  CHECK_FALSE(contains(mask, 64));
}

namespace {

/// Whether the elements of a chain of lists and single values add up to that.
bool adds_up(Bench& b, const std::vector<Instruction>& links, std::uint16_t expected) {
  const auto count = static_cast<std::uint16_t>(links.size());
  const auto body = static_cast<std::uint16_t>(count + 2), out = static_cast<std::uint16_t>(body + 1);
  std::vector<Instruction> code = {
      instruction(Op::Widen, {.dst = reg(0), .a = b.value(kInt, {0}), .t = 1}),
      instruction(Op::EachChain, {.dst = bound(1), .b = count, .imm = body, .t = out, .f = out})};
  code.insert(code.end(), links.begin(), links.end());
  code.push_back(instruction(Op::Sum, {.dst = reg(0), .a = bound(1), .t = 1}));
  code.push_back(instruction(Op::Next));
  code.push_back(instruction(Op::Clamp, {.dst = reg(2), .a = reg(0), .t = 1}));
  code.push_back(instruction(Op::Eq, {.a = reg(2), .b = expected, .t = 1, .f = 2}));
  code.push_back(instruction(Op::Hold));
  code.push_back(instruction(Op::End));
  return b.holds(code);
}

}  // namespace

TEST_CASE("totals leave 64 bits on the way, and are cut once") {
  Bench b;
  constexpr Word kMost = std::numeric_limits<std::int64_t>::max(), kLeast = Word{1} << 63;
  const auto ints = b.type({Kind::List, kInt, 8, 1});
  const auto large = b.elements(ints, {kMost, kMost}), small = b.elements(ints, {kLeast, kLeast}),
             none = b.value(ints, {0}), five = b.value(kInt, {5}), four = b.value(kInt, {4}),
             three = b.value(kInt, {3}), most = b.value(kInt, {kMost}), least = b.value(kInt, {kLeast});
  const auto link = [](std::uint16_t a, std::uint16_t stride) { return instruction(Op::Link, {.a = a, .b = stride}); };
  CHECK(adds_up(b, {link(large, 1)}, most));
  CHECK(adds_up(b, {link(large, 1), link(small, 1), link(five, 0)}, three));
  CHECK(adds_up(b, {link(none, 1), link(small, 1), link(none, 1)}, least));
  CHECK_FALSE(adds_up(b, {link(none, 1), link(five, 0)}, four));
}

TEST_CASE("counts") {
  Bench b;
  const auto two = b.value(kInt, {2}), three = b.value(kInt, {3});
  const auto counts = [&](Op op, std::uint16_t a, std::uint32_t imm, std::uint16_t expected) {
    return b.holds({instruction(op, {.dst = reg(0), .a = a, .imm = imm, .t = 1}),
                    instruction(Op::Eq, {.a = reg(0), .b = expected, .t = 1, .f = 2}), instruction(Op::Hold),
                    instruction(Op::End)});
  };
  const auto list = b.elements(b.type({Kind::List, kInt, 8, 1}), {7, 7, 7});
  CHECK(counts(Op::Count, list, 0, three));
  // code_write, and a text that is no member
  CHECK(counts(Op::CountMask, kScopesSlot, 1, two));
  CHECK(counts(Op::CountMask, b.value(kScopes, {0b111, 0}), 1, three));
}

TEST_CASE("what was seen is told apart, by all words of a value") {
  Bench b;
  const auto times = [&](std::uint32_t kind, std::uint32_t words, const std::vector<Word>& values, Word expected) {
    const auto list = b.type({Kind::List, kind, 200, 1});
    Word first = 0;
    for (std::size_t i = 0; i < values.size(); i += words) {
      const auto at = slot_of(b.value(kind, {values.begin() + static_cast<std::ptrdiff_t>(i),
                                             values.begin() + static_cast<std::ptrdiff_t>(i + words)}));
      if (i == 0) first = b.tables().policies[kLife].constants + at;
    }
    const auto all = b.value(list, {Word{2} << 62 | first << 32 | values.size() / words});
    const auto zero = b.value(kInt, {0}), one = b.value(kInt, {1}), count = b.value(kInt, {expected});
    const std::uint16_t size = table_size(200, words);
    return b.holds(
        {instruction(Op::Move, {.dst = reg(0), .a = zero, .imm = 1, .t = 1}),
         instruction(Op::Forget, {.b = size, .imm = 1, .t = 1}),
         instruction(Op::Each,
                     {.dst = bound(1), .a = all, .b = static_cast<std::uint16_t>(words), .imm = 3, .t = 4, .f = 4}),
         instruction(Op::Fresh, {.a = bound(1), .b = size, .imm = 1, .t = 1, .f = 2}),
         instruction(Op::Add, {.dst = reg(0), .a = reg(0), .b = one, .t = 1}), instruction(Op::Next),
         instruction(Op::Eq, {.a = reg(0), .b = count, .t = 1, .f = 2}), instruction(Op::Hold), instruction(Op::End)});
  };
  std::vector<Word> values;
  for (Word i = 0; i < 200; ++i) values.push_back(i % 67 * 0x100000000);
  CHECK(times(kInt, 1, values, 67));
  CHECK_FALSE(times(kInt, 1, values, 66));
  const auto ip = b.type({Kind::Ip, kNone, 0, 2});
  CHECK(times(ip, 2, {1, 2, 1, 3, 0, 2, 1, 2, 0, 0}, 4));
}
