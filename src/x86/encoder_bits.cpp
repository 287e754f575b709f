// Operations on the bits of general registers, through Xbyak.
#include "x86/encoder_emitter.h"

namespace cogent::x86 {

void Emitter::bits(const Instruction& instruction) {
  if (instruction.opcode < Opcode::BitScanForward && program_->level == CpuLevel::Baseline)
    throw EncodingError(std::string(describe(instruction.opcode).name) + " does not exist at this CPU level");
  const Reg64 result = define(instruction.d, rax);
  const Xbyak::Reg d = sized(result, instruction.size);
  // Some processors make these wait for what is in d before.
  if (!same_home(instruction.a, result)) xor_(result.cvt32(), result.cvt32());
  with_operand(instruction.a, instruction.size, [&](const Xbyak::Operand& source) {
    switch (instruction.opcode) {
      case Opcode::PopulationCount:
        return popcnt(d, source);
      case Opcode::CountLeadingZeros:
        return lzcnt(d, source);
      case Opcode::CountTrailingZeros:
        return tzcnt(d, source);
      case Opcode::BitScanForward:
        return bsf(d, source);
      default:
        return bsr(d, source);
    }
  });
  finish(instruction.d, result);
}

void Emitter::byte_swap(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  if (!same_home(instruction.a, d))
    with_operand(instruction.a, 8, [&](const Xbyak::Operand& source) { mov(d, source); });
  bswap(Xbyak::Reg32e(d.getIdx(), 8 * instruction.size));
  finish(instruction.d, d);
}

void Emitter::rotate(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  if (instruction.b != none)  // first: d may be its register
    with_operand(instruction.b, 8, [&](const Xbyak::Operand& count) { mov(rcx, count); });
  if (!same_home(instruction.a, d))
    with_operand(instruction.a, 8, [&](const Xbyak::Operand& source) { mov(d, source); });
  const Xbyak::Reg target = sized(d, instruction.size);
  if (instruction.b != none)
    rol(target, cl);
  else
    rol(target, static_cast<int>(instruction.immediate) & (8 * instruction.size - 1));
  finish(instruction.d, d);
}

}  // namespace cogent::x86
