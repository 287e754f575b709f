// Generates bodies of 10 to 100000 operations and fits a power of their number to the times.
#include <cogent/cogent.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <span>
#include <vector>

#include "bench/growth/growth.h"

namespace {

using namespace cogent;
using Code = GeneratedCodeBlock&;

// Each body has about `operations` of them; `version` makes it a new one.
using Body = GeneratedFunction<Value<int>(DynamicInOut<int>, Value<int>, int, int)>;

const Body straight("straight",
                    [](Code code, DynamicInOut<int>, Value<int> x, int operations, int version) -> Value<int> {
                      auto sum = code.variable(x + version);
                      for (int k = 0; k < operations / 3; ++k) sum = (sum * 3 + k) ^ x;
                      return sum;
                    });

const Body branches("branches",
                    [](Code code, DynamicInOut<int>, Value<int> x, int operations, int version) -> Value<int> {
                      auto sum = code.variable(version);
                      for (int k = 0; k < operations / 4; ++k)
                        if (auto _ = code.when((x & (k + 1)) == k)) sum += x * k;
                      return sum;
                    });

const Body loops("loops", [](Code code, DynamicInOut<int>, Value<int> x, int operations, int version) -> Value<int> {
  auto sum = code.variable(version);
  for (int k = 0; k < operations / 4; ++k)
    for (auto i : code.range(x)) sum = (sum ^ i) * k;
  return sum;
});

const Body accesses("accesses",
                    [](Code code, DynamicInOut<int> memory, Value<int> x, int operations, int version) -> Value<int> {
                      auto sum = code.variable(version);
                      for (int k = 0; k < operations / 4; ++k) {
                        sum += memory[x + k % 97];
                        memory[x + k % 89] = sum;
                      }
                      return sum;
                    });

// Rows of an array, whose beginnings are computed before their loops.
const Body rows("rows",
                [](Code code, DynamicInOut<int> memory, Value<int> x, int operations, int version) -> Value<int> {
                  auto sum = code.variable(version);
                  for (int k = 0; k < operations / 6; ++k)
                    for (auto i : code.range(x)) {
                      sum += memory[x * k + i];
                      memory[x * 3 + i] = sum;
                    }
                  return sum;
                });

// Loops and branches within each other, 24 deep, again and again.
void nest(Code code, Variable<int>& sum, const Value<int>& x, int& left, int depth) {
  if (left < 4 || depth == 24) return;
  left -= 4;
  if (auto _ = code.when((sum & left) != x)) {
    sum += left;
    for (auto i : code.range(x)) {
      sum ^= i;
      nest(code, sum, x, left, depth + 1);
    }
  }
}
const Body nesting("nesting",
                   [](Code code, DynamicInOut<int>, Value<int> x, int operations, int version) -> Value<int> {
                     auto sum = code.variable(version);
                     for (int left = operations; left >= 4;) nest(code, sum, x, left, 0);
                     return sum;
                   });

/// The processor's time: what takes milliseconds is interrupted.
double microseconds_of_this_thread() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// In microseconds, the least of several.
double time_to_generate(const Body& body, int operations) {
  static int version = 0;
  std::vector<int> memory(2000);
  const int rounds = std::clamp(200'000 / operations, 3, 200);
  double least = std::numeric_limits<double>::infinity();
  for (int round = 0; round < rounds; ++round) {
    const double begin = microseconds_of_this_thread();
    static_cast<void>(body.specialize(memory, 1, operations, ++version));
    least = std::min(least, microseconds_of_this_thread() - begin);
  }
  return least;
}

struct Point {
  double operations, microseconds;
};

/// The exponent of the power that fits best: the slope of the logarithms, by least squares.
double exponent_of(std::span<const Point> points) {
  double x = 0, y = 0, xx = 0, xy = 0;
  for (const Point& point : points) {
    const double u = std::log(point.operations), v = std::log(point.microseconds);
    x += u;
    y += v;
    xx += u * u;
    xy += u * v;
  }
  const auto n = static_cast<double>(points.size());
  return (n * xy - x * y) / (n * xx - x * x);
}

constexpr int sizes[] = {10, 30, 100, 300, 1000, 3000, 10'000, 30'000, 100'000};
constexpr std::size_t first_of_fit = 4;  // below, what every generation costs counts

void show(const char* name, const Body& body) {
  std::vector<Point> points;
  std::printf("  %-9s", name);
  for (const int operations : sizes) {
    points.push_back({static_cast<double>(operations), time_to_generate(body, operations)});
    std::printf(" %8.1f", points.back().microseconds);
  }
  const double exponent = exponent_of(std::span(points).subspan(first_of_fit));
  std::printf("   %5.0f ns an operation, ~ n^%.2f   <= 1.1 %s\n",
              1000 * points.back().microseconds / points.back().operations, exponent,
              exponent <= 1.1 ? "met" : "MISSED");
}

}  // namespace

void show_generation() {
  std::puts("Time to generate, in microseconds; the fit is from 1000 operations on");
  std::printf("  %-9s", "of");
  for (const int operations : sizes) std::printf(" %8d", operations);
  std::puts("");
  show("straight", straight);
  show("branches", branches);
  show("loops", loops);
  show("accesses", accesses);
  show("rows", rows);
  show("nesting", nesting);
}
