// What printing decides: which values get a name and where, and which variables and values are not printed at all.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "analysis/ranges.h"
#include "cpp/naming.h"
#include "cpp/short_circuits.h"
#include "cpp/structure.h"

namespace cogent::cpp {

/// A text is printed again and again under a plan until the plan no longer changes: each round prints by what is
/// decided so far and notes what it would have needed otherwise. A value starts without a name, as part of the
/// expression that uses it, and gets one when that turns out not to do: it is used twice, or memory has changed
/// meanwhile. Within one set of printed variables no name is taken back, and what was left out and turns out to be
/// needed (a division that may fault reads the variable) stays for good, so the rounds end.
class Plan {
 public:
  Plan(const ir::Program& program, const Structure& structure, const Wishes& wishes);

  // ---- what is decided
  bool is_named(Id node) const { return nodes_[node].is_named; }
  /// A named value that nothing uses: its declaration is left out.
  bool is_unused(Id node) const { return nodes_[node].is_unused; }
  /// A variable that nothing reads: its Sets are left out.
  bool is_dropped(Id variable) const { return variables_[variable].is_dropped; }
  /// So short that it is written out at every use.
  bool is_cheap(Id node) const;
  /// The short circuit that a value is the outcome of, if it is written as a && b or a || b; else null.
  const ShortCircuit* circuit_of(Id value) const { return unless_broken(circuits_.of_value(value)); }
  /// The same for its Sets and its If: statements that are not written.
  const ShortCircuit* circuit_at(Id statement) const { return unless_broken(circuits_.of_statement(statement)); }
  /// The pure values to be declared right before a statement.
  std::span<const Id> declared_before(Id statement) const;

  const std::string& name(Id node) const { return nodes_[node].name; }
  const std::string& variable(Id variable) const { return variables_[variable].name; }
  const std::string& parameter(Id parameter) const { return parameters_[parameter]; }
  /// The name of the memory of an array.
  const std::string& array(Id array) const { return arrays_[program_.memory_of(array)]; }
  /// A size that comes with an argument, by the number that a Size node has (b).
  const std::string& size_of(Id array, Id number) const { return sizes_[program_.memory_of(array)][number]; }
  /// Per callee, "" for one that the round has not used.
  const std::vector<std::string>& used_callees() const { return used_callees_; }
  /// Whether the round has used the parameter, the array's size.
  bool is_parameter_used(Id parameter) const { return parameter_used_[parameter]; }
  bool is_size_used(Id array, Id number) const { return size_used_[array * most_sizes + number]; }

  // ---- one round
  void begin_round();
  /// The node's value was needed while printing the statement.
  void note_use(Id node, Id statement);
  void note_name_printed(Id node) { nodes_[node].is_printed = true; }
  void note_variable_read(Id variable) { variables_[variable].is_read = true; }
  void note_parameter_used(Id parameter) { parameter_used_[parameter] = true; }
  void note_size_used(Id array, Id number) { size_used_[program_.memory_of(array) * most_sizes + number] = true; }
  /// The callee's name; it is called here.
  const std::string& use_callee(Id callee);
  void demand_name(Id node);
  /// Something needs a line of its own within the region: short circuits around it are written as statements.
  void demand_lines_in(Id region);
  /// True: nothing has changed, and the text is good.
  bool end_round();

 private:
  struct NodePlan {
    Id anchor = ir::none;  // the statement before which a named pure node is declared
    bool is_named = false, is_unused = false, is_printed = false, must_stay = false;
    std::string name;
  };
  struct VariablePlan {
    bool is_dropped = false, is_read = false, must_stay = false;
    std::string name;
  };

  const ShortCircuit* unless_broken(Id circuit) const {
    return circuit == ir::none || is_broken_[circuit] ? nullptr : &circuits_[circuit];
  }
  void name_from_wishes();
  void gather_declared();
  void give_names();
  void name_parameters(Scopes& scopes);
  void name_callees(Scopes& scopes);
  void name_sizes(Scopes& scopes, Id array);
  void name_local_arrays(Scopes& scopes);
  std::string invented_name(Id node, int& temporaries) const;
  bool is_atom(Id node) const;
  bool is_pure(Id node) const;
  bool keep_what_is_needed();
  bool drop_unread_variables();
  bool silence_unused_values();

  const ir::Program& program_;
  const Structure& structure_;
  const Wishes& wishes_;
  const ShortCircuits circuits_;
  std::vector<bool> is_broken_;  // short circuits
  std::vector<NodePlan> nodes_;
  std::vector<VariablePlan> variables_;
  static constexpr std::size_t most_sizes = 2 * ir::Array::most_dimensions;
  std::vector<std::string> parameters_, arrays_, callees_, used_callees_;
  std::vector<std::vector<std::string>> sizes_;  // per array
  std::vector<bool> parameter_used_, size_used_;
  std::vector<Id> declared_;  // by anchor, then by id
  bool changed_ = false;
};

}  // namespace cogent::cpp
