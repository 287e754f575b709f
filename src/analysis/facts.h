// What is known to hold at a place of a program because of the branches and loops around it: linear forms that are not
// negative there.
#pragma once
#include <span>
#include <vector>

#include "analysis/linear_forms.h"

namespace cogent::analysis {

/// A stack of facts. Since a fact is about the values of nodes, which never change, it holds until its region is left.
/// Kept and reused per thread.
class Facts {
 public:
  void start(const ir::Program& program, LinearForms& forms);

  /// A Bool holds (or does not): comparisons, and combinations of comparisons by And and Or.
  void assume(Id condition, bool holds);
  /// Two integers are equal.
  void assume_equal(Id a, Id b);
  /// What a For says of its index within its body, beyond what the index's range says already.
  void assume_index(const ir::Statement& loop);

  /// The number of facts, to forget later ones with rewind().
  std::size_t count() const { return facts_.size(); }
  void rewind(std::size_t count) { facts_.resize(count); }

  std::span<const LinearForm> all() const { return facts_; }

  /// Whether the form, with exact (not wrapping) arithmetic on its terms, is at least 0: by the ranges of its atoms, or
  /// because it is at least a fact, or a sum of two facts.
  bool proves_nonnegative(const LinearForm& form) const;

 private:
  LinearForm exact_form(Id node);
  void assume_comparison(ir::Op op, Id a, Id b, bool holds);
  /// a - b - gap >= 0
  void assume_difference(const LinearForm& a, const LinearForm& b, std::int64_t gap);
  bool at_least_zero(const LinearForm& form) const;

  const ir::Program* program_ = nullptr;
  LinearForms* forms_ = nullptr;
  std::vector<LinearForm> facts_;
};

}  // namespace cogent::analysis
