// Vector instructions: operands become fields of a form that the direct encoder writes. An operand that has no register
// is used from the frame or the pool where it is the r/m operand, else loaded into a scratch register.
#include <algorithm>

#include "x86/encoder_emitter.h"

namespace cogent::x86 {

using Rm = VectorForm::Rm;

namespace {

// VEX is shorter than EVEX, but has half the registers.
bool fits_vex(const VectorForm& form) {
  return !has_trait(*form.descriptor, EvexOnly) && form.reg < 16 && form.v < 16 &&
         (form.rm != Rm::Register || form.base < 16);
}

}  // namespace

void Emitter::write(const VectorForm& form) {
  if (!has_vex()) return advance_to(write_legacy(cursor(), form));
  const bool by_evex = has_evex() && !(program_->is_scalar() && fits_vex(form));
  advance_to(by_evex ? write_evex(cursor(), form) : write_vex(cursor(), form));
}

// ---- operands

void Emitter::set_memory(VectorForm& form, const Instruction& instruction) {
  form.rm = Rm::Memory;
  form.base = static_cast<std::uint8_t>(use(instruction.b, rcx).getIdx());
  if (instruction.c != none) form.index = static_cast<std::int8_t>(use(instruction.c, rdx).getIdx());
  form.scale = instruction.scale;
  form.broadcast = instruction.broadcast;
  form.displacement = static_cast<std::int32_t>(instruction.immediate);
}

void Emitter::set_stack(VectorForm& form, std::int32_t offset) {
  form.rm = Rm::Memory;
  form.base = frame::rsp;
  form.displacement = offset;
}

// A constant that has no register: an embedded broadcast, or the whole vector, which is expanded if need be.
void Emitter::set_pool_constant(VectorForm& form, VirtualRegister v) {
  const PoolConstant& constant = program_->pool_constants[v];
  form.rm = Rm::Pool;
  form.displacement = constant.offset;
  if (constant.element >= 16 || constant.is_scalar) return;
  form.broadcast = has_evex() && form.descriptor->encoding.broadcast == constant.element;
  if (form.broadcast) return;
  const std::size_t begin = (program_->pool.size() + 63) / 64 * 64 + expanded_constants_.size();
  for (int i = 0; i < 64; i += constant.element) {
    const auto element = program_->pool.begin() + constant.offset;
    expanded_constants_.insert(expanded_constants_.end(), element, element + constant.element);
  }
  form.displacement = static_cast<std::int32_t>(begin);
}

// The r/m operand of an instruction that reads it.
void Emitter::set_source(VectorForm& form, const Instruction& instruction, const Descriptor& descriptor) {
  if (instruction.memory) return set_memory(form, instruction);
  const VirtualRegister b = instruction.b;
  if (in_register(b)) {
    form.base = static_cast<std::uint8_t>(allocation_->machine_register[b]);
  } else if (has_trait(descriptor, GeneralRm)) {
    form.base = static_cast<std::uint8_t>(use(b, rax).getIdx());
  } else if (has_trait(descriptor, DestinationInV) && !has_evex()) {  // VEX shifts have no memory operand
    form.base = static_cast<std::uint8_t>(use_vector(b, scratch(0)));
  } else if ((program_->is_scalar() || program_->pool_constants[b].is_scalar) &&
             descriptor.encoding.memory == MemorySize::Whole &&
             program_->pool_constants[b].element < 16) {  // the place in memory is smaller than what would be read
    form.base = static_cast<std::uint8_t>(use_vector(b, scratch(1)));
  } else if (program_->pool_constants[b].offset >= 0) {
    set_pool_constant(form, b);
  } else {
    set_stack(form, slot_offset(b));
  }
}

int Emitter::use_vector(VirtualRegister v, int scratch_register) {
  if (in_register(v)) return allocation_->machine_register[v];
  if (program_->pool_constants[v].offset >= 0)
    load_constant(scratch_register, program_->pool_constants[v], program_->vector_size);
  else
    load_slot(scratch_register, v);
  return scratch_register;
}

void Emitter::load_vector(int machine_register, std::int32_t offset) {
  VectorForm form{&describe(program_->is_scalar() ? Opcode::Vmovsd : Opcode::Vmovdqu), program_->vector_size};
  form.reg = static_cast<std::uint8_t>(machine_register);
  set_stack(form, offset);
  write(form);
}

void Emitter::store_vector(int machine_register, std::int32_t offset) {
  VectorForm form{&describe(program_->is_scalar() ? Opcode::VmovsdStore : Opcode::VmovdquStore), program_->vector_size};
  form.reg = static_cast<std::uint8_t>(machine_register);
  set_stack(form, offset);
  write(form);
}

void Emitter::load_constant(int machine_register, const PoolConstant& constant, std::uint8_t size) {
  if (constant.is_scalar && is_zero(constant)) return clear(machine_register);
  const Opcode opcode = constant.is_scalar      ? constant.element == 4 ? Opcode::Vmovss : Opcode::Vmovsd
                        : constant.element == 1 ? Opcode::Vpbroadcastb
                        : constant.element == 2 ? Opcode::Vpbroadcastw
                        : constant.element == 4 ? Opcode::Vpbroadcastd
                        : constant.element == 8 ? Opcode::Vpbroadcastq
                        : program_->is_scalar() ? Opcode::Vmovaps
                                                : Opcode::Vmovdqu;
  VectorForm form{&describe(opcode), constant.element >= 16 ? constant.element
                                     : constant.is_scalar   ? std::uint8_t{16}
                                                            : size};
  form.reg = static_cast<std::uint8_t>(machine_register);
  form.rm = Rm::Pool;
  write(form);
  pool_reference(constant.offset);
}

bool Emitter::is_zero(const PoolConstant& constant) const {
  const auto first = program_->pool.begin() + constant.offset;
  return std::all_of(first, first + constant.element, [](std::uint8_t byte) { return byte == 0; });
}

// ---- instructions

void Emitter::check_level(const Descriptor& descriptor) const {
  const bool exists =
      has_vex() ? !has_trait(descriptor, has_evex() ? VexOnly : EvexOnly) : has_trait(descriptor, Legacy);
  if (!exists) throw EncodingError(std::string(descriptor.name) + " does not exist at this CPU level");
}

void Emitter::vector(const Instruction& instruction) {
  if (directly_ && vector_directly(instruction)) return;
  const Descriptor& descriptor = describe(instruction.opcode);
  if (instruction.opcode == Opcode::VectorConstant) return vector_constant(instruction);
  if (instruction.opcode == Opcode::VectorZero) return vector_zero(instruction);
  if (instruction.opcode == Opcode::VectorMove) return vector_move(instruction);
  check_level(descriptor);
  if (has_trait(descriptor, Masked)) return access_masked(instruction, descriptor);
  if (has_trait(descriptor, StoreForm)) return vector_store(instruction, descriptor);
  if (has_trait(descriptor, GeneralReg)) return to_general(instruction, descriptor);
  if (has_trait(descriptor, KeepsUpper)) return keep_upper(instruction, descriptor);
  if (has_trait(descriptor, MaskReg)) return compare_lanes(instruction, descriptor);
  if (instruction.opcode == Opcode::Vpblendvb) return blend(instruction, descriptor);
  if (!has_vex()) return destructive(instruction, descriptor);
  VectorForm form{&descriptor, instruction.size, instruction.control};
  const bool d_in_register = in_register(instruction.d);
  const int d = d_in_register ? allocation_->machine_register[instruction.d] : scratch(0);
  form.reg = static_cast<std::uint8_t>(d);
  const bool accumulates = (descriptor.roles & UseD) != 0;
  if (accumulates && !d_in_register) load_slot(d, instruction.d);
  if (!has_trait(descriptor, NoFirstSource))
    form.v = static_cast<std::uint8_t>(use_vector(instruction.a, scratch(accumulates ? 1 : 0)));
  set_source(form, instruction, descriptor);
  write(form);
  if (form.rm == Rm::Pool) pool_reference(form.displacement, pool_field_distance(descriptor) - 4);
  if (!d_in_register) store_slot(d, instruction.d);
}

// The value is in the reg field; what is written, memory or a register, is the r/m operand.
void Emitter::vector_store(const Instruction& instruction, const Descriptor& descriptor) {
  VectorForm form{&descriptor, instruction.size, instruction.control};
  form.reg = static_cast<std::uint8_t>(use_vector(instruction.a, scratch(0)));
  if (instruction.memory) {
    set_memory(form, instruction);
    return write(form);
  }
  if (has_trait(descriptor, GeneralRm)) {
    const Reg64 d = define(instruction.d, rax);
    form.base = static_cast<std::uint8_t>(d.getIdx());
    write(form);
    return finish(instruction.d, d);
  }
  const int d = in_register(instruction.d) ? allocation_->machine_register[instruction.d] : scratch(0);
  form.base = static_cast<std::uint8_t>(d);
  write(form);
  if (!in_register(instruction.d)) store_slot(d, instruction.d);
}

void Emitter::vector_constant(const Instruction& instruction) {
  if (in_register(instruction.d))
    load_constant(allocation_->machine_register[instruction.d], program_->pool_constants[instruction.d],
                  instruction.size);
}

void Emitter::vector_zero(const Instruction& instruction) {
  const int d = in_register(instruction.d) ? allocation_->machine_register[instruction.d] : scratch(0);
  VectorForm form{&describe(Opcode::Vpxor), 16};  // clears the whole register, whatever its size
  form.reg = form.v = form.base = static_cast<std::uint8_t>(d);
  if (!has_vex()) {
    clear(d);
  } else if (d < 16) {
    advance_to(write_vex(cursor(), form));
  } else {
    write(form);
  }
  if (!in_register(instruction.d)) store_slot(d, instruction.d);
}

void Emitter::vector_move(const Instruction& instruction) {
  const bool to_register = in_register(instruction.d);
  const int d = to_register ? allocation_->machine_register[instruction.d] : scratch(0);
  const int b = use_vector(instruction.b, d);
  if (!to_register) return store_slot(b, instruction.d);
  if (b == d) return;
  VectorForm form{&describe(Opcode::VectorMove), program_->vector_size};
  form.reg = static_cast<std::uint8_t>(d);
  form.base = static_cast<std::uint8_t>(b);
  write(form);
}

}  // namespace cogent::x86
