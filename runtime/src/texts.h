#pragma once
// Texts in texts and in sets of texts, as `lower` and `fold` read them. No allocation.

#include "format/text_reading.h"
#include "memory.h"

namespace bylaw {

/// `part` stands somewhere in `text`: in time that grows with both lengths, whatever a sender writes.
bool has_part(const Memory& memory, format::ReadText text, format::ReadText part);
/// An element of a collection of texts, each as it is, is `text` as it is read.
bool has_text(const Memory& memory, Collection texts, format::ReadText text);

}  // namespace bylaw
