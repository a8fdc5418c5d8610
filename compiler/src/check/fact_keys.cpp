// The keys by which facts name expressions, and what is known of each element that is gone through. Two expressions
// with one key have one value wherever both can be seen: nothing in the language has an effect, and a request does not
// change while it is decided.
//   field:org.limit     local:7.cpu     local:7.labels['app']     quantity(local:7.cpu??'')
// Texts are written so that none of these signs stands in them, so no key can be read in two ways.

#include <algorithm>

#include "check/expressions.h"

namespace bylaw::compiler {

namespace {

constexpr std::size_t kLongestKey = 4096;  // of longer expressions nothing is known
constexpr int kMostConstants = 64;         // that stand for each other
const std::string kElement = "local:@";    // in facts that are kept with a comprehension: the element

bool is_literal(ExprKind kind) {
  switch (kind) {
    case ExprKind::BoolLiteral:
    case ExprKind::IntLiteral:
    case ExprKind::TimeLiteral:
    case ExprKind::DurationLiteral:
    case ExprKind::DecimalLiteral:
    case ExprKind::StringLiteral:
    case ExprKind::PatternLiteral:
    case ExprKind::MemberLiteral:
    case ExprKind::EntityLiteral:
    case ExprKind::FormLiteral: return true;
    default: return false;
  }
}

bool may_stand(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::string plain_text(const std::string& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string result;
  for (const char c : text) {
    if (may_stand(c)) {
      result += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    result += '%';
    result += kDigits[byte >> 4U];
    result += kDigits[byte & 15U];
  }
  return result;
}

class KeyWriter {
 public:
  explicit KeyWriter(const Program& program) : program_(program) {}

  /// False if the expression has no key.
  bool write(ExprId id) {
    if (!id) {
      key_ += '-';
      return true;
    }
    const Expr& expr = program_.exprs[id];
    return key_.size() < kLongestKey && (is_literal(expr.kind) ? literal(expr) : other(expr));
  }
  std::string take() { return std::move(key_); }

 private:
  bool literal(const Expr& expr) {
    key_ +=
        "'" + std::to_string(expr.type.index) + "'" + std::to_string(expr.integer) + "'" + plain_text(expr.text) + "'";
    return true;
  }

  bool other(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::Error: return false;
      case ExprKind::RequestField: key_ += "field:" + expr.text; return true;
      case ExprKind::LocalUse: return local(expr.local);
      case ExprKind::ConstantUse: return constant(expr.constant);
      case ExprKind::ListUse: return numbered("list:", expr.list.index);
      case ExprKind::PolicyLiteral: return numbered("policy:", expr.policy.index);
      case ExprKind::This: key_ += "this:"; return true;
      case ExprKind::Get: return write(expr.operands[0]);
      case ExprKind::Select:
        if (!write(expr.operands[0])) return false;
        key_ += "." + expr.text;
        return true;
      case ExprKind::Lookup:
        if (!write(expr.operands[0])) return false;
        key_ += '[';
        if (!write(expr.operands[1])) return false;
        key_ += ']';
        return true;
      default: return compound(expr);
    }
  }

  bool numbered(const char* what, std::uint32_t number) {
    key_ += what + std::to_string(number);
    return true;
  }

  /// A binder inside of the expression is known by where it stands there.
  bool local(LocalId id) {
    const auto found = std::find(binders_.begin(), binders_.end(), id);
    if (found == binders_.end()) return numbered("local:", id.index);
    return numbered("bound:", static_cast<std::uint32_t>(found - binders_.begin()));
  }

  /// A constant that is one literal is that literal.
  bool constant(ConstantId id) {
    ExprId value = program_.constants[id].value;
    for (int i = 0; i < kMostConstants && value && program_.exprs[value].kind == ExprKind::ConstantUse; ++i)
      value = program_.constants[program_.exprs[value].constant].value;
    if (value && is_literal(program_.exprs[value].kind)) return literal(program_.exprs[value]);
    return numbered("const:", id.index);
  }

  /// Everything that says which one it is, then the operands. Of what is written out also the type.
  bool compound(const Expr& expr) {
    numbered("(", static_cast<std::uint32_t>(expr.kind));
    if (expr.kind == ExprKind::Operation) numbered(" op:", static_cast<std::uint32_t>(expr.operation));
    if (expr.kind == ExprKind::BuiltinCall) numbered(" built:", static_cast<std::uint32_t>(expr.builtin));
    if (expr.kind == ExprKind::Call) numbered(" def:", expr.function.index);
    const bool written_out = expr.kind == ExprKind::SetLiteral || expr.kind == ExprKind::ListLiteral ||
                             expr.kind == ExprKind::MapLiteral || expr.kind == ExprKind::RecordLiteral;
    if (written_out) numbered(" type:", expr.type.index);
    for (const EntityTypeId entity : expr.entities) numbered(" is:", entity.index);
    const bool all = operands(expr);
    key_ += ')';
    return all;
  }

  bool operands(const Expr& expr) {
    const std::size_t outer = binders_.size();
    for (std::size_t i = 0; i < expr.operands.size(); ++i) {
      key_ += ' ';
      if (!write(expr.operands[i])) return false;
      if (i < expr.binders.size()) binders_.push_back(expr.binders[i]);
      if (i == 0 && expr.local) binders_.push_back(expr.local);  // of a quantifier
    }
    binders_.resize(outer);
    return true;
  }

  const Program& program_;
  std::string key_;
  std::vector<LocalId> binders_;  // around what is written, outermost first
};

/// The base of a step of a path; none of anything else, which may be set where what it is made of is not.
ExprId base_of_step(const Expr& expr) {
  const bool step = expr.kind == ExprKind::Select || expr.kind == ExprKind::Get || expr.kind == ExprKind::Lookup;
  return step ? expr.operands[0] : ExprId{};
}

/// `key` with `to` wherever `from`, which is a whole path, stands in it; nothing if it stands nowhere.
std::optional<PathKey> with_path(const PathKey& key, const std::string& from, const std::string& to) {
  PathKey result;
  std::size_t copied = 0;
  for (std::size_t at = key.find(from); at != PathKey::npos; at = key.find(from, at + 1)) {
    const std::size_t end = at + from.size();
    if (at < copied || (end < key.size() && may_stand(key[end]))) continue;  // `local:7` is not in `local:71`
    result += key.substr(copied, at - copied) + to;
    copied = end;
  }
  if (copied == 0) return std::nullopt;
  return result + key.substr(copied);
}

/// Of the facts those about the path, which is called `to` in them.
Facts about(const Facts& facts, const std::string& path, const std::string& to) {
  Facts result;
  for (const PathKey& key : facts.set)
    if (auto renamed = with_path(key, path, to)) result.set.insert(std::move(*renamed));
  for (const auto& [key, entities] : facts.narrowed)
    if (auto renamed = with_path(key, path, to)) result.narrowed.emplace(std::move(*renamed), entities);
  return result;
}

/// What is known of each element of the collection, with `kElement` for the element. Lists that name each other twice
/// and twice again are not followed to their end: nothing is known of them.
class ElementFacts {
 public:
  explicit ElementFacts(const Checker& checker) : checker_(checker), program_(checker.program) {}

  Facts of(ExprId collection) {
    if (!collection || ++steps_ > kMostSteps || !program_.types[program_.exprs[collection].type].gathered) return {};
    const Expr& expr = program_.exprs[collection];
    switch (expr.kind) {
      case ExprKind::LocalUse: return of(program_.locals[expr.local].value);
      case ExprKind::Call: return of(program_.functions[expr.function].body);
      case ExprKind::If: return either(expr.operands[1], expr.operands[2]);
      case ExprKind::Operation:
        return expr.operation == Operation::Concat ? either(expr.operands[0], expr.operands[1]) : Facts{};
      case ExprKind::Comprehension: {
        const auto known = checker_.element_facts.find(collection);
        return known == checker_.element_facts.end() ? Facts{} : known->second;
      }
      default: return {};
    }
  }

 private:
  static constexpr int kMostSteps = 1000;

  Facts either(ExprId a, ExprId b) {
    const Facts left = of(a);
    return Facts::either(left, of(b));
  }

  const Checker& checker_;
  const Program& program_;
  int steps_ = 0;
};

}  // namespace

std::optional<PathKey> path_key(const Program& program, ExprId id) {
  KeyWriter writer(program);
  return writer.write(id) ? std::optional(writer.take()) : std::nullopt;
}

bool is_path(const Program& program, ExprId id) {
  while (const ExprId base = base_of_step(program.exprs[id])) id = base;
  const ExprKind kind = program.exprs[id].kind;
  return kind == ExprKind::RequestField || kind == ExprKind::LocalUse || kind == ExprKind::ConstantUse;
}

Facts set_path(const Program& program, ExprId expr) {
  Facts facts;
  while (expr) {
    const auto key = path_key(program, expr);
    if (!key) return facts;
    if (program.is_optional(program.exprs[expr].type)) facts.set.insert(*key);
    expr = base_of_step(program.exprs[expr]);
  }
  return facts;
}

void keep_element_facts(Checker& checker, ExprId comprehension, const Facts& facts) {
  const Expr& expr = checker.program.exprs[comprehension];
  const auto value = path_key(checker.program, expr.operands[expr.binders.size()]);
  if (value) checker.element_facts[comprehension] = about(facts, *value, kElement);
}

void know_element(const Checker& checker, Environment& inside, const Bound& bound) {
  const Program& program = checker.program;
  const std::string element = "local:" + std::to_string(bound.local.index);
  const Facts known = about(ElementFacts(checker).of(bound.collection), kElement, element);
  inside.facts = Facts::both(inside.facts, known);
  if (program.types[program.exprs[bound.collection].type].kind != TypeKind::Map) return;
  if (const auto map = path_key(program, bound.collection)) inside.facts.set.insert(*map + "[" + element + "]");
}

}  // namespace bylaw::compiler
