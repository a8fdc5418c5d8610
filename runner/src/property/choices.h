#pragma once
// A drawn value is what comes of a row of choices, the simplest choice being 0. So drawing, going through all there is
// and making simpler are the same for every type: random choices, the next row, smaller ones.

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace bylaw::runner {

class Choices {
 public:
  struct Choice {
    std::size_t value = 0, bound = 1;
  };

  /// Choices at random.
  void draw(std::mt19937_64& random);
  /// These choices, each kept within its bound, and 0 beyond them.
  void follow(std::vector<std::size_t> values);
  /// What was chosen is chosen again from now on.
  void settle();
  /// From the beginning of the row; what was drawn at random goes on.
  void again();
  /// The next row of those that are possible; false after the last, and then the first follows.
  bool advance();

  /// One of `count` possibilities, at least one.
  std::size_t choose(std::size_t count);
  /// There are more values than choices tell: going through them proves nothing.
  void endless() { endless_ = true; }
  bool is_endless() const { return endless_; }

  /// What was chosen, without zeros at the end.
  std::vector<std::size_t> taken() const;

 private:
  std::mt19937_64* random_ = nullptr;
  std::vector<std::size_t> given_;
  std::vector<Choice> taken_;
  bool endless_ = false;
};

}  // namespace bylaw::runner
