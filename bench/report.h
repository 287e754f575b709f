// The table of ratios at the end of `make bench`.
#pragma once

#include <string>

namespace bench {

// All that was measured, with the project's targets beside it.
std::string report();

}  // namespace bench
