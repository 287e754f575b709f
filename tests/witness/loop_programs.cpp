// Programs of loops: range in all its forms, unroll, loop_while, loop, and the ways of leaving them.
#include "witness/program.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;

void add_ranges(Programs& programs) {
  add(
      programs, "range_up",
      [](Code code, In<int> in, Out<int> out) {
        for (auto i : code.range(in.size())) out[i] = in[i] + cast<int>(i);
      },
      [](std::span<const int> in, std::span<int> out) {
        for (std::size_t i = 0; i < in.size(); ++i) out[i] = in[i] + static_cast<int>(i);
      },
      [](Random& random) {
        return std::tuple(array_between<int>(random, 37, -1000, 1000), any_array<int>(random, 37));
      });
  add(
      programs, "range_down_by_steps",
      [](Code code, InOut<std::int16_t> data, int step) {
        for (auto i : code.range(static_cast<int>(data.size()) - 1, -1, step)) data[i] = data[i] / 2 + i;
      },
      [](std::span<std::int16_t> data, int step) {
        for (int i = static_cast<int>(data.size()) - 1; i > -1; i += step)
          data[static_cast<std::size_t>(i)] = static_cast<std::int16_t>(data[static_cast<std::size_t>(i)] / 2 + i);
      },
      [](Random& random) { return std::tuple(any_array<std::int16_t>(random, 41), -3); });
  add(
      programs, "range_between_values",
      [](Code code, Value<int> first, Value<int> last, Value<int> step) {
        auto count = code.variable(0);
        auto sum = code.variable(int64_t{0});
        for (auto i : code.range(first, last, step)) {
          ++count;
          sum += i;
        }
        return sum * 1000 + count;
      },
      [](int first, int last, int step) {
        int64_t count = 0, sum = 0;
        if (step == 0) throw ExpectedFault{};
        for (int64_t i = first; step > 0 ? i < last : i > last; i += step) ++count, sum += i;
        return sum * 1000 + count;
      },
      [](Random& random) {
        return std::tuple(between<int>(random, -50, 50), between<int>(random, -50, 50), between<int>(random, -4, 4));
      });
  add(
      programs, "range_reads_its_bounds_once",
      [](Code code, Value<std::uint8_t> n) {
        auto last = code.variable(n);
        auto sum = code.variable(0u);
        for (auto i : code.range(last)) {
          last = 0;
          sum = sum * 3u + i;
        }
        return sum + last;
      },
      [](std::uint8_t n) {
        unsigned sum = 0, last = n;
        for (unsigned i = 0; i < n; ++i) last = 0, sum = sum * 3u + i;
        return sum + last;
      },
      [](Random& random) { return std::tuple(any<std::uint8_t>(random)); });
  add(
      programs, "triangle_of_loops",
      [](Code code, DynamicIn<std::uint8_t> in, DynamicOut<std::uint32_t> out) {
        code.require(in.size() == out.size(), "as many results as numbers");
        for (auto i : code.range(in.size())) {
          auto sum = code.variable(0u);
          for (auto j : code.range(i, int64_t{-1}, -1)) sum = sum * 5u + in[j];
          out[i] = sum;
        }
      },
      [](std::span<const std::uint8_t> in, std::span<std::uint32_t> out) {
        if (in.size() != out.size()) throw ExpectedFault{};
        for (std::size_t i = 0; i < in.size(); ++i) {
          std::uint32_t sum = 0;
          for (std::size_t j = i + 1; j-- > 0;) sum = sum * 5u + in[j];
          out[i] = sum;
        }
      },
      [](Random& random) {
        const auto size = between<std::size_t>(random, 0, 20);
        return std::tuple(any_array<std::uint8_t>(random, size),
                          any_array<std::uint32_t>(random, random.one_in(6) ? size + 1 : size));
      });
}

void add_left_loops(Programs& programs) {
  add(
      programs, "search_that_breaks",
      [](Code code, DynamicIn<std::int8_t> in, Value<std::int8_t> wanted) {
        auto found = code.variable(int64_t{-1});
        for (auto i : code.range(in.size())) {
          if (auto _ = code.when(in[i] == wanted)) {
            found = i;
            if (code.breaks()) break;
          }
          found -= 1;
        }
        return found;
      },
      [](std::span<const std::int8_t> in, std::int8_t wanted) {
        int64_t found = -1;
        for (std::size_t i = 0; i < in.size(); ++i) {
          if (in[i] == wanted) {
            found = static_cast<int64_t>(i);
            break;
          }
          found -= 1;
        }
        return found;
      },
      [](Random& random) {
        return std::tuple(array_between<std::int8_t>(random, between<std::size_t>(random, 0, 30), -9, 9),
                          between<std::int8_t>(random, -9, 9));
      });
  add(
      programs, "continues_and_breaks_of_inner_loops",
      [](Code code, In<std::uint8_t> in, Out<std::uint16_t> out) {
        for (auto i : code.range(out.size())) {
          auto sum = code.variable<std::uint16_t>(0);
          for (auto j : code.range(in.size())) {
            auto x = in[j];
            if (auto _ = code.when(x % 2 == 0)) {
              if (code.continues()) continue;
            }
            if (auto _ = code.when(x > 200)) {
              sum += 1;
              if (auto _ = code.when(i % 3 == 0)) {
                if (code.breaks()) break;
              }
            }
            sum += x;
          }
          out[i] = sum;
          if (auto _ = code.when(sum == 77)) {
            if (code.breaks()) break;
          }
        }
      },
      [](std::span<const std::uint8_t> in, std::span<std::uint16_t> out) {
        for (std::size_t i = 0; i < out.size(); ++i) {
          std::uint16_t sum = 0;
          for (const std::uint8_t x : in) {
            if (x % 2 == 0) continue;
            if (x > 200) {
              sum = static_cast<std::uint16_t>(sum + 1);
              if (i % 3 == 0) break;
            }
            sum = static_cast<std::uint16_t>(sum + x);
          }
          out[i] = sum;
          if (sum == 77) break;
        }
      },
      [](Random& random) {
        return std::tuple(array_between<std::uint8_t>(random, 9, 0, 255), any_array<std::uint16_t>(random, 7));
      });
  add(
      programs, "unroll_left_in_the_middle",
      [](Code code, In<int> in, Value<int> limit, int count) {
        auto sum = code.variable(0);
        for (int k : code.unroll(count)) {
          if (auto _ = code.when(in[k] == limit)) {
            if (code.breaks()) break;
          }
          if (auto _ = code.when(in[k] < 0)) {
            sum += 1000;
            if (code.continues()) continue;
          }
          sum += in[k] * (k + 1);
        }
        for (int k : code.unroll(count - 1, -1, -2)) sum = sum * 2 - in[k];
        return sum;
      },
      [](std::span<const int> in, int limit, int count) {
        int sum = 0;
        for (int k = 0; k < count; ++k) {
          const int x = in[static_cast<std::size_t>(k)];
          if (x == limit) break;
          if (x < 0) {
            sum += 1000;
            continue;
          }
          sum += x * (k + 1);
        }
        for (int k = count - 1; k > -1; k -= 2) sum = sum * 2 - in[static_cast<std::size_t>(k)];
        return sum;
      },
      [](Random& random) {
        return std::tuple(array_between<int>(random, 8, -5, 20), between<int>(random, -5, 20), 8);
      });
}

void add_endless_loops(Programs& programs) {
  add(
      programs, "collatz",
      [](Code code, Value<std::uint32_t> start) {
        auto n = code.variable(start);
        auto steps = code.variable(0);
        for ([[maybe_unused]] auto _ : code.loop_while([&] { return n > 1u && steps < 200; })) {
          if (auto _ = code.when(n % 2u == 0u)) n /= 2u;
          if (auto _ = code.otherwise()) n = n * 3u + 1u;
          ++steps;
        }
        return steps;
      },
      [](std::uint32_t n) {
        int steps = 0;
        for (; n > 1 && steps < 200; ++steps) n = n % 2 == 0 ? n / 2 : n * 3 + 1;
        return steps;
      },
      [](Random& random) { return std::tuple(any<std::uint32_t>(random)); });
  add(
      programs, "euclid",
      [](Code code, Value<std::uint64_t> first, Value<std::uint64_t> second) {
        auto a = code.variable(first);
        auto b = code.variable(second);
        for ([[maybe_unused]] auto _ : code.loop()) {
          if (auto _ = code.when(b == 0u)) {
            if (code.breaks()) break;
          }
          auto rest = a % b;
          a = b;
          b = rest;
        }
        return a;
      },
      [](std::uint64_t a, std::uint64_t b) {
        while (b != 0) {
          const std::uint64_t rest = a % b;
          a = b;
          b = rest;
        }
        return static_cast<int64_t>(a);
      },
      [](Random& random) { return std::tuple(any<std::uint64_t>(random), any<std::uint64_t>(random)); });
  add(
      programs, "returns_from_inside",
      [](Code code, DynamicIn<int> in, Value<int> limit) -> Value<int> {
        for (auto i : code.range(in.size())) {
          for (auto j : code.range(i)) {
            if (auto _ = code.when(in[i] + in[j] > limit)) code.returns(i * 100 + j);
          }
          if (auto _ = code.when(in[i] == 0)) {
            code.returns(-1);
          }
        }
        return -2;
      },
      [](std::span<const int> in, int limit) {
        for (std::size_t i = 0; i < in.size(); ++i) {
          for (std::size_t j = 0; j < i; ++j)
            if (in[i] + in[j] > limit) return static_cast<int>(i * 100 + j);
          if (in[i] == 0) return -1;
        }
        return -2;
      },
      [](Random& random) {
        return std::tuple(array_between<int>(random, between<std::size_t>(random, 0, 12), 0, 30),
                          between<int>(random, 20, 65));
      });
}

}  // namespace

void add_loops(Programs& programs) {
  add_ranges(programs);
  add_left_loops(programs);
  add_endless_loops(programs);
}

}  // namespace cogent::witness
