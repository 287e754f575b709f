// game_of_life: one generation of a random field.
#define main game_of_life_main
#include "../../examples/gallery/game_of_life.cpp"
#undef main
#include "programs.h"

namespace bench {

GalleryProgram bench_game_of_life() {
  static constexpr int width = 128, height = 96, most_rows = height + 300;
  static const auto cells = random_numbers<std::uint8_t>(width * most_rows, 0, 1);
  static const View field(cells.data(), {height, width});
  static std::vector<std::uint8_t> next(field.size()), expected(field.size()), large(cells.size());
  static const View result(next.data(), {height, width});
  static const auto specialized = game_of_life.specialize(field, result);
  GalleryProgram program{"game_of_life", "128x96 cells"};
  program.call = [] { specialized(field, result); };
  program.generate = [](int number) {
    const int rows = height + number;
    static_cast<void>(game_of_life.specialize(View(cells.data(), {rows, width}), View(large.data(), {rows, width})));
  };
  program.add_naturals("game_of_life", &natural::game_of_life,
                       [](auto f) { f({cells.data(), height, width}, {expected.data(), height, width}); });
  program.agrees = [] { return next == expected; };
  return program;
}

}  // namespace bench
