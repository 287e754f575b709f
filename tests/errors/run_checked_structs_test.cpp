// run_checked compares the members of structs as what they are.
#include <gtest/gtest.h>

#include <cogent/cogent.h>

#include <bit>
#include <cmath>
#include <vector>

namespace cogent::errors {
namespace {

struct Pair {
  float x, y;
};

TEST(RunCheckedStructs, NansOfAnyPayloadAreTheSame) {
  GeneratedFunction f("f", [](GeneratedCodeBlock& code, In<float> a, Out<Pair> out) {
    for (auto i : code.range(out.size())) {
      auto p = a[2 * i];
      auto q = a[2 * i + 1];
      out[i] = make<Pair>(p - p, sqrt(p) + log(q));
    }
  });
  const std::vector<float> a{
      INFINITY, -1.f, std::bit_cast<float>(0x7fc00001u), std::bit_cast<float>(0xffc00002u), NAN, -NAN, 3.f, NAN};
  std::vector<Pair> out(4);
  EXPECT_NO_THROW(f.run_checked(a, out));
  EXPECT_TRUE(std::isnan(out[0].x));
}

}  // namespace
}  // namespace cogent::errors
