// The check of a program whose structure is sound: one walk over its statements, then dominance.
#include "ir/verifier.h"

#include "ir/dominance.h"
#include "ir/verifier_structure.h"
#include "ir/walk.h"

namespace cogent::ir {
namespace {

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
  void check_flags(bool is_access);
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
  if (statement_->what != Do::Let) check_flags(statement_->what == Do::Store);
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

void StatementCheck::check_flags(bool is_access) {
  expect(is_access || statement_->flags == 0, 14, "what is no access is proven in bounds or unchecked");
  expect((statement_->flags & ~(proven_in_bounds | unchecked)) == 0, 14, "a flag has no meaning");
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
  check_flags(node.op == Op::Load);
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
  check_structure(program, report);
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
