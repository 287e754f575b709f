// Errors of arrays with dimensions, structs, tables, scratch memory and views: the array, the dimension, the index, the
// extent and the user's line.
#include <vector>

#include "errors/expect_error.h"

namespace cogent::errors {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;

struct Pair {
  int first, second;
};

std::source_location here(const std::source_location& at = std::source_location::current()) { return at; }

template <class Function, class... A>
void expect_everywhere(const Function& function, const Expected& expected, const std::source_location& at,
                       const A&... arguments) {
  expect_run_time_error([&] { function(arguments...); }, expected, at);
  expect_run_time_error([&] { function.run_plain(arguments...); }, expected, at);
  expect_run_time_error([&] { function.run_checked(arguments...); }, expected, at);
}

TEST(ArrayErrors, NameTheDimension) {
  const int line = __LINE__ + 1;
  const GeneratedFunction read("read", [](Code, In<int, 2> table, Value<int> y, Value<int> x) { return table(y, x); });
  const int table[2][3] = {{1, 2, 3}, {4, 5, 6}};
  const View<const int, 2> view(table);
  expect_everywhere(read, {"index 3 is outside of dimension 1 of table, whose extent is 3 (in read)", line}, here(),
                    view, 1, 3);
  expect_everywhere(read, {"index -1 is outside of dimension 0 of table, whose extent is 2", line}, here(), view, -1,
                    9);
  EXPECT_EQ(6, read(view, 1, 2));
  try {
    read(view, 0, 5);
    FAIL();
  } catch (const RunTimeError& error) {
    EXPECT_EQ("table", error.array());
    EXPECT_EQ(1, error.dimension());
    EXPECT_EQ(5, error.index());
    EXPECT_EQ(3, error.size());
  }
}

TEST(ArrayErrors, OfUnknownExtentsAreThoseOfTheCall) {
  const GeneratedFunction write("write", [](Code, DynamicOut<int, 3> cube, Value<int64_t> at) { cube(0, at, 1) = 5; });
  const int line = __LINE__ - 1;
  int cube[1][2][3] = {};
  expect_everywhere(write, {"index 2 is outside of dimension 1 of cube, whose extent is 2", line}, here(), View(cube),
                    int64_t{2});
}

TEST(ArrayErrors, OfStructsTablesAndScratch) {
  const int line = __LINE__ + 2;
  const GeneratedFunction read("read", [](Code code, In<Pair> pairs, Value<int> at) {
    auto sum = code.variable(field<&Pair::second>(pairs[at]));
    auto lookup = code.table({1, 2, 3});
    auto room = code.scratch(4, 0);
    sum += lookup[at];
    room[at + 2] = 1;
    return Value<int>(sum);
  });
  const std::vector<Pair> pairs(9);
  expect_everywhere(read, {"index 9 is outside of pairs, which has 9 elements", line}, here(), pairs, 9);
  expect_everywhere(read, {"index 3 is outside of lookup, which has 3 elements", line + 3}, here(), pairs, 3);
  expect_everywhere(read, {"index 4 is outside of room, which has 4 elements", line + 4}, here(), pairs, 2);
  EXPECT_EQ(2, read(pairs, 1));
}

TEST(ArrayErrors, ThatEveryCallMakesAreFoundWhileGenerating) {
  const int line = __LINE__ + 3;
  const GeneratedFunction read("read", [](Code code, In<int, 2> table, Out<int> out) {
    for (auto y : code.range(table.extent(0)))
      for (auto x : code.range(table.extent(1))) out[x] = table(y, x + 1);
  });
  const int table[2][3] = {};
  std::vector<int> out(3);
  expect_generation_error([&] { read(table, out); },
                          {"table has 3 elements in dimension 1, the index reaches 3", line});
}

TEST(ArrayErrors, OfViews) {
  std::vector<int> memory(10);
  int* data = memory.data();
  const int line = __LINE__ + 1;
  expect_generation_error([&] { View(data, {2, -1}); }, {"negative or too large extent in dimension 1", line});
  expect_generation_error([&] { View(data, {2, 2}, {-1, 1}); }, {"negative or too large stride in dimension 0"});
  expect_generation_error([&] { View(data, {int64_t{1} << 40, int64_t{1} << 40}); },
                          {"reaches beyond what can be addressed"});
  expect_generation_error([&] { View(data, {int64_t{1} << 53, 1}, {0, 1}); },
                          {"negative or too large extent in dimension 0"});
  expect_generation_error([&] { View(data, {1, 0}, {int64_t{1} << 62, 1}); },
                          {"negative or too large stride in dimension 0"});
  expect_generation_error([&] { View(data, {int64_t{1} << 40, int64_t{1} << 40}, {0, 0}); },
                          {"has more elements than can be counted"});
  expect_generation_error([&] { View<int, 2>(std::span(memory), {4, 3}); }, {"needs 12 elements"});
  expect_generation_error([&] { View(memory, {4, 3}); }, {"needs 12 elements", __LINE__});
  expect_generation_error([&] { View(memory, {2, 3}, 8); }, {"needs 11 elements", __LINE__});
  EXPECT_EQ(0, View(data, {0, 5}).size());
}

}  // namespace
}  // namespace cogent::errors
