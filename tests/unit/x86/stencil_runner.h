// Compiles stencils described by hand and runs them on pictures that end at an unreadable page, beside a naive loop.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "ir/callee.h"
#include "unit/x86/executable.h"
#include "x86/encoder.h"
#include "x86/linear_scan.h"
#include "x86/stencil.h"

namespace cogent::x86 {

/// Bytes between two unreadable pages, at the very end or the very beginning of what is readable.
class GuardedBytes {
 public:
  explicit GuardedBytes(std::size_t count, bool at_end = true) {
    const std::size_t page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    inner_ = (count + page - 1) / page * page;
    size_ = inner_ + 2 * page;
    memory_ = mmap(nullptr, size_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory_ == MAP_FAILED) throw std::runtime_error("mmap");
    std::uint8_t* inner = static_cast<std::uint8_t*>(memory_) + page;
    if (mprotect(inner, inner_, PROT_READ | PROT_WRITE) != 0) throw std::runtime_error("mprotect");
    data_ = at_end ? inner + inner_ - count : inner;
  }
  ~GuardedBytes() { munmap(memory_, size_); }
  GuardedBytes(const GuardedBytes&) = delete;
  GuardedBytes& operator=(const GuardedBytes&) = delete;
  std::uint8_t* data() const { return data_; }

 private:
  std::size_t inner_, size_;
  void* memory_;
  std::uint8_t* data_;
};

/// A program that has nothing but two arrays of bytes: 0 the source, 1 the destination.
inline ir::Program two_arrays() {
  ir::Program program;
  program.clear();
  for (ir::Id i = 0; i < 2; ++i) {
    program.arrays.push_back(
        {.type = ir::Type::U8, .access = i == 0 ? ir::Access::In : ir::Access::Out, .parameter = i});
    program.parameters.push_back(
        {true, ir::Type::U8, static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(1 + i), i});
  }
  return program;
}

/// The stencil of one stage on a source without anything around its rectangle.
inline ir::Stencil tight_stencil(const ir::StencilStage& stage, const std::vector<std::int32_t>& taps,
                                 std::int64_t width, std::int64_t rows) {
  ir::Stencil stencil;
  stencil.source = 0;
  stencil.destination = 1;
  stencil.width = stencil.destination_pitch = width;
  stencil.rows = rows;
  stencil.source_pitch = width + stage.width - 1;
  stencil.stages.push_back(stage);
  stencil.taps = taps;
  return stencil;
}

/// Writes a result of the stencil's type.
inline void store_result(const ir::Stencil& stencil, std::int32_t value, std::uint8_t* place) {
  const float as_float = static_cast<float>(value) * stencil.scale;
  const bool is_float = stencil.result == ir::Type::F32;
  std::memcpy(place, is_float ? static_cast<const void*>(&as_float) : &value, ir::size_of(stencil.result));
}

/// The destination is an array of bytes here, whatever the results.
inline void run_naively(const ir::Stencil& stencil, const std::uint8_t* source, std::uint8_t* destination) {
  const ir::StencilStage& stage = stencil.stages.front();
  for (std::int64_t y = 0; y < stencil.rows; ++y)
    for (std::int64_t x = 0; x < stencil.width; ++x) {
      std::int32_t sum = stage.bias;
      for (int row = 0; row < stage.height; ++row)
        for (int column = 0; column < stage.width; ++column)
          sum += stencil.taps[stage.first_tap + static_cast<std::size_t>(row * stage.width + column)] *
                 source[stencil.source_offset + (y + row) * stencil.source_pitch + x + column];
      const std::int64_t place = stencil.destination_offset + y * stencil.destination_pitch + x;
      store_result(stencil, std::clamp(sum >> stage.shift, stage.low, stage.high),
                   destination + place * stencil.result_size());
    }
}

/// Compiles again and again with the same buffers. Parallel stencils do their last blocks first.
class StencilRunner {
 public:
  /// False if the lowering has no form for it.
  bool compile(const ir::Stencil& stencil, CpuLevel level, const MachineTraits& traits = {}) {
    machine_.clear(level);
    if (!lowering_.run(program_, stencil, traits, machine_, &run_last_parts_first)) return false;
    const Allocation& allocation =
        most_registers_ < 0 ? scan_.run(machine_) : scan_.run(machine_, few_registers(level));
    spills_ = allocation.spills;
    code_ = encoder_.encode(machine_, allocation);
    return true;
  }
  /// From now on, values get so many registers of each class at most.
  void limit_registers(int most) { most_registers_ = most; }
  SpillCounts spills() const { return spills_; }
  Status run(const std::uint8_t* source, std::uint8_t* destination) const {
    std::uint64_t arguments[3] = {0, reinterpret_cast<std::uintptr_t>(source),
                                  reinterpret_cast<std::uintptr_t>(destination)};
    ErrorRecord error;
    const Executable code(code_.bytes);
    Context context{{}, &code};
    return code(arguments, &error, &context);
  }
  const StencilLowering& lowering() const { return lowering_; }
  const MachineProgram& machine() const { return machine_; }
  const MachineCode& code() const { return code_; }

 private:
  struct Context {
    ir::RunState state;
    const Executable* code;
  };
  RegisterFile few_registers(CpuLevel level) const {
    RegisterFile file = frame::allocatable(level);
    while (std::popcount(file.general) > most_registers_) file.general &= file.general - 1;
    while (std::popcount(file.vector) > most_registers_) file.vector &= file.vector - 1;
    return file;
  }
  // Parts of 1, 2, 4, ... rounds.
  static std::int32_t run_last_parts_first(std::uint64_t* arguments, ErrorRecord* error, void* context,
                                           const std::uint64_t* loop) {
    std::vector<ir::Part> parts;
    for (std::uint64_t first = 0, count = 1; first < loop[1]; first += count, count *= 2)
      parts.push_back({loop[0], first, std::min(loop[1], first + count), nullptr});
    const Executable& code = *static_cast<const Context*>(context)->code;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      Context own{{.part = &*part}, &code};
      if (code(arguments, error, &own) != Status::Done) throw std::logic_error("a part of a stencil failed");
    }
    return 0;
  }

  ir::Program program_ = two_arrays();
  StencilLowering lowering_;
  MachineProgram machine_;
  LinearScan scan_;
  Encoder encoder_;
  MachineCode code_;
  int most_registers_ = -1;  // -1: all
  SpillCounts spills_;
};

}  // namespace cogent::x86
