// Two threads against one, on loops over 3840 x 2160 elements where the arithmetic dominates.
#include <cogent/cogent.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <vector>

namespace {

using namespace cogent;
using Code = GeneratedCodeBlock&;

constexpr int width = 3840, height = 2160;

// Rows of vectors: a polynomial.
const GeneratedFunction polynomial("polynomial", [](Code code, In<float, 2> in, Out<float, 2> out) {
  for (auto y : code.range(out.extent(0)).parallel())
    for (auto x : code.range(out.extent(1))) {
      auto element = in(y, x);
      auto sum = code.variable(element);
      for (int k = 0; k < 40; ++k) sum = sum * element + 0.25f;
      out(y, x) = sum;
    }
});

// Element by element, more for some than for others.
const GeneratedFunction mandelbrot("mandelbrot", [](Code code, In<float, 2> scale, Out<float, 2> out) {
  for (auto y : code.range(out.extent(0)).parallel())
    for (auto x : code.range(out.extent(1))) {
      auto real = code.variable(0.0f), imaginary = code.variable(0.0f), count = code.variable(0.0f);
      auto step = scale(0, 0);
      for (auto _ : code.loop_while([&] { return (count < 50.0f) & (real * real + imaginary * imaginary < 4.0f); })) {
        auto next = real * real - imaginary * imaginary + (cast<float>(x) * step - 2.0f);
        imaginary = real * imaginary * 2.0f + (cast<float>(y) * step - 1.25f);
        real = next;
        count += 1.0f;
      }
      out(y, x) = count;
    }
});

/// Of one call, in milliseconds.
template <class Function>
double measure(const Function& function, View<const float, 2> in, View<float, 2> out,
               const std::shared_ptr<Executor>& executor) {
  const ExecutorScope on(executor);
  const auto begin = std::chrono::steady_clock::now();
  function(in, out);
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

template <class Function>
void report(const char* name, const Function& function) {
  const std::vector<float> in(static_cast<std::size_t>(width) * height, 2.5f / height);
  std::vector<float> out(in.size()), again(in.size());
  const auto view = [](std::vector<float>& pixels) { return View<float, 2>(pixels.data(), {height, width}); };
  const View<const float, 2> source(in.data(), {height, width});
  const auto on_one = onetbb_executor(1), on_two = onetbb_executor(2);
  double one = 1e9, two = 1e9;  // the least of several calls
  for (int round = 0; round < 15; ++round) {
    one = std::min(one, measure(function, source, view(out), on_one));
    two = std::min(two, measure(function, source, view(again), on_two));
  }
  std::printf("%-12s one thread %7.2f ms, two threads %7.2f ms: %.2f times; the same bits: %s\n", name, one, two,
              one / two, out == again ? "yes" : "no");
}

}  // namespace

int main() {
  if (onetbb_executor() == nullptr) {
    std::puts("parallel: built without oneTBB");
    return 0;
  }
  report("polynomial", polynomial);
  report("mandelbrot", mandelbrot);
}
