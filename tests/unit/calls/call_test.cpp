// code.call: C++ functions of every kind, called from plain runs, the interpreter and machine code.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <numeric>

#include "unit/calls/levels.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using testing::at_every_level;

int twice(int x) { return 2 * x; }
std::int64_t sum_of(std::span<const int> values) {
  return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}
void fill(std::span<int> values, int value) {
  for (int& element : values) element = value;
}

TEST(Call, CallsAFreeFunction) {
  GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto y = code.call(twice, x + 1);
    return y * 10;
  });
  at_every_level([&] {
    EXPECT_EQ(f(3), 80);
    EXPECT_EQ(f.run_plain(3), 80);
    EXPECT_EQ(f.run_checked(3), 80);
  });
}

TEST(Call, PassesArraysToSpans) {
  GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out) {
    auto before = code.call(sum_of, in);
    code.call(fill, out, before);
    out[0] = out[1] + 1;
  });
  at_every_level([&] {
    const std::vector<int> in{1, 2, 3};
    std::vector<int> out(4), plain(4), checked(4);
    f(in, out);
    f.run_plain(in, plain);
    f.run_checked(in, checked);
    EXPECT_EQ(out, (std::vector<int>{7, 6, 6, 6}));
    EXPECT_EQ(plain, out);
    EXPECT_EQ(checked, out);
  });
}

}  // namespace
}  // namespace cogent
