// game_of_life, generated, gives what the plain function gives on fields of every shape.
#define main game_of_life_main
#include "../../examples/gallery/game_of_life.cpp"
#undef main
#include <gtest/gtest.h>

#include "random_numbers.h"

namespace gallery_test {

TEST(GameOfLife, RandomFieldsGiveWhatThePlainFunctionGives) {
  for (int height = 1; height <= 5; ++height)
    for (int width = 1; width <= 6; ++width) {
      const auto cells = random_numbers<std::uint8_t>(width * height, 0, 1, height * 10 + width);
      std::vector<std::uint8_t> next(cells.size()), expected(cells.size());
      const View field(cells.data(), {height, width});
      const View result(next.data(), {height, width});
      natural::game_of_life({cells.data(), height, width}, {expected.data(), height, width});
      game_of_life(field, result);
      EXPECT_EQ(next, expected) << width << "x" << height;
      game_of_life.run_checked(field, result);
      EXPECT_EQ(next, expected) << width << "x" << height;
    }
}

}  // namespace gallery_test
