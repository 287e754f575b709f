// The part of the meaning of operations that concerns floats: IEEE's single operations, on canonical bit patterns.
#pragma once
#include "ir/program.h"

namespace cogent::ir {

std::int64_t evaluate_float_binary(Op op, Type type, std::int64_t a, std::int64_t b);
std::int64_t evaluate_float_unary(Op op, Type type, std::int64_t a);

/// To an integer the value rounded toward zero, saturated, 0 for NaN; to Bool whether it is not 0; to a float the
/// nearest.
std::int64_t convert_from_float(std::int64_t value, Type from, Type to);
/// From an integer or Bool to the nearest float, ties to even.
std::int64_t convert_to_float(std::int64_t value, Type from, Type to);

}  // namespace cogent::ir
