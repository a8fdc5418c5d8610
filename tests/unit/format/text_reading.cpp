// Texts as they are read: against texts that were written out first.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "format/text_reading.h"

using namespace bylaw::format;

namespace {

constexpr TextMode kModes[] = {TextMode::AsIs, TextMode::Lower, TextMode::Fold};

std::string random_text(std::mt19937& random, unsigned most) {
  static const std::vector<std::string> kLetters = {"a", "A", "b", "B", "ä", "Ä", "s", "ſ", "k", "\u212a", "😀"};
  std::string text;
  for (std::uint64_t left = random() % (most + 1); left > 0; --left) text += kLetters[random() % kLetters.size()];
  return text;
}

}  // namespace

TEST_CASE("what a reader of two texts says is what their written forms say") {
  std::mt19937 random(7);
  std::size_t found = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string a = random_text(random, 12), b = random_text(random, 3);
    for (const TextMode first : kModes)
      for (const TextMode second : kModes) {
        const ReadText text{a, first}, part{b, second};
        const std::string whole = written(text), inner = written(part);
        CHECK(equal(text, part) == (whole == inner));
        CHECK(has_prefix(text, part) == whole.starts_with(inner));
        CHECK(has_suffix(text, part) == whole.ends_with(inner));
        const bool inside = whole.find(inner) != std::string::npos;
        CHECK(has_part(text, part, 11) == inside);
        for (const bool last : {false, true}) {
          const auto place = find_part(text, part, last, 11);
          CHECK(place.has_value() == inside);
          if (!place) continue;
          const std::string before = written({a.substr(0, place->begin), first});
          CHECK(before.size() == (last ? whole.rfind(inner) : whole.find(inner)));
          CHECK(written({a.substr(place->begin, place->length), first}) == inner);
        }
        found += inside && !inner.empty() ? 1 : 0;
      }
  }
  CHECK(found > 10000);
}

TEST_CASE("how folding and lower case differ") {
  CHECK(written({"ÄSſ\u212a", TextMode::Lower}) == "Äsſ\u212a");
  CHECK(written({"ÄSſ\u212a", TextMode::Fold}) == "ässk");
  CHECK(written({"straße", TextMode::Fold}) == "straße");  // one code point for one: ß is not ss
  CHECK(written({"", TextMode::Fold}).empty());
}

TEST_CASE("what stands beside a part") {
  const auto beside = [](TextPart which) {
    const TextRange range = part_beside(which, {2, 3}, 9);
    return std::pair(range.begin, range.length);
  };
  CHECK(beside(TextPart::Before) == std::pair<std::size_t, std::size_t>(0, 2));
  CHECK(beside(TextPart::BeforeLast) == std::pair<std::size_t, std::size_t>(0, 2));
  CHECK(beside(TextPart::After) == std::pair<std::size_t, std::size_t>(5, 4));
  CHECK(beside(TextPart::AfterLast) == std::pair<std::size_t, std::size_t>(5, 4));
  for (const TextPart part : {TextPart::Before, TextPart::After, TextPart::BeforeLast, TextPart::AfterLast}) {
    const std::uint32_t modes = text_modes(TextMode::Fold, TextMode::Lower);
    CHECK(which_part(part_of(part, modes)) == part);
    CHECK(modes_of_part(part_of(part, modes)) == modes);
  }
}

TEST_CASE("what is put together reads as one text") {
  std::mt19937 random(11);
  const auto pieces_of = [&](const std::vector<std::string>& all, std::string& whole) {
    Pieces pieces;
    for (const std::string& piece : all) {
      pieces.add(piece);
      whole += piece;
    }
    return pieces;
  };
  std::size_t found = 0;
  for (int i = 0; i < 20000; ++i) {
    std::vector<std::string> first(random() % (kMostPieces + 1)), second(random() % 3);
    for (std::string& piece : first) piece = random_text(random, 3);
    for (std::string& piece : second) piece = random_text(random, 2);
    std::string a, b;
    const Pieces whole = pieces_of(first, a), inner = pieces_of(second, b);
    CHECK(whole.size() == a.size());
    CHECK(whole.empty() == a.empty());
    CHECK(count_code_points(whole) == count_code_points(a));
    CHECK((compare(b, whole) < 0) == (b < a));
    CHECK((compare(b, whole) == 0) == (b == a));
    for (const TextMode mode : kModes) {
      const ReadPieces text{whole, mode}, part{inner, TextMode::AsIs};
      const ReadText same_text{a, mode}, same_part{b, TextMode::AsIs};
      CHECK(written(text) == written(same_text));
      CHECK(equal(text, part) == equal(same_text, same_part));
      CHECK(has_prefix(text, part) == has_prefix(same_text, same_part));
      CHECK(has_suffix(text, part) == has_suffix(same_text, same_part));
      for (const bool last : {false, true}) {
        const auto place = find_part(text, part, last, 5), same = find_part(same_text, same_part, last, 5);
        CHECK(place.has_value() == same.has_value());
        if (!place || !same) continue;
        CHECK(place->begin == same->begin);
        CHECK(place->length == same->length);
        const Pieces cut = whole.cut(place->begin, place->length);
        CHECK(written(ReadPieces{cut}) == a.substr(place->begin, place->length));
        found += b.empty() ? 0 : 1;
      }
    }
  }
  CHECK(found > 5000);
}

TEST_CASE("integers that texts write") {
  CHECK(read_integer("0") == 0);
  CHECK(read_integer("-9223372036854775808") == INT64_MIN);
  CHECK(read_integer("000000000000000000000000000007") == 7);
  for (const char* text : {"", "-", "+1", "1 ", " 1", "1.0", "1e3", "0x1", "9223372036854775808", "--1", "\u0661"})
    CHECK_FALSE(read_integer(text).has_value());
  CHECK(read_integer(std::string(63, '0') + "7") == 7);
  CHECK_FALSE(read_integer(std::string(64, '0') + "7").has_value());
}

TEST_CASE("the length of a text counts code points") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("abc") == 3);
  CHECK(count_code_points("ä😀") == 2);
  CHECK(count_code_points("e\u0301") == 2);
}

TEST_CASE("a part is found in time that grows with both texts") {
  const std::string text(200000, 'a');
  const std::string part = std::string(100000, 'a') + "b";
  for (const TextMode mode : kModes) CHECK_FALSE(has_part({text, mode}, {part, TextMode::AsIs}, 3));
  CHECK(has_part({text + "b", TextMode::Fold}, {part, TextMode::AsIs}, 3));
}
