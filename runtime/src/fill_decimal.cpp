// Decimals of requests and entity data: plain digits, so that what was written is what is read.

#include "fill.h"
#include "format/decimal.h"

namespace bylaw {

using format::Code;

bool Filler::read_decimal(InputId id, Word* out, const Path& path) {
  const InputNode& input = node(request_.input, id);
  const bool whole = input.kind() == InputKind::Int;
  if (input.kind() == InputKind::Decimal || whole) {
    *out = static_cast<Word>(whole ? format::decimal_from(input.number) : input.number);
    if (!whole || static_cast<std::int64_t>(*out) / format::kDecimalUnit == input.number) return true;
    tell(Code::OutOfRange, path, {{"text", "this number"}, {"rule", "a Decimal has 64 bits of ten-thousandths"}});
    return false;
  }
  if (input.kind() != InputKind::Number) return wrong_kind(id, "a Decimal", path);
  const format::DecimalResult read = format::read_decimal(input.view());
  if (read.value) {
    *out = static_cast<Word>(*read.value);
    return true;
  }
  const std::string_view text = input.view().substr(0, 80);
  switch (read.error) {
    case format::DecimalError::Malformed:
      tell(Code::WrongKind, path, {{"seen", "a number with an exponent"}, {"wanted", "a Decimal in plain digits"}});
      break;
    case format::DecimalError::TooFine:
      tell(Code::OutOfRange, path, {{"text", text}, {"rule", "a Decimal has at most four digits after the point"}});
      break;
    case format::DecimalError::Overflow:
      tell(Code::OutOfRange, path, {{"text", text}, {"rule", "a Decimal has 64 bits of ten-thousandths"}});
      break;
  }
  return false;
}

}  // namespace bylaw
