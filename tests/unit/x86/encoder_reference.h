// Xbyak's encoding of each vector instruction of the table, for the tests of the direct encoder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "x86/encoder_direct.h"

namespace cogent::x86 {

struct ReferenceBytes {
  std::uint8_t bytes[32];
  std::size_t count;
};

enum class Encoding : std::uint8_t { Legacy, Vex, Evex };

bool has_reference(Opcode opcode, Encoding encoding);
ReferenceBytes encode_by_xbyak(const VectorForm& form, Encoding encoding);

/// The vector sizes in which the instruction exists.
std::vector<std::uint8_t> sizes_of(Opcode opcode, bool evex);
/// Whether the r/m operand may be memory.
bool has_memory_form(const Descriptor& descriptor, bool evex);

}  // namespace cogent::x86
