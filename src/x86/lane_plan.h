// How many iterations of a vectorised loop are done at once, in vectors of which size.
#pragma once
#include <string>

#include "ir/lane_loop.h"
#include "x86/machine_program.h"

namespace cogent::x86 {

struct LanePlan {
  const char* lacks = nullptr;  // the instructions that this CPU level does not have and the loop needs
  int vector_size = 0;          // bytes; 0: the loop stays as it is
  // Lanes of 4 bytes: registers 2i and 2i + 1 hold, of each 16 bytes of register i of words, the lower and upper half
  bool interleaves = false;
  int lanes = 0;  // a power of two; a step takes max(1, lanes * bytes / vector_size) registers

  int registers_of(int bytes) const { return lanes * bytes > vector_size ? lanes * bytes / vector_size : 1; }
  /// Bytes of each of the registers, as instructions take them.
  int register_size(int bytes) const {
    const int used = lanes * bytes;
    return used >= vector_size ? vector_size : used > 16 ? used : 16;
  }
};

/// `trips`: how often the loop runs, or 0 if that is not known.
LanePlan plan_lanes(const ir::LaneLoop& loop, const MachineProgram& machine, std::uint64_t trips);

/// In words, for `explain`.
std::string describe(const LanePlan& plan, const ir::LaneLoop& loop);

}  // namespace cogent::x86
