// Values are made by descending a few operations deep, with leaves from what is in scope.
#include "support/random_values.h"

#include <algorithm>

#include "ir/mathematics.h"

namespace cogent::testing {

using ir::Id;
using ir::Op;
using ir::Type;

Type RandomValues::any_integer() {
  static const std::vector<Type> types = {Type::I8,  Type::U8,  Type::U8,  Type::I16, Type::U16, Type::I32, Type::I32,
                                          Type::I32, Type::U32, Type::I64, Type::I64, Type::I64, Type::U64};
  return random_.pick(types);
}

Type RandomValues::any_type() {
  if (floats_ && random_.one_in(3)) return random_.one_in(2) ? Type::F32 : Type::F64;
  return random_.one_in(8) ? Type::Bool : any_integer();
}

void RandomValues::return_to(const Scope& scope) {
  values_.resize(scope.values);
  variables_.resize(scope.variables);
  indexes_.resize(scope.indexes);
}

Id RandomValues::value(Type type, int depth) {
  if (depth == 0 || random_.one_in(4)) return leaf(type);
  if (ir::is_float(type)) return floating(type, depth);
  return type == Type::Bool ? boolean(depth) : integer(type, depth);
}

Id RandomValues::leaf(Type type) {
  if (!variables_.empty() && random_.one_in(4)) {
    const Id variable = random_.pick(variables_);
    return b_.convert(b_.get(variable), type);
  }
  if (values_.empty() || random_.one_in(4)) return b_.constant(random_.value(type), type);
  for (int attempts = 0; attempts < 4; ++attempts)
    if (const Id id = random_.pick(values_); type_of(id) == type) return id;
  return b_.convert(random_.pick(values_), type);
}

Id RandomValues::integer(Type type, int depth) {
  static const std::vector<Op> operations = {Op::Add,     Op::Add, Op::Subtract,  Op::Multiply,   Op::Minimum, Op::And,
                                             Op::Maximum, Op::Or,  Op::ShiftLeft, Op::ShiftRight, Op::Xor};
  if (floats_ && random_.one_in(6)) return function_of_integers(type, depth);
  switch (random_.bits() % 12) {
    case 0:
      return quotient(type, depth);
    case 1:
      return b_.select(value(Type::Bool, depth - 1), value(type, depth - 1), value(type, depth - 1));
    case 2:
      return b_.convert(value(any_type(), depth - 1), type);
    case 3:
      if (!arrays_.empty()) return b_.convert(load(any_array()), type);
      [[fallthrough]];
    case 4:  // as C++ computes with small types: widened, then narrowed
      return b_.convert(b_.binary(random_.pick(operations), b_.convert(value(type, depth - 1), Type::I32),
                                  value(Type::I32, depth - 1)),
                        type);
    default:
      return b_.binary(random_.pick(operations), value(type, depth - 1), value(type, depth - 1));
  }
}

Id RandomValues::function_of_integers(Type type, int depth) {
  static const std::vector<Op> operations = {Op::PopulationCount, Op::CountLeadingZeros, Op::CountTrailingZeros,
                                             Op::ByteSwap};
  if (ir::size_of(type) >= 4 && random_.one_in(3))
    return b_.bits(ordered(value(ir::size_of(type) == 4 ? Type::F32 : Type::F64, depth - 1)), type);
  if (random_.one_in(2)) return b_.unary(random_.pick(operations), value(type, depth - 1));
  return b_.binary(Op::RotateLeft, value(type, depth - 1), value(type, depth - 1));
}

Id RandomValues::floating(Type type, int depth) {
  static const std::vector<Op> operations = {Op::Add,    Op::Add,     Op::Subtract, Op::Multiply,
                                             Op::Divide, Op::Minimum, Op::Maximum};
  switch (random_.bits() % 12) {
    case 0:
      return b_.select(value(Type::Bool, depth - 1), value(type, depth - 1), value(type, depth - 1));
    case 1:
    case 2:
      return b_.convert(value(any_type(), depth - 1), type);
    case 3:
      if (!arrays_.empty()) return b_.convert(load(any_array()), type);
      [[fallthrough]];
    case 4:
    case 5:
      return function_of_floats(type, depth);
    default:
      return b_.binary(random_.pick(operations), value(type, depth - 1), value(type, depth - 1));
  }
}

Id RandomValues::function_of_floats(Type type, int depth) {
  static const std::vector<Op> operations = {Op::Negate, Op::Absolute, Op::SquareRoot, Op::Floor,
                                             Op::Ceil,   Op::Round,    Op::Truncate};
  switch (random_.bits() % 5) {
    case 0: {
      const Id a = value(type, depth - 1), b = value(type, depth - 1);
      return b_.fused_multiply_add(a, b, value(type, depth - 1));
    }
    case 1:
      return mathematics(type, depth);
    case 2: {
      const bool is_signed = random_.one_in(2);
      const Type whole = type == Type::F32 ? (is_signed ? Type::I32 : Type::U32) : is_signed ? Type::I64 : Type::U64;
      return ordered(b_.bits(value(whole, depth - 1), type));
    }
    default:
      return b_.unary(random_.pick(operations), value(type, depth - 1));
  }
}

Id RandomValues::mathematics(Type type, int depth) {
  const auto functions = ir::mathematical_functions();
  const Id function = static_cast<Id>(random_.bits() % functions.size());
  const Id a = value(type, depth - 1);
  // Only ordered: copysign shows the sign of a NaN.
  return b_.mathematics(function, a, functions[function].operands == 2 ? ordered(value(type, depth - 1)) : ir::none);
}

// 0 instead of NaN.
Id RandomValues::ordered(Id value) {
  return b_.select(b_.binary(Op::Equal, value, value), value, constant(0, type_of(value)));
}

Id RandomValues::quotient(Type type, int depth) {
  const Op op = random_.one_in(2) ? Op::Divide : Op::Remainder;
  const Id dividend = value(type, depth - 1);
  if (random_.one_in(2)) {
    const std::int64_t divisor = random_.value(type);
    return b_.binary(op, dividend, b_.constant(divisor == 0 ? 1 : divisor, type));
  }
  Id divisor = value(type, depth - 1);
  if (!faults_ || !random_.one_in(8)) divisor = b_.binary(Op::Or, divisor, constant(1, type));
  return remember(b_.binary(op, dividend, divisor));
}

Id RandomValues::boolean(int depth) {
  static const std::vector<Op> operations = {Op::And, Op::Or, Op::Xor, Op::Equal, Op::NotEqual};
  switch (random_.bits() % 8) {
    case 0:
      return b_.binary(random_.pick(operations), value(Type::Bool, depth - 1), value(Type::Bool, depth - 1));
    case 1:
      return b_.negate(value(Type::Bool, depth - 1));
    case 2:
      return both_if_needed(depth);
    case 3:
      return b_.convert(value(any_integer(), depth - 1), Type::Bool);
    case 4:
      return b_.select(value(Type::Bool, depth - 1), value(Type::Bool, depth - 1), value(Type::Bool, depth - 1));
    default:
      return comparison(depth);
  }
}

Id RandomValues::comparison(int depth) {
  static const std::vector<Op> operations = {Op::Less, Op::LessEqual, Op::Equal, Op::NotEqual};
  const Type type = !floats_ || !random_.one_in(3) ? any_integer() : random_.one_in(2) ? Type::F32 : Type::F64;
  return b_.binary(random_.pick(operations), value(type, depth - 1), value(type, depth - 1));
}

// a && b, a || b: b is computed only where it matters.
Id RandomValues::both_if_needed(int depth) {
  const Id first = value(Type::Bool, depth - 1);
  const Scope before = scope();
  const ir::Builder::Moment moment = b_.now();
  const Id second = value(Type::Bool, depth - 1);
  return_to(before);
  return random_.one_in(2) ? b_.skip_unless(moment, first, constant(0, Type::Bool), second)
                           : b_.skip_unless(moment, b_.negate(first), constant(1, Type::Bool), second);
}

std::int64_t RandomValues::known_extent(Id array, int dimension) const {
  const ir::Array& what = b_.program().arrays[array];
  return what.size != ir::dynamic_size && what.is_shaped ? what.extents[dimension] : what.size;
}

Id RandomValues::index(Id array) {
  const ir::Array what = b_.program().arrays[array];
  if (!what.is_shaped) return index(array, 0);
  std::vector<Id> indexes;
  for (int dimension = 0; dimension < what.rank; ++dimension) indexes.push_back(index(array, dimension));
  return b_.place(array, indexes);
}

Id RandomValues::index(Id array, int dimension) {
  const std::int64_t extent = known_extent(array, dimension);
  if (faults_ && random_.one_in(60)) return value(Type::I64, 1);
  if (!indexes_.empty() && extent != ir::dynamic_size && random_.one_in(2)) return index_by_loop(extent);
  return extent == ir::dynamic_size ? index_below(b_.extent(array, dimension)) : index_into_range(extent);
}

// i + c, i * c + j, ..., wrapped into the size only where that may be needed.
Id RandomValues::index_by_loop(std::int64_t size) {
  const LoopIndex outer = random_.pick(indexes_), inner = random_.pick(indexes_);
  Id index = b_.convert(outer.node, Type::I64);
  std::int64_t end = outer.end;
  if (random_.one_in(3)) {
    const std::int64_t stride = random_.between(1, 4);
    index = b_.binary(Op::Multiply, index, constant(stride, Type::I64));
    index = b_.binary(Op::Add, index, b_.convert(inner.node, Type::I64));
    end = (end - 1) * stride + inner.end;
  }
  if (end < size) index = b_.binary(Op::Add, index, constant(random_.between(0, size - end), Type::I64));
  if (end <= size) return index;
  return b_.binary(Op::Remainder, index, constant(size, Type::I64));
}

Id RandomValues::index_below(Id extent) {
  const Id any = value(Type::I64, 1);
  const Id last = b_.binary(Op::Subtract, extent, constant(1, Type::I64));
  return b_.binary(Op::Minimum, b_.binary(Op::And, any, constant(random_.one_in(2) ? 3 : 63, Type::I64)), last);
}

Id RandomValues::index_into_range(std::int64_t size) {
  const Id any = value(Type::I64, 1);
  if (random_.one_in(3)) return constant(random_.between(0, size - 1), Type::I64);
  if (random_.one_in(2)) {
    const Id unsigned_index = b_.convert(any, Type::U64);
    return b_.convert(b_.binary(Op::Remainder, unsigned_index, constant(size, Type::U64)), Type::I64);
  }
  return b_.binary(Op::Maximum, b_.binary(Op::Minimum, any, constant(size - 1, Type::I64)), constant(0, Type::I64));
}

}  // namespace cogent::testing
