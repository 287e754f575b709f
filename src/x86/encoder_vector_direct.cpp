// The vector instructions of which there are many, straight to bytes: those of AVX-512 whose operands are registers or
// constants of the pool, and loads and stores of whole vectors. Each begins as its opcode's template, in which the
// register fields are still clear.
#include "x86/encoder_emitter.h"

namespace cogent::x86 {
namespace {

struct Template {
  std::uint64_t bytes = 0;  // prefix, opcode and ModRM
  std::uint8_t length = 0;  // 0: the opcode takes the long way
  bool has_first_source = false, has_destination_in_v = false;
};

constexpr unsigned simple_traits = VectorInstruction | ControlByte | EvexOnly | NoFirstSource | DestinationInV | Legacy;

// As in write_evex, with 0 in every register field.
constexpr Template make_template(const Descriptor& descriptor) {
  const bool is_access = descriptor.opcode == Opcode::Vmovdqu || descriptor.opcode == Opcode::VmovdquStore;
  const bool is_simple = (descriptor.traits & VectorInstruction) != 0 && (descriptor.traits & ~simple_traits) == 0 &&
                         descriptor.opcode != Opcode::VectorMove;
  if (!is_access && !is_simple) return {};
  const VectorEncoding& encoding = descriptor.encoding;
  Template result;
  result.bytes = 0x62 | std::uint64_t{0xf0u | encoding.map} << 8 |
                 std::uint64_t{(encoding.wide_evex ? 0x80u : 0u) | 0x7cu | encoding.prefix} << 16 |
                 std::uint64_t{0x08} << 24 | std::uint64_t{encoding.opcode} << 32;
  result.length = is_access ? 5 : has_trait(descriptor, ControlByte) ? 7 : 6;
  if (!is_access) result.bytes |= std::uint64_t{0xc0u | (encoding.extension & 7u) << 3} << 40;
  result.has_first_source = !has_trait(descriptor, NoFirstSource);
  result.has_destination_in_v = has_trait(descriptor, DestinationInV);
  return result;
}

constexpr std::array<Template, static_cast<std::size_t>(Opcode::Count)> templates = [] {
  std::array<Template, static_cast<std::size_t>(Opcode::Count)> result;
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = make_template(describe(static_cast<Opcode>(i)));
  return result;
}();

constexpr std::uint64_t length_bits(std::uint8_t size) {
  return std::uint64_t{size == 64 ? 2u : size == 32 ? 1u : 0u} << 29;
}
// The bits of a register beyond the three in ModRM are kept inverted in the prefix.
constexpr std::uint64_t reg_bits(unsigned reg) {
  return std::uint64_t{(reg & 8) << 12 | (reg & 16) << 8} ^ std::uint64_t{reg & 7} << 43;
}
constexpr std::uint64_t v_bits(unsigned v) { return std::uint64_t{(v & 15) << 19 | (v & 16) << 23}; }
constexpr std::uint64_t rm_bits(unsigned rm) {
  return std::uint64_t{(rm & 8) << 10 | (rm & 16) << 10} ^ std::uint64_t{rm & 7} << 40;
}

}  // namespace

bool Emitter::vector_directly(const Instruction& instruction) {
  const Template& form = templates[static_cast<std::size_t>(instruction.opcode)];
  if (form.length == 0 || !has_evex() || program_->is_scalar()) return false;  // single floats prefer VEX
  if (form.length == 5) return vector_access_directly(instruction, form.bytes);
  if (instruction.memory) return false;
  const int d = number(instruction.d), b = number(instruction.b);
  const int a = form.has_first_source ? number(instruction.a) : form.has_destination_in_v ? d : 0;
  if ((d | a) < 0) return false;
  std::uint64_t bytes = form.bytes | length_bits(instruction.size) | std::uint64_t{instruction.control} << 48;
  bytes ^= v_bits(static_cast<unsigned>(a));
  if (!form.has_destination_in_v) bytes ^= reg_bits(static_cast<unsigned>(d));
  if (b < 0) return form.length == 6 && vector_from_pool_directly(instruction, bytes);
  bytes ^= rm_bits(static_cast<unsigned>(b));
  std::uint8_t* const at = cursor();
  std::memcpy(at, &bytes, sizeof bytes);
  advance_to(at + form.length);
  return true;
}

// The r/m operand is a constant without a register: a broadcast element, or a whole vector.
bool Emitter::vector_from_pool_directly(const Instruction& instruction, std::uint64_t bytes) {
  const PoolConstant& constant = program_->pool_constants[instruction.b];
  const bool is_broadcast = constant.element == describe(instruction.opcode).encoding.broadcast;
  if (constant.offset < 0 || (!is_broadcast && constant.element < 16)) return false;
  constexpr std::uint64_t register_to_relative = std::uint64_t{0xc5} << 40, broadcast_bit = std::uint64_t{0x10} << 24;
  bytes ^= register_to_relative | (is_broadcast ? broadcast_bit : 0);
  std::uint8_t* const at = cursor();
  std::memcpy(at, &bytes, sizeof bytes);
  advance_to(at + 10);
  pool_reference(constant.offset);
  return true;
}

bool Emitter::vector_access_directly(const Instruction& instruction, std::uint64_t bytes) {
  const bool is_load = instruction.opcode == Opcode::Vmovdqu;
  const int vector = number(is_load ? instruction.d : instruction.a), base = number(instruction.b);
  const int index = instruction.c == none ? 0 : number(instruction.c);
  if (!instruction.memory || instruction.broadcast || (vector | base | index) < 0) return false;
  const auto reg = static_cast<unsigned>(vector);
  bytes |= length_bits(instruction.size);
  bytes ^=
      reg_bits(reg) ^ std::uint64_t{(static_cast<unsigned>(base) & 8) << 10 | (static_cast<unsigned>(index) & 8) << 11};
  std::uint8_t* const at = cursor();
  std::memcpy(at, &bytes, sizeof bytes);
  const MemoryOperand memory{static_cast<std::uint8_t>(base),
                             static_cast<std::int8_t>(instruction.c == none ? -1 : index), instruction.scale,
                             static_cast<std::int32_t>(instruction.immediate)};
  advance_to(write_memory_operand(at + 5, memory, reg, instruction.size));
  return true;
}

}  // namespace cogent::x86
