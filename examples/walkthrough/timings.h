// What the walkthrough measures for one kernel.
#pragma once

#include "../support/interleaved_rounds.h"
#include "../support/kernels.h"
#include "picture.h"

namespace walkthrough {

struct Timings {
  examples::Times naive_o2;
  examples::Times naive_o3;
  examples::Times steady;
  examples::Times generate;    // generating and compiling for a never-seen kernel, without running
  examples::Times first_call;  // the same, and running
  examples::Times end_to_end;  // from the gray picture to the result: allocating, padding, running
  examples::Times copy;        // memcpy of the picture, the yardstick
};

Timings measure(const examples::Kernel& kernel, const Picture& gray);

}  // namespace walkthrough
