// Lesson 19: when a loop becomes vector code: a blur whose borders are padded, and the same with clamped coordinates.
#include <cogent/cogent.h>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace cogent;

constexpr int weights[3][3] = {{1, 2, 1}, {2, 4, 2}, {1, 2, 1}};

// One loop nest, 8 bits in and out, indexes y + c and x + c, sizes known, the sum clamped: vectors of many pixels.
GeneratedFunction blur("blur", [](GeneratedCodeBlock& code, In<std::uint8_t, 2> padded, Out<std::uint8_t, 2> target) {
  for (auto y : code.range(target.extent(0)))
    for (auto x : code.range(target.extent(1))) {
      auto sum = code.variable(8);
      for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column) sum += padded(y + row, x + column) * weights[row][column];
      target(y, x) = saturate_cast<std::uint8_t>(sum >> 4);
    }
});

// Here the place that is read is not x + c: element by element.
GeneratedFunction blur_clamped("blur_clamped", [](GeneratedCodeBlock& code, In<std::uint8_t, 2> source,
                                                  Out<std::uint8_t, 2> target) {
  for (auto y : code.range(target.extent(0)))
    for (auto x : code.range(target.extent(1))) {
      auto sum = code.variable(8);
      for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
          sum += source(clamp(y + row - 1, 0, source.extent(0) - 1), clamp(x + column - 1, 0, source.extent(1) - 1)) *
                 weights[row][column];
      target(y, x) = saturate_cast<std::uint8_t>(sum >> 4);
    }
});

int main() {
  constexpr int width = 40, height = 24;
  std::vector<std::uint8_t> pixels(width * height), padded((width + 2) * (height + 2));
  for (int i = 0; i < width * height; ++i) pixels[i] = static_cast<std::uint8_t>(i * i % 251);
  for (int y = 0; y < height + 2; ++y)
    for (int x = 0; x < width + 2; ++x)
      padded[y * (width + 2) + x] = pixels[std::clamp(y - 1, 0, height - 1) * width + std::clamp(x - 1, 0, width - 1)];

  std::vector<std::uint8_t> fast(width * height), slow(width * height);
  const View source(std::as_const(pixels), {height, width}), wide(std::as_const(padded), {height + 2, width + 2});
  const View to_fast(fast, {height, width}), to_slow(slow, {height, width});
  blur.run_checked(wide, to_fast);
  blur_clamped.run_checked(source, to_slow);
  std::printf("%s results\n", fast == slow ? "the same" : "DIFFERENT");

  const std::string text = blur_clamped.explain(source, to_slow).text;
  const std::size_t begin = text.find("no stencil, because");
  std::printf("%s\n", text.substr(begin, text.find('\n', begin) - begin).c_str());
}
