// Variables of a loop that gather up what the iterations give: sums, minimums, maximums, bitwise operations. Integers
// and Bools only: floats are added in their order.
#pragma once
#include <vector>

#include "analysis/ranges.h"
#include "ir/program.h"

namespace cogent::optimize {

using ir::Id;

/// One thing that an iteration adds to a variable (or takes the minimum with, ...): `value`, or where it is conditional
/// only if `condition` is `expected`.
struct ReductionTerm {
  Id value;
  bool is_subtracted = false;
  Id condition = ir::none;
  bool expected = true;
};

struct Reduction {
  Id variable = ir::none;
  Id read = ir::none;            // the Get at the beginning of an iteration
  Id statement = ir::none;       // the Set at the end of it
  ir::Op op = ir::Op::Constant;  // Add, Minimum, Maximum, And, Or, Xor
  std::vector<ReductionTerm> terms;
};

/// Kept and reused per thread.
class LaneReductions {
 public:
  void start(const ir::Program& program) {
    program_ = &program;
    count_ = 0;
  }
  /// A Get or Set of the loop's body, in their order. False: the variable does not begin an iteration with what the
  /// last one left in it.
  bool add_read(Id node);
  bool add_write(Id statement);
  /// Takes the written values apart. `carried`, per node from `first` on: whether it depends on a read. False: one is
  /// something else than a reduction.
  bool find_terms(Id first, const std::vector<bool>& carried);

  std::vector<Reduction>::const_iterator begin() const { return all_.begin(); }
  std::vector<Reduction>::const_iterator end() const { return all_.begin() + static_cast<std::ptrdiff_t>(count_); }
  bool empty() const { return count_ == 0; }

 private:
  Reduction* find(Id variable);
  bool take_apart(Reduction& reduction);
  bool take_binary(Reduction& reduction, const ir::Node& node, Id& rest);
  bool take_select(Reduction& reduction, const ir::Node& node, Id& rest);
  bool take_extreme(Reduction& reduction, const ir::Node& select, Id& rest);
  bool join(Reduction& reduction, ir::Op op);
  bool is_carried(Id node) const {
    return node >= first_ && node - first_ < carried_->size() && (*carried_)[node - first_];
  }

  const ir::Program* program_ = nullptr;
  std::vector<Reduction> all_;
  std::size_t count_ = 0;
  Id first_ = 0;
  const std::vector<bool>* carried_ = nullptr;
};

}  // namespace cogent::optimize
