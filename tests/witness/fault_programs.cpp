// Programs that sometimes fail: what came before the error has been done, and nothing after it.
#include "witness/program.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;

std::size_t checked(int64_t index, std::size_t size) {
  if (index < 0 || index >= static_cast<int64_t>(size)) throw ExpectedFault{};
  return static_cast<std::size_t>(index);
}

void add_index_faults(Programs& programs) {
  add(
      programs, "gather",
      [](Code code, In<int> table, In<std::int8_t> indexes, Out<int> out) {
        for (auto i : code.range(indexes.size())) out[i] = table[indexes[i]];
      },
      [](std::span<const int> table, std::span<const std::int8_t> indexes, std::span<int> out) {
        for (std::size_t i = 0; i < indexes.size(); ++i) out[i] = table[checked(indexes[i], table.size())];
      },
      [](Random& random) {
        return std::tuple(any_array<int>(random, 17),
                          array_between<std::int8_t>(random, 12, random.one_in(3) ? -1 : 0, random.one_in(3) ? 17 : 16),
                          any_array<int>(random, 12));
      });
  add(
      programs, "scatter_of_sums",
      [](Code code, DynamicIn<std::uint8_t> in, DynamicInOut<std::uint32_t> histogram) {
        for (auto i : code.range(in.size())) histogram[in[i]] += 1;
      },
      [](std::span<const std::uint8_t> in, std::span<std::uint32_t> histogram) {
        for (const std::uint8_t x : in) ++histogram[checked(x, histogram.size())];
      },
      [](Random& random) {
        return std::tuple(array_between<std::uint8_t>(random, between<std::size_t>(random, 0, 40), 0, 30),
                          any_array<std::uint32_t>(random, random.one_in(2) ? 31 : 29));
      });
  add(
      programs, "different_dynamic_sizes",
      [](Code code, DynamicIn<std::uint16_t> a, DynamicIn<std::uint16_t> b, DynamicOut<std::uint16_t> out) {
        for (auto i : code.range(out.size())) {
          out[i] = a[i] * 2u + b[out.size() - 1 - i];
          if (auto _ = code.when(a[i] == 3)) out[i + 1] = 7;
        }
      },
      [](std::span<const std::uint16_t> a, std::span<const std::uint16_t> b, std::span<std::uint16_t> out) {
        for (std::size_t i = 0; i < out.size(); ++i) {
          const unsigned x = a[checked(static_cast<int64_t>(i), a.size())];
          out[i] =
              static_cast<std::uint16_t>(x * 2u + b[checked(std::ssize(out) - 1 - static_cast<int64_t>(i), b.size())]);
          if (x == 3) out[checked(static_cast<int64_t>(i) + 1, out.size())] = 7;
        }
      },
      [](Random& random) {
        const int64_t size = between<int64_t>(random, 0, 9);
        const auto near = [&] {
          return static_cast<std::size_t>(size + random.between(0, 5) / 5 * random.between(0, 1));
        };
        return std::tuple(array_between<std::uint16_t>(random, near(), 0, 6),
                          array_between<std::uint16_t>(random, near(), 0, 6), any_array<std::uint16_t>(random, near()));
      });
}

void add_other_faults(Programs& programs) {
  add(
      programs, "quotients",
      [](Code code, In<int> a, In<int> b, Out<int> out) {
        for (auto i : code.range(a.size())) {
          out[i] = a[i] / b[i];
          out[i] += a[i] % b[i] * 100;
        }
      },
      [](std::span<const int> a, std::span<const int> b, std::span<int> out) {
        for (std::size_t i = 0; i < a.size(); ++i) {
          if (b[i] == 0) throw ExpectedFault{};
          out[i] = a[i] / b[i];
          out[i] += a[i] % b[i] * 100;
        }
      },
      [](Random& random) {
        return std::tuple(array_between<int>(random, 14, -5000, 5000),
                          array_between<int>(random, 14, random.one_in(2) ? 1 : -20, 20), any_array<int>(random, 14));
      });
  add(
      programs, "requirements",
      [](Code code, In<std::int8_t> in, Out<int> out, Value<int> limit) {
        auto sum = code.variable(0);
        for (auto i : code.range(in.size())) {
          sum += in[i];
          out[i] = sum;
          code.require(sum < limit, "the sum stays small");
        }
        return sum;
      },
      [](std::span<const std::int8_t> in, std::span<int> out, int limit) {
        int sum = 0;
        for (std::size_t i = 0; i < in.size(); ++i) {
          out[i] = sum += in[i];
          if (sum >= limit) throw ExpectedFault{};
        }
        return sum;
      },
      [](Random& random) {
        return std::tuple(any_array<std::int8_t>(random, 10), any_array<int>(random, 10),
                          between<int>(random, -100, 400));
      });
  add(
      programs, "unused_results_fault_as_well",
      [](Code code, DynamicIn<int> in, Value<int64_t> at, Value<int> divisor, Out<int> out) {
        out[0] = 1;
        in[at];
        out[1] = 2;
        auto unused = 10 / divisor;
        out[2] = 3;
        if (auto _ = code.when(at == 2)) out[3] = in[at + 1] + unused;
      },
      [](std::span<const int> in, int64_t at, int divisor, std::span<int> out) {
        out[0] = 1;
        checked(at, in.size());
        out[1] = 2;
        if (divisor == 0) throw ExpectedFault{};
        out[2] = 3;
        if (at == 2) out[3] = in[checked(at + 1, in.size())] + 10 / divisor;
      },
      [](Random& random) {
        return std::tuple(array_between<int>(random, 3 + random.bits() % 2, -9, 9), between<int64_t>(random, -1, 4),
                          between<int>(random, -2, 2), any_array<int>(random, 4));
      });
}

}  // namespace

void add_faults(Programs& programs) {
  add_index_faults(programs);
  add_other_faults(programs);
}

}  // namespace cogent::witness
