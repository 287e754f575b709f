// One round of printing the body of a function under a plan.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/ranges.h"
#include "cpp/contents.h"
#include "cpp/layout.h"
#include "cpp/operations.h"
#include "cpp/places.h"
#include "cpp/plan.h"

namespace cogent::cpp {

/// What a round needs to know beside the plan.
struct PrintSetting {
  const ir::Program& program;
  const Structure& structure;
  const analysis::Ranges& ranges;
  const Places& places;
  /// The number that tells where a fault happened: for a person the line of the source, for a test the statement.
  std::function<int(Id statement)> where;
  /// The comment that stands before what comes from a line of the source; "" for none, or when it stands already.
  std::function<std::string(ir::Line line)> line_comment;
};

class Printer {
 public:
  Printer(const PrintSetting& setting, Plan& plan, Prelude& prelude, Lines& lines);
  void run();

 private:
  // How a node is written: which operation, on which nodes.
  enum class Shape : std::uint8_t {
    Binary,
    Negative,
    Complement,
    Not,
    Clamp,
    Select,
    Convert,   // or Bits
    Function,  // of one to three operands
    Load,
    Division,      // whose divisor may be 0
    ShortCircuit,  // children: a and b of a && b or a || b
    MinusProduct,  // children: a, b and the product of b and a negative constant
  };
  struct Form {
    Shape shape;
    ir::Op op;
    int count;
    Id children[3];
    bool negates_first = false;
  };
  struct Step {  // of writing an expression
    Id node;
    bool is_negated;
    bool is_conditional;  // C++ evaluates it only sometimes
    bool is_combining;    // the operands are written
    bool is_first;        // the first operand of all: in an assignment the one that may be the target itself
    Form form;
  };
  struct Region {  // a region being printed
    Id region, next;
    std::size_t mark;  // in the contents, at the beginning of the statement that owns the region
    bool is_chained;   // the other branch of an If, written as else if: has no lines of its own
  };

  // printer_statements.cpp
  void statement(Id id);
  void announce(Id id);
  void comment_line(ir::Line line);
  void let(Id id);
  void store(Id id);
  void check(Id id);
  void require(Id id);
  void returns(Id id);
  void leave(Id id);
  void barrier();

  // printer_calls.cpp
  void print_call(Id id);
  std::string argument_text(Id node);
  void add_array(Id array, bool passes_size, std::vector<std::string>& arguments);
  std::string declaration_of_result(Id result);
  static std::string call_text(const std::string& name, const std::vector<std::string>& arguments);

  // printer_regions.cpp
  void enter(Id region, std::size_t mark, bool is_chained = false);
  void finish_region();
  void finish_if(const Region& region);
  void open_if(Id id);
  void pass_short_circuit(Id id);
  void open_for(Id id);
  void open_indexes(Id id);
  void open_loop(Id id);
  void open_block(Id id);
  void open_loop_body(const std::string& header, Id region);
  std::optional<Id> leading_exit(Id region) const;
  bool can_chain(Id region) const;
  bool stands_alone(Id statement) const;
  std::string label(const char* kind, Id region) const;
  Fragment bound(Id node, Id loop_region);

  // printer_choices.cpp
  void open_cases(Id id);
  void open_case(Id region, std::size_t mark);
  void finish_case(const Region& region);
  void open_states(Id id);
  void open_state(Id region, std::size_t mark);
  void finish_state(const Region& region);
  void finish_choice(const Region& region);
  void go(Id id);
  void go_by_comparing(Id id);
  void go_by_switch(Id id);
  std::string state_label(Id region) const;

  // printer_assignments.cpp
  void set(Id id);
  std::string step(Id variable, Id value);

  // printer_expressions.cpp
  /// The value's expression; `whole`: even if the value has a name, because this declares it.
  Fragment expression(Id node, bool whole = false, bool negates = false);
  Fragment negated(Id condition) { return expression(condition, false, true); }
  std::optional<Fragment> step_by_name(const Step& step, bool is_whole);
  void expand(Step step, bool is_root, std::vector<Step>& steps);
  void keep_small(const Form& form, Fragment* operands);
  std::optional<Fragment> settled(Id node, bool is_conditional);
  std::optional<Fragment> settled_pinned(Id node, bool is_conditional);
  std::optional<Fragment> leaf(Id node);
  std::optional<Fragment> variable_holding(Id node);
  bool is_inline(Id node);
  bool absorb(Id node);
  Form form_of(Id node);
  std::optional<Form> form_of_negation(Id node);
  Form form_of_subtract(Id node);
  Form form_of_add(Id node);
  Form form_of_minimum(Id node);
  Fragment combine(Id node, const Form& form, Fragment* operands);
  Fragment convert(const ir::Node& node, Fragment value, const Outcome& result);
  Fragment function(const ir::Node& node, Fragment* operands, const Outcome& result);
  // printer_arrays.cpp
  Fragment element(Id array, Fragment index, bool is_proven, Id statement);
  static Fragment bytes_to(const ir::Array& field, Fragment index);
  Fragment part(Id field, Fragment index);
  Fragment memory_of(Id array);
  void declare_local_arrays();
  void declare_table(Id id);
  void declare_scratch(Id id);
  bool is_proven(Id array, Id index, const ir::Statement& statement) const;
  bool is_proven(const ir::Statement& check) const;

  Fragment by_name(Id node);
  Outcome outcome(Id node) const;
  bool may_fault(Id node) const;

  const PrintSetting& setting_;
  const ir::Program& program_;
  Plan& plan_;
  Prelude& prelude_;
  Lines& lines_;
  Operations operations_;
  Contents contents_;

  std::vector<Region> open_;
  std::vector<bool> visited_;           // nodes already written out
  std::vector<std::uint32_t> made_at_;  // per pinned node: the epoch of its Let
  std::uint32_t epoch_ = 1;             // begins anew when memory may have changed or control may have forked
  Id here_ = ir::none;                  // the statement that is printed
  Id assigned_ = ir::none;              // the variable whose new value is printed
  Id repeated_in_ = ir::none;           // the loop's region, while its condition is printed
  Id open_fault_ = ir::none;            // a value whose making may fault and that is not yet written anywhere
};

}  // namespace cogent::cpp
