// Random arrays for the program that a builder is making: of numbers, and, where shapes are wanted, of two and three
// dimensions, with gaps, of structs, tables and scratch memory.
#pragma once
#include "ir/builder.h"
#include "support/random.h"
#include "support/random_values.h"

namespace cogent::testing {

class RandomArrays {
 public:
  /// `values` learns of each array that may be accessed.
  RandomArrays(ir::Builder& builder, Random& random, RandomValues& values, bool shapes)
      : b_(builder), random_(random), values_(values), shapes_(shapes) {}

  /// A parameter of the signature; the first one is writable.
  void add_argument();
  /// The fields of the structs, tables and filled scratch memory, at the beginning of the body.
  void add_locals();

 private:
  void give_shape(ir::Array& array);
  void give_extents(ir::Array& array);
  std::vector<ir::Id> add_fields(ir::Id array);
  void add_table();
  void add_scratch();

  ir::Builder& b_;
  Random& random_;
  RandomValues& values_;
  const bool shapes_;
};

}  // namespace cogent::testing
