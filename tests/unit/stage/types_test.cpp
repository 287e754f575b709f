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

/// The operators that floats have too.
template <class A, class B>
struct ArithmeticTypes {
  COGENT_EXPECT_BINARY(+);
  COGENT_EXPECT_BINARY(-);
  COGENT_EXPECT_BINARY(*);
  COGENT_EXPECT_BINARY(/);
  COGENT_EXPECT_BINARY(<);
  COGENT_EXPECT_BINARY(<=);
  COGENT_EXPECT_BINARY(==);
  COGENT_EXPECT_BINARY(!=);
  COGENT_EXPECT_BINARY(>);
  COGENT_EXPECT_BINARY(>=);
  static constexpr bool holds = true;
};

template <class A, class B>
struct BinaryTypes : ArithmeticTypes<A, B> {
  COGENT_EXPECT_BINARY(%);
  COGENT_EXPECT_BINARY(&);
  COGENT_EXPECT_BINARY(|);
  COGENT_EXPECT_BINARY(^);
  COGENT_EXPECT_BINARY(<<);
  COGENT_EXPECT_BINARY(>>);
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

template <class F, class... A>
constexpr bool float_row = ((ArithmeticTypes<F, A>::holds && ArithmeticTypes<A, F>::holds) && ...);
static_assert(float_row<float, bool, char, std::uint8_t, std::int16_t, int, unsigned, long, std::uint64_t, long long,
                        float, double>);
static_assert(float_row<double, bool, char, std::uint8_t, std::int16_t, int, unsigned, long, std::uint64_t, long long,
                        float, double>);
static_assert(binary_row<char, char, signed char, unsigned char, int, long long, char16_t, wchar_t>);
static_assert(binary_row<long long, char, long, unsigned long, long long, unsigned long long, char32_t>);

template <class F>
struct FloatTypes {
  static_assert(std::is_same_v<decltype(-of<Value<F>>()), Value<F>>);
  static_assert(std::is_same_v<decltype(!of<Value<F>>()), Value<bool>>);
  static_assert(std::is_same_v<decltype(abs(of<Value<F>>())), Value<F>>);
  static_assert(std::is_same_v<decltype(sqrt(of<Value<F>>())), Value<F>>);
  static_assert(std::is_same_v<decltype(sqrt(of<Value<int>>())), Value<double>>);
  static_assert(std::is_same_v<decltype(pow(of<Value<F>>(), of<Variable<F>&>())), Value<F>>);
  static_assert(std::is_same_v<decltype(pow(of<Value<F>>(), 2)), Value<double>>);
  static_assert(std::is_same_v<decltype(fma(of<Value<F>>(), of<F>(), of<F>())), Value<F>>);
  static_assert(std::is_same_v<decltype(min(of<Value<F>>(), 1)), Value<F>>);
  static_assert(std::is_same_v<decltype(clamp(of<Value<F>>(), of<F>(), of<F>())), Value<F>>);
  static_assert(std::is_same_v<decltype(select(of<Value<bool>>(), of<Value<F>>(), 0.0)), Value<double>>);
  static_assert(std::is_same_v<decltype(cast<F>(of<Value<int>>())), Value<F>>);
  static_assert(std::is_same_v<decltype(cast<int>(of<Value<F>>())), Value<int>>);
  static_assert(std::is_same_v<decltype(of<Variable<F>&>()++), Value<F>>);
  static_assert(std::is_same_v<decltype(of<Element<F>>() += 1), Value<F>>);
  static constexpr bool holds = true;
};
static_assert(FloatTypes<float>::holds && FloatTypes<double>::holds);
static_assert(std::is_same_v<decltype(popcount(of<Value<std::uint64_t>>())), Value<int>>);
static_assert(std::is_same_v<decltype(rotate_left(of<Value<std::uint8_t>>(), of<Value<int>>())), Value<std::uint8_t>>);
static_assert(std::is_same_v<decltype(byte_swap(of<Element<std::int16_t>>())), Value<std::int16_t>>);
static_assert(std::is_same_v<decltype(bit_cast<std::uint32_t>(of<Value<float>>())), Value<std::uint32_t>>);

// A Value converts implicitly from exactly its own type.
static_assert(std::is_convertible_v<float, Value<float>>);
static_assert(!std::is_convertible_v<double, Value<float>>);
static_assert(!std::is_convertible_v<Value<float>, Value<double>>);
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
