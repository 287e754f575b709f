// Operations on bits of every integer type, and the bits of floats.
#include <bit>

#include "witness/program.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;

constexpr std::size_t results = 8;

template <class T>
void add_of(Programs& programs, const char* name) {
  add(
      programs, name,
      [](Code, Value<T> x, Value<int> n, Out<T> out) {
        out[0] = popcount(x);
        out[1] = count_leading_zeros(x);
        out[2] = count_trailing_zeros(x);
        out[3] = byte_swap(x);
        out[4] = rotate_left(x, n);
        out[5] = rotate_right(x, n);
        out[6] = rotate_left(x, 5) ^ rotate_right(x, 3);
        out[7] = popcount(x & 15) * 3 - count_leading_zeros(x | 1);
        return popcount(x) + 1;
      },
      [](T x, int n, std::span<T> out) {
        using U = std::make_unsigned_t<T>;
        const U bits = static_cast<U>(x);
        out[0] = static_cast<T>(std::popcount(bits));
        out[1] = static_cast<T>(std::countl_zero(bits));
        out[2] = static_cast<T>(std::countr_zero(bits));
        std::uint64_t swapped = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i) swapped = swapped << 8 | (std::uint64_t{bits} >> 8 * i & 0xff);
        out[3] = static_cast<T>(swapped);
        out[4] = static_cast<T>(std::rotl(bits, n));
        out[5] = static_cast<T>(std::rotr(bits, n));
        out[6] = static_cast<T>(std::rotl(bits, 5) ^ std::rotr(bits, 3));
        using P = std::make_unsigned_t<decltype(+x)>;  // x | 1 is promoted
        out[7] =
            static_cast<T>(std::popcount(static_cast<unsigned>(x & 15)) * 3 - std::countl_zero(static_cast<P>(x | 1)));
        return std::popcount(bits) + 1;
      },
      [](Random& random) {
        return std::tuple(any<T>(random), between<int>(random, -70, 70), any_array<T>(random, results));
      });
}

void add_bits_of_floats(Programs& programs) {
  add(
      programs, "bits_of_floats",
      [](Code code, In<float> x, InOut<std::uint64_t> y, Out<int> out) {
        for (auto i : code.range(x.size())) {
          auto bits = bit_cast<std::uint32_t>(x[i]);
          out[i] = cast<int>(bits >> 23 & 0xffu) - 127;
          y[i] = bit_cast<std::uint64_t>(bit_cast<double>(y[i] >> 2) * 0.5);
        }
      },
      [](std::span<const float> x, std::span<std::uint64_t> y, std::span<int> out) {
        for (std::size_t i = 0; i < x.size(); ++i) {
          const auto bits = std::bit_cast<std::uint32_t>(x[i]);
          out[i] = static_cast<int>(bits >> 23 & 0xffu) - 127;
          y[i] = std::bit_cast<std::uint64_t>(std::bit_cast<double>(y[i] >> 2) * 0.5);  // never NaN
        }
      },
      [](Random& random) {
        return std::tuple(any_array<float>(random, 8), any_array<std::uint64_t>(random, 8), any_array<int>(random, 8));
      });
}

}  // namespace

void add_bits(Programs& programs) {
  add_of<std::uint8_t>(programs, "bits_of_u8");
  add_of<std::int8_t>(programs, "bits_of_i8");
  add_of<std::uint16_t>(programs, "bits_of_u16");
  add_of<std::int16_t>(programs, "bits_of_i16");
  add_of<unsigned>(programs, "bits_of_u32");
  add_of<int>(programs, "bits_of_i32");
  add_of<std::uint64_t>(programs, "bits_of_u64");
  add_of<long long>(programs, "bits_of_i64");
  add_bits_of_floats(programs);
}

}  // namespace cogent::witness
