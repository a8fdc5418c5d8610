#pragma once
// The bundle (*.bylawc): one contiguous little-endian file. A header, a table of sections, and sections of fixed-size
// records that refer to each other by index. The compiler writes it, the runtime copies and verifies it before it
// believes a byte. docs/bytecode.md is derived from opcodes.def and this file.
//
// All records are trivially copyable, have no padding (asserted) and 4- or 8-byte members. `kNone` means "there is
// none". A "symbol" is an index into the string table; equal texts have one symbol.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>

namespace bylaw::format {

using Word = std::uint64_t;
using Symbol = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xffffffff;

inline constexpr char kMagic[8] = {'B', 'Y', 'L', 'A', 'W', '\r', '\n', '\x1a'};
inline constexpr std::uint16_t kFormatMajor = 1;  // another one is refused
inline constexpr std::uint16_t kFormatMinor = 0;  // a larger one is refused
inline constexpr std::uint32_t kLanguageVersion = 1;
inline constexpr std::size_t kSectionAlignment = 64;

struct Header {
  char magic[8];
  std::uint16_t major;
  std::uint16_t minor;
  std::uint32_t language;
  std::uint64_t length;       // of the whole file in bytes
  std::uint64_t layout_hash;  // of entity types and what they contain: which snapshots fit (layout_hash.h)
  std::uint64_t checksum;     // checksum.h, over the whole file with this field and `sha256` as zero
  std::uint8_t sha256[32];    // over the whole file with this field and `checksum` as zero: the bundle's identity
  std::uint32_t section_count;
  std::uint32_t reserved[13];  // zero
};
static_assert(sizeof(Header) == 128 && std::is_trivially_copyable_v<Header>);

/// Sections stand in the file in this order, each exactly once, each aligned to 64 bytes, padding zero. The table of
/// their entries follows the header.
enum class Section : std::uint32_t {
#define BYLAW_SECTION(name, ...) name,
#include "format/sections.def"
#undef BYLAW_SECTION
};

struct SectionEntry {
  std::uint32_t section;
  std::uint32_t count;   // records
  std::uint64_t offset;  // from the file's begin
  std::uint64_t length;  // bytes: count * size of the record
  std::uint64_t reserved;
};
static_assert(sizeof(SectionEntry) == 32);

struct StringRecord {
  std::uint32_t offset;  // into Text
  std::uint32_t length;
};

// --- types ---

/// What a value is. The words it takes in a frame are said with it; see layout.h.
enum class Kind : std::uint32_t {
  Bool,      // 1 word, 0 or 1
  Int,       // 1 word, int64
  Time,      // 1 word, int64: microseconds since 1970-01-01T00:00:00Z
  Duration,  // 1 word, int64: microseconds
  String,    // 1 word: a symbol
  Enum,     // 1 word: member number; of an open one also member count + symbol, for a text that is no member. ref: enum
  Entity,   // 1 word: entity type << 32 | row. ref: entity set (the types it can be)
  Record,   // inline: the words of its shape. ref: shape
  Set,      // of Enum: a mask (below). Of others: a collection word. ref: element type
  List,     // a collection word. ref: element type
  Ip,       // 2 words: the 128 bits, high word first; an IPv4 address below ::ffff:0:0/96
  Cidr,     // 3 words: its first address, and the length of its prefix (of 128)
  Version,  // 2 words: major << 32 | minor, and patch << 32 | symbol of the pre-release, the empty text for none
  Versions,  // 1 word: the symbol of its canonical text (versions.h)
  Glob,      // 1 word: the number of a pattern, counted from 1; 0: none, which matches nothing. In constants alone
  Regex,     // the same
  Decimal,   // 1 word, int64: ten-thousandths
  Map,  // a collection word of entries, ascending by key. ref: the type of an entry, a Record of two fields: the key, a
        // String or Enum, and the value, which is optional and there: what has no entry reads as one without a value
  Any,  // no word: whatever stands there is skipped, and an optional field's presence bit says that something did
};

/// Mask of an enum with n members: bit i of the little-endian bit row is member i; of an open enum bit n says "holds
/// texts that are no members", and one more word at the end is a collection word of their symbols, ascending by text.
/// A collection word is `owner << 62 | offset << 32 | count`: count elements from word `offset` (30 bits) of the
/// owner's memory: 0 the request's arena, 1 the world's, 2 the constants. In Constants an Entity word is entity type <<
/// 32 | symbol of the id (the world replaces it by a row of its own); a Record is a whole frame of its shape; elements
/// of a collection stand one after the other, each at its stride (layout.h). Elements of sets are there once each,
/// ascending: numbers, symbols (that is by text), entities by their word; patterns in any order.
struct TypeRecord {
  Kind kind;
  std::uint32_t ref;
  std::uint32_t max;    // of Set, List and Map: the most elements
  std::uint32_t words;  // in a frame
};

enum EnumFlags : std::uint32_t { kEnumOpen = 1, kEnumScope = 2, kEnumOrdered = 4 };
struct EnumRecord {
  Symbol name;  // qualified
  Symbol short_name;
  std::uint32_t first_member;
  std::uint32_t member_count;
  std::uint32_t flags;
  /// Of a scope: into Constants: member_count masks of ceil(member_count / 64) words; bit j of mask i: i includes j.
  std::uint32_t closure;
};
struct MemberRecord {
  Symbol name;
  Symbol wire;  // the `as` text, else the name
};

/// The types that an entity value can have: indices of EntityTypes in Pool, ascending.
struct EntitySetRecord {
  std::uint32_t first;
  std::uint32_t count;
};

enum EntityTypeFlags : std::uint32_t { kEntityOneParent = 1 };
struct EntityTypeRecord {
  Symbol name;  // qualified
  Symbol short_name;
  std::uint32_t shape;         // its attributes
  std::uint32_t first_parent;  // in Pool: indices of EntityTypes, ascending
  std::uint32_t parent_count;
  std::uint32_t flags;
};

/// Either: a union of values, of which one field is set. In a document it is what the value of that field is.
enum ShapeFlags : std::uint32_t { kShapeOpen = 1, kShapeEither = 2 };
/// A record, the attributes of an entity type, or the fields of a decision. A frame of it is ceil(presence_bits / 64)
/// words of presence bits, then `slots` words. A nested record lies inline: its slots and bits follow the field's.
struct ShapeRecord {
  Symbol name;  // qualified
  std::uint32_t first_field;
  std::uint32_t field_count;
  std::uint32_t slots;
  std::uint32_t presence_bits;
  std::uint32_t flags;
};

enum FieldFlags : std::uint32_t { kFieldOptional = 1, kFieldSecret = 2, kFieldExplicit = 4 };
enum class MergeStrategy : std::uint32_t { None, Min, Max, Any, All, Union, Intersect, Nearest, Farthest, Collect };
struct FieldRecord {
  Symbol name;
  Symbol wire;
  std::uint32_t type;
  std::uint32_t slot;              // relative to the shape's slots
  std::uint32_t presence;          // relative bit number, of an optional field; else kNone
  std::uint32_t nested_presence;   // of a Record: where the bits of its shape begin; else kNone
  std::uint32_t default_constant;  // offset in Constants, or kNone
  std::uint32_t flags;
  MergeStrategy inherit;        // then `slot` holds the merged value (default applied last) ..
  std::uint32_t explicit_slot;  // .. and this the entity's own. With kFieldExplicit only (the field inherits, or one of
  std::uint32_t explicit_presence;  // that name below does); else kNone. A Record's own bits follow this one
};

// --- decisions, policies, rules ---

enum class EffectCode : std::uint32_t { None, Deny, Allow };

struct DecisionRecord {
  Symbol name;  // qualified
  Symbol short_name;
  std::uint32_t shape;
  EffectCode default_effect;
  std::uint32_t default_message;  // or kNone
  std::uint32_t first_policy, policy_count;
  std::uint32_t first_rule, rule_count;  // all rules of its policies, ascending by (module, policy, rule)
  std::uint32_t first_obligation, obligation_count;
  std::uint32_t now_slot;  // in the frame (presence words counted); kNone if it has no `now: Time`
};
struct ObligationRecord {
  Symbol name;
  std::uint32_t type;
  MergeStrategy strategy;
};

enum class ModeCode : std::uint32_t { Enforce, Audit, Off };
inline constexpr std::int64_t kNoStart = INT64_MIN;
inline constexpr std::int64_t kNoEnd = INT64_MAX;
struct PolicyRecord {
  std::int64_t from;         // kNoStart if none
  std::int64_t until;        // exclusive; kNoEnd if none
  std::int64_t audit_until;  // audited before, enforced from then on; kNoStart if none
  Symbol name;               // qualified: module.policy
  Symbol short_name;
  Symbol module;
  std::uint32_t decision;
  ModeCode mode;
  std::uint32_t guard;                   // block, or kNone: always
  std::uint32_t first_rule, rule_count;  // a range of the decision's rules
  EffectCode otherwise;
  std::uint32_t otherwise_rule;  // or kNone
  std::uint32_t constants;       // where base 14 begins in Constants
  std::uint32_t constant_count;  // words, at most 4,096
  std::uint32_t span;
  std::uint32_t skeleton;  // of the guard, in Skeletons; kNone without guard
};

enum class RuleKindCode : std::uint32_t { Exempt, Allow, Deny, Oblige };
enum RuleFlags : std::uint32_t { kRuleOtherwise = 1, kRuleForEach = 2, kRuleLiftsAll = 4, kRuleOnDeny = 8 };
struct RuleRecord {
  Symbol name;        // qualified: module.policy.rule
  Symbol short_name;  // rule
  std::uint32_t policy;
  RuleKindCode kind;
  std::uint32_t flags;
  std::uint32_t condition;  // block; kNone: holds always (and for an otherwise)
  std::uint32_t first_lift,
      lift_count;            // of Exempt: rules of the same policy, in Pool, ascending; all denies with kRuleLiftsAll
  std::uint32_t obligation;  // of Oblige: index into Obligations; else kNone
  std::uint32_t value;       // of Oblige: a value block of the obligation's type; else kNone
  std::uint32_t message;     // or kNone
  std::uint32_t first_note, note_count;
  std::uint32_t span;
  std::uint32_t skeleton;                    // in Skeletons: the condition; kNone if it holds always
  std::uint32_t first_binder, binder_count;  // of kRuleForEach: in Binders, outermost first, at most kMaxLoops
};

/// `x in xs` of a `for each`.
struct BinderRecord {
  std::uint32_t type;    // of the collection
  std::uint32_t parent;  // the binder whose element has the collection in it, by its number in the rule; or kNone
  std::uint32_t first_path,
      path_count;  // in Pool: the collection's path in that element, else in the request, as a symbol
                   // ("token.scopes"); one for each part of a chain, none if it stands nowhere
};

// --- code ---

struct Instruction {
  std::uint16_t op;
  std::uint16_t dst;
  std::uint16_t a;
  std::uint16_t b;
  std::uint32_t imm;
  std::uint16_t t;
  std::uint16_t f;
};
static_assert(sizeof(Instruction) == 16);

inline constexpr unsigned kRequestBase = 0, kFirstBase = 1, kLastBase = 13, kConstantBase = 14, kRegisterBase = 15;
inline constexpr std::uint32_t kRegisters = 64, kMaxSlots = 4096, kMaxLoops = 4;
constexpr std::uint16_t operand(unsigned base, std::uint32_t slot) {
  return static_cast<std::uint16_t>(base << 12 | slot);
}
constexpr unsigned base_of(std::uint16_t operand) {
  return operand >> 12;
}
constexpr std::uint32_t slot_of(std::uint16_t operand) {
  return operand & 0xfff;
}

enum class BlockKind : std::uint32_t {
  Condition,  // ends in hold, end (or find, in a `for each`)
  Value,      // ends in give
  Text,       // ends in give, of a text or a part of one: what a message prints
};
/// A piece of code that assumes nothing but the request, its policy's constants and, if it has binders, that base 1 is
/// bound to an element of the first one's collection, base 2 to one of the second's, and so on (message and explain
/// blocks of a `for each` rule).
struct BlockRecord {
  std::uint32_t first;  // instruction
  std::uint32_t count;
  BlockKind kind;
  std::uint32_t policy;  // whose constants and decision; kNone for a default message
  std::uint32_t decision;
  std::uint32_t type;                        // of Value: the type of what it gives; else kNone
  std::uint32_t first_binder, binder_count;  // in Binders
};

// --- patterns ---

/// Merged: what one of several patterns matches.
enum class PatternKind : std::uint32_t { Glob, Regex, Merged };
/// The automaton of a pattern. State 0 never accepts and is never left; states from `first_accepting` on accept, and
/// those from `always` on are never left either.
struct PatternRecord {
  Symbol text;  // as written between the quotes; of Merged all patterns as written, for listings
  PatternKind kind;
  std::uint32_t classes;  // in ByteClasses
  std::uint32_t class_count;
  std::uint32_t first_transition;  // in Transitions: states * class_count steps
  std::uint32_t states;
  std::uint32_t start;
  std::uint32_t first_accepting;
  std::uint32_t always;
};
/// By byte: its class. A step of the automaton reads the class alone.
struct ByteClassesRecord {
  std::uint8_t of[256];
};

// --- lists, messages, notes ---

enum ListFlags : std::uint32_t { kListDated = 1, kListDenies = 2 };
struct ListRecord {
  Symbol name;  // qualified
  Symbol short_name;
  std::uint32_t type;                  // of an entry
  std::uint32_t first_row, row_count;  // in source order
  std::uint32_t flags;
};
enum RowFlags : std::uint32_t { kRowThrough = 1 };
struct RowRecord {
  std::int64_t since;   // kNoStart if none
  std::int64_t until;   // exclusive; kNoEnd if none
  std::uint32_t value;  // offset in Constants
  Symbol owner;         // or kNone
  Symbol because;       // or kNone
  std::uint32_t flags;
  std::uint32_t span;
  std::uint32_t reserved;
};

struct MessageRecord {
  std::uint32_t first_part, part_count;
};
/// kPartLower, kPartFold: the value is a text, printed as `lower` or `fold` reads it.
enum PartFlags : std::uint32_t { kPartSecret = kFieldSecret, kPartLower = 4, kPartFold = 8 };
struct MessagePartRecord {
  Symbol text;          // printed first; may be the empty text
  std::uint32_t value;  // a value block, printed after it; or kNone
  std::uint32_t flags;  // kPartSecret: prints ***
};
struct NoteRecord {
  Symbol name;             // of the annotation, short
  std::uint32_t type;      // kNone: a bare note
  std::uint32_t constant;  // offset in Constants, or kNone
};

struct SpanRecord {
  Symbol file;                                       // project path
  std::uint32_t line, column, end_line, end_column;  // 1-based, columns in code points, end exclusive
  Symbol text;                                       // the source text it covers, if it is a condition; else kNone
};

// --- debug ---

enum class SkeletonKind : std::uint32_t { True, False, Leaf, Not, And, Or };
/// A condition's structure in preorder: `subtree` records from here are this node and all below.
struct SkeletonRecord {
  SkeletonKind kind;
  std::uint32_t subtree;
  std::uint32_t occurrence;  // of Leaf
};
/// A condition where it counts. `explain` is a condition block that tests it alone.
struct OccurrenceRecord {
  std::uint32_t rule;  // or kNone: a guard, then `policy`
  std::uint32_t policy;
  Symbol path;               // structural: child numbers in the skeleton, "0.1"
  std::uint32_t use;         // span where the condition counts
  std::uint32_t definition;  // span where it is written (the same, unless it comes from a def, let or const)
  std::uint32_t explain;     // block
};

// --- information ---

struct SourceFileRecord {
  Symbol path;
  std::uint8_t sha256[32];
};
struct InformationRecord {
  Symbol project;
  Symbol compiler;                                                   // "bylaw 0.1.0"
  std::uint32_t module_count, policy_count, rule_count, list_count;  // as declared
};

/// Nothing of it is read while deciding: the values stand in the code.
struct ParamRecord {
  Symbol name;   // qualified
  Symbol value;  // as its literal is written
};

/// What each section is, by Section.
struct SectionInfo {
  const char* name;
  std::size_t record_size;
  const char* meaning;
};
inline constexpr SectionInfo kSections[] = {
#define BYLAW_SECTION(name, record, member, says) {#name, sizeof(record), says},
#include "format/sections.def"
#undef BYLAW_SECTION
};
inline constexpr std::uint32_t kSectionCount = static_cast<std::uint32_t>(std::size(kSections));

#define BYLAW_SECTION(name, record, member, says) \
  static_assert(std::is_trivially_copyable_v<record> && std::has_unique_object_representations_v<record>);
#include "format/sections.def"
#undef BYLAW_SECTION

}  // namespace bylaw::format
