// Lesson 12: a run-time value among known ones: in each case it is a plain number, and C++ can work with it.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <vector>

using namespace cogent;

enum class Operation { Keep, Double, Negate, Square };

// The operation of each element is only known at run time; `which` is plain in each of the bodies, so that the C++
// switch is decided while generating. At run time one jump leads to the right body.
GeneratedFunction apply("apply", [](GeneratedCodeBlock& code, In<std::uint8_t> operations, InOut<int> numbers) {
  for (auto i : code.range(numbers.size())) {
    auto number = numbers[i];
    for (Operation which :
         code.cases(operations[i], {Operation::Keep, Operation::Double, Operation::Negate, Operation::Square})) {
      switch (which) {
        case Operation::Keep:
          break;
        case Operation::Double:
          numbers[i] = number * 2;
          break;
        case Operation::Negate:
          numbers[i] = -number;
          break;
        case Operation::Square:
          numbers[i] = number * number;
          break;
      }
    }
    if (auto _ = code.otherwise()) numbers[i] = 0;  // no such operation
  }
});

int main() {
  const std::array<std::uint8_t, 5> operations = {3, 1, 2, 0, 77};
  std::vector<int> numbers = {5, 5, 5, 5, 5};
  apply.run_checked(operations, numbers);
  for (int number : numbers) std::printf("%d ", number);
  std::printf("\n%s", apply.get_source(operations, numbers).c_str());
}
