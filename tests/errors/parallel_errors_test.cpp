// What the iterations of a parallel loop must not do is refused, with the line where they do it.
#include <vector>

#include "errors/expect_error.h"

namespace cogent::errors {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

constexpr const char* conflict = "must not store to elements that other iterations access";

TEST(ParallelErrors, AVariableFromOutsideIsNotAssigned) {
  const GeneratedFunction f("f", [](Code code, In<int> in) {
    auto sum = code.variable(0);
    for (auto i : code.range(in.size()).parallel()) sum += in[i];
    return sum;
  });
  expect_generation_error([&] { f(Numbers(10)); },
                          {"a loop that is .parallel() assigns a variable that is made outside of it", __LINE__ - 4});
}

TEST(ParallelErrors, AVariableOfAnOuterIterationIsNotAssignedInAnInnerLoop) {
  const GeneratedFunction f("f", [](Code code, In<int, 2> in, Out<int> out) {
    for (auto y : code.range(in.extent(0)).parallel()) {
      auto sum = code.variable(0);
      for (auto x : code.range(in.extent(1)).parallel()) sum += in(y, x);
      out[y] = sum;
    }
  });
  Numbers data(12), out(3);
  expect_generation_error([&] { f(View<const int, 2>(data.data(), {3, 4}), out); },
                          {"assigns a variable that is made outside of it", __LINE__ - 6});
}

TEST(ParallelErrors, TheLoopIsNotLeft) {
  const GeneratedFunction breaks("f", [](Code code, In<int> in, Out<int> out) {
    for (auto i : code.range(in.size()).parallel()) {
      if (auto _ = code.when(in[i] == 0))
        if (code.breaks()) break;
      out[i] = 1;
    }
  });
  const GeneratedFunction outer("f", [](Code code, In<int> in, Out<int> out) {
    for (auto _ : code.loop().named("outer")) {
      for (auto i : code.range(in.size()).parallel()) {
        if (auto _ = code.when(in[i] == 0))
          if (code.breaks("outer")) break;
        out[i] = 1;
      }
      if (code.breaks()) break;
    }
  });
  const GeneratedFunction returns("f", [](Code code, In<int> in) {
    for (auto i : code.range(in.size()).parallel())
      if (auto _ = code.when(in[i] == 0)) code.returns(1);
    return Value<int>(0);
  });
  Numbers out(10);
  expect_generation_error([&] { breaks(Numbers(10), out); }, {"is left early", __LINE__ - 20});
  expect_generation_error([&] { outer(Numbers(10), out); }, {"is left early", __LINE__ - 13});
  expect_generation_error([&] { returns(Numbers(10)); }, {"returns from the function", __LINE__ - 6});
}

TEST(ParallelErrors, NothingIsPrinted) {
  const GeneratedFunction f("f", [](Code code, int n) {
    for (auto i : code.range(n).parallel()) code.print("{}\n", i);
  });
  expect_generation_error([&] { f(10); }, {"prints", __LINE__ - 2});
}

void fill(std::span<int> numbers) { numbers[0] = 1; }

TEST(ParallelErrors, AFunctionDoesNotWriteToWhatIterationsShare) {
  const GeneratedFunction f("f", [](Code code, Out<int> out) {
    for ([[maybe_unused]] auto _ : code.range(10).parallel()) code.call(fill, out);
  });
  Numbers out(10);
  expect_generation_error([&] { f(out); }, {"lets a function write to an array", __LINE__ - 3});
}

TEST(ParallelErrors, AStoreIsProvenToBeApart) {
  const GeneratedFunction scatter("f", [](Code code, In<int> where, Out<int> out) {
    for (auto i : code.range(where.size()).parallel()) out[where[i]] = 1;
  });
  const GeneratedFunction recurrence("f", [](Code code, InOut<int> data) {
    for (auto i : code.range(int64_t{1}, data.size()).parallel()) data[i] = data[i] + data[i - 1];
  });
  const GeneratedFunction one("f", [](Code code, Out<int> out) {
    for (auto i : code.range(10).parallel()) out[3] = i;
  });
  const GeneratedFunction wide("f", [](Code code, Out<int> out) {
    for (auto y : code.range(9).parallel())
      for (auto x : code.range(11)) out[y * 10 + x] = x;
  });
  Numbers out(100);
  expect_generation_error([&] { scatter(Numbers(10), out); }, {conflict, __LINE__ - 13});
  expect_generation_error([&] { recurrence(out); }, {conflict, __LINE__ - 11});
  expect_generation_error([&] { one(out); }, {conflict, __LINE__ - 9});
  expect_generation_error([&] { wide(out); }, {conflict, __LINE__ - 6});
}

TEST(ParallelErrors, ScratchMadeOutsideIsShared) {
  const GeneratedFunction shared("f", [](Code code, Out<int> out) {
    auto row = code.scratch(8, 0);
    for (auto i : code.range(out.size()).parallel()) {
      row[i % 8] = cast<int>(i);
      out[i] = row[i % 8];
    }
  });
  Numbers out(100);
  expect_generation_error([&] { shared(out); }, {conflict, __LINE__ - 5});
}

}  // namespace
}  // namespace cogent::errors
