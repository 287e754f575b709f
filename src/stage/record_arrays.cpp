// The functions by which the public headers reach arrays: those of the signature, tables, scratch memory, elements.
#include <cogent/code_block.h>
#include <cogent/error.h>

#include <algorithm>
#include <numeric>

#include "ir/program.h"
#include "stage/plain_run.h"
#include "stage/recorder.h"

namespace cogent {

namespace detail {

namespace {

ir::Type ir_type(ScalarType type) { return static_cast<ir::Type>(type); }

ir::Builder& builder() { return current_session->recorder->builder(); }

Word word(ir::Id id) { return {static_cast<std::int64_t>(id), current_session->number}; }

// The node of a word; a word of another session is a misuse.
ir::Id id(const Word& word) {
  session_of(word.session);
  return static_cast<ir::Id>(word.bits);
}

const ir::Array& array_of(std::uint32_t number) { return builder().program().arrays[number]; }

std::int64_t canonical_at(const void* memory, ScalarType type) {
  std::int64_t value = 0;
  std::memcpy(&value, memory, bytes_of(type));
  return ir::canonical(value, ir_type(type));
}

const char* at_offset(const void* memory, std::size_t offset) { return static_cast<const char*>(memory) + offset; }

[[noreturn]] void refuse(Session& session, const std::string& text) {
  if (session.records()) session.recorder->fail(text);
  session.plain->fail(text);
}

}  // namespace

// ---- shapes

std::int64_t check_shape(int rank, const std::int64_t* extents, const std::int64_t* strides, std::size_t element_bytes,
                         const std::source_location& at) {
  const auto throw_error = [&](const std::string& text) {
    throw GenerationError("a View of rank " + std::to_string(rank) + " " + text, {at.file_name(), at.line()});
  };
  const auto numbered = [](const char* what, int i) { return std::string(what) + std::to_string(i); };
  bool is_empty = false;
  const auto fits = [](std::int64_t number) { return number >= 0 && number < ir::most_bytes; };
  for (int i = 0; i < rank; ++i)
    if (!fits(extents[i])) throw_error(numbered("has a negative or too large extent in dimension ", i));
  for (int i = 0; i < rank; ++i) {
    if (!fits(strides[i])) throw_error(numbered("has a negative or too large stride in dimension ", i));
    is_empty = is_empty || extents[i] == 0;
  }
  if (is_empty) return 0;
  std::int64_t last = 0;
  for (int i = 0; i < rank; ++i) {
    std::int64_t distance;
    if (__builtin_mul_overflow(extents[i] - 1, strides[i], &distance) || __builtin_add_overflow(last, distance, &last))
      throw_error(numbered("reaches beyond what can be addressed, in dimension ", i));
  }
  if (last >= ir::most_bytes / static_cast<std::int64_t>(element_bytes))
    throw_error("reaches beyond what can be addressed: its last element is number " + std::to_string(last));
  std::int64_t count = 1;
  for (int i = 0; i < rank; ++i)  // elements may share memory
    if (__builtin_mul_overflow(count, extents[i], &count)) throw_error("has more elements than can be counted");
  return last + 1;
}

void throw_short_span(std::size_t size, std::int64_t needed, const std::source_location& at) {
  throw GenerationError(
      "a View needs " + std::to_string(needed) + " elements, the span that it is of has " + std::to_string(size),
      {at.file_name(), at.line()});
}

// ---- parameters

std::uint32_t declare_array(Session& session, const ArrayArgument& argument) {
  if (!session.records()) return session.plain->add_array();
  ir::Array array{.type = ir_type(argument.type), .access = static_cast<ir::Access>(argument.access)};
  array.rank = static_cast<std::uint8_t>(argument.rank);
  array.element_bytes = argument.element_bytes;
  array.is_shaped = argument.rank > 1 || argument.element_bytes != 0 || argument.strides[0] != 1;
  if (argument.is_static) {
    array.size = argument.extents[0];
    if (array.is_shaped) {
      std::copy_n(argument.extents, argument.rank, array.extents);
      std::copy_n(argument.strides, argument.rank, array.strides);
      array.size = array.span();
    }
  }
  return builder().add_array(array);
}

// ---- elements

Word record_size(std::uint32_t array) { return word(builder().size(array)); }

Word record_extent(std::uint32_t array, int dimension) { return word(builder().extent(array, dimension)); }
Word record_stride(std::uint32_t array, int dimension) { return word(builder().stride(array, dimension)); }

Word record_load(std::uint32_t array, Word index) {
  if (array_of(array).is_shaped) [[unlikely]]
    index = record_place(array, &index, 1);
  return word(builder().load(array, id(index)));
}

Word record_element(std::uint32_t array, Word place) { return word(builder().load(array, id(place))); }

Word record_place(std::uint32_t array, const Word* indexes, int rank) {
  ir::Id ids[ir::Array::most_dimensions];
  std::transform(indexes, indexes + rank, ids, id);
  return word(builder().place(array, {ids, static_cast<std::size_t>(rank)}));
}

std::uint32_t record_field(std::uint32_t array, ScalarType type, std::uint32_t offset, std::uint32_t distance) {
  return builder().field(array, ir_type(type), offset, distance);
}

// In pieces of which the outer elements and the inner ones both consist.
Place place_within(const Place& place, const ArrayWithin& array, Word index) {
  Session& session = session_of(place.array.session);
  session_of(index.session);
  Place result = place;
  if (!session.records()) {
    void*& memory = result.array.memory;
    if (memory == nullptr) return result;
    const bool is_good = plain_check(session, place.array.number, index.bits, array.count, place.rank, place.rank);
    memory = is_good ? static_cast<char*>(memory) + index.bits * array.bytes : nullptr;
    return result;
  }
  ir::Builder& b = builder();
  const ir::Array& whole = b.program().arrays[b.program().memory_of(place.array.number)];
  const auto step = static_cast<std::uint32_t>(whole.step());
  const std::uint32_t outer = place.distance != 0 ? place.distance : step, piece = std::gcd(outer, array.bytes);
  const auto number = [&](std::int64_t value) { return b.constant(value, ir::Type::I64); };
  b.check_within(place.array.number, id(index), array.count);
  const ir::Id pieces = b.binary(ir::Op::Multiply, id(place.index), number(outer / piece));
  result.index =
      word(b.binary(ir::Op::Add, pieces, b.binary(ir::Op::Multiply, id(index), number(array.bytes / piece))));
  result.distance = piece;
  return result;
}

// The load knows the element's place, where that is not the index alone.
void record_element_store(std::uint32_t array, Word index, Word loaded, Word value) {
  const ir::Id load = id(loaded);
  const ir::Id place = array_of(array).is_shaped ? builder().program().nodes[load].b : id(index);
  if (!builder().replace_load_by_store(load, id(value))) builder().store(array, place, id(value));
}

bool plain_check(Session& session, std::uint32_t array, std::int64_t index, std::int64_t extent, int dimension,
                 int rank) {
  if (index >= 0 && index < extent) return true;
  plain_index_fault(session, array, index, extent, dimension, rank);
  return false;
}

void plain_index_fault(Session& session, std::uint32_t array, std::int64_t index, std::int64_t size, int dimension,
                       int rank) {
  session.plain->fault({.kind = ir::FaultKind::Index,
                        .at = {},
                        .array = array,
                        .dimension = dimension,
                        .rank = rank,
                        .index = index,
                        .size = size,
                        .message = {}});
}

// ---- structs

Word constant_leaf(const Leaf& leaf, const void* object) {
  const std::int64_t value = canonical_at(at_offset(object, leaf.offset), leaf.type);
  Session& session = *current_session;
  return session.records() ? record_constant(value, leaf.type) : Word{value, session.number};
}

Word read_leaf(const Place& place, const Leaf& leaf, std::uint32_t offset) {
  const std::uint32_t session = place.array.session;
  if (session_of(session).records())
    return record_element(record_field(place.array.number, leaf.type, offset + leaf.offset, place.distance),
                          place.index);
  if (place.array.memory == nullptr) return {0, session};
  return {canonical_at(at_offset(place.array.memory, offset + leaf.offset), leaf.type), session};
}

void write_leaf(const Place& place, const Leaf& leaf, std::uint32_t offset, Word loaded, Word value) {
  Session& session = session_of(place.array.session);
  session_of(value.session);
  if (session.records()) {
    const std::uint32_t field = record_field(place.array.number, leaf.type, offset + leaf.offset, place.distance);
    return record_element_store(field, place.index, loaded, value);
  }
  plain_effect(session);
  std::memcpy(const_cast<char*>(at_offset(place.array.memory, offset + leaf.offset)), &value.bits, bytes_of(leaf.type));
}

void store_leaves(const Place& place, std::span<const Leaf> leaves, const Word* words) {
  Session& session = session_of(place.array.session);
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    session_of(words[i].session);
    if (session.records()) {
      builder().store(record_field(place.array.number, leaves[i].type, leaves[i].offset), id(place.index),
                      id(words[i]));
      continue;
    }
    plain_effect(session);
    void* const to = const_cast<char*>(at_offset(place.array.memory, leaves[i].offset));
    std::memcpy(to, &words[i].bits, bytes_of(leaves[i].type));
  }
}

void store_result(Session& session, const TypeIdentity& type, std::span<const Leaf> leaves, const Word* words) {
  const StructResult* const result = session.struct_result;
  if (result == nullptr) refuse(session, "code.returns of a struct in a function whose result is none");
  if (result->type != type) refuse(session, "code.returns of another struct than the function's result");
  store_leaves(result->place, leaves, words);
}

ArrayHandle field_handle(const Place& place, ScalarType type, std::uint32_t offset) {
  ArrayHandle handle = place.array;
  if (session_of(handle.session).records())
    handle.number = record_field(handle.number, type, offset, place.distance);
  else if (handle.memory != nullptr)
    handle.memory = const_cast<char*>(at_offset(handle.memory, offset));
  return handle;
}

void throw_member_index(std::int64_t index, std::size_t size) {
  refuse(require_session(), "index " + std::to_string(index) + " is outside of a member that is an array, which has " +
                                std::to_string(size) + " elements");
}

Word make_variable(ScalarType type, Word initial) {
  if (!session_of(initial.session).records()) return initial;
  return {record_variable(type, initial), initial.session};
}

Word get_variable(Word variable) {
  const bool records = session_of(variable.session).records();
  return records ? record_get(static_cast<std::uint32_t>(variable.bits)) : variable;
}

void set_variable(Word& variable, Word value) {
  Session& session = session_of(variable.session);
  session_of(value.session);
  if (session.records()) return record_set(static_cast<std::uint32_t>(variable.bits), value);
  plain_effect(session);
  variable = value;
}

// ---- tables and scratch memory

ArrayHandle make_table(Session& session, ScalarType type, const void* elements, std::size_t count,
                       std::size_t element_bytes, LocalMemory& memory) {
  const auto size = static_cast<std::int64_t>(count), step = static_cast<std::int64_t>(element_bytes);
  const std::size_t bytes = count * element_bytes;
  if (session.records()) {
    const auto* first = static_cast<const std::uint8_t*>(elements);
    return {builder().table(ir_type(type), {first, bytes}), session.number, nullptr, size, step};
  }
  memory = std::make_shared<std::byte[]>(std::max<std::size_t>(bytes, 1));
  if (bytes != 0) std::memcpy(memory.get(), elements, bytes);
  return {session.plain->add_local_array(ir::Storage::Table), session.number, memory.get(), size, step};
}

ArrayHandle make_column(Session& session, const Leaf& leaf, const void* structs, std::size_t count,
                        std::size_t struct_bytes, LocalMemory& memory) {
  const std::size_t bytes = bytes_of(leaf.type);
  std::vector<std::byte> column(count * bytes);
  for (std::size_t i = 0; i < count; ++i)
    std::memcpy(column.data() + i * bytes, at_offset(structs, i * struct_bytes + leaf.offset), bytes);
  return make_table(session, leaf.type, column.data(), count, bytes, memory);
}

void read_columns(std::span<const ArrayHandle> columns, std::span<const Leaf> leaves, Word index, Word* words) {
  Session& session = session_of(columns[0].session);
  session_of(index.session);
  const bool is_good = session.records() || plain_check(session, columns[0].number, index.bits, columns[0].size, 0, 1);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (session.records())
      words[i] = record_load(columns[i].number, index);
    else
      words[i] = {is_good ? canonical_at(columns[i].element(index.bits), leaves[i].type) : 0, session.number};
  }
}

namespace {

// For each element: the stores of its numbers. A few elements are written one by one.
void record_filling(std::span<const ir::Id> arrays, const Word* initial, std::int64_t size) {
  constexpr std::int64_t few = 4;
  ir::Builder& b = builder();
  const auto fill = [&](ir::Id index) {
    for (std::size_t i = 0; i < arrays.size(); ++i) b.store(arrays[i], index, id(initial[i]));
  };
  const auto number = [&](std::int64_t value) { return b.constant(value, ir::Type::I64); };
  if (size <= few) {
    for (std::int64_t i = 0; i < size; ++i) fill(number(i));
    return;
  }
  const ir::Id first = number(0), last = number(size);
  fill(b.open_for(first, last, number(1)));
  b.close();
}

std::uint32_t record_scratch(std::int64_t size, std::uint32_t element_bytes, std::span<const Leaf> leaves,
                             const Word* initial) {
  const ir::Type type = element_bytes != 0 ? ir::Type::U8 : ir_type(leaves[0].type);
  const ir::Id number = builder().scratch(type, size, element_bytes);
  std::vector<ir::Id> arrays;
  for (const Leaf& leaf : leaves)
    arrays.push_back(element_bytes != 0 ? builder().field(number, ir_type(leaf.type), leaf.offset) : number);
  record_filling(arrays, initial, size);
  return number;
}

}  // namespace

ArrayHandle make_scratch(Session& session, std::int64_t size, std::size_t element_bytes, std::span<const Leaf> leaves,
                         bool has_structs, const Word* initial, LocalMemory& memory) {
  const auto step = static_cast<std::int64_t>(element_bytes);
  if (size < 0 || size > ir::most_bytes / step)
    refuse(session, "the size of code.scratch(size, ...) is negative or too large");
  if (session.records()) {
    const std::uint32_t bytes = has_structs ? static_cast<std::uint32_t>(element_bytes) : 0;
    return {record_scratch(size, bytes, leaves, initial), session.number, nullptr, size, step};
  }
  plain_effect(session);
  memory = std::make_shared<std::byte[]>(std::max<std::size_t>(static_cast<std::size_t>(size * step), 1));
  for (std::int64_t i = 0; i < size; ++i)
    for (std::size_t k = 0; k < leaves.size(); ++k)
      std::memcpy(memory.get() + i * step + leaves[k].offset, &initial[k].bits, bytes_of(leaves[k].type));
  return {session.plain->add_local_array(ir::Storage::Scratch), session.number, memory.get(), size, step};
}

}  // namespace detail
}  // namespace cogent
