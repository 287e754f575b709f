// What structs may consist of and where they may stand: many members, arrays of structs, results, tables, select.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <vector>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;
using std::uint8_t;

struct Point {
  int x, y;
  bool operator==(const Point&) const = default;
};
struct Box {
  Point corners[2];
  std::array<Point, 2> holes;
  short grid[2][3];
  bool is_open;
  bool operator==(const Box&) const = default;
};
struct Wide {
  int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t;
  bool operator==(const Wide&) const = default;
};

static_assert(detail::member_count<Point> == 2);
static_assert(detail::member_count<Box> == 4);
static_assert(detail::member_count<Wide> == 20);
static_assert(detail::leaf_count<Box>() == 4 + 4 + 6 + 1);

TEST(StructShapes, HoldArraysOfStructs) {
  const GeneratedFunction f("f", [](Code code, InOut<Box> boxes, Value<Point> shift) {
    for (auto i : code.range(boxes.size())) {
      field<&Point::x>(field<&Box::corners>(boxes[i])[1]) += field<&Point::x>(shift);
      field<&Box::holes>(boxes[i])[0] = shift;
      field<&Box::grid>(boxes[i])[1][2] = field<&Box::grid>(boxes[i])[0][1] + 1;
      field<&Box::is_open>(boxes[i]) = field<&Point::y>(field<&Box::corners>(boxes[i])[0]) > 1;
    }
    auto copy = code.variable(boxes[0]);
    field<&Box::corners>(copy)[0] = make<Point>(7, field<&Point::y>(field<&Box::corners>(copy)[1]));
    boxes[1] = copy;
  });
  std::vector<Box> boxes = {{{{1, 2}, {3, 4}}, {{{5, 6}, {7, 8}}}, {{1, 2, 3}, {4, 5, 6}}, false}, {}};
  f.run_checked(boxes, Point{10, 20});
  const Box first{{{1, 2}, {13, 4}}, {{{10, 20}, {7, 8}}}, {{1, 2, 3}, {4, 5, 3}}, true};
  Box second = first;
  second.corners[0] = {7, 4};
  EXPECT_EQ(first, boxes[0]);
  EXPECT_EQ(second, boxes[1]);
}

TEST(StructShapes, HaveManyMembers) {
  const GeneratedFunction f("f", [](Code, InOut<Wide> all) { field<&Wide::t>(all[0]) = field<&Wide::q>(all[0]) * 2; });
  std::vector<Wide> all(1);
  all[0].q = 21;
  f.run_checked(all);
  EXPECT_EQ(42, all[0].t);
}

struct Histogram {
  char tag;
  short counts[5];
  Point marks[3];
  int total;
  bool operator==(const Histogram&) const = default;
};

TEST(StructShapes, TakeComputedIndexesIntoArraysWithinElements) {
  const GeneratedFunction f("f", [](Code code, In<uint8_t> in, InOut<Histogram> out, Value<int64_t> which) {
    for (auto i : code.range(in.size())) {
      field<&Histogram::counts>(out[which])[in[i]] += 1;
      field<&Histogram::total>(out[which]) += 1;
    }
    for (auto k : code.range(3)) {
      field<&Point::y>(field<&Histogram::marks>(out[1])[k]) = field<&Histogram::counts>(out[0])[k] * 10;
      field<&Histogram::marks>(out[0])[2 - k] = field<&Histogram::marks>(out[1])[k];
    }
  });
  const std::vector<uint8_t> in = {1, 4, 1, 2};
  std::vector<Histogram> made(2), checked(2);
  made[1].marks[2].x = checked[1].marks[2].x = 77;
  f(in, made, 0);
  f.run_checked(in, checked, 0);
  EXPECT_EQ(made, checked);
  EXPECT_EQ(2, made[0].counts[1]);
  EXPECT_EQ(1, made[0].counts[4]);
  EXPECT_EQ(4, made[0].total);
  EXPECT_EQ((Point{77, 10}), made[0].marks[0]);
  EXPECT_EQ((Point{0, 20}), made[1].marks[1]);
  for (const auto run : {0, 1}) {
    try {
      const std::vector<uint8_t> outside = {1, 5};
      run == 0 ? f(outside, made, 1) : f.run_plain(outside, made, 1);
      ADD_FAILURE() << "no error";
    } catch (const RunTimeError& error) {
      EXPECT_NE(
          std::string(error.what()).find("index 5 is outside of an array within the elements of out, which has 5"),
          std::string::npos)
          << error.what();
    }
  }
  EXPECT_THROW(f(in, made, 2), RunTimeError);
}

TEST(StructShapes, TakeComputedIndexesIntoArraysWithinElementsOfGrids) {
  const GeneratedFunction f("f", [](Code code, DynamicInOut<Box, 2> boxes, Value<int> k) {
    for (auto y : code.range(boxes.extent(0))) {
      auto before = field<&Box::grid>(boxes(y, 1))[k][2];
      field<&Box::grid>(boxes(y, 0))[1][k] += before;
      field<&Point::x>(field<&Box::holes>(boxes(y, 0))[k]) = before + 1;
    }
  });
  Box boxes[2][2] = {}, expected[2][2] = {};
  boxes[1][1].grid[1][2] = expected[1][1].grid[1][2] = 9;
  expected[1][0].grid[1][1] = 9;
  expected[1][0].holes[1].x = 10;
  expected[0][0].holes[1].x = 1;
  f.run_checked(boxes, 1);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(expected[i / 2][i % 2], boxes[i / 2][i % 2]) << i;
  EXPECT_THROW(f(boxes, 2), RunTimeError);
  EXPECT_THROW(f.run_plain(boxes, -1), RunTimeError);
}

TEST(StructShapes, OfParametersLeaveTheArraysBehindThemInPlace) {
  const GeneratedFunction f("f", [](Code code, Value<Point> a, DynamicIn<int, 2> grid, Value<Point> b, Value<int> n) {
    auto sum = code.variable(field<&Point::x>(a) + field<&Point::y>(b) * n);
    for (auto y : code.range(grid.extent(0))) sum += grid(y, 1);
    return Value<int>(sum);
  });
  const int grid[2][2] = {{1, 2}, {3, 4}};
  EXPECT_EQ(1 + 4 * 5 + 6, f(Point{1, 2}, grid, Point{3, 4}, 5));
  EXPECT_EQ(1 + 4 * 5 + 6, f.run_checked(Point{1, 2}, grid, Point{3, 4}, 5));
  const std::string recorded = f.get_program(Point{1, 2}, grid, Point{3, 4}, 5);
  const std::string optimized = f.get_program(Stage::Optimized, Point{1, 2}, grid, Point{3, 4}, 5);
  EXPECT_EQ(recorded.substr(0, recorded.find('{')), optimized.substr(0, optimized.find('{')));
}

// ---- results

const GeneratedFunction middle("middle", [](Code code, Value<Point> a, Value<Point> b) -> Value<Point> {
  if (auto _ = code.when(field<&Point::x>(a) == field<&Point::x>(b))) code.returns(Point{0, -1});
  return make<Point>((field<&Point::x>(a) + field<&Point::x>(b)) / 2, (field<&Point::y>(a) + field<&Point::y>(b)) / 2);
});

TEST(StructResults, ReachTheCaller) {
  const Point a{2, 4}, b{6, 10};
  EXPECT_EQ((Point{4, 7}), middle(a, b));
  EXPECT_EQ((Point{4, 7}), middle.run_plain(a, b));
  EXPECT_EQ((Point{4, 7}), middle.run_checked(a, b));
  EXPECT_EQ((Point{0, -1}), middle(a, Point{2, 9}));
  EXPECT_EQ((Point{0, -1}), middle.run_checked(a, Point{2, 9}));
  const auto special = middle.specialize(a, b);
  EXPECT_EQ((Point{4, 7}), special(a, b));
  EXPECT_NE(std::string::npos, middle.get_source(a, b).find("member_at<int>(")) << middle.get_source(a, b);
}

Point swapped(Point point) { return {point.y, point.x}; }

TEST(StructResults, OfCalls) {
  const GeneratedFunction f("f", [](Code code, In<Point> points) -> Value<Point> {
    auto between = code.call(middle, points[0], points[1]);
    auto turned = code.call(swapped, between);
    auto sum = code.variable(turned);
    for (auto i : code.range(points.size())) {
      auto next = code.call(middle, sum, points[i]);
      sum = next;
    }
    return sum;
  });
  const std::vector<Point> points = {{2, 4}, {6, 10}};
  const Point expected = f.run_plain(points);
  EXPECT_EQ((Point{5, 7}), expected);
  EXPECT_EQ(expected, f(points));
  EXPECT_EQ(expected, f.run_checked(points));
}

TEST(StructResults, OfRecursion) {
  const GeneratedFunction f("f", [](Code code, Value<int> n) -> Value<Point> {
    if (auto _ = code.when(n <= 1)) code.returns(make<Point>(1, n));
    auto before = code.recurse<Point>(n - 1);
    return make<Point>(field<&Point::x>(before) + field<&Point::y>(before), field<&Point::x>(before));
  });
  EXPECT_EQ((Point{89, 55}), f(10));
  EXPECT_EQ((Point{89, 55}), f.run_plain(10));
  EXPECT_EQ((Point{8, 5}), f.run_checked(5));
}

TEST(StructResults, MustBeOfTheFunctionsType) {
  const GeneratedFunction other("other", [](Code code, Value<int> n) -> Value<Point> {
    code.returns(Wide{});
    return make<Point>(n, n);
  });
  const GeneratedFunction none("none", [](Code code, Value<int>) { code.returns(Point{1, 2}); });
  const GeneratedFunction missing("missing", [](Code code, Value<int> n) -> Value<Point> {
    code.returns();
    return make<Point>(n, n);
  });
  EXPECT_THROW(other(1), GenerationError);
  EXPECT_THROW(none(1), GenerationError);
  EXPECT_THROW(missing(1), GenerationError);
  EXPECT_THROW(missing.run_plain(1), GenerationError);
}

// ---- tables and select

struct Rgb {
  uint8_t red, green, blue;
  bool operator==(const Rgb&) const = default;
};

TEST(StructTables, AreReadByRunTimeIndexes) {
  const GeneratedFunction paint("paint", [](Code code, In<uint8_t> in, Out<Rgb> out) {
    const auto palette = code.table({Rgb{1, 2, 3}, Rgb{10, 20, 30}, Rgb{100, 200, 255}});
    for (auto i : code.range(in.size())) out[i] = palette[in[i]];
    field<&Rgb::red>(out[0]) = palette.size();
  });
  std::vector<Rgb> out(2);
  paint.run_checked(std::vector<uint8_t>{1, 2}, out);
  paint(std::vector<uint8_t>{1, 2}, out);
  EXPECT_EQ((std::vector<Rgb>{{3, 20, 30}, {100, 200, 255}}), out);
  EXPECT_THROW(paint(std::vector<uint8_t>{1, 3}, out), RunTimeError);
  EXPECT_THROW(paint.run_plain(std::vector<uint8_t>{1, 3}, out), RunTimeError);
}

TEST(StructSelect, ChoosesMemberByMember) {
  const GeneratedFunction f("f", [](Code, In<Rgb> in, Out<Rgb> out, Value<int> x) {
    out[0] = select(x > 0, in[0], Rgb{9, 9, 9});
    out[1] = select(x > 5, Rgb{7, 7, 7}, out[0]);
  });
  std::vector<Rgb> out(2);
  f.run_checked(std::vector<Rgb>{{1, 2, 3}}, out, 3);
  EXPECT_EQ((std::vector<Rgb>{{1, 2, 3}, {1, 2, 3}}), out);
  f(std::vector<Rgb>{{1, 2, 3}}, out, 6);
  EXPECT_EQ((std::vector<Rgb>{{1, 2, 3}, {7, 7, 7}}), out);
  f.run_checked(std::vector<Rgb>{{1, 2, 3}}, out, 0);
  EXPECT_EQ((Rgb{9, 9, 9}), out[1]);
}

}  // namespace
}  // namespace cogent
