// `Weekday`, the one enum that is built in. It stands in no module, and in a program only if something uses it.

#include "check/checker.h"

namespace bylaw::compiler {

TypeId weekday_type(Checker& checker) {
  Program& program = checker.program;
  if (!program.weekday) {
    EnumType days;
    days.name = kWeekdayName;
    days.ordered = true;
    for (const char* day : {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
      Member member;
      member.name = member.wire = day;
      days.members.push_back(std::move(member));
    }
    program.weekday = program.enums.add(std::move(days));
  }
  return program.intern({.kind = TypeKind::Enum, .enum_id = program.weekday});
}

}  // namespace bylaw::compiler
