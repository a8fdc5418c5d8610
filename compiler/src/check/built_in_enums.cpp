// `Weekday` and `Mode`, the enums that are built in. They stand in no module, and in a program only if something uses
// them.

#include "check/checker.h"

namespace bylaw::compiler {

namespace {

struct BuiltIn {
  const char* name;
  bool ordered;
  EnumId Program::*place;
  std::vector<const char*> members;
};

const std::vector<BuiltIn>& all() {
  static const std::vector<BuiltIn> enums = {
      {"Weekday",
       true,
       &Program::weekday,
       {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}},
      {"Mode", false, &Program::mode, {"enforce", "audit", "off"}},
  };
  return enums;
}

EnumType declared(const BuiltIn& built_in) {
  EnumType type;
  type.name = built_in.name;
  type.ordered = built_in.ordered;
  for (const char* name : built_in.members) {
    Member member;
    member.name = member.wire = name;
    type.members.push_back(std::move(member));
  }
  return type;
}

TypeId type_of_enum(Checker& checker, std::string_view name) {
  const EnumId id = built_in_enum(checker, name);
  return checker.program.intern({.kind = TypeKind::Enum, .enum_id = id});
}

}  // namespace

EnumId built_in_enum(Checker& checker, std::string_view name) {
  for (const BuiltIn& built_in : all()) {
    if (name != built_in.name) continue;
    EnumId& id = checker.program.*built_in.place;
    if (!id) id = checker.program.enums.add(declared(built_in));
    return id;
  }
  return {};
}

std::vector<std::string> built_in_enum_names() {
  std::vector<std::string> names;
  for (const BuiltIn& built_in : all()) names.emplace_back(built_in.name);
  return names;
}

TypeId weekday_type(Checker& checker) {
  return type_of_enum(checker, "Weekday");
}

TypeId mode_type(Checker& checker) {
  return type_of_enum(checker, "Mode");
}

}  // namespace bylaw::compiler
