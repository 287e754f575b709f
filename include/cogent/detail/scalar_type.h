// How C++'s arithmetic types and operators are named to the recorder. The numbers equal those of ir::Type and ir::Op,
// which src/stage asserts.
#pragma once
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace cogent::detail {

enum class ScalarType : std::uint8_t { Void, Bool, I8, U8, I16, U16, I32, U32, I64, U64, F32, F64 };

enum class Operation : std::uint8_t {
  Divide = 6,
  Remainder,
  Add,
  Subtract,
  Multiply,
  Minimum,
  Maximum,
  And,
  Or,
  Xor,
  ShiftLeft,
  ShiftRight,
  Less,
  LessEqual,
  Equal,
  NotEqual,
};

constexpr bool is_comparison(Operation operation) { return operation >= Operation::Less; }
constexpr bool is_shift(Operation operation) {
  return operation == Operation::ShiftLeft || operation == Operation::ShiftRight;
}

/// A plain number that may stand beside staged values.
template <class T>
concept PlainNumber = std::is_integral_v<T> || (std::is_enum_v<T> && std::is_convertible_v<T, int>);

template <std::integral T>
constexpr ScalarType integer_type() {
  constexpr ScalarType by_size[] = {ScalarType::I8, ScalarType::I16, ScalarType::I32, ScalarType::I64};
  constexpr int log = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
  return static_cast<ScalarType>(static_cast<int>(by_size[log]) + (std::is_signed_v<T> ? 0 : 1));
}

template <std::integral T>
inline constexpr ScalarType type_of = std::is_same_v<T, bool> ? ScalarType::Bool : integer_type<T>();

/// The type to which C++ promotes a T in an expression.
template <class T>
using Promoted = decltype(+std::declval<T>());

/// Always false; lets a static_assert in a template speak only when the template is used.
template <class...>
inline constexpr bool never = false;

}  // namespace cogent::detail
