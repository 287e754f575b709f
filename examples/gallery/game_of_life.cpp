// One step of Conway's game of life; beyond the borders everything is dead. The plain function asks for each neighbour
// whether it is there. The generated one has a loop of its own for each of the nine parts of the field in which that is
// known.
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
      int sum = 0;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
          if (y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width) sum += cells[(y + dy) * width + x + dx];
      next[y * width + x] = sum == 3 || (sum == 4 && cells[y * width + x] != 0);
    }
}

}  // namespace natural

using namespace cogent;

// Rows or columns that have the same neighbours: those from -before to +after.
struct Part {
  std::int64_t first, last;
  int before, after;
};

std::vector<Part> parts(std::int64_t count) {
  if (count == 1) return {{0, 1, 0, 0}};
  return {{0, 1, 0, 1}, {1, count - 1, 1, 1}, {count - 1, count, 1, 0}};
}

GeneratedFunction game_of_life("game_of_life", [](GeneratedCodeBlock& code, In<std::uint8_t> cells,
                                                  Out<std::uint8_t> next, int width, int height) {
  for (const Part rows : parts(height))
    for (const Part columns : parts(width))
      for (auto y : code.range(rows.first, rows.last))
        for (auto x : code.range(columns.first, columns.last)) {
          auto sum = code.variable(0);
          for (int dy = -rows.before; dy <= rows.after; ++dy)
            for (int dx = -columns.before; dx <= columns.after; ++dx) sum += cells[(y + dy) * width + x + dx];
          next[y * width + x] = (sum == 3) | ((sum == 4) & (cells[y * width + x] != 0));
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
