// The one door for mutation: a rewriter copies a program into a fresh one through the builder, so that folding,
// hash-consing and the forwarding of variables happen again, and a subclass decides what becomes of loops and branches.
#pragma once
#include <span>
#include <utility>
#include <vector>

#include "ir/builder.h"

namespace cogent::ir {

/// Copies statement by statement in program order, and pure nodes in the order of their ids, which is the order in
/// which the user wrote them; recursion is over nested regions only. Drops what has no effect: dead Sets, unused pure
/// nodes, unused reads of variables, checks and unused loads that need no check, Ifs and Fors around nothing else, and
/// what follows a Break, Continue or Return in its region. Never drops or reorders a fault or an effect. Nodes and
/// statements keep their lines, accesses their flags. Requires a well-formed program (ir/verifier.h). Kept and reused
/// per thread.
class Rewriter {
 public:
  virtual ~Rewriter() = default;

  /// `result` is emptied first; it must not be `source`. `reuses_loads`: an element that was read before in the same
  /// straight piece, or before the Ifs around it, and that nothing may have written since, is not read again.
  void run(const Program& source, Program& result, bool reuses_loads = false);

  /// Whether run() would drop a load: one that needs no check and is not needed.
  bool drops_a_load(const Program& source);

  // ---- for the hooks. Nodes, statements, regions and variables are the source's; what is returned is the copy's.

  const Program& source() const { return *source_; }
  Builder& builder() { return builder_; }

  /// The copy of a node, made now if need be. A pinned node must have been executed.
  Id map(Id node);
  /// From here on, `node` stands for `copy`.
  void map_to(Id node, Id copy);
  /// The same, also in later versions and iterations of inner loops, until unfix() is called with what fixed() gave
  /// before.
  void fix(Id node, Id copy);
  std::size_t fixed() const { return fixed_.size(); }
  void unfix(std::size_t count);
  /// Copies the statements of a region into the open one. False: its end cannot be reached.
  bool copy_region(Id region);
  /// Copies the statements of a state, of a States around, in place of the only Go to it. False: too deep.
  bool copy_state_here(Id state);
  /// A statement without regions and of no more than operand a, and text b: a Return, Require or Comment.
  void copy_plain(const Statement& statement);
  /// none: not declared yet.
  Id map_variable(Id variable) const { return variables_[variable]; }
  /// The variables that a loop's body writes and that were declared before it. Valid until the next call.
  std::span<const Id> written_in(Id body) { return written_in(body, body); }
  /// The same of the regions of one statement from `first` to `last`.
  std::span<const Id> written_in(Id first, Id last);
  /// The statement of the copy that was appended last has the flags of the source's.
  void keep_flags(const Statement& statement);
  /// A Break of the source's `body` shall leave the copy's region `left`, a Continue shall begin `continued` again.
  void map_leaves(Id body, Id left, Id continued);
  /// Whether executing the region, or the statement, does anything at all.
  bool has_effect(Id region) const;
  bool is_droppable(const Statement& statement) const;

  /// For several versions of a For, one after the other, each in a region of its own: begin_versions() before the
  /// first, copy_version() with what it gave for each.
  std::size_t begin_versions(Id loop);
  void copy_version(Id loop, std::size_t begun);
  /// Makes a version that copy_version() is not called for begin anew.
  void forget_version(Id loop, std::size_t begun) { forget_iteration(source_->statements[loop].a, begun); }
  /// Flags of the source's statements that their copies get in addition, from here on: per statement, or empty.
  std::vector<std::uint8_t>& added_flags() { return added_flags_; }

  /// Copies the body of a For `count` times; begin(k) maps the index before the k-th copy. False: as copy_region.
  template <class Begin>
  bool copy_iterations(Id index, Id body, std::uint64_t count, Begin&& begin) {
    advance(index);
    const std::size_t declared = declared_.size();
    for (std::uint64_t k = 0; k < count; ++k) {
      forget_iteration(index, declared);
      begin(k);
      if (!copy_region(body)) return false;
    }
    return true;
  }

 protected:
  /// Called when the rewriter reaches a For or an If that has an effect, or a Go. True: the hook has dealt with it, and
  /// `falls_through` says whether its end can be reached.
  virtual bool rewrite_for(Id, bool& /*falls_through*/) { return false; }
  virtual bool rewrite_if(Id, bool& /*falls_through*/) { return false; }
  virtual bool rewrite_go(Id, bool& /*falls_through*/) { return false; }
  /// A pure division of the copy's nodes a and b, or a shift or mask of an index that is one unless the index is
  /// negative. None: nothing better is known.
  virtual Id rewrite_division(Op, Id /*a*/, Id /*b*/) { return none; }

 private:
  struct RegionCopy {
    Id left = none, continued = none;                // in the copy
    Id state = none;                                 // of a state: its region in the copy
    Id open_state = none;                            // of a States' body: the copy's state that is open
    std::uint32_t writes_begin = 0, writes_end = 0;  // in writes_
  };
  struct WriteCollector;

  void copy_signature();
  void find_needed();
  void need_statement(const Statement& statement);
  void collect_writes();
  void advance(Id end);
  void forget_iteration(Id index, std::size_t declared);
  bool can_copy(Id node) const;
  Id copy_pure(const Node& node, Id id);
  Id divide(const Node& node);
  Id shift_or_mask(const Node& node);
  bool copy_statement(Id id);
  void copy_let(const Statement& statement);
  void copy_load(const Statement& statement);
  void copy_set(const Statement& statement);
  void copy_store(const Statement& statement);
  void copy_call(const Statement& statement);
  void copy_check(const Statement& statement);
  void copy_for(const Statement& statement);
  bool copy_if(const Statement& statement);
  std::uint8_t flags_of(const Statement& statement) const;
  // rewriter_choices.cpp
  bool copy_cases(const Statement& statement);
  bool copy_case_of(const Statement& statement, std::int64_t value);
  bool copy_states(const Statement& statement);
  void copy_go(const Statement& statement);
  Id copy_target(Id state);
  Id next_waiting(const Statement& states);

  const Program* source_ = nullptr;
  Builder builder_;
  std::vector<Id> map_;                   // per node
  std::vector<std::uint8_t> needed_;      // per node: its value is used, or executing it has an effect
  std::vector<std::pair<Id, Id>> fixed_;  // nodes of the source and their copies
  std::vector<Id> variables_;
  std::vector<Id> declared_;  // variables that have a copy, in the order of their declarations
  std::vector<RegionCopy> regions_;
  std::vector<Id> parameters_;  // the copy's Parameter nodes
  std::vector<Id> writes_;      // variables of the live Sets, in program order
  std::vector<Id> written_;
  std::vector<Id> stack_;
  bool reuses_loads_ = false;
  int merged_depth_ = 0;            // states that are being copied in place of Gos
  std::vector<Id> waiting_states_;  // the source's states that Gos of the copy name and that are not copied yet
  std::vector<std::uint8_t> added_flags_;
  Id cursor_ = 0;   // the pure nodes below it have been copied, as far as they were needed and could be
  Id highest_ = 0;  // no node above it has a copy
};

}  // namespace cogent::ir
