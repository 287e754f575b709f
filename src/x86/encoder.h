// From a machine program with its registers allocated to position-independent bytes: code, then cold fault stubs, then
// the pool of constants.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>

#include "x86/linear_scan.h"
#include "x86/machine_program.h"

namespace cogent::x86 {

/// From this offset on, until the next entry's, the code belongs to a line.
struct LineEntry {
  std::uint32_t offset;
  std::uint16_t line;
};

/// Where the address of a called function is loaded, and the function's name.
struct CallEntry {
  std::uint32_t offset;
  const char* name;
};

/// What the encoder made; valid until its next call. The bytes must be placed at a multiple of 64.
struct MachineCode {
  std::span<const std::uint8_t> bytes;
  std::size_t code_size = 0;  // the rest of the bytes are constants
  std::span<const LineEntry> lines;
  std::span<const CallEntry> calls;
  std::uint32_t frame_bytes = 0;           // of stack that one activation takes
  std::span<const std::uint32_t> returns;  // where its ret instructions are
  std::uint32_t saved_registers = 0;       // a mask of those that the frame saves: see frame.h
};

/// The program has no encoding: its frame is too large, or an instruction does not exist at the program's CPU level.
class EncodingError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Frequent instructions are written directly; a test compares the bytes with those that Xbyak, or for vectors the
/// table of instructions, makes.
enum class GeneralEncoding : std::uint8_t { Direct, Xbyak };

class Encoder {
 public:
  Encoder();
  ~Encoder();
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  MachineCode encode(const MachineProgram& program, const Allocation& allocation,
                     GeneralEncoding general = GeneralEncoding::Direct);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cogent::x86
