// Comparisons of lanes, selections and accesses by masks. A mask is a vector whose lanes have all bits equal: AVX-512
// compares into a mask register, which lives no longer than that.
#include "x86/encoder_emitter.h"

namespace cogent::x86 {
namespace {

constexpr std::uint8_t mask_register = 1;  // k0 stands for no mask

Opcode expansion_of(Opcode comparison) {
  switch (comparison) {
    case Opcode::VpcmpbMask:
    case Opcode::VpcmpubMask:
      return Opcode::Vpmovm2b;
    case Opcode::VpcmpwMask:
    case Opcode::VpcmpuwMask:
      return Opcode::Vpmovm2w;
    case Opcode::VpcmpqMask:
    case Opcode::VpcmpuqMask:
    case Opcode::VcmppdMask:
      return Opcode::Vpmovm2q;
    default:
      return Opcode::Vpmovm2d;
  }
}

Opcode reduction_of(Opcode access) {
  switch (access) {
    case Opcode::VmovdqubMasked:
    case Opcode::VmovdqubMaskedStore:
      return Opcode::Vpmovb2m;
    case Opcode::VmovdquwMasked:
    case Opcode::VmovdquwMaskedStore:
      return Opcode::Vpmovw2m;
    case Opcode::VmovdquqMasked:
    case Opcode::VmovdquqMaskedStore:
      return Opcode::Vpmovq2m;
    default:
      return Opcode::Vpmovd2m;
  }
}

}  // namespace

void Emitter::compare_lanes(const Instruction& instruction, const Descriptor& descriptor) {
  VectorForm comparison{&descriptor, instruction.size, instruction.control};
  comparison.reg = mask_register;
  comparison.v = static_cast<std::uint8_t>(use_vector(instruction.a, scratch(0)));
  set_source(comparison, instruction, descriptor);
  write(comparison);
  if (comparison.rm == VectorForm::Rm::Pool)
    pool_reference(comparison.displacement, pool_field_distance(descriptor) - 4);
  const bool to_register = in_register(instruction.d);
  const int d = to_register ? number(instruction.d) : scratch(0);
  VectorForm expansion{&describe(expansion_of(instruction.opcode)), instruction.size};
  expansion.reg = static_cast<std::uint8_t>(d);
  expansion.base = mask_register;
  write(expansion);
  if (!to_register) store_slot(d, instruction.d);
}

// AVX2 takes the mask as it is, in the v field.
void Emitter::access_masked(const Instruction& instruction, const Descriptor& descriptor) {
  const bool stores = has_trait(descriptor, StoreForm);
  const int mask = use_vector(stores ? instruction.d : instruction.a, scratch(1));
  VectorForm access{&descriptor, instruction.size};
  if (has_trait(descriptor, EvexOnly)) {
    VectorForm reduction{&describe(reduction_of(instruction.opcode)), instruction.size};
    reduction.reg = mask_register;
    reduction.base = static_cast<std::uint8_t>(mask);
    write(reduction);
    access.mask = mask_register;
    access.zeroes = !stores;
  } else {
    access.v = static_cast<std::uint8_t>(mask);
  }
  set_memory(access, instruction);
  const bool to_register = !stores && in_register(instruction.d);
  const int value = stores ? use_vector(instruction.a, scratch(0)) : to_register ? number(instruction.d) : scratch(0);
  access.reg = static_cast<std::uint8_t>(value);
  write(access);
  if (!stores && !to_register) store_slot(value, instruction.d);
}

// d = c ? b : a in each byte. The register c is named by the upper half of the control byte.
void Emitter::blend(const Instruction& instruction, const Descriptor& descriptor) {
  VectorForm form{&descriptor, instruction.size};
  form.control = static_cast<std::uint8_t>(use_vector(instruction.c, scratch(1)) << 4);
  const bool to_register = in_register(instruction.d);
  const int d = to_register ? number(instruction.d) : scratch(0);
  form.reg = static_cast<std::uint8_t>(d);
  form.v = static_cast<std::uint8_t>(use_vector(instruction.a, scratch(0)));
  set_source(form, instruction, descriptor);
  write(form);
  if (form.rm == VectorForm::Rm::Pool) pool_reference(form.displacement, pool_field_distance(descriptor) - 4);
  if (!to_register) store_slot(d, instruction.d);
}

}  // namespace cogent::x86
