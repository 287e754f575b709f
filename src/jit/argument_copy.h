// A copy of the arrays of a call, in which memory that overlaps overlaps again.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ir/program.h"
#include "stage/call_journal.h"

namespace cogent::jit {

/// The slots of a call with pointers into memory of its own. Only elements are copied and compared, not what lies
/// between them.
class ArgumentCopy : public stage::MemoryMap {
 public:
  ArgumentCopy(const ir::Program& program, const std::uint64_t* slots);

  ArgumentCopy(const ArgumentCopy&) = delete;
  ArgumentCopy& operator=(const ArgumentCopy&) = delete;

  std::uint64_t original(std::uint64_t address) const override;
  bool covers(std::uint64_t original) const override;

  std::uint64_t* slots() { return slots_.data(); }
  const std::uint64_t* slots() const { return slots_.data(); }

  using Indexes = std::array<std::int64_t, ir::Array::most_dimensions>;

  /// An element that differs.
  struct Difference {
    ir::Id array;
    Indexes indexes;
    std::int64_t byte;          // of a struct: where the member that differs begins
    ir::Type type;              // of the element or member; of what no member that is used covers, a byte
    std::int64_t ours, theirs;  // canonical
  };
  /// The first element in which our arrays differ from those that `slots` point to.
  std::optional<Difference> find_difference(const std::uint64_t* slots) const;
  const void* address_of(const Difference& difference) const;
  /// "[7]" or "(1, 7)", and which byte of a struct.
  std::string describe_place(const Difference& difference) const;

 private:
  struct Block {
    std::uint64_t begin, end;  // addresses of the original
    std::vector<std::uint8_t> bytes;
  };
  const ir::Array& array(ir::Id id) const { return arrays_[id]; }
  std::uint64_t& pointer(ir::Id array) { return slots_[program_.parameters[arrays_[array].parameter].slot]; }
  std::uint64_t address(ir::Id array, const std::uint64_t* slots) const {
    return slots[program_.parameters[arrays_[array].parameter].slot];
  }
  Block& block_of(std::uint64_t address);
  void add_blocks();
  void copy_elements();

  const ir::Program& program_;
  std::vector<std::uint64_t> slots_;
  std::vector<ir::Array> arrays_;  // those of the signature, with the sizes of the call
  std::vector<Block> blocks_;
};

}  // namespace cogent::jit
