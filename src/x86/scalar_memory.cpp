// Loads and stores: the address of an element, the check before it, and faults.
#include "x86/encoder.h"
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
  registers_[statement.a] = machine_->load(static_cast<std::uint8_t>(ir::size_of(made.type)),
                                           ir::is_signed(made.type) && fills_register(statement.a), address);
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
  const std::uint32_t site = machine_->new_fault_site(ir::FaultKind::Index, statement);
  machine_->fault_if(Condition::AboveEqual, is_narrow_index(index) ? 4 : 8, at, sizes_[array], site, at);
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
Address ScalarLowering::element(Id id, VirtualRegister index, std::int64_t offset) {
  const ir::Array& array = program_->arrays[id];
  const std::int64_t step = array.step();
  std::int64_t displacement;
  if (__builtin_mul_overflow(offset, step, &displacement) ||
      __builtin_add_overflow(displacement, std::int64_t{array.offset}, &displacement) ||
      displacement != static_cast<std::int32_t>(displacement)) {
    const VirtualRegister constant = machine_->immediate(offset);
    index = index == none ? constant : operate(Opcode::Add, 8, index, constant);
    displacement = array.offset;
  }
  if (index == none) return {bases_[id], none, displacement, 1};
  if (step == 1 || step == 2 || step == 4 || step == 8)
    return {bases_[id], index, displacement, static_cast<std::uint8_t>(step)};
  return {bases_[id], scaled(index, step), displacement, 1};
}

VirtualRegister ScalarLowering::scaled(VirtualRegister index, std::int64_t step) {
  if (last_scaled_.index != index || last_scaled_.step != step)
    last_scaled_ = {index, step, multiply_by_constant(Type::I64, index, step)};
  return last_scaled_.result;
}

void ScalarLowering::check(Id id) {
  const Statement& statement = program_->statements[id];
  if (!ir::needs_check(statement)) return;
  const VirtualRegister at = value(statement.b);
  machine_->fault_if(Condition::AboveEqual, 8, at, operand(statement.c),
                     machine_->new_fault_site(ir::FaultKind::Index, id), at);
}

// Small scratch arrays lie in the frame; if there are large ones, all lie in memory that the caller provides. A program
// that calls itself has them in its frame, because each activation needs its own.
void ScalarLowering::lay_out_scratch() {
  constexpr std::int64_t largest_in_frame = 16384, alignment = 64;
  scratch_.assign(program_->arrays.size(), 0);
  run_memory_ = none;
  std::int64_t bytes = 0;
  for (Id id = 0; id < scratch_.size(); ++id) {
    const ir::Array& array = program_->arrays[id];
    if (array.storage != ir::Storage::Scratch || array.memory != ir::none) continue;
    const std::int64_t size = array.size * array.step(), aligned = size >= alignment ? alignment : 16;
    scratch_[id] = bytes = (bytes + aligned - 1) / aligned * aligned;
    bytes += size;
  }
  if (bytes <= largest_in_frame || calls_itself()) {
    if (bytes > INT32_MAX)
      throw EncodingError(
          "the scratch memory of a function that calls itself lies in its stack frame, which would need " +
          std::to_string(bytes) + " bytes");
    if (bytes != 0) frame_memory_ = machine_->local(static_cast<std::uint32_t>(bytes));
  } else {
    machine_->run_memory_bytes = static_cast<std::uint64_t>(bytes);
    run_memory_ = machine_->load(8, false, {machine_->context(), none, offsetof(ir::RunState, memory), 1});
  }
}

void ScalarLowering::fault_unless(Test test, ir::FaultKind kind, Id statement) {
  machine_->fault_if(negate(test.condition), test.size, test.a, test.b, machine_->new_fault_site(kind, statement));
}

}  // namespace cogent::x86
