// A published function, as debuggers and profilers are told of it: nothing but numbers and texts.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cogent::debug {

/// From this offset of the code on, until the next row's, it belongs to a line of the source file (counted from 1).
struct LineRow {
  std::uint32_t offset;
  std::uint32_t line;
};

struct NativeFunction {
  std::string name;
  const void* address = nullptr;
  std::size_t size = 0;
  std::string file;              // the source text that the lines count in
  std::uint32_t first_line = 1;  // of the function in the file
  std::vector<LineRow> rows;     // in order of their offsets

  // The frame: push rbp; mov rbp, rsp; the saved registers stand below rbp in this order from frame_ready on.
  std::uint32_t frame_ready = 4;
  std::vector<std::uint8_t> saved_registers;  // DWARF's numbers
  std::vector<std::uint32_t> returns;         // offsets of the ret instructions, each behind a leave; in order

  std::uint64_t begin() const { return reinterpret_cast<std::uint64_t>(address); }
};

}  // namespace cogent::debug
