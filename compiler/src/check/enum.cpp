// Enums and scopes: members, their order, and what a scope's members include.

#include <algorithm>

#include <bylaw/grammar/diagnostics/types.h>

#include "check/typing.h"

namespace bylaw::compiler {

namespace {

/// A scope's closure has the square of it in bits.
constexpr std::size_t kMostMembers = 4096;

Member read_member(NodeRef node) {
  const NodeRef wire = node.child(NodeKind::Wire);
  const NodeRef doc = node.child(NodeKind::Doc);
  std::string name(node.child(NodeKind::Name).text());
  return {.name = name,
          .wire = wire ? grammar::string_value(wire) : name,
          .span = node.span(),
          .doc = doc ? grammar::doc_text(doc) : ""};
}

/// A name or text that an earlier member has.
void tell_if_taken(Checker& checker, const EnumType& declared, const Member& member, NodeRef node) {
  const NodeRef name = node.child(NodeKind::Name);
  for (const Member& other : declared.members) {
    if (other.name == member.name) {
      checker.diagnostics.report(codes::MemberTwice, name.span(), {{"name", member.name}, {"enum", declared.name}})
          .note(other.span, "first here");
      return;
    }
    if (other.wire != member.wire && other.wire != member.name && other.name != member.wire) continue;
    const NodeRef wire = node.child(NodeKind::Wire);
    const std::string text = other.wire == member.name ? member.name : member.wire;
    checker.diagnostics
        .report(codes::WireTwice, wire ? wire.span() : name.span(),
                {{"text", text}, {"first", other.name}, {"second", member.name}})
        .note(other.span, "`" + other.name + "` is declared here");
    return;
  }
}

/// `<` stands between all members or between none.
void check_order(Checker& checker, EnumType& declared, NodeRef node) {
  const std::size_t marks = node.children(NodeKind::OrderMark).size();
  declared.ordered = marks > 0;
  if (marks == 0) return;
  if (declared.open) checker.diagnostics.report(codes::OpenOrdered, declared.name_span);
  NodeRef before;
  bool marked = true;
  for (NodeRef child : node.children()) {
    if (child.is(NodeKind::OrderMark)) marked = true;
    if (!child.is(NodeKind::Member)) continue;
    if (!marked) {
      checker.diagnostics.report(codes::OrderMixed, child.span(),
                                 {{"enum", declared.name},
                                  {"first", std::string(before.child(NodeKind::Name).text())},
                                  {"second", std::string(child.child(NodeKind::Name).text())}});
      return;
    }
    before = child;
    marked = false;
  }
}

void read_includes(Checker& checker, EnumType& declared, std::size_t index, NodeRef includes) {
  std::vector<std::string> names;
  for (const Member& member : declared.members) names.push_back(member.name);
  for (NodeRef name : includes.children(NodeKind::Name)) {
    const auto found = std::find(names.begin(), names.end(), name.text());
    if (found != names.end()) {
      declared.members[index].includes.push_back(static_cast<std::uint32_t>(found - names.begin()));
      continue;
    }
    auto told = checker.diagnostics.report(codes::UnknownInclude, name.span(),
                                           {{"scope", declared.name}, {"member", std::string(name.text())}});
    const std::string meant = grammar::nearest(name.text(), names);
    if (!meant.empty()) told.fix("did you mean `" + meant + "`?", name.span(), meant);
  }
}

/// The members that `start` includes in any number of steps; `came_from` says by which way.
std::vector<bool> included(const EnumType& declared, std::uint32_t start, std::vector<std::uint32_t>& came_from) {
  std::vector<bool> seen(declared.members.size());
  came_from.assign(declared.members.size(), start);
  std::vector<std::uint32_t> open{start};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    for (std::uint32_t next : declared.members[at].includes) {
      if (seen[next]) continue;
      seen[next] = true;
      came_from[next] = at;
      open.push_back(next);
    }
  }
  return seen;
}

std::string cycle_text(const EnumType& declared, std::uint32_t member, const std::vector<std::uint32_t>& came_from) {
  std::string text = "`" + declared.members[member].name + "`";
  for (std::uint32_t at = came_from[member]; at != member; at = came_from[at])
    text = "`" + declared.members[at].name + "` -> " + text;
  return "`" + declared.members[member].name + "` -> " + text;
}

/// Reflexive and transitive. Members that include each other are told once.
void close_scope(Checker& checker, EnumType& declared) {
  std::vector<bool> told(declared.members.size());
  for (std::uint32_t i = 0; i < declared.members.size(); ++i) {
    std::vector<std::uint32_t> came_from;
    std::vector<bool> reached = included(declared, i, came_from);
    if (reached[i] && !told[i]) {
      checker.diagnostics.report(codes::IncludeCycle, declared.members[i].span,
                                 {{"member", declared.members[i].name}, {"cycle", cycle_text(declared, i, came_from)}});
      for (std::uint32_t at = came_from[i]; at != i; at = came_from[at]) told[at] = true;
    }
    reached[i] = true;
    declared.closure.push_back(std::move(reached));
  }
}

void check_enum(Checker& checker, EnumId id) {
  EnumType& declared = checker.program.enums[id];
  const NodeRef node = checker.enum_nodes[id.index];
  declared.open = node.has(NodeKind::Open);
  const std::vector<NodeRef> members = node.children(NodeKind::Member);
  if (members.size() > kMostMembers) {
    checker.diagnostics.report(codes::TooManyMembers, declared.name_span,
                               {{"enum", declared.name},
                                {"count", std::to_string(members.size())},
                                {"largest", std::to_string(kMostMembers)}});
    return;
  }
  for (NodeRef member : members) {
    Member read = read_member(member);
    tell_if_taken(checker, declared, read, member);
    declared.members.push_back(std::move(read));
  }
  if (members.empty() && !declared.open)
    checker.diagnostics.report(codes::NoMembers, declared.name_span, {{"enum", declared.name}});
  check_order(checker, declared, node);
  for (std::size_t i = 0; i < members.size(); ++i)
    if (const NodeRef includes = members[i].child(NodeKind::Includes)) read_includes(checker, declared, i, includes);
  if (declared.scope) close_scope(checker, declared);
  check_notes(checker, declared.module, node.children(NodeKind::Note));
}

}  // namespace

void check_enums(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.enums.size(); ++i) check_enum(checker, {i});
}

}  // namespace bylaw::compiler
