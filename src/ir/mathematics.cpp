// The table of libm's functions. They are called through pointers, so that no compiler computes them in its own way.
#include "ir/mathematics.h"

#include <math.h>

namespace cogent::ir {
namespace {

constexpr MathematicalFunction unary(const char* name, double (*of_double)(double), float (*of_float)(float)) {
  return {.name = name, .operands = 1, .of_double = of_double, .of_float = of_float};
}

constexpr MathematicalFunction binary(const char* name, double (*of_doubles)(double, double),
                                      float (*of_floats)(float, float)) {
  return {.name = name, .operands = 2, .of_two_doubles = of_doubles, .of_two_floats = of_floats};
}

// The order is that of cogent::detail::MathematicalFunction, which the public headers number them by.
constexpr MathematicalFunction functions[] = {
    unary("exp", ::exp, ::expf),
    unary("exp2", ::exp2, ::exp2f),
    unary("expm1", ::expm1, ::expm1f),
    unary("log", ::log, ::logf),
    unary("log2", ::log2, ::log2f),
    unary("log10", ::log10, ::log10f),
    unary("log1p", ::log1p, ::log1pf),
    unary("sin", ::sin, ::sinf),
    unary("cos", ::cos, ::cosf),
    unary("tan", ::tan, ::tanf),
    unary("asin", ::asin, ::asinf),
    unary("acos", ::acos, ::acosf),
    unary("atan", ::atan, ::atanf),
    unary("sinh", ::sinh, ::sinhf),
    unary("cosh", ::cosh, ::coshf),
    unary("tanh", ::tanh, ::tanhf),
    unary("asinh", ::asinh, ::asinhf),
    unary("acosh", ::acosh, ::acoshf),
    unary("atanh", ::atanh, ::atanhf),
    unary("cbrt", ::cbrt, ::cbrtf),
    unary("erf", ::erf, ::erff),
    unary("erfc", ::erfc, ::erfcf),
    unary("tgamma", ::tgamma, ::tgammaf),
    unary("rint", ::rint, ::rintf),
    binary("atan2", ::atan2, ::atan2f),
    binary("pow", ::pow, ::powf),
    binary("hypot", ::hypot, ::hypotf),
    binary("fmod", ::fmod, ::fmodf),
    binary("remainder", ::remainder, ::remainderf),
    binary("copysign", ::copysign, ::copysignf),
    binary("nextafter", ::nextafter, ::nextafterf),
    binary("fdim", ::fdim, ::fdimf),
    binary("fmin", ::fmin, ::fminf),
    binary("fmax", ::fmax, ::fmaxf),
};

}  // namespace

const void* MathematicalFunction::address(Type type) const {
  if (type == Type::F32)
    return operands == 1 ? reinterpret_cast<const void*>(of_float) : reinterpret_cast<const void*>(of_two_floats);
  return operands == 1 ? reinterpret_cast<const void*>(of_double) : reinterpret_cast<const void*>(of_two_doubles);
}

std::span<const MathematicalFunction> mathematical_functions() { return functions; }

std::optional<Id> mathematical_function_named(std::string_view name) {
  for (Id id = 0; id < std::size(functions); ++id)
    if (functions[id].name == name) return id;
  return std::nullopt;
}

double call_mathematics(Id function, double a, double b) {
  const MathematicalFunction& called = functions[function];
  return called.operands == 1 ? called.of_double(a) : called.of_two_doubles(a, b);
}

float call_mathematics(Id function, float a, float b) {
  const MathematicalFunction& called = functions[function];
  return called.operands == 1 ? called.of_float(a) : called.of_two_floats(a, b);
}

}  // namespace cogent::ir
