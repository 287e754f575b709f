// Loads and stores: the address of an element, the check before it, and faults.
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Node;
using ir::Op;
using ir::Statement;
using ir::Type;

void ScalarLowering::load(Id id) {
  const Statement& statement = program_->statements[id];
  const Node& made = node(statement.a);
  const bool is_checked = ir::needs_check(statement);
  const bool is_used = placement_.uses(statement.a) != 0;
  if (!is_checked && !is_used) return;
  const Address address = is_checked ? checked_address(id, made.a, made.b) : unchecked_address(made.a, made.b);
  if (!is_used) return;
  if (ir::is_float(made.type)) {
    registers_[statement.a] =
        machine_->vector_load(made.type == Type::F32 ? Opcode::Vmovss : Opcode::Vmovsd, 16, address);
    return;
  }
  registers_[statement.a] =
      machine_->load(static_cast<std::uint8_t>(ir::size_of(made.type)), ir::is_signed(made.type), address);
}

void ScalarLowering::store(Id id) {
  const Statement& statement = program_->statements[id];
  const Address address = ir::needs_check(statement) ? checked_address(id, statement.a, statement.b)
                                                     : unchecked_address(statement.a, statement.b);
  const Type stored = type(statement.c);
  if (ir::is_float(stored))
    machine_->vector_store(stored == Type::F32 ? Opcode::VmovssStore : Opcode::VmovsdStore, 16, address,
                           value(statement.c));
  else
    machine_->store(static_cast<std::uint8_t>(ir::size_of(stored)), address, value(statement.c));
}

Address ScalarLowering::checked_address(Id statement, Id array, Id index) {
  const std::int64_t size = program_->arrays[array].size;
  if (program_->is_constant(index) && size != ir::dynamic_size) {
    const std::int64_t constant = program_->value(index);
    if (static_cast<std::uint64_t>(constant) < static_cast<std::uint64_t>(size)) return element(array, none, constant);
  }
  const VirtualRegister at = value(index);
  const std::uint32_t site = machine_->new_fault_site(FaultKind::Index, statement);
  machine_->fault_if(Condition::AboveEqual, 8, at, sizes_[array], site, at);
  return element(array, at, 0);
}

// The constant part of an index goes into the address; the placement has not computed that sum.
Address ScalarLowering::unchecked_address(Id array, Id index) {
  if (program_->is_constant(index)) return element(array, none, program_->value(index));
  const Node& sum = node(index);
  if (sum.op == Op::Add && program_->is_constant(sum.b)) return element(array, value(sum.a), program_->value(sum.b));
  return element(array, registers_[index], 0);
}

// Where element index + offset lies; the index may be none.
Address ScalarLowering::element(Id array, VirtualRegister index, std::int64_t offset) {
  const int size = ir::size_of(program_->arrays[array].type);
  std::int64_t displacement;
  if (__builtin_mul_overflow(offset, std::int64_t{size}, &displacement) ||
      displacement != static_cast<std::int32_t>(displacement)) {
    const VirtualRegister constant = machine_->immediate(offset);
    index = index == none ? constant : operate(Opcode::Add, 8, index, constant);
    displacement = 0;
  }
  return {bases_[array], index, displacement, static_cast<std::uint8_t>(index == none ? 1 : size)};
}

void ScalarLowering::fault_unless(Test test, FaultKind kind, Id statement) {
  machine_->fault_if(negate(test.condition), test.size, test.a, test.b, machine_->new_fault_site(kind, statement));
}

}  // namespace cogent::x86
