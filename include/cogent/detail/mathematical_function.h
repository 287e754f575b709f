// The mathematical functions of libm by the numbers that the table of src/ir/mathematics.cpp gives them.
#pragma once
#include <cstdint>

#include <cogent/detail/export.h>

namespace cogent::detail {

enum class MathematicalFunction : std::uint8_t {
  Exp,
  Exp2,
  Expm1,
  Log,
  Log2,
  Log10,
  Log1p,
  Sin,
  Cos,
  Tan,
  Asin,
  Acos,
  Atan,
  Sinh,
  Cosh,
  Tanh,
  Asinh,
  Acosh,
  Atanh,
  Cbrt,
  Erf,
  Erfc,
  Tgamma,
  Rint,
  Atan2,
  Pow,
  Hypot,
  Fmod,
  Remainder,
  Copysign,
  Nextafter,
  Fdim,
  Fmin,
  Fmax,
};

/// libm's function itself, called where no compiler computes it in its own way. One of a single operand ignores b.
COGENT_EXPORT double call_libm(MathematicalFunction function, double a, double b = 0);
COGENT_EXPORT float call_libm(MathematicalFunction function, float a, float b = 0);

}  // namespace cogent::detail
