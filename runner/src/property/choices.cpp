#include "property/choices.h"

#include <algorithm>
#include <utility>

namespace bylaw::runner {

void Choices::again() {
  taken_.clear();
  endless_ = false;
}

void Choices::draw(std::mt19937_64& random) {
  random_ = &random;
  again();
}

void Choices::follow(std::vector<std::size_t> values) {
  random_ = nullptr;
  given_ = std::move(values);
  again();
}

void Choices::settle() {
  random_ = nullptr;
  given_ = taken();
}

bool Choices::advance() {
  std::size_t last = taken_.size();
  while (last > 0 && taken_[last - 1].value + 1 >= taken_[last - 1].bound) --last;
  std::vector<std::size_t> next;
  for (std::size_t i = 0; i < last; ++i) next.push_back(taken_[i].value);
  if (last > 0) ++next.back();
  follow(std::move(next));
  return last > 0;
}

std::size_t Choices::choose(std::size_t count) {
  const std::size_t bound = std::max<std::size_t>(count, 1);
  std::size_t value = 0;
  if (random_ != nullptr)
    value = static_cast<std::size_t>((*random_)() % bound);
  else if (taken_.size() < given_.size())
    value = std::min(given_[taken_.size()], bound - 1);
  taken_.push_back({value, bound});
  return value;
}

std::vector<std::size_t> Choices::taken() const {
  std::vector<std::size_t> values;
  for (const Choice& choice : taken_) values.push_back(choice.value);
  while (!values.empty() && values.back() == 0) values.pop_back();
  return values;
}

}  // namespace bylaw::runner
