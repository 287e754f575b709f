// Which type something is of: the same in all shared libraries of a process, unless they are compiled without run-time
// type information.
#pragma once
#include <typeinfo>

namespace cogent::detail {

template <class T>
inline constexpr char type_tag = 0;

struct TypeIdentity {
  const void* tag = nullptr;             // one in each library
  const std::type_info* info = nullptr;  // null without run-time type information

  friend bool operator==(const TypeIdentity& a, const TypeIdentity& b) {
    return a.tag == b.tag || (a.info != nullptr && b.info != nullptr && *a.info == *b.info);
  }
};

template <class T>
TypeIdentity identify() {
#ifdef __cpp_rtti
  return {&type_tag<T>, &typeid(T)};
#else
  return {&type_tag<T>};
#endif
}

}  // namespace cogent::detail
