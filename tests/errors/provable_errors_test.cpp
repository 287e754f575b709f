// What every call would do wrong is a GenerationError at the user's line, and nothing is kept of it.
#include <cstdint>
#include <vector>

#include "errors/expect_error.h"

namespace cogent::errors {
namespace {

using Code = GeneratedCodeBlock&;
using Bytes = std::vector<std::uint8_t>;
using Numbers = std::vector<int>;

/// From a call, and from all that generates without running.
template <class Function, class... A>
void expect_always(const Function& function, const Expected& expected, const std::source_location& at,
                   const A&... arguments) {
  expect_generation_error([&] { function(arguments...); }, expected, at);
  expect_generation_error([&] { function(arguments...); }, expected, at);
  expect_generation_error([&] { function.specialize(arguments...); }, expected, at);
  expect_generation_error([&] { function.get_source(arguments...); }, expected, at);
  expect_generation_error([&] { function.get_program(arguments...); }, expected, at);
  expect_generation_error([&] { function.get_assembly(arguments...); }, expected, at);
  expect_generation_error([&] { function.explain(arguments...); }, expected, at);
  expect_generation_error([&] { function.run_checked(arguments...); }, expected, at);
}
std::source_location here(const std::source_location& at = std::source_location::current()) { return at; }

TEST(ProvableErrors, ConvolutionOfAPictureThatIsNotPadded) {
  const GeneratedFunction blur("blur",
                               [](Code code, In<std::uint8_t> source, Out<std::uint8_t> destination, int width) {
                                 for (auto i : code.range(destination.size())) {
                                   auto base = i / width * (width + 2) + i % width;
                                   auto sum = code.variable(0);
                                   for (int k = 0; k < 3; ++k) sum += source[base + k * (width + 2) + k];
                                   destination[i] = clamp(sum / 3, 0, 255);
                                 }
                               });
  const int line = __LINE__ - 4;
  Bytes result(40 * 10);
  const Bytes too_small(40 * 10);
  expect_always(blur, {"source has 400 elements, the index reaches 503 (in blur)", line}, here(), too_small,
                std::span(result), 40);
  EXPECT_EQ(Bytes(400), result);
  const Bytes padded(42 * 12, 9);
  blur(padded, result, 40);
  EXPECT_EQ(Bytes(400, 9), result);
}

TEST(ProvableErrors, IndexBelowZero) {
  const GeneratedFunction difference("difference", [](Code code, In<int> in, Out<int> out) {
    for (auto i : code.range(in.size())) out[i] = in[i] - in[i - 1];
  });
  Numbers out(4);
  expect_always(difference, {"in has 4 elements, the index reaches -1", __LINE__ - 3}, here(), Numbers(4),
                std::span(out));
}

TEST(ProvableErrors, ConstantIndex) {
  const GeneratedFunction write("write", [](Code, Out<int> out, int at) { out[at] = 1; });
  const int line = __LINE__ - 1;
  Numbers out(4);
  expect_always(write, {"out has 4 elements, the index reaches 4", line}, here(), std::span(out), 4);
  expect_always(write, {"out has 4 elements, the index reaches -1", line}, here(), std::span(out), -1);
  write(out, 3);
  EXPECT_EQ((Numbers{0, 0, 0, 1}), out);
}

TEST(ProvableErrors, InAPlainRunItIsARunTimeError) {
  const GeneratedFunction write("write", [](Code, Out<int> out, int at) { out[at] = 1; });
  Numbers out(4);
  expect_run_time_error([&] { write.run_plain(out, 4); },
                        {"index 4 is outside of out, which has 4 elements", __LINE__ - 3});
  EXPECT_EQ(Numbers(4), out);
}

TEST(ProvableErrors, DivisionByAZeroThatIsKnown) {
  const GeneratedFunction divide("divide", [](Code, Value<int> x, int divisor) { return x / divisor; });
  const int line = __LINE__ - 1;
  expect_always(divide, {"every call divides by zero here (in divide)", line}, here(), 5, 0);
  EXPECT_EQ(2, divide(5, 2));
  const GeneratedFunction rest("rest", [](Code, Value<int> x, int divisor) { return x % divisor; });
  expect_always(rest, {"every call divides by zero here", __LINE__ - 1}, here(), 5, 0);
  expect_run_time_error([&] { rest.run_plain(5, 0); }, {"division by zero", __LINE__ - 2});
}

TEST(ProvableErrors, StepOfZero) {
  const GeneratedFunction count("count", [](Code code, Out<int> out, int step) {
    for (auto i : code.range(0, 4, step)) out[i] = 1;
  });
  const int line = __LINE__ - 2;
  Numbers out(4);
  expect_always(count, {"the step of a loop is 0, so it would never end", line}, here(), std::span(out), 0);
  expect_generation_error([&] { count.run_plain(out, 0); }, {"the step of a loop is 0", line});
  const GeneratedFunction unrolled("unrolled", [](Code code, Out<int> out, int step) {
    for (int i : code.unroll(0, 4, step)) out[i] = 1;
  });
  expect_always(unrolled, {"the step of a loop is 0", __LINE__ - 2}, here(), std::span(out), 0);
}

TEST(ProvableErrors, UnderAConditionItStaysARunTimeCheck) {
  const GeneratedFunction read("read", [](Code code, In<int> in, Value<bool> wants) {
    auto result = code.variable(0);
    if (auto _ = code.when(wants)) result = in[9];
    return result;
  });
  EXPECT_EQ(0, read(Numbers(3), false));
  expect_run_time_error([&] { read(Numbers(3), true); }, {"index 9 is outside of in", __LINE__ - 4});
}

TEST(ProvableErrors, InALoopThatMayNotRunItStaysARunTimeCheck) {
  const GeneratedFunction read("read", [](Code code, In<int> in, Value<int> n) {
    auto sum = code.variable(0);
    for ([[maybe_unused]] auto i : code.range(n)) sum += in[7];
    return sum;
  });
  EXPECT_EQ(0, read(Numbers(3), 0));
  expect_run_time_error([&] { read(Numbers(3), 1); }, {"index 7 is outside of in", __LINE__ - 4});
}

}  // namespace
}  // namespace cogent::errors
