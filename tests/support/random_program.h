// Random well-formed programs that always end, over all types, every statement and every operation.
//
//   for (std::uint64_t seed = 1; seed <= 500; ++seed) {
//     const ir::Program program = random_program(seed);
//     ir::Program optimised = ...;
//     ASSERT_EQ("", ir::describe(ir::verify(optimised))) << "seed " << seed;
//     for (std::uint64_t input = 1; input <= 3; ++input)
//       ASSERT_EQ("", find_difference(random_inputs(program, input), {"recorded", program, interpreter()},
//                                     {"optimised", optimised, interpreter()})) << "seed " << seed << '/' << input;
//   }
//
// A failing seed is made smaller by hand: lower `size` as long as it fails.
#pragma once
#include <cstdint>

#include "ir/program.h"

namespace cogent::testing {

struct ProgramOptions {
  int size = 40;        // about how many statements
  bool faults = true;   // now and then: indexes out of bounds, divisors and steps of 0, requirements that do not hold
  bool floats = false;  // floats too, and functions of numbers. What is unspecified of a NaN has no effect
  bool shapes = false;  // arrays of two and three dimensions and of structs too, tables and scratch memory
  bool calls = false;   // calls of functions, and of the program itself
};

/// The same seed and options give the same program. Every statement has a line of its own.
ir::Program random_program(std::uint64_t seed, const ProgramOptions& options = {});

}  // namespace cogent::testing
