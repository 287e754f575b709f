// What each operation computes on canonical constants: the meaning that folding and the interpreter share. (Plain runs
// compute with C++'s own operators instead, so that the two witness each other.)
#pragma once
#include "ir/program.h"

namespace cogent::ir {

/// The canonical result of a binary operation on canonical operands of `type`. A division of integers by 0 must not be
/// asked for.
std::int64_t evaluate_binary(Op op, Type type, std::int64_t a, std::int64_t b);

/// The canonical value of type `to` of a canonical value of type `from`.
std::int64_t evaluate_convert(std::int64_t value, Type from, Type to);

/// An operation of one operand (ir::is_unary) of `type`, which is also the result's. Bits is canonical(a, its type).
std::int64_t evaluate_unary(Op op, Type type, std::int64_t a);

/// a * b + c, rounded once.
std::int64_t evaluate_fused_multiply_add(Type type, std::int64_t a, std::int64_t b, std::int64_t c);

/// A function of ir/mathematics.h; one of a single operand ignores b.
std::int64_t evaluate_mathematics(Id function, Type type, std::int64_t a, std::int64_t b);

/// Whether two canonical values are the same: equal bits, or two NaNs. This is what "bit for bit" means wherever two
/// ways of running are compared: results, elements, arguments of calls. Sign and payload of a NaN that is computed are
/// unspecified, as in C++; a print shows neither, bit_cast and copysign show what there happens to be.
bool is_same_value(Type type, std::int64_t a, std::int64_t b);

/// Whether C++ itself would call the operation undefined on its own (signed overflow, shift count out of range).
bool is_undefined_in_cpp(Op op, Type type, std::int64_t a, std::int64_t b);

/// How often a For runs: first, last and step canonical of `type`, step not 0.
std::uint64_t trip_count(Type type, std::int64_t first, std::int64_t last, std::int64_t step);

}  // namespace cogent::ir
