// Calls that are written down and given to another way of running: which count as the same.
#include "stage/call_journal.h"

#include <gtest/gtest.h>

#include <cogent/error.h>

#include <cstdint>
#include <memory>

namespace cogent::stage {
namespace {

struct Target : detail::CallTarget {
  void run(std::uint64_t*) const override {}
};

/// Two arrays of the plain run, and their copies.
struct Copies : MemoryMap {
  int plain[2][4] = {}, copy[2][4] = {};

  static std::uint64_t address(const int* element) { return reinterpret_cast<std::uintptr_t>(element); }
  std::uint64_t original(std::uint64_t at) const override {
    const std::uint64_t offset = at - address(copy[0]);
    return offset < sizeof(copy) ? address(plain[0]) + offset : 0;
  }
  bool covers(std::uint64_t at) const override { return at - address(plain[0]) < sizeof(plain); }
};

class CallJournalTest : public ::testing::Test {
 protected:
  void make(const int* array) {
    const detail::CallArguments arguments{
        {.type = detail::ScalarType::I32, .is_array = true, .access = detail::ArrayAccess::InOut, .bytes = 16}};
    std::uint64_t slots[] = {0, Copies::address(array)};
    journal.make({detail::CallKind::Function, "f", detail::ScalarType::Void, arguments, target}, slots, {});
  }
  void replay(const int* array) {
    CallReplay calls(journal, copies, "the machine code");
    std::uint64_t slots[] = {0, Copies::address(array)};
    calls.next(*target, slots);
  }

  Copies copies;
  CallJournal journal;
  std::shared_ptr<const Target> target = std::make_shared<Target>();
};

TEST_F(CallJournalTest, ACallOfTheSameArrayIsTheSame) {
  make(copies.plain[1]);
  EXPECT_NO_THROW(replay(copies.copy[1]));
}

TEST_F(CallJournalTest, ACallOfAnotherArrayOfTheSameSizeIsAnother) {
  const int local[4] = {};
  make(copies.plain[1]);
  EXPECT_THROW(replay(copies.copy[0]), CheckError);
  EXPECT_THROW(replay(local), CheckError);
}

TEST_F(CallJournalTest, ArraysOfTheRunsOwnAreWhereverTheyAre) {
  const int one[4] = {}, other[4] = {};
  make(one);
  EXPECT_NO_THROW(replay(other));
  EXPECT_THROW(replay(copies.copy[0]), CheckError);
}

}  // namespace
}  // namespace cogent::stage
