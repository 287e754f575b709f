// How generated code is called, and what it leaves behind when it fails.
#pragma once

#include <cstdint>

namespace cogent::x86 {

/// What generated code returns.
enum class Status : std::int32_t {
  Done = 0,
  Fault = 1,     // the error record is filled; effects before the fault have happened
  Declined = 2,  // an assumption that was checked at entry does not hold, and nothing has been written
};

/// Where a fault happened. The site is a number from MachineProgram::fault_sites.
struct ErrorRecord {
  std::uint32_t site = 0;
  std::uint32_t reserved = 0;
  std::int64_t index = 0;  // of an access: the index that lies outside
};
static_assert(sizeof(ErrorRecord) == 16);

/// The slots are those of ir::Parameter; slot 0 receives the result.
using Entry = std::int32_t (*)(std::uint64_t* arguments, ErrorRecord* error, void* context);

}  // namespace cogent::x86
