// A program of a user's project: generates a function, calls it, and answers whether the result is right.
#include <cogent/cogent.h>

cogent::Value<int> power(cogent::GeneratedCodeBlock& code, cogent::Value<int> x, int n) {
  auto result = code.variable(1);
  for (int i = 0; i < n; ++i) result *= x;
  return result;
}

int main() {
  cogent::GeneratedFunction fast_power("power", power);
  return fast_power(3, 5) == 243 ? 0 : 1;
}
