// The types of values in a program, and the canonical 64-bit form in which constants, arguments and the interpreter
// keep them.
#pragma once
#include <cstdint>

namespace cogent::ir {

enum class Type : std::uint8_t { Void, Bool, I8, U8, I16, U16, I32, U32, I64, U64, F32, F64 };

inline constexpr int type_count = 12;

constexpr bool is_float(Type type) { return type >= Type::F32; }
constexpr bool is_integer(Type type) { return type >= Type::I8 && type <= Type::U64; }
constexpr bool is_signed(Type type) {
  return type == Type::I8 || type == Type::I16 || type == Type::I32 || type == Type::I64;
}

/// Bytes of one element in memory; 0 for Void.
constexpr int size_of(Type type) {
  constexpr std::uint8_t sizes[type_count] = {0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
  return sizes[static_cast<int>(type)];
}

/// Bits of the value: 1 for Bool.
constexpr int width_of(Type type) { return type == Type::Bool ? 1 : 8 * size_of(type); }

/// The C++ name, for messages and for printed source.
constexpr const char* name_of(Type type) {
  constexpr const char* names[type_count] = {"void",    "bool",     "int8_t",  "uint8_t",  "int16_t", "uint16_t",
                                             "int32_t", "uint32_t", "int64_t", "uint64_t", "float",   "double"};
  return names[static_cast<int>(type)];
}

/// The canonical form of the low bits of `value`: sign-extended for signed types, zero-extended for the others
/// (u64 keeps its bit pattern; floats keep theirs in the low bits). Every constant and every argument is canonical.
constexpr std::int64_t canonical(std::int64_t value, Type type) {
  switch (type) {
    case Type::Bool:
      return value & 1;
    case Type::I8:
      return static_cast<std::int8_t>(value);
    case Type::U8:
      return static_cast<std::uint8_t>(value);
    case Type::I16:
      return static_cast<std::int16_t>(value);
    case Type::U16:
      return static_cast<std::uint16_t>(value);
    case Type::I32:
      return static_cast<std::int32_t>(value);
    case Type::U32:
    case Type::F32:
      return static_cast<std::uint32_t>(value);
    default:
      return value;
  }
}

/// The smallest and largest value of an integer type, canonical (for U64 the largest is the bit pattern -1).
constexpr std::int64_t lowest_of(Type type) {
  return is_signed(type) ? static_cast<std::int64_t>(~std::uint64_t{0} << (width_of(type) - 1)) : 0;
}
constexpr std::int64_t highest_of(Type type) {
  const int bits = width_of(type) - (is_signed(type) ? 1 : 0);
  return bits == 64 ? -1 : static_cast<std::int64_t>((std::uint64_t{1} << bits) - 1);
}

}  // namespace cogent::ir
