// Arrays, their elements, and the checks of indexes.
#include <algorithm>

#include "ir/builder.h"

namespace cogent::ir {

// ---- arrays

Id Builder::add_array(const Array& array) {
  Program& p = *program_;
  const Id id = static_cast<Id>(p.arrays.size());
  const std::uint16_t slot = p.slot_count();
  p.arrays.push_back(array);
  p.arrays.back().parameter = static_cast<Id>(p.parameters.size());
  p.parameters.push_back({true, array.type, p.signature_length++, slot, id});
  return id;
}

Id Builder::add_local(const Array& array) {
  program_->arrays.push_back(array);
  return static_cast<Id>(program_->arrays.size() - 1);
}

Id Builder::field(Id array, Type type, std::uint32_t offset, std::uint32_t element_bytes) {
  const std::vector<Array>& arrays = program_->arrays;
  Array field = arrays[array];
  field.type = type;
  field.offset = offset;
  field.memory = program_->memory_of(array);
  if (element_bytes != 0) field.element_bytes = element_bytes;
  for (Id id = field.memory + 1; id < arrays.size(); ++id) {
    const Array& other = arrays[id];
    if (other.memory == field.memory && other.type == type && other.offset == offset &&
        other.element_bytes == field.element_bytes)
      return id;
  }
  return add_local(field);
}

Id Builder::table(Type type, std::span<const std::uint8_t> bytes) {
  Program& p = *program_;
  const auto size = static_cast<std::int64_t>(bytes.size()) / size_of(type);
  for (Id id = 0; id < p.arrays.size(); ++id) {
    const Array& other = p.arrays[id];
    if (other.storage == Storage::Table && other.type == type && other.size == size &&
        std::equal(bytes.begin(), bytes.end(), p.table_bytes.begin() + other.first_byte))
      return id;
  }
  if (p.table_bytes.size() + bytes.size() > most_table_bytes) throw ProgramTooLong("the tables take more than 256 MB");
  const auto first_byte = static_cast<std::uint32_t>(p.table_bytes.size());
  p.table_bytes.insert(p.table_bytes.end(), bytes.begin(), bytes.end());
  return add_local({.type = type,
                    .access = Access::In,
                    .storage = Storage::Table,
                    .line = line_,
                    .size = size,
                    .first_byte = first_byte});
}

Id Builder::scratch(Type type, std::int64_t size, std::uint32_t element_bytes) {
  const bool has_structs = element_bytes != 0;
  Array array{.type = type,
              .access = Access::InOut,
              .storage = Storage::Scratch,
              .is_shaped = has_structs,
              .line = line_,
              .size = size,
              .element_bytes = element_bytes};
  if (has_structs) {
    array.extents[0] = size;
    array.strides[0] = 1;
  }
  return add_local(array);
}

// ---- elements

Id Builder::extent(Id array, int dimension) {
  const Array& what = program_->arrays[array];
  if (what.size == dynamic_size)
    return node(Op::Size, Type::I64, program_->memory_of(array), static_cast<Id>(dimension));
  return constant(what.is_shaped ? what.extents[dimension] : what.size, Type::I64);
}

Id Builder::stride(Id array, int dimension) {
  const Array& what = program_->arrays[array];
  if (what.size != dynamic_size) return constant(what.is_shaped ? what.strides[dimension] : 1, Type::I64);
  if (what.rank == 1) return constant(1, Type::I64);
  return node(Op::Size, Type::I64, program_->memory_of(array), static_cast<Id>(what.rank + dimension));
}

// The element of a table at a place that is known.
Id Builder::table_element(const Array& table, Id index) {
  if (!program_->is_constant(index)) return none;
  const std::int64_t at = program_->value(index);
  if (at < 0 || at >= table.size) return none;
  std::int64_t value = 0;
  const auto bytes = static_cast<std::size_t>(size_of(table.type));
  std::memcpy(&value, program_->table_bytes.data() + table.first_byte + static_cast<std::size_t>(at) * bytes, bytes);
  return constant(canonical(value, table.type), table.type);
}

Id Builder::load(Id array, Id index) {
  const Array& what = program_->arrays[array];
  if (what.storage == Storage::Table) [[unlikely]]
    if (const Id known = table_element(what, index); known != none) return known;
  const Id id = pinned(Op::Load, what.type, array, index);
  program_->statements.back().flags = access_flags(array);
  if (remembers_loads_) loads_[load_count_++ % most_loads] = id;
  return id;
}

Id Builder::loaded(Id array, Id index) const {
  for (std::size_t i = 0; i < std::min(load_count_, most_loads); ++i) {
    const Id id = loads_[i];
    if (id != none && program_->nodes[id].a == array && program_->nodes[id].b == index) return id;
  }
  return none;
}

void Builder::forget_loads(Id written) {
  for (std::size_t i = 0; i < std::min(load_count_, most_loads); ++i)
    if (loads_[i] != none && program_->may_overlap(program_->nodes[loads_[i]].a, written)) loads_[i] = none;
}

void Builder::store(Id array, Id index, Id value) {
  append({.what = Do::Store, .flags = access_flags(array), .line = line_, .a = array, .b = index, .c = value});
  forget_loads(array);
}

// ---- checks

// Whether the straight piece that is being written has made the same check already.
bool Builder::is_checked(const Statement& check) {
  const std::size_t first = check_count_ > most_checks ? check_count_ - most_checks : 0;
  for (std::size_t i = check_count_; i-- > first;) {
    const Statement& other = program_->statements[checks_[i % most_checks]];
    if (other.flags == check.flags && other.a == check.a && other.b == check.b && other.c == check.c &&
        other.d == check.d)
      return true;
  }
  return false;
}

void Builder::check(Id array, Id index, int dimension) {
  check({.what = Do::Check,
         .flags = access_flags_,
         .line = line_,
         .a = program_->memory_of(array),
         .b = index,
         .c = extent(array, dimension),
         .d = static_cast<Id>(dimension)});
}

void Builder::check(const Statement& check) {
  const Program& p = *program_;
  const bool is_known = p.is_constant(check.b) && p.is_constant(check.c);
  if (is_known && p.value(check.b) >= 0 && p.value(check.b) < p.value(check.c)) return;
  if (is_checked(check)) return;
  checks_[check_count_++ % most_checks] = append(check);
}

// Constant parts are added up apart, so that neighbouring elements share the rest.
Id Builder::place(Id array, std::span<const Id> indexes) {
  for (std::size_t i = 0; i < indexes.size(); ++i) check(array, indexes[i], static_cast<int>(i));
  Id sum = none, offset = none;
  const auto add = [&](Id& to, Id term) { to = to == none ? term : binary(Op::Add, to, term); };
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    const Id step = stride(array, static_cast<int>(i));
    const Node index = program_->nodes[indexes[i]];
    const bool has_offset = index.op == Op::Add && program_->is_constant(index.b) && program_->is_constant(step);
    add(sum, binary(Op::Multiply, has_offset ? index.a : indexes[i], step));
    if (has_offset) add(offset, binary(Op::Multiply, index.b, step));
  }
  return offset == none ? sum : binary(Op::Add, sum, offset);
}

}  // namespace cogent::ir
