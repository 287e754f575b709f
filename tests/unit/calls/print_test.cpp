// code.print: what is printed and when, in every way of running, and formats that do not fit.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include "unit/calls/levels.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using testing::at_every_level;

/// What is printed while it lives.
class Printed {
 public:
  Printed() : before_(set_print_output([this](std::string_view text) { text_ += text; })) {}
  ~Printed() { set_print_output(before_); }
  std::string take() { return std::exchange(text_, {}); }

 private:
  std::string text_;
  PrintOutput before_;
};

TEST(Print, PrintsWhenTheFunctionRuns) {
  GeneratedFunction f("f", [](Code code, Value<int> n, int factor) {
    for (auto i : code.range(n)) code.print("{} * {} = {:>3}\n", i, factor, i * factor);
  });
  Printed printed;
  at_every_level([&] {
    f(3, 10);
    EXPECT_EQ(printed.take(), "0 * 10 =   0\n1 * 10 =  10\n2 * 10 =  20\n");
    f.run_plain(2, 7);
    EXPECT_EQ(printed.take(), "0 * 7 =   0\n1 * 7 =   7\n");
  });
}

TEST(Print, TheOutputMayPrintAndReplaceItself) {
  static GeneratedFunction inner("inner", [](Code code, Value<int> x) { code.print("[inner {}]", x); });
  GeneratedFunction outer("outer", [](Code code, Value<int> x) { code.print("{}", x); });
  std::string text;
  const PrintOutput before = set_print_output([&](std::string_view printed) {
    text += printed;
    inner(7);  // to stdout
    set_print_output([&](std::string_view second) { text += "<" + std::string(second) + ">"; });
    text += "!";
  });
  ::testing::internal::CaptureStdout();
  outer(1);
  outer(2);
  set_print_output(before);
  EXPECT_EQ(::testing::internal::GetCapturedStdout().find("[inner 7]") == std::string::npos, false);
  EXPECT_EQ(text, "1!<2>");
}

TEST(Print, ANaNHasNoSignAndIsTheSameArgumentInEveryWay) {
  GeneratedFunction f("f", [](Code code, Value<double> x) {
    code.print("{} {:+} {}", x / x, -(x / x), x);
    auto y = code.call([](double of) { return of; }, x / x);
    return y;
  });
  Printed printed;
  at_every_level([&] {
    EXPECT_NE(f(0.0), 0.0);
    EXPECT_EQ(printed.take(), "nan +nan 0");
    f.run_checked(-0.0);
    EXPECT_EQ(printed.take(), "nan +nan -0");
  });
}

TEST(Print, PrintsOnceInACheckedRun) {
  GeneratedFunction f("f", [](Code code, Value<int> x) { code.print("<{}>", x); });
  Printed printed;
  at_every_level([&] {
    f.run_checked(5);
    EXPECT_EQ(printed.take(), "<5>");
  });
}

TEST(Print, PrintsValuesOfEveryType) {
  GeneratedFunction f("f", [](Code code, Value<bool> flag, Value<char> letter, Value<std::uint64_t> large,
                              Value<float> x, Value<double> y) {
    code.print("{} {} {} {} {:.2f} {}|{:>4}|", flag, letter, large, x, y, "text", std::string("ab"));
  });
  Printed printed;
  at_every_level([&] {
    f(true, 'z', ~std::uint64_t{0}, 0.1f, 2.0 / 3);
    const std::string expected = "true z 18446744073709551615 0.1 0.67 text|  ab|";
    EXPECT_EQ(printed.take(), expected);
    f.run_plain(true, 'z', ~std::uint64_t{0}, 0.1f, 2.0 / 3);
    EXPECT_EQ(printed.take(), expected);
  });
}

TEST(Print, AFormatThatDoesNotFitIsAnErrorWithItsLine) {
  GeneratedFunction f("f", [](Code code, Value<int> x) { code.print("{:.3f}", x); });
  const std::uint32_t line = __LINE__ - 1;
  for (const bool plain : {false, true}) {
    try {
      plain ? f.run_plain(1) : f(1);
      ADD_FAILURE() << "no error";
    } catch (const GenerationError& error) {
      EXPECT_EQ(error.position().line, line);
      EXPECT_NE(std::string(error.what()).find("code.print: the letter 'f'"), std::string::npos) << error.what();
    }
  }
}

TEST(Print, IsShownInTheProgramAndTheSource) {
  GeneratedFunction f("f", [](Code code, Value<int> x, Value<double> y) { code.print("{:5} {} 100%\n", x, y); });
  EXPECT_NE(f.get_program(1, 2).find("print \"{:5} {} 100%\\n\"(p0, p1)"), std::string::npos) << f.get_program(1, 2);
  const std::string source = f.get_source(1, 2);
  EXPECT_NE(source.find("std::printf(\"%5d %s 100%%\\n\""), std::string::npos) << source;
}

}  // namespace
}  // namespace cogent
