// Every operator on every integer type and on mixed ones, with C++'s promotions; compound assignment.
#include "witness/program.h"

// The plain C++ beside the generated code compares and mixes as freely as users do.
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wbool-compare"
#pragma GCC diagnostic ignored "-Wbool-operation"
#pragma GCC diagnostic ignored "-Wint-in-bool-context"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;

constexpr std::size_t results = 20;

template <class A, class B>
void all_operators(Code code, In<A> left, In<B> right, Out<int64_t> out) {
  for (auto i : code.range(left.size())) {
    auto a = left[i];
    auto b = right[i];
    auto at = i * static_cast<int64_t>(results);
    out[at] = a + b;
    out[at + 1] = a - b;
    out[at + 2] = a * b;
    out[at + 3] = a & b;
    out[at + 4] = a | b;
    out[at + 5] = a ^ b;
    out[at + 6] = a << (b & 7);
    out[at + 7] = a >> (b & 7);
    out[at + 8] = (a < b) + (a <= b) * 2 + (a > b) * 4 + (a >= b) * 8 + (a == b) * 16 + (a != b) * 32;
    out[at + 9] = min(a, b);
    out[at + 10] = max(a, b);
    out[at + 11] = -a;
    out[at + 12] = ~b;
    out[at + 13] = !a;
    out[at + 14] = 100 - a * 3;
    out[at + 15] = select(a < 2, a, b);
    out[at + 16] = a / 7;
    out[at + 17] = b % 16;
    if (auto _ = code.when(b != 0)) {
      out[at + 18] = a / b;
      out[at + 19] = a % b;
    }
  }
}

template <class A, class B>
auto smaller(A a, B b) {
  if constexpr (std::is_same_v<A, B>)
    return b < a ? b : a;
  else
    return static_cast<decltype(a + b)>(b) < static_cast<decltype(a + b)>(a) ? b : static_cast<decltype(a + b)>(a);
}
template <class A, class B>
auto larger(A a, B b) {
  if constexpr (std::is_same_v<A, B>)
    return a < b ? b : a;
  else
    return static_cast<decltype(a + b)>(a) < static_cast<decltype(a + b)>(b) ? b : static_cast<decltype(a + b)>(a);
}

template <class A, class B>
void plain_operators(A a, B b, int64_t* out) {
  const auto put = [&](auto value) { *out++ = static_cast<int64_t>(value); };
  put(a + b);
  put(a - b);
  put(a * b);
  put(a & b);
  put(a | b);
  put(a ^ b);
  put(a << (b & 7));
  put(a >> (b & 7));
  put((a < b) + (a <= b) * 2 + (a > b) * 4 + (a >= b) * 8 + (a == b) * 16 + (a != b) * 32);
  put(smaller(a, b));
  put(larger(a, b));
  put(-a);
  put(~b);
  put(!a);
  put(100 - a * 3);
  put(a < 2 ? a : b);
  put(a / 7);
  put(b % 16);
  if (b == 0) return;
  put(a / b);
  put(a % b);
}

/// Numbers whose products C++ can hold; the unsigned types that are wide enough wrap and may be anything.
template <class T>
T operand(Random& random) {
  if constexpr (std::is_same_v<T, bool>) return random.one_in(2);
  if constexpr (std::is_unsigned_v<T> && sizeof(T) >= 4) return any<T>(random);
  if constexpr (sizeof(T) == 1) return any<T>(random);
  const int64_t most = sizeof(T) == 8 ? 1 << 30 : sizeof(T) == 4 ? 12000 : 32767;
  return random.one_in(3) ? between<T>(random, 0, 20) : between<T>(random, std::is_signed_v<T> ? -most : 0, most);
}
template <class T>
GuardedArray<T> operands(Random& random, std::size_t size) {
  GuardedArray<T> array(size);
  for (T& element : array.span()) element = operand<T>(random);
  return array;
}

template <class A, class B>
void add_pair(Programs& programs, const char* name) {
  constexpr std::size_t size = 6;
  add(
      programs, name, &all_operators<A, B>,
      [](std::span<const A> left, std::span<const B> right, std::span<int64_t> out) {
        for (std::size_t i = 0; i < left.size(); ++i) plain_operators(left[i], right[i], &out[i * results]);
      },
      [](Random& random) {
        return std::tuple(operands<A>(random, size), operands<B>(random, size),
                          any_array<int64_t>(random, size * results));
      });
}

template <class T>
void add_compound(Programs& programs, const char* name) {
  add(
      programs, name,
      [](Code code, Value<T> first, Value<std::uint32_t> second, Out<T> out) {
        auto x = code.variable(first);
        x += second;
        out[0] = x;
        x -= 3;
        x *= 5;
        out[1] = x;
        x /= 7;
        x %= 11;
        out[2] = x;
        x |= second;
        x ^= 9;
        out[3] = x;
        x <<= 2;
        x >>= 1;
        out[4] = x;
        out[5] = x++;
        out[6] = --x;
        out[7] = (out[6] += 2) + 1;
        out[7] &= 15;
        out[7]++;
      },
      [](T x, std::uint32_t second, std::span<T> out) {
        const auto wide = [&] { return static_cast<int64_t>(x); };
        x = static_cast<T>(x + second);
        out[0] = x;
        x = static_cast<T>(x - 3);
        x = static_cast<T>(static_cast<std::uint64_t>(x) * 5);
        out[1] = x;
        x = static_cast<T>(x / 7);
        x = static_cast<T>(x % 11);
        out[2] = x;
        x = static_cast<T>(x | second);
        x = static_cast<T>(x ^ 9);
        out[3] = x;
        x = static_cast<T>(static_cast<std::uint64_t>(wide()) << 2);
        x = static_cast<T>(x >> 1);
        out[4] = x;
        out[5] = x;
        x = static_cast<T>(x + 1);
        x = static_cast<T>(x - 1);
        out[6] = static_cast<T>(x + 2);
        out[7] = static_cast<T>(out[6] + 1);
        out[7] = static_cast<T>(out[7] & 15);
        out[7] = static_cast<T>(out[7] + 1);
      },
      [](Random& random) {
        return std::tuple(operand<T>(random), between<std::uint32_t>(random, 0, 5000), any_array<T>(random, 8));
      });
}

void add_conversions(Programs& programs) {
  add(
      programs, "conversions",
      [](Code, Value<int64_t> x, Out<std::int8_t> a, Out<std::uint16_t> b, Out<std::int32_t> c, Out<bool> d) {
        a[0] = x;
        a[1] = saturate_cast<std::int8_t>(x);
        b[0] = x;
        b[1] = saturate_cast<std::uint16_t>(x);
        c[0] = cast<std::uint8_t>(x);
        c[1] = saturate_cast<std::int32_t>(cast<std::uint64_t>(x));
        d[0] = x;
        d[1] = cast<std::uint8_t>(x);
        return cast<std::uint32_t>(x);
      },
      [](int64_t x, std::span<std::int8_t> a, std::span<std::uint16_t> b, std::span<std::int32_t> c,
         std::span<bool> d) {
        a[0] = static_cast<std::int8_t>(x);
        a[1] = static_cast<std::int8_t>(std::clamp<int64_t>(x, -128, 127));
        b[0] = static_cast<std::uint16_t>(x);
        b[1] = static_cast<std::uint16_t>(std::clamp<int64_t>(x, 0, 65535));
        c[0] = static_cast<std::uint8_t>(x);
        c[1] = static_cast<std::int32_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(x), 0x7fffffff));
        d[0] = x != 0;
        d[1] = static_cast<std::uint8_t>(x) != 0;
        return static_cast<std::uint32_t>(x);
      },
      [](Random& random) {
        return std::tuple(any<int64_t>(random), any_array<std::int8_t>(random, 2), any_array<std::uint16_t>(random, 2),
                          any_array<std::int32_t>(random, 2), any_array<bool>(random, 2));
      });
}

}  // namespace

void add_arithmetic(Programs& programs) {
  add_pair<std::uint8_t, std::uint8_t>(programs, "u8_and_u8");
  add_pair<std::int8_t, std::int8_t>(programs, "i8_and_i8");
  add_pair<std::uint16_t, std::uint16_t>(programs, "u16_and_u16");
  add_pair<std::int16_t, std::int16_t>(programs, "i16_and_i16");
  add_pair<std::uint32_t, std::uint32_t>(programs, "u32_and_u32");
  add_pair<std::int32_t, std::int32_t>(programs, "i32_and_i32");
  add_pair<std::uint64_t, std::uint64_t>(programs, "u64_and_u64");
  add_pair<int64_t, int64_t>(programs, "i64_and_i64");
  add_pair<bool, bool>(programs, "bool_and_bool");
  add_pair<std::uint8_t, std::int32_t>(programs, "u8_and_i32");
  add_pair<std::int8_t, std::uint32_t>(programs, "i8_and_u32");
  add_pair<std::int32_t, std::uint32_t>(programs, "i32_and_u32");
  add_pair<int64_t, std::uint64_t>(programs, "i64_and_u64");
  add_pair<std::uint32_t, int64_t>(programs, "u32_and_i64");
  add_pair<std::int16_t, std::uint64_t>(programs, "i16_and_u64");
  add_pair<bool, std::int8_t>(programs, "bool_and_i8");
  add_pair<char, long long>(programs, "char_and_long_long");
  add_pair<unsigned long long, long>(programs, "unsigned_long_long_and_long");
  add_compound<std::uint8_t>(programs, "compound_u8");
  add_compound<std::int16_t>(programs, "compound_i16");
  add_compound<std::uint32_t>(programs, "compound_u32");
  add_compound<std::uint64_t>(programs, "compound_u64");
  add_conversions(programs);
}

}  // namespace cogent::witness
