// Random calls for the program that a builder is making: of functions (support/callees.h), and of the program itself.
#pragma once
#include "ir/builder.h"
#include "support/random.h"
#include "support/random_values.h"

namespace cogent::testing {

class RandomCalls {
 public:
  RandomCalls(ir::Builder& builder, Random& random, RandomValues& values, bool faults)
      : b_(builder), random_(random), values_(values), faults_(faults) {}

  void add_call();

 private:
  void call_function();
  void recurse();
  bool can_recurse() const;
  void call_itself(ir::Id counter, ir::Id left);
  ir::CalleeArgument array_argument(ir::Id array, bool passes_size);
  ir::Id array_like(ir::Id array);

  ir::Builder& b_;
  Random& random_;
  RandomValues& values_;
  const bool faults_;  // without end, now and then
};

}  // namespace cogent::testing
