// The rows of the table, and which of their cells the language has.
#include "fuzz/coverage.h"

#include <algorithm>

#include "ir/mathematics.h"
#include "ir/text.h"

namespace cogent::fuzz {
namespace {

using ir::Do;
using ir::Op;
using ir::Type;

constexpr const char* operation_names[] = {"Constant",
                                           "Parameter",
                                           "Size",
                                           "Index",
                                           "Get",
                                           "Load",
                                           "Divide",
                                           "Remainder",
                                           "Add",
                                           "Subtract",
                                           "Multiply",
                                           "Minimum",
                                           "Maximum",
                                           "And",
                                           "Or",
                                           "Xor",
                                           "ShiftLeft",
                                           "ShiftRight",
                                           "Less",
                                           "LessEqual",
                                           "Equal",
                                           "NotEqual",
                                           "Select",
                                           "Convert",
                                           "Bits",
                                           "Negate",
                                           "Absolute",
                                           "SquareRoot",
                                           "Floor",
                                           "Ceil",
                                           "Round",
                                           "Truncate",
                                           "PopulationCount",
                                           "CountLeadingZeros",
                                           "CountTrailingZeros",
                                           "ByteSwap",
                                           "RotateLeft",
                                           "FusedMultiplyAdd",
                                           "Mathematics",
                                           "CallResult"};
static_assert(std::size(operation_names) == static_cast<std::size_t>(Op::CallResult) + 1);

constexpr const char* statement_names[] = {"Let",   "Set",    "Store",    "For",    "Loop",    "Block",
                                           "If",    "Break",  "Continue", "Return", "Require", "Comment",
                                           "Cases", "States", "Go",       "Call",   "Check"};
static_assert(std::size(statement_names) == static_cast<std::size_t>(Do::Check) + 1);

constexpr const char* array_names[] = {"In",     "Out",    "InOut",          "dynamic size",   "rank 1",
                                       "rank 2", "rank 3", "dynamic rank 2", "dynamic rank 3", "field of structs",
                                       "table",  "scratch"};
enum class ArrayRow { in, out, inout, dynamic, rank1, rank2, rank3, dynamic2, dynamic3, field, table, scratch };

constexpr const char* ending_names[] = {"done", "index", "division by 0", "step of 0", "requirement", "depth"};

constexpr std::size_t type_count = ir::type_count;

std::size_t column(Type type) { return static_cast<std::size_t>(type); }
bool is_value(Type type) { return type != Type::Void; }

bool is_possible(Op op, Type type) {
  if (!is_value(type)) return false;
  if (op <= Op::Load) return op == Op::Size ? type == Type::I64 : op == Op::Index ? ir::is_integer(type) : true;
  switch (op) {
    case Op::Select:
    case Op::CallResult:
    case Op::Equal:
    case Op::NotEqual:
      return true;
    case Op::Convert:
      return false;  // has rows of its own
    case Op::Bits:
      return ir::size_of(type) >= 4;
    case Op::And:
    case Op::Or:
    case Op::Xor:
      return !ir::is_float(type);
    case Op::Remainder:
    case Op::ShiftLeft:
    case Op::ShiftRight:
    case Op::RotateLeft:
      return ir::is_integer(type);
    case Op::FusedMultiplyAdd:
    case Op::Mathematics:
      return ir::is_float(type);
    default:
      if (ir::is_unary(op)) return op >= Op::PopulationCount ? ir::is_integer(type) : ir::is_float(type);
      return type != Type::Bool;
  }
}

/// The type that a statement is counted under.
Type type_of(const ir::Program& program, const ir::Statement& statement) {
  switch (statement.what) {
    case Do::For:
    case Do::Cases:
      return program.nodes[statement.a].type;
    case Do::Set:
      return program.variables[statement.a].type;
    case Do::Store:
      return program.arrays[statement.a].type;
    default:
      return Type::Void;
  }
}

bool is_possible(Do what, Type type) {
  switch (what) {
    case Do::For:
      return ir::is_integer(type);
    case Do::Cases:
      return is_value(type) && !ir::is_float(type);
    case Do::Set:
    case Do::Store:
      return is_value(type);
    default:
      return type == Type::Void;
  }
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

}  // namespace

std::uint64_t Coverage::Row::total() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts) sum += count;
  return sum;
}

Coverage::Coverage() {
  const auto add = [](std::vector<Row>& rows, const std::string& name, auto&& possible) {
    Row row{name, std::vector<std::uint64_t>(type_count), {}};
    for (std::size_t i = 0; i < type_count; ++i) row.possible.push_back(possible(static_cast<Type>(i)));
    rows.push_back(row);
  };
  const auto untyped = [](Type type) { return type == Type::Void; };
  for (std::size_t i = 0; i < std::size(operation_names); ++i)
    add(operations_, operation_names[i], [&](Type type) { return is_possible(static_cast<Op>(i), type); });
  for (std::size_t i = 0; i < type_count; ++i)
    if (const Type from = static_cast<Type>(i); is_value(from))
      add(conversions_, std::string("Convert ") + ir::short_name(from) + " to",
          [&](Type to) { return is_value(to) && to != from && to != Type::Bool; });
  for (std::size_t i = 0; i < std::size(statement_names); ++i)
    add(statements_, statement_names[i], [&](Type type) { return is_possible(static_cast<Do>(i), type); });
  for (const auto& function : ir::mathematical_functions()) add(functions_, function.name, ir::is_float);
  for (const char* name : array_names) add(arrays_, name, untyped);
  for (const char* name : ending_names) add(endings_, name, untyped);
}

void Coverage::count_node(const ir::Program& program, const ir::Node& node) {
  const bool by_operand = ir::is_comparison(node.op) || node.op == Op::Bits;
  const Type type = by_operand ? program.nodes[node.a].type : node.type;
  if (node.op == Op::Convert)
    ++conversions_[column(program.nodes[node.a].type) - 1].counts[column(type)];
  else
    ++operations_[static_cast<std::size_t>(node.op)].counts[column(type)];
  if (node.op == Op::Mathematics) ++functions_[node.c].counts[column(type)];
}

void Coverage::count_statement(const ir::Program& program, const ir::Statement& statement) {
  ++statements_[static_cast<std::size_t>(statement.what)].counts[column(type_of(program, statement))];
}

void Coverage::count_array(const ir::Array& array) {
  const auto count = [&](ArrayRow row, int further = 0) {
    ++arrays_[static_cast<std::size_t>(row) + static_cast<std::size_t>(further)].counts[0];
  };
  if (array.memory != ir::none) return count(ArrayRow::field);
  if (array.storage != ir::Storage::Argument)
    return count(array.storage == ir::Storage::Table ? ArrayRow::table : ArrayRow::scratch);
  count(ArrayRow::in, static_cast<int>(array.access));
  count(ArrayRow::rank1, array.rank - 1);
  if (array.size != ir::dynamic_size) return;
  count(ArrayRow::dynamic);
  if (array.rank > 1) count(ArrayRow::dynamic2, array.rank - 2);
}

void Coverage::add(const ir::Program& program) {
  for (const ir::Node& node : program.nodes) count_node(program, node);
  for (const ir::Statement& statement : program.statements) count_statement(program, statement);
  for (const ir::Array& array : program.arrays) count_array(array);
}

void Coverage::add(const interpret::Outcome& outcome) {
  if (outcome.end == interpret::Outcome::End::Done || outcome.end == interpret::Outcome::End::Fault)
    ++endings_[static_cast<std::size_t>(outcome.fault.kind)].counts[0];
}

std::vector<std::string> Coverage::missing() const {
  std::vector<std::string> names;
  for (const auto* rows : {&operations_, &conversions_, &statements_, &functions_, &arrays_, &endings_})
    for (const Row& row : *rows)
      for (std::size_t i = 0; i < type_count; ++i)
        if (row.possible[i] && row.counts[i] == 0)
          names.push_back(i == 0 ? row.name : row.name + " " + ir::short_name(static_cast<Type>(i)));
  return names;
}

std::string Coverage::table() const {
  std::string text;
  for (const auto* rows : {&statements_, &operations_, &conversions_, &functions_, &arrays_, &endings_})
    for (const Row& row : *rows) {
      if (std::none_of(row.possible.begin(), row.possible.end(), [](bool possible) { return possible; })) continue;
      text += padded(row.name, 20) + std::to_string(row.total());
      if (!row.possible[0])
        for (std::size_t i = 1; i < type_count; ++i)
          if (row.possible[i])
            text += std::string("  ") + ir::short_name(static_cast<Type>(i)) + " " + std::to_string(row.counts[i]);
      text += "\n";
    }
  return text;
}

}  // namespace cogent::fuzz
