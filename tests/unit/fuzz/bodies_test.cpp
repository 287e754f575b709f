// Random bodies do something, and every way of running them does the same.
#include "fuzz/bodies.h"

#include <gtest/gtest.h>

namespace cogent::fuzz {
namespace {

TEST(Bodies, DoTheSameInEveryWay) {
  int compared = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const BodyVerdict verdict = try_body(seed);
    EXPECT_EQ("", verdict.problem) << "seed " << seed;
    compared += verdict.is_compared;
  }
  EXPECT_GT(compared, 75);
}

}  // namespace
}  // namespace cogent::fuzz
