// The check of the rules of a well-formed program: first what stands alone (signature, nodes, links), then one walk.
#include "ir/verifier.h"

#include "ir/dominance.h"
#include "ir/walk.h"

namespace cogent::ir {
namespace {

struct Report {
  std::vector<Flaw> flaws;

  /// Notes a flaw unless the rule holds; returns whether it does.
  bool expect(bool holds, int rule, Line line, const char* text) {
    if (!holds) flaws.push_back({rule, text, line});
    return holds;
  }
};

// ---- rule 1

void check_signature(const Program& p, Report& report) {
  const auto expect = [&](bool holds, const char* text) { return report.expect(holds, 1, 0, text); };
  std::uint32_t slot = 1;
  int position = -1;
  for (Id id = 0; id < p.parameters.size(); ++id) {
    const Parameter& parameter = p.parameters[id];
    expect(parameter.slot == slot++, "a parameter's slot is not the next free one");
    expect(parameter.position > position, "the positions of parameters do not grow");
    position = parameter.position;
    if (!parameter.is_array) continue;
    if (!expect(parameter.array < p.arrays.size(), "a parameter names an array that does not exist")) continue;
    const Array& array = p.arrays[parameter.array];
    expect(array.parameter == id, "an array does not name its parameter");
    expect(array.type == parameter.type && array.type != Type::Void, "an array and its parameter differ in type");
    if (array.size == dynamic_size) ++slot;
  }
  expect(position < p.signature_length, "a parameter's position lies beyond the signature");
  for (const Array& array : p.arrays) {
    expect(array.parameter < p.parameters.size() && p.parameters[array.parameter].is_array,
           "an array's parameter is none");
    expect(array.size >= dynamic_size, "an array's size is negative");
  }
}

// ---- rules 2 to 6

class NodeCheck {
 public:
  NodeCheck(const Program& program, Report& report) : p_(program), report_(report) {}
  void run() {
    for (id_ = 0; id_ < p_.nodes.size(); ++id_) check(p_.nodes[id_]);
  }

 private:
  bool expect(bool holds, int rule, const char* text) { return report_.expect(holds, rule, p_.nodes[id_].line, text); }
  Type type_of(Id node) const { return p_.nodes[node].type; }

  void check(const Node& node);
  void check_name(const Node& node);
  void check_binary(const Node& node);

  const Program& p_;
  Report& report_;
  Id id_ = 0;
};

void NodeCheck::check(const Node& node) {
  expect(node.line <= p_.places.size(), 14, "a node's line does not exist");
  for (int i = 0; i < operand_count(node.op); ++i)
    if (!expect(operand(node, i) < id_, 4, "an operand is no earlier node")) return;
  if (is_binary(node.op)) return check_binary(node);
  switch (node.op) {
    case Op::Constant:
      expect(node.type != Type::Void && p_.value(id_) == canonical(p_.value(id_), node.type), 2,
             "a constant is not canonical");
      return;
    case Op::Index:
      expect(is_integer(node.type), 5, "an Index is not an integer");
      return;
    case Op::Select:
      expect(type_of(node.a) == Type::Bool, 5, "a Select's condition is not a Bool");
      expect(type_of(node.b) == node.type && type_of(node.c) == node.type, 5, "a Select's values differ in type");
      return;
    case Op::Convert:
      expect(node.type != Type::Void, 5, "a conversion to Void");
      return;
    default:
      return check_name(node);
  }
}

void NodeCheck::check_name(const Node& node) {
  switch (node.op) {
    case Op::Parameter:
      expect(
          node.a < p_.parameters.size() && !p_.parameters[node.a].is_array && p_.parameters[node.a].type == node.type,
          3, "a Parameter is none of the signature");
      return;
    case Op::Size:
      expect(node.a < p_.arrays.size() && p_.arrays[node.a].size == dynamic_size && node.type == Type::I64, 3,
             "a Size is not that of an array of dynamic size");
      return;
    case Op::Get:
      expect(node.a < p_.variables.size() && p_.variables[node.a].type == node.type, 3,
             "a Get does not fit its variable");
      return;
    case Op::Load:
      expect(node.a < p_.arrays.size() && p_.arrays[node.a].type == node.type, 3, "a Load does not fit its array");
      expect(type_of(node.b) == Type::I64, 5, "the index of a Load is not I64");
      return;
    default:
      return;
  }
}

void NodeCheck::check_binary(const Node& node) {
  const Type type = type_of(node.a);
  expect(type == type_of(node.b) && type != Type::Void, 5, "the operands of a binary operation differ in type");
  expect(node.type == (is_comparison(node.op) ? Type::Bool : type), 5, "the type of a binary operation's result");
  const bool is_bits = node.op >= Op::And && node.op <= Op::Xor;
  const bool is_shift = node.op == Op::ShiftLeft || node.op == Op::ShiftRight;
  const bool is_arithmetic = node.op <= Op::Multiply || is_shift;
  expect(!(is_arithmetic && type == Type::Bool), 5, "arithmetic on Bool");
  expect(!((is_bits || is_shift || node.op == Op::Remainder) && is_float(type)), 5, "bits of a float");
  if (is_division(node.op))
    expect((node.c == 0) == (p_.is_constant(node.b) && p_.value(node.b) != 0), 6,
           "a division is pinned though its divisor is a constant other than 0, or is not though it may be 0");
}

// ---- rules 7 to 9

class LinkCheck {
 public:
  LinkCheck(const Program& program, Report& report) : p_(program), report_(report) {}
  void run();

 private:
  bool is_region(Id id) const { return id < p_.regions.size(); }
  void check_list(Id region);
  void check_branches(Id statement, Id region);
  void check_branch(Id statement, Id region, Id branch);

  const Program& p_;
  Report& report_;
  std::vector<bool> stands_;   // per statement
  std::vector<bool> claimed_;  // per region
};

void LinkCheck::run() {
  if (!report_.expect(!p_.regions.empty() && p_.regions[0].owner == none, 7, 0, "region 0 belongs to a statement"))
    return;
  stands_.resize(p_.statements.size());
  claimed_.resize(p_.regions.size());
  claimed_[0] = true;
  for (Id region = 0; region < p_.regions.size(); ++region)
    if (region == 0 || p_.regions[region].owner != none) check_list(region);
  for (Id region = 1; region < p_.regions.size(); ++region)
    if (p_.regions[region].owner != none)
      report_.expect(claimed_[region], 7, 0, "a region in use is no statement's body or other branch");
}

void LinkCheck::check_list(Id region) {
  Id previous = none;
  for (Id id = p_.regions[region].first; id != none; previous = id, id = p_.statements[id].next) {
    if (!report_.expect(id < p_.statements.size() && !stands_[id], 8, 0, "a statement stands in two places or nowhere"))
      return;
    stands_[id] = true;
    check_branches(id, region);
  }
  report_.expect(p_.regions[region].last == previous, 8, 0, "a region's last statement is not the end of its list");
}

void LinkCheck::check_branches(Id id, Id region) {
  const Statement& statement = p_.statements[id];
  const bool has_body = statement.what >= Do::For && statement.what <= Do::If;
  report_.expect((statement.body != none) == has_body, 9, statement.line, "a body is missing or superfluous");
  report_.expect(statement.other == none || statement.what == Do::If, 9, statement.line,
                 "another branch that is not of an If");
  if (statement.body != none) check_branch(id, region, statement.body);
  if (statement.other != none) check_branch(id, region, statement.other);
}

void LinkCheck::check_branch(Id id, Id region, Id branch) {
  const Statement& statement = p_.statements[id];
  if (!report_.expect(is_region(branch) && !claimed_[branch], 7, statement.line, "a region belongs to two statements"))
    return;
  claimed_[branch] = true;
  const Region& inner = p_.regions[branch];
  const bool is_loop = statement.what == Do::For || statement.what == Do::Loop;
  report_.expect(inner.owner == id && inner.parent == region && inner.depth == p_.regions[region].depth + 1, 7,
                 statement.line, "a region's owner, parent or depth is wrong");
  report_.expect(inner.is_loop == is_loop, 7, statement.line, "a region is_loop wrongly");
}

// ---- rules 10 to 14 and 16

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
  void check_leave();
  void check_return();
  void make(Id node);
  bool goes_on_after(const Statement& owner, Id region) const;

  const Program& p_;
  Report& report_;
  const Statement* statement_ = nullptr;
  Id here_ = 0;
  bool reached_ = true;              // whether the next statement of the open region can be reached
  std::vector<bool> open_;           // per region: the walk is inside it
  std::vector<bool> entered_;        // per region: its owner can be reached
  std::vector<bool> ends_;           // per region: its end can be reached
  std::vector<bool> left_;           // per region: a Break leaves it
  std::vector<bool> made_;           // per node
  std::vector<Id> declared_in_;      // per variable: the region of its first Set
  std::vector<std::uint32_t> gets_;  // per variable
};

StatementCheck::StatementCheck(const Program& program, Report& report)
    : p_(program),
      report_(report),
      open_(program.regions.size()),
      entered_(program.regions.size()),
      ends_(program.regions.size()),
      left_(program.regions.size()),
      made_(program.nodes.size()),
      declared_in_(program.variables.size(), none),
      gets_(program.variables.size()) {}

void StatementCheck::enter(Id region) {
  open_[region] = true;
  here_ = region;
  entered_[region] = reached_;
}

void StatementCheck::leave(Id region) {
  open_[region] = false;
  ends_[region] = reached_;
  here_ = p_.regions[region].parent;
  if (region == 0) {
    report_.expect(p_.result == Type::Void || !reached_, 13, 0, "a function with a result reaches its end");
  } else {
    const Statement& owner = p_.statements[p_.regions[region].owner];
    const bool other_follows = region == owner.body && owner.other != none;
    reached_ = entered_[region] && (other_follows || goes_on_after(owner, region));
  }
}

bool StatementCheck::goes_on_after(const Statement& owner, Id region) const {
  switch (owner.what) {
    case Do::Loop:
      return left_[region];
    case Do::Block:
      return left_[region] || ends_[region];
    case Do::If:
      return owner.other == none || ends_[owner.body] || ends_[owner.other];
    default:
      return true;
  }
}

void StatementCheck::statement(Id id) {
  statement_ = &p_.statements[id];
  expect(statement_->line <= p_.places.size(), 14, "a statement's line does not exist");
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
    case Do::Loop:
    case Do::Block:
      return;
  }
}

void StatementCheck::make(Id node) {
  expect(!made_[node], 10, "a node is made twice");
  made_[node] = true;
}

void StatementCheck::check_let() {
  const Id id = statement_->a;
  if (!expect(id < p_.nodes.size() && is_pinned(p_.nodes[id]) && p_.nodes[id].op != Op::Index, 10,
              "a Let makes a node that is not pinned"))
    return;
  make(id);
  const Node& node = p_.nodes[id];
  expect(statement_->flags == 0 || node.op == Op::Load, 14, "a Let that is no access is proven in bounds");
  if (node.op == Op::Get) check_get(node);
}

void StatementCheck::check_get(const Node& get) {
  const Id region = declared_in_[get.a];
  expect(region != none && open_[region], 16, "a variable is read where it may not have been declared");
  expect(++gets_[get.a] <= p_.variables[get.a].reads, 16, "a variable has more Gets than reads");
}

void StatementCheck::check_set() {
  const Id variable = statement_->a;
  if (!expect(variable < p_.variables.size(), 11, "a variable does not exist")) return;
  expect(has_type(statement_->b, p_.variables[variable].type), 11, "a Set's value is not of the variable's type");
  Id& region = declared_in_[variable];
  if (region == none) region = here_;
  expect(open_[region], 16, "a variable is set where it may not have been declared");
}

void StatementCheck::check_store() {
  if (!expect(statement_->a < p_.arrays.size(), 11, "an array does not exist")) return;
  expect(p_.arrays[statement_->a].is_writable(), 11, "a Store to an array that is only read");
  expect(has_type(statement_->b, Type::I64), 11, "the index of a Store is not I64");
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

void StatementCheck::check_leave() {
  const Id region = statement_->a;
  const bool continues = statement_->what == Do::Continue;
  const bool exists = region < p_.regions.size() && open_[region] && region != 0;
  const bool is_loop = exists && p_.regions[region].is_loop;
  const bool is_block = exists && p_.statements[p_.regions[region].owner].what == Do::Block;
  expect(is_loop || (is_block && !continues), 12, "a Break or Continue has no such enclosing region");
  if (exists && !continues && reached_) left_[region] = true;
  reached_ = false;
}

void StatementCheck::check_return() {
  if (p_.result == Type::Void)
    expect(statement_->a == none, 13, "a Return with a value in a function without a result");
  else
    expect(has_type(statement_->a, p_.result), 13, "a Return's value is not of the result's type");
  reached_ = false;
}

void check_dominance(const Program& program, Report& report) {
  const auto error = find_dominance_error(program);
  if (error) report.expect(false, 15, error->use, "a value is used where it may not have been made");
}

}  // namespace

std::vector<Flaw> verify(const Program& program) {
  Report report;
  check_signature(program, report);
  NodeCheck(program, report).run();
  LinkCheck(program, report).run();
  if (!report.flaws.empty()) return report.flaws;
  walk(program, StatementCheck(program, report));
  if (report.flaws.empty()) check_dominance(program, report);
  return report.flaws;
}

std::string describe(const std::vector<Flaw>& flaws) {
  std::string text;
  for (const Flaw& flaw : flaws)
    text += "rule " + std::to_string(flaw.rule) + ": " + flaw.text + " (line " + std::to_string(flaw.line) + ")\n";
  return text;
}

}  // namespace cogent::ir
