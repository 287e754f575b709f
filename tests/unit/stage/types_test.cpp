// The types of expressions are C++'s, for every operator and every pair of types; and what is a Value's, a Variable's.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

namespace cogent {
namespace {

template <class T>
struct Plain;
template <class T>
struct Plain<Value<T>> {
  using type = T;
};
template <class E>
using plain_of = typename Plain<std::remove_cvref_t<E>>::type;

template <class A>
A of();

// Two staged operands, staged with plain, plain with staged, a variable: all of the type of plain C++.
#define COGENT_EXPECT_BINARY(operation)                                                                           \
  static_assert(std::is_same_v<plain_of<decltype(of<Value<A>>() operation of<Value<B>>())>,                       \
                               decltype(of<A>() operation of<B>())>);                                             \
  static_assert(                                                                                                  \
      std::is_same_v<plain_of<decltype(of<Value<A>>() operation of<B>())>, decltype(of<A>() operation of<B>())>); \
  static_assert(                                                                                                  \
      std::is_same_v<plain_of<decltype(of<A>() operation of<Value<B>>())>, decltype(of<A>() operation of<B>())>); \
  static_assert(std::is_same_v<plain_of<decltype(of<Variable<A>&>() operation of<Element<B>>())>,                 \
                               decltype(of<A>() operation of<B>())>)

template <class A, class B>
struct BinaryTypes {
  COGENT_EXPECT_BINARY(+);
  COGENT_EXPECT_BINARY(-);
  COGENT_EXPECT_BINARY(*);
  COGENT_EXPECT_BINARY(/);
  COGENT_EXPECT_BINARY(%);
  COGENT_EXPECT_BINARY(&);
  COGENT_EXPECT_BINARY(|);
  COGENT_EXPECT_BINARY(^);
  COGENT_EXPECT_BINARY(<<);
  COGENT_EXPECT_BINARY(>>);
  COGENT_EXPECT_BINARY(<);
  COGENT_EXPECT_BINARY(<=);
  COGENT_EXPECT_BINARY(==);
  COGENT_EXPECT_BINARY(!=);
  COGENT_EXPECT_BINARY(>);
  COGENT_EXPECT_BINARY(>=);
  static constexpr bool holds = true;
};
#undef COGENT_EXPECT_BINARY

template <class A>
struct UnaryTypes {
  static_assert(std::is_same_v<plain_of<decltype(+of<Value<A>>())>, decltype(+of<A>())>);
  static_assert(std::is_same_v<plain_of<decltype(-of<Value<A>>())>, decltype(-of<A>())>);
  static_assert(std::is_same_v<plain_of<decltype(~of<Value<A>>())>, decltype(~+of<A>())>);
  static_assert(std::is_same_v<plain_of<decltype(!of<Value<A>>())>, bool>);
  static_assert(std::is_same_v<decltype(abs(of<Value<A>>())), Value<decltype(+of<A>())>>);
  static_assert(std::is_same_v<decltype(min(of<Value<A>>(), of<A>())), Value<A>>);
  static_assert(
      std::is_same_v<decltype(max(of<Value<A>>(), of<long long>())), Value<detail::merged_type<A, long long>>>);
  static_assert(std::is_same_v<decltype(clamp(of<A>(), of<Value<A>>(), of<A>())), Value<A>>);
  static_assert(std::is_same_v<decltype(select(of<Value<bool>>(), of<Value<A>>(), of<A>())), Value<A>>);
  static_assert(std::is_same_v<decltype(cast<A>(of<Value<int>>())), Value<A>>);
  static_assert(std::is_same_v<decltype(saturate_cast<A>(of<Value<int>>())), Value<A>>);
  static_assert(std::is_same_v<decltype(of<Variable<A>&>()++), Value<A>> || std::is_same_v<A, bool>);
  static_assert(std::is_same_v<decltype(of<Variable<A>&>() += 1), Variable<A>&>);
  static_assert(std::is_same_v<decltype(of<Element<A>>() += 1), Value<A>>);
  static_assert(std::is_same_v<decltype(of<Variable<A>&>() = 1), Variable<A>&>);
  static_assert(!std::is_convertible_v<Value<A>, std::conditional_t<std::is_same_v<A, int>, long, int>>);
  static constexpr bool holds = true;
};

template <class A, class... B>
constexpr bool binary_row = (BinaryTypes<A, B>::holds && ...);
template <class... A>
struct Table {
  template <class B>
  static constexpr bool row = binary_row<B, A...>;
  static constexpr bool holds = (row<A> && ...) && (UnaryTypes<A>::holds && ...);
};
// clang-format off
static_assert(Table<bool, std::int8_t, std::uint8_t, std::int16_t, std::uint16_t, std::int32_t, std::uint32_t,
                    std::int64_t, std::uint64_t>::holds);
// clang-format on

// A Value converts implicitly from exactly its own type.
static_assert(std::is_convertible_v<int, Value<int>>);
static_assert(!std::is_convertible_v<long, Value<int>>);
static_assert(!std::is_convertible_v<std::uint8_t, Value<int>>);
static_assert(!std::is_convertible_v<Value<std::uint8_t>, Value<int>>);
static_assert(std::is_convertible_v<Variable<int>&, Value<int>>);
static_assert(!std::is_convertible_v<Variable<short>&, Value<int>>);

// Results and what callers pass.
static_assert(std::is_same_v<GeneratedFunction<Value<short>(Value<bool>)>::Result, short>);
static_assert(std::is_same_v<GeneratedFunction<Variable<unsigned>()>::Result, unsigned>);
static_assert(std::is_void_v<GeneratedFunction<void()>::Result>);

Value<int> free_function(GeneratedCodeBlock&, Value<int> x, In<std::uint8_t>, const std::vector<int>&, bool) {
  return x;
}

TEST(Types, SignaturesAreDeduced) {
  const GeneratedFunction from_function("f", free_function);
  static_assert(
      std::is_same_v<decltype(from_function),
                     const GeneratedFunction<Value<int>(Value<int>, In<std::uint8_t>, const std::vector<int>&, bool)>>);
  const GeneratedFunction from_lambda(std::string("g"),
                                      [](GeneratedCodeBlock&, DynamicInOut<long> data) { data[0] += 1; });
  static_assert(std::is_same_v<decltype(from_lambda), const GeneratedFunction<void(DynamicInOut<long>)>>);
  EXPECT_EQ(3, from_function(3, std::vector<std::uint8_t>(2), {1, 2}, false));
  std::vector<long> data = {4};
  from_lambda(data);
  EXPECT_EQ(5, data[0]);
}

enum Colour { red, green };

TEST(Types, AnUnscopedEnumCountsAsItsNumber) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<int> x) { return x + green; });
  EXPECT_EQ(8, f(7));
}

}  // namespace
}  // namespace cogent
