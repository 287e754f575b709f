// What is said of stages whose type does not hold all that they compute.
#pragma once
#include "engine/stage.h"

namespace cogent::image {

/// "clipped: can be 0 to 1020", of what the stage computes before it is saturated; empty if its type holds all.
std::string describe_clipping(const Stage& stage);

}  // namespace cogent::image
