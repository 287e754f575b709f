// What can be said of two arrays of a program.
#include "ir/program.h"

namespace cogent::ir {

bool Program::may_overlap(Id a, Id b) const {
  const Array &x = arrays[a], &y = arrays[b];
  if (memory_of(a) != memory_of(b)) return x.storage == Storage::Argument && y.storage == Storage::Argument;
  if (x.step() != y.step()) return true;
  return x.offset < y.offset + static_cast<std::uint32_t>(size_of(y.type)) &&
         y.offset < x.offset + static_cast<std::uint32_t>(size_of(x.type));
}

Array Program::in_call(Id id, const std::uint64_t* slots) const {
  return array_in_call(arrays[id], slots + parameters[arrays[id].parameter].slot);
}

Array array_in_call(const Array& in_signature, const std::uint64_t* slots) {
  Array array = in_signature;
  if (array.size != dynamic_size && array.is_shaped) return array;
  array.extents[0] = array.size;
  array.strides[0] = 1;
  if (array.size != dynamic_size) return array;
  const std::uint64_t* sizes = slots + 1;
  for (int i = 0; i < array.rank; ++i) {
    array.extents[i] = static_cast<std::int64_t>(sizes[i]);
    array.strides[i] = array.rank == 1 ? 1 : static_cast<std::int64_t>(sizes[array.rank + i]);
  }
  array.size = array.span();
  return array;
}

}  // namespace cogent::ir
