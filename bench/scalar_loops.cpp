// Twenty small loops as a user of Cogent would write them.
#include "scalar_loops.h"

#include <cstdint>
#include <numeric>

#include "scalar_loop.h"

namespace bench {
namespace {

using namespace cogent;
using std::int64_t;
using std::uint32_t;
using std::uint64_t;
using std::uint8_t;
using Code = GeneratedCodeBlock&;

constexpr int count = 8192;

// ---- over one or two arrays

const GeneratedFunction sum("sum", [](Code code, In<int> in) {
  auto total = code.variable(int64_t{0});
  for (auto i : code.range(in.size())) total += in[i];
  return total;
});

const GeneratedFunction saxpy("saxpy", [](Code code, In<int> x, InOut<int> y, Value<int> a, Value<int> n) {
  for (auto i : code.range(n)) y[i] += a * x[i];
});

const GeneratedFunction prefix_sum("prefix_sum", [](Code code, In<int> in, Out<int> out) {
  auto total = code.variable(0);
  for (auto i : code.range(in.size())) {
    total += in[i];
    out[i] = total;
  }
});

const GeneratedFunction horner("horner", [](Code code, In<uint32_t> x, Out<uint32_t> out, In<uint32_t> coefficients) {
  for (auto i : code.range(x.size())) {
    auto value = code.variable(0u);
    for (auto k : code.range(coefficients.size())) value = value * x[i] + coefficients[k];
    out[i] = value;
  }
});

// ---- tables

const GeneratedFunction histogram("histogram", [](Code code, In<uint8_t> in, InOut<uint32_t> bins) {
  for (auto i : code.range(in.size())) bins[in[i]] += 1;
});

const GeneratedFunction table_lookup("table_lookup", [](Code code, In<int> at, In<int> table) {
  auto total = code.variable(0);
  for (auto i : code.range(at.size())) total += table[at[i]];
  return total;
});

const GeneratedFunction unchecked_lookup("unchecked_lookup", [](Code code, In<int> at, In<int> table) {
  auto total = code.variable(0);
  code.unchecked([&] {
    for (auto i : code.range(at.size())) total += table[at[i]];
  });
  return total;
});

const GeneratedFunction crc32("crc32", [](Code code, In<uint8_t> in, In<uint32_t> table) {
  auto crc = code.variable(0xFFFFFFFFu);
  for (auto i : code.range(in.size())) crc = crc >> 8 ^ table[(crc ^ in[i]) & 255];
  return ~crc;
});

const GeneratedFunction fnv("fnv", [](Code code, In<uint8_t> in) {
  auto hash = code.variable(uint64_t{0xCBF29CE484222325});
  for (auto i : code.range(in.size())) hash = (hash ^ in[i]) * uint64_t{0x100000001B3};
  return hash;
});

// ---- loops that end by their values

const GeneratedFunction collatz("collatz", [](Code code, Value<int> n) {
  auto longest = code.variable(0);
  for (auto start : code.range(1, n)) {
    auto x = code.variable(cast<int64_t>(start));
    auto steps = code.variable(0);
    for (auto _ : code.loop_while([&] { return x != 1; })) {
      x = select((x & 1) == 0, x >> 1, 3 * x + 1);
      ++steps;
    }
    longest = max(longest, steps);
  }
  return longest;
});

const GeneratedFunction gcd("gcd", [](Code code, In<int> in, Out<int> out) {
  for (auto i : code.range(in.size() - 1)) {
    auto a = code.variable(in[i]);
    auto b = code.variable(in[i + 1]);
    for (auto _ : code.loop_while([&] { return b != 0; })) {
      const auto rest = a % b;
      a = b;
      b = rest;
    }
    out[i] = a;
  }
});

const GeneratedFunction string_scan("string_scan", [](Code code, In<uint8_t> text, Value<uint8_t> wanted) {
  auto found = code.variable(int64_t{-1});
  for (auto i : code.range(text.size())) {
    if (auto _ = code.when(text[i] == wanted)) {
      found = i;
      if (code.breaks()) break;
    }
  }
  return found;
});

const GeneratedFunction popcount_by_shifts("popcount_by_shifts", [](Code code, In<uint32_t> in) {
  auto bits = code.variable(0u);
  for (auto i : code.range(in.size())) {
    auto x = code.variable(in[i]);
    for (auto _ : code.loop_while([&] { return x != 0; })) {
      bits += x & 1u;
      x >>= 1;
    }
  }
  return bits;
});

const GeneratedFunction binary_search("binary_search", [](Code code, In<int> sorted, In<int> keys, Out<int> at) {
  for (auto k : code.range(keys.size())) {
    const auto key = keys[k];
    auto low = code.variable(0);
    auto high = code.variable(static_cast<int>(sorted.size()));
    for (auto _ : code.loop_while([&] { return low < high; })) {
      const auto middle = (low + high) >> 1;
      if (auto _ = code.when(sorted[middle] < key)) low = middle + 1;
      if (auto _ = code.otherwise()) high = middle;
    }
    at[k] = low;
  }
});

const GeneratedFunction fibonacci("fibonacci", [](Code code, Value<int> n) {
  auto a = code.variable(uint64_t{0}), b = code.variable(uint64_t{1});
  for ([[maybe_unused]] auto i : code.range(n)) {
    const auto next = a + b;
    a = b;
    b = next;
  }
  return a;
});

// ---- arrays that change

const GeneratedFunction bubble_pass("bubble_pass", [](Code code, InOut<int> data) {
  for (auto i : code.range(data.size() - 1)) {
    const auto left = data[i], right = data[i + 1];
    if (auto _ = code.when(left > right)) {
      data[i] = right;
      data[i + 1] = left;
    }
  }
});

const GeneratedFunction run_length("run_length",
                                   [](Code code, In<uint8_t> in, Out<uint8_t> lengths, Out<uint8_t> values) {
                                     auto runs = code.variable(0);
                                     auto length = code.variable(0);
                                     for (auto i : code.range(in.size() - 1)) {
                                       length += 1;
                                       if (auto _ = code.when((in[i] != in[i + 1]) | (length == 255))) {
                                         lengths[runs] = length;
                                         values[runs] = in[i];
                                         ++runs;
                                         length = 0;
                                       }
                                     }
                                     return runs;
                                   });

const GeneratedFunction sieve("sieve", [](Code code, InOut<uint8_t> composite) {
  const int n = static_cast<int>(composite.size());
  auto primes = code.variable(0);
  for (auto i : code.range(2, n)) {
    if (auto _ = code.when(composite[i] == 0)) {
      ++primes;
      for (auto k : code.range(i + i, n, i)) composite[k] = 1;
    }
  }
  return primes;
});

// ---- two dimensions

const GeneratedFunction matrix_vector("matrix_vector", [](Code code, In<int> matrix, In<int> vector, Out<int> result) {
  for (auto row : code.range(result.size())) {
    auto total = code.variable(0);
    for (auto column : code.range(vector.size())) total += matrix[row * vector.size() + column] * vector[column];
    result[row] = total;
  }
});

const GeneratedFunction transpose("transpose", [](Code code, In<int> in, Out<int> out, int n) {
  for (auto y : code.range(n))
    for (auto x : code.range(n)) out[x * n + y] = in[y * n + x];
});

const GeneratedFunction mandelbrot("mandelbrot", [](Code code, Out<uint8_t> picture, int width) {
  for (auto at : code.range(static_cast<int>(picture.size()))) {
    const auto cx = (at % width) * 160 - 8192, cy = (at / width) * 128 - 4096;  // in 1/4096
    auto x = code.variable(0), y = code.variable(0), steps = code.variable(0);
    for (auto _ : code.loop_while([&] { return (x * x + y * y < 4 * 4096 * 4096) & (steps < 50); })) {
      const auto next = ((x * x - y * y) >> 12) + cx;
      y = ((x * y) >> 11) + cy;
      x = next;
      ++steps;
    }
    picture[at] = steps;
  }
});

// ---- arguments

// Numbers below `limit`, always the same.
template <class T>
std::vector<T> numbers(std::size_t size, uint32_t limit) {
  std::vector<T> all(size);
  uint32_t state = 12345;
  for (T& number : all) {
    state = state * 1664525u + 1013904223u;
    number = static_cast<T>((state >> 8) % limit);
  }
  return all;
}

template <class T>
std::vector<T> zeros(std::size_t size) {
  return std::vector<T>(size);
}

std::vector<int> ascending(int size) {
  std::vector<int> all(static_cast<std::size_t>(size));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

std::vector<uint8_t> text_with_runs() {
  std::vector<uint8_t> text = numbers<uint8_t>(count, 4);
  for (std::size_t i = 1; i < text.size(); ++i)
    if (i % 4 != 0) text[i] = text[i - 1];
  return text;
}

std::vector<ScalarLoop> make_loops() {
  using std::tuple;
  return {
      scalar_loop("sum", sum, tuple(numbers<int>(count, 1000))),
      scalar_loop("saxpy", saxpy, tuple(numbers<int>(count, 1000), numbers<int>(count, 99), 7, count)),
      scalar_loop("prefix_sum", prefix_sum, tuple(numbers<int>(count, 1000), zeros<int>(count))),
      scalar_loop("horner", horner,
                  tuple(numbers<uint32_t>(1024, 1u << 24), zeros<uint32_t>(1024), numbers<uint32_t>(40, 9))),
      scalar_loop("histogram", histogram, tuple(numbers<uint8_t>(count, 256), zeros<uint32_t>(256))),
      scalar_loop("table_lookup", table_lookup, tuple(numbers<int>(count, 1000), numbers<int>(1000, 1000))),
      scalar_loop("crc32", crc32, tuple(numbers<uint8_t>(count, 256), numbers<uint32_t>(256, 1u << 24))),
      scalar_loop("fnv", fnv, tuple(numbers<uint8_t>(count, 256))),
      scalar_loop("collatz", collatz, tuple(300)),
      scalar_loop("gcd", gcd, tuple(numbers<int>(1024, 100000), zeros<int>(1024))),
      scalar_loop("string_scan", string_scan, tuple(numbers<uint8_t>(count, 100), uint8_t{200})),
      scalar_loop("popcount_by_shifts", popcount_by_shifts, tuple(numbers<uint32_t>(1024, 1u << 24))),
      scalar_loop("binary_search", binary_search, tuple(ascending(1000), numbers<int>(1024, 1000), zeros<int>(1024))),
      scalar_loop("fibonacci", fibonacci, tuple(20000)),
      scalar_loop("bubble_pass", bubble_pass, tuple(numbers<int>(count, 100000))),
      scalar_loop("run_length", run_length, tuple(text_with_runs(), zeros<uint8_t>(count), zeros<uint8_t>(count))),
      scalar_loop("sieve", sieve, tuple(zeros<uint8_t>(count))),
      scalar_loop("matrix_vector", matrix_vector,
                  tuple(numbers<int>(96 * 96, 99), numbers<int>(96, 99), zeros<int>(96))),
      scalar_loop("transpose", transpose, tuple(numbers<int>(96 * 96, 99), zeros<int>(96 * 96), 96)),
      scalar_loop("mandelbrot", mandelbrot, tuple(zeros<uint8_t>(64 * 32), 64)),
  };
}

}  // namespace

const ScalarLoop& unchecked_table_lookup() {
  static const ScalarLoop loop = scalar_loop("unchecked_lookup", unchecked_lookup,
                                             std::tuple(numbers<int>(count, 1000), numbers<int>(1000, 1000)));
  return loop;
}

const std::vector<ScalarLoop>& scalar_loops() {
  static const std::vector<ScalarLoop> all = make_loops();
  return all;
}

}  // namespace bench
