// Handles for C: which words they take, what they refuse, and how errors reach the caller.
#include <gtest/gtest.h>

#include <cogent/cogent.h>
#include <cogent/handle.h>

#include <array>
#include <cstring>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

namespace cogent {
namespace {

template <class T>
std::uint64_t word(T* memory) {
  return reinterpret_cast<std::uintptr_t>(memory);
}
template <class T>
  requires std::is_arithmetic_v<T>
std::uint64_t word(T number) {
  return static_cast<std::uint64_t>(detail::canonical(number));
}

cogent_status call(const Handle& handle, const std::vector<std::uint64_t>& words, std::uint64_t* result = nullptr) {
  return cogent_call(handle.get(), words.data(), words.size(), result);
}

struct Point {
  float x;
  std::int16_t y;
};

GeneratedFunction index_sum("index_sum",
                            [](GeneratedCodeBlock& code, DynamicIn<std::int32_t, 2> rows, std::vector<int> weights) {
                              auto sum = code.variable(0);
                              for (auto y : code.range(rows.extent(0)))
                                for (int x = 0; x < std::ssize(weights); ++x) sum += rows(y, x) * weights[x];
                              return sum;
                            });

TEST(Handle, KeepsPlainArgumentsWhenTheirOwnersAndTheFunctionAreGone) {
  Handle handle;
  {
    std::vector<int> weights = {1, 10, 100};
    const GeneratedFunction weigh("weigh", [](GeneratedCodeBlock&, Value<int> x, std::span<const int> factors) {
      Value<int> sum = x * factors[0];
      return sum + factors[1] + factors[2];
    });
    handle = weigh.make_handle(0, weights);
    weights.assign(3, 0);
  }
  std::uint64_t result = 0;
  ASSERT_EQ(COGENT_DONE, call(handle, {word(-7)}, &result));
  EXPECT_EQ(word(-7 + 110), result);
  EXPECT_STREQ("weigh", cogent_name(handle.get()));
  EXPECT_NE(nullptr, std::strstr(cogent_source(handle.get()), "int weigh(int x)"));
}

TEST(Handle, ArraysOfRankTwoTakeExtentsAndStrides) {
  const std::array<std::int32_t, 8> rows = {1, 2, 3, 99, 4, 5, 6, 99};
  const Handle handle = index_sum.make_handle(View<const std::int32_t, 2>(rows.data(), {0, 0}), {1, 10, 100});
  ASSERT_EQ(5u, cogent_word_count(handle.get()));
  const cogent_word_kind kinds[] = {COGENT_INPUT, COGENT_EXTENT, COGENT_EXTENT, COGENT_STRIDE, COGENT_STRIDE};
  for (std::size_t i = 0; i < 5; ++i) {
    cogent_word description;
    ASSERT_EQ(COGENT_DONE, cogent_describe_word(handle.get(), i, &description));
    EXPECT_EQ(kinds[i], description.kind);
    EXPECT_EQ(i == 0 ? -1 : 0, description.elements);
  }
  std::uint64_t sum = 0;
  ASSERT_EQ(COGENT_DONE, call(handle, {word(rows.data()), 2, 3, 4, 1}, &sum));
  EXPECT_EQ(word(321 + 654), sum);
  ASSERT_EQ(COGENT_MISUSE, call(handle, {word(rows.data()), 2, 3, word(-4), 1}, &sum));
  ASSERT_EQ(COGENT_MISUSE, call(handle, {0, 2, 3, 4, 1}, &sum));
  EXPECT_STREQ("the handle of index_sum was given a null pointer as word 0, which needs 7 elements",
               cogent_error_message());
  EXPECT_EQ(COGENT_DONE, call(handle, {0, 0, 3, 4, 1}, &sum));
  EXPECT_EQ(0u, sum);
}

TEST(Handle, StructsAreAddressesAndTheResultsIsTheLast) {
  const GeneratedFunction moved("moved", [](GeneratedCodeBlock&, Value<Point> point, Value<float> by) {
    return make<Point>(field<&Point::x>(point) + by, field<&Point::y>(point));
  });
  const Handle handle = moved.make_handle(Point{}, 0.0f);
  EXPECT_EQ(COGENT_VOID, cogent_result_type(handle.get()));
  cogent_word last;
  ASSERT_EQ(COGENT_DONE, cogent_describe_word(handle.get(), 2, &last));
  EXPECT_EQ(COGENT_OUTPUT, last.kind);
  EXPECT_EQ(std::int64_t{sizeof(Point)}, last.element_bytes);
  const Point from{1.5f, -3};
  Point to{};
  ASSERT_EQ(COGENT_DONE, call(handle, {word(&from), word(2.0f), word(&to)}));
  EXPECT_EQ(3.5f, to.x);
  EXPECT_EQ(-3, to.y);
}

TEST(Handle, NumbersMayHaveAnyBitsAboveTheirOwn) {
  const GeneratedFunction look_up("look_up",
                                  [](GeneratedCodeBlock& code, Value<std::uint8_t> index, Value<bool> twice) {
                                    std::vector<int> numbers(256);
                                    std::iota(numbers.begin(), numbers.end(), 0);
                                    auto table = code.table(numbers);
                                    return table[index] * select(twice, 2, 1);
                                  });
  const Handle handle = look_up.make_handle(0, false);
  std::uint64_t result = 0;
  ASSERT_EQ(COGENT_DONE, call(handle, {0xffff'ffff'ffff'ff05, 0xfffe}, &result));
  EXPECT_EQ(5u, result);
}

TEST(Handle, ArraysOfKnownSizeSayIt) {
  const GeneratedFunction copy("copy", [](GeneratedCodeBlock& code, In<std::uint16_t, 2> from, Out<double> to) {
    for (auto i : code.range(to.size())) to[i] = cast<double>(from(i, 1));
  });
  const std::array<std::uint16_t, 6> from = {1, 2, 3, 4, 5, 6};
  std::array<double, 3> to = {};
  const Handle handle = copy.make_handle(View<const std::uint16_t, 2>(from.data(), {3, 2}), to);
  cogent_word description;
  ASSERT_EQ(COGENT_DONE, cogent_describe_word(handle.get(), 0, &description));
  EXPECT_EQ(6, description.elements);
  EXPECT_EQ(COGENT_U16, description.type);
  ASSERT_EQ(COGENT_DONE, cogent_describe_word(handle.get(), 1, &description));
  EXPECT_EQ(3, description.elements);
  EXPECT_EQ(COGENT_OUTPUT, description.kind);
  ASSERT_EQ(COGENT_DONE, call(handle, {word(from.data()), word(to.data())}));
  EXPECT_EQ((std::array<double, 3>{2, 4, 6}), to);
}

// The code for arrays that lie apart declines, and the general version is generated from the kept arguments.
TEST(Handle, ArraysMayOverlap) {
  const GeneratedFunction shift("shift", [](GeneratedCodeBlock& code, In<int> from, Out<int> to, int added) {
    for (auto i : code.range(to.size())) to[i] = from[i] + added;
  });
  std::vector<int> memory(101, 0), apart(100);
  const Handle handle = shift.make_handle(std::span(memory).first(100), apart, 1);
  ASSERT_EQ(COGENT_DONE, call(handle, {word(memory.data()), word(memory.data() + 1)}));
  EXPECT_EQ(100, memory[100]);
}

int throw_foreign_error(int x) {
  if (x == 1) throw std::runtime_error("of the callee's own");
  if (x == 2) throw 2;
  if (x == 3) throw std::bad_alloc();
  return x;
}

TEST(Handle, ErrorsBecomeStatusesAndMessages) {
  const GeneratedFunction risky("risky", [](GeneratedCodeBlock& code, Value<int> x) {
    auto result = code.call(throw_foreign_error, x);
    return 100 / result;
  });
  const Handle handle = risky.make_handle(0);
  std::uint64_t result = 17;
  const auto status = [&](int x) { return call(handle, {word(x)}, &result); };
  EXPECT_EQ(COGENT_RUN_TIME_ERROR, status(0));
  EXPECT_NE(nullptr, std::strstr(cogent_error_message(), "handle_test.cpp:"));
  EXPECT_EQ(COGENT_OTHER_ERROR, status(1));
  EXPECT_STREQ("of the callee's own", cogent_error_message());
  EXPECT_EQ(COGENT_OTHER_ERROR, status(2));
  EXPECT_EQ(COGENT_OUT_OF_MEMORY, status(3));
  EXPECT_EQ(17u, result);
  EXPECT_EQ(COGENT_DONE, status(4));
  EXPECT_EQ(25u, result);
  EXPECT_EQ(COGENT_MISUSE, call(handle, {}));
  EXPECT_STREQ("the handle of risky takes 1 words, not 0", cogent_error_message());
  std::thread([] { EXPECT_STREQ("", cogent_error_message()); }).join();
}

TEST(Handle, LivesUntilItsLastOwnerGivesItUp) {
  const GeneratedFunction twice("twice", [](GeneratedCodeBlock&, Value<int> x) { return x * 2; });
  Handle handle = twice.make_handle(0);
  cogent_handle* const other = cogent_retain(handle.get());
  handle.reset();
  const std::uint64_t argument = word(21);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      std::uint64_t result = 0;
      EXPECT_EQ(COGENT_DONE, cogent_call(other, &argument, 1, &result));
      EXPECT_EQ(42u, result);
      EXPECT_NE(nullptr, cogent_source(other));
    });
  for (std::thread& thread : threads) thread.join();
  cogent_release(other);
  cogent_release(nullptr);
  EXPECT_EQ(nullptr, cogent_retain(nullptr));
}

TEST(Handle, TakesManyWords) {
  using Six = DynamicIn<int, 3>;
  const GeneratedFunction total("total", [](GeneratedCodeBlock&, Six a, Six b, Six c, Six d, Six e) {
    return a(0, 0, 0) + b(0, 0, 0) + c(0, 0, 0) + d(0, 0, 0) + e(0, 0, 0);
  });
  const int one = 1;
  const View<const int, 3> any(&one, {1, 1, 1});
  const Handle handle = total.make_handle(any, any, any, any, any);
  std::vector<std::uint64_t> words;
  for (int i = 0; i < 5; ++i) words.insert(words.end(), {word(&one), 1, 1, 1, 1, 1, 1});
  std::uint64_t result = 0;
  ASSERT_EQ(COGENT_DONE, call(handle, words, &result));
  EXPECT_EQ(5u, result);
}

}  // namespace
}  // namespace cogent
