// Tells a debugger that is attached, or will be, of functions that are made at run time: GDB's JIT interface
// (Debugging with GDB, chapter "JIT Compilation Interface"), which LLDB reads too.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

namespace cogent::debug {

/// As long as it lives, debuggers know the function that the object file describes. Thread-safe.
class GdbRegistration {
 public:
  explicit GdbRegistration(std::vector<std::uint8_t> object_file);
  ~GdbRegistration();
  GdbRegistration(const GdbRegistration&) = delete;
  GdbRegistration& operator=(const GdbRegistration&) = delete;

 private:
  struct Entry;
  std::unique_ptr<Entry> entry_;
};

}  // namespace cogent::debug
