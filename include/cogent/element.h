// Element<T>: an element of an array that can be written.
#pragma once
#include <cogent/detail/array_handle.h>

namespace cogent {

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

}  // namespace cogent
