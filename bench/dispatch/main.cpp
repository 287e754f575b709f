// Branching on a byte: comparisons against tables, for more and more values and for three kinds of input. For the
// thresholds of src/analysis/dispatch.cpp. The inputs are the same in each round, so that predictors learn parts of the
// random ones.
#include <cogent/cogent.h>

#include <cstdio>
#include <random>
#include <string>

#include "../../examples/support/interleaved_rounds.h"

namespace bench {
namespace {

using namespace cogent;
using Bytes = std::vector<std::uint8_t>;
using Values = std::vector<int>;
using examples::Contender;
using examples::Times;

constexpr int rounds = 300;
constexpr std::size_t input_size = 4096;
constexpr int first_unseen = 128;  // no input has these bytes: they make a table of few values a longer one

// ---- one target for each value

/// Compares with the values from first to last - 1 by a tree, whose leaves have two of them.
template <class X>
void compare(GeneratedCodeBlock& code, const X& x, InOut<int> counts, const Values& values, std::size_t first,
             std::size_t last) {
  if (last - first > 2) {
    const std::size_t middle = first + (last - first) / 2;
    if (auto _ = code.when(x < values[middle])) compare(code, x, counts, values, first, middle);
    if (auto _ = code.otherwise()) compare(code, x, counts, values, middle, last);
    return;
  }
  if (auto _ = code.when(x == values[first])) counts[values[first]] += 1;
  if (last - first == 1) return;
  if (auto _ = code.otherwise_when(x == values[first + 1])) counts[values[first + 1]] += 1;
}

const GeneratedFunction by_comparing("by_comparing", [](GeneratedCodeBlock& code, In<std::uint8_t> in,
                                                        InOut<int> counts, Values values) {
  for (auto i : code.range(in.size())) compare(code, in[i], counts, values, 0, values.size());
});
const GeneratedFunction by_cases("by_cases",
                                 [](GeneratedCodeBlock& code, In<std::uint8_t> in, InOut<int> counts, Values values) {
                                   for (auto i : code.range(in.size()))
                                     for (int v : code.cases(in[i], values)) counts[v] += 1;
                                 });

// ---- two targets

/// The bytes of the ranges [values[k], values[k] + 3].
bool is_member(const Values& values, int byte) {
  return std::ranges::any_of(values, [&](int first) { return byte >= first && byte < first + 4; });
}

const GeneratedFunction by_comparing_ranges("by_comparing_ranges", [](GeneratedCodeBlock& code, In<std::uint8_t> in,
                                                                      InOut<int> counts, Values values) {
  for (auto i : code.range(in.size()))
    for (int _ : code.unroll(1)) {
      const auto x = in[i];
      for (int first : values)
        if (auto within = code.when(cast<unsigned>(x - first) < 4u)) {
          counts[1] += 1;
          if (code.breaks()) break;
        }
      counts[_] += 1;
    }
});
const GeneratedFunction by_bytes("by_bytes",
                                 [](GeneratedCodeBlock& code, In<std::uint8_t> in, InOut<int> counts, Values values) {
                                   auto i = code.variable(std::int64_t{0});
                                   for (int state : code.states(3, 0)) {
                                     if (state == 0) {
                                       if (auto _ = code.when(i == in.size()))
                                         if (code.leave()) break;
                                       const auto x = in[i];
                                       i += 1;
                                       if (code.go(x, [&](int byte) { return is_member(values, byte) ? 1 : 2; }))
                                         continue;
                                     }
                                     counts[state == 1 ? 1 : 0] += 1;
                                     if (code.go(0)) continue;
                                   }
                                 });

// ---- inputs

Bytes random_input(const Values& values, bool is_skewed) {
  std::mt19937 random(7);
  Bytes input(input_size);
  for (auto& byte : input)
    byte =
        static_cast<std::uint8_t>(is_skewed && random() % 16 != 0 ? values.back() : values[random() % values.size()]);
  return input;
}
Bytes periodic_input(const Values& values) {
  Bytes input(input_size);
  for (std::size_t i = 0; i < input.size(); ++i) input[i] = static_cast<std::uint8_t>(values[i * 3 % values.size()]);
  return input;
}

/// The values and some that never come.
Values padded(Values values, int count, int distance) {
  for (int i = 0; i < count; ++i) values.push_back(first_unseen + i * distance);
  return values;
}

template <class F>
Contender contender(const F& function, const Bytes& input, std::vector<int>& counts, const Values& values) {
  return {[&, specialised = function.specialize(input, counts, values), values] {
    specialised(std::span<const std::uint8_t>(input), std::span<int>(counts), values);
  }};
}

void measure(const std::string& name, const Values& values, bool has_two_targets) {
  const std::pair<const char*, Bytes> inputs[] = {{"random", random_input(values, false)},
                                                  {"skewed", random_input(values, true)},
                                                  {"periodic", periodic_input(values)}};
  for (const auto& [kind, input] : inputs) {
    std::vector<int> counts(256);
    Bytes bytes = input;
    if (has_two_targets)  // half of them outside of the ranges
      for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] += i * i % 7 < 3 ? 4 : 0;
    const Contender contenders[] = {
        has_two_targets ? contender(by_comparing_ranges, bytes, counts, values)
                        : contender(by_comparing, bytes, counts, values),
        has_two_targets ? contender(by_bytes, bytes, counts, padded(values, 4, 8))
                        : contender(by_cases, bytes, counts, padded(values, 8, 1)),
        has_two_targets ? contender(by_bytes, bytes, counts, values) : contender(by_cases, bytes, counts, values)};
    const std::vector<Times> times = examples::time_in_turn(contenders, rounds);
    const auto nanoseconds = [&](int i) { return times[static_cast<std::size_t>(i)].minimum * 1000 / input_size; };
    std::printf("dispatch/%-14s %-9s %6.2f %6.2f %6.2f\n", name.c_str(), kind, nanoseconds(0), nanoseconds(1),
                nanoseconds(2));
  }
}

void measure_all() {
  const examples::PinnedToOneCore pinned;
  std::puts("ns a byte, least of the rounds:  compared  table  chosen");
  for (const int distance : {1, 9})
    for (const int count : {2, 3, 4, 5, 6, 8, 12}) {
      Values values;
      for (int i = 0; i < count; ++i) values.push_back(i * distance + 3);
      measure((distance == 1 ? "dense_" : "apart_") + std::to_string(count), values, false);
    }
  for (const int count : {1, 2, 3, 4, 6, 8}) {
    Values values;
    for (int i = 0; i < count; ++i) values.push_back(i * 12 + 5);
    measure("ranges_" + std::to_string(count), values, true);
  }
}

}  // namespace
}  // namespace bench

int main() {
  bench::measure_all();
  return 0;
}
