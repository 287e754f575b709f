// What a vectorised loop computes in each lane, in the narrowest types that are exact: made of a loop of a program by
// optimize/recognise_lanes.h, lowered by the machine's folder. A lane is one iteration.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "ir/program.h"

namespace cogent::ir {

/// One operation, done for all lanes of a block before the next one. Operands are numbers of earlier steps.
struct LaneStep {
  enum class Kind : std::uint8_t {
    Constant,  // `value`, canonical, in every lane
    // The low bits of a node that is computed before the loop, or, if the type is wider, its value. With `saturates`
    // the nearest of the type; or as a mask, whether it is below `value` (op is Less) or is not (LessEqual)
    Invariant,
    Index,   // the low bits of the loop's index
    Load,    // of `access`; if that is conditional, only in lanes where the mask c holds
    LookUp,  // of the byte a, U8, in the table of `access`
    Store,   // of a, of the array's type, to `access`; if that is conditional, only in lanes where the mask c holds
    // a as another type. Integers and masks: extended as a's type says, or cut off, or with `saturates` brought to the
    // nearest of the type, if a, read as signed, or the value fits; `value` is 1 if it is known to fit. Floats: as
    // Op::Convert, to and from I32; with `saturates` all that is below I32 and NaN, which alone may be beyond it,
    // becomes the lowest
    Convert,
    // b plus the elements, each times its weight, of one iteration in the group of a, a Load of U8. Four weights of 8
    // bits with a sign are in the low half of `value`, the positions of their elements in the high half
    Dot,
    // a and b, I16, as the low and the high halves of 4 bytes
    Pair,
    // c plus the products of the halves of a, a Pair, each with the same half of b, a Pair or a Constant
    PairDot,
    // Adds (takes the minimum of, ...: op) all lanes of a to the variable `node`, behind the loop. Add: in lanes of
    // `type`, modulo 2^width, numbers that may be narrower; Multiply: adds the products of a and b, I16. Else: in lanes
    // of a's type, beginning with what changes nothing
    Reduce,
    // op; `type` is that of the operands of a comparison, whose result is a mask as wide. Shifts by a constant beyond
    // the type give 0, or the sign. Divide of integers of 2 or 4 bytes: by the Constant b, without a sign, from 2 to
    // `value`, which no magnitude of a exceeds; if a has no sign, b is no power of 2
    Compute,
  };
  Kind kind;
  // Of Compute: without Remainder of integers, Convert and Mathematics; of the functions of an integer's bits
  // PopulationCount alone. Absolute is also of integers, and wraps. SquareRoot is also of U16: the nearest integer
  Op op = Op::Constant;
  Type type = Type::Void;  // of every lane; Bool: a mask, whose bits are all equal
  std::uint8_t bytes = 0;  // of every lane
  bool saturates = false;
  Line line = 0;
  std::uint32_t a = 0, b = 0, c = 0;
  Id node = none;  // of an Invariant; of a Reduce
  std::uint32_t access = 0;
  std::int64_t value = 0;

  /// A lane that is done twice counts twice.
  bool is_sum() const { return kind == Kind::Reduce && (op == Op::Add || op == Op::Multiply || op == Op::Xor); }
  std::int8_t weight(int slot) const { return static_cast<std::int8_t>(value >> 8 * slot); }
  int position(int slot) const { return static_cast<int>(value >> (32 + 8 * slot) & 3); }
  bool is_mask() const { return type == Type::Bool || (kind == Kind::Compute && is_comparison(op)); }
};

/// coefficient * atom, a node that is computed before the loop; see analysis/linear_forms.h.
struct LaneTerm {
  Id atom;
  std::int64_t coefficient;
};

/// Where one Load or Store goes in iteration k = 0, 1, ...: to the element first + k * stride, where
///   first = constant + sum of the terms + the loop's first index * stride (modulo 2^64).
struct LaneAccess {
  static constexpr std::uint8_t most_stride = 4;
  static constexpr std::uint32_t no_group = ~std::uint32_t{0};

  Id array = none;
  bool is_store = false;
  Line line = 0;
  std::int64_t constant = 0;
  std::uint32_t first_term = 0, term_count = 0;
  std::uint8_t stride = 1;  // 0: any of the first `table` elements, which are bytes: 64, 128 or 256
  std::uint16_t table = 0;
  bool is_conditional = false;     // a lane may be one whose iteration does not access its element, which may not exist
  std::uint8_t position = 0;       // in its group: so many elements behind the lowest
  std::uint32_t group = no_group;  // of every access with a larger stride
};

/// Accesses whose elements alternate in memory: loads without a store between them, done together where the first is;
/// or stores to all of `stride` neighbours, each once, done together where the last is.
struct LaneGroup {
  std::uint32_t lowest;  // an access at position 0
  std::uint32_t first, last;
  std::uint8_t stride, span;  // span: elements of one iteration from the lowest to the highest, at most stride
};

/// Two accesses, one of them a store, of which it is not known how they lie to each other: `earlier` comes first in an
/// iteration. A block of n lanes does what n iterations do unless the earlier one meets, in a lane, what the later one
/// met in a lane before it: unless 0 < (address of the later one - address of the earlier one) < n elements. (Both
/// addresses of one iteration. For strides of different sizes: unless they are closer than n of the larger ones.) An
/// access of a group stands for all of it.
struct LanePair {
  std::uint32_t earlier, later;
  bool must_be_apart;  // they are done in another order: nothing of the loop's one may meet anything of the other
};

/// What an iteration does that copies `stride` elements of accesses[0] to as many of accesses[1] and nothing else:
/// where the first elements are the lowest ones, number i of the second ones is number sources[i] of the first ones.
struct LanePermutation {
  static constexpr int most_bytes = 64;
  std::uint8_t stride = 0, bytes = 0;  // stride * bytes, of an element, is a power of two. 0: there is none
  std::uint8_t sources[most_bytes] = {};
};

struct LaneLoop {
  Id statement = none;  // a For with a step of 1
  std::vector<LaneStep> steps;
  std::vector<LaneAccess> accesses;
  std::vector<LaneTerm> terms;
  std::vector<LaneGroup> groups;
  std::vector<LanePair> pairs;
  LanePermutation permutation;  // then there are no steps
  /// At most so many lanes may be done at once.
  std::int64_t most_lanes = INT64_MAX;
  /// It runs at least so many times, unless in parts. (Of one that counts to a constant the program says more.)
  std::int64_t fewest_rounds = 0;
  /// Iterations may be done twice (but for sums) if no store meets another access of a pair at all.
  bool is_repeatable = true;

  /// Whether two accesses of one array lie equally far from each other in every iteration of every run.
  bool differ_by_a_constant(const LaneAccess& x, const LaneAccess& y) const {
    const auto is_same = [](const LaneTerm& a, const LaneTerm& b) {
      return a.atom == b.atom && a.coefficient == b.coefficient;
    };
    const auto first = terms.begin() + x.first_term, other = terms.begin() + y.first_term;
    return x.array == y.array && x.stride == y.stride && x.term_count == y.term_count &&
           std::equal(first, first + x.term_count, other, is_same);
  }

  void clear() {
    steps.clear();
    accesses.clear();
    terms.clear();
    groups.clear();
    pairs.clear();
    permutation.stride = 0;
    most_lanes = INT64_MAX;
    fewest_rounds = 0;
    is_repeatable = true;
  }
};

}  // namespace cogent::ir
