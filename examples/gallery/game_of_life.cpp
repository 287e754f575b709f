// One step of Conway's game of life: beyond the borders everything is dead.
#include <cogent/cogent.h>

#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

namespace natural {

void game_of_life(std::span<const std::uint8_t> cells, std::span<std::uint8_t> next, int width, int height) {
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      int neighbours = 0;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
          if (y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width)
            neighbours += cells[(y + dy) * width + x + dx];
      next[y * width + x] = neighbours == 3 || (neighbours == 4 && cells[y * width + x] != 0);
    }
}

}  // namespace natural

using namespace cogent;

GeneratedFunction game_of_life("game_of_life", [](GeneratedCodeBlock& code, In<std::uint8_t> cells,
                                                  Out<std::uint8_t> next, int width, int height) {
  for (auto y : code.range(height))
    for (auto x : code.range(width)) {
      auto neighbours = code.variable(0);
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
          if (auto _ = code.when(y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width))
            neighbours += cells[(y + dy) * width + x + dx];
      next[y * width + x] = neighbours == 3 || (neighbours == 4 && cells[y * width + x] != 0);
    }
});

int main() {
  constexpr int width = 8, height = 6;
  std::string picture =
      ".#......"
      "..#....."
      "###....."
      "........"
      "......##"
      "......##";
  std::vector<std::uint8_t> cells(picture.size()), next(picture.size());
  for (std::size_t i = 0; i < picture.size(); ++i) cells[i] = picture[i] == '#';
  game_of_life(cells, next, width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) std::putchar(next[y * width + x] != 0 ? '#' : '.');
    std::putchar('\n');
  }
  return 0;
}
