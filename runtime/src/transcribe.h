#pragma once
// The frames of entities, from one numbering of texts and entities to another: when a snapshot is written (from the
// arenas of what was read) and when it is linked (from the snapshot to the World). One walk for both, so that what is
// written is what is read: a frame, then the collections of its fields in order, each whole before those inside it.
// Nothing of the source is copied that was not looked at by its type; what is absent becomes zero.

#include <string_view>
#include <vector>

#include "bundle_view.h"
#include "memory.h"

namespace bylaw {

/// Where a walk reads, and how its numbers are translated. Each says false of what cannot be.
class TranscribeSource {
 public:
  virtual ~TranscribeSource() = default;
  /// Its numbers ascend as the texts and entities that they stand for: then the order of sets can be checked.
  virtual bool is_ordered() const = 0;
  virtual bool symbol(Word from, Word& to) = 0;
  virtual bool entity(Word from, Word& to) = 0;
  /// The elements; `end` is where they come to stand, and `words` how many they take.
  virtual bool elements(Word from, std::size_t end, std::uint32_t stride, Collection& to) = 0;
};

class Transcriber {
 public:
  Transcriber(const BundleView& view, TranscribeSource& source, std::vector<Word>& out)
      : view_(view), source_(source), out_(out) {}

  /// Appends the frame of a shape and its collections; false if something is not what its type says: `problem`.
  bool frame(std::uint32_t shape, const Word* from);
  std::string_view problem() const { return problem_; }

 private:
  struct Bits {
    const Word* from;
    std::size_t to;  // in out_
    std::uint32_t first;
  };
  bool fields(std::uint32_t shape, const Bits& bits, const Word* from, std::size_t to);
  bool field(const format::FieldRecord& field, const Bits& bits, const Word* from, std::size_t to);
  bool own_value(const format::FieldRecord& field, const Bits& bits, const Word* from, std::size_t to);
  bool part(std::uint32_t type, std::uint32_t nested, const Bits& bits, const Word* from, std::size_t to);
  bool value(std::uint32_t type, const Word* from, std::size_t to);
  bool copy_words(std::uint32_t words, const Word* from, std::size_t to);
  bool version(const Word* from, std::size_t to);
  bool member(const format::EnumRecord& record, Word from, std::size_t to);
  bool entity(std::uint32_t set, Word from, std::size_t to);
  bool mask(const format::EnumRecord& record, std::uint32_t max, const Word* from, std::size_t to);
  bool collection(const format::TypeRecord& type, Word from, std::size_t to);
  bool keys_ascend(std::uint32_t map_type, Word from);
  bool element(std::uint32_t type, const Word* from, std::size_t to);
  bool append(Word from, std::uint32_t step, std::uint32_t max, std::size_t to, Collection& elements);
  bool ascends(std::uint32_t type, const Word* before, const Word* here) const;
  bool no(std::string_view what) {
    problem_ = what;
    return false;
  }

  const BundleView& view_;
  TranscribeSource& source_;
  std::vector<Word>& out_;
  std::string_view problem_;
};

}  // namespace bylaw
