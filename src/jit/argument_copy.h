// A copy of the arrays of a call, in which memory that overlaps overlaps again.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "ir/program.h"

namespace cogent::jit {

/// The slots of a call with pointers into memory of its own.
class ArgumentCopy {
 public:
  ArgumentCopy(const ir::Program& program, const std::uint64_t* slots);

  ArgumentCopy(const ArgumentCopy&) = delete;
  ArgumentCopy& operator=(const ArgumentCopy&) = delete;

  std::uint64_t* slots() { return slots_.data(); }
  const std::uint64_t* slots() const { return slots_.data(); }

  /// An element that differs.
  struct Difference {
    ir::Id array;
    std::int64_t index;
    std::int64_t ours, theirs;  // canonical
  };
  /// The first element in which our arrays differ from those that `slots` point to.
  std::optional<Difference> find_difference(const std::uint64_t* slots) const;
  const void* address_of(ir::Id array, std::int64_t index) const;

 private:
  struct Block {
    std::uint64_t begin, end;  // addresses of the original
    std::vector<std::uint8_t> bytes;
  };
  struct Extent {
    std::uint64_t address;
    std::int64_t size;  // elements
  };
  Extent extent_of(const ir::Array& array, const std::uint64_t* slots) const;
  void add_blocks();

  const ir::Program& program_;
  std::vector<std::uint64_t> slots_;
  std::vector<Block> blocks_;
};

}  // namespace cogent::jit
