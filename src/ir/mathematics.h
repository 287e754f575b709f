// The mathematical functions that programs call by their number: libm's, so that every way of running a program gets
// the same bits from them.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "ir/program.h"

namespace cogent::ir {

struct MathematicalFunction {
  const char* name;  // as in <cmath>, and in the text of a program
  int operands;      // 1 or 2
  // Of the two pairs, the one for this number of operands.
  double (*of_double)(double) = nullptr;
  float (*of_float)(float) = nullptr;
  double (*of_two_doubles)(double, double) = nullptr;
  float (*of_two_floats)(float, float) = nullptr;

  /// The address of the function for F32 or F64, which takes and gives floats of that type only.
  const void* address(Type type) const;
};

/// All of them; a function's number is its index.
std::span<const MathematicalFunction> mathematical_functions();

std::optional<Id> mathematical_function_named(std::string_view name);

/// A function of a single operand ignores b.
double call_mathematics(Id function, double a, double b);
float call_mathematics(Id function, float a, float b);

}  // namespace cogent::ir
