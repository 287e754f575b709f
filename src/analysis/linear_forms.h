// Linear forms: a node as constant + sum of coefficient * atom, where an atom is a node that is not itself such a sum.
#pragma once
#include <vector>

#include "analysis/ranges.h"

namespace cogent::analysis {

struct Term {
  Id atom;
  std::int64_t coefficient;
};

/// constant + sum of coefficient * atom, where atoms stand for their exact integers, whatever their type. Constant and
/// coefficients wrap in 64 bits, so that the form is congruent to the node modulo 2^64.
struct LinearForm {
  static constexpr int capacity = 8;

  std::int64_t constant = 0;
  int count = 0;
  bool valid = true;     // false: too many terms; then nothing else has a meaning
  Term terms[capacity];  // by growing atom, no coefficient is 0

  void add(Id atom, std::int64_t coefficient);
  void add(const LinearForm& other, std::int64_t factor);
  std::int64_t coefficient_of(Id atom) const;
  /// Sums and differences of a few such forms have exact coefficients: none wraps.
  bool is_moderate() const;
  bool has_same_terms(const LinearForm& other) const;
};

/// Computes linear forms of integer nodes. Looks through Add, Subtract, Multiply and ShiftLeft by constants, and
/// Convert, wherever all the bits that count are kept: where the type is as wide as the form's modulus, or where the
/// ranges prove that the operation cannot wrap. Kept and reused per thread.
class LinearForms {
 public:
  /// Both must outlive the use; nodes may be added to them meanwhile.
  void start(const ir::Program& program, const Ranges& ranges);

  /// The form of an integer node, modulo 2^64.
  LinearForm of(Id node);

  /// The same in two parts: the node is the form plus the offset. The reference holds until the next question.
  const LinearForm& base_of(Id node, std::int64_t& offset);

  /// The exact bounds of an I64 node by its form: exact_bounds(of(node)), faster where nodes differ by constants.
  bool bounds_of(Id node, Range& range);

  /// Between which bounds the form lies when each atom takes any value of its range; false if they are beyond reach.
  bool bounds(const LinearForm& form, Range& range) const;

  /// The same; true only if they lie within the type: then a node of that type with this form has the form's value.
  bool exact_bounds(const LinearForm& form, ir::Type type, Range& range) const;

  /// A long sum as weighted terms, in the order written, from left to right; an atom may occur several times. It equals
  /// the node modulo 2^width of the node's type. False beyond `limit` steps; then the results have no meaning.
  bool weighted_sum(Id node, std::vector<Term>& terms, std::int64_t& constant, std::size_t limit = 1 << 16);

 private:
  /// Whether the operation's result is its exact one modulo 2^width.
  bool keeps(Id id, int width) const {
    return ir::width_of(program_->nodes[id].type) >= width || !ranges_->may_wrap(id);
  }
  std::int64_t take_base(Id node);
  template <class Sink>
  bool walk(Id node, int width, std::size_t limit, std::int64_t& constant, Sink&& sink);

  const ir::Program* program_ = nullptr;
  const Ranges* ranges_ = nullptr;
  std::vector<Term> pending_;
  Id last_base_ = ir::none;  // accesses come in groups: base + constant
  LinearForm last_form_;
  Range last_bounds_{};
  bool last_is_bounded_ = false;
};

}  // namespace cogent::analysis
