// Copies stretches of memory that arrays cover, and rebases the pointers into them.
#include "jit/argument_copy.h"

#include <algorithm>
#include <cstring>

#include "ir/semantics.h"

namespace cogent::jit {
namespace {

std::uint16_t slot_of(const ir::Program& program, const ir::Array& array) {
  return program.parameters[array.parameter].slot;
}

std::int64_t element_at(std::uint64_t address, std::int64_t index, ir::Type type) {
  std::int64_t value = 0;
  const auto size = static_cast<std::size_t>(ir::size_of(type));
  std::memcpy(&value, reinterpret_cast<const std::uint8_t*>(address) + static_cast<std::size_t>(index) * size, size);
  return ir::canonical(value, type);
}

}  // namespace

ArgumentCopy::Extent ArgumentCopy::extent_of(const ir::Array& array, const std::uint64_t* slots) const {
  const std::uint16_t slot = slot_of(program_, array);
  const std::int64_t size = array.size != ir::dynamic_size ? array.size : static_cast<std::int64_t>(slots[slot + 1]);
  return {slots[slot], size};
}

ArgumentCopy::ArgumentCopy(const ir::Program& program, const std::uint64_t* slots)
    : program_(program), slots_(slots, slots + program.slot_count()) {
  add_blocks();
  for (const ir::Array& array : program.arrays) {
    std::uint64_t& pointer = slots_[slot_of(program, array)];
    const auto block =
        std::ranges::find_if(blocks_, [&](const Block& b) { return pointer >= b.begin && pointer < b.end; });
    if (block == blocks_.end()) continue;  // an empty array
    pointer = reinterpret_cast<std::uintptr_t>(block->bytes.data()) + (pointer - block->begin);
  }
}

// One block for each stretch of memory that arrays cover without a gap.
void ArgumentCopy::add_blocks() {
  for (const ir::Array& array : program_.arrays) {
    const Extent extent = extent_of(array, slots_.data());
    if (extent.size == 0) continue;
    const auto bytes = static_cast<std::uint64_t>(extent.size) * static_cast<std::uint64_t>(ir::size_of(array.type));
    blocks_.push_back({extent.address, extent.address + bytes, {}});
  }
  std::ranges::sort(blocks_, {}, &Block::begin);
  std::vector<Block> merged;
  for (const Block& block : blocks_) {
    if (!merged.empty() && block.begin < merged.back().end)
      merged.back().end = std::max(merged.back().end, block.end);
    else
      merged.push_back(block);
  }
  blocks_ = std::move(merged);
  for (Block& block : blocks_) {
    const auto* memory = reinterpret_cast<const std::uint8_t*>(block.begin);
    block.bytes.assign(memory, memory + (block.end - block.begin));
  }
}

const void* ArgumentCopy::address_of(ir::Id array, std::int64_t index) const {
  const ir::Array& what = program_.arrays[array];
  const auto* memory = reinterpret_cast<const std::uint8_t*>(slots_[slot_of(program_, what)]);
  return memory + index * ir::size_of(what.type);
}

std::optional<ArgumentCopy::Difference> ArgumentCopy::find_difference(const std::uint64_t* slots) const {
  for (ir::Id id = 0; id < program_.arrays.size(); ++id) {
    const ir::Array& array = program_.arrays[id];
    const Extent ours = extent_of(array, slots_.data()), theirs = extent_of(array, slots);
    for (std::int64_t i = 0; i < ours.size; ++i) {
      const std::int64_t a = element_at(ours.address, i, array.type), b = element_at(theirs.address, i, array.type);
      if (!ir::is_same_value(array.type, a, b)) return Difference{id, i, a, b};
    }
  }
  return std::nullopt;
}

}  // namespace cogent::jit
