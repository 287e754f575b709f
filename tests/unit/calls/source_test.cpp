// Calls in the program's text and in printed source, which must compile and do the same.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include "ir/parse.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "support/compiled_source.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;

int half(int x) { return x / 2; }

GeneratedFunction callee("callee", [](Code, In<int> in, Out<int> out, Value<int> x) { out[0] = in[0] + x; });

GeneratedFunction caller("caller", [](Code code, In<int> in, Out<int> out, Value<int> x) -> Value<int> {
  auto y = code.call(half, in[1]);
  code.call(callee, in, out, y);
  if (auto _ = code.when(x > 0)) {
    auto below = code.recurse<int>(in, out, x - 1);
    out[1] = below;
  }
  return y + x;
});

TEST(CallText, ProgramsWithCallsAreReadBack) {
  const std::vector<int> in{1, 8};
  std::vector<int> out(2);
  const std::string text = caller.get_program(in, out, 3);
  EXPECT_NE(text.find("let %2 = call \"function\"(%1) -> i32"), std::string::npos) << text;
  EXPECT_NE(text.find("call generated \"callee\"(in a0, out a1, %2)"), std::string::npos) << text;
  EXPECT_NE(text.find("= recurse(in a0, out a1, p2 + -1)"), std::string::npos) << text;
  const ir::Program program = ir::parse(text);
  EXPECT_EQ(ir::print(program), text);
  EXPECT_EQ(ir::describe(ir::verify(program)), "");
}

TEST(CallSource, IsReadableAndCompiles) {
  const std::vector<int> in{1, 8};
  std::vector<int> out(2);
  const std::string source = caller.get_source(in, out, 3);
  EXPECT_NE(source.find("int half(int);"), std::string::npos) << source;
  EXPECT_NE(source.find("extern \"C\" void callee(const int*, int*, int);"), std::string::npos) << source;
  EXPECT_NE(source.find("const int y = half(in[1]);"), std::string::npos) << source;
  EXPECT_NE(source.find("const int below = caller(in, out, wrapping_subtract(x, 1));"), std::string::npos) << source;
  EXPECT_NE(source.find("// half: a C++ function, called at source_test.cpp:"), std::string::npos) << source;
  EXPECT_NE(source.find("// callee: the generated function \"callee\", called at source_test.cpp:"), std::string::npos)
      << source;
  const std::string definition = "int half(int x) { return x / 2; }\n";
  const testing::CompiledSources compiled({source + definition, callee.get_source(in, out, 3)});
  ASSERT_EQ(compiled.messages(), "");
  auto* function = compiled.function<int(const int*, int*, int)>("caller");
  ASSERT_NE(function, nullptr);
  std::vector<int> expected(2), actual(2);
  EXPECT_EQ(function(in.data(), actual.data(), 3), caller(in, expected, 3));
  EXPECT_EQ(actual, expected);
}

// ---- callees that are named like the function itself

GeneratedFunction power("power", [](Code code, Value<double> x, int n) -> Value<double> {
  if (n == 0) return Value<double>(1.0);
  auto below = code.recurse<double>(x, n - 1);
  return below * x;
});

TEST(CallSource, AnotherSpecialisationHasAnotherName) {
  const std::string source = power.get_source(2.0, 5);
  const char* const explanation =
      "// power_1: this function for other static arguments, or another generated function of its name, called at";
  EXPECT_NE(source.find(explanation), std::string::npos) << source;
  const testing::CompiledSources compiled({source, "extern \"C\" double power_1(double x) { return x * 100; }\n"});
  ASSERT_EQ(compiled.messages(), "");
  auto* function = compiled.function<double(double)>("power");
  ASSERT_NE(function, nullptr);
  EXPECT_EQ(function(2), 400);
}

TEST(CallSource, TwoFunctionsOfOneNameHaveTwo) {
  static GeneratedFunction leaf("work", [](Code, Value<int> x) { return x + 1; });
  static GeneratedFunction root("work", [](Code code, Value<int> x) {
    auto y = code.call(leaf, x);
    if (auto _ = code.when(x > 100)) {
      auto z = code.recurse<int>(x - 100);
      code.returns(z);
    }
    return y * 2;
  });
  const std::string source = root.get_source(1);
  const testing::CompiledSources compiled({source, "extern \"C\" int work_1(int x) { return x + 1; }\n"});
  ASSERT_EQ(compiled.messages(), "");
  auto* function = compiled.function<int(int)>("work");
  ASSERT_NE(function, nullptr);
  EXPECT_EQ(function(3), root(3)) << source;
  EXPECT_EQ(function(203), root(203)) << source;
}

int clip(int x) { return x < 0 ? 0 : x; }

TEST(CallSource, ACppFunctionOfTheSameNameIsNamedDifferently) {
  GeneratedFunction same("clip", [](Code code, Value<int> x) {
    auto y = code.call(clip, x);
    return y;
  });
  const std::string source = same.get_source(1);
  EXPECT_NE(source.find("// clip_1: the C++ function clip, called at source_test.cpp:"), std::string::npos) << source;
  const testing::CompiledSources compiled({source + "int clip_1(int x) { return x < 0 ? 0 : x; }\n"});
  ASSERT_EQ(compiled.messages(), "");
  auto* function = compiled.function<int(int)>("clip");
  ASSERT_NE(function, nullptr);
  EXPECT_EQ(function(-3), 0);
  EXPECT_EQ(function(3), 3);
}

TEST(CallSource, AFunctionWithoutANameIsFoundByItsLine) {
  GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto y = code.call([](int a) { return a + 1; }, x);
    return y;
  });
  const std::string source = f.get_source(1);
  EXPECT_NE(source.find("// function: a C++ function, called at source_test.cpp:"), std::string::npos) << source;
}

TEST(CallSource, PrintsAreTheSame) {
  GeneratedFunction f("f", [](Code code, Value<int> x, Value<double> y, Value<std::uint64_t> z, Value<bool> b) {
    code.print("{} {:>8} {:<8}| {:^9}| {:+} {:06} ", x, x, x, x, x, x);
    code.print("{:x} {:#b} {:X} {:#x} {:o} ", z, z, z, x, z);
    code.print("{} {:.3f} {:e} {:12.2f}| {:*^12.1f}| {:a} {:G} {:.4} {:010.1f} ", y, y, y, y, y, y, y, y, y);
    code.print("{} {:>6} {:d} {{100%}} \"{:c}\"\n", b, b, b, cast<char>((z & 63) | 64));
  });
  const testing::CompiledSources compiled({f.get_source(1, 2.0, 3, true)});
  ASSERT_EQ(compiled.messages(), "");
  auto* function = compiled.function<void(int, double, std::uint64_t, bool)>("f");
  ASSERT_NE(function, nullptr);
  for (const int x : {0, 42, -12345})
    for (const double y : {0.0, -0.1, 1e300, 12345.678}) {
      ::testing::internal::CaptureStdout();
      function(x, y, 0xab12, x > 0);
      std::fflush(stdout);
      const std::string printed = ::testing::internal::GetCapturedStdout();
      ::testing::internal::CaptureStdout();
      f(x, y, 0xab12, x > 0);
      std::fflush(stdout);
      EXPECT_EQ(printed, ::testing::internal::GetCapturedStdout());
    }
}

// ---- rule 20

std::string complaint(const char* statement) {
  const std::string text =
      "program \"f\"(in i32[3] a0, i32 p1) -> i32 {\n  " + std::string(statement) + "\n  return p1\n}\n";
  return ir::describe(ir::verify(ir::parse(text)));
}

TEST(CallRules, TheVerifierKnowsCalls) {
  EXPECT_EQ(complaint("let %1 = recurse(in a0, p1)"), "");
  EXPECT_EQ(complaint("let %1 = recurse(p1)"),
            "rule 20: a Recurse does not take the signature of the program (line 0)\n");
  EXPECT_EQ(complaint("call \"g\"(inout a0)"), "rule 20: a Call lets an array that is only read be written (line 0)\n");
  ir::Program program = ir::parse("program \"f\"(in i32[3] a0) -> void {\n  call \"g\"(in a0, 5i32)\n}\n");
  program.callees[0].arguments[1].type = ir::Type::I64;
  EXPECT_NE(ir::describe(ir::verify(program)).find("rule 20"), std::string::npos);
  program.callees[0].arguments.pop_back();
  EXPECT_NE(ir::describe(ir::verify(program)).find("rule 20"), std::string::npos);
  program.statements[0].b = 7;
  EXPECT_NE(ir::describe(ir::verify(program)).find("rule 20"), std::string::npos);
}

// ---- mistakes

template <class F>
void expect_mistake(F&& run, const char* words) {
  try {
    run();
    ADD_FAILURE() << "no error";
  } catch (const GenerationError& error) {
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
    EXPECT_NE(error.position().line, 0u);
  }
}

TEST(CallErrors, RecursionThatDoesNotFitTheSignature) {
  GeneratedFunction count("count", [](Code code, Value<int> x) { code.recurse(x, 1); });
  expect_mistake([&] { count(1); }, "code.recurse is given 2 arguments, the function takes 1");
  GeneratedFunction type("type", [](Code code, Value<int> x) -> Value<int> {
    auto y = code.recurse<std::int64_t>(x);
    return cast<int>(y);
  });
  expect_mistake([&] { type(1); }, "write  code.recurse<int32_t>(...)");
  GeneratedFunction plain("plain", [](Code code, Value<int> x, int) { code.recurse(x, x); });
  expect_mistake([&] { plain(1, 2); }, "argument 2 of code.recurse must be known while generating");
  expect_mistake([&] { plain.run_plain(1, 2); }, "argument 2 of code.recurse must be known while generating");
}

TEST(CallVerifier, ARecurseGivesTheShapeOfAGrid) {
  const auto complaint = [](const std::string& shape) {
    return ir::describe(
        ir::verify(ir::parse("program \"f\"(in u8[?, ?] a0) -> void {\n  recurse(in a0" + shape + ")\n}\n")));
  };
  EXPECT_EQ(complaint(", extent(a0, 0), extent(a0, 1), stride(a0, 0), stride(a0, 1)"), "");
  const char* const flaw = "rule 20: a Recurse does not take the signature of the program (line 0)\n";
  EXPECT_EQ(complaint(", extent(a0, 0), extent(a0, 1)"), flaw);
  EXPECT_EQ(complaint(" sized"), flaw);
  EXPECT_EQ(complaint(", extent(a0, 0), extent(a0, 1), stride(a0, 0), stride(a0, 1), 1i64"), flaw);
}

}  // namespace
}  // namespace cogent
