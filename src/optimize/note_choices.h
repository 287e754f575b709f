// Says how each cases and each jump by a byte finds its way.
#pragma once
#include "optimize/transformation.h"

namespace cogent::optimize {

void note_choices(const ir::Program& program, std::vector<Note>& notes);

}  // namespace cogent::optimize
