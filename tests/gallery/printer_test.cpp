// printer, generated, prints what the plain function prints.
#define main printer_main
#include "../../examples/gallery/printer.cpp"
#undef main
#include <gtest/gtest.h>

#include <string>

namespace gallery_test {
namespace {

std::string printed_by_plain(int x, int count) {
  testing::internal::CaptureStdout();
  natural::printer(x, 1, count);
  std::fflush(stdout);
  return testing::internal::GetCapturedStdout();
}

template <class Call>
std::string printed(Call call) {
  std::string text;
  const PrintOutput before = set_print_output([&](std::string_view part) { text += part; });
  call();
  set_print_output(before);
  return text;
}

}  // namespace

TEST(Printer, EveryCountPrintsWhatThePlainFunctionPrints) {
  for (int count = 0; count <= 5; ++count)
    for (const int x : {7, -3}) {
      const std::string expected = printed_by_plain(x, count);
      EXPECT_EQ(printed([&] { printer(x, 1, count); }), expected) << count;
      EXPECT_EQ(printed([&] { printer.run_checked(x, 1, count); }), expected) << count;
    }
}

}  // namespace gallery_test
