// Where each pure node is computed: as late as its uses allow, but outside every loop it does not depend on.
#pragma once
#include <span>
#include <vector>

#include "ir/program.h"

namespace cogent::analysis {

using ir::Id;

/// Turns the floating pure nodes of a program into an order of computation. Kept and reused per thread; run() is
/// linear.
///
/// To produce code for a region, walk its statements; right before statement s compute the nodes of before(s), in that
/// order; then do s itself. Operands always come before their users. What the lists hold:
/// - A pure node appears in exactly one list if a live statement needs it, directly or through other nodes, else in
///   none. A dead Set (Program::is_dead) needs nothing; a Let or a Store always needs its operands.
/// - Constants, pinned nodes (made by their own Let or For) and fused comparisons appear in no list. Parameter and Size
///   appear like any other pure node: that is where they are to be fetched, if they live in memory.
/// - The home of a node is the deepest region that contains all of its uses, moved out of every loop that it does not
///   depend on (out of an If or a Block only together with a loop around it).
/// - Within its home a node comes before the first statement that uses it (or holds a use), or before the first Let of
///   a younger node if that is earlier: so a sum stays interleaved with the loads that it adds up.
/// Requires that operands have smaller ids than their users, and that the Lets of a region make nodes of growing ids;
/// everything that ir::Builder makes is so.
class Placement {
 public:
  /// `fold_offsets`: where an access that needs no check has the index `x + constant`, x is what it needs, and the
  /// sum is not computed for it: for machines that add a constant while addressing.
  void run(const ir::Program& program, bool fold_offsets = false);

  /// The nodes to compute right before a statement, in order.
  std::span<const Id> before(Id statement) const {
    return {order_.data() + begin_[statement], order_.data() + begin_[statement + 1]};
  }

  /// The region in which the node's value is made; none: never computed (a constant, fused or not needed).
  Id home(Id node) const { return nodes_[node].home; }

  /// How often placed nodes, fused comparisons and live statements name the node as an operand.
  std::uint32_t uses(Id node) const { return nodes_[node].uses; }

  /// A comparison that is only used as the condition of one or two Ifs, Requires or Selects (operand a): the users test
  /// the comparison's operands themselves, so that compare and branch are one. Its operands are ready right there.
  bool is_fused(Id node) const { return nodes_[node].fused; }

  /// The deepest region in which one of the node's pinned operands is made (0 if there is none); none if those regions
  /// are not nested in each other: a misuse of the program, which has no place for such a node.
  Id early(Id node) const { return nodes_[node].early; }

  /// The region that contains the statement.
  Id region_of(Id statement) const { return statements_[statement].region; }

  /// The position of the statement in program order, nested statements after their owner.
  std::uint32_t number(Id statement) const { return statements_[statement].number; }

 private:
  struct NodePlace {
    Id home = ir::none;
    Id early = 0;
    Id first_user = ir::none;  // the first statement, in program order, that needs the node
    std::uint32_t uses = 0;
    std::uint16_t tests = 0;  // uses as a condition, as far as they matter
    bool fused = false;
  };
  struct StatementPlace {
    Id region = ir::none;
    std::uint32_t number = 0;
  };

  void number_statements();
  void find_early();
  Id deeper(Id a, Id b) const;
  bool contains(Id outer, Id inner) const;
  Id common(Id a, Id b) const;
  void use(Id node, Id region, Id statement);
  void use_condition(Id node, Id region, Id statement);
  void use_operands_of_statement(Id statement);
  void use_operands(Id node, Id region, Id statement);
  Id index_needed(Id index, bool is_checked) const;
  void place(Id node);
  Id out_of_loops(Id region, Id early) const;
  Id ancestor_in(Id home, Id statement) const;
  void gather();

  const ir::Program* program_ = nullptr;
  bool fold_offsets_ = false;
  std::vector<NodePlace> nodes_;
  std::vector<StatementPlace> statements_;
  std::vector<Id> visited_;           // statements in program order
  std::vector<Id> next_let_;          // per region: the Let of the youngest node not yet passed, going down in id
  std::vector<Id> let_of_;            // per node: its Let
  std::vector<Id> position_;          // per node: the statement before which it is computed
  std::vector<std::uint32_t> begin_;  // per statement: where its list begins in order_
  std::vector<Id> order_;
};

}  // namespace cogent::analysis
