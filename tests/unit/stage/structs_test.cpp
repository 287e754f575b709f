// Views, structs, tables and scratch memory as a body uses them; every call is also checked against the plain run and
// the interpreter.
#include <cogent/cogent.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <vector>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;
using std::uint8_t;

struct Rgb {
  uint8_t red, green, blue;
  bool operator==(const Rgb&) const = default;
};
struct Point {
  float x, y;
};
struct Particle {
  Point place;
  double mass;
  short marks[3];
  bool is_fixed;
};

TEST(Views, OfRowsWithGaps) {
  const GeneratedFunction transpose("transpose", [](Code code, In<int, 2> in, Out<int, 2> out) {
    for (auto y : code.range(in.extent(0)))
      for (auto x : code.range(in.extent(1))) out(x, y) = in(y, x) + 1;
  });
  const std::vector<int> in = {1, 2, 3, -1, 4, 5, 6};
  int out[3][2] = {};
  transpose.run_checked(View(in.data(), {2, 3}, 4), View(out));
  EXPECT_EQ(2, out[0][0]);
  EXPECT_EQ(5, out[0][1]);
  EXPECT_EQ(7, out[2][1]);
}

TEST(Views, OfRangesKnowTheirElementsAndRank) {
  std::vector<int> numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  const std::vector<int>& read_only = numbers;
  const std::span span(numbers);
  const View rows(numbers, {2, 3}, 5);
  const View columns(numbers, {3, 2}, {1, 3});
  const View cube(span, {2, 3, 2});
  const View all(numbers);
  const View first(read_only, {2, 2});
  static_assert(std::is_same_v<decltype(rows), const View<int, 2>>);
  static_assert(std::is_same_v<decltype(columns), const View<int, 2>>);
  static_assert(std::is_same_v<decltype(cube), const View<int, 3>>);
  static_assert(std::is_same_v<decltype(all), const View<int, 1>>);
  static_assert(std::is_same_v<decltype(first), const View<const int, 2>>);
  EXPECT_EQ(7, rows(1, 1));
  EXPECT_EQ(6, columns(2, 1));
  EXPECT_EQ(12, cube(1, 2, 1));
  EXPECT_EQ(12, all.size());
  EXPECT_EQ(4, first(1, 1));
}

TEST(Views, OfRank1And3AndOfUnknownExtents) {
  const GeneratedFunction sum("sum", [](Code code, In<int> in, DynamicIn<short, 3> cube, DynamicInOut<int, 2> out) {
    auto total = code.variable(0);
    for (auto i : code.range(in.size())) total += in[i];
    for (auto z : code.range(cube.extent(0)))
      for (auto y : code.range(cube.extent(1)))
        for (auto x : code.range(cube.extent(2))) total += cube(z, y, x);
    out(out.extent(0) - 1, 0) += total;
    return Value<int64_t>(cast<int64_t>(total)) + cube.size();
  });
  const std::vector<int> numbers = {1, 100, 2, 100, 3};
  const short cube[2][1][3] = {{{1, 2, 3}}, {{4, 5, 6}}};
  int out[2][2] = {{1, 2}, {3, 4}};
  EXPECT_EQ(6 + 21 + 6, sum.run_checked(View(numbers.data(), {3}, {2}), View<const short, 3>(cube), View(out)));
  EXPECT_EQ(30, out[1][0]);
  EXPECT_EQ(27 + 6, sum(View(numbers.data(), {3}, {2}), View<const short, 3>(cube), View(out)));
}

TEST(Views, BeyondTwoToThe31Elements) {
  constexpr std::size_t bytes = std::size_t{5} << 30;
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) GTEST_SKIP() << "no address space";
  const std::span huge(static_cast<uint8_t*>(memory), bytes);
  const GeneratedFunction touch("touch", [](Code, Out<uint8_t> out, Out<uint8_t, 2> rows, Value<int64_t> at) {
    out[at] = 7;
    out[out.size() - 1] = 8;
    rows(4, at) = 9;
  });
  const View rows(huge.data(), {5, 1000}, int64_t{1} << 30);
  touch(huge, rows, 999);
  EXPECT_EQ(7, huge[999]);
  EXPECT_EQ(8, huge[bytes - 1]);
  EXPECT_EQ(9, huge[(std::size_t{4} << 30) + 999]);
  touch.run_plain(huge, rows, 5);
  EXPECT_EQ(9, huge[(std::size_t{4} << 30) + 5]);
  EXPECT_THROW(touch(huge, rows, static_cast<int64_t>(bytes)), RunTimeError);
  munmap(memory, bytes);
}

TEST(Structs, FieldsAreReadAndAssigned) {
  const GeneratedFunction shift("shift", [](Code code, In<Rgb> in, InOut<Rgb> out) {
    for (auto i : code.range(in.size())) {
      out[i] = in[i];
      field<&Rgb::red>(out[i]) = field<&Rgb::green>(in[i]) + 1;
      field<&Rgb::blue>(out[i]) += field<&Rgb::red>(out[i]);
    }
    out[0] = make<Rgb>(1, 2, field<&Rgb::blue>(out[1]));
  });
  const std::vector<Rgb> in = {{1, 2, 3}, {4, 5, 6}};
  std::vector<Rgb> out(2);
  shift.run_checked(in, out);
  shift(in, out);
  EXPECT_EQ((std::vector<Rgb>{{1, 2, 12}, {6, 5, 12}}), out);
}

TEST(Structs, AnElementWithANameIsACopy) {
  const GeneratedFunction swap("swap", [](Code, InOut<Rgb> pixels) {
    auto first = pixels[0];
    pixels[0] = pixels[1];
    pixels[1] = first;
  });
  std::vector<Rgb> pixels = {{1, 2, 3}, {4, 5, 6}};
  swap.run_checked(pixels);
  EXPECT_EQ((std::vector<Rgb>{{4, 5, 6}, {1, 2, 3}}), pixels);
}

TEST(Structs, NestedOnesVariablesAndParameters) {
  const GeneratedFunction heaviest("heaviest", [](Code code, In<Particle> in, Value<Point> shift, Out<Particle> out) {
    auto best = code.variable(in[0]);
    for (auto i : code.range(1, in.size())) {
      if (auto _ = code.when(field<&Particle::mass>(in[i]) > field<&Particle::mass>(best))) best = in[i];
      field<&Particle::marks>(best)[1] += 1;
    }
    field<&Particle::place, &Point::x>(best) += field<&Point::x>(shift);
    out[0] = best;
    field<&Particle::place>(out[1]) = make<Point>(1, field<&Point::y>(shift));
    field<&Particle::marks>(out[1])[2] = 77;
    return field<&Particle::is_fixed>(best) & (field<&Particle::marks>(best)[1] > 2);
  });
  const std::vector<Particle> in = {
      {{1, 2}, 1.5, {1, 2, 3}, false}, {{3, 4}, 9.5, {4, 5, 6}, true}, {{5, 6}, 2, {}, false}};
  std::vector<Particle> out(2);
  EXPECT_TRUE(heaviest.run_checked(in, Point{0.5f, 8}, out));
  EXPECT_TRUE(heaviest(in, Point{0.5f, 8}, out));
  EXPECT_EQ(3.5f, out[0].place.x);
  EXPECT_EQ(7, out[0].marks[1]);
  EXPECT_EQ(8.0f, out[1].place.y);
  EXPECT_EQ(77, out[1].marks[2]);
}

template <class V>
auto luminance(const V& pixel) {
  return (field<&Rgb::red>(pixel) * 77 + field<&Rgb::green>(pixel) * 150 + field<&Rgb::blue>(pixel) * 29) >> 8;
}

TEST(Structs, AHelperServesPlainAndStagedOnes) {
  const GeneratedFunction gray("gray", [](Code code, In<Rgb, 2> in, Out<uint8_t, 2> out) {
    for (auto y : code.range(in.extent(0)))
      for (auto x : code.range(in.extent(1))) out(y, x) = luminance(in(y, x));
  });
  const Rgb in[1][2] = {{{10, 20, 30}, {200, 100, 0}}};
  uint8_t out[1][2] = {};
  gray.run_checked(in, out);
  EXPECT_EQ(luminance(in[0][0]), out[0][0]);
  EXPECT_EQ(luminance(in[0][1]), out[0][1]);
}

TEST(Tables, AreReadByRunTimeIndexes) {
  const GeneratedFunction look("look", [](Code code, In<uint8_t> in, Out<double> out, std::span<const double> values) {
    auto table = code.table(values);
    auto small = code.table({3, 1, 2});
    for (auto i : code.range(in.size())) out[i] = table[in[i]] + small[i % 3];
    return Value<int>(small[1]);
  });
  const std::vector<uint8_t> in = {2, 0, 1, 2};
  std::vector<double> out(4);
  EXPECT_EQ(1, look.run_checked(in, out, std::vector{0.5, 1.5, -2.5}));
  EXPECT_EQ((std::vector{0.5, 1.5, 3.5, 0.5}), out);
}

TEST(Scratch, IsFilledEachTimeAndLargeOnesWorkToo) {
  const GeneratedFunction count("count", [](Code code, In<uint8_t, 2> rows, Out<int> out) {
    auto large = code.scratch(100'000, int64_t{1});
    for (auto y : code.range(rows.extent(0))) {
      auto histogram = code.scratch(256, 0);
      for (auto x : code.range(rows.extent(1))) histogram[rows(y, x)] += 1;
      large[y * 1000] += histogram[3];
      out[y] = histogram[1] + cast<int>(large[y * 1000 + 1]);
    }
    out[0] += cast<int>(large[1000]);
  });
  const uint8_t rows[3][4] = {{1, 1, 2, 3}, {3, 3, 3, 1}, {0, 0, 0, 0}};
  std::vector<int> out(3);
  count.run_checked(rows, out);
  count(rows, out);
  EXPECT_EQ((std::vector{2 + 1 + 4, 1 + 1, 0 + 1}), out);
}

TEST(Structs, PartsOfAVariableAreAssignedPartsThatAreStructs) {
  const GeneratedFunction f("f", [](Code code, InOut<Particle> particles) {
    auto first = code.variable(particles[0]), second = code.variable(particles[1]);
    field<&Particle::place>(first) = field<&Particle::place>(second);
    particles[0] = first;
  });
  std::vector<Particle> particles = {{{1, 2}, 3, {}, false}, {{4, 5}, 6, {}, false}};
  f.run_checked(particles);
  EXPECT_EQ(4, particles[0].place.x);
  EXPECT_EQ(5, particles[0].place.y);
  EXPECT_EQ(3, particles[0].mass);
}

TEST(Scratch, OfStructs) {
  const GeneratedFunction reverse("reverse", [](Code code, InOut<Rgb> pixels) {
    auto copy = code.scratch(8, make<Rgb>(9, 9, 9));
    for (auto i : code.range(pixels.size())) copy[pixels.size() - 1 - i] = pixels[i];
    for (auto i : code.range(pixels.size())) pixels[i] = copy[i];
    pixels[0] = copy[7];
  });
  std::vector<Rgb> pixels = {{1, 2, 3}, {4, 5, 6}};
  reverse.run_checked(pixels);
  EXPECT_EQ((std::vector<Rgb>{{9, 9, 9}, {1, 2, 3}}), pixels);
}

}  // namespace
}  // namespace cogent
