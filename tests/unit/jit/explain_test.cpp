// What explain says, in sentences that name the user's lines: proven, hoisted, checked, unchecked, split, kept.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <vector>

#include "x86/cpu_features.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

void expect_says(const std::string& text, int line, const std::string& sentence) {
  const std::string whole = "explain_test.cpp:" + std::to_string(line) + ": " + sentence + "\n";
  EXPECT_NE(std::string::npos, text.find(whole)) << "missing: " << whole << text;
}

TEST(Explain, HowEachAccessIsChecked) {
  const int line = __LINE__;
  const GeneratedFunction f("f", [](Code code, In<int> in, InOut<int> out, Value<int> n) {
    for (auto i : code.range(n)) {
      const auto element = in[i];
      out[element] = 1;
      code.unchecked([&] { out[element * 2] += 1; });
    }
    for (auto i : code.range(in.size())) out[0] += in[i];
  });
  Numbers in(8), out(8);
  const Explanation explanation = f.explain(in, out, 3);
  const std::string loop = std::to_string(line + 2);
  expect_says(explanation.text, line + 3, "the read of in is checked once, before the loop of line " + loop);
  expect_says(explanation.text, line + 4,
              "the write to out is checked each time, because its index depends on what is computed or read in the "
              "loop");
  expect_says(explanation.text, line + 5, "the write to out is not checked, as code.unchecked demands");
  expect_says(explanation.text, line + 7, "8 reads of in are proven in bounds");
  EXPECT_NE(std::string::npos, explanation.text.find("accesses hoisted: 1\n"));
  EXPECT_NE(std::string::npos, explanation.text.find("accesses checked: 1\n"));
  EXPECT_NE(std::string::npos, explanation.text.find("accesses unchecked: 2\n"));
  EXPECT_NE(std::string::npos, explanation.json.find("\"accesses_hoisted\":1"));
  EXPECT_NE(std::string::npos, explanation.json.find("\"text\":\"the read of in is checked once, before the loop"));
}

TEST(Explain, WhatWasNotPossibleAndWhy) {
  const int line = __LINE__;
  const GeneratedFunction f("f", [](Code code, Out<int> out, Value<int> n, int width) {
    for (auto i : code.range(n)) {
      if (auto _ = code.when(i / width == 2)) out[0] = i % width;
    }
  });
  Numbers out(8);
  const std::string text = f.explain(out, 3, 4 + 3).text;
  expect_says(text, line + 2, "the loop was not split into rows of 7, because its bounds are known only when it runs");
  expect_says(text, line + 3, "the branch was not made a selection, because it writes an array");
  EXPECT_NE(std::string::npos, text.find("no stencil, because ")) << text;
}

TEST(Explain, WhichCodeALoopBecomes) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out) {
    for (auto i : code.range(out.size())) out[i] = in[i * 2] * 3 + in[i * 2 + 1];
  });
  Numbers in(200), out(100);
  {
    const x86::ScopedCpuLevel mask(x86::CpuLevel::Baseline);
    const Explanation explanation = f.explain(in, out);
    EXPECT_TRUE(explanation.text.starts_with("f: scalar code for baseline\n")) << explanation.text;
    const char* const note = "no loop is vectorised, because the CPU level is baseline\n";
    EXPECT_NE(explanation.text.find(note), std::string::npos) << explanation.text;
  }
  if (x86::detected_cpu_level() == x86::CpuLevel::Baseline) GTEST_SKIP();
  const x86::ScopedCpuLevel mask(x86::CpuLevel::Avx2);
  const Explanation explanation = f.explain(in, out);
  EXPECT_TRUE(explanation.text.starts_with("f: vector code (lanes) for avx2\n")) << explanation.text;
  const std::size_t no_stencil = explanation.text.find("no stencil, because");
  EXPECT_LT(explanation.text.find("the loop is vectorised"), no_stencil) << explanation.text;
  EXPECT_NE(no_stencil, std::string::npos) << explanation.text;
  EXPECT_NE(explanation.json.find("\"lowering\":\"lanes\""), std::string::npos) << explanation.json;
}

TEST(Explain, WhichOperationHasNoFormInLanes) {
  if (x86::detected_cpu_level() == x86::CpuLevel::Baseline) GTEST_SKIP();
  const GeneratedFunction f("f", [](Code code, In<double> in, Out<double> out) {
    for (auto i : code.range(out.size())) out[i] = sin(in[i]);
  });
  std::vector<double> in(100), out(100);
  const std::string text = f.explain(in, out).text;
  EXPECT_NE(text.find("a function of libm has no form in lanes"), std::string::npos) << text;
}

TEST(Explain, WhatWasComputedWhileRecording) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto product = code.variable(6);
    product *= 7;
    return x + product;
  });
  EXPECT_NE(std::string::npos, f.explain(1).text.find("1 operations on known values were computed while recording"));
}

TEST(Explain, HowManyValuesLiveInMemory) {
  const GeneratedFunction f("f", [](Code code, In<int> in, int count) {
    std::vector<Value<int>> elements;
    for (int k = 0; k < count; ++k) elements.push_back(in[k]);
    auto product = code.variable(elements.back());
    for (int k = count - 1; k-- > 0;) product = product * elements[static_cast<std::size_t>(k)] + k;
    return product;
  });
  const Numbers in(200);
  EXPECT_NE(std::string::npos, f.explain(in, 5).text.find("general registers spilled: 0\n"));
  const std::string text = f.explain(in, 200).text;
  EXPECT_EQ(std::string::npos, text.find("general registers spilled: 0\n"));
  EXPECT_NE(std::string::npos, text.find("general registers spilled: 1")) << text;
  EXPECT_NE(std::string::npos, text.find("vector registers spilled: 0\n")) << text;
}

int twice(int x) { return 2 * x; }

TEST(Explain, WhatIsCalledAndWhatItCosts) {
  static const GeneratedFunction inner("inner", [](Code, Value<int> x) { return x + 1; });
  const int line = __LINE__;
  const GeneratedFunction f("f", [](Code code, Value<int> n) -> Value<int> {
    auto sum = code.variable(0);
    for (auto i : code.range(n)) {
      auto doubled = code.call(twice, i);
      sum += doubled;
    }
    for (int k = 0; k < 3; ++k) {
      auto next = code.call(inner, k);
      sum += next;
    }
    code.print("{}", sum);
    if (auto _ = code.when(n > 0)) code.recurse(n - 1);
    return sum;
  });
  const std::string text = f.explain(3).text;
  expect_says(text, line + 4,
              "calls a C++ function in a loop, through a thunk, its arguments and result passed in memory");
  expect_says(text, line + 8,
              "calls the generated function inner from 3 places, none in a loop, through a thunk, its arguments and "
              "result passed in memory; what it does is not merged into this code");
  expect_says(text, line + 11,
              "calls code.print once, in no loop, through a thunk that formats a text and hands it out under a lock");
  expect_says(text, line + 12,
              "calls this function itself once, in no loop, directly, its arguments and result passed in memory");
}

TEST(Explain, WhichLoopsRunInParallel) {
  const int line = __LINE__;
  const GeneratedFunction f("f", [](Code code, InOut<int> data, Value<int> step) {
    for (auto y : code.range(100).parallel())
      for (auto x : code.range(1000).parallel()) data[y * 1000 + x] += 1;
    for (auto i : code.range(0, 100, step).parallel()) data[i] += 2;
  });
  const GeneratedFunction blur("blur", [](Code code, In<std::uint8_t, 2> in, Out<std::uint8_t, 2> out) {
    for (auto y : code.range(out.extent(0)).parallel())
      for (auto x : code.range(out.extent(1))) out(y, x) = (in(y, x) + in(y, x + 1)) >> 1;
  });
  Numbers data(100'000);
  const std::string text = f.explain(data, 3).text;
  const std::string not_parallel = "the loop does not run in parallel";
  EXPECT_NE(std::string::npos, text.find(":" + std::to_string(line + 2) + ": the loop runs in parallel, at least "));
  expect_says(text, line + 3, not_parallel + " by itself, because it lies within a parallel loop");
  expect_says(text, line + 4, not_parallel + ", because its step is known only when it runs");
  if (x86::detected_cpu_level() == x86::CpuLevel::Baseline) return;
  std::vector<std::uint8_t> in(65 * 20), out(64 * 20);
  const std::string stencil =
      blur.explain(View<const std::uint8_t, 2>(in.data(), {20, 65}), View<std::uint8_t, 2>(out.data(), {20, 64})).text;
  EXPECT_NE(std::string::npos, stencil.find(":" + std::to_string(line + 7) + ": the loop runs in parallel, at least "));
  EXPECT_NE(std::string::npos, stencil.find(" of the stencil's blocks in a part"));
}

}  // namespace
}  // namespace cogent
