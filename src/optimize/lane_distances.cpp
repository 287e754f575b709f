// Accesses of a loop that stay apart in all its iterations, as those of several rows do: what lies between them is more
// than the loop walks.
#include "optimize/recognise_lanes.h"

namespace cogent::optimize {

using analysis::LinearForm;
using analysis::Wide;
using ir::Op;

namespace {

// With coefficients and atoms below no product of them comes near the ends of 64 bits.
constexpr std::int64_t farthest = std::int64_t{1} << 40, largest_atom = 1 << 20;

Wide magnitude(Wide number) { return number < 0 ? -number : number; }

}  // namespace

// Both are proven to lie in their array, so that the form of their distance is exact where it is small.
bool LaneRecogniser::never_meet(const analysis::LinearAccess& a, const analysis::LinearAccess& b,
                                const ir::LaneLoop& loop) const {
  if (a.array != b.array || a.stride != b.stride || !a.index.valid || !b.index.valid) return false;
  const ir::Statement& statement = program_->statements[loop.statement];
  const Wide rounds = (*ranges_)[statement.c].high - (*ranges_)[statement.b].low;
  const Wide walked = (rounds - 1) * a.stride;
  LinearForm between = b.index;
  between.add(a.index, -1);
  if (!between.valid || rounds < 1 || rounds > farthest || magnitude(between.constant) > farthest) return false;
  if (between.count == 0) return magnitude(between.constant) > walked;
  if (between.count != 2) return false;
  const analysis::Term &x = between.terms[0], &y = between.terms[1];
  std::int64_t most = 0;
  return x.coefficient == -y.coefficient && magnitude(x.coefficient) <= farthest &&
         magnitude(x.coefficient) - magnitude(between.constant) > walked && always_differ(x.atom, y.atom, most) &&
         most <= largest_atom;
}

// The lowest bits of numbers that differ by a constant which has not all of these bits 0: rows of a ring. `most` is the
// largest that they can be.
bool LaneRecogniser::always_differ(Id a, Id b, std::int64_t& most) const {
  const ir::Node &x = program_->nodes[a], &y = program_->nodes[b];
  if (x.op != Op::And || y.op != Op::And || x.b != y.b || !program_->is_constant(x.b)) return false;
  most = program_->value(x.b);
  if (most < 0 || (most & (most + 1)) != 0) return false;
  LinearForm between = forms_->of(x.a);
  between.add(forms_->of(y.a), -1);
  return between.valid && between.count == 0 && (between.constant & most) != 0;
}

}  // namespace cogent::optimize
