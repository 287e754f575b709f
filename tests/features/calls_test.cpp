// What a C++ programmer expects of calls: of C++ functions, of members, of generated functions, of itself.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;

GeneratedFunction factorial("factorial", [](Code code, Value<std::int64_t> n) -> Value<std::int64_t> {
  if (auto _ = code.when(n <= 1)) code.returns(1);
  auto below = code.recurse<std::int64_t>(n - 1);
  return n * below;
});
TEST(Features, RunTimeRecursion) { EXPECT_EQ(factorial.run_checked(10), 3628800); }

int square(int x) { return x * x; }
GeneratedFunction cpp_function("cpp_function", [](Code code, Value<int> x) {
  auto y = code.call(square, x + 1);
  auto z = code.call([](int a, int b) { return a - b; }, y, x);
  return z;
});
TEST(Features, CallOfACppFunction) { EXPECT_EQ(cpp_function.run_checked(4), 21); }

struct Account {
  int balance;
  int deposit(int amount) { return balance += amount; }
} account;
GeneratedFunction member("member", [](Code code, Value<int> amount) {
  auto balance = code.call(&Account::deposit, account, amount);
  return balance;
});
TEST(Features, CallOfAMemberFunction) {
  account.balance = 100;
  EXPECT_EQ(member.run_checked(20), 120);
  EXPECT_EQ(member(30), 150);
}

GeneratedFunction power("power", [](Code code, Value<int> x, int n) {
  auto result = code.variable(1);
  for (int i = 0; i < n; ++i) result *= x;
  return result;
});
GeneratedFunction polynomial("polynomial", [](Code code, Value<int> x) {
  auto cube = code.call(power, x, 3);
  auto fourth = code.call(power, x, 4);
  return fourth - cube;
});
TEST(Features, GeneratedFunctionCallsGeneratedFunction) { EXPECT_EQ(polynomial.run_checked(3), 81 - 27); }

using Power = Specialization<Variable<int>(Value<int>, int)>;
GeneratedFunction apply("apply", [](Code code, Value<int> x, Power function) {
  auto result = code.call(function, x, 0);
  return result;
});
TEST(Features, PointerToAGeneratedFunction) {
  const Power functions[] = {power.specialize(0, 2), power.specialize(0, 5)};
  EXPECT_EQ(functions[1](2, 5), 32);
  EXPECT_EQ(apply(3, functions[0]), 9);
  EXPECT_EQ(apply(3, functions[1]), 243);
}

}  // namespace
}  // namespace cogent
