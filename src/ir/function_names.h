// The operations that the text of a program writes as functions of one name each. (Conversions are named by their type,
// Mathematics by the function of ir/mathematics.h.)
#pragma once
#include <string_view>

#include "ir/program.h"

namespace cogent::ir {

struct FunctionName {
  const char* name;
  Op op;
};

inline constexpr FunctionName function_names[] = {
    {"min", Op::Minimum},
    {"max", Op::Maximum},
    {"select", Op::Select},
    {"negate", Op::Negate},
    {"abs", Op::Absolute},
    {"sqrt", Op::SquareRoot},
    {"floor", Op::Floor},
    {"ceil", Op::Ceil},
    {"round", Op::Round},
    {"trunc", Op::Truncate},
    {"popcount", Op::PopulationCount},
    {"count_leading_zeros", Op::CountLeadingZeros},
    {"count_trailing_zeros", Op::CountTrailingZeros},
    {"byte_swap", Op::ByteSwap},
    {"rotate_left", Op::RotateLeft},
    {"fma", Op::FusedMultiplyAdd},
};

/// What stands before the type's name in the text of a Bits: bits_u32(x).
inline constexpr std::string_view bits_prefix = "bits_";

/// Null for an operation that is no function.
constexpr const char* function_name(Op op) {
  for (const FunctionName& function : function_names)
    if (function.op == op) return function.name;
  return nullptr;
}

}  // namespace cogent::ir
