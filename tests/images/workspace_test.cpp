// The memory of plans: who has it, how long, and what is said if there is none.
#include "engine/workspace.h"

#include <gtest/gtest.h>

#include <cogent/image/pipeline.h>

#include <limits>
#include <thread>

namespace cogent::image {
namespace {

std::shared_ptr<Workspaces> workspaces_of(const Format& on_the_way) {
  StageGraph graph;
  graph.pictures = {{{1, 1}}, {on_the_way}};
  return std::make_shared<Workspaces>(std::make_shared<const StageGraph>(std::move(graph)));
}

TEST(Workspaces, AreEachThreadsOwn) {
  const auto workspaces = workspaces_of({30, 20});
  Workspace& mine = workspaces->of_this_thread();
  EXPECT_NE(mine.pictures.at(1), nullptr);
  EXPECT_EQ(&workspaces->of_this_thread(), &mine);
  std::jthread([&] { EXPECT_NE(&workspaces->of_this_thread(), &mine); }).join();
  EXPECT_EQ(workspaces->count(), 2U);
}

TEST(Workspaces, AreHandedOnByThreadsThatEnd) {
  const auto workspaces = workspaces_of({30, 20});
  for (int i = 0; i < 5; ++i) std::jthread([&] { static_cast<void>(workspaces->of_this_thread()); }).join();
  EXPECT_EQ(workspaces->count(), 1U);
}

TEST(Workspaces, OfLargePicturesAreFreedWhenNobodyHoldsThePlan) {
  const auto large = workspaces_of({4096, 1025}), small = workspaces_of({30, 20});
  for (const auto& workspaces : {large, small}) {
    for (int i = 0; i < 2; ++i) workspaces->hold();
    static_cast<void>(workspaces->of_this_thread());
    workspaces->let_go();
    EXPECT_EQ(workspaces->count(), 1U);
    workspaces->let_go();
  }
  EXPECT_EQ(large->count(), 0U);
  EXPECT_EQ(small->count(), 1U);
  large->hold();
  EXPECT_NE(large->of_this_thread().pictures.at(1), nullptr);
  EXPECT_EQ(large->count(), 1U);
}

// A thread may outlive the plan.
TEST(Workspaces, AreFreedWithThePlan) {
  std::weak_ptr<Workspaces> known;
  {
    const auto workspaces = workspaces_of({30, 20});
    known = workspaces;
    static_cast<void>(workspaces->of_this_thread());
  }
  EXPECT_TRUE(known.expired());
  const auto others = workspaces_of({30, 20});
  EXPECT_NE(others->of_this_thread().pictures.at(1), nullptr);
}

TEST(Workspaces, LieWhereTheProgramSays) {
  static std::weak_ptr<void> given;
  static std::size_t size = 0;
  set_picture_memory([](std::size_t bytes) {
    size = bytes;
    const auto memory = std::make_shared<std::vector<std::byte>>(bytes);
    given = memory;
    return std::shared_ptr<void>(memory, memory->data());
  });
  const Picture<std::uint8_t> input(31, 7);
  Picture<std::uint8_t> output(31, 7);
  Pipeline::parse("invert | flip(vertical) | invert").compile(input.format())(input, output);
  set_picture_memory(nullptr);
  EXPECT_EQ(size, 217U);
  EXPECT_FALSE(given.expired());  // small ones are kept
  EXPECT_EQ(input, output);
}

TEST(Workspaces, ThatDoNotFitInMemoryAreRefused) {
  constexpr int most = std::numeric_limits<int>::max();  // the bytes exceed what a vector may hold
  const auto workspaces = workspaces_of({most, most, 4});
  try {
    static_cast<void>(workspaces->of_this_thread());
    FAIL();
  } catch (const PictureError& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with("there is not enough memory for the ")) << error.what();
  }
}

}  // namespace
}  // namespace cogent::image
