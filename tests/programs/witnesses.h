// What a program is run by beside the interpreter: each must leave the same behind.
#pragma once
#include <string>
#include <vector>

#include "optimize/pipeline.h"
#include "support/execution.h"

namespace cogent::programs {

struct Witness {
  std::string name;
  testing::Executor execute;
};

/// The optimised program, interpreted; machine code of the program as written and optimised, at each CPU level of this
/// machine. Without the passes that are disabled.
std::vector<Witness> witnesses(optimize::PassSet disabled = 0);

}  // namespace cogent::programs
