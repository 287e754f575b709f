// Two threads against one, on loops over 3840 x 2160 elements where the arithmetic dominates.
#include <cogent/cogent.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

namespace {

using namespace cogent;
using Code = GeneratedCodeBlock&;
using std::uint8_t;

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

// A stencil.
const GeneratedFunction filter("filter", [](Code code, In<uint8_t, 2> in, Out<uint8_t, 2> out,
                                            std::span<const int> weights, int side, int shift) {
  for (auto y : code.range(out.extent(0)).parallel())
    for (auto x : code.range(out.extent(1))) {
      auto sum = code.variable(1 << shift >> 1);
      for (int k = 0; k < side * side; ++k)
        sum += in(y + k / side, x + k % side) * weights[static_cast<std::size_t>(k)];
      out(y, x) = saturate_cast<uint8_t>(sum >> shift);
    }
});

std::vector<int> dense(int side) {
  std::vector<int> weights;
  for (int k = 0; k < side * side; ++k) weights.push_back(k * k * 7 % 37 - 18);
  return weights;
}

std::vector<int> gauss9() {
  constexpr int binomial[] = {1, 8, 28, 56, 70, 56, 28, 8, 1};
  std::vector<int> weights;
  for (const int down : binomial)
    for (const int across : binomial) weights.push_back(down * across);
  return weights;
}

// ---- measuring

/// Of one call, in milliseconds.
template <class Call>
double measure(const Call& call, const std::shared_ptr<Executor>& executor) {
  const ExecutorScope on(executor);
  const auto begin = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

/// `call(out)` fills a picture.
template <class Pixel, class Call>
void report(const char* name, const Call& call) {
  std::vector<Pixel> out(static_cast<std::size_t>(width) * height), again(out.size());
  const auto view = [](std::vector<Pixel>& pixels) { return View<Pixel, 2>(pixels.data(), {height, width}); };
  const auto on_one = onetbb_executor(1), on_two = onetbb_executor(2);
  double one = 1e9, two = 1e9;  // the least of several calls
  for (int round = 0; round < 15; ++round) {
    one = std::min(one, measure([&] { call(view(out)); }, on_one));
    two = std::min(two, measure([&] { call(view(again)); }, on_two));
  }
  std::printf("%-12s one thread %7.2f ms, two threads %7.2f ms: %.2f times; the same bits: %s\n", name, one, two,
              one / two, out == again ? "yes" : "no");
}

template <class Function>
void report_floats(const char* name, const Function& function) {
  const std::vector<float> in(static_cast<std::size_t>(width) * height, 2.5f / height);
  const View<const float, 2> source(in.data(), {height, width});
  report<float>(name, [&](View<float, 2> out) { function(source, out); });
}

void report_filter(const char* name, const std::vector<int>& weights, int side, int shift) {
  std::vector<uint8_t> in(static_cast<std::size_t>(width + side - 1) * static_cast<std::size_t>(height + side - 1));
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<uint8_t>(i * i >> 5);
  const View<const uint8_t, 2> source(in.data(), {height + side - 1, width + side - 1});
  report<uint8_t>(name, [&](View<uint8_t, 2> out) { filter(source, out, weights, side, shift); });
}

}  // namespace

int main() {
  if (onetbb_executor() == nullptr) {
    std::puts("parallel: built without oneTBB");
    return 0;
  }
  report_floats("polynomial", polynomial);
  report_floats("mandelbrot", mandelbrot);
  report_filter("dense5", dense(5), 5, 6);
  report_filter("dense9", dense(9), 9, 8);
  report_filter("gauss9", gauss9(), 9, 16);
}
