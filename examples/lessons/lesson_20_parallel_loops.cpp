// Lesson 20: parallel loops, whose iterations several threads do at once, with the same result.
#include <cogent/cogent.h>

#include <cstdio>
#include <vector>

using namespace cogent;

// How fast z * z + c grows: each pixel is an iteration of its own.
GeneratedFunction mandelbrot("mandelbrot", [](GeneratedCodeBlock& code, Out<int, 2> steps, float scale) {
  for (auto y : code.range(steps.extent(0)).parallel())
    for (auto x : code.range(steps.extent(1))) {
      auto real = code.variable(0.0f), imaginary = code.variable(0.0f);
      auto count = code.variable(0);
      for (auto _ : code.loop_while([&] { return (count < 200) & (real * real + imaginary * imaginary < 4.0f); })) {
        auto next = real * real - imaginary * imaginary + (cast<float>(x) * scale - 2.0f);
        imaginary = real * imaginary * 2.0f + (cast<float>(y) * scale - 1.25f);
        real = next;
        ++count;
      }
      steps(y, x) = count;
    }
});

// Iterations that depend on each other are refused: the sum would be another one each time.
GeneratedFunction sum("sum", [](GeneratedCodeBlock& code, In<int> numbers) {
  auto total = code.variable(0);
  for (auto i : code.range(numbers.size()).parallel()) total += numbers[i];
  return total;
});

int main() {
  std::vector<int> steps(600 * 800), again(steps.size());
  const auto draw = [](std::vector<int>& pixels) { mandelbrot(View<int, 2>(pixels.data(), {600, 800}), 2.5f / 600); };
  draw(steps);  // on oneTBB
  {
    const ExecutorScope on(onetbb_executor(1));  // on an executor of one's own, here one of a single thread
    draw(again);
  }
  std::printf("the same: %s, %d steps in the middle\n", steps == again ? "yes" : "no", steps[300 * 800 + 400]);
  try {
    sum(steps);
  } catch (const GenerationError& error) {
    std::printf("%s\n", error.what());
  }
}
