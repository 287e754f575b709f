// Writing calls, jumps through tables, vector instructions and pool constants into a machine program.
#include "x86/machine_program.h"

#include <stdexcept>

namespace cogent::x86 {

void MachineProgram::call(std::uint64_t address, const VirtualRegister* arguments, std::size_t count,
                          VirtualRegister result, const char* name) {
  std::uint32_t of_class[2] = {};
  for (std::size_t i = 0; i < count; ++i) ++of_class[static_cast<int>(registers[arguments[i]])];
  if (of_class[0] > most_general_arguments || of_class[1] > most_vector_arguments)
    throw std::logic_error("a call with more arguments than registers");
  Instruction& instruction = append(Opcode::Call);
  instruction.d = result;
  instruction.immediate = static_cast<std::int64_t>(calls.size());
  calls.push_back(
      {address, name, static_cast<std::uint32_t>(call_arguments.size()), static_cast<std::uint32_t>(count)});
  call_arguments.insert(call_arguments.end(), arguments, arguments + count);
}

std::int32_t MachineProgram::local(std::uint32_t bytes) {
  const auto offset = static_cast<std::int32_t>(local_bytes);
  local_bytes += (bytes + 15) / 16 * 16;
  return offset;
}

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

void MachineProgram::jump_through_table(VirtualRegister slot, std::uint8_t size, std::span<const Label> labels) {
  constexpr std::size_t slot_size = 4;
  const auto table = static_cast<std::int32_t>((pool.size() + slot_size - 1) / slot_size * slot_size);
  pool.resize(static_cast<std::size_t>(table) + labels.size() * slot_size);
  for (std::size_t i = 0; i < labels.size(); ++i)
    table_slots.push_back({table, table + static_cast<std::int32_t>(i * slot_size), labels[i]});
  Instruction& instruction = append(Opcode::JumpTable);
  instruction.size = size;
  instruction.a = slot;
  instruction.immediate = table;
}

void MachineProgram::jump_if_in_table(VirtualRegister number, std::uint8_t size, std::span<const std::uint8_t> bytes,
                                      Label label) {
  const std::int32_t table = add_to_pool(bytes.data(), bytes.size(), 1);
  Instruction& instruction = append(Opcode::JumpIfInTable);
  instruction.size = size;
  instruction.a = number;
  instruction.d = label;
  instruction.immediate = table;
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
    pool_constants[d] = {add_to_pool(&value, element, element), element, false};
    append(Opcode::VectorConstant).d = d;
    instructions.back().size = vector_size;
    return d;
  }
  std::uint8_t bytes[64];
  for (std::size_t i = 0; i < sizeof bytes; i += element) std::memcpy(bytes + i, &value, element);
  return vector_constant(bytes, vector_size);
}

VirtualRegister MachineProgram::scalar_constant(std::uint64_t bits, std::uint8_t size) {
  const VirtualRegister d = new_vector();
  pool_constants[d] = {add_to_pool(&bits, size, size), size, true};
  append(Opcode::VectorConstant).d = d;
  instructions.back().size = 16;
  return d;
}

VirtualRegister MachineProgram::vector_constant(const void* bytes, std::uint8_t size) {
  const VirtualRegister d = new_vector();
  pool_constants[d] = {add_to_pool(bytes, size, size), size, false};
  append(Opcode::VectorConstant).d = d;
  instructions.back().size = size;
  return d;
}

}  // namespace cogent::x86
