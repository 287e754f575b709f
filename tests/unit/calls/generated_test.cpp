// Generated functions that call generated functions, also such as are made while generating.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "unit/calls/levels.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using testing::at_every_level;

GeneratedFunction scale("scale", [](Code code, In<int> in, Out<int> out, Value<int> offset, int factor) {
  for (auto i : code.range(in.size())) out[i] = in[i] * factor + offset;
});

GeneratedFunction dot("dot", [](Code code, DynamicIn<int> a, DynamicIn<int> b) -> Value<int> {
  auto sum = code.variable(0);
  for (auto i : code.range(a.size())) sum += a[i] * b[i];
  return sum;
});

TEST(GeneratedCall, AGeneratedFunctionCallsAnother) {
  GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out, int factor) -> Value<int> {
    code.call(scale, in, out, 1, factor);
    code.call(scale, out, out, in[0], 2);
    auto result = code.call(dot, in, out);
    return result;
  });
  at_every_level([&] {
    const std::vector<int> in{1, 2, 3};
    std::vector<int> out(3), plain(3), checked(3);
    EXPECT_EQ(f(in, out, 10), 1 * 23 + 2 * 43 + 3 * 63);
    EXPECT_EQ(f.run_plain(in, plain, 10), 298);
    EXPECT_EQ(f.run_checked(in, checked, 10), 298);
    EXPECT_EQ(out, (std::vector<int>{23, 43, 63}));
    EXPECT_EQ(plain, out);
    EXPECT_EQ(checked, out);
  });
}

TEST(GeneratedCall, ASpecializationIsAPointerToAGeneratedFunction) {
  GeneratedFunction power("power", [](Code code, Value<int> x, int n) -> Value<int> {
    auto result = code.variable(1);
    for (int i = 0; i < n; ++i) result *= x;
    return result;
  });
  using Power = Specialization<Value<int>(Value<int>, int)>;
  GeneratedFunction twice("twice", [](Code code, Value<int> x, Power function) -> Value<int> {
    auto once = code.call(function, x, 0);
    auto again = code.call(function, once, 0);
    return again;
  });
  at_every_level([&] {
    const Power square = power.specialize(0, 2), cube = power.specialize(0, 3);
    EXPECT_EQ(twice(3, square), 81);
    EXPECT_EQ(twice(2, cube), 512);
    EXPECT_EQ(twice(3, square), 81);
  });
}

TEST(GeneratedCall, FunctionsMayCallEachOther) {
  static GeneratedFunction<Value<bool>(Value<int>)>* odd = nullptr;
  GeneratedFunction even("even", [](Code code, Value<int> n) -> Value<bool> {
    if (auto _ = code.when(n == 0)) code.returns(true);
    auto result = code.call(*odd, n - 1);
    return result;
  });
  static const auto* even_pointer = &even;
  GeneratedFunction odd_function("odd", [](Code code, Value<int> n) -> Value<bool> {
    if (auto _ = code.when(n == 0)) code.returns(false);
    auto result = code.call(*even_pointer, n - 1);
    return result;
  });
  odd = &odd_function;
  at_every_level([&] {
    EXPECT_TRUE(even(10));
    EXPECT_FALSE(even(7));
    EXPECT_TRUE(odd_function(7));
    EXPECT_TRUE(even.run_plain(10));
    EXPECT_TRUE(even.run_checked(10));
    EXPECT_THROW(even(-1), RunTimeError);
  });
}

TEST(GeneratedCall, ABodyMakesAndCallsAFunctionWhileGenerating) {
  GeneratedFunction outer("outer", [](Code code, Value<int> x, int n) -> Value<int> {
    GeneratedFunction inner("inner", [](Code, Value<int> y, int m) { return y * m; });
    const int now = inner(n, 3);          // runs now
    auto later = code.call(inner, x, 5);  // outlives its function
    return later + now;
  });
  at_every_level([&] {
    EXPECT_EQ(outer(2, 4), 22);
    EXPECT_EQ(outer(3, 4), 27);
    EXPECT_EQ(outer.run_plain(2, 4), 22);
  });
}

TEST(GeneratedCall, ABodyCallsItsFunctionWhileGenerating) {
  static const GeneratedFunction<Value<int>(Value<int>, int)>* self = nullptr;
  GeneratedFunction f("f", [](Code, Value<int> x, int n) -> Value<int> {
    const int below = n == 0 ? 0 : (*self)(1, n - 1);  // runs now
    return x + below;
  });
  self = &f;
  EXPECT_EQ(f(1, 20), 21);

  GeneratedFunction endless("endless", [](Code, Value<int> x, int n) -> Value<int> { return x + (*self)(1, n + 1); });
  self = &endless;
  EXPECT_THROW(endless(1, 0), GenerationError);

  GeneratedFunction same("same", [](Code, Value<int> x, int n) -> Value<int> { return x + (*self)(1, n); });
  self = &same;
  EXPECT_THROW(same(1, 0), GenerationError);
}

TEST(GeneratedCall, EndlesslyManySpecialisationsAreAnError) {
  GeneratedFunction f("f", [](Code code, Value<int> x, int n) -> Value<int> {
    auto result = code.recurse<int>(x, n + 1);
    return result;
  });
  EXPECT_THROW(f(1, 0), GenerationError);
}

TEST(GeneratedCall, ABodyThatCallsItselfOnOverlappingMemoryDoesNotWaitForItself) {
  using Function = GeneratedFunction<void(In<std::uint8_t>, Out<std::uint8_t>)>;
  static const Function* self = nullptr;
  static std::vector<std::uint8_t> memory(300);
  static bool generates_general = false;
  const Function blur("blur", [](Code code, In<std::uint8_t> in, Out<std::uint8_t> out) {
    if (generates_general) (*self)(std::span(memory).first(200), std::span(memory).subspan(1, 198));
    for (auto i : code.range(out.size())) out[i] = cast<std::uint8_t>((in[i] + in[i + 1] * 2 + in[i + 2]) >> 2);
  });
  self = &blur;
  std::vector<std::uint8_t> in(200), out(198);
  blur(in, out);
  generates_general = true;
  try {
    blur(std::span(memory).first(200), std::span(memory).subspan(1, 198));
  } catch (const GenerationError&) {  // where the fast code assumes that nothing overlaps
  }
}

TEST(GeneratedCall, CodeThatIsCalledOutlivesItsFunction) {
  auto callee = std::make_unique<GeneratedFunction<Value<int>(Value<int>)>>(
      "callee", [](Code, Value<int> x) -> Value<int> { return x * 3; });
  static const GeneratedFunction<Value<int>(Value<int>)>* pointer;
  pointer = callee.get();
  GeneratedFunction caller("caller", [](Code code, Value<int> x) -> Value<int> {
    auto y = code.call(*pointer, x);
    return y + 1;
  });
  EXPECT_EQ(caller(2), 7);
  callee.reset();
  EXPECT_EQ(caller(3), 10);
}

TEST(GeneratedCall, ManyThreadsCall) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([t] {
      for (int n = 0; n < 20; ++n) {
        const std::vector<int> in{t, n};
        std::vector<int> out(2);
        scale(in, out, n, n);
        EXPECT_EQ(out[1], n * n + n);
      }
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace cogent
