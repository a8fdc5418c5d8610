// Texts, types and constants; see verify_cases.h.
#include "verify_cases.h"

#include <doctest/doctest.h>

#include <cstring>
#include <functional>

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

TEST_CASE("texts and types") {
  check_all(
      {
          {"text not where the last ended", "B0008: Strings 1: its text: not where the last ended",
           [](auto& t) { ++t.strings[1].offset; }},
          {"not UTF-8", "B0008: Strings 1: its text is not UTF-8",
           [](auto& t) { t.text[t.strings[1].offset] = '\xff'; }},
          {"texts twice", "B0008: Strings 4: texts do not ascend",
           [](auto& t) {
             std::memcpy(&t.text[t.strings[4].offset], &t.text[t.strings[3].offset], t.strings[4].length);
           }},
          {"text behind the last", "B0008: Strings 56: there is text behind the last one",
           [](auto& t) { t.text.push_back('x'); }},
          {"kind", "B0008: Types 0: its kind is not known", [](auto& t) { t.types[0].kind = static_cast<Kind>(99); }},
          {"enum of a type", "B0008: Types 5: its enum: beyond the table", [](auto& t) { t.types[kAction].ref = 2; }},
          {"entity set of a type", "B0008: Types 8: its entity set: beyond the table",
           [](auto& t) { t.types[kUser].ref = 2; }},
          {"set of sets", "B0008: Types 10: its elements cannot be in a set",
           [](auto& t) { t.types[kUsers].ref = kScopes; }},
          {"members", "B0008: Enums 1: its members: beyond the table", [](auto& t) { t.enums[1].first_member = 3; }},
          {"enum flags", "B0008: Enums 0: its flags are not known", [](auto& t) { t.enums[0].flags = 8; }},
          {"member name", "B0008: Members 0: its name: beyond the table", [](auto& t) { t.members[0].name = 999; }},
          {"empty entity set", "B0008: EntitySets 0: it is empty", [](auto& t) { t.entity_sets[0].count = 0; }},
          {"entity set too long", "B0008: EntitySets 1: its entity types: beyond the table",
           [](auto& t) { t.entity_sets[1].count = 9; }},
          {"entity set out of order", "B0008: EntitySets 0: its entity types do not ascend",
           [](auto& t) { t.entity_sets[0].count = 2; }},
          {"entity set of what", "B0008: EntitySets 0: one of its entity types: beyond the table",
           [](auto& t) { t.pool[0] = 3; }},
          {"entity type's shape", "B0008: EntityTypes 0: its shape: beyond the table",
           [](auto& t) { t.entity_types[0].shape = 4; }},
          {"entity types out of order", "B0008: EntityTypes 1: entity types do not ascend",
           [](auto& t) { t.entity_types[1].name = 0; }},
          {"entity flags", "B0008: EntityTypes 2: its flags are not known",
           [](auto& t) { t.entity_types[2].flags = 2; }},
          {"fields of a shape", "B0008: Shapes 1: its fields: not where the last ended",
           [](auto& t) { t.shapes[1].first_field = 1; }},
          {"fields of no shape", "B0008: Shapes 3: there are fields of no shape",
           [](auto& t) { t.fields.push_back(t.fields.back()); }},
          {"field type", "B0008: Fields 0: its type: beyond the table", [](auto& t) { t.fields[0].type = 99; }},
          {"field flags", "B0008: Fields 0: its flags are not known", [](auto& t) { t.fields[0].flags = 64; }},
          {"inherits without room", "B0008: Fields 0: it inherits and has no place for its own value",
           [](auto& t) { t.fields[0].inherit = MergeStrategy::Min; }},
          {"strategy", "B0008: Fields 0: its type does not fit its strategy",
           [](auto& t) {
             t.fields[0].inherit = MergeStrategy::Any;
             t.fields[0].flags |= kFieldExplicit;
           }},
          {"slot", "B0006: types and layout do not fit: its layout is not that of its types",
           [](auto& t) { ++t.fields[0].slot; }},
          {"words", "B0006: types and layout do not fit: its layout is not that of its types",
           [](auto& t) { ++t.types[0].words; }},
          {"bits", "B0006: types and layout do not fit: its layout is not that of its types",
           [](auto& t) { ++t.shapes[kOrgShape].presence_bits; }},
          {"cycle", "B0006: types and layout do not fit: a type contains itself",
           [](auto& t) {
             t.types[kText] = {Kind::List, kText, 4, 1};
           }},
      },
      layout_hash(sample()));
}

namespace {

/// A further constant of this type and word.
Break constant_of(std::uint32_t type, Word word) {
  return [=](BundleTables& t) { add_constant(t, type, {word}); };
}

constexpr Word set_at(Word offset, Word count) {
  return Word{2} << 62 | offset << 32 | count;
}

}  // namespace

TEST_CASE("constants") {
  check_all({
      {"types", "B0008: ConstantTypes 10: there is not one a word", [](auto& t) { t.constant_types.push_back(kNone); }},
      {"type", "B0008: Constants 9: its type: beyond the table", constant_of(99, 0)},
      {"in another", "B0008: Constants 8: a value begins inside another", [](auto& t) { t.constant_types[8] = kInt; }},
      {"cut", "B0008: Constants 9: its value goes beyond the pool", constant_of(kScopes, 0)},
      {"Bool", "B0008: Constants 9: it is neither true nor false", constant_of(kBool, 2)},
      {"Time", "B0008: Constants 9: it is outside the years 1 to 9999", constant_of(kTime, INT64_MAX)},
      {"String", "B0008: Constants 9: its text is beyond its table", constant_of(kText, 999)},
      {"member", "B0008: Constants 9: it is no member of its enum", constant_of(kAction, 2)},
      {"open member", "B0008: Constants 9: it is no member of its enum", constant_of(kScope, 999)},
      {"entity type", "B0008: Constants 9: its entity type is not possible here",
       constant_of(kUser, Word{kOrgType} << 32 | 1)},
      {"entity id", "B0008: Constants 9: its id: beyond the table", constant_of(kUser, Word{kUserType} << 32 | 999)},
      {"empty id", "B0008: Constants 9: its id is empty", constant_of(kUser, Word{kUserType} << 32)},
      {"mask bits", "B0008: Constants 9: it has bits of no member",
       [](auto& t) {
         add_constant(t, kScopes, {0b10000, 0});
       }},
      {"mask other texts", "B0008: Constants 9: its bit for other texts is wrong",
       [](auto& t) {
         add_constant(t, kScopes, {0b1000, 0});
       }},
      {"mask texts elsewhere", "B0008: Constants 9: its elements are not in the constants",
       [](auto& t) {
         add_constant(t, kScopes, {0b1000, 1});
       }},
      {"mask texts beyond", "B0008: Constants 9: its elements go beyond the pool",
       [](auto& t) {
         add_constant(t, kScopes, {0b1000, set_at(11, 1)});
       }},
      {"mask text", "B0008: Constants 9: its text is beyond its table",
       [](auto& t) {
         add_constant(t, kScopes, {0b1000, set_at(5, 1)});
       }},
      {"mask texts out of order", "B0008: Constants 9: its elements do not ascend",
       [](auto& t) {
         add_constant(t, kScopes, {0b1000, set_at(0, 3)}), t.constants[1] = 0;
       }},
      {"elements of another type", "B0008: Constants 9: its elements are of another type",
       constant_of(kUsers, set_at(5, 1))},
      {"elements elsewhere", "B0008: Constants 9: its elements are not in the constants", constant_of(kUsers, 1)},
      {"elements beyond", "B0008: Constants 9: its elements go beyond the pool", constant_of(kUsers, set_at(10, 1))},
      {"too many elements", "B0008: Constants 9: it has more elements than its type allows",
       [](auto& t) {
         t.types[kUsers].max = 1;
         add_constant(t, kUsers, {set_at(3, 2)});
       }},
      {"out of order", "B0008: Constants 9: its elements do not ascend",
       [](auto& t) {
         t.constants[3] = t.constants[4];
         add_constant(t, kUsers, {set_at(3, 2)});
       }},
      {"closure", "B0008: Enums 1: its order of inclusion is beyond the constants",
       [](auto& t) { t.enums[1].closure = 7; }},
      {"closure of no scope", "B0008: Enums 0: it is no scope and has an order of inclusion",
       [](auto& t) { t.enums[0].closure = 0; }},
      {"default", "B0008: Fields 0: its default: beyond the table", [](auto& t) { t.fields[0].default_constant = 99; }},
      {"default of another type", "B0008: Fields 0: its default is of another type",
       [](auto& t) { t.fields[0].default_constant = 3; }},
      {"shared in part", "B0008: Constants 51: collections share a part of their elements",
       [](auto& t) {
         for (int i = 0; i < 40; ++i) add_constant(t, kUser, {t.constants[3]});
         t.types.push_back({Kind::List, kUser, 100, 1});
         const auto list = static_cast<std::uint32_t>(t.types.size() - 1);
         add_constant(t, list, {set_at(9, 40)});
         add_constant(t, list, {set_at(9, 40)});  // the same elements are looked at once
         add_constant(t, list, {set_at(9, 39)});
       }},
  });
}
