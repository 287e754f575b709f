// Runs a stencil and a vectorised loop on pictures of 0.4 to 100 megapixels, beside memcpy.
#include <cogent/cogent.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

#include "bench/growth/growth.h"
#include "examples/support/interleaved_rounds.h"

namespace {

using namespace cogent;
using Code = GeneratedCodeBlock&;
using Pixels = std::vector<std::uint8_t>;

const GeneratedFunction blur("blur", [](Code code, In<std::uint8_t, 2> source, Out<std::uint8_t, 2> target) {
  const int weights[3][3] = {{1, 2, 1}, {2, 4, 2}, {1, 2, 1}};
  for (auto y : code.range(target.extent(0)))
    for (auto x : code.range(target.extent(1))) {
      auto sum = code.variable(0);
      for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column) sum += source(y + row, x + column) * weights[row][column];
      target(y, x) = saturate_cast<std::uint8_t>(sum >> 4);
    }
});

const GeneratedFunction fade("fade", [](Code code, In<std::uint8_t> a, In<std::uint8_t> b, Out<std::uint8_t> mixed) {
  for (auto i : code.range(mixed.size())) mixed[i] = saturate_cast<std::uint8_t>((a[i] * 3 + b[i] * 5 + 4) >> 3);
});

struct Picture {
  std::size_t width, height;
};
constexpr Picture pictures[] = {{892, 468},   {1280, 720},  {1920, 1080}, {2560, 1600},
                                {3840, 2160}, {5120, 3200}, {7680, 4320}, {12288, 8192}};

/// Nanoseconds per pixel.
struct PerPixel {
  double copy, stencil, loop;
};

PerPixel measure(Picture picture) {
  const std::size_t padded = picture.width + 2;
  const std::size_t pixels = picture.width * picture.height;
  const Pixels source(padded * (picture.height + 2), 77), other(pixels, 33);
  Pixels target(pixels);
  const View<const std::uint8_t, 2> in(source.data(), {picture.height + 2, padded});
  const View<std::uint8_t, 2> out(target.data(), {picture.height, picture.width});
  const auto smooth = blur.specialize(in, out);
  const auto mix = fade.specialize(std::span(source).first(pixels), other, target);
  const examples::Contender contenders[] = {
      {.call = [&] { std::memcpy(target.data(), source.data(), pixels); }},
      {.call = [&] { smooth(in, out); }},
      {.call = [&] { mix(std::span(source).first(pixels), other, target); }},
  };
  const auto rounds = static_cast<int>(std::clamp<std::size_t>(300'000'000 / pixels, 5, 200));
  const auto times = examples::time_in_turn(contenders, rounds);
  const auto each = [&](int i) {
    return 1000 * times[static_cast<std::size_t>(i)].minimum / static_cast<double>(pixels);
  };
  return {each(0), each(1), each(2)};
}

void bar(double nanoseconds) {
  std::printf(" %.3f %-20s", nanoseconds, std::string(static_cast<std::size_t>(nanoseconds * 100), '#').c_str());
}

}  // namespace

void show_pictures() {
  std::puts("\nSteady time per pixel in nanoseconds: memcpy, a 3x3 stencil, a vectorised loop over two pictures");
  double least = 1e9, most = 0;
  for (const Picture picture : pictures) {
    const PerPixel times = measure(picture);
    std::printf("  %6.1f megapixels", static_cast<double>(picture.width * picture.height) / 1e6);
    bar(times.copy);
    bar(times.stencil);
    bar(times.loop);
    std::printf(" %.2f x, %.2f x memcpy\n", times.stencil / times.copy, times.loop / times.copy);
    least = std::min(least, times.stencil / times.copy);
    most = std::max(most, times.stencil / times.copy);
  }
  std::printf("  the stencil, of memcpy's time: %.2f to %.2f\n", least, most);
}
