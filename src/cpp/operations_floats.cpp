// Operations on floats, conversions from and to them, and functions. An int, a narrower float, is left to C++'s own
// conversion where that loses nothing.
#include <bit>
#include <utility>

#include "cpp/operations.h"
#include "cpp/operators.h"
#include "ir/function_names.h"
#include "ir/mathematics.h"

namespace cogent::cpp {

using ir::Op;
using ir::Type;

namespace {

constexpr analysis::Range unused = {0, 0};  // of a float nothing is said

Fragment cast_to(Type type, Fragment value) {
  return value.type == type ? std::move(value) : cast(std::move(value), type, unused);
}

/// Makes C++ compute in the type; operands differ from it only where C++'s conversion to it is exact.
void make_common(Type type, Fragment& a, const Fragment& b) {
  if (a.type != type && b.type != type) a = cast(std::move(a), type, unused);
}

/// Whether every value of the type is one of the float type.
bool is_exact(Type from, Type to) {
  if (ir::is_float(from)) return to == Type::F64;
  return from != Type::Bool && ir::width_of(from) <= (to == Type::F64 ? 32 : 16);
}

Type unsigned_of(Type type) { return ir::is_signed(type) ? static_cast<Type>(static_cast<int>(type) + 1) : type; }

Fragment as_unsigned(Type type, Fragment value) {
  const Type wanted = unsigned_of(type);
  return value.type == wanted ? std::move(value) : cast(std::move(value), wanted, analysis::range_of(wanted));
}

Fragment call_of_one(std::string name, Fragment a, Type type, const analysis::Range& range) {
  return call(std::move(name), &a, 1, type, range);
}

std::string with_type(const char* name, Type type) { return std::string(name) + "<" + spelling(type) + ">"; }

}  // namespace

Fragment Operations::binary_of_floats(Op op, Type type, Fragment a, Fragment b) {
  if (op == Op::Minimum || op == Op::Maximum)
    return smaller_or_larger(op, type, std::move(a), std::move(b), {unused, false});
  if (op == Op::Multiply) prelude_.forbid_contraction();
  if (ir::is_comparison(op)) return compare_floats(op, type, std::move(a), std::move(b), false);
  make_common(type, a, b);
  return infix(std::move(a), sign_of(op), std::move(b), level_of(op), type, unused);
}

Fragment Operations::compare_floats(Op op, Type type, Fragment a, Fragment b, bool is_swapped) {
  make_common(type, a, b);
  const char* sign = sign_of(op);
  if (a.is_literal || is_swapped) {
    std::swap(a, b);
    sign = op == Op::Less ? ">" : op == Op::LessEqual ? ">=" : sign;
  }
  return infix(std::move(a), sign, std::move(b), level_of(op), Type::Bool, {0, 1});
}

Fragment Operations::convert_floats(Type to, Fragment value, Type from, const Outcome& result) {
  if (!ir::is_float(to)) {
    value = cast_to(from, std::move(value));
    return call_of_one(with_type(prelude_.use(Helper::Saturate).c_str(), to), std::move(value), to, result.range);
  }
  return is_exact(from, to) ? value : cast(std::move(value), to, unused);
}

Fragment Operations::bits_of(Type to, Fragment value, Type from, const Outcome& result) {
  prelude_.use_header("bit");
  if (value.type != from) value = cast(std::move(value), from, ir::is_float(from) ? unused : analysis::range_of(from));
  return call_of_one(with_type("std::bit_cast", to), std::move(value), to, result.range);
}

Fragment Operations::unary(Op op, Type type, Fragment a, const Outcome& result) {
  if (op == Op::Negate) return prefix('-', cast_to(type, std::move(a)), type, unused);
  if (ir::is_float(type)) {
    prelude_.use_header("cmath");
    return call_of_one(std::string("std::") + ir::function_name(op), cast_to(type, std::move(a)), type, unused);
  }
  a = as_unsigned(type, std::move(a));
  if (op == Op::ByteSwap) {
    Fragment swapped = call_of_one(prelude_.use(Helper::ByteSwap), std::move(a), unsigned_of(type), result.range);
    return ir::is_signed(type) ? cast(std::move(swapped), type, result.range) : swapped;
  }
  prelude_.use_header("bit");
  const char* name = op == Op::PopulationCount     ? "std::popcount"
                     : op == Op::CountLeadingZeros ? "std::countl_zero"
                                                   : "std::countr_zero";
  return call_of_one(name, std::move(a), Type::I32, result.range);
}

Fragment Operations::rotate_left(Type type, Fragment a, Fragment count, const Outcome& result) {
  prelude_.use_header("bit");
  Fragment arguments[2] = {as_unsigned(type, std::move(a)), shift_count(type, std::move(count))};
  if (arguments[1].type == Type::I64 || arguments[1].type == Type::U64 || arguments[1].type == Type::U32)
    arguments[1] = cast(std::move(arguments[1]), Type::I32);
  Fragment turned = call("std::rotl", arguments, 2, unsigned_of(type), analysis::range_of(unsigned_of(type)));
  return ir::is_signed(type) ? cast(std::move(turned), type, result.range) : turned;
}

Fragment Operations::fused_multiply_add(Type type, Fragment* operands) {
  prelude_.use_header("cmath");
  for (int i = 0; i < 3; ++i) operands[i] = cast_to(type, std::move(operands[i]));
  return call("std::fma", operands, 3, type, unused);
}

Fragment Operations::mathematics(ir::Id function, Type type, Fragment* operands) {
  const int count = ir::mathematical_functions()[function].operands;
  for (int i = 0; i < count; ++i) operands[i] = cast_to(type, std::move(operands[i]));
  return call(prelude_.use_libm(function, type), operands, count, type, unused);
}

}  // namespace cogent::cpp
