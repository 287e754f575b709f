// Lesson 10: a convolution as one would write it naively; kernel and picture size are known, so it becomes vector code.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <vector>

using namespace cogent;

GeneratedFunction convolve("convolve", [](GeneratedCodeBlock& code, In<std::uint8_t> source, Out<std::uint8_t> target,
                                          std::span<const int> kernel, int width, int kernel_width) {
  const int padded_width = width + kernel_width - 1;
  for (auto i : code.range(target.size())) {
    auto sum = code.variable(0);
    auto base = i / width * padded_width + i % width;
    for (int k = 0; k < std::ssize(kernel); ++k)  // runs now: a zero of the kernel costs nothing
      if (kernel[k] != 0) sum += source[base + k / kernel_width * padded_width + k % kernel_width] * kernel[k];
    target[i] = clamp(sum, 0, 255);
  }
});

int main() {
  constexpr int width = 64, height = 48;
  constexpr std::array sobel = {-1, 0, 1, -2, 0, 2, -1, 0, 1};
  std::vector<std::uint8_t> source((width + 2) * (height + 2)), target(width * height);
  for (std::size_t i = 0; i < source.size(); ++i)
    source[i] = static_cast<std::uint8_t>(i % (width + 2) > 30 ? 200 : 20);

  convolve.run_checked(source, target, sobel, width, 3);
  std::printf("left of the edge %d, on the edge %d\n%s", target[20], target[29],
              convolve.get_source(source, target, sobel, width, 3).c_str());
}
