#pragma once
// A small bundle by hand, for tests of verifier and machine: one decision with a bit of everything. A test takes the
// tables, changes one thing, and writes the file.
//
//   module m
//   open scope Scope { code, code_write includes code, packaging }
//   enum Action { create, renew }
//   entity Group in Group    entity User in Group    entity Org { limit: Duration?, restricted: Bool }
//   allowlist listed: User { User::"ana" since 2020 until 2030, User::"bo" }
//   decision ask { action: Action  life: Duration  now: Time  org: Org  scopes: Set<Scope>  user: User  obliges cap:
//   Duration by min  default allow } policy life for ask    { deny too_long when life > org.limit ?? 365d because "a
//   life of {life}"   oblige cap cap = 365d } policy restrict for ask when org.restricted and action in {create} {
//     allow packaging when scopes within {packaging}   deny otherwise because "restricted"   exempt listed when user in
//     listed }
//   policy texts for ask   { deny unknown for each s in scopes when s is unknown because "{s} is not a scope" }

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "format/bundle_tables.h"
#include "format/layout.h"
#include "format/opcodes.h"

namespace bylaw::test {

using format::BundleTables;
using format::Instruction;
using format::Op;

// Types, shapes, blocks and rules of the bundle, by number.
enum Type : std::uint32_t {
  kBool,
  kInt,
  kTime,
  kDuration,
  kText,
  kAction,
  kScope,
  kScopes,
  kUser,
  kOrg,
  kUsers,
  kTypes
};
enum Shape : std::uint32_t { kGroupShape, kOrgShape, kUserShape, kAskShape };
enum EntityTypeNumber : std::uint32_t { kGroupType, kOrgType, kUserType };
enum Block : std::uint32_t {
  kTooLong,
  kTooLongLife,  // value of its message
  kCap,
  kRestrictGuard,
  kListed,
  kPackaging,
  kUnknown,
  kUnknownText,  // value of its message
  kBlocks,
};
enum Rule : std::uint32_t { kCapRule, kTooLongRule, kListedRule, kOtherwiseRule, kPackagingRule, kUnknownRule };
enum Policy : std::uint32_t { kLife, kRestrict, kTexts };

/// Slots of the request's frame, as operands.
std::uint16_t request(const BundleTables& tables, std::uint32_t field);
enum AskField : std::uint32_t { kActionField, kLifeField, kNowField, kOrgField, kScopesField, kUserField };

/// Operands of a policy's constants and of registers.
constexpr std::uint16_t constant(std::uint32_t slot) {
  return format::operand(format::kConstantBase, slot);
}
constexpr std::uint16_t reg(std::uint32_t slot) {
  return format::operand(format::kRegisterBase, slot);
}
constexpr std::uint16_t bound(unsigned base, std::uint32_t slot = 0) {
  return format::operand(base, slot);
}

struct Fields {
  std::uint16_t dst = 0, a = 0, b = 0;
  std::uint32_t imm = 0;
  std::uint16_t t = 0, f = 0;
};
constexpr Instruction instruction(Op op, Fields fields = {}) {
  return {static_cast<std::uint16_t>(op), fields.dst, fields.a, fields.b, fields.imm, fields.t, fields.f};
}

/// The whole bundle.
BundleTables sample();
/// The symbol of a text that the sample has.
format::Symbol symbol(const BundleTables& tables, std::string_view text);
/// Puts other code into a block.
void replace(BundleTables& tables, std::uint32_t block, const std::vector<Instruction>& code);
/// Adds words of a type to the constants; the offset. A further word of a value has no type.
std::uint32_t add_constant(BundleTables& tables, std::uint32_t type, const std::vector<format::Word>& words);

}  // namespace bylaw::test
