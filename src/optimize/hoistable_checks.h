// Finds accesses whose checks can be done once, before a loop: those with an index that is linear in the loops around.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/facts.h"
#include "analysis/linear_forms.h"
#include "analysis/ranges.h"
#include "ir/program.h"

namespace cogent::optimize {

using ir::Id;

/// Kept and reused per thread. Costs nothing where all accesses are proven.
class HoistableChecks {
 public:
  /// The coefficients of guards are below, and their constants too: with atoms that are at most `farthest` from 0, no
  /// sum of theirs leaves 64 bits.
  static constexpr std::int64_t largest_coefficient = std::int64_t{1} << 20;
  static constexpr std::int64_t largest_constant = std::int64_t{1} << 40;
  static constexpr std::int64_t farthest = std::int64_t{1} << 38;

  /// Why an access is checked each time.
  enum class Obstacle : std::uint8_t { None, NoLoop, Value, TooFar, TooComplicated };

  /// Of a loop: form (+ the size of an array, if size_of is not none) >= 0, exactly, with atoms that are made before
  /// the loop. Where all guards of a loop hold, its hoisted accesses are in bounds.
  struct Guard {
    Id loop;
    analysis::LinearForm form;
    Id size_of = ir::none;
    std::uint32_t next = ir::none;  // of the same loop
  };
  struct Access {
    Id statement;
    Id loop = ir::none;  // before which it can be checked; none: see obstacle
    Obstacle obstacle = Obstacle::None;
    std::uint32_t next = ir::none;  // of the same loop
  };

  /// `facts` are those of the place of the access that is considered.
  void start(const ir::Program& program, const analysis::Ranges& ranges, const analysis::LinearForms& forms,
             const analysis::Facts& facts);

  /// Looks at an access in `region` that must lie in 0 <= index < size; `index` is a form that is congruent to it
  /// modulo 2^64. The size is the node `size`, or else what array `size_of` has, or else the constant `known_size`.
  struct Demand {
    Id statement, region;
    analysis::LinearForm index;
    Id size = ir::none, size_of = ir::none;
    std::int64_t known_size = 0;
  };
  void consider(const Demand& demand);

  bool found() const { return found_; }
  /// Those that were considered, in program order.
  std::span<const Access> accesses() const { return accesses_; }
  bool hoists_before(Id loop) const { return !loops_.empty() && loops_[loop].accesses.first != ir::none; }
  /// Calls visit(guard) or visit(access) for those of a loop that is hoisted before.
  template <class Visit>
  void for_each_guard(Id loop, Visit&& visit) const {
    for (std::uint32_t i = loops_[loop].guards.first; i != ir::none; i = guards_[i].next) visit(guards_[i]);
  }
  template <class Visit>
  void for_each_access(Id loop, Visit&& visit) const {
    for (std::uint32_t i = loops_[loop].accesses.first; i != ir::none; i = accesses_[i].next) visit(accesses_[i]);
  }

 private:
  struct Goal {  // form (+ size_of's size) >= 0
    analysis::LinearForm form;
    Id size_of = ir::none;
  };
  struct List {  // through `next`
    std::uint32_t first = ir::none, last = ir::none, count = 0;
  };
  struct Loop {
    List guards, accesses;
    std::uint32_t in_vain = 0;  // accesses for which it had no room left
  };
  template <class Item>
  static void append(List& list, std::vector<Item>& items, std::size_t number);
  Guard* guard_like(Id loop, const Goal& goal);
  void find_depths();
  bool keep_guards(Id loop);
  bool hoist(const Demand& demand, Id loop);
  bool reduce(const Goal& goal, int steps_left);
  bool reduce_by_facts(const Goal& goal, const analysis::Term& term, int steps_left);
  bool reduce_by_range(const Goal& goal, const analysis::Term& term, int steps_left);
  bool reduce_by_operands(const Goal& goal, const analysis::Term& term, int steps_left);
  bool exact_operands(Id node, analysis::LinearForm& form) const;
  const analysis::Term* innermost_term(const analysis::LinearForm& form) const;
  bool is_nonnegative(const analysis::LinearForm& form) const;
  bool fail(Obstacle obstacle);

  const ir::Program* program_ = nullptr;
  const analysis::Ranges* ranges_ = nullptr;
  const analysis::LinearForms* forms_ = nullptr;
  const analysis::Facts* facts_ = nullptr;
  bool found_ = false;
  std::vector<Access> accesses_;
  std::vector<Guard> guards_;
  std::vector<std::uint16_t> depths_;  // per node: of the deepest region in which something that it needs is made
  std::vector<Loop> loops_;            // by statement; empty until an access is considered
  std::vector<Id> around_;             // the loops around an access, from the innermost
  std::vector<Goal> pending_;          // guards of the access that is looked at
  std::uint16_t loop_depth_ = 0;       // atoms made there or deeper change in the loop that is tried
  int tries_left_ = 0;
  Obstacle obstacle_ = Obstacle::None;
};

}  // namespace cogent::optimize
