// The check of a program whose structure is sound: one walk over its statements, then dominance.
#include "ir/verifier.h"

#include <algorithm>
#include <unordered_set>

#include "ir/dominance.h"
#include "ir/parallel_loops.h"
#include "ir/reachability.h"
#include "ir/verifier_structure.h"
#include "ir/walk.h"

namespace cogent::ir {
namespace {

// ---- rules 10 to 14, 16, 18 to 20 and 22

class StatementCheck {
 public:
  StatementCheck(const Program& program, Report& report);

  // Called by ir::walk:
  void enter(Id region);
  void leave(Id region);
  void statement(Id id);

 private:
  bool expect(bool holds, int rule, const char* text) { return report_.expect(holds, rule, statement_->line, text); }
  bool has_type(Id node, Type type) const { return node < p_.nodes.size() && p_.nodes[node].type == type; }
  void check_let();
  void check_for();
  void check_set();
  void check_get(const Node& get);
  void check_store();
  void check_check();
  void check_access(Id array);
  void check_leave();
  void check_call();
  void check_argument(const CalleeArgument& argument, Id operand);
  void check_recursion(const Callee& callee);
  void check_return();
  void check_flags(bool is_access);
  void check_cases();
  void check_go();
  void check_state(Id region);
  void make(Id node);
  bool is_open(Id region) const { return region < p_.regions.size() && reachability_.is_open(region); }

  const Program& p_;
  Report& report_;
  const Statement* statement_ = nullptr;
  Id here_ = 0;
  Reachability reachability_;
  std::vector<Id> open_states_;      // the States statements around
  std::vector<bool> made_;           // per node
  std::vector<Id> last_made_;        // per region: the node that was made last
  std::vector<Id> declared_in_;      // per variable: the region of its first Set
  std::vector<std::uint32_t> gets_;  // per variable
};

StatementCheck::StatementCheck(const Program& program, Report& report)
    : p_(program),
      report_(report),
      reachability_(program),
      made_(program.nodes.size()),
      last_made_(program.regions.size(), none),
      declared_in_(program.variables.size(), none),
      gets_(program.variables.size()) {}

void StatementCheck::enter(Id region) {
  here_ = region;
  reachability_.enter(region);
  const Id owner = p_.regions[region].owner;
  if (owner != none && p_.statements[owner].what == Do::States) open_states_.push_back(owner);
}

void StatementCheck::leave(Id region) {
  reachability_.leave(region);
  const bool ends = reachability_.reaches_end(region);
  if (region == 0) {
    report_.expect(p_.result == Type::Void || !ends, 13, 0, "a function with a result reaches its end");
    return;
  }
  here_ = p_.regions[region].parent;
  const Statement& owner = p_.statements[p_.regions[region].owner];
  if (owner.what != Do::States) return;
  open_states_.pop_back();
  report_.expect(!ends, 19, owner.line, "a state reaches its end");
}

void StatementCheck::statement(Id id) {
  statement_ = &p_.statements[id];
  reachability_.statement(id);
  expect(statement_->line <= p_.places.size(), 14, "a statement's line does not exist");
  const bool may_have_flags =
      statement_->what == Do::Store || statement_->what == Do::Check || statement_->what == Do::Cases;
  if (statement_->what != Do::Let) check_flags(may_have_flags);
  switch (statement_->what) {
    case Do::Let:
      return check_let();
    case Do::Set:
      return check_set();
    case Do::Store:
      return check_store();
    case Do::For:
      return check_for();
    case Do::If:
      expect(has_type(statement_->a, Type::Bool), 11, "the condition of an If is not a Bool");
      return;
    case Do::Break:
    case Do::Continue:
      return check_leave();
    case Do::Return:
      return check_return();
    case Do::Require:
      expect(has_type(statement_->a, Type::Bool), 11, "what a Require demands is not a Bool");
      expect(statement_->b < p_.texts.size(), 14, "a text does not exist");
      return;
    case Do::Comment:
      expect(statement_->b < p_.texts.size(), 14, "a text does not exist");
      return;
    case Do::Cases:
      return check_cases();
    case Do::Go:
      return check_go();
    case Do::Call:
      return check_call();
    case Do::Check:
      return check_check();
    case Do::Loop:
    case Do::Block:
    case Do::States:
      return;
  }
}

void StatementCheck::check_flags(bool is_access) {
  const bool is_for = statement_->what == Do::For;
  const unsigned flags = statement_->flags & ~(is_for ? static_cast<unsigned>(parallel) : 0u);
  expect(is_access || flags == 0, 14, "what is no access is proven in bounds or unchecked");
  expect((flags & ~unsigned{proven_in_bounds | unchecked}) == 0, 14, "a flag has no meaning");
}

void StatementCheck::make(Id node) {
  expect(!made_[node], 10, "a node is made twice");
  made_[node] = true;
  Id& last = last_made_[here_];
  expect(last == none || last < node, 23, "a region's statements make nodes whose ids do not grow");
  last = node;
}

void StatementCheck::check_let() {
  const Id id = statement_->a;
  if (!expect(id < p_.nodes.size() && is_pinned(p_.nodes[id]) && p_.nodes[id].op != Op::Index &&
                  p_.nodes[id].op != Op::CallResult,
              10, "a Let makes a node that is not pinned"))
    return;
  make(id);
  const Node& node = p_.nodes[id];
  check_flags(node.op == Op::Load);
  if (node.op == Op::Get) check_get(node);
  if (node.op == Op::Load) check_access(node.a);
}

void StatementCheck::check_access(Id array) {
  expect(!p_.arrays[array].is_shaped || (statement_->flags & proven_in_bounds) != 0, 22,
         "an access to a shaped array is not proven");
}

void StatementCheck::check_check() {
  if (!expect(statement_->a < p_.arrays.size(), 11, "an array does not exist")) return;
  expect(has_type(statement_->b, Type::I64) && has_type(statement_->c, Type::I64), 11,
         "the index or the extent of a Check is not I64");
  const Array& array = p_.arrays[statement_->a];
  const bool is_within = statement_->d == array.rank && array.element_bytes != 0 && p_.is_constant(statement_->c);
  expect(p_.memory_of(statement_->a) == statement_->a && (statement_->d < array.rank || is_within), 22,
         "a Check is of a field, or of no dimension of its array");
}

void StatementCheck::check_get(const Node& get) {
  const Id region = declared_in_[get.a];
  expect(region != none && is_open(region), 16, "a variable is read where it may not have been declared");
  expect(++gets_[get.a] <= p_.variables[get.a].reads, 16, "a variable has more Gets than reads");
}

void StatementCheck::check_set() {
  const Id variable = statement_->a;
  if (!expect(variable < p_.variables.size(), 11, "a variable does not exist")) return;
  expect(has_type(statement_->b, p_.variables[variable].type), 11, "a Set's value is not of the variable's type");
  Id& region = declared_in_[variable];
  if (region == none) region = here_;
  expect(is_open(region), 16, "a variable is set where it may not have been declared");
}

void StatementCheck::check_store() {
  if (!expect(statement_->a < p_.arrays.size(), 11, "an array does not exist")) return;
  expect(p_.arrays[statement_->a].is_writable(), 11, "a Store to an array that is only read");
  expect(has_type(statement_->b, Type::I64), 11, "the index of a Store is not I64");
  check_access(statement_->a);
  expect(has_type(statement_->c, p_.arrays[statement_->a].type), 11, "a Store's value is not of the array's type");
}

void StatementCheck::check_for() {
  const Id index = statement_->a;
  if (!expect(index < p_.nodes.size() && p_.nodes[index].op == Op::Index && p_.nodes[index].a == statement_->body, 10,
              "a For does not make the Index of its body"))
    return;
  make(index);
  const Type type = p_.nodes[index].type;
  expect(has_type(statement_->b, type) && has_type(statement_->c, type) && has_type(statement_->d, type), 11,
         "the bounds or the step of a For are not of its Index's type");
}

void StatementCheck::check_call() {
  const Statement& call = *statement_;
  const bool exists =
      call.b < p_.callees.size() && call.c <= p_.operands.size() && call.d <= p_.operands.size() - call.c;
  if (!expect(exists, 20, "a Call's callee or arguments do not exist")) return;
  const Callee& callee = p_.callees[call.b];
  if (!expect(callee.arguments.size() == call.d, 20, "a Call has not as many arguments as its callee takes")) return;
  for (std::size_t i = 0; i < call.d; ++i) check_argument(callee.arguments[i], p_.arguments(call)[i]);
  if (callee.kind == CalleeKind::Recurse) check_recursion(callee);
  const bool makes = callee.result != Type::Void;
  if (!expect((call.a != none) == makes, 10, "a Call makes no result, or one that its callee does not have") || !makes)
    return;
  if (expect(call.a < p_.nodes.size() && p_.nodes[call.a].op == Op::CallResult && p_.nodes[call.a].a == call.b, 10,
             "a Call does not make the CallResult of its callee"))
    make(call.a);
}

void StatementCheck::check_argument(const CalleeArgument& argument, Id operand) {
  if (!argument.is_array) {
    expect(has_type(operand, argument.type), 20, "an argument of a Call has another type than its callee takes");
    return;
  }
  if (!expect(operand < p_.arrays.size(), 20, "an array that a Call passes does not exist")) return;
  const Array& array = p_.arrays[operand];
  expect(array.type == argument.type, 20, "a Call passes an array of other elements than its callee takes");
  expect(array.is_writable() || !argument.is_written(), 20, "a Call lets an array that is only read be written");
}

// The extents and strides of an array of several dimensions are arguments of their own.
void StatementCheck::check_recursion(const Callee& callee) {
  std::size_t next = 0;
  const auto takes = [&](const CalleeArgument& expected) {
    if (next >= callee.arguments.size()) return false;
    const CalleeArgument& argument = callee.arguments[next++];
    return argument.is_array == expected.is_array && argument.type == expected.type &&
           argument.passes_size == expected.passes_size;
  };
  bool fits = callee.result == p_.result;
  for (const Parameter& parameter : p_.parameters) {
    const bool is_dynamic = parameter.is_array && p_.arrays[parameter.array].size == dynamic_size;
    const int rank = parameter.is_array ? p_.arrays[parameter.array].rank : 0;
    fits = fits && takes({parameter.type, parameter.is_array, is_dynamic && rank == 1});
    for (int i = 0; fits && is_dynamic && rank > 1 && i < 2 * rank; ++i) fits = takes({Type::I64});
  }
  expect(fits && next == callee.arguments.size(), 20, "a Recurse does not take the signature of the program");
}

void StatementCheck::check_leave() {
  const Id region = statement_->a;
  const bool exists = region != 0 && is_open(region);
  const Do owner = exists ? p_.statements[p_.regions[region].owner].what : Do::If;
  const bool is_loop = owner == Do::For || owner == Do::Loop;
  const bool can_be_left = is_loop || owner == Do::Block || owner == Do::Cases || owner == Do::States;
  expect(statement_->what == Do::Break ? can_be_left : is_loop, 12, "a Break or Continue has no such enclosing region");
}

void StatementCheck::check_return() {
  if (p_.result == Type::Void)
    expect(statement_->a == none, 13, "a Return with a value in a function without a result");
  else
    expect(has_type(statement_->a, p_.result), 13, "a Return's value is not of the result's type");
}

void StatementCheck::check_cases() {
  expect((statement_->flags & unchecked) == 0, 14, "what is no access is unchecked");
  const Id selector = statement_->a;
  if (!expect(selector < p_.nodes.size() && (is_integer(p_.nodes[selector].type) || has_type(selector, Type::Bool)), 11,
              "the selector of a Cases is no integer"))
    return;
  std::unordered_set<std::int64_t> values;
  for (Id region = statement_->body; region != none; region = p_.regions[region].sibling) {
    const Id constant = p_.regions[region].choice;
    if (expect(has_type(constant, p_.nodes[selector].type) && p_.is_constant(constant), 18,
               "a region of a Cases has no constant of the selector's type"))
      expect(values.insert(p_.value(constant)).second, 18, "two regions of a Cases have the same constant");
  }
}

void StatementCheck::check_go() {
  if (statement_->a != none) return check_state(statement_->a);
  const bool is_byte = has_type(statement_->b, Type::U8) && !p_.is_constant(statement_->b);
  expect(is_byte, 11, "the selector of a Go is not a U8, or is a constant");
  if (!expect(statement_->c <= p_.operands.size() && p_.operands.size() - statement_->c >= byte_values, 11,
              "a Go has no state for each value of its selector"))
    return;
  for (Id i = 0; i < byte_values; ++i) check_state(p_.operands[statement_->c + i]);
}

void StatementCheck::check_state(Id region) {
  const bool is_state = region < p_.regions.size() && p_.regions[region].owner != none &&
                        std::ranges::find(open_states_, p_.regions[region].owner) != open_states_.end();
  expect(is_state, 19, "a Go leads to no state of an enclosing States");
}

void check_dominance(const Program& program, Report& report) {
  const auto error = find_dominance_error(program);
  if (error) report.expect(false, 15, error->use, "a value is used where it may not have been made");
}

void check_parallel_loops(const Program& program, Report& report) {
  if (const auto misuse = find_parallel_misuse(program))
    report.flaws.push_back({24, describe(misuse->kind), misuse->line});
}

}  // namespace

std::vector<Flaw> verify(const Program& program) {
  Report report;
  check_structure(program, report);
  if (!report.flaws.empty()) return report.flaws;
  walk(program, StatementCheck(program, report));
  if (report.flaws.empty()) check_dominance(program, report);
  if (report.flaws.empty()) check_parallel_loops(program, report);
  return report.flaws;
}

std::string describe(const std::vector<Flaw>& flaws) {
  std::string text;
  for (const Flaw& flaw : flaws)
    text += "rule " + std::to_string(flaw.rule) + ": " + flaw.text + " (line " + std::to_string(flaw.line) + ")\n";
  return text;
}

}  // namespace cogent::ir
