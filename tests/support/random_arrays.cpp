// Shapes are small, so that indexes computed at random often meet their ends.
#include "support/random_arrays.h"

#include <algorithm>

namespace cogent::testing {

using ir::Array;
using ir::Id;
using ir::Type;

// ---- the signature

void RandomArrays::add_argument() {
  static const std::vector<std::int64_t> sizes = {1, 2, 3, 5, 8, 16, 17, 31, 33, 64, 70, 100};
  Array array;
  array.type = values_.any_type();
  array.access = b_.program().arrays.empty() ? ir::Access::InOut : static_cast<ir::Access>(random_.bits() % 3);
  array.size = random_.one_in(3) ? ir::dynamic_size : random_.pick(sizes);
  if (shapes_ && random_.one_in(2)) give_shape(array);
  b_.add_array(array);
}

void RandomArrays::give_shape(Array& array) {
  array.is_shaped = true;
  array.rank = static_cast<std::uint8_t>(random_.between(1, 3));
  if (random_.one_in(3)) {
    array.type = Type::U8;
    array.element_bytes = static_cast<std::uint32_t>(8 * random_.between(1, 3));
  }
  if (array.size != ir::dynamic_size)
    give_extents(array);
  else if (array.rank == 1 && array.element_bytes == 0)
    array.is_shaped = false;
}

// Rows that lie close, with gaps, or over each other.
void RandomArrays::give_extents(Array& array) {
  std::int64_t stride = random_.one_in(4) ? random_.between(0, 3) : 1;
  for (int d = array.rank; d-- > 0;) {
    array.extents[d] = random_.between(1, array.rank == 1 ? 40 : 6);
    array.strides[d] = stride;
    stride = random_.one_in(6) ? random_.between(0, 9)
                               : stride * array.extents[d] + (random_.one_in(2) ? 0 : random_.between(0, 3));
  }
  array.size = array.span();
}

// Numbers at their natural places, none over another.
std::vector<Id> RandomArrays::add_fields(Id array) {
  const std::uint32_t end = b_.program().arrays[array].element_bytes;
  std::vector<Id> fields;
  for (std::uint32_t offset = 0; offset < end;) {
    const Type type = values_.any_type();
    const auto bytes = static_cast<std::uint32_t>(ir::size_of(type));
    const std::uint32_t begin = (offset + bytes - 1) / bytes * bytes;
    offset = begin + bytes;
    if (offset > end) continue;
    fields.push_back(b_.field(array, type, begin));
    offset += random_.one_in(4) ? 4 : 0;
  }
  if (fields.empty()) fields.push_back(b_.field(array, Type::U8, 0));
  return fields;
}

// ---- the body

void RandomArrays::add_locals() {
  const auto arguments = static_cast<Id>(b_.program().arrays.size());
  for (Id id = 0; id < arguments; ++id) {
    const bool has_structs = b_.program().arrays[id].element_bytes != 0;
    for (const Id array : has_structs ? add_fields(id) : std::vector<Id>{id}) values_.remember_array(array);
  }
  if (!shapes_) return;
  for (std::int64_t left = random_.between(0, 2); left > 0; --left) add_table();
  for (std::int64_t left = random_.between(0, 2); left > 0; --left) add_scratch();
}

void RandomArrays::add_table() {
  const Type type = values_.any_type();
  const auto bytes = static_cast<std::size_t>(ir::size_of(type));
  std::vector<std::uint8_t> memory(bytes * static_cast<std::size_t>(random_.between(1, 20)));
  for (std::size_t at = 0; at < memory.size(); at += bytes) {
    const std::int64_t element = random_.value(type);
    std::memcpy(&memory[at], &element, bytes);
  }
  values_.remember_array(b_.table(type, memory));
}

void RandomArrays::add_scratch() {
  const bool has_structs = random_.one_in(3);
  const std::int64_t size = random_.one_in(12) ? 2100 : random_.between(1, 30);
  const Type type = has_structs ? Type::U8 : values_.any_type();
  const Id scratch = b_.scratch(type, size, has_structs ? 16 : 0);
  const std::vector<Id> filled = has_structs ? add_fields(scratch) : std::vector<Id>{scratch};
  const auto number = [&](std::int64_t value) { return values_.constant(value, Type::I64); };
  std::vector<Id> initial;
  for (const Id array : filled) initial.push_back(values_.value(b_.program().arrays[array].type, 1));
  const Id first = number(0), last = number(size);
  const Id index = b_.open_for(first, last, number(1));
  for (std::size_t i = 0; i < filled.size(); ++i) b_.store(filled[i], index, initial[i]);
  b_.close();
  for (const Id array : filled) values_.remember_array(array);
}

}  // namespace cogent::testing
