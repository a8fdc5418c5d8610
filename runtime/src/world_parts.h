#pragma once
// Parts of a World that are built beside the entities: the index of lists (list.cpp), the slots (slots.cpp).

#include "world_data.h"

namespace bylaw {

void index_texts(WorldData& world);
void index_lists(WorldData& world);
void add_slots(WorldData& world);

}  // namespace bylaw
