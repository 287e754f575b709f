// Programs of branches: chains and nests of when, logic that skips its right side, selections.
#include "witness/program.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;

void add_chains(Programs& programs) {
  add(
      programs, "chain_of_otherwise_whens",
      [](Code code, Value<int> x) {
        auto grade = code.variable(0);
        if (auto _ = code.when(x < 0)) grade = -1;
        if (auto _ = code.otherwise_when(x < 10)) grade = 1;
        if (auto _ = code.otherwise_when(x < 100)) {
          grade = 2;
          grade += x % 10;
        }
        if (auto _ = code.otherwise()) grade = 3;
        return grade;
      },
      [](int x) {
        return x < 0 ? -1 : x < 10 ? 1 : x < 100 ? 2 + x % 10 : 3;
      },
      [](Random& random) { return std::tuple(between<int>(random, -20, 200)); });
  add(
      programs, "nested_chains",
      [](Code code, In<std::int8_t> in, Out<std::int8_t> out) {
        for (auto i : code.range(in.size())) {
          auto x = in[i];
          auto kind = code.variable<std::int8_t>(0);
          if (auto _ = code.when(x > 0)) {
            if (auto _ = code.when(x % 2 == 0)) {
              kind = 2;
            }
            if (auto _ = code.otherwise()) {
              if (auto _ = code.when(x > 100)) kind = 100;
              if (auto _ = code.otherwise_when(x > 50)) kind = 50;
              kind += 1;
            }
          }
          if (auto _ = code.otherwise()) {
            kind = -kind;
            if (auto _ = code.when(x == -128)) kind = x;
          }
          out[i] = kind;
        }
      },
      [](std::span<const std::int8_t> in, std::span<std::int8_t> out) {
        for (std::size_t i = 0; i < in.size(); ++i) {
          const std::int8_t x = in[i];
          int kind = 0;
          if (x > 0) {
            if (x % 2 == 0) {
              kind = 2;
            } else {
              if (x > 100)
                kind = 100;
              else if (x > 50)
                kind = 50;
              kind += 1;
            }
          } else if (x == -128) {
            kind = x;
          }
          out[i] = static_cast<std::int8_t>(kind);
        }
      },
      [](Random& random) {
        return std::tuple(any_array<std::int8_t>(random, 19), any_array<std::int8_t>(random, 19));
      });
  add(
      programs, "conditions_that_are_numbers",
      [](Code code, Value<std::uint16_t> x, Value<bool> flag) {
        auto result = code.variable(1);
        if (auto _ = code.when(x & 6)) result *= 2;
        if (auto _ = code.when(!flag)) result *= 3;
        if (auto _ = code.otherwise_when(x)) result *= 5;
        return result + flag;
      },
      [](std::uint16_t x, bool flag) {
        const int result = (x & 6) != 0 ? 2 : 1;
        return (!flag ? result * 3 : x != 0 ? result * 5 : result) + (flag ? 1 : 0);
      },
      [](Random& random) { return std::tuple(any<std::uint16_t>(random), random.one_in(2)); });
}

void add_logic(Programs& programs) {
  add(
      programs, "and_skips_a_fault",
      [](Code code, DynamicIn<int> in, Value<int64_t> at) {
        auto result = code.variable(0);
        if (auto _ = code.when(at >= 0 && at < in.size() && in[at] > 5)) result = 1;
        if (auto _ = code.when(at < 0 || at >= in.size() || in[at] < 3)) result += 2;
        return result;
      },
      [](std::span<const int> in, int64_t at) {
        const bool is_inside = at >= 0 && at < std::ssize(in);
        const int x = is_inside ? in[static_cast<std::size_t>(at)] : 0;
        return (is_inside && x > 5 ? 1 : 0) + (!is_inside || x < 3 ? 2 : 0);
      },
      [](Random& random) {
        return std::tuple(array_between<int>(random, between<std::size_t>(random, 0, 6), 0, 9),
                          between<int64_t>(random, -3, 8));
      });
  add(
      programs, "division_behind_or",
      [](Code code, Value<int> a, Value<int> b) {
        auto result = code.variable(a == 0 || b == 0 || a / b + b / a == 1);
        if (auto _ = code.when((b != 0 && a % b == 0) || (a != 0 && b % a == 0))) result = !result;
        return result;
      },
      [](int a, int b) {
        const bool result = a == 0 || b == 0 || a / b + b / a == 1;
        return (b != 0 && a % b == 0) || (a != 0 && b % a == 0) ? !result : result;
      },
      [](Random& random) { return std::tuple(between<int>(random, -6, 6), between<int>(random, -6, 6)); });
  add(
      programs, "insertion_sort",
      [](Code code, DynamicInOut<int> data) {
        for (auto i : code.range(int64_t{1}, data.size())) {
          auto value = data[i];
          auto j = code.variable(i);
          for ([[maybe_unused]] auto _ : code.loop_while([&] { return j > 0 && data[j - 1] > value; })) {
            data[j] = data[j - 1];
            --j;
          }
          data[j] = value;
        }
      },
      [](std::span<int> data) { std::ranges::sort(data); },
      [](Random& random) { return std::tuple(any_array<int>(random, between<std::size_t>(random, 0, 25))); });
}

void add_selections(Programs& programs) {
  add(
      programs, "selections",
      [](Code code, In<std::int16_t> in, Out<int> out, int low, int high) {
        for (auto i : code.range(in.size())) {
          auto x = in[i];
          out[i * 6] = clamp(x, low, high);
          out[i * 6 + 1] = abs(x);
          out[i * 6 + 2] = select(x > 7, x, -1);
          out[i * 6 + 3] = saturate_cast<std::uint8_t>(x);
          out[i * 6 + 4] = saturate_cast<std::int8_t>(x) - cast<std::int8_t>(x);
          out[i * 6 + 5] = min(max(x, std::int16_t{3}), std::int16_t{90});
        }
      },
      [](std::span<const std::int16_t> in, std::span<int> out, int low, int high) {
        for (std::size_t i = 0; i < in.size(); ++i) {
          const int x = in[i];
          out[i * 6] = std::min(std::max(x, low), high);
          out[i * 6 + 1] = x < 0 ? -x : x;
          out[i * 6 + 2] = x > 7 ? x : -1;
          out[i * 6 + 3] = std::clamp(x, 0, 255);
          out[i * 6 + 4] = std::clamp(x, -128, 127) - static_cast<std::int8_t>(x);
          out[i * 6 + 5] = std::clamp(x, 3, 90);
        }
      },
      [](Random& random) {
        return std::tuple(any_array<std::int16_t>(random, 11), any_array<int>(random, 66), -100, 1000);
      });
  add(
      programs, "variables_and_their_copies",
      [](Code code, Value<int> x, Value<int> y) {
        auto a = code.variable(x);
        auto b = a;
        a += 5;
        auto c = code.variable<std::int8_t>(a);
        if (auto _ = code.when(b < y)) std::swap(a, b);
        b = a = a + c;
        c <<= 1;
        ++b;
        const auto before = b++;
        const auto old = c--;
        return a * 10000 + b * 100 + c + (before - old);
      },
      [](int x, int y) {
        int b = x, a = x + 5;
        auto c = static_cast<std::int8_t>(a);
        if (b < y) std::swap(a, b);
        b = a = a + c;
        c = static_cast<std::int8_t>(c << 1);
        ++b;
        const int before = b++;
        const int old = c;
        c = static_cast<std::int8_t>(c - 1);
        return a * 10000 + b * 100 + c + (before - old);
      },
      [](Random& random) { return std::tuple(between<int>(random, -999, 999), between<int>(random, -999, 999)); });
}

}  // namespace

void add_branches(Programs& programs) {
  add_chains(programs);
  add_logic(programs);
  add_selections(programs);
}

}  // namespace cogent::witness
