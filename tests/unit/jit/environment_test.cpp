// Words of the environment that mean nothing: errors of the library's own, or a line on the standard error output.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

namespace cogent {
namespace {

/// Calls a function with the variable set, twice, and says what came of it.
[[noreturn]] void exit_after_calls(const char* variable, const char* word) {
  setenv(variable, word, 1);
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<int> x, int y) { return x + y; });
  for (const int y : {1, 2}) {
    try {
      std::fprintf(stderr, "[%d]", f(1, y));
    } catch (const Error& error) {
      std::fprintf(stderr, "[%s]", error.what());
    }
  }
  std::exit(0);
}

class Environment : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(Environment, AnUnknownCpuLevelIsAnErrorOfTheLibrary) {
  EXPECT_EXIT(exit_after_calls("COGENT_CPU", "sse"), testing::ExitedWithCode(0),
              "^.*COGENT_CPU is \"sse\".*COGENT_CPU");
}

TEST_F(Environment, UnknownWordsAreNamedOnce) {
  EXPECT_EXIT(exit_after_calls("COGENT_DUMP", "bogus"), testing::ExitedWithCode(0),
              "^cogent: COGENT_DUMP does not know \"bogus\"; it takes: stages\n\\[2\\]\\[3\\]$");
  EXPECT_EXIT(
      exit_after_calls("COGENT_DEBUG", "lldb"), testing::ExitedWithCode(0),
      "^cogent: COGENT_DEBUG does not know \"lldb\"; it takes: gdb, perf, or both as gdb,perf\n\\[2\\]\\[3\\]$");
}

TEST_F(Environment, AFolderThatCannotBeWrittenToIsNamedOnce) {
  setenv("COGENT_DUMP", "stages", 1);
  EXPECT_EXIT(exit_after_calls("COGENT_FOLDER", "/dev/null/none"), testing::ExitedWithCode(0),
              "^cogent: no files can be written to the folder /dev/null/none .*\n\\[2\\]\\[3\\]$");
  unsetenv("COGENT_DUMP");
}

}  // namespace
}  // namespace cogent
