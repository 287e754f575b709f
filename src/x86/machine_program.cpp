// Writing vector instructions and pool constants into a machine program.
#include "x86/machine_program.h"

namespace cogent::x86 {

VirtualRegister MachineProgram::vector_zero_into(VirtualRegister d, std::uint8_t size) {
  Instruction& instruction = append(Opcode::VectorZero);
  instruction.size = size;
  instruction.d = d;
  return d;
}

VirtualRegister MachineProgram::vector_into(VirtualRegister d, Opcode opcode, std::uint8_t size, VirtualRegister a,
                                            VirtualRegister b, std::uint8_t control) {
  Instruction& instruction = append(opcode);
  instruction.size = size;
  instruction.control = control;
  instruction.d = d;
  instruction.a = a;
  instruction.b = b;
  return d;
}

VirtualRegister MachineProgram::vector_from_memory_into(VirtualRegister d, Opcode opcode, std::uint8_t size,
                                                        VirtualRegister a, const Address& address, bool broadcast,
                                                        std::uint8_t control) {
  Instruction& instruction = at(append(opcode), address);
  instruction.size = size;
  instruction.memory = 1;
  instruction.broadcast = broadcast;
  instruction.control = control;
  instruction.d = d;
  instruction.a = a;
  return d;
}

void MachineProgram::vector_store(Opcode opcode, std::uint8_t size, const Address& address, VirtualRegister a,
                                  std::uint8_t control) {
  Instruction& instruction = at(append(opcode), address);
  instruction.size = size;
  instruction.memory = 1;
  instruction.control = control;
  instruction.a = a;
}

VirtualRegister MachineProgram::vector_part(Opcode opcode, std::uint8_t size, VirtualRegister a, std::uint8_t control) {
  const bool to_general = has_trait(describe(opcode), GeneralRm);
  const VirtualRegister d = new_register(to_general ? RegisterClass::General : RegisterClass::Vector);
  Instruction& instruction = append(opcode);
  instruction.size = size;
  instruction.control = control;
  instruction.d = d;
  instruction.a = a;
  return d;
}

std::int32_t MachineProgram::add_to_pool(const void* bytes, std::size_t count, std::size_t alignment) {
  const std::size_t offset = (pool.size() + alignment - 1) / alignment * alignment;
  pool.resize(offset + count);
  std::memcpy(pool.data() + offset, bytes, count);
  return static_cast<std::int32_t>(offset);
}

VirtualRegister MachineProgram::broadcast_constant(std::uint64_t value, std::uint8_t element) {
  // AVX-512 broadcasts dwords and qwords within an instruction. Other elements, and all of AVX2's, would need a
  // register to be used from the pool, so they are stored as a whole vector there.
  if (level == CpuLevel::Avx512 && element >= 4) {
    const VirtualRegister d = new_vector();
    pool_constants[d] = {add_to_pool(&value, element, element), element};
    append(Opcode::VectorConstant).d = d;
    instructions.back().size = vector_size;
    return d;
  }
  std::uint8_t bytes[64];
  for (std::size_t i = 0; i < sizeof bytes; i += element) std::memcpy(bytes + i, &value, element);
  return vector_constant(bytes, vector_size);
}

VirtualRegister MachineProgram::vector_constant(const void* bytes, std::uint8_t size) {
  const VirtualRegister d = new_vector();
  pool_constants[d] = {add_to_pool(bytes, size, size), size};
  append(Opcode::VectorConstant).d = d;
  instructions.back().size = size;
  return d;
}

}  // namespace cogent::x86
