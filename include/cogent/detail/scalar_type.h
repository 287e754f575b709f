// How C++'s arithmetic types and operators are named to the recorder. The numbers equal those of ir::Type and ir::Op,
// which src/stage asserts.
#pragma once
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace cogent::detail {

enum class ScalarType : std::uint8_t { Void, Bool, I8, U8, I16, U16, I32, U32, I64, U64, F32, F64 };

/// Bytes of a number in memory.
constexpr std::size_t bytes_of(ScalarType type) {
  constexpr std::size_t bytes[] = {0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
  return bytes[static_cast<int>(type)];
}

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
  Negate = 25,  // the first of those of one operand
  Absolute,
  SquareRoot,
  Floor,
  Ceil,
  Round,
  Truncate,
  PopulationCount,
  CountLeadingZeros,
  CountTrailingZeros,
  ByteSwap,
  RotateLeft,
};

constexpr bool is_comparison(Operation operation) {
  return operation >= Operation::Less && operation <= Operation::NotEqual;
}
constexpr bool is_shift(Operation operation) {
  return operation == Operation::ShiftLeft || operation == Operation::ShiftRight;
}
/// Has no meaning for floats.
constexpr bool needs_integers(Operation operation) {
  return operation == Operation::Remainder || (operation >= Operation::And && operation <= Operation::ShiftRight);
}

/// bool, the integer types, float and double.
template <class T>
concept Number = (std::is_integral_v<T> && sizeof(T) <= 8) || std::is_same_v<T, float> || std::is_same_v<T, double>;

/// The types of staged values: numbers and enums.
template <class T>
concept Scalar = Number<T> || std::is_enum_v<T>;

/// An enum class: C++ compares its values with each other, and computes with none.
template <class T>
concept ScopedEnum = std::is_enum_v<T> && !std::is_convertible_v<T, int>;

/// A plain number that may stand beside staged values.
template <class T>
concept PlainNumber = Scalar<T> && !ScopedEnum<T>;

/// The type of the numbers that a scalar is kept as: the underlying one of an enum.
template <class T>
struct NumberOf {
  using type = T;
};
template <class T>
  requires std::is_enum_v<T>
struct NumberOf<T> {
  using type = std::underlying_type_t<T>;
};
template <class T>
using number_type = typename NumberOf<T>::type;

template <std::integral T>
constexpr ScalarType integer_type() {
  constexpr ScalarType by_size[] = {ScalarType::I8, ScalarType::I16, ScalarType::I32, ScalarType::I64};
  constexpr int log = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
  return static_cast<ScalarType>(static_cast<int>(by_size[log]) + (std::is_signed_v<T> ? 0 : 1));
}

template <Number T>
constexpr ScalarType scalar_type() {
  if constexpr (std::is_same_v<T, bool>)
    return ScalarType::Bool;
  else if constexpr (std::is_integral_v<T>)
    return integer_type<T>();
  else
    return std::is_same_v<T, float> ? ScalarType::F32 : ScalarType::F64;
}

template <Scalar T>
inline constexpr ScalarType type_of = scalar_type<number_type<T>>();

/// The canonical 64-bit form of a number: an integer sign- or zero-extended, a float's bits.
template <Scalar T>
constexpr std::int64_t canonical(T number) {
  if constexpr (std::is_same_v<T, float>)
    return std::bit_cast<std::uint32_t>(number);
  else if constexpr (std::is_same_v<T, double>)
    return std::bit_cast<std::int64_t>(number);
  else
    return static_cast<std::int64_t>(number);
}
/// The number of a canonical form.
template <Scalar T>
constexpr T number_of(std::int64_t canonical) {
  if constexpr (std::is_same_v<T, float>)
    return std::bit_cast<float>(static_cast<std::uint32_t>(canonical));
  else if constexpr (std::is_same_v<T, double>)
    return std::bit_cast<double>(canonical);
  else
    return static_cast<T>(static_cast<number_type<T>>(canonical));
}

/// The type to which C++ promotes a T in an expression.
template <class T>
using Promoted = decltype(+std::declval<T>());

/// Always false; lets a static_assert in a template speak only when the template is used.
template <class...>
inline constexpr bool never = false;

}  // namespace cogent::detail
