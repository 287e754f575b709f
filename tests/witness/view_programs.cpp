// Programs on arrays of two and three dimensions, whose rows lie close, with gaps, or over each other.
#include "witness/program.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;
using std::uint8_t;

void check_index(int64_t index, int64_t extent) {
  if (index < 0 || index >= extent) throw ExpectedFault{};
}

void add_known_shapes(Programs& programs) {
  add(
      programs, "transpose_with_gaps",
      [](Code code, In<unsigned, 2> in, Out<unsigned, 2> out) {
        for (auto y : code.range(in.extent(0)))
          for (auto x : code.range(in.extent(1))) out(x, y) = in(y, x) * 3u + cast<unsigned>(x);
      },
      [](View<const unsigned, 2> in, View<unsigned, 2> out) {
        for (int64_t y = 0; y < in.extent(0); ++y)
          for (int64_t x = 0; x < in.extent(1); ++x) out(x, y) = in(y, x) * 3u + static_cast<unsigned>(x);
      },
      [](Random& random) {
        return std::tuple(any_grid<unsigned, 2>(random, {5, 7}, {9, 1}),
                          any_grid<unsigned, 2>(random, {7, 5}, {12, 2}));
      });
  add(
      programs, "sums_of_a_sliding_window",
      [](Code code, In<std::int16_t, 2> windows, In<std::int16_t> every_third, Out<int> sums) {
        for (auto i : code.range(windows.extent(0))) {
          auto sum = code.variable(0);
          for (auto k : code.range(windows.extent(1))) sum += windows(i, k);
          sums[i] = sum - every_third[i];
        }
      },
      [](View<const std::int16_t, 2> windows, View<const std::int16_t> every_third, std::span<int> sums) {
        for (int64_t i = 0; i < windows.extent(0); ++i) {
          int sum = 0;
          for (int64_t k = 0; k < windows.extent(1); ++k) sum += windows(i, k);
          sums[static_cast<std::size_t>(i)] = sum - every_third(i);
        }
      },
      [](Random& random) {
        return std::tuple(any_grid<std::int16_t, 2>(random, {10, 4}, {1, 1}),
                          any_grid<std::int16_t, 1>(random, {10}, {3}), any_array<int>(random, 10));
      });
  add(
      programs, "gather_by_row_and_column",
      [](Code code, In<uint8_t, 2> in, In<std::int8_t, 2> places, Out<int> out) {
        for (auto i : code.range(out.size())) out[i] = in(places(i, 0), places(i, 1)) + 1;
      },
      [](View<const uint8_t, 2> in, View<const std::int8_t, 2> places, std::span<int> out) {
        for (int64_t i = 0; i < std::ssize(out); ++i) {
          check_index(places(i, 0), in.extent(0));
          check_index(places(i, 1), in.extent(1));
          out[static_cast<std::size_t>(i)] = in(places(i, 0), places(i, 1)) + 1;
        }
      },
      [](Random& random) {
        auto places = any_grid<std::int8_t, 2>(random, {8, 2}, {2, 1});
        for (std::size_t i = 0; i < 16; ++i)
          places.memory()[i] = between<std::int8_t>(random, random.one_in(40) ? -1 : 0,
                                                    (i % 2 == 0 ? 3 : 6) + (random.one_in(40) ? 1 : 0));
        return std::tuple(any_grid<uint8_t, 2>(random, {4, 7}, {10, 1}), places, any_array<int>(random, 8));
      });
}

void add_known_volumes(Programs& programs) {
  add(
      programs, "planes_of_a_volume_in_place",
      [](Code code, InOut<unsigned, 3> volume, Value<int64_t> plane) {
        for (auto y : code.range(volume.extent(1)))
          for (auto x : code.range(volume.extent(2) - 1)) volume(plane, y, x + 1) += volume(plane - 1, y, x) * 2u;
        return volume(plane, 0, 0);
      },
      [](View<unsigned, 3> volume, int64_t plane) {
        for (int64_t y = 0; y < volume.extent(1); ++y)
          for (int64_t x = 0; x < volume.extent(2) - 1; ++x) {
            check_index(plane - 1, volume.extent(0));
            check_index(plane, volume.extent(0));
            volume(plane, y, x + 1) += volume(plane - 1, y, x) * 2u;
          }
        return volume(plane, 0, 0);
      },
      [](Random& random) {
        return std::tuple(any_grid<unsigned, 3>(random, {3, 4, 5}, {40, 7, 1}), between<int64_t>(random, 0, 3));
      });
}

void add_dynamic_shapes(Programs& programs) {
  add(
      programs, "dynamic_difference",
      [](Code code, DynamicIn<float, 2> a, DynamicIn<float, 2> b, DynamicOut<float, 2> out) {
        for (auto y : code.range(out.extent(0)))
          for (auto x : code.range(out.extent(1))) out(y, x) = a(y, x) - b(y, x);
      },
      [](View<const float, 2> a, View<const float, 2> b, View<float, 2> out) {
        for (int64_t y = 0; y < out.extent(0); ++y)
          for (int64_t x = 0; x < out.extent(1); ++x) {
            for (const auto& in : {a, b}) {
              check_index(y, in.extent(0));
              check_index(x, in.extent(1));
            }
            out(y, x) = a(y, x) - b(y, x);
          }
      },
      [](Random& random) {
        const auto rows = between<int64_t>(random, 0, 6), columns = between<int64_t>(random, 0, 6);
        const auto grid = [&] {
          const int64_t width = columns - (random.one_in(12) ? 1 : 0) + (random.one_in(6) ? 1 : 0);
          return any_grid<float, 2>(random, {rows, std::max<int64_t>(width, 0)}, {columns + random.between(1, 3), 1});
        };
        return std::tuple(grid(), grid(), grid());
      });
  add(
      programs, "dynamic_projection",
      [](Code code, DynamicIn<std::int16_t, 3> volume, DynamicInOut<int, 2> out) {
        for (auto z : code.range(volume.extent(0)))
          for (auto y : code.range(volume.extent(1)))
            for (auto x : code.range(volume.extent(2)))
              if (auto _ = code.when(volume(z, y, x) > out(y, x))) out(y, x) = volume(z, y, x);
        return volume.size() + out.extent(1);
      },
      [](View<const std::int16_t, 3> volume, View<int, 2> out) {
        for (int64_t z = 0; z < volume.extent(0); ++z)
          for (int64_t y = 0; y < volume.extent(1); ++y)
            for (int64_t x = 0; x < volume.extent(2); ++x) {
              check_index(y, out.extent(0));
              check_index(x, out.extent(1));
              out(y, x) = std::max<int>(out(y, x), volume(z, y, x));
            }
        return volume.size() + out.extent(1);
      },
      [](Random& random) {
        const auto rows = between<int64_t>(random, 0, 4), columns = between<int64_t>(random, 0, 4);
        const int64_t less = random.one_in(5) ? 1 : 0;
        return std::tuple(any_grid<std::int16_t, 3>(random, {between<int64_t>(random, 0, 3), rows, columns},
                                                    {rows * columns + 1, columns, 1}),
                          any_grid<int, 2>(random, {rows, std::max<int64_t>(columns - less, 0)}, {columns * 2 + 1, 2}));
      });
}

}  // namespace

void add_views(Programs& programs) {
  add_known_shapes(programs);
  add_known_volumes(programs);
  add_dynamic_shapes(programs);
}

}  // namespace cogent::witness
