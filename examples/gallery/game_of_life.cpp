// One step of Conway's game of life; beyond the borders everything is dead. The plain function asks for each neighbour
// whether it is there. The generated one asks in the same way, but of a field whose size is known: it is split into
// nine loops in which nobody asks.
#include <cogent/cogent.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace natural {

template <class T>
struct Field {
  T* data;
  int height, width;
  T& operator()(int y, int x) const { return data[y * width + x]; }
};

void game_of_life(Field<const std::uint8_t> cells, Field<std::uint8_t> next) {
  const int height = cells.height, width = cells.width;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      int sum = 0;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
          if (y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width) sum += cells(y + dy, x + dx);
      next(y, x) = sum == 3 || (sum == 4 && cells(y, x) != 0);
    }
}

}  // namespace natural

using namespace cogent;

GeneratedFunction game_of_life("game_of_life", [](GeneratedCodeBlock& code, In<std::uint8_t, 2> cells,
                                                  Out<std::uint8_t, 2> next) {
  const int height = cells.extent(0), width = cells.extent(1);
  for (auto y : code.range(height))
    for (auto x : code.range(width)) {
      auto sum = code.variable(0);
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
          if (auto _ = code.when(y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width))
            sum += cells(y + dy, x + dx);
      next(y, x) = (sum == 3) | ((sum == 4) & (cells(y, x) != 0));
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
  game_of_life(View(cells.data(), {height, width}), View(next.data(), {height, width}));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) std::putchar(next[y * width + x] != 0 ? '#' : '.');
    std::putchar('\n');
  }
  return 0;
}
