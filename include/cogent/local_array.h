// The arrays that a body makes: tables of constants, and scratch memory.
#pragma once
#include <memory>

#include <cogent/array.h>
#include <cogent/detail/export.h>

namespace cogent {

namespace detail {

/// An array that a plain run makes keeps its memory as long as a copy of it lives; a recording needs none.
using LocalMemory = std::shared_ptr<std::byte[]>;

/// A table of `count` elements at `elements`.
COGENT_EXPORT ArrayHandle make_table(Session& session, ScalarType type, const void* elements, std::size_t count,
                                     std::size_t element_bytes, LocalMemory& memory);
/// Scratch memory of `size` elements, filled with numbers that stand in each element as the leaves say. Throws
/// GenerationError for a size that is negative or beyond what can be addressed.
COGENT_EXPORT ArrayHandle make_scratch(Session& session, std::int64_t size, std::size_t element_bytes,
                                       std::span<const Leaf> leaves, bool has_structs, const Word* initial,
                                       LocalMemory& memory);

/// An element of a table of structs, which is a table for each of their numbers.
COGENT_EXPORT void read_columns(std::span<const ArrayHandle> columns, std::span<const Leaf> leaves, Word index,
                                Word* words);
/// One number of each of `count` structs.
COGENT_EXPORT ArrayHandle make_column(Session& session, const Leaf& leaf, const void* structs, std::size_t count,
                                      std::size_t struct_bytes, LocalMemory& memory);

}  // namespace detail

/// Constants in the code, made by code.table.
template <class T>
class Table : public ReadableArray<T, true> {
  static_assert(detail::Scalar<T>, "COGENT: a table holds numbers or enums");

 public:
  Table(detail::Session& session, std::span<const T> elements, detail::LocalMemory memory = {})
      : ReadableArray<T, true>(
            detail::make_table(session, detail::type_of<T>, elements.data(), elements.size(), sizeof(T), memory)),
        memory_(std::move(memory)) {}

 private:
  detail::LocalMemory memory_;
};

/// Constant structs in the code.
template <detail::PlainStruct T>
class Table<T> {
 public:
  Table(detail::Session& session, std::span<const T> elements) : size_(static_cast<std::int64_t>(elements.size())) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      columns_[i] = detail::make_column(session, detail::leaves_of<T>()[i], elements.data(), elements.size(), sizeof(T),
                                        memories_[i]);
  }
  /// The element, read at once.
  Value<T> operator[](detail::Argument<std::int64_t> index) const {
    detail::StructWords<T> words;
    detail::read_columns(columns_, detail::leaves_of<T>(), index.word, words.data());
    return Value<T>(words);
  }
  /// Elements.
  std::int64_t size() const { return size_; }

 private:
  std::int64_t size_;
  std::array<detail::ArrayHandle, detail::leaf_count<T>()> columns_{};
  std::array<detail::LocalMemory, detail::leaf_count<T>()> memories_{};
};

/// Local memory, made by code.scratch.
template <class T>
class Scratch : public WritableArray<T, true> {
  static constexpr detail::Leaf number{detail::leaf_type_or_void<T>(), 0};

 public:
  Scratch(detail::Session& session, std::int64_t size, detail::Word initial, detail::LocalMemory memory = {})
    requires(!std::is_class_v<T>)
      : WritableArray<T, true>(
            detail::make_scratch(session, size, sizeof(T), std::span(&number, 1), false, &initial, memory)),
        memory_(std::move(memory)) {}
  Scratch(detail::Session& session, std::int64_t size, const auto& initial, detail::LocalMemory memory = {})
    requires(std::is_class_v<T>)
      : WritableArray<T, true>(
            detail::make_scratch(session, size, sizeof(T), detail::leaves_of<T>(), true, initial.data(), memory)),
        memory_(std::move(memory)) {}

 private:
  detail::LocalMemory memory_;
};

}  // namespace cogent
