// The arrays of a signature: In, Out and InOut, whose sizes are known at generation time, and their dynamic kin.
#pragma once
#include <span>

#include <cogent/variable.h>

namespace cogent {

namespace detail {

/// An array as the body sees it: its number while recording, its memory in a plain run.
struct ArrayHandle {
  std::uint32_t number;
  std::uint32_t session;
  void* memory;
  std::int64_t size;
};

template <class T>
Word read_element(const ArrayHandle& array, Word index) {
  Session& session = session_of(array.session);
  if (session.records()) return record_load(array.number, index);
  if (static_cast<std::uint64_t>(index.bits) < static_cast<std::uint64_t>(array.size))
    return {canonical(static_cast<const T*>(array.memory)[index.bits]), array.session};
  plain_index_fault(session, array.number, index.bits, array.size);
  return {0, array.session};
}

template <class T>
void write_element(const ArrayHandle& array, Word index, Word loaded, Word value) {
  Session& session = session_of(array.session);
  session_of(value.session);
  if (session.records()) return record_element_store(array.number, index, loaded, value);
  plain_effect(session);
  static_cast<T*>(array.memory)[index.bits] = number_of<T>(value.bits);
}

}  // namespace detail

/// One element of an Out or InOut array, as `array[i]` gives it: read at once, and assignable where it stands.
template <class T>
class Element : public Value<T>, public detail::CompoundAssignment<T, Element<T>&&> {
 public:
  Element(detail::Word value, const detail::ArrayHandle& array, detail::Word index)
      : Value<T>(value), array_(array), index_(index) {}
  Element(const Element&) = default;

  /// array[i] = value: any number, converted to T as C++ does.
  Value<T> operator=(detail::Argument<T> value) && {
    assign(value.word);
    return Value<T>(value.word);
  }
  template <class U>
  void operator=(U&&) & {
    static_assert(detail::never<U>, "COGENT: this is a copy of an element; write  array[i] = ...  to change the array");
  }
  Element& operator=(const Element&)
    requires(detail::never<T>);

  /// For the library.
  void assign(detail::Word value) {
    detail::write_element<T>(array_, index_, this->word_, value);
    this->word_ = value;
  }
  Value<T> assigned() { return *this; }

 private:
  detail::ArrayHandle array_;
  detail::Word index_;
};

/// The base of the arrays that can be read.
template <class T, bool is_static>
class ReadableArray {
  static_assert(detail::Scalar<T>, "COGENT: arrays hold bool, an integer type, float or double");

 public:
  using element_type = T;
  static constexpr bool has_known_size = is_static;
  static constexpr bool is_writable = false;

  explicit ReadableArray(const detail::ArrayHandle& handle) : handle_(handle) {}

  /// The element, read at once. An index outside the array is an error: at generation time when every call would make
  /// it, else at run time.
  Value<T> operator[](detail::Argument<std::int64_t> index) const {
    return Value<T>(detail::read_element<T>(handle_, index.word));
  }
  /// Elements: a plain number when the size is known at generation time, else a Value.
  auto size() const {
    if constexpr (is_static)
      return handle_.size;
    else
      return size_value();
  }
  /// For the library.
  const detail::ArrayHandle& handle() const { return handle_; }

 protected:
  Value<std::int64_t> size_value() const {
    const bool records = detail::session_of(handle_.session).records();
    return Value<std::int64_t>(records ? detail::record_size(handle_.number)
                                       : detail::Word{handle_.size, handle_.session});
  }
  detail::ArrayHandle handle_;
};

/// The base of the arrays that can be written.
template <class T, bool is_static>
class WritableArray : public ReadableArray<T, is_static> {
 public:
  using ReadableArray<T, is_static>::ReadableArray;
  static constexpr bool is_writable = true;

  /// The element, read at once; `array[i] = x` and `array[i] += x` write it.
  Element<T> operator[](detail::Argument<std::int64_t> index) const {
    return Element<T>(detail::read_element<T>(this->handle_, index.word), this->handle_, index.word);
  }
};

/// A run-time array that is only read; the caller passes what converts to std::span<const T>. Its size is part of the
/// key.
template <class T>
struct In : ReadableArray<T, true> {
  using ReadableArray<T, true>::ReadableArray;
};
/// A run-time array that is written; the caller passes what converts to std::span<T>. It may be read back: it holds
/// what the caller's memory holds. Its size is part of the key.
template <class T>
struct Out : WritableArray<T, true> {
  using WritableArray<T, true>::WritableArray;
};
/// A run-time array that is read and written. Its size is part of the key.
template <class T>
struct InOut : WritableArray<T, true> {
  using WritableArray<T, true>::WritableArray;
};
/// As In, with a size that is known only at run time: one function serves all sizes.
template <class T>
struct DynamicIn : ReadableArray<T, false> {
  using ReadableArray<T, false>::ReadableArray;
};
/// As Out, with a size that is known only at run time.
template <class T>
struct DynamicOut : WritableArray<T, false> {
  using WritableArray<T, false>::WritableArray;
};
/// As InOut, with a size that is known only at run time.
template <class T>
struct DynamicInOut : WritableArray<T, false> {
  using WritableArray<T, false>::WritableArray;
};

}  // namespace cogent
