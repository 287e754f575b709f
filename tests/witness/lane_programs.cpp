// Programs whose loops become vectors in other ways than one operation after the other: what conditions decide about,
// counts of bits, elements copied in another order.
#include <bit>

#include "witness/program.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::uint8_t;

template <class T>
void add_masked_update(Programs& programs, const char* name) {
  add(
      programs, name,
      [](Code code, In<T> x, InOut<T> y, Value<int> limit) {
        for (auto i : code.range(y.size())) {
          if (auto _ = code.when(x[i] > limit)) y[i] = y[i] + x[i];
          if (auto _ = code.otherwise_when(y[i] > 40)) y[i] = 1;
        }
      },
      [](std::span<const T> x, std::span<T> y, int limit) {
        for (std::size_t i = 0; i < y.size(); ++i) {
          if (x[i] > limit)
            y[i] = static_cast<T>(y[i] + x[i]);
          else if (y[i] > 40)
            y[i] = 1;
        }
      },
      [](Random& random) {
        constexpr std::size_t size = 251;
        return std::tuple(array_between<T>(random, size, 0, 100), array_between<T>(random, size, 0, 100),
                          between<int>(random, 0, 100));
      });
}

// Some elements are there only where the condition says so.
template <class T>
void add_longer_loop(Programs& programs, const char* name) {
  add(
      programs, name,
      [](Code code, DynamicIn<T> x, DynamicInOut<T> y) {
        for (auto i : code.range(x.size()))
          if (auto _ = code.when(i < y.size())) y[i] = x[i] - y[i];
      },
      [](std::span<const T> x, std::span<T> y) {
        for (std::size_t i = 0; i < x.size() && i < y.size(); ++i) y[i] = static_cast<T>(x[i] - y[i]);
      },
      [](Random& random) {
        return std::tuple(array_between<T>(random, between<std::size_t>(random, 0, 300), 0, 100),
                          array_between<T>(random, between<std::size_t>(random, 0, 300), 0, 100));
      });
}

template <class T>
void add_counts_of_bits(Programs& programs, const char* name) {
  add(
      programs, name,
      [](Code code, In<T> x, Out<uint8_t> counts) {
        auto sum = code.variable(0);
        for (auto i : code.range(x.size())) {
          counts[i] = popcount(x[i]);
          sum += popcount(x[i]);
        }
        return sum;
      },
      [](std::span<const T> x, std::span<uint8_t> counts) {
        int sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
          counts[i] = static_cast<uint8_t>(std::popcount(static_cast<std::make_unsigned_t<T>>(x[i])));
          sum += counts[i];
        }
        return sum;
      },
      [](Random& random) {
        constexpr std::size_t size = 251;
        return std::tuple(any_array<T>(random, size), any_array<uint8_t>(random, size));
      });
}

template <class T, int rows, int columns>
void add_transposition(Programs& programs, const char* name) {
  add(
      programs, name,
      [](Code code, In<T> in, Out<T> out) {
        for (auto block : code.range(in.size() / (rows * columns)))
          for (int y = 0; y < rows; ++y)
            for (int x = 0; x < columns; ++x)
              out[block * (rows * columns) + x * rows + y] = in[block * (rows * columns) + y * columns + x];
      },
      [](std::span<const T> in, std::span<T> out) {
        for (std::size_t first = 0; first + rows * columns <= in.size(); first += rows * columns)
          for (std::size_t y = 0; y < rows; ++y)
            for (std::size_t x = 0; x < columns; ++x) out[first + x * rows + y] = in[first + y * columns + x];
      },
      [](Random& random) {
        constexpr std::size_t size = 21 * rows * columns;
        return std::tuple(any_array<T>(random, size), any_array<T>(random, size));
      });
}

}  // namespace

void add_lanes(Programs& programs) {
  add_masked_update<uint8_t>(programs, "masked_update_of_bytes");
  add_masked_update<std::int16_t>(programs, "masked_update_of_shorts");
  add_masked_update<int>(programs, "masked_update_of_ints");
  add_masked_update<double>(programs, "masked_update_of_doubles");
  add_longer_loop<uint8_t>(programs, "longer_loop_over_bytes");
  add_longer_loop<float>(programs, "longer_loop_over_floats");
  add_longer_loop<std::int64_t>(programs, "longer_loop_over_longs");
  add_counts_of_bits<std::int8_t>(programs, "counts_of_bits_of_bytes");
  add_counts_of_bits<std::uint16_t>(programs, "counts_of_bits_of_shorts");
  add_counts_of_bits<int>(programs, "counts_of_bits_of_ints");
  add_counts_of_bits<std::uint64_t>(programs, "counts_of_bits_of_longs");
  add_transposition<uint8_t, 8, 8>(programs, "transpose_8x8_bytes");
  add_transposition<uint8_t, 4, 8>(programs, "transpose_4x8_bytes");
  add_transposition<std::int16_t, 2, 2>(programs, "transpose_2x2_shorts");
  add_transposition<std::uint16_t, 8, 4>(programs, "transpose_8x4_shorts");
  add_transposition<float, 4, 4>(programs, "transpose_4x4_floats");
  add_transposition<double, 2, 4>(programs, "transpose_2x4_doubles");
  add_transposition<double, 3, 3>(programs, "transpose_3x3_doubles");
}

}  // namespace cogent::witness
