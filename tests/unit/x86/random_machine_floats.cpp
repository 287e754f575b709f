// The part of random machine programs that computes with single doubles and calls functions. They begin as integers, so
// that the only NaN is the one that the processor makes, whose bits do not depend on the order of operands.
#include "unit/x86/clobbering_callees.h"
#include "unit/x86/random_machine_program.h"

namespace cogent::x86 {

void RandomMachineProgram::floating() {
  switch (below(6)) {
    case 0:
      return floating_comparison();
    case 1:
      program_->vector_store(Opcode::VmovsdStore, 16, {memory_, none, 3072 + 8 * below(8), 1}, any_vector());
      return;
    case 2:
      values_.push_back(program_->vector_into(program_->new_general(), Opcode::Vcvttsd2siTo64, 16, none, any_vector()));
      return;
    case 3:
      values_.push_back(program_->vector_part(Opcode::VmovqToGeneral, 16, any_vector()));
      return;
    default:
      break;
  }
  VirtualRegister d = any_vector();
  if (program_->pool_constants[d].offset >= 0 || below(3) == 0) d = program_->new_vector();
  floating_operation(d);
  vectors_.push_back(d);
}

void RandomMachineProgram::floating_operation(VirtualRegister d) {
  static constexpr Opcode opcodes[] = {Opcode::Vaddsd, Opcode::Vsubsd, Opcode::Vmulsd,
                                       Opcode::Vdivsd, Opcode::Vminsd, Opcode::Vmaxsd};
  const bool is_defined = d != program_->registers.size() - 1;
  switch (below(8)) {
    case 0:
      program_->vector_into(d, Opcode::Vcvtsi2sdFrom64, 16, none, any());
      return;
    case 1:
      program_->move_into(d, any_vector());
      return;
    case 2:
      program_->vector_into(d, Opcode::Vsqrtsd, 16, none, any_vector());
      return;
    case 3:
      if (is_defined && program_->level != CpuLevel::Baseline) {
        const Opcode opcode = below(2) ? Opcode::Vfmadd213sd : Opcode::Vfmadd231sd;
        program_->vector_into(d, opcode, 16, any_vector(), any_vector());
        return;
      }
      [[fallthrough]];
    default:
      program_->vector_into(d, opcodes[below(std::size(opcodes))], 16, any_vector(), any_vector());
  }
}

void RandomMachineProgram::floating_comparison() {
  static constexpr Condition conditions[] = {
      Condition::Below,   Condition::AboveEqual, Condition::BelowEqual,   Condition::Above,
      Condition::Ordered, Condition::Unordered,  Condition::EqualOrdered, Condition::NotEqualOrUnordered};
  const Condition condition = conditions[below(std::size(conditions))];
  const VirtualRegister a = any_vector(), b = any_vector(), d = any_vector();
  switch (below(4)) {
    case 0:
      values_.push_back(program_->set_if(condition, 8, a, Operand::of(b)));
      return;
    case 1:
      if (program_->pool_constants[d].offset < 0)
        program_->move_float_if(d, any_vector(), 8, condition, 8, a, Operand::of(b));
      return;
    case 2:
      program_->move_if(variable(), any(), condition, 8, a, Operand::of(b));
      return;
    default:
      if (!constructs_.empty()) program_->jump_if(condition, 8, a, Operand::of(b), constructs_.back().exit);
  }
}

void RandomMachineProgram::call() {
  const Callee& callee = callees()[static_cast<std::size_t>(below(static_cast<int>(callees().size())))];
  std::vector<VirtualRegister> arguments;
  for (const char* kind = callee.arguments; *kind != 0; ++kind) {
    if (*kind == 'd' && vectors_.empty()) return;
    arguments.push_back(*kind == 'd' ? any_vector() : any());
  }
  VirtualRegister result = none;
  if (callee.result == 'v')
    arguments[0] = program_->lea({memory_, none, 8 * below(100), 1});
  else
    result = callee.result == 'd' ? program_->new_vector() : target();
  program_->call(callee.address, arguments.data(), arguments.size(), result);
  if (callee.result == 'i') values_.push_back(result);
  if (callee.result == 'd') vectors_.push_back(result);
}

}  // namespace cogent::x86
