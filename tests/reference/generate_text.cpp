// Random texts: read, taken apart, put together.

#include "reference/generator.h"

namespace bylaw::reference {

/// A text that a test reads: as it is, or as `lower` or `fold` gives it.
std::string Generator::read_text(int depth) {
  const auto call = [&](const char* function) { return std::string(function) + "(" + plain_text(depth) + ")"; };
  const std::string function = pick(std::vector<std::string>{"lower", "fold"});
  switch (below(8)) {
    case 0:
    case 1: return call("lower");
    case 2:
    case 3: return call("fold");
    case 4:
      return "(if " + untested_condition(depth - 1) + " then " + call(function.c_str()) + " else " +
             call(function.c_str()) + ")";
    default: return plain_text(depth);
  }
}

/// A text that no function reads in another way: one that is kept, or a part of one.
std::string Generator::plain_text(int depth) {
  if (depth <= 0 || !chance(30)) return expression(one(T::String), depth);
  if (chance(20))
    return "(if " + untested_condition(depth - 1) + " then " + plain_text(depth - 1) + " else " +
           plain_text(depth - 1) + ")";
  if (chance(30)) return composed(depth);
  const std::string whole = part(depth) + " ?? " + expression(one(T::String), depth - 1);
  return chance(15) ? "(tagged[" + whole + "] ?? \"none\")" : "(" + whole + ")";
}

/// `"a{s}n{i}"`: a text put together.
std::string Generator::composed(int depth) {
  static const std::vector<T> kPieces = {T::String, T::String, T::Int,    T::Colour,
                                         T::Level,  T::Reach,  T::Person, T::Who};
  static const std::vector<std::string> kBetween = {"", "", "a", "an", "/", "\\u{c4}"};
  std::string text = "\"" + pick(kBetween);
  for (std::size_t left = 1 + below(2); left > 0; --left) {
    const T type = pick(kPieces);
    std::string piece =
        type == T::String && chance(30) ? "(" + part(depth - 1) + " ?? " + leaf(one(T::String)) + ")" : leaf(one(type));
    const bool literal =
        piece.empty() || piece[0] == '"' || piece[0] == '-' || std::isdigit(static_cast<unsigned char>(piece[0])) != 0;
    text += "{" + (literal ? std::string("s") : piece) + "}" + pick(kBetween);
  }
  return text + "\"";
}

/// A part of a text, or of a part, which may be absent.
std::string Generator::part(int depth) {
  static const std::vector<std::string> kBeside = {"\"a\"", "\"n\"", "\"\"", "lower(\"A\")", "\"an\"", "\"\\u{c4}\""};
  const std::string function = pick(std::vector<std::string>{"before", "after", "before_last", "after_last"});
  const std::string whole = depth > 1 && chance(40) ? part(depth - 1) : plain_text(depth - 1);
  const std::string beside = chance(70) ? pick(kBeside) : plain_text(depth - 1);
  return function + "(" + whole + ", " + beside + ")";
}

}  // namespace bylaw::reference
