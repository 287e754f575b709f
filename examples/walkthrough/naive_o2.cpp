// The naive convolution at -O2, which the build sets by this file's name.
#include <algorithm>

#include "../support/naive_convolution.h"

namespace naive_o2 {
#include "../support/naive_convolution.inc"
}
