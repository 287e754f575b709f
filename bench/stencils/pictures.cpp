// Filters of pictures of floats and of 16 bits, which no stencil form takes: vectorised loops.
#include "pictures.h"

#include <cogent/cogent.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <span>
#include <vector>

#include "examples/support/interleaved_rounds.h"

namespace bench {
namespace {

using namespace cogent;
using std::uint16_t;

constexpr int rounds = 60;

template <class Source, class Sum, class Result>
void filter(GeneratedCodeBlock& code, In<Source, 2> in, Out<Result, 2> out, std::span<const Sum> weights, int side) {
  for (auto y : code.range(out.extent(0)))
    for (auto x : code.range(out.extent(1))) {
      auto sum = code.variable(Sum(0));
      for (int k = 0; k < side * side; ++k)
        sum += cast<Sum>(in(y + k / side, x + k % side)) * weights[static_cast<std::size_t>(k)];
      if constexpr (std::is_same_v<Result, uint16_t>)
        out(y, x) = saturate_cast<uint16_t>(sum >> 4);
      else
        out(y, x) = cast<Result>(sum);
    }
}

template <class Source, class Sum, class Result>
const GeneratedFunction<void(In<Source, 2>, Out<Result, 2>, std::span<const Sum>, int)> generated{
    "filter", filter<Source, Sum, Result>};

template <class Source, class Sum, class Result>
bool measure(const char* name, int side, int width, int height) {
  const auto pitch = static_cast<std::size_t>(width + side - 1);
  std::vector<Source> in(pitch * static_cast<std::size_t>(height + side - 1));
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<Source>(i * i % 1009);
  std::vector<Sum> weights;
  for (int k = 0; k < side * side; ++k) weights.push_back(static_cast<Sum>(k * 7 % 19 - 9));
  std::vector<Result> out(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  std::vector<char> from((in.size() * sizeof(Source) + out.size() * sizeof(Result)) / 2), to(from.size());
  const View<const Source, 2> source(in.data(), {height + side - 1, width + side - 1});
  const View<Result, 2> destination(out.data(), {height, width});
  const auto run = [&] { generated<Source, Sum, Result>(source, destination, std::span<const Sum>(weights), side); };
  const examples::Contender contenders[] = {
      {run, [&] { examples::warm(std::span(in)), examples::warm(std::span(out)); }},
      {[&] { std::memcpy(to.data(), from.data(), to.size()); },
       [&] { examples::warm(std::span(from)), examples::warm(std::span(to)); }}};
  const std::vector<examples::Times> times = examples::time_in_turn(contenders, rounds);
  Sum last = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const auto row = static_cast<std::size_t>(height - 1) + k / static_cast<std::size_t>(side);
    const auto column = static_cast<std::size_t>(width - 1) + k % static_cast<std::size_t>(side);
    last += static_cast<Sum>(in[row * pitch + column]) * weights[k];
  }
  if constexpr (std::is_same_v<Result, uint16_t>) last = std::clamp(last >> 4, 0, 65535);
  const bool is_right = out.back() == static_cast<Result>(last);
  std::printf("pictures/%s_dense%d/%dx%d  %8.1f us  x_memcpy %6.2f%s\n", name, side, width, height, times[0].minimum,
              times[0].minimum / times[1].minimum, is_right ? "" : "  WRONG");
  return is_right;
}

}  // namespace

bool measure_pictures() {
  bool all_are_right = true;
  for (const int side : {3, 5})
    for (const auto& [width, height] : {std::pair{892, 468}, {1920, 1080}}) {
      all_are_right &= measure<float, float, float>("f32_f32", side, width, height);
      all_are_right &= measure<uint16_t, int, uint16_t>("u16_u16", side, width, height);
      all_are_right &= measure<uint16_t, int, int>("u16_i32", side, width, height);
      all_are_right &= measure<uint16_t, float, float>("u16_f32", side, width, height);
    }
  return all_are_right;
}

}  // namespace bench
