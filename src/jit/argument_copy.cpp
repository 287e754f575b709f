// Copies the elements of arrays into stretches of memory like those that they cover, and rebases the pointers.
#include "jit/argument_copy.h"

#include <algorithm>
#include <cstring>

#include "ir/semantics.h"

namespace cogent::jit {
namespace {

using Indexes = ArgumentCopy::Indexes;

std::int64_t place_of(const ir::Array& array, const Indexes& indexes) {
  std::int64_t place = 0;
  for (std::size_t i = 0; i < array.rank; ++i) place += indexes[i] * array.strides[i];
  return place * array.step();
}

/// Calls visit(indexes) for each element until it returns true; whether it did.
template <class Visit>
bool visit_elements(const ir::Array& array, Visit&& visit) {
  if (array.size == 0) return false;
  Indexes indexes{};
  for (;;) {
    if (visit(indexes)) return true;
    std::size_t i = array.rank;
    while (i-- > 0) {
      if (++indexes[i] < array.extents[i]) break;
      indexes[i] = 0;
    }
    if (i == static_cast<std::size_t>(-1)) return false;
  }
}

const std::uint8_t* bytes_at(std::uint64_t address, std::int64_t place) {
  return reinterpret_cast<const std::uint8_t*>(address) + place;
}

std::int64_t value_at(const std::uint8_t* bytes, ir::Type type) {
  std::int64_t value = 0;
  std::memcpy(&value, bytes, static_cast<std::size_t>(ir::size_of(type)));
  return ir::canonical(value, type);
}

struct Part {
  std::int64_t byte;  // from the element's begin
  ir::Type type;
};

/// What an element consists of: of a struct, the members that the program uses and the bytes that they do not cover.
std::vector<Part> parts_of(const ir::Program& program, ir::Id id) {
  const ir::Array& array = program.arrays[id];
  if (array.element_bytes == 0) return {{0, array.type}};
  std::vector<Part> parts;
  std::vector<bool> is_covered(array.element_bytes);
  for (const ir::Array& field : program.arrays) {
    if (field.memory != id || is_covered[field.offset]) continue;
    parts.push_back({field.offset, field.type});
    std::fill_n(is_covered.begin() + field.offset, ir::size_of(field.type), true);
  }
  for (std::uint32_t byte = 0; byte < array.element_bytes; ++byte)
    if (!is_covered[byte]) parts.push_back({byte, ir::Type::U8});
  return parts;
}

}  // namespace

ArgumentCopy::ArgumentCopy(const ir::Program& program, const std::uint64_t* slots)
    : program_(program), slots_(slots, slots + program.slot_count()) {
  for (ir::Id id = 0; id < program.arrays.size() && program.arrays[id].is_argument(); ++id)
    arrays_.push_back(program.in_call(id, slots));
  add_blocks();
  copy_elements();
  for (ir::Id id = 0; id < arrays_.size(); ++id) {
    if (arrays_[id].size == 0) continue;
    const Block& block = block_of(pointer(id));
    pointer(id) = reinterpret_cast<std::uintptr_t>(block.bytes.data()) + (pointer(id) - block.begin);
  }
}

ArgumentCopy::Block& ArgumentCopy::block_of(std::uint64_t address) {
  return *std::ranges::find_if(blocks_, [&](const Block& b) { return address >= b.begin && address < b.end; });
}

// One block for each stretch of memory that arrays cover, with what lies between their elements.
void ArgumentCopy::add_blocks() {
  for (ir::Id id = 0; id < arrays_.size(); ++id) {
    const auto bytes = static_cast<std::uint64_t>(arrays_[id].size * arrays_[id].step());
    if (bytes != 0) blocks_.push_back({pointer(id), pointer(id) + bytes, {}});
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
  for (Block& block : blocks_) block.bytes.resize(block.end - block.begin);
}

void ArgumentCopy::copy_elements() {
  for (ir::Id id = 0; id < arrays_.size(); ++id) {
    const ir::Array& array = arrays_[id];
    if (array.size == 0) continue;
    Block& block = block_of(pointer(id));
    const std::uint64_t begin = pointer(id) - block.begin;
    visit_elements(array, [&](const Indexes& indexes) {
      const std::int64_t place = place_of(array, indexes);
      std::memcpy(block.bytes.data() + begin + place, bytes_at(pointer(id), place),
                  static_cast<std::size_t>(array.step()));
      return false;
    });
  }
}

std::uint64_t ArgumentCopy::original(std::uint64_t address) const {
  for (const Block& block : blocks_) {
    const std::uint64_t offset = address - reinterpret_cast<std::uintptr_t>(block.bytes.data());
    if (offset < block.bytes.size()) return block.begin + offset;
  }
  return 0;
}

bool ArgumentCopy::covers(std::uint64_t original) const {
  return std::ranges::any_of(blocks_, [=](const Block& b) { return original >= b.begin && original < b.end; });
}

const void* ArgumentCopy::address_of(const Difference& difference) const {
  const std::int64_t place = place_of(arrays_[difference.array], difference.indexes);
  return bytes_at(address(difference.array, slots_.data()), place + difference.byte);
}

std::string ArgumentCopy::describe_place(const Difference& difference) const {
  const ir::Array& array = arrays_[difference.array];
  std::string text = array.rank == 1 ? "[" : "(";
  for (std::size_t i = 0; i < array.rank; ++i) text += (i > 0 ? ", " : "") + std::to_string(difference.indexes[i]);
  text += array.rank == 1 ? "]" : ")";
  return array.element_bytes == 0 ? text : text + " byte " + std::to_string(difference.byte);
}

std::optional<ArgumentCopy::Difference> ArgumentCopy::find_difference(const std::uint64_t* slots) const {
  for (ir::Id id = 0; id < arrays_.size(); ++id) {
    const ir::Array& array = arrays_[id];
    const std::uint64_t ours = address(id, slots_.data()), theirs = address(id, slots);
    const std::vector<Part> parts = parts_of(program_, id);
    std::optional<Difference> found;
    const bool differs = visit_elements(array, [&](const Indexes& indexes) {
      const std::int64_t place = place_of(array, indexes);
      for (const Part& part : parts) {
        const std::int64_t a = value_at(bytes_at(ours, place + part.byte), part.type);
        const std::int64_t b = value_at(bytes_at(theirs, place + part.byte), part.type);
        if (!ir::is_same_value(part.type, a, b)) found = Difference{id, indexes, part.byte, part.type, a, b};
        if (found) return true;
      }
      return false;
    });
    if (differs) return found;
  }
  return std::nullopt;
}

}  // namespace cogent::jit
