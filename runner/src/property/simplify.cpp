#include "property/simplify.h"

#include <algorithm>
#include <utility>

namespace bylaw::runner {
namespace {

using Row = std::vector<std::size_t>;

constexpr std::size_t kMostTries = 3000;
constexpr std::size_t kOneByOne = 64;    // smaller values of a choice that are tried in turn
constexpr std::size_t kLongestCut = 12;  // choices that are taken out at once: those of an element

class Simplifier {
 public:
  Simplifier(const std::vector<Choices>& failing, const std::function<bool(std::vector<Choices>&)>& fails)
      : fails_(fails) {
    for (const Choices& row : failing) rows_.push_back(row.taken());
  }

  std::size_t run() {
    std::size_t before = 0;
    do {
      before = found_;
      for (std::size_t path = 0; path < rows_.size(); ++path) {
        if (!rows_[path].empty()) attempt(path, {});
        cut(path);
        lower(path);
      }
    } while (found_ != before && tries_ < kMostTries);
    return found_;
  }

 private:
  /// Fewer elements of a collection.
  void cut(std::size_t path) {
    for (std::size_t length = kLongestCut; length > 0; --length)
      for (std::size_t at = 0; at + length <= rows_[path].size();) {
        Row shorter = rows_[path];
        const auto begin = shorter.begin() + static_cast<std::ptrdiff_t>(at);
        shorter.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
        if (!attempt(path, std::move(shorter))) ++at;
      }
  }

  void lower(std::size_t path) {
    for (std::size_t at = 0; at < rows_[path].size(); ++at) {
      const std::size_t value = rows_[path][at];
      const std::size_t in_turn = std::min(value, kOneByOne);
      bool lowered = false;
      for (std::size_t smaller = 0; smaller < in_turn && !lowered; ++smaller) lowered = attempt(path, at, smaller);
      if (!lowered && value > kOneByOne) halve(path, at);
    }
  }

  /// The least value of a choice with many, if what fails fails from there on.
  void halve(std::size_t path, std::size_t at) {
    std::size_t passes = kOneByOne - 1;
    while (at < rows_[path].size() && rows_[path][at] > passes + 1) {
      const std::size_t middle = passes + (rows_[path][at] - passes) / 2;
      if (!attempt(path, at, middle)) passes = middle;
    }
  }

  bool attempt(std::size_t path, std::size_t at, std::size_t value) {
    if (at >= rows_[path].size()) return false;
    Row row = rows_[path];
    row[at] = value;
    return attempt(path, std::move(row));
  }

  bool attempt(std::size_t path, Row row) {
    if (tries_ >= kMostTries) return false;
    ++tries_;
    std::vector<Choices> rows(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) rows[i].follow(i == path ? row : rows_[i]);
    if (!fails_(rows)) return false;
    // Never longer than what was given, so that each success is a step towards the end.
    std::vector<Row> taken;
    for (const Choices& choices : rows) taken.push_back(choices.taken());
    rows_ = std::move(taken);
    ++found_;
    return true;
  }

  const std::function<bool(std::vector<Choices>&)>& fails_;
  std::vector<Row> rows_;
  std::size_t tries_ = 0, found_ = 0;
};

}  // namespace

std::size_t simplify(const std::vector<Choices>& failing, const std::function<bool(std::vector<Choices>&)>& fails) {
  return Simplifier(failing, fails).run();
}

}  // namespace bylaw::runner
