// CPU levels: detection agrees with the compiler's, the environment and scopes only ever mask downward.
#include "x86/cpu_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace cogent::x86 {
namespace {

// The detected level, re-derived through the compiler's own detection.
CpuLevel level_by_compiler() {
  __builtin_cpu_init();
  bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
  bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                __builtin_cpu_supports("avx512vnni");
  if (!avx2) return CpuLevel::Baseline;
  return avx512 ? CpuLevel::Avx512 : CpuLevel::Avx2;
}

// For death tests, which run in a process of their own: exits 0 if the level under COGENT_CPU=`word` is the expected
// one.
[[noreturn]] void exit_comparing_level_under(const char* word, CpuLevel expected) {
  setenv("COGENT_CPU", word, 1);
  std::exit(cpu_level() == expected ? 0 : 1);
}

class CpuLevelEnvironment : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST(CpuLevel, DetectionAgreesWithTheCompilersOwn) { EXPECT_EQ(detected_cpu_level(), level_by_compiler()); }

TEST(CpuLevel, NamesAndWordsAreInverse) {
  for (CpuLevel level : {CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512}) {
    EXPECT_EQ(parse_cpu_level(name(level)), level);
  }
  EXPECT_EQ(parse_cpu_level("AVX2"), std::nullopt);
  EXPECT_EQ(parse_cpu_level(""), std::nullopt);
}

TEST(CpuLevel, ScopesMaskDownwardAndNest) {
  CpuLevel outside = cpu_level();
  {
    ScopedCpuLevel baseline(CpuLevel::Baseline);
    EXPECT_EQ(cpu_level(), CpuLevel::Baseline);
    ScopedCpuLevel inner(CpuLevel::Avx512);
    EXPECT_EQ(cpu_level(), CpuLevel::Baseline) << "an inner scope raised the level";
  }
  EXPECT_EQ(cpu_level(), outside);
}

TEST(CpuLevel, AskingForMoreThanTheMachineHasIsClamped) {
  ScopedCpuLevel all(CpuLevel::Avx512);
  EXPECT_LE(cpu_level(), detected_cpu_level());
}

TEST(CpuLevel, ScopesConcernOnlyTheirThread) {
  CpuLevel outside = cpu_level();
  ScopedCpuLevel baseline(CpuLevel::Baseline);
  CpuLevel seen_by_another = CpuLevel::Baseline;
  std::thread([&] { seen_by_another = cpu_level(); }).join();
  EXPECT_EQ(seen_by_another, outside);
}

TEST_F(CpuLevelEnvironment, MasksDownward) {
  EXPECT_EXIT(exit_comparing_level_under("baseline", CpuLevel::Baseline), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(exit_comparing_level_under("avx2", std::min(CpuLevel::Avx2, detected_cpu_level())),
              testing::ExitedWithCode(0), "");
  EXPECT_EXIT(exit_comparing_level_under("avx512", detected_cpu_level()), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(exit_comparing_level_under("", detected_cpu_level()), testing::ExitedWithCode(0), "");
}

TEST_F(CpuLevelEnvironment, UnknownWordIsNamedOnEveryUse) {
  auto use_twice = [] {
    setenv("COGENT_CPU", "avx9", 1);
    for (int use = 0; use < 2; ++use) {
      try {
        cpu_level();
      } catch (const CpuLevelError& error) {
        std::fprintf(stderr, "[%s]", error.what());
      }
    }
    std::exit(0);
  };
  EXPECT_EXIT(use_twice(), testing::ExitedWithCode(0),
              "COGENT_CPU is \"avx9\".*use baseline, avx2 or avx512.*\\]\\[.*avx9");
}

}  // namespace
}  // namespace cogent::x86
