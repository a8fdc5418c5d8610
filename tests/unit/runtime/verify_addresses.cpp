// Values of several words: their constants, and the code that reads them; see verify_cases.h.
#include <doctest/doctest.h>

#include "format/addresses.h"
#include "format/versions.h"
#include "verify_cases.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

namespace {

/// The sample with constants of these types, of which the first policy reads one each.
struct Wide {
  BundleTables tables = sample();
  std::uint32_t ip, cidr, version, versions, ips, nets;  // types
  std::uint16_t ip_slot, cidr_slot, version_slot, ips_slot, nets_slot, users_slot;

  Wide() {
    ip = type(Kind::Ip, kNone, kIpWords);
    cidr = type(Kind::Cidr, kNone, kCidrWords);
    version = type(Kind::Version, kNone, kVersionWords);
    versions = type(Kind::Versions, kNone, 1);
    ips = type(Kind::Set, ip, 1);
    nets = type(Kind::Set, cidr, 1);
    const std::uint32_t addresses = add_constant(tables, ip, {0, 1});
    add_constant(tables, ip, {0, 2});
    const std::uint32_t ranges = add_constant(tables, cidr, {0, 0, 127});
    PolicyRecord& policy = tables.policies[kLife];
    const Word life = tables.constants[policy.constants];
    policy.constants = add_constant(tables, kDuration, {life});
    ip_slot = slot(ip, {0, 7});
    cidr_slot = slot(cidr, {0, 8, 125});
    version_slot = slot(version, {Word{1} << 32 | 2, Word{3} << 32 | symbol(tables, "")});
    ips_slot = slot(ips, {collection(addresses, 2)});
    nets_slot = slot(nets, {collection(ranges, 1)});
    users_slot = slot(kUsers, {0});
    policy.constant_count = static_cast<std::uint32_t>(tables.constants.size()) - policy.constants;
  }

  static Word collection(std::uint32_t offset, std::uint32_t count) {
    return Word{2} << 62 | Word{offset} << 32 | count;
  }

  std::string with(const std::vector<Instruction>& code) {
    BundleTables changed = tables;
    replace(changed, kTooLong, code);
    return verdict_on(changed);
  }

 private:
  std::uint32_t type(Kind kind, std::uint32_t ref, std::uint32_t words) {
    tables.types.push_back({kind, ref, ref == kNone ? 0U : 16U, words});
    return static_cast<std::uint32_t>(tables.types.size() - 1);
  }
  std::uint16_t slot(std::uint32_t constant_type, const std::vector<Word>& words) {
    return constant(add_constant(tables, constant_type, words) - tables.policies[kLife].constants);
  }
};

Instruction test_of(Op op, std::uint16_t a, std::uint16_t b, std::uint32_t imm = 0) {
  return instruction(op, {.a = a, .b = b, .imm = imm, .t = 1, .f = 2});
}

std::string refusal_of(Wide& wide, const Instruction& test) {
  return wide.with({test, instruction(Op::Hold), instruction(Op::End)});
}

}  // namespace

TEST_CASE("code that reads values of several words") {
  Wide wide;
  const std::uint16_t life = request(wide.tables, kLifeField);
  for (const Instruction& fine :
       {test_of(Op::Eq2, wide.ip_slot, wide.ip_slot, 2), test_of(Op::Eq2, wide.cidr_slot, wide.cidr_slot, 3),
        test_of(Op::Has2, wide.ip_slot, wide.ips_slot, 2), test_of(Op::EqSet2, wide.nets_slot, wide.nets_slot, 3),
        test_of(Op::LtVersion, wide.version_slot, wide.version_slot), test_of(Op::InCidr, wide.ip_slot, wide.cidr_slot),
        test_of(Op::CidrInCidr, wide.cidr_slot, wide.cidr_slot)})
    CHECK(refusal_of(wide, fine) == "fine");

  struct Refused {
    std::string expected;  // behind "B0009: block 0, instruction 0"
    Instruction test;
  };
  const std::uint16_t inside_ip = static_cast<std::uint16_t>(wide.ip_slot + 1);
  const Refused refused[] = {
      {"(eq2): its operands are of two classes", test_of(Op::Eq2, wide.ip_slot, wide.version_slot, 2)},
      {"(eq2): it reads no value of several words", test_of(Op::Eq2, life, life, 1)},
      {"(eq2): its value has another number of words", test_of(Op::Eq2, wide.ip_slot, wide.ip_slot, 3)},
      {"(eq2): it reads what is not there", test_of(Op::Eq2, inside_ip, wide.ip_slot, 2)},
      {"(eq): it reads no single word", test_of(Op::Eq, wide.ip_slot, wide.ip_slot)},
      {"(lt): it reads no number", test_of(Op::Lt, wide.version_slot, wide.version_slot)},
      {"(has2): its elements are of another class", test_of(Op::Has2, wide.ip_slot, wide.nets_slot, 2)},
      {"(has2): its elements are of another class", test_of(Op::Has2, wide.ip_slot, wide.users_slot, 2)},
      {"(has2): its value has another number of words", test_of(Op::Has2, wide.ip_slot, wide.ips_slot, 3)},
      {"(has): its elements are no single words", test_of(Op::Has, life, wide.ips_slot)},
      {"(subset_set): its elements are no single words", test_of(Op::SubsetSet, wide.ips_slot, wide.ips_slot)},
      {"(eq_set2): its elements are of another class", test_of(Op::EqSet2, wide.ips_slot, wide.nets_slot, 2)},
      {"(eq_set2): its elements are of another class", test_of(Op::EqSet2, wide.users_slot, wide.users_slot, 1)},
      {"(eq_set2): its elements have another number of words", test_of(Op::EqSet2, wide.ips_slot, wide.ips_slot, 3)},
      {"(lt_version): it reads a value of another class", test_of(Op::LtVersion, wide.version_slot, wide.ip_slot)},
      {"(in_cidr): it reads a value of another class", test_of(Op::InCidr, wide.cidr_slot, wide.cidr_slot)},
      {"(cidr_in_cidr): it reads a value of another class", test_of(Op::CidrInCidr, wide.ip_slot, wide.cidr_slot)},
      {"(in_versions): it reads a value of another class",
       test_of(Op::InVersions, wide.version_slot, wide.version_slot)},
      {"(listed): its list has entries of another class",
       test_of(Op::Listed, wide.ip_slot, request(wide.tables, kNowField))},
      {"(listed_ip): its list has entries of another class",
       test_of(Op::ListedIp, wide.ip_slot, request(wide.tables, kNowField))},
  };
  for (const Refused& r : refused) CHECK(refusal_of(wide, r.test) == "B0009: block 0, instruction 0 " + r.expected);
}

TEST_CASE("constants of several words") {
  const Wide wide;
  const std::uint32_t words = static_cast<std::uint32_t>(wide.tables.constants.size());
  const auto with_elements = [&](std::uint32_t type, const std::vector<std::vector<Word>>& elements) {
    BundleTables tables = wide.tables;
    for (const auto& element : elements) add_constant(tables, tables.types[type].ref, element);
    add_constant(tables, type, {Wide::collection(words, static_cast<std::uint32_t>(elements.size()))});
    return verdict_on(tables);
  };
  const auto with_value = [&](std::uint32_t type, const std::vector<Word>& value) {
    BundleTables tables = wide.tables;
    add_constant(tables, type, value);
    return verdict_on(tables);
  };
  const std::string here = "B0008: Constants " + std::to_string(words) + ": ";
  const Word a_text = symbol(wide.tables, "a life of ");
  CHECK(with_value(wide.cidr, {0, 8, 125}) == "fine");
  CHECK(with_value(wide.cidr, {0, 9, 125}) == here + "it is no range of addresses");
  CHECK(with_value(wide.cidr, {0, 8, 129}) == here + "it is no range of addresses");
  CHECK(with_value(wide.version, {0, symbol(wide.tables, "ana")}) == "fine");
  CHECK(with_value(wide.version, {0, a_text}) == here + "its pre-release is none");
  CHECK(with_value(wide.version, {0, 0xffff}) == here + "its pre-release is none");
  CHECK(with_value(wide.versions, {a_text}) == here + "its text is no canonical list of version ranges");
  CHECK(with_value(wide.versions, {0xffff}) == here + "its text is no canonical list of version ranges");
  CHECK(with_elements(wide.ips, {{0, 3}, {1, 0}}) == "fine");
  CHECK(with_elements(wide.ips, {{1, 0}, {0, 3}}).ends_with(": its elements do not ascend"));
  CHECK(with_elements(wide.ips, {{0, ~Word{0}}, {0, 3}}).ends_with(": its elements do not ascend"));
  CHECK(with_elements(wide.nets, {{0, 8, 125}, {0, 8, 126}}) == "fine");
  CHECK(with_elements(wide.nets, {{0, 8, 126}, {0, 8, 125}}).ends_with(": its elements do not ascend"));
}
