// Proves accesses in bounds, and finds what every call would do wrong.
#pragma once
#include <optional>
#include <vector>

#include "analysis/facts.h"
#include "analysis/linear_forms.h"
#include "analysis/ranges.h"
#include "ir/fault_kind.h"
#include "ir/program.h"
#include "optimize/fuel.h"
#include "optimize/hoistable_checks.h"

namespace cogent::optimize {

using ir::Id;

/// A fault that every call runs into: it stands under no condition and after nothing that may leave, in loops that run.
struct ProvableFault {
  ir::FaultKind kind;  // Index, DivisionByZero or ZeroStep
  ir::Line line;
  // Index: the array, the dimension, its size in elements, the lowest and the highest index that occur.
  Id array = ir::none;
  int dimension = 0;
  std::int64_t size = 0, lowest = 0, highest = 0;
};

/// Requires a well-formed program; changes nothing but the flags of its Let, Store, Check and Cases statements.
/// Ensures that an access or check whose index is proven to lie within its array whenever it is executed has
/// proven_in_bounds:
/// by linear forms over the ranges of loop indexes and loaded values, by the conditions and loop bounds around it, by
/// the range of the index, or because the same index was checked before; and so has a Cases whose selector lies between
/// its constants, by the range. Looks for accesses that can be checked once before a loop. Finds the first fault in
/// program order that every call runs into. Leaves alone flags that are set already. Kept and reused per thread.
class BoundsProver {
 public:
  /// Each flag takes a unit of fuel.
  std::optional<ProvableFault> run(ir::Program& program, const analysis::Ranges& ranges, analysis::LinearForms& forms,
                                   Fuel& fuel);

  std::uint32_t accesses() const { return accesses_; }
  std::uint32_t proven() const { return proven_; }
  /// Of the accesses that are neither proven nor unchecked.
  const HoistableChecks& hoistable() const { return hoistable_; }

 private:
  struct Scope {          // an open region
    bool certain;         // each call comes here, in each iteration
    std::size_t facts;    // known outside of it
    std::size_t checked;  // the same of accesses that were checked
  };
  struct Walk;

  void find_leaves();
  void enter(Id region);
  void leave(Id region);
  void visit(Id statement);
  bool is_among_constants(const ir::Statement& cases) const;
  struct Access {             // to an array, or a check of one dimension
    Id array, index, extent;  // the extent is none where `size` is known
    std::int64_t size;
    int dimension;
  };
  Access access_to(Id array, Id index) const;
  Access access_of(const ir::Statement& check) const;
  void mark_proven(ir::Statement& statement);
  void visit_access(Id statement, const Access& access);
  void consider_hoisting(Id statement, const Access& access);
  bool is_in_bounds(const Access& access) const;
  bool was_checked(const Access& access) const;
  void check_certain(const ir::Statement& statement, const Access& access);
  void report(const ProvableFault& fault);

  ir::Program* program_ = nullptr;
  const analysis::Ranges* ranges_ = nullptr;
  analysis::LinearForms* forms_ = nullptr;
  Fuel* fuel_ = nullptr;
  analysis::Facts facts_;
  HoistableChecks hoistable_;
  Id here_ = 0;  // the open region
  std::vector<Scope> scopes_;
  std::vector<Access> checked_;           // accesses that have been executed, and checked, where the walk is
  std::vector<std::uint16_t> leaves_to_;  // per region: the least depth of a region that is left from within
  std::vector<Id> size_nodes_;            // per array
  std::optional<ProvableFault> fault_;
  std::uint32_t accesses_ = 0, proven_ = 0;
};

}  // namespace cogent::optimize
