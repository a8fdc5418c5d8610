#pragma once
// What the code verifier knows of a value: its class, and what else is needed so that no instruction can misread it.

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "bundle_view.h"
#include "format/opcodes.h"

namespace bylaw {

/// Index into AbstractValues; equal values have equal ids.
using AbstractId = std::uint32_t;
inline constexpr AbstractId kUnset = format::kNone;       // nothing was written
inline constexpr AbstractId kInside = format::kNone - 1;  // a further word of the value before

struct AbstractValue {
  enum class Form : std::uint8_t { Plain, Frame } form = Form::Plain;
  format::Class cls = format::Class::Bool;  // of Plain
  std::uint32_t ref = format::kNone;  // Frame: the shape; Member, Mask: the enum; Collection: AbstractId of an element
  std::uint32_t max = 0;              // Mask, Collection: the most elements
  std::uint32_t words = 1;            // Frame: of the whole frame

  friend auto operator<=>(const AbstractValue&, const AbstractValue&) = default;
};

class AbstractValues {
 public:
  explicit AbstractValues(const BundleView& bundle);

  const AbstractValue& operator[](AbstractId id) const { return values_[id]; }
  AbstractId of_type(std::uint32_t type);
  AbstractId plain(format::Class cls);
  AbstractId frame(std::uint32_t shape);
  AbstractId member(std::uint32_t enumeration);
  AbstractId total();
  AbstractId part(std::uint32_t words);
  AbstractId digits();
  /// What a chain goes through: at most so many of such elements.
  AbstractId elements(AbstractId element, std::uint32_t max);
  /// The rows of a list, as a loop goes through them.
  AbstractId rows(const format::ListRecord& list);

  /// What is known if either may be there; kUnset if they have nothing in common that is safe to read.
  AbstractId join(AbstractId a, AbstractId b);
  /// Read in the same way, whatever their largest number of elements.
  bool same_form(AbstractId a, AbstractId b) const;
  /// b may stand where a is expected: of the same form, with no more elements.
  bool accepts(AbstractId a, AbstractId b) const;

 private:
  AbstractId add(const AbstractValue& value);
  AbstractId work_out(std::uint32_t type);

  const BundleView& bundle_;
  std::vector<AbstractValue> values_;
  std::map<AbstractValue, AbstractId> ids_;
  std::vector<AbstractId> by_type_;
};

}  // namespace bylaw
