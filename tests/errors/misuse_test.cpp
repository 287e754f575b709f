// Mistakes in bodies: C++'s control flow where code's was meant, values in the wrong place. Each is a GenerationError
// at the user's line; nothing is cached; other calls of the function work.
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "errors/expect_error.h"

namespace cogent::errors {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

/// The same misuse while generating and in a plain run; the function works for `good`, which gives `result`.
template <class Function>
void expect_misuse(const Function& function, const Expected& expected, const Expected& plain = {nullptr},
                   const std::source_location& at = std::source_location::current()) {
  const bool bad = true, good = false;
  expect_generation_error([&] { function(5, bad); }, expected, at);
  EXPECT_NO_THROW(function(5, good));
  expect_generation_error([&] { function(5, bad); }, expected, at);
  expect_generation_error([&] { function.run_checked(5, bad); }, expected, at);
  if (plain.text == nullptr) return;
  expect_generation_error([&] { function.run_plain(5, bad); }, plain, at);
  EXPECT_NO_THROW(function.run_plain(5, good));
}

TEST(Misuse, CppBreakOutOfARange) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    auto sum = code.variable(0);
    for (auto i : code.range(n)) {
      sum += i;
      if (bad) break;
    }
    return sum;
  });
  expect_misuse(f, {"a C++ break or return left a loop of the generated function", __LINE__ - 5},
                {"a C++ break or return left a loop of the generated function"});
}

TEST(Misuse, BreaksWithoutBreak) {
  const GeneratedFunction f("f", [](Code code, Value<int> n) {
    auto sum = code.variable(0);
    for (auto i : code.range(n)) {
      if (auto _ = code.when(i > 2)) static_cast<void>(code.breaks());
      sum += i;
    }
    return sum;
  });
  EXPECT_EQ(3, f.run_plain(3));
  expect_generation_error([&] { f.run_plain(5); }, {"write  if (code.breaks()) break;", __LINE__ - 5});
}

TEST(Misuse, CppReturnOutOfAnEndlessLoop) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) -> Value<int> {
    for ([[maybe_unused]] auto _ : code.loop()) {
      if (bad) return n + 1;
      if (code.breaks()) break;
    }
    return n;
  });
  expect_misuse(f, {"a C++ break or return left a loop of the generated function"},
                {"a C++ break or return left a loop of the generated function"});
}

TEST(Misuse, OtherwiseAtTheHeadOfALoop) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    auto result = code.variable(0);
    for ([[maybe_unused]] auto _ : code.loop_while([&] { return result < n; })) {
      if (bad) {
        if (auto _ = code.otherwise()) result = 9;
      }
      result += 1;
    }
    return result;
  });
  expect_misuse(f, {"code.otherwise() must directly follow the block of a code.when(...)", __LINE__ - 6});
}

TEST(Misuse, OtherwiseWithoutWhen) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    auto result = code.variable(n);
    if (bad) {
      if (auto _ = code.otherwise()) result = 2;
    }
    return result;
  });
  const Expected expected{"code.otherwise() must directly follow the block of a code.when(...)", __LINE__ - 4};
  expect_misuse(f, expected, expected);
}

TEST(Misuse, OtherwiseAfterAnotherStatement) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    auto result = code.variable(n);
    if (auto _ = code.when(n > 3)) result = 1;
    if (bad) result = 9;
    if (auto _ = code.otherwise()) result = 2;
    return result;
  });
  const Expected expected{"code.otherwise() must directly follow", __LINE__ - 3};
  expect_misuse(f, expected, expected);
}

TEST(Misuse, OtherwiseWhenAfterOtherwise) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    auto result = code.variable(n);
    if (auto _ = code.when(n > 3)) result = 1;
    if (auto _ = code.otherwise()) result = 2;
    if (bad) {
      if (auto _ = code.otherwise_when(n < 2)) result = 3;
    }
    return result;
  });
  expect_misuse(f, {"code.otherwise_when(...) must directly follow", __LINE__ - 4});
}

TEST(Misuse, BreaksOutsideOfLoops) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    if (bad && code.breaks()) return n + 1;
    return n + 0;
  });
  const Expected expected{"code.breaks() stands outside of code's loops", __LINE__ - 3};
  expect_misuse(f, expected, expected);
  const GeneratedFunction g("g", [](Code code, Value<int> n, bool bad) {
    if (bad && code.continues()) return n + 1;
    return n + 0;
  });
  const Expected continues{"code.continues() stands outside of code's loops", __LINE__ - 3};
  expect_misuse(g, continues, continues);
}

TEST(Misuse, ReturnsWithoutAResult) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    if (auto _ = code.when(n > 3)) {
      if (bad) code.returns();
    }
    return n;
  });
  expect_misuse(f, {"code.returns() without a value in a function that has a result", __LINE__ - 4});
}

TEST(Misuse, ReturnsAResultFromAFunctionThatHasNone) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    if (auto _ = code.when(n > 3)) {
      if (bad) code.returns(n);
    }
  });
  expect_misuse(f, {"code.returns(value) in a function without a result", __LINE__ - 3});
}

TEST(Misuse, DownwardRangeOfUnsignedBounds) {
  const GeneratedFunction f("f", [](Code code, Value<std::uint32_t> n, bool bad) {
    auto sum = code.variable(0u);
    for (auto i : code.range(n, 0u, bad ? -1 : 1)) sum += i;
    return sum;
  });
  const Expected expected{"a downward range needs signed bounds", __LINE__ - 3};
  expect_misuse(f, expected, expected);
}

// ---- values in places where they may not have been computed

TEST(Misuse, ValueOfAWhenUsedAfterIt) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    std::optional<Value<int>> kept;
    auto result = code.variable(0);
    if (auto _ = code.when(n != 0)) kept.emplace(100 / n);
    if (bad) result = *kept;
    return result;
  });
  expect_misuse(f, {"a value that is computed inside a code.when(...) block", __LINE__ - 3});
}

TEST(Misuse, IndexOfALoopUsedAfterIt) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    std::optional<Value<int>> kept;
    auto result = code.variable(0);
    for (auto i : code.range(n)) {
      kept.emplace(i * 2);
      result += 1;
    }
    if (bad) result += *kept;
    return result;
  });
  expect_misuse(f, {"is computed inside a loop of the generated function", __LINE__ - 3});
}

TEST(Misuse, ValueOfAnUnrolledIterationUsedAfterABreak) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    std::optional<Value<int>> kept;
    auto result = code.variable(0);
    for (int k : code.unroll(3)) {
      if (auto _ = code.when(n == k)) {
        if (code.breaks()) break;
      }
      kept.emplace(100 / (n - k));
      result += *kept;
    }
    if (bad) result += *kept;
    return result;
  });
  expect_misuse(f, {"used outside of it, where it may not have been computed", __LINE__ - 3});
}

// ---- values of other functions, other threads, and of the past

std::optional<Value<int>> leaked_value;
std::optional<Variable<int>> leaked_variable;
GeneratedCodeBlock* leaked_code = nullptr;

TEST(Misuse, ValueThatOutlivesItsFunction) {
  const GeneratedFunction leak("leak", [](Code code, Value<int> n, Out<int> out) {
    leaked_value.emplace(n + 1);
    leaked_variable.reset();
    leaked_variable.emplace(n);
    leaked_code = &code;
    out[0] = n;
  });
  Numbers out(1);
  leak(1, out);
  expect_generation_error([] { *leaked_value + 1; }, {"must not outlive the body", __LINE__});
  expect_generation_error([] { *leaked_variable += 1; }, {"must not outlive the body", __LINE__});
  const GeneratedFunction use("use", [](Code, Value<int> n, bool bad) { return bad ? n + *leaked_value : n + 2; });
  const int line = __LINE__ - 1;
  expect_misuse(use, {"a staged value is used after its function was generated; it must not outlive the body", line},
                {"it must not outlive the body", line});
  leaked_value.reset();
}

TEST(Misuse, ValueOfAPlainRunThatIsOver) {
  const GeneratedFunction leak("leak", [](Code, Value<int> n) {
    leaked_value.reset();
    leaked_value.emplace(n + 1);
    return n;
  });
  leak.run_plain(1);
  expect_generation_error([] { *leaked_value + 1; }, {"must not outlive the body"});
  leaked_value.reset();
}

TEST(Misuse, RecordingUsedFromAnotherThread) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, bool bad) {
    auto result = code.variable(n);
    std::string message;
    const auto in_thread = [&](auto&& act) {
      std::thread([&] {
        try {
          act();
        } catch (const GenerationError& error) {
          message = error.what();
        }
      }).join();
      EXPECT_NE("", message);
    };
    if (!bad) return result;
    in_thread([&] { result += 1; });
    in_thread([&] { n + 1; });
    in_thread([&] { (void)code.breaks(); });
    throw GenerationError(message, {});
  });
  EXPECT_EQ(7, f(7, false));
  expect_generation_error([&] { f(7, true); }, {"where no function is being generated"});
  EXPECT_EQ(7, f(7, false));
}

std::optional<Value<int>> others_value;

TEST(Misuse, ValueOfAnotherThreadsFunction) {
  static const GeneratedFunction inner("inner", [](Code, Value<int> n, bool) { return n + *others_value; });
  const GeneratedFunction outer("outer", [](Code, Value<int> n, bool) {
    others_value.reset();
    others_value.emplace(n);
    std::thread([] {
      expect_generation_error([] { inner(1, true); },
                              {"is used in another thread than the one that generates its function"});
    }).join();
    return n;
  });
  EXPECT_EQ(3, outer(3, true));
}

TEST(Misuse, MixingTwoFunctionsValues) {
  static const GeneratedFunction inner("inner", [](Code, Value<int> n, bool) { return n + *others_value; });
  const GeneratedFunction outer("outer", [](Code, Value<int> n, bool bad) {
    others_value.reset();
    others_value.emplace(n);
    if (bad) inner(1, true);
    return n;
  });
  const int line = __LINE__ - 7;
  expect_misuse(outer,
                {"a staged value of one function is used in another one that is being generated inside it", line},
                {"a staged value of one function is used in another one", line});
}

TEST(Misuse, ValuesWhereNothingIsGenerated) {
  expect_generation_error([] { Value<int> x(5); }, {"is used where no function is being generated", __LINE__});
}

TEST(Misuse, SpecialisationOfGridsCalledWithOtherSizes) {
  const GeneratedFunction f("f",
                            [](Code, Value<int>, In<int, 2> in, DynamicIn<int>, Out<int> out) { out[0] = in(0, 0); });
  Numbers out(1), data(12);
  const auto special = f.specialize(1, View(data, {3, 4}), data, out);
  expect_generation_error(
      [&] { special(1, View(data, {3, 2}, 4), data, out); },
      {": in had 3 x 4 elements of int32_t (strides 4, 1), and has 3 x 2 elements of int32_t (strides 4, 1) now"});
  expect_generation_error([&] { special(1, View(data, {3, 4}), data, data); },
                          {": out had 1 elements, and has 12 elements now"});
  special(2, View(data, {3, 4}), Numbers(5), out);
}

// ---- size

TEST(Misuse, MoreThanAMillionOperations) {
  const GeneratedFunction f("f", [](Code, In<int> in, Out<int> out) {
    for (int i = 0; i < out.size(); ++i) out[i] = in[i] * i + 1;
  });
  Numbers out(600'000);
  const int line = __LINE__ - 3;
  expect_generation_error([&] { f(Numbers(600'000), out); }, {"is a plain for running over all elements", line});
  Numbers few(3);
  f(Numbers{1, 2, 3}, few);
  EXPECT_EQ((Numbers{1, 3, 7}), few);
}

TEST(Misuse, SpecialisationCalledWithOtherSizes) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out) {
    for (auto i : code.range(out.size())) out[i] = in[i];
  });
  Numbers out(3);
  const auto special = f.specialize(Numbers(3), out);
  Numbers other(2);
  const char* text =
      "a specialisation of f was called with arrays of other sizes than it was made for: out had 3 elements, and has 2 "
      "elements now";
  expect_generation_error([&] { special(Numbers(3), other); }, {text, __LINE__});
  expect_generation_error([&] { special(Numbers(4), out); }, {": in had 3 elements, and has 4 elements now", __LINE__});
  const View<const int> every_second(other.data(), {1}, {2});
  expect_generation_error([&] { special(every_second, out); }, {": in had 3 elements, and has 1 elements (strides 2)"});
  special(Numbers{4, 5, 6}, out);
  EXPECT_EQ((Numbers{4, 5, 6}), out);
}

}  // namespace
}  // namespace cogent::errors
