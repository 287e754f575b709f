// How generated code is called, and what it leaves behind when it fails.
#pragma once

#include <cstdint>

namespace cogent::x86 {

/// What generated code returns.
enum class Status : std::int32_t {
  Done = 0,
  Fault = 1,      // the error record is filled; effects before the fault have happened
  Declined = 2,   // an assumption that was checked at entry does not hold, and nothing has been written
  Exception = 3,  // a callee threw; the context keeps what it threw
};

/// Where a fault happened. The site is a number from MachineProgram::fault_sites.
struct ErrorRecord {
  std::uint32_t site = 0;
  std::uint32_t has_size = 0;  // whether `size` is filled: in functions that call themselves
  std::int64_t index = 0;      // of an access: the index that lies outside
  std::int64_t size = 0;       // and the size of the array
};
static_assert(sizeof(ErrorRecord) == 24);

/// The slots are those of ir::Parameter; slot 0 receives the result. The context begins with an ir::RunState.
using Entry = std::int32_t (*)(std::uint64_t* arguments, ErrorRecord* error, void* context);
/// Of a program that calls itself: also how many calls within each other are left.
using RecursiveEntry = std::int32_t (*)(std::uint64_t* arguments, ErrorRecord* error, void* context,
                                        std::int64_t calls_left);

/// Does all rounds of a parallel loop, in parts, each an activation of the same code with the same arguments and a
/// context of its own whose state has an ir::Part. `loop` has the number of the loop among the code's, how many rounds
/// there are, and the values for the parts. Returns what the code returns then.
using RunParts = std::int32_t (*)(std::uint64_t* arguments, ErrorRecord* error, void* context,
                                  const std::uint64_t* loop);

}  // namespace cogent::x86
