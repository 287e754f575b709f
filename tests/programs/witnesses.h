// What a program is run by beside the interpreter: each must leave the same behind.
#pragma once
#include <string>
#include <vector>

#include "support/execution.h"

namespace cogent::programs {

struct Witness {
  std::string name;
  testing::Executor execute;
};

/// The optimised program, interpreted; machine code of the program as written and optimised, at each CPU level of this
/// machine.
const std::vector<Witness>& witnesses();

}  // namespace cogent::programs
