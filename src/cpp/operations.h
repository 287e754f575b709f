// Operations on fragments: for each operation of the program the C++ that computes exactly the same, as plainly as
// C++'s promotions and undefined behaviour allow.
#pragma once
#include <utility>

#include "cpp/fragment.h"
#include "cpp/prelude.h"

namespace cogent::cpp {

/// What is known of an operation's result: its range, and whether it may differ from the mathematical result.
struct Outcome {
  analysis::Range range;
  bool wraps;
};

class Operations {
 public:
  explicit Operations(Prelude& prelude) : prelude_(prelude) {}

  /// A binary operation on operands of `type`; a division's divisor is not 0.
  Fragment binary(ir::Op op, ir::Type type, Fragment a, Fragment b, const Outcome& result);
  /// a > b, of integers.
  Fragment greater(ir::Type type, Fragment a, Fragment b) {
    return compare(ir::Op::Less, type, std::move(b), std::move(a), true);
  }
  Fragment negative(ir::Type type, Fragment a, const Outcome& result);
  Fragment complement(ir::Type type, Fragment a, const Outcome& result);
  Fragment logical_not(Fragment a);
  Fragment clamp(ir::Type type, Fragment value, Fragment low, Fragment high, const Outcome& result);
  Fragment select(ir::Type type, Fragment condition, Fragment a, Fragment b, const Outcome& result);
  Fragment convert(ir::Type to, Fragment value, ir::Type from, const Outcome& result);
  /// A value of the type `from` whose bits are those of a `to`.
  Fragment bits_of(ir::Type to, Fragment value, ir::Type from, const Outcome& result);
  /// An operation with ir::is_unary.
  Fragment unary(ir::Op op, ir::Type type, Fragment a, const Outcome& result);
  /// Of three operands.
  Fragment fused_multiply_add(ir::Type type, Fragment* operands);
  /// A function of ir/mathematics.h.
  Fragment mathematics(ir::Id function, ir::Type type, Fragment* operands);
  /// A division that faults, at `where`, when the divisor is 0.
  Fragment checked_division(ir::Op op, ir::Type type, Fragment a, Fragment b, int where, const Outcome& result);

 private:
  Fragment arithmetic(ir::Op op, ir::Type type, Fragment a, Fragment b, const Outcome& result);
  Fragment wrapping(Helper helper, ir::Type type, Fragment a, Fragment b, const Outcome& result);
  Fragment divide(ir::Op op, ir::Type type, Fragment a, Fragment b, const Outcome& result);
  Fragment smaller_or_larger(ir::Op op, ir::Type type, Fragment a, Fragment b, const Outcome& result);
  Fragment bits(ir::Op op, ir::Type type, Fragment a, Fragment b, const Outcome& result);
  Fragment shift_left(ir::Type type, Fragment a, Fragment count, const Outcome& result);
  Fragment shift_right(ir::Type type, Fragment a, Fragment count, const Outcome& result);
  Fragment shift_count(ir::Type type, Fragment count);
  Fragment compare(ir::Op op, ir::Type type, Fragment a, Fragment b, bool is_swapped = false);
  Fragment compare_bools(ir::Op op, Fragment a, Fragment b);
  Fragment rotate_left(ir::Type type, Fragment a, Fragment count, const Outcome& result);
  Fragment binary_of_floats(ir::Op op, ir::Type type, Fragment a, Fragment b);
  Fragment compare_floats(ir::Op op, ir::Type type, Fragment a, Fragment b, bool is_swapped);
  Fragment convert_floats(ir::Type to, Fragment value, ir::Type from, const Outcome& result);

  Prelude& prelude_;
};

}  // namespace cogent::cpp
