// Memory that runs out on demand: this executable's operator new fails when it is told to.
#pragma once
#include <cstdint>

namespace cogent::testing {

/// While it lives, the allocation of this thread with this number (from 0) fails, and all later ones if it `lasts`.
class FailingAllocation {
 public:
  explicit FailingAllocation(std::int64_t number, bool lasts = false);
  ~FailingAllocation();
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;

  /// Whether there were so many allocations that one has failed.
  bool has_failed() const;
};

/// Blocks of memory that were allocated by operator new and not freed since, of all threads.
std::int64_t blocks_in_use();

}  // namespace cogent::testing
