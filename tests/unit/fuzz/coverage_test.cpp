// The fuzzer's programs cover the language.
#include "fuzz/coverage.h"

#include <gtest/gtest.h>

#include "fuzz/subject.h"

namespace cogent::fuzz {
namespace {

constexpr std::uint64_t programs = 6000;

TEST(Coverage, LeavesNothingOfTheLanguageOut) {
  Coverage coverage;
  Contest contest;
  for (std::uint64_t seed = 1; seed <= programs; ++seed) {
    const Subject subject = make_subject(seed);
    coverage.add(subject.program);
    if (seed % 4 != 0) continue;
    for (const testing::Inputs& inputs : subject.setup.inputs) {
      const testing::Executor interpret = testing::interpreter(subject.setup.step_limit);
      coverage.add(testing::run_on_copy(subject.program, inputs, interpret).outcome);
    }
  }
  for (const std::string& missing : coverage.missing()) ADD_FAILURE() << missing << " never comes up";
}

TEST(Coverage, NoticesWhatIsMissing) {
  EXPECT_GT(Coverage().missing().size(), 200u);
  EXPECT_NE(std::string::npos, Coverage().table().find("Store               0"));
}

}  // namespace
}  // namespace cogent::fuzz
