// Turns the body of a loop into steps over lanes, each of the narrowest type that holds the bits that matter.
#pragma once
#include <vector>

#include "analysis/ranges.h"
#include "ir/lane_loop.h"
#include "optimize/lane_reductions.h"

namespace cogent::optimize {

using ir::Id;

/// Two passes over the nodes of a body. From the last to the first: how many low bytes of each value are looked at.
/// From the first to the last: a step for each, in a type that holds either those bytes or, by the ranges, the value.
/// Kept and reused per thread.
class LaneNarrowing {
 public:
  void start(const ir::Program& program, const analysis::Ranges& ranges) {
    program_ = &program;
    ranges_ = &ranges;
  }

  /// Begins with a loop, a For whose statements are Lets of Loads and Gets, Sets, Stores, Ifs around Lets of Loads and
  /// Stores, and what has no effect;
  /// `last_node` is the highest that they name.
  void find_varying(Id statement, Id last_node);
  /// Whether the node may have another value in another iteration of that loop.
  bool varies(Id node) const {
    return node >= first_ && node - first_ < values_.size() && values_[node - first_].varies;
  }

  /// From the loop's index on.
  std::size_t node_count() const { return values_.size(); }

  /// Whether the node varies, and is a byte without a sign but not the loop's index.
  bool is_byte(Id node) const {
    return varies(node) && node != first_ && (*ranges_)[node].within(analysis::range_of(ir::Type::U8));
  }
  std::int64_t highest(Id node) const { return static_cast<std::int64_t>((*ranges_)[node].high); }
  /// Makes a Load one of a table's byte.
  void look_up(Id load) { values_[load - first_].is_look_up = true; }
  /// Says which access a Load is.
  void set_access(Id load, std::uint32_t access) { values_[load - first_].access = access; }

  /// Appends the steps; no statement can fault, and the accesses are there already, in the statements' order. False:
  /// some operation has no form in lanes, see why_not() and line().
  bool run(const LaneReductions& reductions, ir::LaneLoop& loop);
  /// Per node from the loop's index on: whether it depends on a variable that the loop reads.
  const std::vector<bool>& carried() const { return carried_; }

  const char* why_not() const { return why_not_; }
  ir::Line line() const { return line_; }

 private:
  using Step = ir::LaneStep;
  using Type = ir::Type;
  struct Value {
    std::uint8_t demand = 0;  // low bytes that are looked at; whole_value: all that the value says; 0: not needed
    bool varies = false, is_look_up = false;
    bool is_whole = false;  // its step has the value, whatever is looked at
    std::uint32_t access = unmade;
    std::uint32_t step = unmade;
    std::uint32_t converted = unmade;  // the last conversion of that step
  };
  static constexpr std::uint32_t unmade = ~std::uint32_t{0};
  static constexpr std::uint8_t whole_value = 9;

  // ---- narrow_lanes.cpp
  void demand_operands(Id node);
  void demand(Id node, std::uint8_t bytes);
  bool emit_statements();
  bool emit_region(Id region);
  bool emit_statement(Id id);
  bool emit_branches(const ir::Statement& branch);
  std::uint32_t path_mask(std::uint8_t bytes);
  bool emit_load(const ir::Statement& statement, std::uint32_t access);
  bool emit_store(const ir::Statement& statement, std::uint32_t access);
  bool emit_until(Id node);
  bool refuse(const char* why, Id node);
  Value* value_of(Id node) { return varies(node) ? &values_[node - first_] : nullptr; }
  Type type_of_value(Id node) const;
  Type type_holding(Id a, Id b) const;
  std::uint8_t bytes_of(Id node);

  // ---- lane_sums.cpp
  void demand_terms(const Reduction& reduction);
  bool is_sum_of_products(const Reduction& reduction, const ReductionTerm& term) const;
  bool emit_reduction(const Reduction& reduction);
  void emit_sum(const Reduction& reduction, const ReductionTerm& term);
  std::uint32_t conditional(const ReductionTerm& term, std::uint32_t value, std::int64_t neutral);
  void reduce(const Reduction& reduction, ir::Op op, Type type, std::uint32_t a, std::uint32_t b = 0);

  // ---- lane_steps.cpp
  bool emit(Id node);
  bool emit_integer(Id node);
  std::uint8_t bytes_kept(Id node);
  std::uint32_t wrapped(Id node, std::uint32_t computed);
  bool emit_shift(Id node);
  bool emit_float(Id node);
  bool emit_mask(Id node);
  bool emit_select(Id node, Type type);
  bool emit_convert(Id node);
  std::uint32_t float_to_integer(Id node);
  std::uint32_t comparison(Id node);
  std::uint32_t use(Id node, Type type);
  std::uint32_t use_mask(Id node, std::uint8_t bytes);
  std::uint32_t mask_of(Id node);
  std::uint32_t bits_of_mask(Id node, Type type);
  std::uint32_t leaf(Id node, Type type);
  std::uint32_t convert(std::uint32_t step, Type type, std::uint8_t bytes, bool saturates);
  std::uint32_t add(Step step);
  std::uint32_t compute(ir::Op op, Type type, std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0);
  std::uint32_t constant(Type type, std::uint8_t bytes, std::int64_t value);
  std::uint32_t find_or_add(const Step& leaf);
  Type computed_type(Id node, std::uint8_t least_bytes);
  bool is_bounded_above(Id node, double bound) const;

  // ---- lane_dots.cpp
  struct Dot {
    static constexpr int most_elements = 4, most_nodes = 16;
    Id first = ir::none;  // the first Load of the elements
    std::int64_t weights[most_elements] = {}, constant = 0;
    int nodes = 0;
    bool has_high = false;  // 256 times `high`, and `low`, in the form of a step's value
    std::uint64_t high = 0, low = 0;
  };
  bool find_dot(Id node, Dot& dot) const;
  bool add_to_dot(Id node, std::int64_t factor, Dot& dot) const;
  bool add_element(Id load, std::int64_t factor, Dot& dot) const;
  bool emit_dot(Id node);

  // ---- lane_pairs.cpp
  struct PairDot {  // the sum of a constant and of products, of words with weights or with each other
    static constexpr int most_terms = 8, most_nodes = 24;
    struct Term {
      Id word, other;  // other: none if it is a weight
      std::int64_t weight;
    };
    Term terms[most_terms] = {};
    int count = 0, nodes = 0;
    std::int64_t constant = 0;
  };
  bool is_word(Id node) const;
  bool find_pair_dot(Id node, PairDot& dot);
  bool add_to_pair_dot(Id node, std::int64_t factor, PairDot& dot) const;
  bool add_term(const PairDot::Term& term, PairDot& dot) const;
  std::uint32_t pair(Id a, Id b);
  bool emit_pair_dot(Id node);

  // ---- lane_roots.cpp
  struct Root {  // the square root of an integer, rounded and then at most so much
    Id of = ir::none;
    std::int64_t highest = 0;
  };
  bool find_root(Id node, Root& root) const;
  bool emit_root(Id node);

  // ---- lane_divisions.cpp
  bool emit_division(Id node);

  // ---- lane_idioms.cpp
  Id absolute_of(Id node) const;
  bool emit_absolute(Id node);
  bool is_distance(Id node, Id& p, Id& q) const;
  bool emit_distance(Id node);
  bool emit_needless_limit(Id node);
  std::uint8_t low_bytes_shifted(Id shift) const;
  Id unclamped(Id node, Type type) const;
  std::uint32_t comparison_with_invariant(Id node);
  std::uint32_t is_below(Id invariant, std::int64_t limit, bool expected, std::uint8_t bytes);

  const ir::LaneStep& step(std::uint32_t number) const { return loop_->steps[number]; }
  bool is_boolean(Id node) const { return program_->nodes[node].type == Type::Bool; }

  const ir::Program* program_ = nullptr;
  const analysis::Ranges* ranges_ = nullptr;
  const LaneReductions* reductions_ = nullptr;
  ir::LaneLoop* loop_ = nullptr;
  std::vector<std::uint32_t> leaves_;  // steps of constants and of what is computed before the loop
  std::vector<Value> values_;          // of the nodes from first_, the loop's index, on
  std::vector<bool> carried_;
  struct Condition {  // of the branch that is being made
    Id node;
    bool expected;
    std::uint32_t masks[4] = {unmade, unmade, unmade, unmade};  // with the conditions around it, in 1, 2, 4, 8 bytes
  };
  std::vector<Condition> path_;
  Id statement_ = 0, first_ = 0, next_ = 0;
  std::uint32_t access_ = 0;  // the next one
  ir::Line at_ = 0;
  const char* why_not_ = nullptr;
  ir::Line line_ = 0;
};

}  // namespace cogent::optimize
