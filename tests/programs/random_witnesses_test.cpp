// Random programs leave the same behind whoever runs them.
#include <gtest/gtest.h>

#include "programs/witnesses.h"
#include "support/random_program.h"

namespace cogent::programs {
namespace {

TEST(RandomWitnesses, Agree) {
  const std::vector<Witness> list = witnesses();
  for (std::uint64_t seed = 100'000; seed < 100'400; ++seed) {
    const ir::Program program = testing::random_program(seed, {.size = 10 + static_cast<int>(seed % 60),
                                                               .faults = seed % 4 != 0,
                                                               .floats = seed % 2 == 0,
                                                               .shapes = seed % 3 != 0});
    const testing::Inputs inputs = testing::random_inputs(program, seed);
    for (const Witness& witness : list)
      ASSERT_EQ("", testing::find_difference(inputs, {"the interpreter", program, testing::interpreter()},
                                             {witness.name, program, witness.execute}))
          << "seed " << seed;
  }
}

}  // namespace
}  // namespace cogent::programs
