// Floats: every operator on both types and mixed with integers, conversions, mathematics, loops that add them up.
#include <cmath>
#include <limits>

#include "witness/program.h"

#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wbool-compare"
#pragma GCC diagnostic ignored "-Wint-in-bool-context"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;

// ---- operators

constexpr std::size_t results = 16;

template <class A, class B>
void all_operators(Code code, In<A> left, In<B> right, Out<double> out) {
  for (auto i : code.range(left.size())) {
    auto a = left[i];
    auto b = right[i];
    auto at = i * static_cast<int64_t>(results);
    out[at] = a + b;
    out[at + 1] = a - b;
    out[at + 2] = a * b;
    out[at + 3] = a / b;
    out[at + 4] = (a < b) + (a <= b) * 2 + (a > b) * 4 + (a >= b) * 8 + (a == b) * 16 + (a != b) * 32;
    out[at + 5] = min(a, b);
    out[at + 6] = max(a, b);
    out[at + 7] = -b;
    out[at + 8] = !b;
    out[at + 9] = 0.5f - a * 3;
    out[at + 10] = select(b < 2, a, b);
    out[at + 11] = b / 7;
    out[at + 12] = a * b + a;
    out[at + 13] = abs(b);
    out[at + 14] = clamp(b, -1.5f, 2.5f);
    out[at + 15] = (a < b && b < 100) || !(b <= a);
  }
}

template <class A, class B>
void plain_operators(A a, B b, double* out) {
  using Common = decltype(a + b);
  const Common x = static_cast<Common>(a), y = static_cast<Common>(b);
  const auto put = [&](auto value) { *out++ = static_cast<double>(value); };
  put(a + b);
  put(a - b);
  put(a * b);
  put(a / b);
  put((a < b) + (a <= b) * 2 + (a > b) * 4 + (a >= b) * 8 + (a == b) * 16 + (a != b) * 32);
  put(std::min(x, y));
  put(std::max(x, y));
  put(-b);
  put(!b);
  put(0.5f - a * 3);
  put(b < 2 ? x : y);
  put(b / 7);
  put(a * b + a);
  put(std::fabs(b));
  put(std::clamp<decltype(b + 1.5f)>(b, -1.5f, 2.5f));
  put((a < b && b < 100) || !(b <= a));
}

/// The second of the two types is a float.
template <class A, class B>
void add_pair(Programs& programs, const char* name) {
  constexpr std::size_t size = 6;
  add(
      programs, name, &all_operators<A, B>,
      [](std::span<const A> left, std::span<const B> right, std::span<double> out) {
        for (std::size_t i = 0; i < left.size(); ++i) plain_operators(left[i], right[i], &out[i * results]);
      },
      [](Random& random) {
        GuardedArray<A> left = any_array<A>(random, size);
        if constexpr (std::is_same_v<A, int>)  // a * 3 must not overflow
          for (A& element : left.span()) element /= 3;
        return std::tuple(left, any_array<B>(random, size), any_array<double>(random, size * results));
      });
}

template <class T, class F>
void add_compound(Programs& programs, const char* name) {
  add(
      programs, name,
      [](Code code, Value<T> first, Value<F> second, Out<T> out) {
        auto x = code.variable(first);
        x += second;
        out[0] = x;
        x -= 3.25;
        x *= 5;
        out[1] = x;
        x /= 7.5f;
        out[2] = x++;
        out[3] = --x;
        out[3] *= second;
        return x - second;
      },
      [](T x, F second, std::span<T> out) {
        x = cast<T>(x + second);
        out[0] = x;
        x = cast<T>(x - 3.25);
        x = cast<T>(std::is_integral_v<T> ? static_cast<T>(static_cast<std::uint64_t>(static_cast<int64_t>(x)) * 5)
                                          : static_cast<T>(x * 5));
        out[1] = x;
        x = cast<T>(x / 7.5f);
        out[2] = x;
        x = static_cast<T>(x + 1);
        x = static_cast<T>(x - 1);
        out[3] = cast<T>(x * second);
        return x - second;
      },
      [](Random& random) {
        const F second = std::is_integral_v<T> ? between<F>(random, -8000, 8000) / 8 : any<F>(random);  // no overflow
        return std::tuple(between<T>(random, 0, 90), second, any_array<T>(random, 4));
      });
}

// ---- conversions

template <class F>
void add_conversions(Programs& programs, const char* name) {
  add(
      programs, name,
      [](Code, Value<F> x, Out<std::int8_t> a, Out<std::uint8_t> b, Out<std::int16_t> c, Out<std::uint16_t> d,
         Out<int> e, Out<unsigned> f, Out<int64_t> g, Out<std::uint64_t> h, Out<bool> i, Out<float> j) {
        a[0] = x;
        b[0] = x;
        b[1] = saturate_cast<std::uint8_t>(x);
        b[2] = saturate_cast<std::uint8_t>(rint(x));
        c[0] = x;
        d[0] = x;
        e[0] = x;
        f[0] = x;
        g[0] = x;
        h[0] = x;
        i[0] = x;
        j[0] = x;
        j[1] = cast<int>(x);
        return cast<double>(cast<float>(x)) + cast<std::uint8_t>(cast<int>(x));
      },
      [](F x, std::span<std::int8_t> a, std::span<std::uint8_t> b, std::span<std::int16_t> c,
         std::span<std::uint16_t> d, std::span<int> e, std::span<unsigned> f, std::span<int64_t> g,
         std::span<std::uint64_t> h, std::span<bool> i, std::span<float> j) {
        const auto saturated = [&]<class T>(T& to) {
          const long double value = x, low = std::numeric_limits<T>::lowest(), high = std::numeric_limits<T>::max();
          to = x != x ? T{0} : static_cast<T>(std::clamp(std::trunc(value), low, high));
        };
        saturated(a[0]);
        saturated(b[0]);
        saturated(b[1]);
        b[2] = x != x ? 0 : static_cast<std::uint8_t>(std::clamp<F>(std::nearbyint(x), 0, 255));
        saturated(c[0]);
        saturated(d[0]);
        saturated(e[0]);
        saturated(f[0]);
        saturated(g[0]);
        saturated(h[0]);
        i[0] = x != 0;
        j[0] = static_cast<float>(x);
        j[1] = static_cast<float>(e[0]);
        return static_cast<double>(static_cast<float>(x)) + static_cast<std::uint8_t>(e[0]);
      },
      [](Random& random) {
        return std::tuple(any<F>(random), any_array<std::int8_t>(random, 1), any_array<std::uint8_t>(random, 3),
                          any_array<std::int16_t>(random, 1), any_array<std::uint16_t>(random, 1),
                          any_array<int>(random, 1), any_array<unsigned>(random, 1), any_array<int64_t>(random, 1),
                          any_array<std::uint64_t>(random, 1), any_array<bool>(random, 1), any_array<float>(random, 2));
      });
}

void add_from_integers(Programs& programs) {
  add(
      programs, "integers_to_floats",
      [](Code, Value<int64_t> x, Out<float> f, Out<double> d) {
        f[0] = x;
        f[1] = cast<std::uint64_t>(x);
        f[2] = cast<int>(x);
        f[3] = cast<unsigned>(x);
        f[4] = cast<std::int16_t>(x);
        f[5] = cast<std::uint8_t>(x);
        f[6] = cast<bool>(x);
        d[0] = x;
        d[1] = cast<std::uint64_t>(x);
        d[2] = cast<int>(x);
        d[3] = cast<unsigned>(x);
        d[4] = cast<std::int8_t>(x);
        d[5] = cast<bool>(x);
      },
      [](int64_t x, std::span<float> f, std::span<double> d) {
        f[0] = static_cast<float>(x);
        f[1] = static_cast<float>(static_cast<std::uint64_t>(x));
        f[2] = static_cast<float>(static_cast<int>(x));
        f[3] = static_cast<float>(static_cast<unsigned>(x));
        f[4] = static_cast<std::int16_t>(x);
        f[5] = static_cast<std::uint8_t>(x);
        f[6] = x != 0;
        d[0] = static_cast<double>(x);
        d[1] = static_cast<double>(static_cast<std::uint64_t>(x));
        d[2] = static_cast<int>(x);
        d[3] = static_cast<unsigned>(x);
        d[4] = static_cast<std::int8_t>(x);
        d[5] = x != 0;
      },
      [](Random& random) {
        return std::tuple(any<int64_t>(random), any_array<float>(random, 7), any_array<double>(random, 6));
      });
}

// ---- mathematics

/// A template that serves staged and plain numbers, as users' helpers do.
template <class V>
auto mathematics(V x, V y) {
  return sqrt(x) + floor(y) * ceil(x) - round(x * 4) + trunc(y / 2) + fma(x, y, -x) + exp(sin(x)) + log(abs(y) + 1) +
         cos(y) * tan(x / 8) + atan2(x, y) + pow(abs(x), y / 16) + hypot(x, y) + cbrt(x) + exp2(y / 32) + fmod(x, y) +
         copysign(x, y) + rint(x + y / 2) + fmin(x, y) * tanh(y) + fdim(x, y);
}

template <class F>
void add_mathematics(Programs& programs, const char* name) {
  add(
      programs, name,
      [](Code code, In<F> x, In<F> y, Out<F> out) {
        for (auto i : code.range(out.size())) out[i] = mathematics(Value<F>(x[i]), Value<F>(y[i]));
      },
      [](std::span<const F> x, std::span<const F> y, std::span<F> out) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = mathematics(x[i], y[i]);
      },
      [](Random& random) {
        const auto ordered = [&] {  // copysign would tell the sign of a NaN
          GuardedArray<F> array = any_array<F>(random, 7);
          for (F& element : array.span()) element = element == element ? element : F{3};
          return array;
        };
        return std::tuple(any_array<F>(random, 7), ordered(), any_array<F>(random, 7));
      });
}

// ---- loops

void add_sums(Programs& programs) {
  add(
      programs, "dot_product_of_floats",
      [](Code code, In<float> a, In<float> b, float scale) {
        auto sum = code.variable(0.0);
        for (auto i : code.range(a.size())) sum += a[i] * b[i] * scale;
        return sum;
      },
      [](std::span<const float> a, std::span<const float> b, float scale) {
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i] * scale;
        return sum;
      },
      [](Random& random) { return std::tuple(any_array<float>(random, 9), any_array<float>(random, 9), 0.3f); });
  add(
      programs, "horner",
      [](Code code, InOut<double> xs, std::vector<double> coefficients) {
        for (auto i : code.range(xs.size())) {
          auto sum = code.variable(0.0);
          for (const double c : coefficients) sum = sum * xs[i] + c;
          xs[i] = sum;
        }
      },
      [](std::span<double> xs, const std::vector<double>& coefficients) {
        for (double& x : xs) {
          double sum = 0;
          for (const double c : coefficients) sum = sum * x + c;
          x = sum;
        }
      },
      [](Random& random) {
        return std::tuple(any_array<double>(random, 6), std::vector<double>{1, 0, -0.5, 1e100, -1, 0.1});
      });
}

void add_iterations(Programs& programs) {
  add(
      programs, "newton",
      [](Code code, Value<double> x, Value<double> precision) {
        auto root = code.variable(x);
        auto rounds = code.variable(0);
        for ([[maybe_unused]] auto _ : code.loop_while([&] { return rounds < 50 && root > 0; })) {
          auto next = (root + x / root) / 2;
          rounds++;
          if (auto stop = code.when(abs(next - root) <= precision))
            if (code.breaks()) break;
          root = next;
        }
        return root * 100 + rounds;
      },
      [](double x, double precision) {
        double root = x;
        int rounds = 0;
        while (rounds < 50 && root > 0) {
          const double next = (root + x / root) / 2;
          rounds++;
          if (std::fabs(next - root) <= precision) break;
          root = next;
        }
        return root * 100 + rounds;
      },
      [](Random& random) { return std::tuple(any<double>(random), random.one_in(2) ? 1e-3 : any<double>(random)); });
  add(
      programs, "table_by_float",
      [](Code code, In<std::uint8_t> table, In<float> at, Out<std::uint8_t> out) {
        for (auto i : code.range(at.size())) {
          auto index = cast<int>(clamp(at[i], 0.0f, 1.0f) * 15 + 0.5f);
          out[i] = table[index];
          if (auto _ = code.when(at[i] != 0 && 1 / at[i] < 0.25f)) out[i] = 0;
        }
      },
      [](std::span<const std::uint8_t> table, std::span<const float> at, std::span<std::uint8_t> out) {
        for (std::size_t i = 0; i < at.size(); ++i) {
          const float x = std::clamp(at[i], 0.0f, 1.0f) * 15 + 0.5f;
          out[i] = table[x == x ? static_cast<std::size_t>(x) : 0];
          if (at[i] != 0 && 1 / at[i] < 0.25f) out[i] = 0;
        }
      },
      [](Random& random) {
        return std::tuple(any_array<std::uint8_t>(random, 16), any_array<float>(random, 8),
                          any_array<std::uint8_t>(random, 8));
      });
}

}  // namespace

void add_floats(Programs& programs) {
  add_pair<float, float>(programs, "float_and_float");
  add_pair<double, double>(programs, "double_and_double");
  add_pair<float, double>(programs, "float_and_double");
  add_pair<double, float>(programs, "double_and_float");
  add_pair<int, float>(programs, "int_and_float");
  add_pair<bool, double>(programs, "bool_and_double");
  add_pair<char, float>(programs, "char_and_float");
  add_pair<std::uint16_t, double>(programs, "u16_and_double");
  add_pair<unsigned, float>(programs, "u32_and_float");
  add_pair<std::uint64_t, double>(programs, "u64_and_double");
  add_pair<std::uint64_t, float>(programs, "u64_and_float");
  add_compound<float, float>(programs, "compound_float");
  add_compound<float, double>(programs, "compound_float_and_double");
  add_compound<double, float>(programs, "compound_double");
  add_compound<int, double>(programs, "compound_int_and_double");
  add_compound<std::uint8_t, float>(programs, "compound_u8_and_float");
  add_conversions<float>(programs, "conversions_of_float");
  add_conversions<double>(programs, "conversions_of_double");
  add_from_integers(programs);
  add_mathematics<float>(programs, "mathematics_of_float");
  add_mathematics<double>(programs, "mathematics_of_double");
  add_sums(programs);
  add_iterations(programs);
}

}  // namespace cogent::witness
