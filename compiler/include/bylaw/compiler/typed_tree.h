#pragma once
// The typed tree: what the sources mean, one-to-one with what stands in them (defs and lets are not inlined, constants
// not folded), every name resolved, every operator chosen, every use of an absent value proven safe. The checker builds
// it; elaboration (to the decision IR) and the reference evaluator in tests/ read it.
//
// Invariants of a program that was checked without errors:
// - no type is Error; every id that is not said to be optional is set;
// - defs, lets and consts are acyclic; entity attributes are read only where they are known;
// - a `Get` is reached only where its path is set.

#include <bylaw/compiler/ids.h>
#include <bylaw/compiler/operations.h>
#include <bylaw/grammar/source_file.h>

#include <format/text_reading.h>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bylaw::compiler {

using grammar::SourceId;
using grammar::Span;

struct Module;
struct Type;
struct EnumType;
struct RecordType;
struct EntityType;
struct Constant;
struct Function;
struct List;
struct Annotation;
struct Decision;
struct Policy;
struct Rule;
struct Claim;
struct Expr;
struct Local;
using ModuleId = Id<Module>;
using TypeId = Id<Type>;
using EnumId = Id<EnumType>;
using RecordId = Id<RecordType>;
using EntityTypeId = Id<EntityType>;
using ConstantId = Id<Constant>;
using FunctionId = Id<Function>;
using ListId = Id<List>;
using AnnotationId = Id<Annotation>;
using DecisionId = Id<Decision>;
using PolicyId = Id<Policy>;
using RuleId = Id<Rule>;
using ClaimId = Id<Claim>;
using ExprId = Id<Expr>;
using LocalId = Id<Local>;

// --- types ---

enum class TypeKind : std::uint8_t {
  Error,  // something was already told here; silences what hangs on it
  Bool,
  Int,
  String,
  Time,
  Duration,
  Enum,      // `enum_id`: an enum or a scope
  Record,    // `record`
  Entity,    // `entities`: one entity type, or a union
  Set,       // `element`, `max`
  List,      // `element`, `max`
  Optional,  // `element`
  Ip,
  Cidr,
  Version,
  Versions,
  Policy,  // the name of a policy
  Glob,    // constants alone, as Regex
  Regex,
  Decimal,
  Map,  // `element`: the record of an entry (Program::map_type), `max`
  Any,  // of a field alone: whatever the document holds; only presence is kept
};

/// What a document shows of a value before its type is known: by it the types of a union are told apart.
enum class ValueShape : std::uint8_t { None, Bool, Number, Text, Array, Object };
ValueShape shape_of(TypeKind kind);
/// "number": also the name of the field that stands for a union's type of that shape.
const char* shape_name(ValueShape shape);

/// Interned: equal types have equal ids (`Program::types` holds each once).
struct Type {
  TypeKind kind = TypeKind::Error;
  EnumId enum_id;
  RecordId record;
  std::vector<EntityTypeId> entities;  // sorted, unique, not empty for Entity
  TypeId element;
  std::uint32_t max = 0;  // of Set, List and Map: the limit, 4,096 if unsaid
  bool names_only =
      false;  // of Entity: values of literals and lists, whose attributes cannot be read (a flag kept by joins)
  format::TextMode text = format::TextMode::AsIs;  // of String: `lower(..)` and `fold(..)`, which only tests consume
  bool part = false;  // of String: a part of a text, which is read where it stands and never kept; written `Text`
  // Of Set and List: a comprehension, `xs + ys`, or a call of a def that gives one: gone through and never kept.
  bool gathered = false;
  friend auto operator<=>(const Type&, const Type&) = default;
};

/// What all declarations have.
struct Declared {
  std::string name;  // as declared: "Token"
  ModuleId module;
  Span name_span;
  Span span;
  std::string doc;
  bool is_private = false;
};

struct Member {
  std::string name;
  std::string wire;                     // the `as` text, else the name
  std::vector<std::uint32_t> includes;  // scope: the members directly named, by index
  Span span;
  std::string doc;
};

/// `enum` or `scope`.
struct EnumType : Declared {
  bool open = false;
  bool scope = false;
  bool ordered = false;  // `a < b < c`; members stand in ascending order
  std::vector<Member> members;
  /// closure[i][j]: member i includes member j: reflexive, transitive. Empty for an enum.
  std::vector<std::vector<bool>> closure;
};

enum class Strategy : std::uint8_t {
  None,
#define BYLAW_STRATEGY(name, spelling, merged, use, meaning) name,
#include <bylaw/compiler/strategies.def>
#undef BYLAW_STRATEGY
};

/// A field of a record, an entity (then: attribute) or a decision.
struct Field {
  std::string name;
  std::string wire;
  TypeId type;           // Optional for `T?`
  ExprId default_value;  // optional; a constant expression
  Strategy inherit = Strategy::None;
  bool secret = false;  // @secret: messages print ***
  Span span;
  Span name_span;
  std::string doc;
};

struct RecordType : Declared {
  bool open = false;
  ListId list;  // set if these are the entries of a list with columns; `since`, `until`, `owner`, `because` come last
  bool entry = false;  // of a Map: `key` and `value`, which is optional; no author names it
  // A union of values, `Int | String`: each field is one of its types, optional, and one of them is set. No author
  // names it or its fields.
  bool either = false;
  std::vector<Field> fields;
};

struct EntityType : Declared {
  std::vector<EntityTypeId> parents;  // declared after `in`, sorted
  bool one_parent = false;            // `in one`
  std::vector<Field> fields;
};

// --- expressions ---

enum class ExprKind : std::uint8_t {
  Error,
  // constants
  BoolLiteral,      // integer: 0 or 1
  IntLiteral,       // integer
  TimeLiteral,      // integer: microseconds since 1970-01-01T00:00:00Z
  DurationLiteral,  // integer: microseconds
  DecimalLiteral,   // integer: ten-thousandths
  StringLiteral,    // text
  Composed,         // operands: texts, and values whose printed forms stand between them
  PatternLiteral,   // text; type says whether it is a glob or a regex
  MemberLiteral,    // integer: index of the member; type says the enum
  EntityLiteral,    // text: the id; type is Entity of one type, names_only
  FormLiteral,      // text: the one printed form of an Ip, Cidr, Version or Versions; type says which
  SetLiteral,       // operands: the elements as written (duplicates may stand there)
  ListLiteral,      // operands
  MapLiteral,       // operands: key, value, key, value ..
  RecordLiteral,    // operands: one a field of the record, in its order; none (false) = absent, or the field's default
  // names
  RequestField,  // text: the field of the decision being decided
  LocalUse,      // local: a binder, parameter, let
  ConstantUse,   // constant
  ListUse,  // list: as right operand of In.., DirectlyIn.., Within.., Overlaps.., and where a binder goes through it
  // steps
  Select,  // operands[0].text: field of a record or attribute of an entity. If operands[0] is Optional, the result is
           // Optional: absent if the base is absent
  Lookup,  // operands[0][operands[1]]: what a Map has at a key; always Optional, absent if operands[0] is
  Get,     // operands[0], an optional path that is known to be set here; type is its element
  // tests and operators
  Operation,  // operation; operands: left, right; for Not and Negate only one
  IsType,     // operands[0]; entities: the types asked for
  IsSet,      // operands[0], Optional
  IsUnset,
  IsEmpty,
  IsUnknown,
  Range,  // operands: low, high; only as right operand
  If,     // operands: condition, then, else
  AnyOf,  // local: the binder; operands: collection, body
  AllOf,
  NoneOf,
  Comprehension,  // binders; operands: one collection a binder, the value, and what follows `where`, if anything does;
                  // type: a Set has each value once, a List every value
  Call,           // function; operands: the arguments
  BuiltinCall,    // builtin; operands: the arguments
  PolicyLiteral,  // policy
  This,           // the policy whose rules are being decided
};

struct Expr {
  ExprKind kind = ExprKind::Error;
  compiler::Operation operation{};  // of Operation
  compiler::Builtin builtin{};      // of BuiltinCall
  TypeId type;
  Span span;                     // the whole expression
  std::vector<ExprId> operands;  // all expressions below: instances of templates copy them
  std::int64_t integer = 0;
  std::string text;
  LocalId local;
  ConstantId constant;
  ListId list;
  FunctionId function;
  PolicyId policy;
  std::vector<EntityTypeId> entities;  // of IsType, sorted
  std::vector<LocalId> binders;        // of Comprehension, outermost first
};

/// Column: `since`, `until`, `owner`, `because`, `entry` in a list's `requires`.
enum class LocalKind : std::uint8_t { Binder, Parameter, Let, Column };

struct Local {
  std::string name;
  LocalKind kind;
  TypeId type;   // may be Optional for a parameter or let
  ExprId value;  // of a Let
  Span span;     // of its name
};

/// Also params, which are constants of one build, and the arguments of `policy x is t(..)`, which only the instance's
/// expressions name.
struct Constant : Declared {
  TypeId type;
  ExprId value;  // of a param: what the deployment gives, else its default
  bool param = false;
  // Of a param:
  ExprId default_value;  // optional
  LocalId asked;         // with a range: the value that `range` asks about
  ExprId range;          // Bool: `asked in 1..365`; elaboration evaluates it
  Span range_span;
  std::string range_text;  // "1..365", as written
};

struct Function : Declared {
  std::vector<LocalId> parameters;
  TypeId result;
  ExprId body;
};

// --- messages and notes ---

/// Text with interpolations: `text` of each part is printed, then `value` (if set) in its type's printed form.
struct MessagePart {
  std::string text;
  ExprId value;  // optional; never Optional in type
};
struct Message {
  std::vector<MessagePart> parts;
  Span span;
};

struct Annotation : Declared {
  TypeId type;  // none: a bare note
};
/// `@code("x")` on a policy or rule.
struct Note {
  AnnotationId annotation;
  ExprId value;  // constant; none for a bare note
  Span span;
};

// --- lists ---

enum class ListIntent : std::uint8_t { Allow, Deny, None };

/// An entry. Live iff since <= now < until; absent = open.
struct Row {
  ExprId value;  // constant, of the list's type; with columns a RecordLiteral, what stands below included
  std::optional<std::int64_t> since;  // microseconds
  std::optional<std::int64_t> until;  // microseconds, exclusive; `through D` is the start of D + 1
  std::optional<std::string> owner;   // an entity in its printed form (`Group::"secops"`), else as written
  std::optional<std::string> because;
  Span span;  // the row, in the source or in the data file
  Span value_span;
  Span until_span;  // the instant after `until` or `through`; unknown if none
  bool through = false;
};

struct Requirement {
  enum class Kind : std::uint8_t { Since, Until, Owner, Because, Condition } kind;
  ExprId condition;  // of Condition: Bool over LocalUse of Columns; elaboration evaluates it for each row
  Span span;
};

/// `allowlist x: T` or `denylist x: T`, or with columns `list x { .. }`.
struct List : Declared {
  ListIntent intent = ListIntent::Allow;
  TypeId element;  // with columns: the record `row`
  RecordId row;    // with columns
  std::vector<Requirement> requirements;
  std::vector<Row> rows;  // in source order
  std::string file;       // project path of the data file, empty for rows in the source
  bool dated() const {
    for (const Row& entry : rows)
      if (entry.since || entry.until) return true;
    return false;
  }
};

// --- decisions and policies ---

enum class Effect : std::uint8_t { Deny, Allow };

struct Obligation {
  std::string name;
  TypeId type;
  Strategy strategy;
  Span span;
  std::string doc;
};

struct GrantPath {
  std::string module;
  bool below = false;  // `central.*`: the module and all below it
};

struct Decision : Declared {
  std::vector<Field> fields;
  std::vector<Obligation> obligations;
  Effect default_effect = Effect::Deny;
  std::optional<Message> default_message;
  std::vector<GrantPath> grants;  // empty: any module may allow
};

enum class Mode : std::uint8_t { Enforce, Audit, Off };
enum class RuleKind : std::uint8_t { Exempt, Allow, Deny, Oblige };

/// `x in xs` of a `for each`.
struct Binder {
  LocalId local;
  ExprId source;
};

struct Rule {
  PolicyId policy;
  RuleKind kind;
  bool otherwise = false;  // `allow otherwise`, `deny otherwise`: name is "otherwise"
  std::string name;
  std::vector<RuleId> lifts;    // of Exempt with `from`: what it lifts
  bool lifts_all = false;       // of Exempt without `from`
  std::vector<Binder> binders;  // of `for each`, outermost first; each sees those before it
  std::vector<LocalId> lets;    // its own, which see the binders: each stands after those that it uses
  ExprId when;                  // optional
  ExprId unless;                // optional; of Deny
  std::optional<Message> message;
  std::string obligation;   // of Oblige: the obligation's name
  ExprId value;             // of Oblige
  bool on_deny = false;     // of Oblige
  std::vector<Note> notes;  // its own, then those of the policy whose name it does not have
  Span span;
  Span name_span;
  std::string doc;
};

struct Policy : Declared {
  Span template_span;  // of the template's path in `policy x is t(..)`; its rules then stand in the template
  std::vector<DecisionId> decisions;
  std::optional<std::int64_t> from;   // `in force from`, microseconds
  std::optional<std::int64_t> until;  // exclusive
  Span until_span;
  Mode mode = Mode::Enforce;
  ConstantId mode_from;                     // the param, constant or argument of a template that says it; none: a word
  std::optional<std::int64_t> audit_until;  // `mode audit until T`: enforced from T on
  ExprId guard;                             // optional: `when`
  std::vector<LocalId> lets;
  std::vector<RuleId> rules;  // in source order
  std::vector<Note> notes;
};

/// Parsed and checked, not proven: decides nothing and is not in the bundle.
struct Claim : Declared {
  Effect never = Effect::Allow;
  DecisionId decision;
  ExprId when;  // optional
};

struct Module {
  std::string name;  // "azure_devops.pat"
  SourceId source;
  std::string doc;
  bool standard = false;      // std.*
  std::uint32_t project = 0;  // of Input::projects
};

struct Program {
  Store<Module> modules;  // sorted by name
  Store<Type> types;
  std::map<Type, TypeId> interned;  // the ids of `types`, by what they are
  Store<EnumType> enums;
  Store<RecordType> records;
  std::map<std::pair<TypeId, TypeId>, RecordId> map_entries;  // by the types of key and value
  std::map<std::vector<TypeId>, RecordId> unions;             // of values, by their types
  Store<EntityType> entities;
  Store<Constant> constants;
  Store<Function> functions;
  Store<List> lists;
  Store<Annotation> annotations;
  Store<Decision> decisions;
  Store<Policy> policies;
  Store<Rule> rules;
  Store<Claim> claims;
  EnumId weekday;  // the enum `Weekday` that is built in, if something uses it; its module is none
  EnumId mode;     // the same of `Mode`, whose members are numbered as those of the C++ enum
  Store<Expr> exprs;
  Store<Local> locals;

  /// "azure_devops.pat.lifespan": module and name; of what is built in the name alone.
  std::string qualified(const Declared& declared) const {
    return declared.module ? modules[declared.module].name + "." + declared.name : declared.name;
  }
  /// The interned type: adds it if it is new.
  TypeId intern(const Type& type);
  TypeId simple(TypeKind kind) { return intern(Type{.kind = kind}); }
  TypeId optional(TypeId element) { return intern(Type{.kind = TypeKind::Optional, .element = element}); }
  /// `Map<key, value> max N`: a list of entries that are records of both, ascending by key.
  TypeId map_type(TypeId key, TypeId value, std::uint32_t max);
  TypeId key_type(TypeId map) const { return records[types[types[map].element].record].fields[0].type; }
  TypeId value_type(TypeId map) const {
    return without_optional(records[types[types[map].element].record].fields[1].type);
  }
  /// The union of these types of values, each of a shape of its own.
  TypeId union_type(std::vector<TypeId> parts);
  /// The record that stands for a union of values, which may be optional; null of other types.
  const RecordType* either_of(TypeId type) const {
    const Type& plain = types[without_optional(type)];
    return plain.kind == TypeKind::Record && records[plain.record].either ? &records[plain.record] : nullptr;
  }
  bool is_optional(TypeId type) const { return types[type].kind == TypeKind::Optional; }
  /// The type under `?`, or the type itself.
  TypeId without_optional(TypeId type) const { return is_optional(type) ? types[type].element : type; }
  /// "Set<User | Group>", "Duration?": as an author writes it.
  std::string type_name(TypeId type) const;
  const Field* find_field(const std::vector<Field>& fields, const std::string& name) const {
    for (const Field& field : fields)
      if (field.name == name) return &field;
    return nullptr;
  }
};

/// The tree as text, for golden files and debugging: declarations by module, expressions with their types.
std::string print_typed_tree(const Program& program);

}  // namespace bylaw::compiler
