// Arrays of two and three dimensions, with gaps, of structs, tables and scratch memory as arguments of calls; structs
// as well. Each at every CPU level, in a plain run and in run_checked.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <numeric>

#include "unit/calls/levels.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;
using testing::at_every_level;

struct Point {
  int x, y;
  bool operator==(const Point&) const = default;
};
struct Line {
  Point begin, end;
  double width;
};

/// Runs a function in three ways on copies of an array and expects the same result and content.
template <class Function, class T, class... A>
void expect_everywhere(const Function& function, const std::vector<T>& before, const std::vector<T>& after,
                       auto&& result, auto&& as_argument, const A&... arguments) {
  at_every_level([&] {
    std::vector<T> made = before, plain = before, checked = before;
    EXPECT_EQ(result, function(as_argument(made), arguments...));
    EXPECT_EQ(result, function.run_plain(as_argument(plain), arguments...));
    EXPECT_EQ(result, function.run_checked(as_argument(checked), arguments...));
    EXPECT_EQ(after, made);
    EXPECT_EQ(after, plain);
    EXPECT_EQ(after, checked);
  });
}

const auto as_grid = [](std::vector<int>& memory) { return View<int, 2>(memory.data(), {2, 3}, 4); };

int sum_of_view(View<const int, 2> view) {
  int sum = 0;
  for (int64_t y = 0; y < view.extent(0); ++y)
    for (int64_t x = 0; x < view.extent(1); ++x) sum += view(y, x) * (y == 1 ? 100 : 1);
  return sum;
}
void double_all(View<int, 2> view) {
  for (int64_t y = 0; y < view.extent(0); ++y)
    for (int64_t x = 0; x < view.extent(1); ++x) view(y, x) *= 2;
}

TEST(CallShapes, CppFunctionsTakeViews) {
  const GeneratedFunction known("known", [](Code code, InOut<int, 2> grid) -> Value<int> {
    code.call(double_all, grid);
    auto sum = code.call(sum_of_view, grid);
    return sum;
  });
  const GeneratedFunction dynamic("dynamic", [](Code code, DynamicInOut<int, 2> grid) -> Value<int> {
    code.call(double_all, grid);
    auto sum = code.call(sum_of_view, grid);
    return sum;
  });
  const std::vector<int> before = {1, 2, 3, 9, 4, 5, 6}, after = {2, 4, 6, 9, 8, 10, 12};
  expect_everywhere(known, before, after, 3012, as_grid);
  expect_everywhere(dynamic, before, after, 3012, as_grid);
}

const GeneratedFunction add_to_rows("add_to_rows", [](Code code, InOut<int, 2> grid, Value<int> number) {
  for (auto y : code.range(grid.extent(0)))
    for (auto x : code.range(grid.extent(1))) grid(y, x) += number;
});
const GeneratedFunction last_of("last_of", [](Code, DynamicIn<int, 2> grid) -> Value<int> {
  return grid(grid.extent(0) - 1, grid.extent(1) - 1);
});
const GeneratedFunction cube_sum("cube_sum", [](Code code, DynamicIn<int, 3> cube, In<int, 3> same) -> Value<int> {
  auto sum = code.variable(0);
  for (auto z : code.range(cube.extent(0)))
    for (auto y : code.range(cube.extent(1)))
      for (auto x : code.range(cube.extent(2))) sum = sum * 2 + cube(z, y, x) - same(z, y, x) / 2;
  return sum;
});

TEST(CallShapes, GeneratedFunctionsTakeGrids) {
  const GeneratedFunction f("f", [](Code code, InOut<int, 2> grid) -> Value<int> {
    code.call(add_to_rows, grid, 5);
    auto last = code.call(last_of, grid);
    return last;
  });
  expect_everywhere(f, std::vector{1, 2, 3, 9, 4, 5, 6}, {6, 7, 8, 9, 9, 10, 11}, 11, as_grid);
  const GeneratedFunction of_three("of_three", [](Code code, InOut<int, 3> cube) -> Value<int> {
    auto sum = code.call(cube_sum, cube, cube);
    return sum;
  });
  std::vector<int> numbers(12);
  std::iota(numbers.begin(), numbers.end(), 0);
  const int expected = of_three.run_plain(View<int, 3>(numbers.data(), {2, 2, 2}, {6, 3, 1}));
  expect_everywhere(of_three, numbers, numbers, expected,
                    [](auto& memory) { return View<int, 3>(memory.data(), {2, 2, 2}, {6, 3, 1}); });
}

TEST(CallShapes, RecursionHandsGridsOn) {
  const GeneratedFunction known("known", [](Code code, InOut<int, 2> grid, Value<int64_t> row) -> Value<int> {
    auto sum = code.variable(0);
    if (auto _ = code.when(row < grid.extent(0))) {
      auto rest = code.recurse<int>(grid, row + 1);
      grid(row, 0) = rest;
      sum = rest + grid(row, 1);
    }
    return sum;
  });
  const GeneratedFunction dynamic("dynamic",
                                  [](Code code, DynamicInOut<int, 2> grid, Value<int64_t> row) -> Value<int> {
                                    auto sum = code.variable(0);
                                    if (auto _ = code.when(row < grid.extent(0))) {
                                      auto rest = code.recurse<int>(grid, row + 1);
                                      grid(row, 0) = rest;
                                      sum = rest + grid(row, 1);
                                    }
                                    return sum;
                                  });
  const std::vector<int> before = {1, 2, 3, 9, 4, 5, 6}, after = {5, 2, 3, 9, 0, 5, 6};
  expect_everywhere(known, before, after, 7, as_grid, int64_t{0});
  expect_everywhere(dynamic, before, after, 7, as_grid, int64_t{0});
}

const GeneratedFunction halve("halve", [](Code code, InOut<int> numbers) {
  for (auto i : code.range(numbers.size())) numbers[i] /= 2;
});

TEST(CallShapes, ArraysWithGapsKeepThem) {
  const GeneratedFunction f("f", [](Code code, InOut<int> numbers) -> Value<int> {
    code.call(halve, numbers);
    return numbers[2];
  });
  expect_everywhere(f, std::vector{10, 1, 20, 1, 30}, {5, 1, 10, 1, 15}, 15,
                    [](auto& memory) { return View<int>(memory.data(), {3}, {2}); });
  const GeneratedFunction g("g", [](Code code, InOut<int> numbers) -> Value<int> {
    auto sum = code.call(+[](std::span<const int> dense) { return dense[0]; }, numbers);
    return sum;
  });
  std::vector<int> memory(5);
  EXPECT_EQ(0, g(memory));
  EXPECT_THROW(g(View<int>(memory.data(), {3}, {2})), GenerationError);
  EXPECT_THROW(g.run_plain(View<int>(memory.data(), {3}, {2})), GenerationError);
}

int manhattan(const Point& point, const Line& line) {
  return std::abs(point.x - line.begin.x) + std::abs(point.y - line.end.y) + static_cast<int>(line.width);
}
void mirror(std::span<Point> points) {
  for (Point& point : points) std::swap(point.x, point.y);
}

TEST(CallShapes, StructsAndArraysOfStructs) {
  const GeneratedFunction f("f", [](Code code, InOut<Point> points, Value<Line> line) -> Value<int> {
    code.call(mirror, points);
    auto distance = code.call(manhattan, points[1], line);
    auto other = code.call(manhattan, make<Point>(distance, 1), Line{{1, 2}, {3, 4}, 5});
    auto best = code.variable(points[0]);
    field<&Point::x>(best) += 7;
    auto third = code.call(manhattan, best, line);
    return distance + other * 1000 + third * 1000000;
  });
  const Line line{{10, 20}, {30, 40}, 2.5};
  const int first = manhattan({4, 3}, line), other = manhattan({first, 1}, {{1, 2}, {3, 4}, 5});
  expect_everywhere(
      f, std::vector<Point>{{1, 2}, {3, 4}}, {{2, 1}, {4, 3}}, first + other * 1000 + manhattan({9, 1}, line) * 1000000,
      [](auto& memory) { return View<Point>(memory); }, line);
}

const GeneratedFunction length("length", [](Code, Value<Line> line, In<Point> points) -> Value<double> {
  return field<&Line::width>(line) + field<&Line::end, &Point::x>(line) - field<&Point::y>(points[points.size() - 1]);
});

TEST(CallShapes, GeneratedFunctionsTakeStructs) {
  const GeneratedFunction f("f", [](Code code, InOut<Point> points, Value<int> x) -> Value<double> {
    auto sum = code.variable(0.0);
    for (auto i : code.range(3)) {
      auto line = make<Line>(points[0], make<Point>(x + cast<int>(i), 2), 0.5);
      auto one = code.call(length, line, points);
      sum += one;
    }
    return sum;
  });
  expect_everywhere(
      f, std::vector<Point>{{1, 2}, {3, 4}}, {{1, 2}, {3, 4}}, 3 * 0.5 + 10 + 11 + 12 - 3 * 4.0,
      [](auto& memory) { return View<Point>(memory); }, 10);
  const GeneratedFunction walk("walk", [](Code code, InOut<Point> path, Value<Point> at) -> Value<int> {
    auto steps = code.variable(0);
    if (auto _ = code.when(field<&Point::x>(at) < 4)) {
      path[field<&Point::x>(at)] = at;
      auto rest = code.recurse<int>(path, make<Point>(field<&Point::x>(at) + 1, field<&Point::y>(at) * 2));
      steps = rest + 1;
    }
    return steps;
  });
  expect_everywhere(
      walk, std::vector<Point>(4), {{0, 0}, {1, 3}, {2, 6}, {3, 12}}, 3,
      [](auto& memory) { return View<Point>(memory); }, Point{1, 3});
}

int sum_of_span(std::span<const int> numbers) { return std::accumulate(numbers.begin(), numbers.end(), 0); }
const GeneratedFunction weighted("weighted", [](Code code, In<int> weights, InOut<int> numbers) {
  for (auto i : code.range(numbers.size())) numbers[i] *= weights[i];
});

TEST(CallShapes, TablesAndScratchMemory) {
  const GeneratedFunction f("f", [](Code code, InOut<int> out) -> Value<int> {
    auto weights = code.table({1, 10, 100});
    auto numbers = code.scratch(3, 2);
    auto points = code.scratch(2, Point{3, 4});
    code.call(weighted, weights, numbers);
    code.call(weighted, weights, out);
    code.call(mirror, points);
    auto sum = code.call(sum_of_span, numbers);
    return sum + field<&Point::x>(points[1]);
  });
  expect_everywhere(f, std::vector{1, 2, 3}, {1, 20, 300}, 226, [](auto& memory) { return View<int>(memory); });
}

TEST(CallShapes, ReadAsPlainCallsInPrintedSource) {
  const GeneratedFunction f("f", [](Code code, DynamicInOut<int, 2> grid, In<int, 2> known) {
    auto sum = code.call(sum_of_view, grid);
    grid(0, 0) = sum;
    auto other = code.call(sum_of_view, known);
    grid(0, 1) = other;
  });
  std::vector<int> memory(7);
  const std::string source = f.get_source(as_grid(memory), as_grid(memory));
  EXPECT_NE(source.npos, source.find("sum_of_view(grid, grid_extent0")) << source;
  EXPECT_NE(source.npos, source.find("sum_of_view(known, 2, 3, 4, 1)")) << source;
}

}  // namespace
}  // namespace cogent
