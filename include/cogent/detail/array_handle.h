// Arrays and elements as the body holds them: numbers while recording, memory in a plain run.
#pragma once
#include <cstring>
#include <memory>

#include <cogent/detail/export.h>
#include <cogent/variable.h>
#include <cogent/view.h>

namespace cogent::detail {

/// An array of rank 1.
struct ArrayHandle {
  std::uint32_t number;
  std::uint32_t session;
  void* memory;       // in a plain run
  std::int64_t size;  // elements
  std::int64_t step;  // bytes from one to the next, in a plain run

  void* element(std::int64_t index) const { return static_cast<char*>(memory) + index * step; }
};

/// An array of rank 2 or 3.
template <int Rank>
struct GridHandle {
  std::uint32_t number;
  std::uint32_t session;
  void* memory;
  std::int64_t extents[Rank], strides[Rank];  // in elements; known at generation time unless the array is dynamic
  std::int64_t element_bytes;
};

// ---- recording; each takes and gives words of the current session
/// Elements of an array whose indexes are checked already: `place` is their sum in elements.
COGENT_EXPORT Word record_element(std::uint32_t array, Word place);
/// The place of an element, each index checked.
COGENT_EXPORT Word record_place(std::uint32_t array, const Word* indexes, int rank);
COGENT_EXPORT Word record_extent(std::uint32_t array, int dimension);
COGENT_EXPORT Word record_stride(std::uint32_t array, int dimension);
/// The field of that type, so many bytes behind the beginning of an element, or of a piece of one of `distance` bytes.
COGENT_EXPORT std::uint32_t record_field(std::uint32_t array, ScalarType type, std::uint32_t offset,
                                         std::uint32_t distance = 0);
/// An array that stands `offset` bytes within the elements of an array: `count` elements of `bytes` bytes.
struct ArrayWithin {
  std::uint32_t offset, bytes;
  std::int64_t count;
};

// ---- variables, as words: while recording the number of one, in a plain run its content
COGENT_EXPORT Word make_variable(ScalarType type, Word initial);
COGENT_EXPORT Word get_variable(Word variable);
COGENT_EXPORT void set_variable(Word& variable, Word value);

// ---- plain runs
/// Notes a fault unless the index lies within the extent of the dimension; whether it does.
COGENT_EXPORT bool plain_check(Session& session, std::uint32_t array, std::int64_t index, std::int64_t extent,
                               int dimension, int rank);

template <class T>
Word plain_read(const ArrayHandle& array, std::int64_t index) {
  // A bool is the lowest bit of its byte: memory that nobody filled yet may hold any.
  using Stored = std::conditional_t<std::is_same_v<number_type<T>, bool>, std::uint8_t, number_type<T>>;
  Stored element;
  std::memcpy(&element, array.element(index), sizeof element);
  if constexpr (std::is_same_v<number_type<T>, bool>) element &= 1;
  return {canonical(element), array.session};
}

template <class T>
Word read_element(const ArrayHandle& array, Word index) {
  Session& session = session_of(array.session);
  if (session.records()) return record_load(array.number, index);
  if (static_cast<std::uint64_t>(index.bits) < static_cast<std::uint64_t>(array.size))
    return plain_read<T>(array, index.bits);
  plain_index_fault(session, array.number, index.bits, array.size);
  return {0, array.session};
}

template <class T>
void write_element(const ArrayHandle& array, Word index, Word loaded, Word value) {
  Session& session = session_of(array.session);
  session_of(value.session);
  if (session.records()) return record_element_store(array.number, index, loaded, value);
  plain_effect(session);
  const auto element = number_of<number_type<T>>(value.bits);
  std::memcpy(array.element(index.bits), &element, sizeof element);
}

/// An element whose index is checked. In a plain run it is the first of the handle, which has no memory after a fault.
struct Place {
  ArrayHandle array;
  Word index;
  std::uint32_t distance = 0;  // if not 0: the index counts pieces of so many bytes
  int rank = 1;                // of the array, in a plain run
};
/// The place of an element of an array within the element at a place, the index checked.
COGENT_EXPORT Place place_within(const Place& place, const ArrayWithin& array, Word index);

template <class T>
Word read_place(const Place& place) {
  if (session_of(place.array.session).records()) return record_element(place.array.number, place.index);
  return place.array.memory != nullptr ? plain_read<T>(place.array, 0) : Word{0, place.array.session};
}

/// The place of an element of a grid.
template <int Rank>
Place place_in(const GridHandle<Rank>& grid, const Word (&indexes)[Rank]) {
  Session& session = session_of(grid.session);
  if (session.records()) return {{grid.number, grid.session, nullptr, 0, 0}, record_place(grid.number, indexes, Rank)};
  std::int64_t place = 0;
  for (int i = 0; i < Rank; ++i) {
    const std::int64_t index = indexes[i].bits;
    if (!plain_check(session, grid.number, index, grid.extents[i], i, Rank))
      return {{grid.number, grid.session, nullptr, 0, 0}, {0, grid.session}};
    place += index * grid.strides[i];
  }
  void* const memory = static_cast<char*>(grid.memory) + place * grid.element_bytes;
  return {{grid.number, grid.session, memory, 1, grid.element_bytes}, {0, grid.session}, 0, Rank};
}

/// The place of a struct in an array of rank 1.
inline Place place_in(const ArrayHandle& array, Word index) {
  Session& session = session_of(array.session);
  if (session.records()) return {{array.number, array.session, nullptr, 0, 0}, record_place(array.number, &index, 1)};
  if (!plain_check(session, array.number, index.bits, array.size, 0, 1))
    return {{array.number, array.session, nullptr, 0, 0}, {0, array.session}};
  return {{array.number, array.session, array.element(index.bits), 1, array.step}, {0, array.session}};
}

}  // namespace cogent::detail
