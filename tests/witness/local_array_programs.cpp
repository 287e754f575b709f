// Programs that make arrays: tables of constants, and scratch memory, small and large, of numbers and of structs.
#include "witness/program.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;
using std::uint8_t;

constexpr int primes[] = {2, 3, 5, 7, 11, 13, -17};
constexpr bool truths[] = {true, false, false, true};

void add_tables(Programs& programs) {
  add(
      programs, "tables_by_number",
      [](Code code, In<std::int8_t> in, Out<int> out) {
        const auto numbers = code.table(std::span<const int>(primes));
        const auto answers = code.table(std::span<const bool>(truths));
        for (auto i : code.range(in.size())) out[i] = numbers[in[i]] + select(answers[in[i] & 3], 1000, 0);
      },
      [](std::span<const std::int8_t> in, std::span<int> out) {
        for (std::size_t i = 0; i < in.size(); ++i) {
          if (in[i] < 0 || in[i] >= std::ssize(primes)) throw ExpectedFault{};
          out[i] = primes[in[i]] + (truths[in[i] & 3] ? 1000 : 0);
        }
      },
      [](Random& random) {
        return std::tuple(array_between<std::int8_t>(random, 15, random.one_in(5) ? -1 : 0, random.one_in(5) ? 7 : 6),
                          any_array<int>(random, 15));
      });
  add(
      programs, "table_of_floats",
      [](Code code, In<uint8_t> in) {
        const std::vector<double> weights = {0.5, -1.25, 1e300, 0x1p-1074};
        const auto table = code.table(std::span<const double>(weights));
        auto sum = code.variable(0.0);
        for (auto i : code.range(in.size())) sum += table[in[i] >> 6];
        return sum;
      },
      [](std::span<const uint8_t> in) {
        const double weights[] = {0.5, -1.25, 1e300, 0x1p-1074};
        double sum = 0;
        for (const uint8_t x : in) sum += weights[x >> 6];
        return sum;
      },
      [](Random& random) { return std::tuple(any_array<uint8_t>(random, 9)); });
}

void add_scratch_of_numbers(Programs& programs) {
  add(
      programs, "counting_sort",
      [](Code code, InOut<uint8_t> data) {
        auto counts = code.scratch(256, 0);
        for (auto i : code.range(data.size())) counts[data[i]] += 1;
        auto next = code.variable(int64_t{0});
        for (auto value : code.range(256))
          for ([[maybe_unused]] auto _ : code.range(counts[value])) {
            data[next] = value;
            next += 1;
          }
      },
      [](std::span<uint8_t> data) { std::sort(data.begin(), data.end()); },
      [](Random& random) { return std::tuple(any_array<uint8_t>(random, 33)); });
  add(
      programs, "large_scratch_that_is_filled",
      [](Code code, Value<int64_t> at, Value<double> x) {
        auto rows = code.scratch(3000, 0.25);
        rows[at] = x;
        auto sum = code.variable(0.0);
        for (auto i : code.range(rows.size() / 1000)) sum += rows[i * 1000 + 7];
        return sum;
      },
      [](int64_t at, double x) {
        if (at < 0 || at >= 3000) throw ExpectedFault{};
        double sum = 0;
        for (int64_t i = 7; i < 3000; i += 1000) sum += at == i ? x : 0.25;
        return sum;
      },
      [](Random& random) {
        return std::tuple(random.one_in(2) ? int64_t{1007} : between<int64_t>(random, -1, 3000),
                          static_cast<double>(random.between(-9, 9)));
      });
}

struct Range {
  int low, high;
  bool operator==(const Range&) const = default;
};

void add_scratch_of_structs(Programs& programs) {
  add(
      programs, "ranges_by_class",
      [](Code code, In<int> in, Out<Range> out, Value<int64_t> classes) {
        auto ranges = code.scratch(6, Range{100, -100});
        for (auto i : code.range(in.size())) {
          auto which = i % classes;
          field<&Range::low>(ranges[which]) = min(field<&Range::low>(ranges[which]), in[i]);
          field<&Range::high>(ranges[which]) = max(field<&Range::high>(ranges[which]), in[i]);
        }
        for (auto i : code.range(out.size())) out[i] = ranges[i];
      },
      [](std::span<const int> in, std::span<Range> out, int64_t classes) {
        std::vector<Range> ranges(6, Range{100, -100});
        for (int64_t i = 0; i < std::ssize(in); ++i) {
          if (classes == 0 || i % classes >= 6) throw ExpectedFault{};
          Range& range = ranges[static_cast<std::size_t>(i % classes)];
          const int x = in[static_cast<std::size_t>(i)];
          range = {std::min(range.low, x), std::max(range.high, x)};
        }
        std::copy(ranges.begin(), ranges.end(), out.begin());
      },
      [](Random& random) {
        GuardedArray<Range> out(6);
        for (Range& range : out.span()) range = {any<int>(random), any<int>(random)};
        return std::tuple(array_between<int>(random, 20, -90, 90), out, between<int64_t>(random, 0, 7));
      });
}

}  // namespace

void add_local_arrays(Programs& programs) {
  add_tables(programs);
  add_scratch_of_numbers(programs);
  add_scratch_of_structs(programs);
}

}  // namespace cogent::witness
