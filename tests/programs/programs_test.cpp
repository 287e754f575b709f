// The text tests. A file NAME.cogent of this folder holds one program (its language: src/ir/text.h) and then sections:
//
//   ;; test STAGE OPTIONS
//   the expected text, up to the next section
//
//   parse                     the canonical text; with the option `lines` with lines and places
//   verify                    the flaws, or "well-formed"
//   optimize [without PASS..] the text after the passes, or without some of them
//   lowering LEVEL            how the optimised program becomes machine code: as which stencil, or why as none
//   assembly LEVEL [optimized] machine code for a CPU level, of the program as written or after the passes
//   run a0 = 1 2 3*7, p1 = 5  what every witness leaves behind (programs/run_stage.h); at the end perhaps `, without
//   PASS` undefined INPUTS          the operations executed in such a run that are undefined in C++
//
// The stages are a table in stages.cpp. To accept what the tests find, after reading the difference:
//
//   COGENT_BLESS=1 programs_test
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "ir/parse.h"
#include "programs/stages.h"
#include "programs/text_case.h"
#include "support/callees.h"

namespace cogent::programs {
namespace {

std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(COGENT_SOURCE_DIR "/tests/programs"))
    if (entry.path().extension() == ".cogent") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

class Programs : public ::testing::TestWithParam<std::filesystem::path> {
 protected:
  static bool blesses() { return std::getenv("COGENT_BLESS") != nullptr; }

  /// The text after a section's stage; the expected one where this machine cannot tell, or after a failure.
  std::string text_after(const ir::Program& program, const Section& section) {
    const std::string place = GetParam().filename().string() + ":" + std::to_string(section.line);
    const Stage* stage = find_stage(section.stage);
    if (stage == nullptr) {
      ADD_FAILURE() << place << ": there is no stage " << section.stage;
      return section.expected;
    }
    if (!stage->is_possible(section.options)) return section.expected;
    try {
      return trimmed(stage->text_after(program, section.options));
    } catch (const std::exception& error) {
      ADD_FAILURE() << place << ": " << error.what();
      return section.expected;
    }
  }
};

TEST_P(Programs, AreAsExpected) {
  TextCase text_case = read_text_case(GetParam());
  ASSERT_FALSE(text_case.sections.empty()) << "the file expects nothing";
  ir::Program program = ir::parse(text_case.program);
  testing::bind_callees(program);
  bool changed = false;
  for (Section& section : text_case.sections) {
    const std::string actual = text_after(program, section);
    if (!blesses()) {
      EXPECT_EQ(section.expected, actual)
          << GetParam().filename().string() << ":" << section.line << ": " << section.header;
    }
    changed |= section.expected != actual;
    section.expected = actual;
  }
  if (blesses() && changed) write_text_case(GetParam(), text_case);
}

INSTANTIATE_TEST_SUITE_P(Text, Programs, ::testing::ValuesIn(files()),
                         [](const auto& info) { return info.param.stem().string(); });

TEST(ProgramFiles, AreMany) { EXPECT_GE(files().size(), 20u); }

}  // namespace
}  // namespace cogent::programs
