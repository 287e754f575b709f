// Starts the program fresh_process, which lies beside this one, several times.
#pragma once

#include <string>

#include "../examples/support/interleaved_rounds.h"

namespace bench {

// The first call's time in nine processes; `who` is cogent or opencv. Throws std::runtime_error when one fails.
examples::Times time_fresh_processes(const std::string& who);

}  // namespace bench
