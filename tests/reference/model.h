#pragma once
// The judge: a plain tree-walking evaluator over the typed tree and model values. It is slow and obvious, and shares no
// code with elaboration, lowering, bundle, VM or request reader: it is written from the language reference, and what it
// says, they must say too. It takes requests and entity data that are valid, and aborts where a checked program must
// never come (an absent value that is used, an entity that nobody describes).

#include <bylaw/compiler/typed_tree.h>

#include <compare>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bylaw::reference {

using compiler::DecisionId;
using compiler::ExprId;
using compiler::LocalId;
using compiler::PolicyId;
using compiler::Program;
using compiler::RuleId;
using compiler::TypeId;

struct EntityKey {
  std::string type;  // the short name: "User"; the examples have no two types of one short name
  std::string id;
  friend auto operator<=>(const EntityKey&, const EntityKey&) = default;
};

enum class Kind {
  Absent,
  Bool,
  Number,
  Text,
  Member,
  Entity,
  Set,
  List,
  Record,
  Bits,
  Version,
  Ranges,
  Pattern,
  Map,
  Something
};

/// A value of the language. Number: Int, Time, Duration and Decimal (ten-thousandths). Member: `number` is its index,
/// or -1 for a text that an open type does not declare; `text` is its `as` text. Bits: an Ip or Cidr as 128 and fewer
/// characters 0 and 1. Version: `text` without build metadata, three numbers. Ranges: `text` as it is printed. Pattern:
/// `number` is 0 for a glob, 1 for a regex. Map: `items` are Records of `key` and `value`, ascending by key. Something:
/// a value of type Any, of which nothing is known.
struct Value {
  Kind kind = Kind::Absent;
  std::int64_t number = 0;
  std::string text;
  EntityKey entity;
  std::vector<Value> items;             // of Set (sorted, unique), List and Map
  std::map<std::string, Value> fields;  // of Record, by name

  bool present() const { return kind != Kind::Absent; }
};
bool equal(const Value& a, const Value& b);
/// The order of elements in a set: numbers, members as declared (undeclared last, by text), texts by bytes, entities by
/// (type, id).
bool before(const Value& a, const Value& b);
/// Addresses and versions (addresses.cpp): by type, the text of a valid one as a value, its printed form, and whether
/// one lies in another.
Value read_form(compiler::TypeKind type, const std::string& text);
std::string print_form(compiler::TypeKind type, const Value& value);
bool inside(const Value& value, const Value& holder);
bool version_before(const std::string& a, const std::string& b);
/// A text against a pattern, or a set or list of patterns.
bool matches_pattern(const Value& text, const Value& pattern);
Value make_set(std::vector<Value> items);
/// What has at most one entry a key (map.cpp).
Value make_map(std::vector<std::pair<Value, Value>> entries);
/// What the map has at the key; absent if nothing.
Value at_key(const Value& map, const Value& key);
/// Each entry of the one map is in the other, with an equal value.
bool has_entries(const Value& map, const Value& other);
/// What a binder goes through: elements, or of a map its keys.
std::vector<Value> gone_through(const Value& collection);

/// `union` or `intersect` of two sets.
Value merge_sets(compiler::Strategy strategy, const Value& a, const Value& b);
/// Each value once, ascending; sets by their elements.
std::vector<Value> distinct(std::vector<Value> values);

/// What is known of an entity: explicit values only. A value that is Absent was given as `null`.
struct EntityFacts {
  std::map<std::string, Value> attributes;
  std::vector<EntityKey> parents;
};

/// One request with the entities around it.
struct Situation {
  const Program* program = nullptr;
  DecisionId decision;
  std::map<std::string, Value> fields;
  std::map<EntityKey, EntityFacts> entities;
  mutable PolicyId policy;  // whose rules are looked at: what `this` is
};

/// Reads a valid request (and entity data, an object of `Type::id` keys; may be null) by the declared types.
Situation read_situation(const Program& program, DecisionId decision, const nlohmann::json& request,
                         const nlohmann::json& entities);

using Locals = std::map<LocalId, Value>;
/// The row counts at the situation's `now`.
bool is_live(const Situation& situation, const compiler::Row& row);
Value evaluate(const Situation& situation, ExprId expr, const Locals& locals);
bool holds(const Situation& situation, ExprId expr, const Locals& locals);
/// What a comprehension gives: every value, in order; of one that is a set each once, ascending.
Value comprehend(const Situation& situation, const compiler::Expr& expr, const Locals& locals);
/// `xs + ys`.
Value join_lists(const Value& left, const Value& right);
/// `let` names followed to what they stand for.
ExprId through_lets(const Program& program, ExprId expr);
/// What a function that is built in gives.
Value call_builtin(const Program& program, compiler::Builtin builtin, const std::vector<Value>& arguments);
/// The entity and everything above it.
std::set<EntityKey> upwards(const Situation& situation, const EntityKey& entity);
/// The same, nearest first; at one distance by the full name of the type, then by id.
std::vector<EntityKey> lineage(const Situation& situation, const EntityKey& entity);

/// A value as messages print it, and as results show it in JSON.
std::string print(const Program& program, TypeId type, const Value& value);
nlohmann::json to_json(const Program& program, TypeId type, const Value& value);
std::string print_time(std::int64_t microseconds);
std::string print_duration(std::int64_t microseconds);
std::string print_decimal(std::int64_t ten_thousandths);
std::string print_entity(const EntityKey& entity);
/// An entry that decided, as results tell it, without its place.
nlohmann::json told_entry(const Program& program, const compiler::List& list, const compiler::Row& row,
                          const Value& entry, const std::string& rule);
std::string render(const Situation& situation, const compiler::Message& message, const Locals& locals);

/// The live list entries that made the rule's list tests true, with each of the given bindings; nothing if the judge
/// does not say.
std::optional<nlohmann::json> list_entries(const Situation& situation, const compiler::Rule& rule,
                                           const std::string& name, const std::vector<Locals>& places);

/// What the engine must answer: the documented result object, without `schema`, `line`, `id`, `findings_cut`.
nlohmann::json decide(const Situation& situation);

[[noreturn]] void impossible(const char* what);

}  // namespace bylaw::reference
