// Random values for the program that a builder is making: from what is in scope, or newly computed.
#pragma once
#include <vector>

#include "ir/builder.h"
#include "support/random.h"

namespace cogent::testing {

class RandomValues {
 public:
  RandomValues(ir::Builder& builder, Random& random, bool faults, bool floats)
      : b_(builder), random_(random), faults_(faults), floats_(floats) {}

  ir::Type any_type();  // an integer type, Bool or, where floats are allowed, a float type
  ir::Type any_integer();
  ir::Id constant(std::int64_t value, ir::Type type) { return b_.constant(ir::canonical(value, type), type); }

  /// A value of the type; `depth` operations deep at most.
  ir::Id value(ir::Type type, int depth = 2);
  ir::Id condition() { return value(ir::Type::Bool, 2); }
  /// From 0 to `most` (a power of two minus 1), of an integer type.
  ir::Id small(ir::Type type, std::int64_t most) {
    return b_.binary(ir::Op::And, value(type, 1), constant(most, type));
  }
  void remember_array(ir::Id array) { arrays_.push_back(array); }
  ir::Id any_array() { return random_.pick(arrays_); }
  /// Of a dimension; dynamic_size if it is known only at run time.
  std::int64_t known_extent(ir::Id array, int dimension) const;
  /// An index into the array, mostly a good one; of a shaped one the place, after the checks of its dimensions.
  ir::Id index(ir::Id array);
  ir::Id load(ir::Id array) { return remember(b_.load(array, index(array))); }

  /// What is in scope. Values and variables are forgotten when the region ends in which they were made.
  struct Scope {
    std::size_t values, variables, indexes;
  };
  Scope scope() const { return {values_.size(), variables_.size(), indexes_.size()}; }
  void return_to(const Scope& scope);
  ir::Id remember(ir::Id value) { return values_.push_back(value), value; }
  void remember_variable(ir::Id variable) { variables_.push_back(variable); }
  /// The Index of a loop that counts from 0 or more up to less than `end`.
  void remember_index(ir::Id index, std::int64_t end) { indexes_.push_back({index, end}); }
  const std::vector<ir::Id>& variables() const { return variables_; }

 private:
  struct LoopIndex {
    ir::Id node;
    std::int64_t end;
  };

  ir::Type type_of(ir::Id value) const { return b_.program().nodes[value].type; }
  ir::Id leaf(ir::Type type);
  ir::Id integer(ir::Type type, int depth);
  ir::Id function_of_integers(ir::Type type, int depth);
  ir::Id floating(ir::Type type, int depth);
  ir::Id function_of_floats(ir::Type type, int depth);
  ir::Id mathematics(ir::Type type, int depth);
  ir::Id ordered(ir::Id value);
  ir::Id boolean(int depth);
  ir::Id quotient(ir::Type type, int depth);
  ir::Id comparison(int depth);
  ir::Id both_if_needed(int depth);
  ir::Id index(ir::Id array, int dimension);
  ir::Id index_by_loop(std::int64_t size);
  ir::Id index_into_range(std::int64_t size);
  ir::Id index_below(ir::Id extent);

  ir::Builder& b_;
  Random& random_;
  const bool faults_, floats_;
  std::vector<ir::Id> values_, variables_, arrays_;
  std::vector<LoopIndex> indexes_;
};

}  // namespace cogent::testing
