// Which integers of 32 bits are computed, loaded and kept in 64. An index of 32 bits would be extended at each access;
// but where ranges prove that a sum does not wrap, it can be made in 64 bits at once, and an index that is only looked
// up needs no sign: it is not negative, or the check in 32 bits finds it too large.
#include <algorithm>

#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Do;
using ir::Node;
using ir::Op;
using ir::Statement;
using ir::Type;

namespace {

bool widens(const ir::Program& program, const Node& node) {
  return node.op == Op::Convert && (node.type == Type::I64 || node.type == Type::U64) &&
         program.nodes[node.a].type == Type::I32;
}

bool divides_by_multiplying(const ir::Program& program, const Node& node) {
  return ir::is_division(node.op) && ir::is_integer(node.type) && ir::size_of(node.type) <= 4 &&
         program.is_constant(node.b);
}

bool is_sum(Op op) { return op == Op::Add || op == Op::Subtract || op == Op::Multiply; }

}  // namespace

void ScalarLowering::find_wants() {
  wants_.clear();
  const std::vector<Node>& nodes = program_->nodes;
  bool divides = false, widened = false;
  for (const Node& node : nodes) {
    divides = divides || divides_by_multiplying(*program_, node);
    widened = widened || widens(*program_, node);
  }
  knows_ranges_ = divides || widened;
  if (knows_ranges_) ranges_.run(*program_);
  if (!widened) return;
  wants_.assign(nodes.size(), Want::Any);
  indexes_.assign(nodes.size(), 0);
  for (Id id = 0; id < program_->statements.size(); ++id) {
    if (placement_.region_of(id) == ir::none) continue;
    const Statement& statement = program_->statements[id];
    const bool loads = statement.what == Do::Let && node(statement.a).op == Op::Load;
    if (!loads && statement.what != Do::Store) continue;
    const Id array = loads ? node(statement.a).a : statement.a, index = loads ? node(statement.a).b : statement.b;
    const std::int64_t size = program_->arrays[array].size;
    const bool has_small_size = size != ir::dynamic_size && size == static_cast<std::int32_t>(size);
    if (has_small_size || !ir::needs_check(statement)) ++indexes_[index];
  }
  for (Id id = static_cast<Id>(nodes.size()); id-- > 0;) {
    if (widens(*program_, nodes[id])) want_in_64_bits(id);
    if (wants_[id] == Want::Any || !is_sum(nodes[id].op) || ranges_.may_wrap(id)) continue;
    wants_[nodes[id].a] = wants_[nodes[id].b] = Want::Canonical;
  }
}

// What is only an index may have anything in the upper half that makes it too large when it is not within the array.
// (Vectors compute with indexes.)
void ScalarLowering::want_in_64_bits(Id convert) {
  const Node& node = program_->nodes[convert];
  const bool is_only_index = lanes_.empty() && indexes_[convert] != 0 && indexes_[convert] == placement_.uses(convert);
  if (is_only_index) wants_[convert] = Want::Index;
  Want& operand = wants_[node.a];
  operand = std::max(operand, is_only_index ? Want::Index : Want::Canonical);
}

bool ScalarLowering::computes_in_64_bits(Id id) const {
  if (!is_wanted(id) || type(id) != Type::I32 || !is_sum(node(id).op)) return false;
  return fills_register(node(id).a) && fills_register(node(id).b) && !ranges_.may_wrap(id);
}

bool ScalarLowering::loads_in_64_bits(Id id) const { return !wants_.empty() && wants_[id] == Want::Canonical; }

// Whether what computes 32 bits leaves 0 in the upper half of the register.
bool ScalarLowering::clears_upper_half(Id id) const {
  switch (node(id).op) {
    case Op::Load:
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
    case Op::And:
    case Op::Or:
    case Op::Xor:
    case Op::ShiftLeft:
    case Op::ShiftRight:
      return true;
    default:
      return false;
  }
}

VirtualRegister ScalarLowering::narrow_index(Id convert) {
  const Id narrow = node(convert).a;
  const VirtualRegister index = value(narrow);
  return fills_register(narrow) || clears_upper_half(narrow) ? index : machine_->unary(Opcode::ZeroExtend, 4, index);
}

}  // namespace cogent::x86
