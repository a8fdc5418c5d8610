#pragma once
// Bylaw decides requests by policies that were compiled into a bundle (`bylaw build`, *.bylawc). This header is all
// that a service needs. It wants C++20 and the standard library, nothing else. A complete program first:
//
//   #include <bylaw/bylaw.hpp>
//   #include <cstdio>
//   #include <vector>
//
//   int main() {
//     auto bundle = bylaw::Bundle::open("pat.bylawc");
//     if (!bundle) return std::fprintf(stderr, "%s\n", bundle.error().to_text().c_str()), 1;
//     auto world = bylaw::World::link(*bundle, bylaw::Entities::none());
//     if (!world) return std::fprintf(stderr, "%s\n", world.error().to_text().c_str()), 1;
//     auto renew = world->decision("renew");
//     if (!renew) return std::fprintf(stderr, "%s\n", renew.error().to_text().c_str()), 1;
//
//     std::vector<std::byte> request_memory(renew->request_bytes()), verdict_memory(renew->verdict_bytes());
//     bylaw::Request request(*renew, request_memory);
//     bylaw::Verdict verdict(verdict_memory);
//
//     request.read_json(R"({"principal": {"type": "User", "id": "bo", "in": []}, "action": "create", ..})");
//     bylaw::decide(*renew, request, verdict);
//     if (verdict.allowed()) return std::puts("go ahead"), 0;
//     for (bylaw::RuleId rule : verdict.by()) std::puts(std::string(renew->rule(rule).name).c_str());
//     if (!verdict.code().empty()) std::printf("invalid: %s\n", std::string(verdict.path()).c_str());
//     return 1;
//   }
//
// OUTCOMES. A verdict is allow, deny or invalid. Invalid means that the request does not fit the shape that the
// decision declares; `code()` and `path()` say what and where. Only `allowed()` lets anyone in: it is true for allow
// alone, a fresh or zeroed verdict is invalid, and a failed `set` or `read_json` that nobody looked at ends as invalid
// too. Whether a request is valid depends on declared types, the request and the entity data, never on which policies
// exist.
//
// WHAT LIVES HOW LONG. Bundle, Entities, World and Decision are handles that share what they stand for: copy them
// freely, drop what you don't need. The file behind a Bundle may go once `open` has returned, it was copied. Request
// and Verdict live in memory of yours (`request_bytes()`, `verdict_bytes()`), use a Decision that must live as long as
// they, and are reused: `clear()` is cheap, and so is filling again. A Request keeps views: the JSON text and the
// strings given to `set` and `add` live until `clear()`. A Verdict points into itself and its Request: look at it
// before you clear that.
//
// THREADS. A World never changes, so any number of threads may decide from one. A Request and a Verdict belong to one
// thread at a time: give each thread its own.
//
// ERRORS. What opens, links or looks up returns a Result: test it, then `*` or `->`. Reading the wrong side stops the
// process, so no mistake of that kind goes unseen. What fills a request returns a Status. Nothing throws, but for the
// standard library when the machine has no memory left, and nothing at all does while filling or deciding.
//
// COST. `open` checks every byte once: O(size). `link` builds the tables that deciding reads. Filling and deciding
// allocate nothing, take no lock and read no clock: the time is the request's field `now`. `worst_case()` says what a
// decision can cost at most.

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace bylaw {

struct Access;  // the library's own way into its handles
struct BundleData;
struct EntityData;
struct WorldData;
struct RequestData;
struct VerdictData;

// --- results ---

/// What went wrong. `code` is stable ("R0102"; `docs/` says what each means), `path` is the place in a request or in
/// entity data ("token.scopes[1]", empty for the whole), `text` is for people. `more` are further mistakes, if the
/// first did not hide them.
struct Error {
  std::string_view code;
  std::string path;
  std::string text;
  std::vector<Error> more;

  /// "R0102: token.expires: `expires` is missing: it has no default"
  std::string to_text() const;
};

/// A T, or the Error that there is instead.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::move(value)) {}
  Result(Error error) : held_(std::move(error)) {}

  explicit operator bool() const { return std::holds_alternative<T>(held_); }
  const T& operator*() const& { return get<T>(); }
  T&& operator*() && { return std::move(const_cast<T&>(get<T>())); }
  const T* operator->() const { return &get<T>(); }
  const Error& error() const { return get<Error>(); }

 private:
  template <class Side>
  const Side& get() const {
    const Side* side = std::get_if<Side>(&held_);
    if (side == nullptr) std::abort();
    return *side;
  }

  std::variant<T, Error> held_;
};

/// One mistake in a request. The views live in the request's memory, until `clear()`.
struct Failure {
  std::string_view code, path, text;
};

/// Whether filling went well so far. It sticks: after a failure every further one returns the same, until `clear()`.
class Status {
 public:
  Status() = default;
  explicit Status(const Failure& failure) : failure_(failure), failed_(true) {}

  explicit operator bool() const { return !failed_; }
  std::string_view code() const { return failure_.code; }
  std::string_view path() const { return failure_.path; }
  std::string_view text() const { return failure_.text; }

 private:
  Failure failure_;
  bool failed_ = false;
};

// --- bundles and entity data ---

/// What a request may ask for at most; more is R0003.
struct Limits {
  std::uint32_t text_bytes = 1 << 20;   // of JSON
  std::uint32_t depth = 64;             // of values in values; at most 64
  std::uint32_t elements = 65536;       // of all arrays together; at most 65,536
  std::uint32_t arena_bytes = 1 << 20;  // for what a filled request holds beside its frame
  std::uint32_t findings = 256;         // that a verdict keeps; more are counted, and never change the verdict
};

struct Open {
  Limits limits;
};

/// The SHA-256 that names a bundle in reports.
struct Digest {
  std::array<std::uint8_t, 32> bytes{};
  std::string to_text() const;  // 64 hexadecimal digits
  friend bool operator==(const Digest&, const Digest&) = default;
};

/// A verified bundle. Nothing of it is believed before all of it was checked: damaged, truncated and hostile files are
/// refused with a B code. Who made the file is another question: take bundles only from where you trust.
class Bundle {
 public:
  static Result<Bundle> open(const char* file, const Open& = {});
  static Result<Bundle> from(std::span<const std::byte> bytes, const Open& = {});  // copied
  Digest digest() const;

 private:
  friend struct Access;
  explicit Bundle(std::shared_ptr<const BundleData> data) : data_(std::move(data)) {}
  std::shared_ptr<const BundleData> data_;
};

struct EntityCounts {
  std::size_t entities = 0;   // names of parents and of values of attributes included
  std::size_t described = 0;  // with attributes
  std::size_t parents = 0;    // an entity and a declared parent
};

/// What a service knows of entities before any request: attributes and parents, with everything inherited worked out.
/// A snapshot can be written to a file (`bytes`, or `bylaw build --entities`) and opened again: it fits each bundle
/// whose entity types are declared as they were then, and no other.
class Entities {
 public:
  static Entities none();
  static Result<Entities> open(const char* file);
  static Result<Entities> from(std::span<const std::byte> bytes);  // copied
  /// `{"User::ana": {"in": ["Group::dev"]}, "Organization::contoso": {"in": [], "packaging_only": true}}`. Keys are
  /// `Type::id` or `Type::"id"`; values give `in` (none if left out) and the attributes that the type declares. Read by
  /// the types of this bundle.
  static Result<Entities> from_json(const Bundle&, std::string_view json);

  /// The file; empty if there are none.
  std::span<const std::byte> bytes() const;
  EntityCounts counts() const;
  /// What was noticed when it was read from JSON: values that someone wrote and that do not count.
  std::span<const Error> warnings() const;

 private:
  friend struct Access;
  explicit Entities(std::shared_ptr<const EntityData> data) : data_(std::move(data)) {}
  std::shared_ptr<const EntityData> data_;
};

class Decision;

/// A bundle and entity data, linked once and for all. Immutable: share it between threads, or copy the handle.
class World {
 public:
  static Result<World> link(const Bundle&, const Entities&);

  /// By its full name ("azure_devops.pat.renew"), or its last part if that names only one.
  Result<Decision> decision(std::string_view name) const;
  /// The full names of all decisions, ascending.
  std::vector<std::string_view> decisions() const;
  const Bundle& bundle() const { return bundle_; }

 private:
  friend struct Access;
  World(Bundle bundle, std::shared_ptr<const WorldData> data) : bundle_(std::move(bundle)), data_(std::move(data)) {}
  Bundle bundle_;
  std::shared_ptr<const WorldData> data_;
};

// --- decisions ---

/// A rule of a decision, in the order of reports (module, policy, rule).
struct RuleId {
  std::uint32_t index = 0;
  friend auto operator<=>(const RuleId&, const RuleId&) = default;
};

/// A policy as it stands in a decision, in the same order.
struct PolicyId {
  std::uint32_t index = 0;
  friend auto operator<=>(const PolicyId&, const PolicyId&) = default;
};

struct Annotation {
  std::string_view name;
  std::string value;  // printed; empty for one without a value
};

struct RuleInfo {
  std::string_view name;        // "azure_devops.pat.lifespan.too_long"
  std::string_view short_name;  // "too_long"
  PolicyId policy;
  std::string_view policy_name;  // "azure_devops.pat.lifespan"
  std::string_view file;         // as the project names it
  std::uint32_t line = 0, column = 0;
  std::vector<Annotation> annotations;
};

/// A field of a request, or an obligation, found by name once and then used without any lookup.
class Slot {
 public:
  Slot() = default;

 private:
  friend struct Access;
  explicit Slot(std::uint32_t id) : id_(id) {}
  std::uint32_t id_ = 0xffffffff;
};

/// The most that one decision can cost, whatever the request: counted by the verifier, not measured.
struct Cost {
  std::uint64_t instructions = 0;
};

class Decision {
 public:
  std::string_view name() const;
  /// "now", "token.scopes": with the texts that requests carry (`as`), or the policy's own names.
  Result<Slot> slot(std::string_view path) const;
  Result<Slot> obligation(std::string_view name) const;
  RuleInfo rule(RuleId) const;  // allocates: for reports, not for each request
  std::size_t request_bytes() const;
  std::size_t verdict_bytes() const;
  Cost worst_case() const;

 private:
  friend struct Access;
  Decision(std::shared_ptr<const WorldData> world, std::uint32_t index) : world_(std::move(world)), index_(index) {}
  std::shared_ptr<const WorldData> world_;
  std::uint32_t index_;
};

// --- values ---

struct Time {
  std::int64_t microseconds = 0;  // since 1970-01-01T00:00:00Z
  friend auto operator<=>(const Time&, const Time&) = default;
};

struct Duration {
  std::int64_t microseconds = 0;
  friend auto operator<=>(const Duration&, const Duration&) = default;
};

/// 64 bits of ten-thousandths: `Decimal{15000}` is 1.5.
struct Decimal {
  std::int64_t ten_thousandths = 0;
  friend auto operator<=>(const Decimal&, const Decimal&) = default;
};

struct Entity;
struct Attribute;

/// What a host gives for a field. It views what it is made from, and never copies.
class Value {
 public:
  Value(std::nullptr_t) : kind_(Kind::Null) {}  // an absent optional
  template <std::same_as<bool> B>               // and never a pointer
  Value(B value) : kind_(Kind::Bool), number_(value ? 1 : 0) {}
  template <std::signed_integral I>
  requires(!std::same_as<I, char>) Value(I value) : kind_(Kind::Int), number_(value) {}
  Value(Time value) : kind_(Kind::Time), number_(value.microseconds) {}
  Value(Duration value) : kind_(Kind::Duration), number_(value.microseconds) {}
  Value(Decimal value) : kind_(Kind::Decimal), number_(value.ten_thousandths) {}
  /// A String, a member of an enum or scope, an entity that is only named ("User::ana"), or the text of a Time or
  /// Duration.
  Value(std::string_view value) : kind_(Kind::Text), count_(value.size()), data_(value.data()) {}
  Value(const char* value) : Value(std::string_view(value)) {}
  Value(const std::string& value) : Value(std::string_view(value)) {}
  /// A Set or List: an array, vector or span of Values.
  template <class Values>
  requires std::convertible_to<const Values&, std::span<const Value>> Value(const Values& elements)
      : Value(Kind::Array, std::span<const Value>(elements)) {}
  /// A record or a map: an array, vector or span of Attributes.
  template <class Attributes>
  requires std::convertible_to<const Attributes&, std::span<const Attribute>> Value(const Attributes& fields)
      : Value(Kind::Record, std::span<const Attribute>(fields)) {}
  /// An entity with what is known of it.
  Value(const Entity& entity) : kind_(Kind::Entity), data_(&entity) {}

 private:
  friend struct Access;
  enum class Kind : std::uint8_t { Null, Bool, Int, Time, Duration, Text, Array, Record, Entity, Decimal };
  template <class Span>
  Value(Kind kind, Span span) : kind_(kind), count_(span.size()), data_(span.data()) {}

  Kind kind_;
  std::int64_t number_ = 0;
  std::size_t count_ = 0;
  const void* data_ = nullptr;
};

struct Attribute {
  std::string_view name;  // as requests name it
  Value value;
};

/// An entity as a request describes it. Of a type with parents, `in` must be given (an empty span for none) unless the
/// entity data has the entity. What stands here wins over the entity data, attribute by attribute.
struct Entity {
  std::string_view type;  // may be left out where one type is possible
  std::string_view id;
  std::optional<std::span<const Value>> in;
  std::span<const Attribute> attributes;
};

// --- requests ---

/// One request to one decision, in memory of the caller: `request_bytes()` of it, of which only what a request needs is
/// touched. Less will do for small requests; when it is full, that is R0901.
class Request {
 public:
  Request(const Decision&, std::span<std::byte> memory);
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  /// Forgets everything, failures included.
  void clear();
  /// The whole request as JSON; what was set before is forgotten.
  Status read_json(std::string_view json);
  /// One field, replacing what it had. Whether the request as a whole is valid is told by `check` and by `decide`.
  Status set(Slot, const Value&);
  /// One more element of a Set or List.
  Status add(Slot, const Value&);
  /// Tells now what `decide` would: every field there, every value of its type, every entity described.
  Status check();
  /// The failure that `check` tells, first, and further ones that stand beside it.
  std::span<const Failure> failures() const;

 private:
  friend struct Access;
  RequestData* data_ = nullptr;  // in the caller's memory; null if that is too small for anything
};

// --- verdicts ---

enum class Outcome : std::uint8_t { Invalid = 0, Deny = 1, Allow = 2 };

/// Elements with which a `for each` rule holds: for each of its binders, the number of the element in its collection.
struct Finding {
  static constexpr std::size_t kBinders = 4;  // at most
  RuleId rule;
  std::uint32_t count = 0;  // binders
  std::uint32_t elements[kBinders] = {};
};

/// An exempt rule that held, and the denies that it lifted.
struct Exemption {
  RuleId rule;
  std::span<const RuleId> lifted;
};

/// What an audited policy would have decided: nothing if it abstains.
struct Audited {
  PolicyId policy;
  std::optional<Outcome> outcome;
  std::span<const RuleId> by;
};

/// One verdict in memory of the caller. Starts as invalid.
class Verdict {
 public:
  explicit Verdict(std::span<std::byte> memory);
  Verdict(const Verdict&) = delete;
  Verdict& operator=(const Verdict&) = delete;

  bool allowed() const { return outcome() == Outcome::Allow; }
  Outcome outcome() const;
  /// What it would be if audited policies were enforced.
  Outcome would_be() const;
  /// Of an invalid one; else empty.
  std::string_view code() const;
  std::string_view path() const;
  /// The rules of the winning side; none if the decision's default decided.
  std::span<const RuleId> by() const;
  std::span<const Finding> findings() const;
  std::uint32_t findings_cut() const;
  std::span<const Exemption> exemptions() const;
  std::span<const Audited> audited() const;

  /// The obligation's value, if any rule gave it: T is bool, std::int64_t, Time, Duration, std::string_view for a
  /// member of an enum, or std::vector<std::string> for a Set and for what is merged by `collect`: its elements,
  /// ascending, as requests carry them. The last one allocates; it reads the request, so look before you clear that.
  /// Another type than the declared one stops the process.
  template <class T>
  std::optional<T> obligation(Slot) const;

 private:
  friend struct Access;
  VerdictData* data_ = nullptr;
};

template <>
std::optional<bool> Verdict::obligation<bool>(Slot) const;
template <>
std::optional<std::int64_t> Verdict::obligation<std::int64_t>(Slot) const;
template <>
std::optional<Time> Verdict::obligation<Time>(Slot) const;
template <>
std::optional<Duration> Verdict::obligation<Duration>(Slot) const;
template <>
std::optional<Decimal> Verdict::obligation<Decimal>(Slot) const;
template <>
std::optional<std::string_view> Verdict::obligation<std::string_view>(Slot) const;
template <>
std::optional<std::vector<std::string>> Verdict::obligation<std::vector<std::string>>(Slot) const;

/// Decides. The verdict is invalid from the first instruction on until there is a better answer.
Outcome decide(const Decision&, const Request&, Verdict&) noexcept;

}  // namespace bylaw
