// Rules 1 to 9 and 17: every id is looked at before it is followed, so that any program can be checked.
#include "ir/verifier_structure.h"

#include "ir/mathematics.h"

namespace cogent::ir {
namespace {

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
    slot += static_cast<std::uint32_t>(array.slot_count() - 1);
  }
  expect(position < p.signature_length, "a parameter's position lies beyond the signature");
}

// ---- rule 21

class ArrayCheck {
 public:
  ArrayCheck(const Program& program, Report& report) : p_(program), report_(report) {}
  void run() {
    for (id_ = 0; id_ < p_.arrays.size(); ++id_) check(p_.arrays[id_]);
  }

 private:
  bool expect(bool holds, const char* text) { return report_.expect(holds, 21, p_.arrays[id_].line, text); }
  void check(const Array& array);
  void check_shape(const Array& array);
  void check_field(const Array& field);

  const Program& p_;
  Report& report_;
  Id id_ = 0;
};

void ArrayCheck::check(const Array& array) {
  if (array.storage == Storage::Argument)
    report_.expect(array.parameter < p_.parameters.size() && p_.parameters[array.parameter].is_array, 1, 0,
                   "an array's parameter is none");
  else
    expect(array.parameter == none && array.size != dynamic_size, "a local array has a parameter or no size");
  if (array.storage == Storage::Table)
    expect(!array.is_shaped && array.access == Access::In &&
               array.first_byte + static_cast<std::uint64_t>(array.size * array.step()) <= p_.table_bytes.size(),
           "a table is shaped or writable, or its bytes do not exist");
  check_shape(array);
  if (array.memory != none)
    check_field(array);
  else
    expect(array.offset == 0, "an array that is no field has an offset");
}

void ArrayCheck::check_shape(const Array& array) {
  report_.expect(array.size >= dynamic_size, 1, 0, "an array's size is negative");
  if (!expect(array.rank >= 1 && array.rank <= Array::most_dimensions, "an array's rank is none of 1 to 3")) return;
  expect(array.is_shaped || (array.rank == 1 && array.element_bytes == 0), "an array is not shaped though it needs be");
  if (!array.is_shaped || array.size == dynamic_size) return;
  bool is_good = true;
  for (int i = 0; i < array.rank; ++i) is_good = is_good && array.extents[i] >= 0 && array.strides[i] >= 0;
  expect(is_good && array.size == array.span(), "an array's size is not that of its extents and strides");
}

void ArrayCheck::check_field(const Array& field) {
  if (!expect(field.memory < id_ && p_.arrays[field.memory].memory == none, "a field is of no earlier array")) return;
  const Array& whole = p_.arrays[field.memory];
  expect(whole.element_bytes != 0 && field.offset + size_of(field.type) <= whole.element_bytes,
         "a field does not lie within the elements");
  expect(field.storage == whole.storage && field.parameter == whole.parameter && field.rank == whole.rank &&
             field.size == whole.size && field.access == whole.access,
         "a field and the array that it is of differ");
}

// ---- rules 2 to 6 and 17

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
  void check_division(const Node& node);
  void check_function(const Node& node);

  const Program& p_;
  Report& report_;
  Id id_ = 0;
};

void NodeCheck::check(const Node& node) {
  expect(node.line <= p_.places.size(), 14, "a node's line does not exist");
  for (int i = 0; i < operand_count(node); ++i)
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
      return node.op > Op::Convert && node.op != Op::CallResult ? check_function(node) : check_name(node);
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
      expect(node.a < p_.arrays.size() && p_.arrays[node.a].size == dynamic_size && p_.arrays[node.a].is_argument() &&
                 static_cast<int>(node.b) < p_.arrays[node.a].slot_count() - 1 && node.type == Type::I64,
             3, "a Size is not that of an argument of dynamic size");
      return;
    case Op::Get:
      expect(node.a < p_.variables.size() && p_.variables[node.a].type == node.type, 3,
             "a Get does not fit its variable");
      return;
    case Op::Load:
      expect(node.a < p_.arrays.size() && p_.arrays[node.a].type == node.type, 3, "a Load does not fit its array");
      expect(type_of(node.b) == Type::I64, 5, "the index of a Load is not I64");
      return;
    case Op::CallResult:
      expect(node.a < p_.callees.size() && p_.callees[node.a].result == node.type && node.type != Type::Void, 3,
             "a CallResult does not fit its callee");
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
  if (is_division(node.op)) check_division(node);
  if (node.op == Op::RotateLeft) expect(is_integer(type), 17, "a rotation of what is no integer");
}

void NodeCheck::check_division(const Node& node) {
  if (is_float(node.type)) {
    expect(node.c == 0, 6, "a division of floats is pinned");
    return;
  }
  expect((node.c == 0) == (p_.is_constant(node.b) && p_.value(node.b) != 0), 6,
         "a division is pinned though its divisor is a constant other than 0, or is not though it may be 0");
}

void NodeCheck::check_function(const Node& node) {
  const Type type = type_of(node.a);
  if (node.op == Op::Bits) {
    expect(is_float(type) != is_float(node.type) && (is_integer(type) || is_integer(node.type)) &&
               size_of(type) == size_of(node.type),
           17, "the bits of a float are no integer of its size");
    return;
  }
  const bool of_integer = is_unary(node.op) && node.op >= Op::PopulationCount;
  expect(of_integer ? is_integer(node.type) : is_float(node.type), 17, "a function of a wrong type");
  for (int i = 0; i < operand_count(node); ++i)
    expect(type_of(operand(node, i)) == node.type, 17, "a function's operand differs in type from its result");
  if (node.op != Op::Mathematics) return;
  const auto functions = mathematical_functions();
  expect(node.c < functions.size() && functions[node.c].operands == operand_count(node), 17,
         "a mathematical function does not exist or has other operands");
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
  bool check_branch(Id statement, Id region, Id branch);

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
  const bool is_choice = statement.what == Do::Cases || statement.what == Do::States;
  report_.expect((statement.body != none) == has_regions(statement.what), 9, statement.line,
                 "a body is missing or superfluous");
  report_.expect(statement.other == none || statement.what == Do::If || statement.what == Do::Cases, 9, statement.line,
                 "another branch that is not of an If or a Cases");
  for (Id branch = statement.body; branch != none; branch = p_.regions[branch].sibling) {
    if (!check_branch(id, region, branch)) break;
    report_.expect(is_choice || p_.regions[branch].sibling == none, 9, statement.line,
                   "a body that is not of a Cases or States has siblings");
  }
  if (statement.other == none || !check_branch(id, region, statement.other)) return;
  report_.expect(p_.regions[statement.other].sibling == none, 9, statement.line, "another branch has siblings");
}

bool LinkCheck::check_branch(Id id, Id region, Id branch) {
  const Statement& statement = p_.statements[id];
  if (!report_.expect(is_region(branch) && !claimed_[branch], 7, statement.line, "a region belongs to two statements"))
    return false;
  claimed_[branch] = true;
  const Region& inner = p_.regions[branch];
  const bool is_loop = repeats_regions(statement.what);
  report_.expect(inner.owner == id && inner.parent == region && inner.depth == p_.regions[region].depth + 1, 7,
                 statement.line, "a region's owner, parent or depth is wrong");
  report_.expect(inner.is_loop == is_loop, 7, statement.line, "a region is_loop wrongly");
  return true;
}

}  // namespace

void check_structure(const Program& program, Report& report) {
  check_signature(program, report);
  ArrayCheck(program, report).run();
  NodeCheck(program, report).run();
  LinkCheck(program, report).run();
}

}  // namespace cogent::ir
